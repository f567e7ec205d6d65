//! The registry of open rooms, and the calls that reach one.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures_util::future::join_all;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout};

use super::actor::Actor;
use super::cards;
use super::cluster::{self, Cluster, News};
use super::error::HubError;
use super::joined::Joined;
use super::message::{Join, Message};
use super::metrics::Metrics;
use super::request::{NotWritten, Purge, Purged, Requester, Writing, Written};
use super::seat::Seat;
use super::shared::{HubOptions, Shared};
use super::show::Show;
use crate::base::id::{MapId, ParticipantId};
use crate::base::time::{Clock, Timestamp};
use crate::mindmap::edit::{Brought, Operation};
use crate::mindmap::tree::Tree;
use crate::store::log::Along;
use crate::store::{Origin, SignOff, Store};
use crate::sync::delivery::Connection;
use crate::sync::room::Right;

/// Messages that may wait for one room. A socket whose room is busy waits, and reads nothing
/// meanwhile.
const MAILBOX: usize = 1024;

/// All open rooms of this server. Cheap to clone.
#[derive(Clone)]
pub struct Hub(Arc<Shared>);

impl std::fmt::Debug for Hub {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hub").finish_non_exhaustive()
    }
}

impl Hub {
    /// A hub whose rooms are tasks of the current runtime.
    ///
    /// What takes long (building a document, a snapshot) goes to the runtime's blocking threads,
    /// so that rooms don't wait for one another.
    pub fn new(store: Store, options: HubOptions, clock: Clock) -> Self {
        Self::start(store, options, clock, None)
    }

    /// The same, as one of several servers.
    pub fn among_others(store: Store, options: HubOptions, clock: Clock, cluster: Cluster) -> Self {
        Self::start(store, options, clock, Some(cluster))
    }

    fn start(store: Store, options: HubOptions, clock: Clock, cluster: Option<Cluster>) -> Self {
        let shared = Arc::new(Shared::new(store, options, clock, cluster));
        if let Some(cluster) = &shared.cluster {
            cluster::listen(&shared, cluster);
        }
        tokio::spawn(cards::watch(
            Arc::downgrade(&shared),
            cards::Signs::of(&shared),
        ));
        Self(shared)
    }

    pub(super) fn shared(&self) -> &Shared {
        &self.0
    }

    /// The counters of this hub.
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// The store behind the rooms.
    pub(super) fn store(&self) -> &Store {
        &self.0.store
    }

