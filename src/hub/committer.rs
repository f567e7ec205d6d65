//! One writer for the batches of all rooms: what waits while one commit runs makes the next.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::metrics::Metrics;
use crate::store::log::Batch;
use crate::store::{Store, StoreError};

/// Batches that may wait; each room has one at most, so this bounds nothing but bursts.
const QUEUE: usize = 1024;
/// How often the writer steps back for rooms that are ready, before it commits.
const YIELDS: usize = 2;

/// Why a batch is not in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum CommitError {
    /// The map has another owner by now.
    #[error("the map has another owner")]
    Fenced,
    /// The database did not take it.
    #[error("the database does not take commits")]
    Unavailable,
}

/// Hands batches to the writer.
#[derive(Clone, Debug)]
pub(super) struct Committer {
    queue: mpsc::Sender<Job>,
    healthy: Arc<AtomicBool>,
}

#[derive(Debug)]
struct Job {
    batch: Batch,
    done: oneshot::Sender<Result<(), CommitError>>,
}

impl Committer {
    /// Starts the writer on the current runtime; it ends when the last handle is dropped.
    pub(super) fn start(store: Store, metrics: Metrics) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let healthy = Arc::new(AtomicBool::new(true));
        tokio::spawn(write(store, jobs, healthy.clone(), metrics));
        Self { queue, healthy }
    }

    /// Commits a batch; when this returns `Ok`, it is on disk.
    ///
    /// # Errors
    ///
    /// [`CommitError`]: it is not in the log, or nobody can tell.
    pub(super) async fn commit(&self, batch: Batch) -> Result<(), CommitError> {
        let (done, answer) = oneshot::channel();
        let job = Job { batch, done };
        let sent = self.queue.send(job).await;
        sent.map_err(|_| CommitError::Unavailable)?;
        answer.await.unwrap_or(Err(CommitError::Unavailable))
    }

    /// Whether the last commit went through.
    pub(super) fn is_healthy(&self) -> bool {
        self.healthy.load(Ordering::Relaxed)
    }
}

async fn write(
    store: Store,
    mut jobs: mpsc::Receiver<Job>,
    healthy: Arc<AtomicBool>,
    metrics: Metrics,
) {
    let mut waiting = Vec::new();
    while jobs.recv_many(&mut waiting, QUEUE).await > 0 {
        // Rooms that wait for the same beat have their batches ready in a moment.
        for _ in 0..YIELDS {
            tokio::task::yield_now().await;
            while let Ok(job) = jobs.try_recv() {
                waiting.push(job);
            }
        }
        let begin = Instant::now();
        let (batches, answers): (Vec<_>, Vec<_>) =
            waiting.drain(..).map(|job| (job.batch, job.done)).unzip();
        let outcomes = commit_all(&store, &batches).await;
        let failed = outcomes.contains(&Err(CommitError::Unavailable));
        healthy.store(!failed, Ordering::Relaxed);
        metrics
            .commit_seconds
            .observe(begin.elapsed().as_secs_f64());
        for (answer, outcome) in answers.into_iter().zip(outcomes) {
            // A room that went away meanwhile reads what happened from the log.
            let _ = answer.send(outcome);
        }
    }
}

/// Commits all together; if that fails, each alone, so that one lost map harms no other.
async fn commit_all(store: &Store, batches: &[Batch]) -> Vec<Result<(), CommitError>> {
    if store.append(batches).await.is_ok() {
        return vec![Ok(()); batches.len()];
    }
    let mut outcomes = Vec::with_capacity(batches.len());
    for batch in batches {
        let outcome = store.append(std::slice::from_ref(batch)).await;
        outcomes.push(outcome.map_err(|error| match error {
            StoreError::Stale | StoreError::Conflict(_) => CommitError::Fenced,
            error => {
                tracing::error!(%error, cause = ?std::error::Error::source(&error), "a commit failed");
                CommitError::Unavailable
            }
        }));
    }
    outcomes
}
