//! The map document: what may stand in it, how it reads as a tree, and how the server writes one.
//!
//! Pure: bytes and `yrs` documents in, values out. No IO, no async, no clock of its own, and
//! nothing that recurses over nodes, since a map may be one chain of fifty thousand.

pub mod limits;
pub mod order;
pub mod schema;

pub mod tree;

pub mod edit;

pub mod outline;

pub mod compare;

pub mod digest;

pub mod demo;
