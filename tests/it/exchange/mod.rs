//! Maps that go out and come in again, and those that others made.

mod foreign;
mod hostile;
mod round_trips;

use std::io::{Cursor, Write};

use gapmap::import::maps::{MapFile, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A ZIP of some files.
pub(crate) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The texts of what was read, with a dot for every level.
fn texts(file: &MapFile) -> Vec<String> {
    let nodes = file.brought.nodes.iter();
    nodes.map(|it| ".".repeat(it.depth) + &it.text).collect()
}

fn taken(name: &str, bytes: impl AsRef<[u8]>) -> MapFile {
    read(bytes.as_ref(), name, None).unwrap()
}
