//! The registry of open rooms, and the calls that reach one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, oneshot};

use super::actor::Actor;
use super::committer::Committer;
use super::metrics::Metrics;
use super::snapshots::Snapshots;
use crate::base::id::{MapId, ParticipantId};
use crate::base::time::Clock;
use crate::mindmap::limits::Limits;
use crate::mindmap::tree::Tree;
use crate::store::Store;
use crate::sync::delivery::{Connection, ConnectionId, Place, Stream};
use crate::sync::presence::Persona;
use crate::sync::protocol::CloseReason;
use crate::sync::room::Right;

/// Messages that may wait for one room. A socket whose room is busy waits, and reads nothing
/// meanwhile.
const MAILBOX: usize = 1024;
/// A document's types are dropped recursively, and its updates applied so.
const ROOM_STACK: usize = 64 * 1024 * 1024;

/// How rooms behave.
#[derive(Clone, Debug)]
pub struct HubOptions {
    /// How large maps may be.
    pub limits: Limits,
    /// A room gathers edits for at most this long before it commits and sends them together. The
    /// first edit on a quiet map is not held back.
    pub gather: Duration,
    /// An open room without edits drops its document after this.
    pub unload_after: Duration,
    /// An empty room closes after this.
    pub close_after: Duration,
    /// Presence is sent no more often than this.
    pub presence_every: Duration,
    /// Updates after which a map gets a new snapshot.
    pub snapshot_rows: usize,
    /// Bytes of updates, likewise.
    pub snapshot_bytes: usize,
}

impl Default for HubOptions {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            gather: Duration::from_millis(16),
            unload_after: Duration::from_secs(5),
            close_after: Duration::from_secs(2),
            presence_every: Duration::from_millis(100),
            snapshot_rows: 2000,
            snapshot_bytes: 1024 * 1024,
        }
    }
}

/// Why a room cannot be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HubError {
    /// There is no such map.
    #[error("there is no such map")]
    NotFound,
    /// The client knows another history of the map.
    #[error("the map was rebuilt under another epoch")]
    WrongEpoch,
    /// The store cannot be reached, the map cannot be read, or the server is shutting down.
    #[error("the map cannot be opened at the moment")]
    Unavailable,
}

impl HubError {
    /// How a socket is closed for this.
    pub fn close_reason(self) -> CloseReason {
        match self {
            Self::NotFound => CloseReason::NotFound,
            Self::WrongEpoch => CloseReason::WrongEpoch,
            Self::Unavailable => CloseReason::TryAgain,
        }
    }
}

/// Who joins, and as what.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Whose edits these will be.
    pub participant: ParticipantId,
    /// What the others see.
    pub persona: Persona,
    /// What this connection may do.
    pub right: Right,
    /// Whether the client understands messages above 110.
    pub extended: bool,
    /// The history that the client has, where it says so.
    pub epoch: Option<u64>,
}

/// A seat taken: dropping it leaves the room.
#[derive(Debug)]
pub struct Joined {
    /// The room's side of this socket.
    pub connection: Arc<Connection>,
    /// What it copies from.
    pub stream: Arc<Stream>,
    mailbox: mpsc::Sender<Message>,
    metrics: Metrics,
}

/// What reaches a room's actor.
#[derive(Debug)]
pub(super) enum Message {
    Join {
        seat: Seat,
        connection: Arc<Connection>,
        answer: oneshot::Sender<Result<Arc<Stream>, HubError>>,
    },
    Edit {
        from: ConnectionId,
        number: u64,
        update: Bytes,
    },
    Step1 {
        from: ConnectionId,
        state_vector: Bytes,
    },
    Behind {
        from: ConnectionId,
        place: Place,
    },
    Presence {
        from: ConnectionId,
        states: Bytes,
    },
    WantPresence {
        from: ConnectionId,
    },
    Resync {
        from: ConnectionId,
    },
    Leave {
        from: ConnectionId,
    },
    Revoke {
        participant: ParticipantId,
    },
    Changed,
    Tree {
        answer: oneshot::Sender<Result<Tree, HubError>>,
    },
    Purge {
        by: ParticipantId,
        answer: oneshot::Sender<Result<u64, HubError>>,
    },
    Stop {
        done: oneshot::Sender<()>,
    },
}

