//! Who wrote what in a map, told from its log: who made each node, and who changed what of it when.
//!
//! A document says who made a node because its client wrote so. Who sent an update the server
//! knows by itself, so this is what it can vouch for.

use std::collections::HashMap;
use std::sync::Arc;

use super::outline::WireError;
use super::whereabouts::{Part, Root, Touch, Whereabouts};
use crate::base::id::ParticipantId;
use crate::base::time::Timestamp;

/// Keystrokes of one person in one field are told as one while no pause between them is longer.
const PAUSE: i64 = 5 * 60 * 1000;
/// Of one node, the newest are kept, and how it was made.
const KEPT: usize = 50;

/// What somebody did to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Made it.
    Made,
    /// Wrote in its text.
    Text,
    /// Wrote in its note.
    Note,
    /// Put it somewhere else.
    Moved,
    /// Gave it another kind.
    Kind,
    /// Gave it another colour.
    Colour,
    /// Linked it to the catalogue, or took a link back.
    Links,
    /// Put it into the trash.
    Deleted,
    /// Took it out of the trash.
    Restored,
    /// Took it out of the map altogether.
    Removed,
}

impl Deed {
    /// The word for it in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Text => "text",
            Self::Note => "note",
            Self::Moved => "moved",
            Self::Kind => "kind",
            Self::Colour => "colour",
            Self::Links => "links",
            Self::Deleted => "deleted",
            Self::Restored => "restored",
            Self::Removed => "removed",
        }
    }

    /// Those that the touches of one node by one update come to.
    fn of(touches: &[&Touch], is_there: bool) -> Vec<Self> {
        let touch = |part, deletes| {
            let mut all = touches.iter();
            all.any(|it| it.spot.part == part && it.deletes == deletes)
        };
        if touch(Part::Whole, false) {
            return vec![Self::Made];
        }
        if touch(Part::Whole, true) {
            return vec![Self::Removed];
        }
        // What hangs in a node that is gone shows nowhere.
        if !is_there {
            return Vec::new();
        }
        let either = |part| touch(part, false) || touch(part, true);
        let deeds = [
            (touch(Part::Deleted, false), Self::Deleted),
            (
                touch(Part::Deleted, true) && !touch(Part::Deleted, false),
                Self::Restored,
            ),
            (either(Part::Text), Self::Text),
            (either(Part::Note), Self::Note),
            (either(Part::Place), Self::Moved),
            (either(Part::Kind), Self::Kind),
            (either(Part::Colour), Self::Colour),
            (either(Part::Links) || either(Part::Link), Self::Links),
        ];
        let done = deeds.into_iter().filter(|it| it.0);
        done.map(|it| it.1).collect()
    }
}

/// One thing that somebody did to a node, once or on and on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What.
    pub deed: Deed,
    /// Who; none for the server.
    pub by: Option<ParticipantId>,
    /// When it began.
    pub at: Timestamp,
    /// When it was done last.
    pub until: Timestamp,
    /// The last update that is in it.
    pub seq: u64,
}

/// Who wrote what in one history of a map, up to some place of its log.
#[derive(Debug, Default)]
pub struct Authors {
    whereabouts: Whereabouts,
    nodes: HashMap<Arc<str>, Vec<Entry>>,
    seq: u64,
}

impl Authors {
    /// The last update that is in it; 0 before the first.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// What was done to a node, the oldest first.
    pub fn of(&self, node: &str) -> &[Entry] {
        self.nodes.get(node).map_or(&[], |it| &it[..])
    }

    /// The nodes that something was ever done to.
    pub fn nodes(&self) -> impl Iterator<Item = (&Arc<str>, &[Entry])> {
        self.nodes
            .iter()
            .map(|(node, entries)| (node, &entries[..]))
    }

    /// Goes on with the next update of the log.
    ///
    /// # Errors
    ///
    /// [`WireError`] when it is no update; nothing has changed then.
    pub fn extend(
        &mut self,
        seq: u64,
        at: Timestamp,
        by: Option<ParticipantId>,
        update: &[u8],
    ) -> Result<(), WireError> {
        let touches = self.whereabouts.touches(update)?;
        let nodes = touches.iter().filter(|it| it.spot.root == Root::Nodes);
        let mut touched: Vec<(&Arc<str>, Vec<&Touch>)> = Vec::new();
        let mut places: HashMap<&Arc<str>, usize> = HashMap::new();
        for touch in nodes {
            let node = &touch.spot.entry;
            let place = *places.entry(node).or_insert_with(|| {
                touched.push((node, Vec::new()));
                touched.len() - 1
            });
            touched[place].1.push(touch);
        }
        for (node, touches) in touched {
            let is_there = self.whereabouts.maker(Root::Nodes, node).is_some();
            for deed in Deed::of(&touches, is_there) {
                let entry = Entry {
                    deed,
                    by,
                    at,
                    until: at,
                    seq,
                };
                note(self.nodes.entry(node.clone()).or_default(), entry);
            }
        }
        self.whereabouts.extend(update)?;
        self.seq = seq;
        Ok(())
    }
}

/// Adds an entry, to the last one where that is the same person going on.
fn note(entries: &mut Vec<Entry>, entry: Entry) {
    if let Some(last) = entries.last_mut() {
        let goes_on = last.by == entry.by && entry.at.0 - last.until.0 < PAUSE;
        // The words of a new node come letter by letter after it.
        let same = last.deed == entry.deed || (last.deed == Deed::Made && entry.deed == Deed::Text);
        if goes_on && same && entry.deed != Deed::Made {
            last.until = entry.until;
            last.seq = entry.seq;
            return;
        }
    }
    if entries.len() == KEPT {
        entries.remove(usize::from(entries[0].deed == Deed::Made));
    }
    entries.push(entry);
}
