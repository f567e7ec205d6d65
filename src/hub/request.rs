//! What a room is asked to do to its map by a request, and what came of it.

use crate::base::id::ParticipantId;
use crate::base::invalid::Invalid;
use crate::mindmap::edit::{Operation, Redacted, Redaction};
use crate::store::log::Along;
use crate::sync::room::Right;

/// Whoever asks something of a room by a request, and not on a socket.
pub(super) type Requester = (ParticipantId, Right);

/// Something to write, and in whose name.
#[derive(Debug)]
pub(super) struct Writing {
    /// Who.
    pub(super) by: ParticipantId,
    /// What the rules withhold from those with this right is refused.
    pub(super) right: Right,
    /// The only history that it is meant for: what was read of one must not come into the next, which may
    /// have been begun to be rid of it. None for whatever there is.
    pub(super) epoch: Option<u64>,
    /// What.
    pub(super) operation: Operation,
    /// What else happens in the same commit.
    pub(super) along: Option<Along>,
}

impl Writing {
    /// An operation of somebody who leads, from whom nothing is withheld.
    pub(super) fn leading(by: ParticipantId, operation: Operation) -> Self {
        Self {
            by,
            right: Right::Lead,
            epoch: None,
            along: along_with(&operation),
            operation,
        }
    }
}

/// What has to happen in the same commit as an operation.
fn along_with(operation: &Operation) -> Option<Along> {
    match operation {
        Operation::Reveal(reveal) => Some(Along::Revealed {
            round: reveal.round,
            ideas: reveal.ideas.len(),
        }),
        Operation::Merge { into, nodes } => Some(Along::Merged {
            into: into.clone(),
            nodes: nodes.clone(),
        }),
        Operation::TakeBack(_)
        | Operation::Restore(_)
        | Operation::Bring { .. }
        | Operation::Link { .. } => None,
    }
}

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

/// What a map is to begin a new history without.
#[derive(Clone, Debug)]
pub enum Purge {
    /// What is in the trash.
    Trash,
    /// That, and the words that a redaction takes out. One that finds nothing changes nothing.
    Words(Redaction),
    /// Nothing yet: only says what the redaction would take out.
    Preview(Redaction),
}

/// What a purge did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purged {
    /// The map's history from now on.
    pub epoch: u64,
    /// What a redaction took out, or would.
    pub redacted: Redacted,
}
