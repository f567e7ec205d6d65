//! When edits are committed: at once where few are made, else what comes within a few milliseconds
//! of the first together. A commit and a send cost the same for one edit as for twenty.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use crate::base::lock::lock;

/// After so many steps without a turn, an edit has it at once.
const QUIET: u32 = 4;
/// By this the step and the silence are shorter for a large room: there an edit costs what it takes
/// to send it to everybody, and that takes its time anyway.
const SHORTER: u32 = 2;
/// Where at least so many rooms have edits after a step, they wait for [`LONGER`] more: what an edit
/// costs in a small room is mostly the commit, which is shared by more rooms then.
const MANY: usize = 4;
/// Steps.
const LONGER: u32 = 2;

/// What a room's edits wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Wait {
    /// The beat.
    #[default]
    Beat,
    /// The beat, which comes sooner where nobody else waits.
    Short,
    /// Nothing: another server commits them, and they wait for the beat there.
    Nothing,
}

/// A room's turn: whoever waits for it is told.
pub(super) type Turn = Arc<Notify>;

/// The beat that all rooms of a server share. One task keeps it, so that a beat costs one timer and
/// not one for each room.
///
/// It begins with the first edit that waits, and not by the clock: for the same number of commits an
/// edit waits half as long.
#[derive(Debug)]
pub(super) struct Pace {
    step: Duration,
    state: Mutex<State>,
    called: Notify,
}

#[derive(Debug)]
struct State {
    /// When rooms were given a turn last.
    turned: Instant,
    /// When those that wait are given theirs.
    due: Instant,
    /// Turns of rooms that have edits, for the next beat.
    waiting: Vec<Turn>,
}

impl Pace {
    /// Edits wait for a step of this length.
    pub(super) fn new(step: Duration) -> Self {
        let now = Instant::now();
        Self {
            step,
            state: Mutex::new(State {
                turned: now.checked_sub(step * QUIET).unwrap_or(now),
                due: now,
                waiting: Vec::new(),
            }),
            called: Notify::new(),
        }
    }

    /// Gives a room that has edits its turn: at once on a quiet server, else with the next beat.
    pub(super) fn enlist(&self, room: &Turn, wait: Wait) {
        let (step, quiet) = match wait {
            Wait::Beat => (self.step, self.step * QUIET),
            Wait::Short => (self.step / SHORTER, self.step / SHORTER),
            Wait::Nothing => return room.notify_one(),
        };
        let now = Instant::now();
        let mut state = lock(&self.state);
        let is_first = state.waiting.is_empty();
        if is_first && state.turned + quiet <= now {
            state.turned = now;
            drop(state);
            room.notify_one();
            return;
        }
        state.waiting.push(room.clone());
        if is_first {
            state.due = now + step;
            drop(state);
            self.called.notify_one();
        }
    }

    /// Beats, whenever there are rooms that wait for it.
    pub(super) async fn beat(self: Arc<Self>) {
        loop {
            self.called.notified().await;
            let due = lock(&self.state).due;
            sleep_until(due).await;
            if MANY <= lock(&self.state).waiting.len() {
                sleep_until(due + self.step * LONGER).await;
            }
            for room in self.begin() {
                room.notify_one();
            }
        }
    }

    fn begin(&self) -> Vec<Turn> {
        let mut state = lock(&self.state);
        state.turned = Instant::now();
        std::mem::take(&mut state.waiting)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    const STEP: Duration = Duration::from_millis(8);

    fn beating() -> Arc<Pace> {
        let pace = Arc::new(Pace::new(STEP));
        tokio::spawn(pace.clone().beat());
        pace
    }

    fn has_turn(room: &Turn) -> bool {
        room.notified().now_or_never().is_some()
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_edit_goes_at_once_and_the_next_waits_for_a_step() {
        let pace = beating();
        let room = Turn::default();
        pace.enlist(&room, Wait::Beat);
        assert!(has_turn(&room));
        tokio::time::advance(STEP * 2).await;

        let begun = Instant::now();
        pace.enlist(&room, Wait::Beat);

        assert!(!has_turn(&room));
        room.notified().await;
        assert_eq!(Instant::now(), begun + STEP);
    }

    #[tokio::test(start_paused = true)]
    async fn rooms_that_wait_go_together() {
        let pace = beating();
        let rooms = [(); 3].map(|()| Turn::default());
        pace.enlist(&rooms[0], Wait::Beat);

        pace.enlist(&rooms[1], Wait::Beat);
        tokio::time::advance(STEP / 2).await;
        pace.enlist(&rooms[2], Wait::Beat);

        rooms[1].notified().await;
        assert!(has_turn(&rooms[2]));
    }

    #[tokio::test(start_paused = true)]
    async fn many_rooms_wait_longer() {
        let pace = beating();
        let rooms = [(); MANY + 1].map(|()| Turn::default());
        let first = Instant::now();

        for room in &rooms {
            pace.enlist(room, Wait::Beat);
        }

        assert!(has_turn(&rooms[0]));
        rooms[1].notified().await;
        assert_eq!(Instant::now(), first + STEP * (1 + LONGER));
    }

    #[tokio::test(start_paused = true)]
    async fn after_silence_an_edit_goes_at_once() {
        let pace = beating();
        let room = Turn::default();
        for _ in 0..2 {
            pace.enlist(&room, Wait::Beat);
            assert!(has_turn(&room));
            tokio::time::advance(STEP * QUIET).await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_large_room_waits_half_as_long_for_its_turn_and_for_silence() {
        let pace = beating();
        let room = Turn::default();
        pace.enlist(&room, Wait::Short);
        assert!(has_turn(&room));

        let begun = Instant::now();
        pace.enlist(&room, Wait::Short);
        room.notified().await;
        assert_eq!(Instant::now(), begun + STEP / 2);

        tokio::time::advance(STEP / 2).await;
        pace.enlist(&room, Wait::Short);
        assert!(has_turn(&room));
    }
}
