//! The promises of the sync protocol, over real sockets against a real server.

pub(crate) mod client;
pub(crate) mod scene;
pub(crate) mod traces;

mod asking;
mod authorship;
mod crowd;
mod doors;
mod edits;
mod floods;
mod fragments;
mod gone;
mod links;
pub(crate) mod past;
mod places;
mod presence;
mod purge;
mod redaction;
mod retention;
mod reveal;
mod rights;
mod rules;
mod said;
mod silent;
mod soak;
mod stop;
mod turns;
mod unreadable;
mod vandal;
mod votes;
mod withheld;
mod workshop;
mod written;
