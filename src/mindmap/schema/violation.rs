//! What a value that doesn't fit the schema is answered with.

use crate::mindmap::limits::Limits;

/// Says, for whoever wrote a client, where a document doesn't fit the schema.
///
/// The message names fields and bounds, never anything that was typed into a map, so that it can
/// be logged and sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Violation {
    /// A stable word: `unknown_key`, `wrong_type`, `bad_value`, `missing` or `too_large`.
    pub code: &'static str,
    /// A sentence.
    pub message: String,
}

impl Violation {
    /// A change in a place where the schema has nothing.
    pub fn out_of_place() -> Self {
        Self::new(
            "unknown_key",
            "a map holds nothing in that place".to_owned(),
        )
    }

    /// One node more than a map may have.
    pub fn too_many_nodes(limits: &Limits) -> Self {
        Self::too_large("a map", limits.nodes, "nodes")
    }

    pub(super) fn unknown_key(what: &str) -> Self {
        Self::new("unknown_key", format!("{what} has a key it can't have"))
    }

    pub(super) fn wrong_type(what: &str, wanted: &str) -> Self {
        Self::new("wrong_type", format!("{what} must be {wanted}"))
    }

    pub(super) fn bad_value(what: &str, wanted: &str) -> Self {
        Self::new("bad_value", format!("{what} must be {wanted}"))
    }

    pub(super) fn missing(what: &str, key: &str) -> Self {
        Self::new("missing", format!("{what} must have its {key}"))
    }

    pub(super) fn too_large(what: &str, most: usize, unit: &str) -> Self {
        Self::new("too_large", format!("{what} may have {most} {unit}"))
    }

    fn new(code: &'static str, message: String) -> Self {
        Self { code, message }
    }
}
