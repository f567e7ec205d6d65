//! A room's edits: admitted in order, committed together, then published and acknowledged.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use tokio::time::Instant;

use super::actor::{Actor, Open, tab_of};
use super::cluster::{Behalf, Desk, Refused, Row};
use super::committer::CommitError;
use super::error::HubError;
use super::inbox::Edit;
use super::pace::Wait;
use super::views::Views;
use crate::base::id::ParticipantId;
use crate::store::Hold;
use crate::store::log::{Along, Batch, Head, LogRow, RowKind, StoredRow};
use crate::sync::admit::{Admitted, Refusal, Remedy};
use crate::sync::delivery::{ConnectionId, Tab};
use crate::sync::protocol::{self, CloseReason};

/// What was admitted and is not committed yet.
#[derive(Default)]
pub(super) struct Admittance {
    batch: Vec<StoredRow>,
    clients: Vec<(u64, ParticipantId)>,
    published: Vec<(ConnectionId, Bytes)>,
    /// The numbers of the frames in the batch, to refuse them if the commit fails.
    numbers: Vec<(ConnectionId, u64)>,
    /// How many frames of each connection have been decided on once this is committed.
    processed: HashMap<ConnectionId, u64>,
    /// What else happens in the same commit.
    along: Option<Along>,
    /// Edits of other servers' clients, whose servers are told.
    elsewhere: Vec<(Arc<Desk>, ConnectionId, u64)>,
}

impl Admittance {
    /// Nothing yet, and what happens in the same commit.
    pub(super) fn with(along: Option<Along>) -> Self {
        Self {
            along,
            ..Self::default()
        }
    }

    /// Where the log ends once this is committed; none where there is nothing to commit.
    pub(super) fn end(&self) -> Option<Head> {
        let last = self.batch.last()?;
        Some(Head {
            seq: last.row.seq,
            hash: last.hash,
        })
    }
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Committed {
    /// Whoever is in it was told whether it is in the log.
    Told,
    /// It is not, since what was to happen along with it has happened elsewhere.
    TooLate,
}

/// With so many in a room, what an edit costs is mostly to send it to them.
const LARGE: usize = 200;

impl Actor {
    /// What the next edit waits for before its turn.
    pub(super) fn edits_wait_for(&self, open: &Open) -> Wait {
        if self.may_forward(open) {
            Wait::Nothing
        } else if LARGE <= open.room.members.len() {
            Wait::Short
        } else {
            Wait::Beat
        }
    }

    /// Gives every waiting edit its turn.
    ///
    /// # Errors
    ///
    /// [`HubError`] when the room cannot go on; everything that was acknowledged is in the log.
    pub(super) async fn commit_edits(&mut self, open: &mut Open) -> Result<(), HubError> {
        let Hold::Own(_) = open.hold else {
            return self.forward(open).await;
        };
        let mut edits = self.take_pending();
        edits.append(&mut self.inbox.take());
        self.used = Instant::now();
        let mut admittance = Admittance::default();
        let mut processed: HashMap<ConnectionId, u64> = HashMap::new();
        let mut put_off = Vec::new();
        let epoch = open.room.epoch;
        for edit in edits {
            // One that could not stay may have shown that this history is over.
            if open.room.epoch != epoch {
                break;
            }
            processed.insert(edit.from, edit.number);
            let tab = self.tab_for(open, &edit);
            if tab.as_ref().is_some_and(|it| it.is_far_ahead()) {
                self.put_off(open, &edit);
                put_off.push(edit.from);
                continue;
            }
            match self.admit(open, &edit, tab.as_deref()).await? {
                Ok(admitted) => {
                    self.note(open, &mut admittance, &edit, admitted);
                    let desk = edit.behalf.as_ref().and_then(|it| it.desk.clone());
                    let elsewhere = desk.map(|it| (it, edit.from, edit.number));
                    admittance.elsewhere.extend(elsewhere);
                }
                Err(refusal) => {
                    if refusal.remedy == Remedy::Rebuild {
                        // The document is touched; the log is not. Save what came before, then
                        // begin again from the log.
                        self.commit(open, std::mem::take(&mut admittance)).await?;
                        let begun = Instant::now();
                        self.rebuild(open).await?;
                        self.need_replica(open).await?;
                        tab.inspect(|it| it.spend_fault(begun.elapsed()));
                    }
                    self.refuse_edit(open, &edit, refusal);
                }
            }
        }
        admittance.processed = processed;
        self.setback.put_off(put_off, Instant::now());
        self.commit(open, admittance).await?;
        Ok(())
    }

