//! What a participant's sockets have cost so far: whoever costs too much is read more slowly.

use std::sync::Mutex;
use std::time::Duration;

use tokio::time::Instant;

use crate::base::lock::lock;

/// A room's time costs so many times as much of a participant's own: in the long run, one gets a
/// tenth of it.
const TIMES: u32 = 10;
/// So much of a room's time a message has paid for by being counted.
const PAID: Duration = Duration::from_micros(100);
/// Where a store is read, more is not charged for one thing: that it takes long is nobody's doing.
const MOST: Duration = Duration::from_secs(1);
/// Bytes that a second of a participant's time answers. Ten seconds, which a socket may run ahead,
/// answer who opens the largest map there is.
const ANSWERED_BYTES: u64 = 8 * 1024 * 1024;
/// How far ahead who has rooms build their documents anew may be: two seconds of a room's time.
const AHEAD: Duration = Duration::from_secs(20);

/// How far ahead one may be with everything else.
const FAR: Duration = Duration::from_secs(60);

/// Until when what was sent, asked for and done so far is paid: a leaky bucket, measured in time.
/// Sockets that share one are read as if they were one.
#[derive(Debug)]
pub struct Tab(Mutex<Paid>);

#[derive(Debug)]
struct Paid {
    until: Instant,
    /// The same for documents that had to be built anew, because of what was refused.
    faults: Instant,
}

impl Default for Tab {
    fn default() -> Self {
        let now = Instant::now();
        Self(Mutex::new(Paid {
            until: now,
            faults: now,
        }))
    }
}

impl Tab {
    /// Adds something that costs so much of one's own time.
    pub fn spend(&self, cost: Duration) {
        let mut paid = lock(&self.0);
        paid.until = paid.until.max(Instant::now()) + cost;
    }

    /// Adds what a room was busy with for so long.
    pub fn spend_work(&self, took: Duration) {
        let unpaid = took.saturating_sub(PAID);
        if !unpaid.is_zero() {
            self.spend(unpaid * TIMES);
        }
    }

    /// Adds what a room was busy with for so long, and may have read a store for.
    pub fn spend_wait(&self, took: Duration) {
        self.spend_work(took.min(MOST));
    }

    /// Adds an answer of so many bytes.
    pub fn spend_answer(&self, bytes: usize) {
        let micros = bytes as u64 * 1_000_000 / ANSWERED_BYTES;
        self.spend(Duration::from_micros(micros));
    }

    /// Adds a document that had to be built anew, for so long.
    pub fn spend_fault(&self, took: Duration) {
        let mut paid = lock(&self.0);
        paid.faults = paid.faults.max(Instant::now()) + took.min(MOST) * TIMES;
    }

    /// Until when all is paid, as it stands.
    pub fn until(&self) -> Instant {
        lock(&self.0).until
    }

    /// Whether so much was done, or had to be built anew so often, that nothing more is tried for now.
    /// A socket is read no further long before, so that what it sent is little by then.
    pub fn is_far_ahead(&self) -> bool {
        let (paid, now) = (lock(&self.0), Instant::now());
        now + FAR < paid.until || now + AHEAD < paid.faults
    }

    /// Whether nothing is owed, so that it can be forgotten.
    pub fn is_paid(&self) -> bool {
        let (paid, now) = (lock(&self.0), Instant::now());
        paid.until <= now && paid.faults <= now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owed(tab: &Tab) -> Duration {
        tab.until() - Instant::now()
    }

    #[tokio::test(start_paused = true)]
    async fn a_rooms_time_costs_ten_times_as_much_of_ones_own_and_small_things_nothing() {
        let tab = Tab::default();

        tab.spend_work(PAID);
        assert_eq!(owed(&tab), Duration::ZERO);
        tab.spend_work(PAID + Duration::from_millis(8));
        assert_eq!(owed(&tab), Duration::from_millis(80));

        tokio::time::advance(Duration::from_millis(80)).await;
        assert!(tab.is_paid());
    }

    #[tokio::test(start_paused = true)]
    async fn the_largest_map_is_answered_within_what_a_socket_may_run_ahead() {
        let tab = Tab::default();
        let largest = crate::mindmap::limits::Limits::default().encoded_bytes;

        tab.spend_answer(largest);
        assert!(owed(&tab) < Duration::from_secs(10));
        tab.spend_answer(largest);

        assert!(Duration::from_secs(10) < owed(&tab));
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_documents_built_anew_is_heard_again_after_a_while() {
        let tab = Tab::default();
        let (mut n_built, took) = (0, Duration::from_millis(100));
        while !tab.is_far_ahead() {
            tab.spend_fault(took);
            n_built += 1;
        }

        assert_eq!(n_built, 21);
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(!tab.is_far_ahead());
        tab.spend_fault(took);
        assert!(tab.is_far_ahead());
    }
}
