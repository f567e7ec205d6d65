//! Edits that a follower has taken in and the map's owner has not decided on yet.

use std::collections::{HashMap, HashSet, VecDeque};

use super::wire::{Decided, Forwarded};
use crate::hub::inbox::Edit;
use crate::hub::inbox::MOST_BYTES;

/// Edits of a room that wait for the owner, unless so many come together.
const MOST: usize = 2048;
/// Bytes that are sent to an owner at once, unless one edit alone is larger.
const AT_ONCE: usize = 256 * 1024;

/// What waits for the owner, oldest first.
#[derive(Debug, Default)]
pub(in crate::hub) struct Pending(VecDeque<Edit>);

impl Pending {
    /// Puts an edit behind the others.
    pub(super) fn push(&mut self, edit: Edit) {
        self.0.push_back(edit);
    }

    /// Whether no more are to be taken in: those who write wait, and their sockets are read no
    /// further.
    pub(super) fn is_full(&self) -> bool {
        let bytes = self.0.iter().map(|it| it.update.len()).sum::<usize>();
        MOST <= self.0.len() || MOST_BYTES <= bytes
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes all that waits.
    pub(in crate::hub) fn take(&mut self) -> Vec<Edit> {
        self.0.drain(..).collect()
    }

    /// The oldest, as many as are sent at once.
    pub(super) fn first(&self) -> Vec<Forwarded> {
        let mut bytes = 0;
        let mut edits = Vec::new();
        for edit in &self.0 {
            bytes += edit.update.len();
            if AT_ONCE < bytes && !edits.is_empty() {
                break;
            }
            let Some(behalf) = &edit.behalf else {
                continue;
            };
            edits.push(Forwarded {
                from: edit.from,
                number: edit.number,
                by: behalf.by,
                right: behalf.right,
                update: edit.update.clone(),
            });
        }
        edits
    }

    /// Lets go of what was decided on, and gives what became of it.
    ///
    /// An acknowledgement counts a connection's frames from the first on. So what comes behind one
    /// that is not decided yet (its commit found another owner) waits with it, and is decided again.
    pub(super) fn settle(&mut self, decided: Vec<Decided>) -> Vec<Decided> {
        let key = |it: Decided| ((it.from, it.number), it);
        let mut decided: HashMap<_, _> = decided.into_iter().map(key).collect();
        let (mut settled, mut undecided) = (Vec::new(), HashSet::new());
        self.0.retain(|edit| {
            let told = match undecided.contains(&edit.from) {
                true => None,
                false => decided.remove(&(edit.from, edit.number)),
            };
            if told.is_none() {
                undecided.insert(edit.from);
            }
            let waits = told.is_none();
            settled.extend(told);
            waits
        });
        settled
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::sync::delivery::ConnectionId;

    fn edit(from: ConnectionId, number: u64, update: Bytes) -> Edit {
        Edit {
            from,
            number,
            update,
            behalf: None,
        }
    }

    fn pending(edits: &[(ConnectionId, u64)]) -> Pending {
        let mut pending = Pending::default();
        for (from, number) in edits {
            pending.push(edit(*from, *number, Bytes::new()));
        }
        pending
    }

    fn decided(edits: &[(ConnectionId, u64)]) -> Vec<Decided> {
        let decided = edits.iter().map(|(from, number)| Decided {
            from: *from,
            number: *number,
            refused: None,
        });
        decided.collect()
    }

    fn names(edits: impl IntoIterator<Item = Edit>) -> Vec<(ConnectionId, u64)> {
        edits.into_iter().map(|it| (it.from, it.number)).collect()
    }

    #[test]
    fn what_comes_behind_an_undecided_edit_of_its_connection_waits_with_it() {
        let mut pending = pending(&[(1, 1), (2, 7), (1, 2), (1, 3), (2, 8)]);

        let first = pending.settle(decided(&[(1, 1), (1, 3), (2, 7), (2, 8)]));
        let second = pending.settle(decided(&[(1, 3)]));

        assert_eq!(first, decided(&[(1, 1), (2, 7), (2, 8)]));
        assert_eq!(second, []);
        assert_eq!(names(pending.take()), [(1, 2), (1, 3)]);
    }

    #[test]
    fn what_is_decided_that_does_not_wait_is_somebody_elses_to_tell() {
        let mut pending = pending(&[(1, 2)]);

        assert_eq!(pending.settle(decided(&[(1, 1), (3, 1)])), []);
        assert_eq!(names(pending.take()), [(1, 2)]);
    }

    #[test]
    fn few_edits_that_are_large_fill_it_too() {
        let large = Bytes::from(vec![0; MOST_BYTES / 4]);
        let mut pending = Pending::default();

        for number in 0..4 {
            assert!(!pending.is_full());
            pending.push(edit(1, number, large.clone()));
        }

        assert!(pending.is_full());
    }
}