    /// Decides on one edit, with the document loaded if that takes it.
    async fn admit(
        &mut self,
        open: &mut Open,
        edit: &Edit,
        tab: Option<&Tab>,
    ) -> Result<Result<Admitted, Refusal>, HubError> {
        let admit = |open: &mut Open| {
            let begun = Instant::now();
            let decided = match &edit.behalf {
                Some(behalf) => {
                    let author = (behalf.by, behalf.right);
                    open.room.admit_from_elsewhere(author, &edit.update)
                }
                None => open.room.admit(edit.from, &edit.update),
            };
            if let Some(tab) = tab {
                tab.spend_work(begun.elapsed());
            }
            decided
        };
        match admit(open) {
            Err(refusal) if refusal.remedy == Remedy::Load => {
                self.need_replica(open).await?;
                Ok(admit(open))
            }
            decided => Ok(decided),
        }
    }

    /// Whose time an edit takes: the tab of its connection, which may be another server's.
    fn tab_for(&self, open: &Open, edit: &Edit) -> Option<Arc<Tab>> {
        let elsewhere = |it: &Behalf| self.shared.tabs.of_socket(edit.from, it.by, it.right);
        tab_of(&open.room, edit.from).or_else(|| edit.behalf.as_ref().map(elsewhere))
    }

