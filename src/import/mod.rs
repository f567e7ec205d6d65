//! Files that others made, read into rows that the catalogue can take.
//!
//! Streams from any reader, keeps one row in memory, and never fails on what a file holds: a line
//! that makes no sense is a [`trouble::Rejection`] with its number, its column and a reason, and a
//! file that makes none is refused in words. Pure: knows no database and no clock.

pub mod cordis;
pub mod date;
pub mod draft;
pub mod identity;
pub mod mapping;
pub mod maps;
pub mod objects;
pub mod openaire;
pub mod own;
pub mod record;
pub mod rows;
pub mod table;
pub mod text;
pub mod trouble;
