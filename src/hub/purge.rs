//! A map written anew under the next epoch, so that what was taken out of it is nowhere any more.

use super::actor::{Actor, Open};
use super::error::HubError;
use super::request::{Purge, Purged};
use crate::base::id::ParticipantId;
use crate::mindmap::edit::{Redaction, redacted};
use crate::store::log::{LogRow, RowKind, StoredRow};
use crate::store::{By, EpochReason, Hold};

impl Actor {
    /// Rebuilds the map without what is to go under the next epoch, and sends everybody away.
    ///
    /// # Errors
    ///
    /// [`HubError`] when the room cannot go on.
    pub(super) async fn purge(
        &mut self,
        open: &mut Open,
        by: ParticipantId,
        what: &Purge,
    ) -> Result<Purged, HubError> {
        if !self.own(open).await? {
            return Err(HubError::Unavailable);
        }
        self.need_replica(open).await?;
        let replica = open.room.replica().ok_or(HubError::Unavailable)?;
        let (document, redacted) = match what {
            Purge::Trash => redacted(replica.doc(), &Redaction::default()),
            Purge::Words(redaction) | Purge::Preview(redaction) => {
                redacted(replica.doc(), redaction)
            }
        };
        let Hold::Own(fence) = open.hold else {
            return Err(HubError::Unavailable);
        };
        let reason = match what {
            Purge::Trash => EpochReason::Purge,
            Purge::Words(_) if !redacted.is_empty() => EpochReason::Redaction,
            Purge::Words(_) | Purge::Preview(_) => {
                let epoch = open.room.epoch;
                return Ok(Purged { epoch, redacted });
            }
        };
        let row = LogRow {
            map: self.map,
            seq: open.head.seq + 1,
            epoch: open.room.epoch + 1,
            at: self.shared.clock.now(),
            participant: Some(by),
            kind: RowKind::Genesis,
            body: document.into(),
        };
        let genesis = StoredRow::following(&open.head.hash, row);
        let by = By::participant(by, genesis.row.at);
        let store = &self.shared.store;
        let pause = self.shared.readings.pause().await;
        let begun = store.begin_epoch(&genesis, fence, reason, &by).await;
        drop(pause);
        begun.map_err(|_| HubError::Unavailable)?;
        self.shared.readings.ask(self.map);
        self.rebuild(open).await?;
        self.tell_rows(open, Vec::new());
        let epoch = open.room.epoch;
        Ok(Purged { epoch, redacted })
    }
}
