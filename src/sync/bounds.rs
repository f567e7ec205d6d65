//! What one update may take: space in the map, client ids, and the time that the CRDT library needs
//! to find out where everything goes.

use super::admit::{Refusal, Remedy};
use super::outline::Outline;
use super::room::{Right, Room};
use super::rules::Watch;
use super::whereabouts::Whereabouts;
use super::wire;
use crate::base::id::ParticipantId;

/// Elements that an update may bring without being looked at for what they are compared with.
const FEW: usize = 32;
/// Pairs of elements that one update may have compared: a second or so.
const COMPARISONS: u64 = 10_000_000;
/// A map that seems full is measured again when so much of its greatest size has come since: a
/// sixteenth.
const MEASURED_EVERY: usize = 16;

impl Room {
    /// Refuses an update for which there is no space. Pieces of it may come to less once they are
    /// one text, and moves to none once they are made again; so a map that seems full is measured.
    pub(super) fn keep_size(&mut self, outline: &Outline) -> Result<(), Refusal> {
        let most = self.limits.encoded_bytes;
        let is_full = |bytes: usize| most < bytes + outline.weight;
        if is_full(self.bytes) && self.measured + most / MEASURED_EVERY <= self.bytes {
            let replica = self.replica.as_ref().ok_or_else(Refusal::not_loaded)?;
            let state = wire::extent(&replica.state());
            self.bytes = state.map_or(self.bytes, |it| it.weight);
            self.measured = self.bytes;
        }
        if is_full(self.bytes) {
            let message = "the map has reached its greatest size";
            return Err(Refusal::new("map_full", message, Remedy::None));
        }
        Ok(())
    }

    /// Refuses client ids without end. Each is kept for as long as the map, and everybody is told of
    /// it; a page takes one when it is opened.
    pub(super) fn keep_clients(
        &self,
        (by, right): (ParticipantId, Right),
        new: &[u64],
    ) -> Result<(), Refusal> {
        let n_new = new.iter().filter(|it| !self.owners.contains_key(it));
        let n_new = n_new.count();
        if n_new == 0 || right == Right::Lead {
            return Ok(());
        }
        let n_own = self.owners.values().filter(|it| **it == by).count();
        if n_own + n_new <= self.limits.clients {
            return Ok(());
        }
        let message = "the map has changes under too many Yjs client ids of yours";
        Err(Refusal::new("map_full", message, Remedy::None))
    }

    /// Refuses an update that the library would compare with the document for long. What no two
    /// clients know of each other in one place is compared pair by pair, and a client can claim that
    /// of anything.
    pub(super) fn keep_short(&mut self, outline: &Outline, update: &[u8]) -> Result<(), Refusal> {
        if outline.deletes_twice {
            let message = "an update that deletes something twice";
            return Err(Refusal::new("malformed", message, Remedy::None));
        }
        if outline.n_blocks <= FEW {
            return Ok(());
        }
        let unreadable = |it| Refusal::new("malformed", it, Remedy::None);
        let known = |client| self.clocks.get(&client).copied().unwrap_or(0);
        let mut runs = outline.runs.iter();
        // What is new as a whole needs no look at the document, such as a branch that is pasted.
        if runs.all(|it| known(it.client) <= it.start) {
            let alone = Whereabouts::default().comparisons(update);
            let (n_pairs, n_beside) = alone.map_err(unreadable)?;
            if n_pairs <= COMPARISONS && n_beside <= FEW {
                return Ok(());
            }
        }
        let among = self.watch()?.comparisons(update);
        let (n_pairs, _) = among.map_err(unreadable)?;
        if n_pairs <= COMPARISONS {
            return Ok(());
        }
        let message = "the edit changes one place too often at once";
        Err(Refusal::new("too_large", message, Remedy::None))
    }

    /// Where everything hangs; found out when it is asked for first.
    pub(super) fn watch(&mut self) -> Result<&mut Watch, Refusal> {
        let unreadable = |it| Refusal::new("malformed", it, Remedy::None);
        let replica = self.replica.as_ref().ok_or_else(Refusal::not_loaded)?;
        match &mut self.watch {
            Some(watch) => Ok(watch),
            none => Ok(none.insert(Watch::over(replica).map_err(unreadable)?)),
        }
    }
}
