//! The `gapmap` program: hands over to the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    gapmap::cli::run()
}