    /// The time by the rooms' clock.
    pub(super) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// Whether the server is about to end.
    pub(super) fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::Relaxed)
    }

    /// Whether the last commit went through.
    pub fn is_healthy(&self) -> bool {
        self.0.committer.is_healthy()
    }

    /// Takes a seat in a map's room, which is opened when it is not open yet.
    ///
    /// # Errors
    ///
    /// [`HubError`].
    pub async fn join(&self, map: MapId, seat: Seat) -> Result<Joined, HubError> {
        let id = self.0.next_connection.fetch_add(1, Ordering::Relaxed);
        let connection = Connection::new(id, seat.extended, seat.outlet.clone());
        let connection = Arc::new(connection.on(self.0.tabs.for_seat(&seat)));
        let (seated, mailbox) = self
            .ask(map, |answer| {
                Message::Join(Box::new(Join {
                    seat: seat.clone(),
                    connection: connection.clone(),
                    answer,
                }))
            })
            .await?;
        let metrics = self.0.metrics.clone();
        Ok(Joined::new(connection, seated, mailbox, metrics))
    }

    /// The map's tree as it is committed, for whoever asks with this right: reading it takes of their
    /// time.
    ///
    /// # Errors
    ///
    /// [`HubError`].
    pub async fn tree(&self, map: MapId, by: Option<Requester>) -> Result<Arc<Tree>, HubError> {
        self.until_paid(by).await;
        let message = |answer| Message::Tree { by, answer };
        Ok(self.ask(map, message).await?.0)
    }

    /// Waits until whoever asks has paid for what they had rooms do, but for what may run ahead.
    async fn until_paid(&self, by: Option<Requester>) {
        let Some(tab) = by.and_then(|it| self.0.tabs.for_requester(it)) else {
            return;
        };
        let ahead = self.0.options.asks_ahead;
        while Instant::now() + ahead < tab.until() {
            sleep_until(tab.until() - ahead).await;
        }
    }

    /// Where a map stands, to be signed off: everything that was sent before is in it.
    ///
    /// # Errors
    ///
    /// [`HubError`].
    pub async fn sign_off(&self, map: MapId) -> Result<SignOff, HubError> {
        let (stands, _) = self.ask(map, |answer| Message::SignOff { answer }).await?;
        Ok(stands)
    }

    /// Rebuilds a map without what is to go, under a new epoch. What was purged is nowhere in the
    /// log afterwards; everybody connected has to load afresh.
    ///
    /// # Errors
    ///
    /// [`HubError`].
    pub async fn purge(
        &self,
        map: MapId,
        by: ParticipantId,
        what: Purge,
    ) -> Result<Purged, HubError> {
        let what = Arc::new(what);
        let message = |answer| Message::Purge {
            by,
            what: what.clone(),
            answer,
        };
        Ok(self.ask(map, message).await?.0)
    }

    /// Shows everybody in a map something for the moment. False where that cannot be: whoever is
    /// to be followed has to be there.
    ///
    /// # Errors
    ///
    /// [`HubError`].
    pub async fn show(&self, map: MapId, what: Show) -> Result<bool, HubError> {
        let message = |answer| Message::Show {
            what: what.clone(),
            answer,
        };
        Ok(self.ask(map, message).await?.0)
    }

    /// Writes something into a map, in a facilitator's name.
    ///
    /// # Errors
    ///
    /// [`HubError`]; inside, [`NotWritten`] where the map does not take it.
    pub async fn write(
        &self,
        map: MapId,
        by: ParticipantId,
        operation: Operation,
    ) -> Result<Result<Written, NotWritten>, HubError> {
        self.have_written(map, Writing::leading(by, operation))
            .await
    }

    /// Links a node to something, in the name of somebody with this right: what the round and locks
    /// withhold from them is refused. A gap that is made of the node is made in the same commit.
    ///
    /// # Errors
    ///
    /// As [`Hub::write`].
    pub async fn link(
        &self,
        map: MapId,
        (by, right): (ParticipantId, Right),
        (node, target): (String, String),
        made: Option<Origin>,
    ) -> Result<Result<Written, NotWritten>, HubError> {
        let what = Writing {
            by,
            right,
            epoch: None,
            operation: Operation::Link { node, target },
            along: made.map(|it| Along::MadeGap(Box::new(it))),
        };
        self.have_written(map, what).await
    }

    /// Puts what was brought from elsewhere under a node, in the name of somebody with this right:
    /// one edit, or none where the round, a lock or the map's limits withhold it.
    ///
    /// # Errors
    ///
    /// As [`Hub::write`].
    pub async fn bring(
        &self,
        map: MapId,
        (by, right): (ParticipantId, Right),
        under: String,
        what: Arc<Brought>,
    ) -> Result<Result<Written, NotWritten>, HubError> {
        let what = Writing {
            by,
            right,
            epoch: None,
            operation: Operation::Bring { under, what },
            along: None,
        };
        self.have_written(map, what).await
    }

    /// Has a room write something, once whoever asks has paid for what they had rooms do.
    ///
    /// # Errors
    ///
    /// As [`Hub::write`].
    pub(super) async fn have_written(
        &self,
        map: MapId,
        what: Writing,
    ) -> Result<Result<Written, NotWritten>, HubError> {
        self.until_paid(Some((what.by, what.right))).await;
        let what = Arc::new(what);
        let message = |answer| Message::Write {
            what: what.clone(),
            answer,
        };
        Ok(self.ask(map, message).await?.0)
    }

    /// Waits until the tables of nodes and links say what was committed before now: of one map, or
    /// of all. Where that takes too long, they say what was before.
    pub async fn settle_links(&self, map: Option<MapId>) {
        self.0.readings.settle(map).await;
    }

    /// Asks a room and waits for the answer. A room that ends just then is opened again.
    async fn ask<T>(
        &self,
        map: MapId,
        message: impl Fn(oneshot::Sender<Result<T, HubError>>) -> Message,
    ) -> Result<(T, mpsc::Sender<Message>), HubError> {
        for _ in 0..3 {
            let (sender, answer) = oneshot::channel();
            let (mailbox, unsent) = self.post(map, message(sender))?;
            if let Some(message) = unsent
                && mailbox.send(message).await.is_err()
            {
                continue;
            }
            if let Ok(answer) = answer.await {
                return Ok((answer?, mailbox));
            }
        }
        Err(HubError::Unavailable)
    }

    /// Puts a message into the mailbox of a map's room, which is opened when it is not open yet;
    /// gives it back where the mailbox is full.
    ///
    /// The registry is held meanwhile: a room closes for want of messages only while it holds the
    /// registry itself, so none that was put there is lost.
    fn post(
        &self,
        map: MapId,
        message: Message,
    ) -> Result<(mpsc::Sender<Message>, Option<Message>), HubError> {
        let mut rooms = self.0.rooms();
        // One that is closed was a room's that did not end well.
        let open = rooms.get(&map).filter(|it| !it.is_closed()).cloned();
        let mailbox = match open {
            Some(mailbox) => mailbox,
            None if self.is_stopping() => return Err(HubError::Unavailable),
            None => {
                let (mailbox, messages) = mpsc::channel(MAILBOX);
                rooms.insert(map, mailbox.clone());
                let runtime = &self.0.runtime;
                let actor = Actor::new(map, self.0.clone(), mailbox.downgrade());
                runtime.spawn(Box::new(actor).run(messages));
                mailbox
            }
        };
        let unsent = mailbox
            .try_send(message)
            .err()
            .map(TrySendError::into_inner);
        Ok((mailbox, unsent))
    }

    /// Tells a room, if it is open anywhere, that the map's record or its session's changed.
    pub async fn map_changed(&self, map: MapId) {
        self.changed(map, Right::Read).await;
    }

    /// Tells a room, if it is open anywhere, that there are more ideas or votes, of which nobody but
    /// those who lead is told.
    pub async fn counts_changed(&self, map: MapId) {
        self.changed(map, Right::Lead).await;
    }

    async fn changed(&self, map: MapId, least: Right) {
        self.0.tell_others(News::Changed(map, least));
        self.0.changed(map, least).await;
    }

    /// Ends every connection of a participant.
    pub async fn revoke(&self, participant: ParticipantId) {
        self.0.tell_others(News::Revoked(participant));
        self.0.revoke(participant).await;
    }

    /// Has every connection of a participant show again what it came with; one whose token or
    /// sign-in is gone ends.
    pub async fn check(&self, participant: ParticipantId) {
        self.0.tell_others(News::Check(participant));
        self.0.check(participant).await;
    }

    /// How often somebody's right to be here changed. Who takes a seat while this changes has to
    /// look again: the news may have gone by before the seat was taken.
    pub fn revocations(&self) -> u64 {
        self.0.revocations.load(Ordering::SeqCst)
    }

    /// Takes no more rooms, lets each commit what it has, and closes it. Waits for a store that
    /// stalls no longer than [`HubOptions::stop_within`]; what is not committed by then was never
    /// acknowledged.
    pub async fn shutdown(&self) {
        self.0.stopping.store(true, Ordering::Relaxed);
        let stops = self.0.all().into_iter().map(|mailbox| async move {
            let (done, stopped) = oneshot::channel();
            if mailbox.send(Message::Stop { done }).await.is_ok() {
                let _ = stopped.await;
            }
        });
        let stopped = timeout(self.0.options.stop_within, join_all(stops)).await;
        if stopped.is_err() {
            tracing::error!("some rooms could not save what they had in time");
        }
        if let Some(cluster) = &self.0.cluster {
            cluster.leave().await;
        }
    }
}
