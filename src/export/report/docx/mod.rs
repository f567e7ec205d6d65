//! The report for word processors (ECMA-376): real styles, so that whoever edits it can.
//!
//! Headings number themselves, captions count, and the table of contents is a field that is filled
//! in already but for its pages, which whoever opens the file is asked to have filled in. The parts that are the same in every report
//! are files beside this one.

mod body;
mod emf;
mod package;
mod picture;
mod table;
mod text;

pub(super) use package::write;
