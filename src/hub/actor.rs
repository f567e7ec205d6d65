//! A room's owner: one task, one mailbox, everything of one map in order.
//!
//! Between two turns of its loop the room's document is exactly what is committed: edits wait in
//! the inbox until their turn, are then admitted, committed and published in one go. So whatever is
//! read from the document in between may be shown to anybody.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{self, WeakSender};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until, timeout};

use super::cluster::Link;
use super::document::{SMALL, read_document};
use super::error::HubError;
use super::inbox::Inbox;
use super::message::Message;
use super::setback::Setback;
use super::shared::Shared;
use super::show::Ephemeral;
use super::views::Views;
use crate::base::id::{MapId, ParticipantId};
use crate::store::log::Head;
use crate::store::{Hold, Stage, StoreError};
use crate::sync::delivery::{Connection, ConnectionId, Tab};
use crate::sync::protocol::CloseReason;
use crate::sync::room::Room;

/// A store that takes longer to open a map is not available.
const OPEN_PATIENCE: Duration = Duration::from_secs(10);
/// Messages handled before timers are looked at.
const AT_ONCE: usize = 64;

/// One map's owner.
pub(super) struct Actor {
    pub(super) map: MapId,
    pub(super) shared: Arc<Shared>,
    /// Edits that wait for their turn.
    pub(super) inbox: Arc<Inbox>,
    pub(super) since_snapshot: (usize, usize),
    /// When the document was last needed.
    pub(super) used: Instant,
    pub(super) views: Views,
    presence_due: Option<Instant>,
    presence_sent: Instant,
    pub(super) stage: Stage,
    /// When to read that again, where it could not be read.
    pub(super) stage_due: Option<Instant>,
    pub(super) ephemeral: Ephemeral,
    pub(super) setback: Setback,
    /// Which cards the map's links had when they were last looked at.
    pub(super) catalogue: u64,
    mailbox: WeakSender<Message>,
    /// What ties the room to other servers, where there may be others.
    pub(super) link: Option<Box<Link>>,
}

/// A room that is open, and where its log is.
pub(super) struct Open {
    pub(super) room: Room,
    pub(super) hold: Hold,
    pub(super) head: Head,
}

/// What ends a room.
pub(super) enum End {
    /// Nobody is there any more.
    Quiet,
    /// The server stops, and waits for this.
    Stopped(oneshot::Sender<()>),
    /// The store is gone, or another server has the map.
    Lost,
}

impl Actor {
    pub(super) fn new(map: MapId, shared: Arc<Shared>, mailbox: WeakSender<Message>) -> Self {
        let now = Instant::now();
        Self {
            map,
            inbox: Arc::new(Inbox::new(shared.pace.clone())),
            shared,
            since_snapshot: (0, 0),
            used: now,
            views: Views::default(),
            presence_due: None,
            presence_sent: now,
            stage: Stage::dark(),
            stage_due: None,
            ephemeral: Ephemeral::default(),
            setback: Setback::default(),
            catalogue: 0,
            mailbox,
            link: None,
        }
    }

