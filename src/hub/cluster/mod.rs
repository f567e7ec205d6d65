//! A server among others: any of them takes any client, and each map has one owner.
//!
//! ```text
//!            a follower                         the owner
//! socket -> inbox -> forward ---- question ---> inbox -> admit -> commit
//!    ^                  ^ <------- answer ---------+                |
//!    +--- stream <------+-- the map's topic <--------- rows --------+
//! ```
//!
//! # Invariants
//!
//! * Who owns a map stands in the database, and each append checks it there (`store/servers.rs`,
//!   `store/log.rs`). What servers say to one another over NATS decides nothing, and may be lost.
//! * A follower's document is a committed one, as an owner's is between two turns: a row that it has
//!   missed it reads from the log before the next.
//! * A server whose lease is over may go on until it writes; what it writes is refused then.

mod among;
mod desk;
mod follow;
mod link;
mod others;
mod owner;
mod pending;
mod presence;
mod wire;

pub(super) use among::Among;
pub(super) use desk::{Behalf, Desk};
pub(super) use link::Link;
pub(super) use others::listen;
pub use others::{Cluster, JoinError};
pub(super) use wire::{News, Refused, Row};
