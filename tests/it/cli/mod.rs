//! The command line: the real program, as a shell runs it.

mod backup;
mod commands;
mod program;
mod serve;
