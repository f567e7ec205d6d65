//! What waits for one connection. Its size is bounded, whatever its client asks for and however often.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bytes::Bytes;

use super::Place;
use crate::sync::protocol::{Ack, CloseReason};

/// Answers that may wait for one connection.
const MAX_ANSWERS: usize = 1024;
/// Bytes of answers, likewise. A greeting or a refusal is some hundred.
const ANSWER_BYTES: usize = 256 * 1024;

/// Answers of which only the latest of a kind counts. Some grow with the map and with how many are
/// in it, so that a queue of them would have no bounds. In the order in which they are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Latest {
    /// What the map's session is doing.
    Session,
    /// The server's step 1: it wants what it lacks.
    Step1,
    /// Who is here.
    Everybody,
}

#[derive(Debug, Default)]
pub(super) struct Outbox {
    answers: VecDeque<Bytes>,
    answer_bytes: usize,
    latest: BTreeMap<Latest, Bytes>,
    /// The map, or what the client lacks of it: as many messages as that takes.
    pub(super) state: Vec<Bytes>,
    pub(super) ack: Option<Ack>,
    pub(super) place: Option<Place>,
    pub(super) presence_tick: u64,
    pub(super) check: bool,
    pub(super) close: Option<CloseReason>,
    /// What was taken is being written: nothing may overtake it.
    pub(super) writing: bool,
    /// From where on the client has asked for the map, until the room takes note.
    pub(super) wants_map: Option<Bytes>,
    /// What else it has asked for.
    pub(super) wants: BTreeSet<Latest>,
}

impl Outbox {
    /// Nothing waits, and nothing is being written.
    pub(super) fn is_idle(&self) -> bool {
        !self.writing
            && self.answers.is_empty()
            && self.latest.is_empty()
            && self.state.is_empty()
            && self.ack.is_none()
            && !self.check
            && self.close.is_none()
    }

    /// Adds an answer, where there is space for it.
    pub(super) fn add(&mut self, answer: Bytes) -> bool {
        let bytes = self.answer_bytes + answer.len();
        let fits = self.answers.len() < MAX_ANSWERS && bytes <= ANSWER_BYTES;
        if fits {
            self.answer_bytes = bytes;
            self.answers.push_back(answer);
        }
        fits
    }

    /// Puts an answer in the place of the one of its kind.
    pub(super) fn put(&mut self, kind: Latest, answer: Bytes) {
        self.latest.insert(kind, answer);
    }

    /// Takes all answers, those that are not to be left out first.
    pub(super) fn take_answers(&mut self) -> Vec<Bytes> {
        self.answer_bytes = 0;
        let mut taken: Vec<Bytes> = self.answers.drain(..).collect();
        taken.extend(std::mem::take(&mut self.latest).into_values());
        taken.append(&mut self.state);
        taken
    }
}
