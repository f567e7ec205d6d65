//! Documents that the server writes itself: new ones, and old ones written anew.

mod write;

mod amend;
pub mod content;
mod merge;
mod moves;
mod rebuild;
mod restore;
mod take_back;

#[cfg(test)]
mod tests;

pub use super::order::{order_between, order_sequence};
pub use amend::{Amended, Operation, amend};
pub use rebuild::without_trash;
pub use restore::PastBranch;
pub use take_back::{Change, TakeBack};
pub use write::{Branch, document, new_document, unsigned_document};
