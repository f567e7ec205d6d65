//! One tree from any merge: the rule that decides where nodes stand, and a document read by it.

mod rule;

mod beside;
mod lineage;
mod read;

mod json;

#[cfg(test)]
mod tests;

pub use lineage::Lineage;
pub use read::{Standing, Trashed, Tree, TreeNode, read, read_all, read_in};
pub use rule::{Claim, Resolved, resolve};
