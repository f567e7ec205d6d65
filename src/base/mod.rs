//! Words that every floor uses: ids, time, plain text, labels, locks, turns, and a refused value.
//! Depends on nothing of ours.

pub mod id;
pub mod invalid;
pub mod lock;
pub mod text;
pub mod time;
pub mod tlp;
pub mod turns;