    /// Does not try an edit of somebody who has taken too much of the room's time: it is asked for
    /// again later.
    fn put_off(&self, open: &Open, edit: &Edit) {
        let message = "what was sent before has taken too long; it is asked for again in a moment";
        if let Some(desk) = edit.behalf.as_ref().and_then(|it| it.desk.as_ref()) {
            let why = Refused::new("not_saved", message.to_owned(), true);
            desk.refused(edit.from, edit.number, why);
        } else if let Some(member) = open.room.members.get(&edit.from) {
            let connection = &member.connection;
            self.refuse(
                connection,
                edit.number,
                "not_saved",
                message.to_owned(),
                true,
            );
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
        let before = admittance.end().unwrap_or(open.head);
        let row = LogRow {
            map: self.map,
            seq: before.seq + 1,
            epoch: open.room.epoch,
            at: self.shared.clock.now(),
            participant: Some(by),
            kind: RowKind::Edit,
            body: edit.update.clone(),
        };
        admittance
            .batch
            .push(StoredRow::following(&before.hash, row));
        let clients = new_clients.into_iter().map(|client| (client, by));
        admittance.clients.extend(clients);
        admittance.published.push((edit.from, edit.update.clone()));
        admittance.numbers.push((edit.from, edit.number));
    }

    /// Commits a batch; only then does anybody see it, and is its author told that it is saved.
    pub(super) async fn commit(
        &mut self,
        open: &mut Open,
        admittance: Admittance,
    ) -> Result<Committed, HubError> {
        let Some(end) = admittance.end() else {
            open.room.acknowledge(&admittance.processed, open.head.seq);
            saved(&admittance.elsewhere, open.head.seq);
            return Ok(Committed::Told);
        };
        // Somebody who does not own the map never comes here with something to commit.
        let Hold::Own(fence) = open.hold else {
            return Err(HubError::Unavailable);
        };
        let rows = self.rows_for_others(&admittance);
        let batch = Batch {
            fence,
            rows: admittance.batch,
            clients: admittance.clients,
            along: admittance.along,
        };
        match self.shared.committer.commit(batch).await {
            Ok(()) => {
                open.head = end;
                self.views = Views::default();
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
                self.tell_rows(open, rows);
                saved(&admittance.elsewhere, end.seq);
                open.room
                    .publish(&admittance.published, &admittance.processed, end.seq);
                let options = &self.shared.options;
                if self.since_snapshot.1 > options.snapshot_bytes {
                    self.wish_snapshot(1);
                }
                self.wish_snapshot(self.shared.options.snapshot_rows);
                Ok(Committed::Told)
            }
            Err(CommitError::TooLate) => {
                self.rebuild(open).await?;
                Ok(Committed::TooLate)
            }
            Err(CommitError::Fenced) => Err(HubError::Unavailable),
            Err(CommitError::Unavailable) => {
                for (desk, from, number) in admittance.elsewhere {
                    desk.refused(from, number, Refused::not_saved());
                }
                self.start_over(open, admittance.numbers).await?;
                open.room.acknowledge(&admittance.processed, open.head.seq);
                Ok(Committed::Told)
            }
        }
    }

    /// Edits that waited for another server to take them, before this one owned the map.
    fn take_pending(&mut self) -> Vec<Edit> {
        let link = self.link.as_mut();
        link.map_or_else(Vec::new, |it| it.pending.take())
    }

    /// What servers that follow are told of a batch; nothing where there are no others.
    fn rows_for_others(&self, admittance: &Admittance) -> Vec<Row> {
        if self.link.is_none() {
            return Vec::new();
        }
        let batch = admittance.batch.iter().zip(&admittance.published);
        let rows = batch.map(|(stored, (from, update))| Row {
            from: *from,
            by: stored.row.participant,
            update: update.clone(),
        });
        rows.collect()
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
        let resync = protocol::resync("the server could not save and began again");
        let members = open.room.members.values();
        for member in members.filter(|it| it.connection.extended) {
            member.connection.answer(resync.clone());
        }
        let unsaved = unsaved.into_iter().map(|(from, _)| from);
        self.setback.failed(unsaved, Instant::now());
        Ok(())
    }

    /// Throws the room's document away and begins again from the log. Members stay, and get what they
    /// were not told of: another server may have had the map meanwhile, or a commit of which nobody
    /// could tell went through. Where the log has begun another history, nobody stays.
    pub(super) async fn rebuild(&mut self, open: &mut Open) -> Result<(), HubError> {
        if open.room.is_loaded() {
            self.shared.metrics.documents.dec();
        }
        let fresh = self.open().await?;
        if fresh.room.epoch != open.room.epoch {
            self.send_away(open);
        }
        open.room.take_document(fresh.room);
        self.set_stage(&mut open.room);
        open.hold = fresh.hold;
        if open.head != fresh.head {
            open.head = fresh.head;
            open.room.send_diffs();
        }
        self.views = Views::default();
        Ok(())
    }

    /// Sends everybody away, since what they have is of a history that is over: none of them is a member
    /// of the next one. What they sent is left unanswered, and they are not told anything of it.
    fn send_away(&mut self, open: &mut Open) {
        self.inbox.take();
        self.take_pending();
        for (connection, member) in open.room.members.drain() {
            member.connection.close(CloseReason::WrongEpoch);
            open.room.presence.leave(connection);
        }
    }

    fn refuse_edit(&self, open: &Open, edit: &Edit, refusal: Refusal) {
        let retryable = refusal.remedy == Remedy::Resync || refusal.code == "gap";
        if let Some(desk) = edit.behalf.as_ref().and_then(|it| it.desk.as_ref()) {
            let why = Refused::new(refusal.code, refusal.message, retryable);
            desk.refused(edit.from, edit.number, why);
            return;
        }
        let Some(member) = open.room.members.get(&edit.from) else {
            return;
        };
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
            open.room.ask_for_missing(connection);
        }
    }
}

/// Tells other servers that edits of their clients are in the log, which is this long.
fn saved(elsewhere: &[(Arc<Desk>, ConnectionId, u64)], seq: u64) {
    for (desk, from, number) in elsewhere {
        desk.saved(*from, *number, seq);
    }
}
