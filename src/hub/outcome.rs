//! What became of something that the server was to write.

use crate::base::invalid::Invalid;

/// What the server wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where the map's log ends now.
    pub seq: u64,
    /// How many nodes, arrows and comments that changed.
    pub changed: usize,
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotWritten {
    /// The operation makes no sense in this map.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The map does not take it, such as one that is over.
    #[error("{0}")]
    Refused(String),
}
