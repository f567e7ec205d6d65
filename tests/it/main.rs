//! The integration tests: one program, so that one link serves them all.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

mod circles;
mod cli;
mod cluster;
mod crash;
mod exchange;
mod faults;
mod fixtures;
mod harness;
mod hostile;
mod layers;
mod live;
mod mutations;
mod operations;
mod pen;
mod routes;
mod scribe;
mod server;
mod store;
mod suggest;
mod sync;