    /// Opens the room, and runs it until nobody is there.
    ///
    /// A room mostly waits. What its task may have to do is boxed while it is done: in the task
    /// itself, all of it would have its place for as long as the room is open.
    pub(super) async fn run(mut self: Box<Self>, mut messages: mpsc::Receiver<Message>) {
        let mut open = match Box::pin(self.open_among_others()).await {
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
        self.shared.cards.notify_one();
        self.ask_who_is_there();
        let end = self.work(&mut open, &mut messages).await;
        if !matches!(end, End::Quiet) {
            self.shared.abandon(self.map);
        }
        Box::pin(self.release(&open)).await;
        if open.room.is_loaded() {
            self.shared.metrics.documents.dec();
        }
        self.shared.metrics.rooms.dec();
        if let End::Stopped(done) = end {
            let _ = done.send(());
        }
    }

    async fn work(&mut self, open: &mut Open, messages: &mut mpsc::Receiver<Message>) -> End {
        let mut mail = Vec::new();
        let mut empty_since = Instant::now();
        // One timer for as long as it is early enough: a new one at each turn would cost more than
        // the turn.
        let alarm = sleep_until(empty_since);
        tokio::pin!(alarm);
        loop {
            let wake = self.next_wake(open, empty_since);
            if alarm.is_elapsed() || wake < alarm.deadline() {
                alarm.as_mut().reset(wake);
            }
            let mut is_our_turn = false;
            tokio::select! {
                _ = messages.recv_many(&mut mail, AT_ONCE) => {}
                () = self.inbox.turn() => is_our_turn = true,
                () = &mut alarm => {}
            }
            let occupied = !open.room.members.is_empty();
            if is_our_turn && Box::pin(self.commit_edits(open)).await.is_err() {
                return End::Lost;
            }
            for message in mail.drain(..) {
                if let Message::Stop { done } = message {
                    let _ = Box::pin(self.commit_edits(open)).await;
                    return End::Stopped(done);
                }
                let begun = Instant::now();
                let on = self.tab_for_message(&open.room, &message);
                if Box::pin(self.handle(open, message)).await.is_err() {
                    return End::Lost;
                }
                if let Some(tab) = on {
                    tab.spend_wait(begun.elapsed());
                }
            }
            if Box::pin(self.tick(open)).await.is_err() {
                return End::Lost;
            }
            self.inbox.set_wait(self.edits_wait_for(open));
            if !open.room.members.is_empty() {
                empty_since = Instant::now();
                continue;
            }
            if occupied {
                empty_since = Instant::now();
            }
            let over = empty_since + self.shared.options.close_after <= Instant::now();
            if over && !self.waits_for_owner() && self.shared.close(self.map, messages) {
                self.wish_snapshot(64);
                return End::Quiet;
            }
        }
    }

    /// Whose time a message takes.
    fn tab_for_message(&self, room: &Room, message: &Message) -> Option<Arc<Tab>> {
        let of_socket = message.from().and_then(|it| tab_of(room, it));
        of_socket.or_else(|| self.shared.tabs.for_requester(message.requester()?))
    }

    /// When there is something to do without a message.
    fn next_wake(&self, open: &Open, empty_since: Instant) -> Instant {
        let (options, room) = (&self.shared.options, &open.room);
        let unload = self.may_unload(room).then(|| self.unload_at(room));
        let may_close = room.members.is_empty() && !self.waits_for_owner();
        let close = may_close.then(|| empty_since + options.close_after);
        let among = self.among_due(open);
        let setback = self.setback.due();
        let (presence, stage) = (self.presence_due, self.stage_due);
        [presence, stage, unload, close, setback, among]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or_else(|| Instant::now() + Duration::from_secs(3600))
    }

    /// Whether something is in memory that nobody is about to use.
    fn may_unload(&self, room: &Room) -> bool {
        (room.is_loaded() || room.has_backlog()) && self.inbox.is_empty()
    }

    /// When the document leaves memory, unless it is used before.
    fn unload_at(&self, room: &Room) -> Instant {
        let long = self.shared.options.unload_after;
        // A small one is built again in less than a millisecond.
        let is_small = room.n_bytes() < SMALL;
        self.used + if is_small { long / 5 } else { long }
    }

    /// What is due by the clock.
    async fn tick(&mut self, open: &mut Open) -> Result<(), HubError> {
        let now = Instant::now();
        for unsaved in self.setback.take(now) {
            if let Some(member) = open.room.members.get(&unsaved) {
                open.room.ask_for_missing(&member.connection);
            }
        }
        if self.stage_due.is_some_and(|it| it <= now) {
            self.may_have_changed(&mut open.room).await?;
        }
        if open.room.presence.has_news() {
            let due = self.presence_sent + self.shared.options.presence_every;
            self.presence_due = Some(due);
            if due <= now {
                self.publish_presence(&mut open.room);
                self.presence_sent = now;
                self.presence_due = None;
            }
        } else {
            self.presence_due = None;
        }
        if self.may_unload(&open.room) && self.unload_at(&open.room) <= now {
            if open.room.is_loaded() {
                self.shared.metrics.documents.dec();
            }
            open.room.unload();
            self.views = Views::default();
            self.wish_snapshot(64);
        }
        self.among_tick(open).await
    }

    /// Opens the map, listening first to what others say of it.
    async fn open_among_others(&mut self) -> Result<Box<Open>, HubError> {
        if let Some(cluster) = self.shared.cluster.clone() {
            let link = Link::open(cluster, self.map, self.mailbox.clone()).await;
            let link = link.map_err(|error| self.unreadable(&error))?;
            self.link = Some(Box::new(link));
        }
        self.open().await.map(Box::new)
    }

    /// Opens the map's log: as its owner, unless another server has the map.
    pub(super) async fn open(&mut self) -> Result<Open, HubError> {
        let (store, map) = (&self.shared.store, self.map);
        let opening = async {
            let opened = match &self.shared.cluster {
                Some(cluster) => store.open_shared_map(map, cluster.id).await?,
                None => store.open_map(map).await?,
            };
            let stored = read_document(store, map, opened.epoch).await?.stored;
            Ok((opened, stored, store.stage(map).await?))
        };
        let opened = timeout(OPEN_PATIENCE, opening).await;
        let opened = opened.map_err(|error| self.unreadable(&error))?;
        let (opened, stored, stage) = opened.map_err(|error| self.unavailable(&error))?;
        self.stage = stage;
        self.used = Instant::now();
        self.since_snapshot = match opened.hold {
            Hold::Own(_) => stored.backlog.n_tail(),
            Hold::Follow(_) => (0, 0),
        };
        let limits = self.shared.options.limits.clone();
        let owners = opened.clients.into_iter().collect();
        let mut open = Open {
            room: Room::new(opened.epoch, stored, owners, limits),
            hold: opened.hold,
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
            Message::Join(join) => self.join(open, *join),
            Message::Step1 { from } => self.answer_step1(open, from).await?,
            Message::Behind { from, place } => self.catch_up(open, from, &place).await?,
            Message::Presence {
                from,
                states,
                space,
            } => {
                self.presence(&mut open.room, from, &states);
                drop(space);
            }
            Message::Want { from, what } => self.give(&mut open.room, from, what),
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
            Message::Tree { answer, .. } => drop(answer.send(self.tree(open).await)),
            Message::SignOff { answer } => drop(answer.send(self.sign_off(open).await)),
            Message::Among(what) => self.among(open, *what).await?,
            Message::Catalogue { number } => self.catalogue_is(&open.room, number),
            Message::Write { what, answer } => {
                let written = self.write(open, what).await;
                return told(answer, written.is_err(), written.and_then(|it| it));
            }
            Message::Purge { by, what, answer } => {
                let purged = self.purge(open, by, &what).await;
                return told(answer, purged.is_err(), purged);
            }
            Message::Stop { done } => drop(done.send(())),
        }
        Ok(())
    }

    async fn leave(&mut self, open: &mut Open, from: ConnectionId) -> Result<(), HubError> {
        // What somebody said with their last breath still counts as theirs.
        if self.inbox.has_some_of(from) {
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

/// What a connection's participant has cost so far.
pub(super) fn tab_of(room: &Room, connection: ConnectionId) -> Option<Arc<Tab>> {
    let member = room.members.get(&connection);
    member.map(|it| it.connection.tab().clone())
}

/// Answers before the room ends for an error: whoever hears nothing asks the next room, which would
/// do what this one may have done.
fn told<T>(answer: oneshot::Sender<T>, is_lost: bool, what: T) -> Result<(), HubError> {
    let _ = answer.send(what);
    if is_lost {
        return Err(HubError::Unavailable);
    }
    Ok(())
}

fn each_of(room: &Room, participant: ParticipantId, act: impl Fn(&Connection)) {
    for member in room.members.values() {
        if member.participant == participant {
            act(&member.connection);
        }
    }
}
