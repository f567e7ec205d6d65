//! Words that every floor uses: ids, time, and a refused value. Depends on nothing of ours.

pub mod id;
pub mod invalid;
pub mod time;
