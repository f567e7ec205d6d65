//! The promises of the sync protocol, over real sockets against a real server.

pub(crate) mod client;
pub(crate) mod scene;
pub(crate) mod traces;

mod crowd;
mod doors;
mod edits;
mod presence;
mod purge;
mod redaction;
mod retention;
mod rights;
mod rules;
mod stop;
mod vandal;
mod workshop;
mod written;
