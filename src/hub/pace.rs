//! When edits are committed: at once while the server is quiet; under load, all rooms together, in
//! steps of a display frame. A commit and a send cost the same for one edit as for twenty.

use std::sync::Mutex;
use std::time::Duration;

use tokio::time::Instant;

use crate::base::lock::lock;

/// Once a step has begun, rooms that waited for it may join it for this long.
const OPEN: Duration = Duration::from_micros(500);

/// The beat that all rooms of a server share.
#[derive(Debug)]
pub(super) struct Pace {
    step: Duration,
    begun: Mutex<Instant>,
}

impl Pace {
    /// Steps of this length; the first begins with the first edit.
    pub(super) fn new(step: Duration) -> Self {
        let long_ago = Instant::now().checked_sub(step);
        Self {
            step,
            begun: Mutex::new(long_ago.unwrap_or_else(Instant::now)),
        }
    }

    /// When a room that has edits may commit them; `now` or earlier: at once. `last` is when the
    /// room was last told so: it goes once a step.
    pub(super) fn next(&self, now: Instant, last: Instant) -> Instant {
        let mut begun = lock(&self.begun);
        if *begun + self.step <= now {
            *begun = now;
        }
        if now < *begun + OPEN && last < *begun || now == *begun {
            now
        } else {
            *begun + self.step
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: Duration = Duration::from_millis(16);

    #[tokio::test(start_paused = true)]
    async fn the_first_edit_goes_at_once_and_the_next_waits_for_the_beat() {
        let pace = Pace::new(STEP);
        let first = Instant::now();
        assert_eq!(pace.next(first, first - STEP), first);

        let soon = first + OPEN / 2;

        assert_eq!(pace.next(soon, first), first + STEP);
    }

    #[tokio::test(start_paused = true)]
    async fn rooms_that_wait_go_together() {
        let pace = Pace::new(STEP);
        let first = Instant::now();
        pace.next(first, first - STEP);

        let one = first + STEP;
        let other = one + Duration::from_micros(300);

        assert_eq!(pace.next(one, first), one);
        assert_eq!(pace.next(other, first), other);
    }

    #[tokio::test(start_paused = true)]
    async fn after_silence_an_edit_goes_at_once() {
        let pace = Pace::new(STEP);
        let first = Instant::now();
        pace.next(first, first - STEP);

        let later = first + STEP * 3;

        assert_eq!(pace.next(later, first), later);
    }
}
