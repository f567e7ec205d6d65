//! When edits are committed: at once while the server is quiet; under load, all rooms together, in
//! steps of about a display frame. A commit and a send cost the same for one edit as for twenty.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use super::inbox::Inbox;
use crate::base::lock::lock;

/// Where at least so many rooms have edits, a beat takes two steps: what an edit costs in a small
/// room is mostly the commit, which is shared by twice as many then.
const MANY: usize = 4;

/// The beat that all rooms of a server share. One task keeps it, so that a beat costs one timer and
/// not one for each room.
#[derive(Debug)]
pub(super) struct Pace {
    step: Duration,
    state: Mutex<State>,
    called: Notify,
}

#[derive(Debug)]
struct State {
    begun: Instant,
    /// Rooms that have edits, for the next beat.
    waiting: Vec<Arc<Inbox>>,
}

impl Pace {
    /// Steps of this length; the first begins with the first edit.
    pub(super) fn new(step: Duration) -> Self {
        let long_ago = Instant::now().checked_sub(step);
        Self {
            step,
            state: Mutex::new(State {
                begun: long_ago.unwrap_or_else(Instant::now),
                waiting: Vec::new(),
            }),
            called: Notify::new(),
        }
    }

    /// Gives a room that has edits its turn: at once on a quiet server, else with the next beat.
    pub(super) fn enlist(&self, room: &Arc<Inbox>) {
        let now = Instant::now();
        let mut state = lock(&self.state);
        if state.waiting.is_empty() && state.begun + self.step <= now {
            state.begun = now;
            drop(state);
            room.give_turn();
            return;
        }
        state.waiting.push(room.clone());
        let is_first = state.waiting.len() == 1;
        drop(state);
        if is_first {
            self.called.notify_one();
        }
    }

    /// Beats, whenever there are rooms that wait for it.
    pub(super) async fn beat(self: Arc<Self>) {
        loop {
            self.called.notified().await;
            let next = lock(&self.state).begun + self.step;
            sleep_until(next).await;
            if MANY <= self.n_waiting() {
                sleep_until(next + self.step).await;
            }
            for room in self.begin() {
                room.give_turn();
            }
        }
    }

    fn n_waiting(&self) -> usize {
        lock(&self.state).waiting.len()
    }

    fn begin(&self) -> Vec<Arc<Inbox>> {
        let mut state = lock(&self.state);
        state.begun = Instant::now();
        std::mem::take(&mut state.waiting)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    const STEP: Duration = Duration::from_millis(16);

    fn beating() -> Arc<Pace> {
        let pace = Arc::new(Pace::new(STEP));
        tokio::spawn(pace.clone().beat());
        pace
    }

    fn has_turn(room: &Inbox) -> bool {
        room.turn().now_or_never().is_some()
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_edit_goes_at_once_and_the_next_waits_for_the_beat() {
        let pace = beating();
        let room = Arc::new(Inbox::new(pace.clone()));
        let first = Instant::now();
        pace.enlist(&room);
        assert!(has_turn(&room));

        pace.enlist(&room);

        assert!(!has_turn(&room));
        room.turn().await;
        assert_eq!(Instant::now(), first + STEP);
    }

    #[tokio::test(start_paused = true)]
    async fn rooms_that_wait_go_together() {
        let pace = beating();
        let rooms = [(); 3].map(|()| Arc::new(Inbox::new(pace.clone())));
        pace.enlist(&rooms[0]);

        pace.enlist(&rooms[1]);
        tokio::time::advance(STEP / 2).await;
        pace.enlist(&rooms[2]);

        rooms[1].turn().await;
        assert!(has_turn(&rooms[2]));
    }

    #[tokio::test(start_paused = true)]
    async fn many_rooms_wait_two_steps() {
        let pace = beating();
        let rooms = [(); MANY + 1].map(|()| Arc::new(Inbox::new(pace.clone())));
        let first = Instant::now();

        for room in &rooms {
            pace.enlist(room);
        }

        assert!(has_turn(&rooms[0]));
        rooms[1].turn().await;
        assert_eq!(Instant::now(), first + 2 * STEP);
    }

    #[tokio::test(start_paused = true)]
    async fn after_silence_an_edit_goes_at_once() {
        let pace = beating();
        let room = Arc::new(Inbox::new(pace.clone()));
        for _ in 0..2 {
            pace.enlist(&room);
            assert!(has_turn(&room));
            tokio::time::advance(STEP * 3).await;
        }
    }
}
