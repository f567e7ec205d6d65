//! The people's side of a workshop: who they are, what they may do, and where they sit.
//!
//! Plain values whose constructors refuse what makes no sense. No IO, no clock, no wire format.

pub mod account;
pub mod anonymity;
pub mod course;
pub mod grants;
pub mod group;
pub mod idea;
pub mod invite;
pub mod map;
pub mod notice;
pub mod participant;
pub mod pseudonym;
pub mod role;
pub mod round;
pub mod session;
pub mod template;
