//! The committed document as bytes: handed to clients as they are stored, and built into a document.

use std::collections::HashMap;

use bytes::Bytes;

use super::outline::WireError;
use super::replica::{Replica, Unreadable};
use super::{clocks, protocol, wire};
use crate::mindmap::limits::Limits;

/// One update, and those that came after it, each kept as the message that a joining client gets.
#[derive(Clone, Debug)]
pub struct Backlog {
    base: Bytes,
    tail: Vec<Bytes>,
}

/// The update that holds nothing.
const EMPTY_UPDATE: &[u8] = &[0, 0];

/// Bytes of tail with which a joiner is still served without encoding the document anew.
const TAIL_BYTES: usize = 256 * 1024;
/// Updates of tail, likewise.
const TAIL_UPDATES: usize = 512;

impl Backlog {
    /// A document at some place of the log, and nothing since.
    pub(super) fn of(base: &[u8]) -> Self {
        Self {
            base: protocol::update(base),
            tail: Vec::new(),
        }
    }

    /// Takes in what was committed since, as messages.
    pub(super) fn extend(&mut self, messages: impl IntoIterator<Item = Bytes>) {
        self.tail.extend(messages);
    }

    /// Whether the tail is still short enough to hand out.
    pub fn is_short(&self) -> bool {
        let (updates, bytes) = self.n_tail();
        updates <= TAIL_UPDATES && bytes <= TAIL_BYTES
    }

    /// How many updates came after the base, and how many bytes they are.
    pub fn n_tail(&self) -> (usize, usize) {
        (self.tail.len(), self.tail.iter().map(Bytes::len).sum())
    }

    /// How many bytes it holds.
    pub fn n_bytes(&self) -> usize {
        self.parts().map(Bytes::len).sum()
    }

    /// What a joining client is sent: all of it as updates, and a step 2 that says that this was
    /// all.
    pub fn messages(&self) -> impl Iterator<Item = Bytes> {
        let end = protocol::step2(EMPTY_UPDATE);
        self.parts().cloned().chain([end])
    }

    fn parts(&self) -> impl Iterator<Item = &Bytes> {
        std::iter::once(&self.base).chain(&self.tail)
    }

    /// Builds the document; runs for long on large maps, so not on a room's thread.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when the bytes are no document.
    pub fn build(&self, limits: &Limits) -> Result<Replica, Unreadable> {
        Replica::load(self.parts().map(protocol::update_in), limits)
    }
}

/// A backlog as it comes from where it is stored, and what was found in it on the way.
///
/// It was let in once, so only what can be read of it is asked, not what hangs where: a large map
/// is handed out long before it could be built.
#[derive(Debug)]
pub struct Stored {
    /// The bytes.
    pub backlog: Backlog,
    /// How far the changes of each client go.
    pub(super) clocks: HashMap<u64, u32>,
    /// What it takes of a map's greatest size.
    pub(super) weight: usize,
}

impl Default for Stored {
    /// Nothing, which the whole log comes after.
    fn default() -> Self {
        Self {
            backlog: Backlog::of(EMPTY_UPDATE),
            clocks: HashMap::new(),
            weight: 0,
        }
    }
}

impl Stored {
    /// A document at some place of the log.
    ///
    /// # Errors
    ///
    /// [`WireError`] when it cannot be read: it must not be handed to anybody.
    pub fn begin(base: &[u8]) -> Result<Self, WireError> {
        let mut stored = Self {
            backlog: Backlog::of(base),
            ..Self::default()
        };
        stored.note(base)?;
        Ok(stored)
    }

    /// Adds what the log has next.
    ///
    /// # Errors
    ///
    /// As [`Stored::begin`].
    pub fn push(&mut self, update: &[u8]) -> Result<(), WireError> {
        self.note(update)?;
        self.backlog.extend([protocol::update(update)]);
        Ok(())
    }

    fn note(&mut self, update: &[u8]) -> Result<(), WireError> {
        let extent = wire::extent(update)?;
        clocks::extend(&mut self.clocks, &extent.runs);
        self.weight += extent.weight;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use yrs::updates::encoder::Encode as _;
    use yrs::{Doc, Map as _, ReadTxn as _, StateVector, Transact as _};

    use super::*;

    #[test]
    fn finds_the_clocks_and_the_weight_that_admission_found() {
        let doc = Doc::new();
        let map = doc.get_or_insert_map("nodes");
        let mut whole = Stored::default();
        let (mut weight, mut clock) = (0, 0);
        for key in ["a", "b", "a"] {
            let before = doc.transact().state_vector();
            map.insert(&mut doc.transact_mut(), key, "words");
            let update = doc.transact().encode_diff_v1(&before);
            let outline = wire::read(&update, usize::MAX).unwrap();
            (weight, clock) = (weight + outline.weight, outline.runs[0].end);
            whole.push(&update).unwrap();
        }

        assert_eq!(whole.weight, weight);
        assert_eq!(
            whole.clocks,
            HashMap::from([(doc.client_id().get(), clock)])
        );
        assert_eq!(
            clocks::write(&whole.clocks),
            doc.transact().state_vector().encode_v1()
        );
        let state = doc.transact().encode_diff_v1(&StateVector::default());
        assert_eq!(Stored::begin(&state).unwrap().clocks, whole.clocks);
        assert!(Stored::begin(&state[..state.len() - 1]).is_err());
    }
}
