//! Edits on their way from the sockets to their room.
//!
//! They wait for the beat here and not in the room's mailbox: an edit that waits wakes nobody. The
//! room is woken once a beat, whatever came.

use std::sync::{Arc, Mutex, MutexGuard};

use bytes::Bytes;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use super::cluster::Behalf;
use super::pace::{Pace, Turn, Wait};
use crate::base::lock::lock;
use crate::sync::delivery::ConnectionId;

/// Edits that may wait for one room. A socket whose room is busy waits, and reads nothing meanwhile.
const MOST: usize = 1024;
/// Bytes of them.
pub(super) const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Bytes of presence that may wait in one room's mailbox, where each message has a place whatever its
/// size. A socket waits here too.
const MOST_PRESENCE: u32 = 8 * 1024 * 1024;

/// A part of those bytes; none of a room that is gone.
pub(super) type Space = Option<OwnedSemaphorePermit>;

/// A numbered frame that waits for its turn.
#[derive(Debug)]
pub(super) struct Edit {
    pub(super) from: ConnectionId,
    pub(super) number: u64,
    pub(super) update: Bytes,
    /// Whose it is, where that is not told by the connection.
    pub(super) behalf: Option<Behalf>,
}

/// The edits that wait for one room's turn, in the order in which they came.
#[derive(Debug)]
pub(super) struct Inbox {
    pace: Arc<Pace>,
    waiting: Mutex<Waiting>,
    turn: Turn,
    space: Notify,
    presence: Arc<Semaphore>,
}

#[derive(Debug, Default)]
struct Waiting {
    edits: Vec<Edit>,
    bytes: usize,
    /// What the first of them waits for.
    wait: Wait,
}

impl Waiting {
    fn is_full(&self) -> bool {
        MOST <= self.edits.len() || MOST_BYTES <= self.bytes
    }

    fn add(&mut self, edits: impl IntoIterator<Item = Edit>) {
        for edit in edits {
            self.bytes += edit.update.len();
            self.edits.push(edit);
        }
    }
}

impl Inbox {
    /// An empty one, whose room keeps this pace.
    pub(super) fn new(pace: Arc<Pace>) -> Self {
        Self {
            pace,
            waiting: Mutex::default(),
            turn: Turn::default(),
            space: Notify::new(),
            presence: Arc::new(Semaphore::new(MOST_PRESENCE as usize)),
        }
    }

    /// Adds an edit, once there is space for it.
    pub(super) async fn put(&self, edit: Edit) {
        let mut edit = Some(edit);
        loop {
            // Made before looking, so that nothing that becomes free meanwhile goes by unnoticed.
            let space = self.space.notified();
            if self.try_put(&mut edit) {
                return;
            }
            space.await;
        }
    }

    /// Adds edits that another server has sent. It sends no more before these are answered, which
    /// bounds how many there are.
    pub(super) fn add(&self, edits: impl IntoIterator<Item = Edit>) {
        self.add_to(lock(&self.waiting), edits);
    }

    /// Waits until there is space for presence. What is larger than all there is takes all of it.
    pub(super) async fn space_for_presence(&self, states: &Bytes) -> Space {
        let bytes = u32::try_from(states.len()).unwrap_or(u32::MAX);
        let all = self.presence.clone();
        all.acquire_many_owned(bytes.min(MOST_PRESENCE)).await.ok()
    }

    fn try_put(&self, edit: &mut Option<Edit>) -> bool {
        let waiting = lock(&self.waiting);
        if waiting.is_full() {
            return false;
        }
        self.add_to(waiting, edit.take());
        true
    }

    fn add_to(&self, mut waiting: MutexGuard<'_, Waiting>, edits: impl IntoIterator<Item = Edit>) {
        let was_empty = waiting.edits.is_empty();
        waiting.add(edits);
        let is_first = was_empty && !waiting.edits.is_empty();
        let wait = waiting.wait;
        drop(waiting);
        if is_first {
            self.pace.enlist(&self.turn, wait);
        }
    }

    /// Says what the next edit waits for.
    pub(super) fn set_wait(&self, wait: Wait) {
        lock(&self.waiting).wait = wait;
    }

    /// Waits until the room may commit what came.
    pub(super) async fn turn(&self) {
        self.turn.notified().await;
    }

    /// Takes all that came.
    pub(super) fn take(&self) -> Vec<Edit> {
        let mut waiting = lock(&self.waiting);
        let was_full = waiting.is_full();
        waiting.bytes = 0;
        let taken = std::mem::take(&mut waiting.edits);
        drop(waiting);
        if was_full {
            self.space.notify_waiters();
        }
        taken
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        lock(&self.waiting).edits.is_empty()
    }

    /// Whether something of this connection waits.
    pub(super) fn has_some_of(&self, connection: ConnectionId) -> bool {
        let waiting = lock(&self.waiting);
        waiting.edits.iter().any(|it| it.from == connection)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::FutureExt;

    use super::*;

    fn edit(number: u64) -> Edit {
        Edit {
            from: 1,
            number,
            update: Bytes::new(),
            behalf: None,
        }
    }

    #[tokio::test]
    async fn who_finds_no_space_waits_until_the_room_has_taken_what_came() {
        let inbox = Arc::new(Inbox::new(Arc::new(Pace::new(Duration::ZERO))));
        for number in 0..MOST as u64 {
            inbox.put(edit(number)).await;
        }
        let mut late = Box::pin(inbox.put(edit(MOST as u64)));
        assert!((&mut late).now_or_never().is_none());

        let taken = inbox.take();
        late.await;

        assert!(taken.iter().map(|it| it.number).eq(0..MOST as u64));
        assert_eq!(inbox.take()[0].number, MOST as u64);
        assert!(inbox.is_empty());
    }

    #[tokio::test]
    async fn few_edits_that_are_large_leave_no_space_either() {
        let inbox = Arc::new(Inbox::new(Arc::new(Pace::new(Duration::ZERO))));
        let large = Bytes::from(vec![0; MOST_BYTES / 4]);
        let large = |number| Edit {
            update: large.clone(),
            ..edit(number)
        };
        for number in 0..4 {
            inbox.put(large(number)).await;
        }

        let mut late = Box::pin(inbox.put(edit(4)));
        assert!((&mut late).now_or_never().is_none());
        inbox.take();
        late.await;

        assert_eq!(inbox.take().len(), 1);
    }

    #[tokio::test]
    async fn large_presence_waits_until_the_room_has_taken_what_came_before() {
        let inbox = Inbox::new(Arc::new(Pace::new(Duration::ZERO)));
        let states = Bytes::from(vec![0; MOST_PRESENCE as usize / 2]);
        let first = inbox.space_for_presence(&states).await;
        let second = inbox.space_for_presence(&states).await;

        let mut third = Box::pin(inbox.space_for_presence(&states));
        assert!((&mut third).now_or_never().is_none());
        drop(first);

        assert!(third.await.is_some() && second.is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn what_another_server_commits_waits_for_no_beat() {
        let pace = Arc::new(Pace::new(Duration::from_millis(16)));
        let inbox = Arc::new(Inbox::new(pace));
        inbox.put(edit(1)).await;
        inbox.turn().await;
        inbox.take();
        inbox.put(edit(2)).await;
        assert!(inbox.turn().now_or_never().is_none());
        inbox.take();

        inbox.set_wait(Wait::Nothing);
        inbox.put(edit(3)).await;

        assert!(inbox.turn().now_or_never().is_some());
    }
}
