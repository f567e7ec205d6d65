//! One writer for the batches of all rooms: what waits while one commit runs makes the next.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout_at};

use super::metrics::Metrics;
use crate::base::lock::lock;
use crate::store::log::Batch;
use crate::store::{Store, StoreError};

/// Batches that may wait; each room has one at most, so this bounds nothing but bursts.
const QUEUE: usize = 1024;
/// How often the writer steps back for rooms that are ready, before it commits.
const YIELDS: usize = 2;

/// A commit that takes longer counts as failed; nobody can tell then whether it is in the log.
const PATIENCE: Duration = Duration::from_secs(10);
/// While a commit takes longer than this, the server is not ready.
const SLOW: Duration = Duration::from_secs(3);
/// For so long a failure counts, when nothing is committed after it: a server that is sent nobody
/// because it is not ready has no other way back.
const MEMORY: Duration = Duration::from_secs(30);

/// Why a batch is not in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum CommitError {
    /// The map has another owner by now.
    #[error("the map has another owner")]
    Fenced,
    /// What was to happen along with it has happened elsewhere.
    #[error("what was to happen along with it has happened elsewhere")]
    TooLate,
    /// The database did not take it.
    #[error("the database does not take commits")]
    Unavailable,
}

/// Hands batches to the writer.
#[derive(Clone, Debug)]
pub(super) struct Committer {
    queue: mpsc::Sender<Job>,
    health: Arc<Mutex<Health>>,
}

/// How the last commits went.
#[derive(Debug, Default)]
struct Health {
    /// When the one that is under way began.
    begun: Option<Instant>,
    /// When the last one failed, if it did.
    failed: Option<Instant>,
}

impl Health {
    fn is_good(&self) -> bool {
        self.begun.is_none_or(|it| it.elapsed() < SLOW)
            && self.failed.is_none_or(|it| MEMORY <= it.elapsed())
    }
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
        let health = Arc::default();
        tokio::spawn(write(store, jobs, Arc::clone(&health), metrics));
        Self { queue, health }
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

    /// Somebody else has tried whether the database takes commits.
    pub(super) fn has_heard(&self, takes_commits: bool) {
        lock(&self.health).failed = (!takes_commits).then(Instant::now);
    }

    /// Whether commits go through, as far as anybody can tell.
    pub(super) fn is_healthy(&self) -> bool {
        lock(&self.health).is_good()
    }
}

async fn write(
    store: Store,
    mut jobs: mpsc::Receiver<Job>,
    health: Arc<Mutex<Health>>,
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
        lock(&health).begun = Some(begin);
        let (batches, answers): (Vec<_>, Vec<_>) =
            waiting.drain(..).map(|job| (job.batch, job.done)).unzip();
        let outcomes = commit_all(&store, &batches).await;
        let failed = outcomes.contains(&Err(CommitError::Unavailable));
        *lock(&health) = Health {
            begun: None,
            failed: failed.then(Instant::now),
        };
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
    let deadline = Instant::now() + PATIENCE;
    let together = commit(store, batches, deadline).await;
    if together.is_ok() || batches.len() == 1 {
        return vec![together; batches.len()];
    }
    let mut outcomes = Vec::with_capacity(batches.len());
    for batch in batches {
        outcomes.push(commit(store, std::slice::from_ref(batch), deadline).await);
    }
    outcomes
}

/// Commits, unless that takes too long: a store that stalls must not stall the rooms one by one.
async fn commit(store: &Store, batches: &[Batch], deadline: Instant) -> Result<(), CommitError> {
    let Ok(outcome) = timeout_at(deadline, store.append(batches)).await else {
        tracing::error!("a commit took too long");
        return Err(CommitError::Unavailable);
    };
    outcome.map_err(|error| match error {
        StoreError::Stale | StoreError::Conflict(_) => CommitError::Fenced,
        StoreError::Gone { .. } => CommitError::TooLate,
        error => {
            let cause = std::error::Error::source(&error);
            tracing::error!(%error, ?cause, "a commit failed");
            CommitError::Unavailable
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_failure_counts_until_a_commit_or_for_a_while() {
        let failed = Health {
            begun: None,
            failed: Some(Instant::now()),
        };

        assert!(Health::default().is_good());
        assert!(!failed.is_good());
        tokio::time::advance(MEMORY).await;
        assert!(failed.is_good());
    }

    #[tokio::test(start_paused = true)]
    async fn a_commit_that_does_not_end_is_a_failure_too() {
        let busy = Health {
            begun: Some(Instant::now()),
            failed: None,
        };

        assert!(busy.is_good());
        tokio::time::advance(SLOW).await;
        assert!(!busy.is_good());
    }
}
