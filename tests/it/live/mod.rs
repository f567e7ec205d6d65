//! The promises of the sync protocol, over real sockets against a real server.

pub(crate) mod client;
pub(crate) mod scene;

mod crowd;
mod doors;
mod edits;
mod past;
mod presence;
mod purge;
mod rights;
mod rules;
mod stop;
mod vandal;
mod workshop;
mod written;
