//! A room's edits: admitted in order, committed together, then published and acknowledged.

use std::collections::HashMap;

use bytes::Bytes;
use tokio::time::Instant;

use super::actor::{Actor, Open};
use super::committer::CommitError;
use super::error::HubError;
use super::seat::Edit;
use crate::base::id::ParticipantId;
use crate::store::log::{Along, Batch, LogRow, RowKind, StoredRow};
use crate::sync::admit::{Admitted, Refusal, Remedy};
use crate::sync::delivery::ConnectionId;
use crate::sync::protocol;

/// What was admitted and is not committed yet.
#[derive(Default)]
pub(super) struct Admittance {
    batch: Vec<StoredRow>,
    clients: Vec<(u64, ParticipantId)>,
    published: Vec<(ConnectionId, Bytes)>,
    /// The numbers of the frames in the batch, to refuse them if the commit fails.
    numbers: Vec<(ConnectionId, u64)>,
    /// What else happens in the same commit.
    along: Option<Along>,
}

impl Admittance {
    /// Nothing yet, and what happens in the same commit.
    pub(super) fn with(along: Option<Along>) -> Self {
        Self {
            along,
            ..Self::default()
        }
    }
}

impl Actor {
    /// Gives every waiting edit its turn.
    ///
    /// # Errors
    ///
    /// [`HubError`] when the room cannot go on; everything that was acknowledged is in the log.
    pub(super) async fn commit_edits(&mut self, open: &mut Open) -> Result<(), HubError> {
        let edits = std::mem::take(&mut self.edits);
        self.used = Instant::now();
        self.went = self.used;
        let mut admittance = Admittance::default();
        let mut processed: HashMap<ConnectionId, u64> = HashMap::new();
        for edit in edits {
            match self.admit(open, &edit).await? {
                Ok(admitted) => self.note(open, &mut admittance, &edit, admitted),
                Err(refusal) => {
                    if refusal.remedy == Remedy::Rebuild {
                        // The document is touched; the log is not. Save what came before, then
                        // begin again from the log.
                        self.commit(open, std::mem::take(&mut admittance)).await?;
                        self.rebuild(open).await?;
                    }
                    self.refuse_edit(open, &edit, refusal);
                }
            }
            processed.insert(edit.from, edit.number);
        }
        self.commit(open, admittance).await?;
        for (connection, frames) in processed {
            if let Some(member) = open.room.members.get(&connection) {
                member.connection.acknowledge(frames, open.head.seq);
            }
        }
        Ok(())
    }

    /// Decides on one edit, with the document loaded if that takes it.
    async fn admit(
        &mut self,
        open: &mut Open,
        edit: &Edit,
    ) -> Result<Result<Admitted, Refusal>, HubError> {
        match open.room.admit(edit.from, &edit.update) {
            Err(refusal) if refusal.remedy == Remedy::Load => {
                self.need_replica(open).await?;
                Ok(open.room.admit(edit.from, &edit.update))
            }
            decided => Ok(decided),
        }
    }

    /// Puts an admitted edit behind the others of this batch.
    pub(super) fn note(
        &self,
        open: &Open,
        admittance: &mut Admittance,
        edit: &Edit,
        admitted: Admitted,
    ) {
        let Admitted::Logged { by, new_clients } = admitted else {
            return;
        };
        let last = admittance.batch.last();
        let (seq, prev_hash) =
            last.map_or((open.head.seq, open.head.hash), |it| (it.row.seq, it.hash));
        let row = LogRow {
            map: self.map,
            seq: seq + 1,
            epoch: open.room.epoch,
            at: self.shared.clock.now(),
            participant: Some(by),
            kind: RowKind::Edit,
            body: edit.update.clone(),
        };
        admittance.batch.push(StoredRow::following(&prev_hash, row));
        let clients = new_clients.into_iter().map(|client| (client, by));
        admittance.clients.extend(clients);
        admittance.published.push((edit.from, edit.update.clone()));
        admittance.numbers.push((edit.from, edit.number));
    }

    /// Commits a batch; only then does anybody see it.
    pub(super) async fn commit(
        &mut self,
        open: &mut Open,
        admittance: Admittance,
    ) -> Result<(), HubError> {
        let Some(last) = admittance.batch.last() else {
            return Ok(());
        };
        let (seq, hash) = (last.row.seq, last.hash);
        let batch = Batch {
            fence: open.fence,
            rows: admittance.batch,
            clients: admittance.clients,
            along: admittance.along,
        };
        match self.shared.committer.commit(batch).await {
            Ok(()) => {
                open.head.seq = seq;
                open.head.hash = hash;
                self.diffs.clear();
                self.setback.is_over();
                self.shared.readings.ask(self.map);
                let n_edits = admittance.published.len();
                self.shared.metrics.edits.inc_by(n_edits as u64);
                self.since_snapshot.0 += n_edits;
                self.since_snapshot.1 += admittance
                    .published
                    .iter()
                    .map(|it| it.1.len())
                    .sum::<usize>();
                open.room.publish(&admittance.published);
                let options = &self.shared.options;
                if self.since_snapshot.1 > options.snapshot_bytes {
                    self.wish_snapshot(1);
                }
                self.wish_snapshot(self.shared.options.snapshot_rows);
                Ok(())
            }
            Err(CommitError::Fenced) => Err(HubError::Unavailable),
            Err(CommitError::Unavailable) => self.start_over(open, admittance.numbers).await,
        }
    }

    /// Goes on from what is in the log, after a commit of which nobody can tell whether it is.
    async fn start_over(
        &mut self,
        open: &mut Open,
        unsaved: Vec<(ConnectionId, u64)>,
    ) -> Result<(), HubError> {
        for (from, number) in &unsaved {
            if let Some(member) = open.room.members.get(from) {
                let message = "the edit could not be saved".to_owned();
                self.refuse(&member.connection, *number, "not_saved", message, true);
            }
        }
        if open.room.members.is_empty() {
            return Err(HubError::Unavailable);
        }
        self.rebuild(open).await?;
        open.room.send_diffs();
        let resync = protocol::resync("the server could not save and began again");
        let members = open.room.members.values();
        for member in members.filter(|it| it.connection.extended) {
            member.connection.answer(resync.clone());
        }
        let unsaved = unsaved.into_iter().map(|(from, _)| from);
        self.setback.failed(unsaved, Instant::now());
        Ok(())
    }

    /// Throws the room's document away and begins again from the log. Members stay.
    pub(super) async fn rebuild(&mut self, open: &mut Open) -> Result<(), HubError> {
        if open.room.is_loaded() {
            self.shared.metrics.documents.dec();
        }
        let fresh = self.open().await?;
        open.room.take_document(fresh.room);
        self.set_stage(&mut open.room);
        open.fence = fresh.fence;
        open.head = fresh.head;
        self.diffs.clear();
        Ok(())
    }

    fn refuse_edit(&self, open: &Open, edit: &Edit, refusal: Refusal) {
        let Some(member) = open.room.members.get(&edit.from) else {
            return;
        };
        let retryable = refusal.remedy == Remedy::Resync || refusal.code == "gap";
        let connection = &member.connection;
        self.refuse(
            connection,
            edit.number,
            refusal.code,
            refusal.message,
            retryable,
        );
        if retryable {
            // Whoever has what is missing answers our step 1 with it.
            connection.answer(protocol::step1(&open.room.state_vector()));
        }
    }
}
