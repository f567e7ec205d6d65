//! The command line: the real program, as a shell runs it.

pub(crate) mod program;
pub(crate) mod writers;

mod backup;
mod commands;
mod ideas;
mod import;
mod map_import;
mod migrate;
mod rebuild;
mod report;
mod retain;
mod serve;
mod typeset;
mod verify;
