//! Documents that the server writes itself: new ones, and old ones written anew.

mod write;

mod amend;
mod bring;
mod colours;
pub mod content;
mod link;
mod merge;
mod moves;
mod rebuild;
mod redaction;
mod restore;
mod reveal;
mod take_back;

#[cfg(test)]
mod tests;

pub use super::order::{order_between, order_sequence};
pub use amend::{Amended, Operation, amend};
pub use bring::{Brought, BroughtArrow, BroughtNode, brought_document};
pub use rebuild::{redacted, without_trash};
pub use redaction::{REDACTED, Redacted, Redaction};
pub use restore::PastBranch;
pub use reveal::{Reveal, Unlabelled};
pub use take_back::{Change, TakeBack};
pub use write::{Branch, document, new_document, unsigned_document};
