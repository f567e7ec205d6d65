//! One check of the database for all who ask whether the server is ready.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

/// So old may an answer be that callers share: anybody may ask, and each answer costs a commit.
const FRESH: Duration = Duration::from_secs(1);

/// Whether the database takes commits, or the words for why not: the last answer, and when it came.
#[derive(Debug, Default)]
pub(super) struct Readiness(Mutex<Option<(Instant, Answer)>>);

/// What callers are told.
pub(super) type Answer = Result<(), &'static str>;

impl Readiness {
    /// The last answer while it is fresh; else that of `check`, for which all wait who ask meanwhile.
    pub(super) async fn shared(&self, check: impl Future<Output = Answer>) -> Answer {
        let mut last = self.0.lock().await;
        if let Some((at, answer)) = *last
            && at.elapsed() < FRESH
        {
            return answer;
        }
        let answer = check.await;
        *last = Some((Instant::now(), answer));
        answer
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_answer_is_shared_for_a_second_whatever_it_is() {
        let readiness = Readiness::default();
        let counter = AtomicU32::new(0);
        let n_checks = &counter;
        let ask = |answer: Answer| {
            readiness.shared(async move {
                n_checks.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_secs(2)).await;
                answer
            })
        };

        let (one, two) = tokio::join!(ask(Err("away")), ask(Ok(())));
        assert_eq!((one, two), (Err("away"), Err("away")));
        tokio::time::advance(FRESH).await;
        assert_eq!(ask(Ok(())).await, Ok(()));
        assert_eq!(ask(Err("away")).await, Ok(()));
        assert_eq!(n_checks.load(Ordering::Relaxed), 2);
    }
}