/// All open rooms of this server. Cheap to clone.
#[derive(Clone)]
pub struct Hub(Arc<Shared>);

/// What actors share.
pub(super) struct Shared {
    pub(super) store: Store,
    pub(super) options: HubOptions,
    pub(super) clock: Clock,
    pub(super) metrics: Metrics,
    pub(super) committer: Committer,
    pub(super) snapshots: Snapshots,
    rooms: Mutex<HashMap<MapId, mpsc::Sender<Message>>>,
    next_connection: AtomicU64,
    stopping: AtomicBool,
    runtime: Mutex<Option<Runtime>>,
}

impl Hub {
    /// A hub with threads of its own for rooms.
    ///
    /// # Errors
    ///
    /// The system's, when it gives no threads.
    pub fn new(store: Store, options: HubOptions, clock: Clock) -> std::io::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let runtime = Builder::new_multi_thread()
            .worker_threads((cores / 2).max(1))
            .thread_name("rooms")
            .thread_stack_size(ROOM_STACK)
            .enable_all()
            .build()?;
        let metrics = Metrics::default();
        let _guard = runtime.enter();
        let committer = Committer::start(store.clone(), metrics.clone());
        let snapshots = Snapshots::start(
            store.clone(),
            options.limits.clone(),
            clock.clone(),
            metrics.clone(),
        );
        drop(_guard);
        Ok(Self(Arc::new(Shared {
            store,
            options,
            clock,
            metrics,
            committer,
            snapshots,
            rooms: Mutex::default(),
            next_connection: AtomicU64::new(1),
            stopping: AtomicBool::new(false),
            runtime: Mutex::new(Some(runtime)),
        })))
    }

    /// The counters of this hub.
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
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
        let connection = Arc::new(Connection::new(id, seat.extended));
        let (stream, mailbox) = self
            .ask(map, |answer| Message::Join {
                seat: seat.clone(),
                connection: connection.clone(),
                answer,
            })
            .await?;
        self.0.metrics.connections.inc();
        Ok(Joined {
            connection,
            stream,
            mailbox,
            metrics: self.0.metrics.clone(),
        })
    }

    /// The map's tree as it is committed.
    ///
    /// # Errors
    ///
    /// [`HubError`].
    pub async fn tree(&self, map: MapId) -> Result<Tree, HubError> {
        let (tree, _) = self.ask(map, |answer| Message::Tree { answer }).await?;
        Ok(tree)
    }

    /// Rebuilds a map without what is in its trash, under a new epoch, which is returned. What was
    /// purged is nowhere in the log afterwards; everybody connected has to load afresh.
    ///
    /// # Errors
    ///
    /// [`HubError`].
    pub async fn purge(&self, map: MapId, by: ParticipantId) -> Result<u64, HubError> {
        let (epoch, _) = self.ask(map, |answer| Message::Purge { by, answer }).await?;
        Ok(epoch)
    }

    /// Asks a room and waits for the answer. A room that closes just then is opened again.
    async fn ask<T>(
        &self,
        map: MapId,
        message: impl Fn(oneshot::Sender<Result<T, HubError>>) -> Message,
    ) -> Result<(T, mpsc::Sender<Message>), HubError> {
        for _ in 0..3 {
            let mailbox = self.mailbox(map)?;
            let (sender, answer) = oneshot::channel();
            if mailbox.send(message(sender)).await.is_err() {
                continue;
            }
            if let Ok(answer) = answer.await {
                return Ok((answer?, mailbox));
            }
        }
        Err(HubError::Unavailable)
    }

    /// The mailbox of a map's room, which is opened when it is not open yet.
    fn mailbox(&self, map: MapId) -> Result<mpsc::Sender<Message>, HubError> {
        let mut rooms = self.0.rooms();
        if let Some(mailbox) = rooms.get(&map) {
            return Ok(mailbox.clone());
        }
        if self.0.stopping.load(Ordering::Relaxed) {
            return Err(HubError::Unavailable);
        }
        let runtime = self.0.runtime.lock().unwrap_or_else(PoisonError::into_inner);
        let runtime = runtime.as_ref().ok_or(HubError::Unavailable)?;
        let (mailbox, messages) = mpsc::channel(MAILBOX);
        rooms.insert(map, mailbox.clone());
        runtime.spawn(Actor::new(map, self.0.clone()).run(messages));
        Ok(mailbox)
    }

    /// Tells a room, if it is open, that the map's record or its session's changed.
    pub async fn map_changed(&self, map: MapId) {
        let mailbox = self.0.rooms().get(&map).cloned();
        if let Some(mailbox) = mailbox {
            let _ = mailbox.send(Message::Changed).await;
        }
    }

    /// Ends every connection of a participant.
    pub async fn revoke(&self, participant: ParticipantId) {
        for mailbox in self.0.all() {
            let _ = mailbox.send(Message::Revoke { participant }).await;
        }
    }

    /// Takes no more rooms, lets each commit what it has, and closes it.
    pub async fn shutdown(&self) {
        self.0.stopping.store(true, Ordering::Relaxed);
        for mailbox in self.0.all() {
            let (done, stopped) = oneshot::channel();
            if mailbox.send(Message::Stop { done }).await.is_ok() {
                let _ = stopped.await;
            }
        }
        let mut runtime = self.0.runtime.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(runtime) = runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Shared {
    fn rooms(&self) -> MutexGuard<'_, HashMap<MapId, mpsc::Sender<Message>>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn all(&self) -> Vec<mpsc::Sender<Message>> {
        self.rooms().values().cloned().collect()
    }

    /// Takes a room out of the registry, unless `messages` holds something; whether it is out.
    pub(super) fn close(&self, map: MapId, messages: &mpsc::Receiver<Message>) -> bool {
        let mut rooms = self.rooms();
        if messages.is_empty() {
            rooms.remove(&map);
            return true;
        }
        false
    }

    /// Takes a room out of the registry though messages may wait; they are answered by nobody, and
    /// whoever sent them asks again.
    pub(super) fn abandon(&self, map: MapId) {
        self.rooms().remove(&map);
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let runtime = self.runtime.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(runtime) = runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Joined {
    async fn send(&self, message: Message) {
        // A room that is gone has closed this connection; the socket finds that out by itself.
        if self.mailbox.send(message).await.is_err() {
            self.connection.close(CloseReason::TryAgain);
        }
    }

    /// Hands an edit or a step 2 to the room: the `number`-th of this connection.
    pub async fn edit(&self, number: u64, update: Bytes) {
        let from = self.connection.id;
        self.send(Message::Edit { from, number, update }).await;
    }

    /// Asks for what is missing from a state vector.
    pub async fn step1(&self, state_vector: Bytes) {
        let from = self.connection.id;
        self.send(Message::Step1 { from, state_vector }).await;
    }

    /// Asks for everything after a place that the stream no longer has.
    pub async fn behind(&self, place: Place) {
        let from = self.connection.id;
        self.send(Message::Behind { from, place }).await;
    }

    /// Passes on what this client says of itself.
    pub async fn presence(&self, states: Bytes) {
        let from = self.connection.id;
        self.send(Message::Presence { from, states }).await;
    }

    /// Asks for everybody's presence.
    pub async fn want_presence(&self) {
        let from = self.connection.id;
        self.send(Message::WantPresence { from }).await;
    }

    /// Asks for the server's step 1.
    pub async fn resync(&self) {
        let from = self.connection.id;
        self.send(Message::Resync { from }).await;
    }
}

impl Drop for Joined {
    fn drop(&mut self) {
        self.metrics.connections.dec();
        let message = Message::Leave {
            from: self.connection.id,
        };
        if let Err(mpsc::error::TrySendError::Full(message)) = self.mailbox.try_send(message) {
            let mailbox = self.mailbox.clone();
            tokio::spawn(async move { mailbox.send(message).await });
        }
    }
}
