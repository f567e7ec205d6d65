//! What the server writes into a map: an edit like everybody else's, in somebody's name.

use std::sync::Arc;

use super::actor::{Actor, Open};
use super::edits::{Admittance, Committed};
use super::error::HubError;
use super::inbox::Edit;
use super::request::{NotWritten, Writing, Written};
use crate::mindmap::edit::amend;
use crate::store::log::{Along, Head};
use crate::sync::admit::Remedy;

/// No connection has this number: what the server writes reaches all of them.
const SERVER: u64 = 0;

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
