//! After a commit that failed: when to ask again for what could not be saved.

use std::collections::HashSet;
use std::time::Duration;

use tokio::time::Instant;

use crate::sync::delivery::ConnectionId;

/// How long to wait the first time; then twice as long each time.
const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);

/// Whose edits wait to be sent again, and until when.
///
/// A client of ours comes by itself; a stock client believes that it is in sync, and is asked. Not
/// at once, because a store that has failed is not helped by everybody trying again together.
#[derive(Debug)]
pub(super) struct Setback {
    unsaved: HashSet<ConnectionId>,
    wait: Duration,
    due: Option<Instant>,
}

impl Default for Setback {
    fn default() -> Self {
        Self {
            unsaved: HashSet::new(),
            wait: SHORTEST,
            due: None,
        }
    }
}

impl Setback {
    /// A commit failed, with edits of these connections in it.
    pub(super) fn failed(&mut self, unsaved: impl IntoIterator<Item = ConnectionId>, now: Instant) {
        self.unsaved.extend(unsaved);
        self.due = Some(now + self.wait);
        self.wait = LONGEST.min(self.wait * 2);
    }

    /// Edits of these connections were not tried. Whoever goes on sending moves nobody's time.
    pub(super) fn put_off(
        &mut self,
        untried: impl IntoIterator<Item = ConnectionId>,
        now: Instant,
    ) {
        let before = self.unsaved.len();
        self.unsaved.extend(untried);
        if before < self.unsaved.len() {
            self.due.get_or_insert(now + self.wait);
        }
    }

    /// A commit went through.
    pub(super) fn is_over(&mut self) {
        self.wait = SHORTEST;
    }

    /// When there is somebody to ask.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Whom to ask now, each once.
    pub(super) fn take(&mut self, now: Instant) -> HashSet<ConnectionId> {
        if self.due.is_none_or(|it| now < it) {
            return HashSet::new();
        }
        self.due = None;
        std::mem::take(&mut self.unsaved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_could_not_be_saved_is_asked_once_and_ever_later() {
        let mut setback = Setback::default();
        let now = Instant::now();

        setback.failed([1, 2, 1], now);
        assert!(setback.take(now).is_empty());
        assert_eq!(setback.take(now + SHORTEST), HashSet::from([1, 2]));
        assert!(setback.take(now + LONGEST).is_empty());

        setback.failed([1], now);
        assert_eq!(setback.due(), Some(now + 2 * SHORTEST));
        setback.is_over();
        setback.failed([1], now);
        assert_eq!(setback.due(), Some(now + SHORTEST));
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_put_off_again_and_again_is_asked_all_the_same_and_keeps_nobody_waiting() {
        let mut setback = Setback::default();
        let now = Instant::now();
        setback.failed([1], now);

        for millis in 0..1000 {
            setback.put_off([2], now + Duration::from_millis(millis));
        }

        assert_eq!(setback.take(now + SHORTEST), HashSet::from([1, 2]));
        setback.put_off([], now);
        assert_eq!(setback.due(), None);
    }
}
