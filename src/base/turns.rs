//! Long work, so many at a time, away from the threads that serve requests.

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::{JoinError, spawn_blocking};
use tokio::time::timeout;

/// Nobody waits for longer: whoever asked would have gone, and what they hold is others' meanwhile.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many of one kind may be worked on at a time: a `static` beside that work. Who comes later
/// waits, in order, and not without end.
#[derive(Debug)]
pub struct Turns(Semaphore);

/// So many wait that there was no turn in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too much of this is asked for at once: try again")]
pub struct Crowded;

/// Waits for a turn at something, as long as anybody may.
///
/// # Errors
///
/// [`Crowded`] when it took too long.
pub async fn patiently<T>(waiting: impl Future<Output = T>) -> Result<T, Crowded> {
    timeout(PATIENCE, waiting).await.map_err(|_| Crowded)
}

/// The right to do one of them.
#[derive(Debug)]
pub struct Turn(Option<SemaphorePermit<'static>>);

impl Turns {
    /// So many at a time.
    pub const fn new(at_once: usize) -> Self {
        Self(Semaphore::const_new(at_once))
    }

    /// Waits for a turn: before what the work needs is read, so that nobody waits with that in hand.
    ///
    /// # Errors
    ///
    /// [`Crowded`] when there was none in time.
    pub async fn take(&'static self) -> Result<Turn, Crowded> {
        let permit = patiently(self.0.acquire()).await?;
        // Never closed; without a permit there would be no limit, but no harm either.
        Ok(Turn(permit.ok()))
    }
}

impl Turn {
    /// Does the work on a thread of its own. The turn goes with the work, which goes on to its end
    /// also where whoever asked for it is gone.
    ///
    /// # Errors
    ///
    /// When the work panicked.
    pub async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let working = move || {
            let _turn = self.0;
            work()
        };
        spawn_blocking(working).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn a_turn_lasts_as_long_as_its_work_though_nobody_waits_for_it() {
        static TURNS: Turns = Turns::new(1);
        let (end, ended) = mpsc::channel::<()>();
        let (begin, mut begun) = tokio::sync::mpsc::channel(1);
        let turn = TURNS.take().await.unwrap();
        let asked = tokio::spawn(turn.run(move || {
            begin.blocking_send(()).unwrap();
            ended.recv().unwrap();
        }));
        begun.recv().await.unwrap();

        asked.abort();
        assert!(asked.await.unwrap_err().is_cancelled());

        assert_eq!(TURNS.0.available_permits(), 0);
        end.send(()).unwrap();
        let _next = TURNS.take().await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_without_end() {
        static TURNS: Turns = Turns::new(1);
        let first = TURNS.take().await.unwrap();

        let second = TURNS.take().await;
        drop(first);
        let third = TURNS.take().await;

        assert_eq!(second.unwrap_err(), Crowded);
        assert!(third.is_ok());
    }
}
