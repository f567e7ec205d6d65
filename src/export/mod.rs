//! Maps and reports as files for other programs: a value in, bytes out.
//!
//! Pure: no IO and no clock of its own. Nothing recurses over nodes, since a map may be one chain
//! of fifty thousand, and what is quadratic in the depth of a chain is cut short. Names of people
//! never come in, so that they cannot go out; what each format keeps is in docs/exports.md.

mod sheet;

mod file_name;
mod file_type;
mod format;

mod words;
mod xml;

mod csv;
mod freeplane;
mod json;
mod layout;
mod markdown;
mod opml;
mod picture;
mod svg;
mod svg_text;
mod xmind;

mod report;

#[cfg(test)]
mod tests;

pub use file_name::{content_disposition, file_name};
pub use file_type::FileType;
pub use format::Format;
pub use report::{ReportFormat, report_file_name};
pub use sheet::{About, Arrow, Card, Link, Node, Parts, Sheet};
