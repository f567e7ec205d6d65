//! The course of a session: which of its rounds is on, and how its timer stands.
//!
//! A timer that has run out ends nothing by itself: the facilitator does, when people are ready.

use std::time::Duration;

use super::round::{MAX_MINUTES, Round, RoundState};
use crate::base::id::RoundId;
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;

/// What a facilitator does with the rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Begins a round: the one that is named, else the first that is still to come.
    Start,
    /// Ends the one that is on, and begins the one after it; after the last, none is on.
    Next,
    /// Goes back to the one before; the one that was on is still to come again.
    Previous,
    /// Stops the timer.
    Pause,
    /// Lets the timer go on.
    Resume,
    /// Adds minutes.
    Extend,
}

impl Action {
    /// The word for it in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Next => "next",
            Self::Previous => "previous",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Extend => "extend",
        }
    }
}

impl TryFrom<&str> for Action {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        Ok(match word {
            "start" => Self::Start,
            "next" => Self::Next,
            "previous" => Self::Previous,
            "pause" => Self::Pause,
            "resume" => Self::Resume,
            "extend" => Self::Extend,
            _ => {
                let reason = "must be start, next, previous, pause, resume or extend";
                return Err(Invalid::new("action", reason));
            }
        })
    }
}

/// The timer of the round that is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timer {
    /// When it runs out; none where there is none, and while it is paused by itself. While it is paused
    /// with its session, when it would have: so it is known to go on with that.
    pub ends: Option<Timestamp>,
    /// Milliseconds that are left, while it is paused.
    pub left: Option<i64>,
}

impl Timer {
    /// When it runs out, while it runs.
    pub fn runs_out(self) -> Option<Timestamp> {
        self.ends.filter(|_| self.left.is_none())
    }

    /// Whether it was paused by itself.
    pub fn is_held(self) -> bool {
        self.left.is_some() && self.ends.is_none()
    }

    /// The same, paused with its session, where it runs.
    #[must_use]
    pub fn paused_with_session(self, now: Timestamp) -> Self {
        let left = self.runs_out().map(|it| (it.0 - now.0).max(0));
        Self {
            left: left.or(self.left),
            ..self
        }
    }

    /// The same when its session goes on: it runs again unless it was paused by itself.
    #[must_use]
    pub fn resumed_with_session(self, now: Timestamp) -> Self {
        match (self.ends, self.left) {
            (Some(_), Some(left)) => timer_of(left, now),
            _ => self,
        }
    }
}

/// What a facilitator asks for.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// What is done.
    pub action: Action,
    /// Which round to start; for all else, the round that it is meant for, where that is said: two
    /// facilitators who both go on leave one round, not two.
    pub round: Option<RoundId>,
    /// How long it is to take from now on, or how much longer.
    pub minutes: Option<i64>,
}

/// A session's rounds in order, and the timer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The agenda.
    pub rounds: Vec<Round>,
    /// How the timer stands.
    pub timer: Timer,
}

impl Course {
    /// The place of the round that is on, counted from 0.
    pub fn current(&self) -> Option<usize> {
        let is_on = |it: &Round| it.state == RoundState::Running;
        self.rounds.iter().position(is_on)
    }

    /// Goes on as the facilitator says. Answers with the round that this ended.
    ///
    /// # Errors
    ///
    /// [`Invalid`] where that cannot be done; nothing has changed then.
    pub fn take(&mut self, step: Step, now: Timestamp) -> Result<Option<usize>, Invalid> {
        let current = self.current();
        check(step, current.map(|it| self.rounds[it].id))?;
        let running = || current.ok_or_else(|| Invalid::new("action", "needs a round that is on"));
        match step.action {
            Action::Start => {
                let next = self.to_start(step.round)?;
                if Some(next) == current {
                    return Err(Invalid::new("round", "is on already"));
                }
                Ok(self.go(current, RoundState::Done, Some(next), step.minutes, now))
            }
            Action::Next => {
                let next = running()? + 1;
                let next = (next < self.rounds.len()).then_some(next);
                Ok(self.go(current, RoundState::Done, next, step.minutes, now))
            }
            Action::Previous => {
                let before = running()?.checked_sub(1);
                let before = before.ok_or_else(|| {
                    Invalid::new("action", "needs a round before the one that is on")
                })?;
                Ok(self.go(
                    current,
                    RoundState::Waiting,
                    Some(before),
                    step.minutes,
                    now,
                ))
            }
            Action::Pause => {
                running()?;
                let ends = self.timer.ends.ok_or_else(no_timer)?;
                self.timer = Timer {
                    ends: None,
                    left: Some((ends.0 - now.0).max(0)),
                };
                Ok(None)
            }
            Action::Resume => {
                running()?;
                let left = self
                    .timer
                    .left
                    .ok_or_else(|| Invalid::new("action", "needs a timer that is paused"))?;
                self.timer = timer_of(left, now);
                Ok(None)
            }
            Action::Extend => {
                running()?;
                self.extend(step.minutes.unwrap_or(1), now);
                Ok(None)
            }
        }
    }

    fn to_start(&self, named: Option<RoundId>) -> Result<usize, Invalid> {
        let found = match named {
            Some(id) => self.rounds.iter().position(|it| it.id == id),
            None => {
                let waits = |it: &Round| it.state == RoundState::Waiting;
                self.rounds.iter().position(waits)
            }
        };
        found.ok_or_else(|| Invalid::new("round", "must be one of the session's agenda"))
    }

