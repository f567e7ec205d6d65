//! A room's owner: one task, one mailbox, everything of one map in order.
//!
//! Between two turns of its loop the room's document is exactly what is committed: edits wait in
//! `edits` until their turn, are then admitted, committed and published in one go. So whatever is
//! read from the document in between may be shown to anybody.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

use super::document::read_document;
use super::error::HubError;
use super::seat::{Edit, Message};
use super::setback::Setback;
use super::shared::Shared;
use super::show::Ephemeral;
use crate::base::id::{MapId, ParticipantId};
use crate::store::log::Head;
use crate::store::{Stage, StoreError};
use crate::sync::delivery::{Connection, ConnectionId};
use crate::sync::protocol::{self, CloseReason};
use crate::sync::room::Room;

/// A store that takes longer to open a map is not available.
const OPEN_PATIENCE: Duration = Duration::from_secs(10);
/// Messages handled before timers are looked at.
const AT_ONCE: usize = 64;

/// One map's owner.
pub(super) struct Actor {
    pub(super) map: MapId,
    pub(super) shared: Arc<Shared>,
    pub(super) edits: Vec<Edit>,
    /// When edits were last given their turn.
    pub(super) went: Instant,
    pub(super) since_snapshot: (usize, usize),
    /// When the document was last needed.
    pub(super) used: Instant,
    pub(super) diffs: HashMap<Bytes, Bytes>,
    presence_due: Option<Instant>,
    presence_sent: Instant,
    pub(super) stage: Stage,
    pub(super) ephemeral: Ephemeral,
    pub(super) setback: Setback,
    /// Which cards the map's links had when they were last looked at.
    pub(super) catalogue: u64,
}

/// A room that is open, and where its log is.
pub(super) struct Open {
    pub(super) room: Room,
    pub(super) fence: i64,
    pub(super) head: Head,
}

/// What ends a room.
pub(super) enum End {
    /// Nobody is there any more, or the server stops.
    Quiet,
    /// The store is gone, or another server has the map.
    Lost,
}

impl Actor {
    pub(super) fn new(map: MapId, shared: Arc<Shared>) -> Self {
        let now = Instant::now();
        Self {
            map,
            shared,
            edits: Vec::new(),
            went: now,
            since_snapshot: (0, 0),
            used: now,
            diffs: HashMap::new(),
            presence_due: None,
            presence_sent: now,
            stage: Stage::dark(),
            ephemeral: Ephemeral::default(),
            setback: Setback::default(),
            catalogue: 0,
        }
    }

    /// Opens the room, and runs it until nobody is there.
    pub(super) async fn run(mut self, mut messages: mpsc::Receiver<Message>) {
        let mut open = match self.open().await {
            Ok(open) => open,
            Err(error) => {
                self.shared.abandon(self.map);
                messages.close();
                while let Some(message) = messages.recv().await {
                    message.refuse(error);
                }
                return;
            }
        };
        self.shared.metrics.rooms.inc();
        self.shared.linked.notify_one();
        let end = self.work(&mut open, &mut messages).await;
        if matches!(end, End::Lost) {
            self.shared.abandon(self.map);
        }
        if open.room.is_loaded() {
            self.shared.metrics.documents.dec();
        }
        self.shared.metrics.rooms.dec();
    }

    async fn work(&mut self, open: &mut Open, messages: &mut mpsc::Receiver<Message>) -> End {
        let mut inbox = Vec::new();
        let mut empty_since = Instant::now();
        loop {
            let wake = self.next_wake(&open.room, empty_since);
            tokio::select! {
                _ = messages.recv_many(&mut inbox, AT_ONCE) => {}
                () = sleep_until(wake) => {}
            }
            let occupied = !open.room.members.is_empty();
            for message in inbox.drain(..) {
                if let Message::Stop { done } = message {
                    let _ = self.commit_edits(open).await;
                    self.shared.abandon(self.map);
                    let _ = done.send(());
                    return End::Quiet;
                }
                if self.handle(open, message).await.is_err() {
                    return End::Lost;
                }
            }
            if self.tick(open).await.is_err() {
                return End::Lost;
            }
            if !open.room.members.is_empty() {
                empty_since = Instant::now();
                continue;
            }
            if occupied {
                empty_since = Instant::now();
            }
            let over = empty_since + self.shared.options.close_after <= Instant::now();
            if over && self.shared.close(self.map, messages) {
                self.wish_snapshot(64);
                return End::Quiet;
            }
        }
    }

    /// When there is something to do without a message.
    fn next_wake(&self, room: &Room, empty_since: Instant) -> Instant {
        let options = &self.shared.options;
        let edits =
            (!self.edits.is_empty()).then(|| self.shared.pace.next(Instant::now(), self.went));
        let unload =
            (room.is_loaded() || room.has_backlog()).then(|| self.used + options.unload_after);
        let close = room
            .members
            .is_empty()
            .then(|| empty_since + options.close_after);
        [edits, self.presence_due, unload, close, self.setback.due()]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or_else(|| Instant::now() + Duration::from_secs(3600))
    }

    /// What is due by the clock.
    async fn tick(&mut self, open: &mut Open) -> Result<(), HubError> {
        let now = Instant::now();
        if !self.edits.is_empty() && self.shared.pace.next(now, self.went) <= now {
            self.commit_edits(open).await?;
        }
        for unsaved in self.setback.take(now) {
            answer(
                &open.room,
                unsaved,
                protocol::step1(&open.room.state_vector()),
            );
        }
        if open.room.presence.has_news() {
            let due = self.presence_sent + self.shared.options.presence_every;
            self.presence_due = Some(due);
            if due <= now {
                open.room.publish_presence();
                self.presence_sent = now;
                self.presence_due = None;
            }
        } else {
            self.presence_due = None;
        }
        let in_memory = open.room.is_loaded() || open.room.has_backlog();
        if in_memory && self.edits.is_empty() && self.used + self.shared.options.unload_after <= now
        {
            if open.room.is_loaded() {
                self.shared.metrics.documents.dec();
            }
            open.room.unload();
            self.diffs = HashMap::new();
            self.edits = Vec::new();
            self.wish_snapshot(64);
        }
        Ok(())
    }

