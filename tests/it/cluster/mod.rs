//! Several servers on one database and one NATS, and what becomes of words when some of that is
//! killed, paused, cut off or restarted. The real program, and real sockets that can be cut.

mod proxy;
mod roamer;
mod servers;
mod sieve;

mod alone;
mod broker_away;
mod database_away;
mod failover;
mod handed;
mod listed;
mod news;
mod rolling;
mod shared;
mod standby;
mod stuck;
mod written;

use std::time::Instant;

/// How often something that depends on chance is tried: what this variable says, or once.
fn rounds_of(variable: &str) -> usize {
    let asked = std::env::var(variable).ok();
    asked.map_or(1, |it| it.parse().expect("rounds are a number"))
}

/// Says how long something took, for whoever wants to know: `cargo test -- --nocapture`.
fn took(what: &str, since: Instant) {
    println!("{what}: {} ms", since.elapsed().as_millis());
}
