//! Rows of a file into the catalogue: judged against what is there, taken in short transactions,
//! and taken back.

mod attach;
mod judge;
mod revive;
mod take;
mod touched;
mod undo;

pub use judge::Seen;
