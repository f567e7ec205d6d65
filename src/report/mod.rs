//! The Report: which solutions fit the gaps that practitioners named, how well, and on what
//! evidence; and which gaps nothing fits yet.
//!
//! Pure: [`snapshot`] is what was read, [`clear`] leaves out what the level does not admit,
//! `build` makes the [`value::Report`] of the rest, [`document`] lays it out for every format of
//! text, in the words of `words`. The same snapshot is the same report, byte for byte. Files are written by
//! `export::report`, which this may not know.

mod build;
mod clear;
pub mod document;
mod draft;
mod handle;
mod language;
mod level;
mod naming;
mod scope;
pub mod sheet;
pub mod snapshot;
mod state;
pub mod value;
mod words;

pub use clear::Withheld;
pub use draft::{Cover, Draft};
pub use handle::ReportHandle;
pub use language::Language;
pub use level::Level;
pub use naming::{Naming, naming};
pub use scope::{RuleSet, Scope};
pub use snapshot::Snapshot;
pub use state::ReportState;
pub use value::Report;
