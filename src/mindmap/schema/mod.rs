//! The schema of a document, number 1; the twin of `frontend/src/map/schema.ts`.
//!
//! Change it only together with the number and a migration.

mod names;

mod violation;

mod fields;
mod values;

mod check;

#[cfg(test)]
mod tests;

pub use check::{
    check_comment, check_document, check_entry, check_link, check_meta, check_node, check_node_key,
    check_relation, most_chars,
};
pub use names::*;
pub use values::{Link, Made, Mark, Place, Relation, Spot};
pub use violation::Violation;
