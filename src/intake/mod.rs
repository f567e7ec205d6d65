//! Files on their way into the catalogue: one task reads a file and hands its rows, a batch at a
//! time, to the store, which previews or takes them. Between batches anybody else may write, so
//! that a live map does not wait for a hundred thousand rows.

mod feed;
mod run;

pub mod maps;

pub use feed::{Input, read_file};
pub use run::{Intake, IntakeOptions};
