//! Snapshots: a map's document at one place of its log, so that opening replays little.
//!
//! They are made apart from the rooms, from what is stored: the older snapshot and the log behind
//! it, replayed into a fresh document. So a snapshot is also a check that the log can be read.

use tokio::sync::mpsc;

use super::document::read_document;
use super::metrics::Metrics;
use crate::base::id::MapId;
use crate::base::time::Clock;
use crate::mindmap::limits::Limits;
use crate::store::{Snapshot, Store, StoreError};
use crate::sync::replica::Unreadable;

/// Asks that may wait; more are dropped, and come again with the map's next edits.
const QUEUE: usize = 256;

/// Makes snapshots, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Snapshots {
    queue: mpsc::Sender<MapId>,
}

/// Why no snapshot was made.
#[derive(Debug, thiserror::Error)]
enum SnapshotError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error("the replay was broken off")]
    Stopped(#[from] tokio::task::JoinError),
}

impl Snapshots {
    /// Starts the work on the current runtime; it ends when the last handle is dropped.
    pub(super) fn start(store: Store, limits: Limits, clock: Clock, metrics: Metrics) -> Self {
        let (queue, mut maps) = mpsc::channel(QUEUE);
        tokio::spawn(async move {
            while let Some(map) = maps.recv().await {
                match make(&store, map, &limits, &clock).await {
                    Ok(()) => drop(metrics.snapshots.inc()),
                    Err(error) => tracing::error!(%map, %error, "no snapshot was made"),
                }
            }
        });
        Self { queue }
    }

    /// Asks for a snapshot of a map; whether it will be made.
    pub(super) fn ask(&self, map: MapId) -> bool {
        self.queue.try_send(map).is_ok()
    }
}

async fn make(
    store: &Store,
    map: MapId,
    limits: &Limits,
    clock: &Clock,
) -> Result<(), SnapshotError> {
    let epoch = store.map(map).await?.epoch;
    let committed = read_document(store, map, epoch).await?;
    let backlog = committed.stored.backlog;
    if backlog.n_tail() == (0, 0) {
        return Ok(());
    }
    let limits = limits.clone();
    let snapshot = tokio::task::spawn_blocking(move || {
        let replica = backlog.build(&limits)?;
        Ok::<_, Unreadable>(Snapshot {
            epoch,
            seq: committed.seq,
            state_vector: replica.state_vector(),
            state: replica.state(),
        })
    })
    .await??;
    Ok(store.save_snapshot(map, &snapshot, clock.now()).await?)
}