    /// Leaves one round and begins another. Answers with the one that is done by that.
    fn go(
        &mut self,
        from: Option<usize>,
        left_as: RoundState,
        to: Option<usize>,
        minutes: Option<i64>,
        now: Timestamp,
    ) -> Option<usize> {
        if let Some(from) = from {
            self.rounds[from].state = left_as;
        }
        self.timer = Timer::default();
        if let Some(to) = to {
            let round = &mut self.rounds[to];
            round.state = RoundState::Running;
            if let Some(minutes) = minutes.or(round.plan.minutes) {
                self.timer = timer_of(millis(minutes), now);
            }
        }
        from.filter(|_| left_as == RoundState::Done)
    }

    fn extend(&mut self, minutes: i64, now: Timestamp) {
        self.timer = match self.timer {
            Timer {
                ends,
                left: Some(left),
            } => Timer {
                ends,
                left: Some(left + millis(minutes)),
            },
            // One that ran out while nobody looked begins anew.
            Timer { ends, .. } => {
                let from = ends.map_or(now, |it| it.max(now));
                timer_of(millis(minutes), from)
            }
        };
    }
}

/// Refuses what no round could be asked for, and what is meant for another one than is on.
fn check(step: Step, on: Option<RoundId>) -> Result<(), Invalid> {
    let minutes = 1..=MAX_MINUTES;
    if step.minutes.is_some_and(|it| !minutes.contains(&it)) {
        let reason = format!("must be from 1 to {MAX_MINUTES}");
        return Err(Invalid::new("minutes", reason));
    }
    if step.action != Action::Start && step.round.is_some() && step.round != on {
        return Err(Invalid::new("round", "is not the one that is on"));
    }
    Ok(())
}

fn millis(minutes: i64) -> i64 {
    minutes * 60_000
}

fn timer_of(left: i64, now: Timestamp) -> Timer {
    Timer {
        ends: Some(now.after(Duration::from_millis(left.unsigned_abs()))),
        left: None,
    }
}

fn no_timer() -> Invalid {
    Invalid::new("action", "needs a timer that runs")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workshop::round::{RoundDraft, RoundPlan};

    const MINUTE: i64 = 60_000;

    fn course(n_rounds: usize) -> Course {
        let draft = RoundDraft {
            title: "A round",
            method: "collect",
            minutes: Some(10),
            ..RoundDraft::default()
        };
        let plan = RoundPlan::try_from(&draft).unwrap();
        let round = || Round {
            id: RoundId::new(),
            plan: plan.clone(),
            state: RoundState::Waiting,
            is_revealed: false,
        };
        Course {
            rounds: (0..n_rounds).map(|_| round()).collect(),
            timer: Timer::default(),
        }
    }

    fn step(action: Action) -> Step {
        Step {
            action,
            round: None,
            minutes: None,
        }
    }

    #[test]
    fn rounds_follow_one_another_until_none_is_left() {
        let mut course = course(2);

        assert_eq!(course.take(step(Action::Start), Timestamp(0)), Ok(None));
        assert_eq!(course.timer.ends, Some(Timestamp(10 * MINUTE)));
        assert_eq!(course.take(step(Action::Next), Timestamp(5)), Ok(Some(0)));
        assert_eq!(course.current(), Some(1));
        assert_eq!(course.take(step(Action::Next), Timestamp(6)), Ok(Some(1)));
        assert_eq!((course.current(), course.timer), (None, Timer::default()));
        assert!(course.take(step(Action::Start), Timestamp(7)).is_err());
        let again = Step {
            round: Some(course.rounds[0].id),
            ..step(Action::Start)
        };
        assert_eq!(course.take(again, Timestamp(8)), Ok(None));
        assert_eq!(course.current(), Some(0));
    }

    #[test]
    fn a_step_that_is_meant_for_a_round_takes_no_other_along() {
        let mut course = course(3);
        course.take(step(Action::Start), Timestamp(0)).unwrap();
        let leave_first = Step {
            round: Some(course.rounds[0].id),
            ..step(Action::Next)
        };

        assert_eq!(course.take(leave_first, Timestamp(1)), Ok(Some(0)));
        assert!(course.take(leave_first, Timestamp(1)).is_err());
        assert_eq!(course.current(), Some(1));
    }

    #[test]
    fn going_back_ends_nothing() {
        let mut course = course(2);
        course.take(step(Action::Start), Timestamp(0)).unwrap();
        assert!(course.take(step(Action::Previous), Timestamp(0)).is_err());
        course.take(step(Action::Next), Timestamp(0)).unwrap();

        assert_eq!(course.take(step(Action::Previous), Timestamp(0)), Ok(None));
        assert_eq!(course.current(), Some(0));
        assert_eq!(course.rounds[1].state, RoundState::Waiting);
    }

    #[test]
    fn a_paused_timer_keeps_what_is_left_and_is_extended_all_the_same() {
        let mut course = course(1);
        course.take(step(Action::Start), Timestamp(0)).unwrap();

        course.take(step(Action::Pause), Timestamp(MINUTE)).unwrap();
        assert_eq!(course.timer.left, Some(9 * MINUTE));
        let longer = Step {
            minutes: Some(2),
            ..step(Action::Extend)
        };
        course.take(longer, Timestamp(MINUTE)).unwrap();
        assert!(course.take(step(Action::Pause), Timestamp(MINUTE)).is_err());
        course
            .take(step(Action::Resume), Timestamp(20 * MINUTE))
            .unwrap();
        assert_eq!(course.timer.ends, Some(Timestamp(31 * MINUTE)));
        assert!(course.take(step(Action::Resume), Timestamp(0)).is_err());
    }

    #[test]
    fn more_time_after_the_end_counts_from_now() {
        let mut course = course(1);
        course.take(step(Action::Start), Timestamp(0)).unwrap();

        course
            .take(step(Action::Extend), Timestamp(60 * MINUTE))
            .unwrap();

        assert_eq!(course.timer.ends, Some(Timestamp(61 * MINUTE)));
    }
}
