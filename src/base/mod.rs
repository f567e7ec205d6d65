//! Words that every floor uses: ids, time, plain text, labels, and a refused value. Depends on nothing of ours.

pub mod id;
pub mod invalid;
pub mod text;
pub mod time;
pub mod tlp;
