//! Documents that the server writes itself: new ones, and old ones written anew.

mod write;

mod rebuild;

#[cfg(test)]
mod tests;

pub use super::order::{order_between, order_sequence};
pub use rebuild::without_trash;
pub use write::{Branch, document, new_document, unsigned_document};
