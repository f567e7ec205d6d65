//! What the server writes into a map: an edit like everybody else's, in somebody's name.

use std::sync::Arc;

use super::actor::{Actor, Open};
use super::edits::{Admittance, Committed};
use super::error::HubError;
use super::outcome::{NotWritten, Written};
use super::seat::Edit;
use crate::base::id::ParticipantId;
use crate::mindmap::edit::{Operation, amend};
use crate::store::log::{Along, Head};
use crate::sync::admit::Remedy;
use crate::sync::room::Right;

/// No connection has this number: what the server writes reaches all of them.
const SERVER: u64 = 0;

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

impl Actor {
    /// Writes an operation, after the edits that wait.
    ///
    /// # Errors
    ///
    /// [`HubError`] when the room cannot go on.
    pub(super) async fn write(
        &mut self,
        open: &mut Open,
        what: Arc<Writing>,
    ) -> Result<Result<Result<Written, NotWritten>, HubError>, HubError> {
        if !self.own(open).await? {
            return Ok(Err(HubError::Unavailable));
        }
        if what.epoch.is_some_and(|it| it != open.room.epoch) {
            return Ok(Err(HubError::WrongEpoch));
        }
        self.need_replica(open).await?;
        let replica = open.room.replica().ok_or(HubError::Unavailable)?;
        let (by, right, along) = (what.by, what.right, what.along.clone());
        if let Some(Along::MadeGap(origin)) = &along {
            // Nobody else writes into this map, so that this holds until it is committed.
            let made = self.shared.store.gap_of_node(self.map, &origin.node).await;
            if made.map_err(|error| self.unavailable(&error))?.is_some() {
                let why = "a gap was made of this node already".to_owned();
                return Ok(Ok(Err(NotWritten::Refused(why))));
            }
        }
        let (state, at) = (replica.state(), self.shared.clock.now());
        // Reads the whole document, so not on a room's thread.
        let amending = tokio::task::spawn_blocking(move || {
            amend(&state, &by.to_string(), at, &what.operation)
        });
        let amended = amending.await.map_err(|error| self.unreadable(&error))?;
        let amended = match amended {
            Ok(amended) => amended,
            Err(refused) => return Ok(Ok(Err(refused.into()))),
        };
        let seq = open.head.seq;
        if amended.n_nodes == 0 {
            return Ok(Ok(Ok(Written { seq, changed: 0 })));
        }
        let edit = Edit {
            from: SERVER,
            number: 0,
            update: amended.update.into(),
            behalf: None,
        };
        match open.room.admit_own((by, right), &edit.update) {
            Ok(admitted) => {
                let mut admittance = Admittance::with(along);
                self.note(open, &mut admittance, &edit, admitted);
                let end = admittance.end();
                if self.commit(open, admittance).await? == Committed::TooLate {
                    // As for whoever asks again once it has happened.
                    return Ok(Ok(Ok(Written { seq, changed: 0 })));
                }
                if !self.has_logged(open, end).await {
                    return Ok(Err(HubError::Unavailable));
                }
                let (seq, changed) = (open.head.seq, amended.n_nodes);
                Ok(Ok(Ok(Written { seq, changed })))
            }
            Err(refusal) => {
                if refusal.remedy == Remedy::Rebuild {
                    self.rebuild(open).await?;
                }
                Ok(Ok(Err(NotWritten::Refused(refusal.message))))
            }
        }
    }

    /// Whether the log has come by here. After a commit that failed it has not, or it has after all; or
    /// somebody else has gone on from where that was to be.
    async fn has_logged(&self, open: &Open, end: Option<Head>) -> bool {
        let Some(end) = end.filter(|it| *it != open.head) else {
            return end.is_some();
        };
        let rows = self.shared.store.log_after(self.map, end.seq - 1, 1).await;
        rows.is_ok_and(|rows| rows.first().is_some_and(|it| it.hash == end.hash))
    }
}

/// What has to happen in the same commit as an operation.
pub(super) fn along_with(operation: &Operation) -> Option<Along> {
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
