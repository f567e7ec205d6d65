//! Mind maps that other programs wrote, read into one flat list of nodes.
//!
//! Everything is bounded: the file, what it unpacks to, its nodes, its levels. Nothing recurses over
//! what a file nests, XML that declares a document type is refused, and what cannot be kept is
//! counted, with where it stood.

mod build;
mod format;
mod loss;

mod colour;
mod encoding;
mod html;
mod xml;

mod freeplane;
mod json;
mod markdown;
mod opml;
mod text;
mod xmind;
mod xmind8;

pub use build::{MAX_LEVELS, MAX_NODES};
pub use format::MapFormat;
pub use loss::{Loss, NotKept, PLACES, place};

use self::build::Builder;
use super::trouble::FileRefused;
use crate::mindmap::edit::Brought;

/// The largest file that is read.
pub const MAX_BYTES: usize = 32 << 20;

/// A map as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapFile {
    /// What it was read as.
    pub format: MapFormat,
    /// What the file calls the map; else what the file is called.
    pub title: String,
    /// What can be kept of it.
    pub brought: Brought,
    /// What cannot.
    pub not_kept: Vec<NotKept>,
}

/// Reads a map. Its format is told from the name and the content unless it is said.
///
/// # Errors
///
/// [`FileRefused`] says what is wrong, and in which line or entry.
pub fn read(bytes: &[u8], name: &str, format: Option<MapFormat>) -> Result<MapFile, FileRefused> {
    if bytes.is_empty() {
        return Err(FileRefused::new("the file is empty"));
    }
    if MAX_BYTES < bytes.len() {
        let most = MAX_BYTES >> 20;
        return Err(FileRefused::new(format!(
            "the file has more than {most} MiB"
        )));
    }
    let format = format.unwrap_or_else(|| MapFormat::guess(name, bytes));
    let mut builder = Builder::new(format);
    match format {
        MapFormat::Json => json::read(&encoding::text(bytes)?, &mut builder)?,
        MapFormat::Freeplane => freeplane::read(&encoding::xml(bytes)?, &mut builder)?,
        MapFormat::XMind => xmind::read(bytes, &mut builder)?,
        MapFormat::Opml => opml::read(&encoding::xml(bytes)?, &mut builder)?,
        MapFormat::Markdown => markdown::read(&encoding::text(bytes)?, &mut builder)?,
        MapFormat::Text => text::read(&encoding::text(bytes)?, &mut builder)?,
    }
    builder.finish(name)
}
