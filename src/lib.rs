//! Gapmap: live mind maps for Practitioners' Groups, and what is made of them.
//!
//! # Floors
//!
//! Each module may use those below it and none on its own line; `tests/it/layers.rs` keeps this.
//!
//! ```text
//! cli        commands and settings
//! http       routes, identity, the socket
//! hub        open rooms joined with the store; the committer
//! intake     files on their way into the catalogue
//! store      all SQL          broker     between machines
//! sync       live maps in memory: frames in, frames out
//! export     maps and reports as files for other programs
//! import     files that others made, as rows
//! suggest    what of the catalogue fits some words
//! report     what the Report says, and how it is laid out
//! mindmap    the document     catalogue  gaps, solutions, fits, evidence
//! workshop   groups, sessions, who may what
//! base       ids, time, a refused value
//! ```

pub mod base;
pub mod broker;
pub mod catalogue;
pub mod cli;
pub mod export;
pub mod http;
pub mod hub;
pub mod import;
pub mod intake;
pub mod mindmap;
pub mod report;
pub mod store;
pub mod suggest;
pub mod sync;
pub mod workshop;
