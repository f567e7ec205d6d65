//! What the rooms of a server have in common: settings, the writer, the beat, and the registry.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::runtime::Handle;
use tokio::sync::{Notify, mpsc};
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

use super::cluster::{Cluster, News};
use super::committer::Committer;
use super::message::Message;
use super::metrics::Metrics;
use super::pace::Pace;
use super::reading::Readings;
use super::shelf::Shelf;
use super::snapshots::Snapshots;
use super::tabs::Tabs;
use crate::base::id::{MapId, ParticipantId};
use crate::base::lock::lock;
use crate::base::time::Clock;
use crate::mindmap::limits::Limits;
use crate::store::Store;
use crate::sync::room::Right;

/// How rooms behave.
#[derive(Clone, Debug)]
pub struct HubOptions {
    /// How large maps may be.
    pub limits: Limits,
    /// Under load, edits are gathered for so long, then committed and sent together; for a half of it in
    /// a large room, three times as long where many rooms have some. On a quiet server an edit is
    /// not held back.
    pub gather: Duration,
    /// An open room without edits drops its document after this; a small one after a fifth.
    pub unload_after: Duration,
    /// An empty room closes after this.
    pub close_after: Duration,
    /// When the server stops, rooms may take this long to commit what they have.
    pub stop_within: Duration,
    /// Presence is sent no more often than this.
    pub presence_every: Duration,
    /// How far what a participant asks of rooms by requests may run ahead of what is theirs of the
    /// rooms' time, before they are kept waiting.
    pub asks_ahead: Duration,
    /// Updates after which a map gets a new snapshot.
    pub snapshot_rows: usize,
    /// Bytes of updates, likewise.
    pub snapshot_bytes: usize,
}

impl Default for HubOptions {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            gather: Duration::from_millis(10),
            unload_after: Duration::from_secs(5),
            close_after: Duration::from_secs(2),
            stop_within: Duration::from_secs(5),
            presence_every: Duration::from_millis(100),
            asks_ahead: Duration::from_secs(10),
            snapshot_rows: 2000,
            snapshot_bytes: 1024 * 1024,
        }
    }
}

/// What actors share.
pub(super) struct Shared {
    pub(super) store: Store,
    /// The servers beside this one, where there may be some.
    pub(super) cluster: Option<Cluster>,
    pub(super) options: HubOptions,
    pub(super) clock: Clock,
    pub(super) metrics: Metrics,
    pub(super) committer: Committer,
    pub(super) pace: Arc<Pace>,
    /// Ends with the last room.
    _beat: AbortOnDropHandle<()>,
    pub(super) snapshots: Snapshots,
    pub(super) authors: Shelf,
    pub(super) readings: Readings,
    pub(super) tabs: Tabs,
    /// Told by this server when a map is linked to other records than before.
    pub(super) linked: Arc<Notify>,
    /// Told when cards may be others for another reason: a map is opened, another server says so.
    pub(super) cards: Arc<Notify>,
    pub(super) runtime: Handle,
    pub(super) next_connection: AtomicU64,
    pub(super) revocations: AtomicU64,
    pub(super) stopping: AtomicBool,
    rooms: Mutex<HashMap<MapId, mpsc::Sender<Message>>>,
}

impl Shared {
    /// Starts what rooms share, on the current runtime.
    pub(super) fn new(
        store: Store,
        options: HubOptions,
        clock: Clock,
        cluster: Option<Cluster>,
    ) -> Self {
        let metrics = Metrics::default();
        let pace = Arc::new(Pace::new(options.gather));
        let beat = tokio::spawn(pace.clone().beat());
        let committer = Committer::start(store.clone(), metrics.clone());
        let snapshots = Snapshots::start(
            store.clone(),
            options.limits.clone(),
            clock.clone(),
            metrics.clone(),
        );
        let linked = Arc::default();
        let readings = Readings::start(store.clone(), options.limits.clone(), Arc::clone(&linked));
        Self {
            store,
            cluster,
            readings,
            tabs: Tabs::default(),
            linked,
            cards: Arc::default(),
            pace,
            _beat: AbortOnDropHandle::new(beat),
            options,
            clock,
            metrics,
            committer,
            snapshots,
            authors: Shelf::default(),
            runtime: Handle::current(),
            next_connection: AtomicU64::new(first_connection()),
            revocations: AtomicU64::new(0),
            stopping: AtomicBool::new(false),
            rooms: Mutex::default(),
        }
    }

    pub(super) fn rooms(&self) -> MutexGuard<'_, HashMap<MapId, mpsc::Sender<Message>>> {
        lock(&self.rooms)
    }

    pub(super) fn all(&self) -> Vec<mpsc::Sender<Message>> {
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

    /// Tells a room, if it is open here, that what it goes by changed for those with this right.
    pub(super) async fn changed(&self, map: MapId, least: Right) {
        let mailbox = self.rooms().get(&map).cloned();
        if let Some(mailbox) = mailbox {
            let _ = mailbox.send(Message::Changed { least }).await;
        }
    }

    /// Tells all rooms that are open here that what they go by changed.
    pub(super) async fn all_changed(&self) {
        let least = Right::Read;
        self.tell_all(|| Message::Changed { least }).await;
    }

    /// Ends every connection that a participant has here.
    pub(super) async fn revoke(&self, participant: ParticipantId) {
        self.revocations.fetch_add(1, Ordering::SeqCst);
        self.tell_all(|| Message::Revoke { participant }).await;
    }

    /// Has every connection that a participant has here show again what it came with.
    pub(super) async fn check(&self, participant: ParticipantId) {
        self.revocations.fetch_add(1, Ordering::SeqCst);
        self.tell_all(|| Message::Check { participant }).await;
    }

    /// Tells all rooms at once: one that is stuck, and whose mailbox is full, keeps it from no other.
    async fn tell_all(&self, message: impl Fn() -> Message) {
        let telling = self.all().into_iter().map(|mailbox| {
            let message = message();
            async move { mailbox.send(message).await }
        });
        join_all(telling).await;
    }

    /// Tells the other servers, if there may be some.
    pub(super) fn tell_others(&self, news: News) {
        if let Some(cluster) = &self.cluster {
            cluster.tell(news);
        }
    }
}

/// Where this server begins to number its connections: far from where others do, so that servers of
/// one database give no number twice.
fn first_connection() -> u64 {
    let random = Uuid::now_v7().as_u64_pair().1;
    (random << 32) | 1
}
