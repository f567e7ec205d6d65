//! What comes off the typesetter, read by programs that are not ours: qpdf, Poppler, xmllint,
//! LibreOffice.
//!
//! `make test-paper` builds the typesetter first; a bare `cargo test` leaves these out.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

#[path = "../it/cli/program.rs"]
#[expect(dead_code, reason = "the other tests use more of it")]
mod program;

mod maps;
mod reports;
mod tools;
mod word;
