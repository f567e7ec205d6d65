//! Makes the build see what cargo does not watch: migrations, and the built web app.

use std::path::Path;
use std::{fs, io};

const PLACEHOLDER: &str =
    "<!doctype html><title>Gapmap</title><p>The web app is not built yet: run make build.</p>\n";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=frontend/dist");
    // The folder is embedded at compile time, so it must be there, and tests need no Node.
    let index = Path::new("frontend/dist/index.html");
    if !index.exists() {
        fs::create_dir_all("frontend/dist")?;
        fs::write(index, PLACEHOLDER)?;
    }
    Ok(())
}