    /// Opens the map's log as its owner.
    pub(super) async fn open(&mut self) -> Result<Open, HubError> {
        let (store, map) = (&self.shared.store, self.map);
        let opening = async {
            let opened = store.open_map(map).await?;
            let backlog = read_document(store, map, opened.epoch).await?;
            Ok((opened, backlog, store.stage(map).await?))
        };
        let opened = timeout(OPEN_PATIENCE, opening).await;
        let opened = opened.map_err(|error| self.unreadable(&error))?;
        let (opened, backlog, stage) = opened.map_err(|error| self.unavailable(&error))?;
        self.stage = stage;
        self.used = Instant::now();
        self.since_snapshot = backlog.n_tail();
        let limits = self.shared.options.limits.clone();
        let owners = opened.clients.into_iter().collect();
        let room = Room::new(opened.epoch, backlog, owners, limits);
        let mut open = Open {
            room: room.map_err(|error| self.unreadable(&error))?,
            fence: opened.fence,
            head: opened.head,
        };
        self.set_stage(&mut open.room);
        Ok(open)
    }

    pub(super) fn unavailable(&self, error: &StoreError) -> HubError {
        if let StoreError::NotFound(_) = error {
            return HubError::NotFound;
        }
        tracing::error!(map = %self.map, %error, "a map cannot be opened");
        HubError::Unavailable
    }

    pub(super) fn unreadable(&self, error: &dyn std::error::Error) -> HubError {
        tracing::error!(map = %self.map, %error, "a map cannot be read");
        HubError::Unavailable
    }

    async fn handle(&mut self, open: &mut Open, message: Message) -> Result<(), HubError> {
        match message {
            Message::Edit(edit) => self.edits.push(edit),
            Message::Join(join) => self.join(open, *join),
            Message::Step1 { from, state_vector } => {
                self.answer_step1(open, from, state_vector).await?;
            }
            Message::Behind { from, place } => self.catch_up(open, from, &place).await?,
            Message::Presence { from, states } => self.presence(&mut open.room, from, &states),
            Message::WantPresence { from } => {
                let everybody = open.room.presence.everybody();
                answer(&open.room, from, everybody);
            }
            Message::Resync { from } => {
                let step1 = protocol::step1(&open.room.state_vector());
                answer(&open.room, from, step1);
            }
            Message::Leave { from } => self.leave(open, from).await?,
            Message::Revoke { participant } => {
                each_of(&open.room, participant, |it| {
                    it.close(CloseReason::Forbidden)
                });
            }
            Message::Check { participant } => {
                each_of(&open.room, participant, Connection::check);
            }
            Message::Changed { least } => self.changed(&mut open.room, least).await?,
            Message::Show { what, answer } => drop(answer.send(self.show(&open.room, what))),
            Message::Tree { answer } => drop(answer.send(self.tree(open).await)),
            Message::SignOff { answer } => drop(answer.send(self.sign_off(open).await)),
            Message::Catalogue { number } => self.catalogue_is(&open.room, number),
            Message::Write { what, answer } => {
                let written = self.write(open, what).await?;
                let _ = answer.send(written);
            }
            Message::Purge { by, what, answer } => {
                let purged = self.purge(open, by, &what).await;
                let lost = purged.is_err();
                let _ = answer.send(purged);
                if lost {
                    return Err(HubError::Unavailable);
                }
            }
            Message::Stop { done } => drop(done.send(())),
        }
        Ok(())
    }

    async fn leave(&mut self, open: &mut Open, from: ConnectionId) -> Result<(), HubError> {
        // What somebody said with their last breath still counts as theirs.
        if self.edits.iter().any(|it| it.from == from) {
            self.commit_edits(open).await?;
        }
        open.room.members.remove(&from);
        open.room.presence.leave(from);
        self.follow_nobody_gone(&open.room);
        Ok(())
    }

    /// Asks for a snapshot where at least `rows` updates came since the last.
    pub(super) fn wish_snapshot(&mut self, rows: usize) {
        if self.since_snapshot.0 >= rows && self.shared.snapshots.ask(self.map) {
            self.since_snapshot = (0, 0);
        }
    }
}

/// The state vector of a client that has nothing.
pub(super) const NO_CLOCKS: &[u8] = &[0];

fn answer(room: &Room, to: ConnectionId, message: Bytes) {
    if let Some(member) = room.members.get(&to) {
        member.connection.answer(message);
    }
}

fn each_of(room: &Room, participant: ParticipantId, act: impl Fn(&Connection)) {
    for member in room.members.values() {
        if member.participant == participant {
            act(&member.connection);
        }
    }
}

impl Message {
    /// Answers whoever waits, when the room cannot be opened.
    fn refuse(self, error: HubError) {
        match self {
            Self::Join(join) => drop(join.answer.send(Err(error))),
            Self::Tree { answer } => drop(answer.send(Err(error))),
            Self::SignOff { answer } => drop(answer.send(Err(error))),
            Self::Purge { answer, .. } => drop(answer.send(Err(error))),
            Self::Write { answer, .. } => drop(answer.send(Err(error))),
            Self::Show { answer, .. } => drop(answer.send(Err(error))),
            Self::Stop { done } => drop(done.send(())),
            _ => {}
        }
    }
}
