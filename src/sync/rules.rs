//! What participants may do in a map just now, kept frame by frame: what an update touches is read
//! off it before it is applied, so that a refusal costs no more than that.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::outline::WireError;
use super::replica::Replica;
use super::whereabouts::{Part, Root, Spot, Touch, Whereabouts};
use crate::base::id::ParticipantId;
use crate::mindmap::schema::{DELETED, MADE, Made};
use crate::mindmap::tree::Lineage;
use crate::workshop::grants::{Grants, Scope};

/// What participants may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// In the map as a whole.
    pub grants: Grants,
    /// Not in these branches, by their top nodes.
    pub locks: Vec<String>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            grants: Grants::MAP,
            locks: Vec::new(),
        }
    }
}

impl Rules {
    /// Whether participants may do in the map what facilitators may. Then keeping them is free.
    pub fn withhold_nothing(&self) -> bool {
        self.grants.is_whole_map() && self.locks.is_empty()
    }
}

/// What keeping the rules takes, while they withhold something; large updates are looked at with it,
/// too.
#[derive(Debug)]
pub struct Watch {
    whereabouts: Whereabouts,
    /// Who stands under whom; none until branches are locked.
    lineage: Option<Lineage>,
}

/// What is known of the author of an update.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    /// Who it is.
    pub by: ParticipantId,
    /// Whose the Yjs client ids are.
    pub owners: &'a HashMap<u64, ParticipantId>,
}

impl Watch {
    /// Begins to watch a document as it stands.
    ///
    /// # Errors
    ///
    /// [`WireError`] when it cannot be read.
    pub fn over(replica: &Replica) -> Result<Self, WireError> {
        Ok(Self {
            whereabouts: Whereabouts::of(&replica.state())?,
            lineage: None,
        })
    }

    /// As [`Whereabouts::comparisons`].
    ///
    /// # Errors
    ///
    /// [`WireError`] when it cannot be read.
    pub(super) fn comparisons(&self, update: &[u8]) -> Result<(u64, usize), WireError> {
        self.whereabouts.comparisons(update)
    }

    /// Why an update of a participant does what the rules withhold; none where it does not.
    ///
    /// # Errors
    ///
    /// [`WireError`] when it cannot be read.
    pub fn objection(
        &mut self,
        rules: &Rules,
        replica: &Replica,
        author: Author<'_>,
        update: &[u8],
    ) -> Result<Option<&'static str>, WireError> {
        let touches = self.whereabouts.touches(update)?;
        let around = self.around(&rules.locks, replica, &touches);
        let check = Check {
            grants: rules.grants,
            around,
            whereabouts: &self.whereabouts,
            replica,
            author,
        };
        Ok(touches.iter().find_map(|it| check.touch(it).err()))
    }

    /// Takes in an update that was applied.
    pub(super) fn follow(&mut self, replica: &Replica, update: &[u8]) {
        if let Some(lineage) = &mut self.lineage {
            let touches = self.whereabouts.touches(update).unwrap_or_default();
            let may_stand_elsewhere =
                |it: &Spot| it.root == Root::Nodes && matches!(it.part, Part::Whole | Part::Place);
            let spots = touches.into_iter().map(|it| it.spot);
            let nodes = spots.filter(may_stand_elsewhere).map(|it| it.entry);
            lineage.look_again(replica.doc(), &nodes.collect());
        }
        // What was applied can be read.
        let _ = self.whereabouts.extend(update);
    }

    /// What of all that an update touches lies around the locked branches.
    fn around(&mut self, locks: &[String], replica: &Replica, touches: &[Touch]) -> Around {
        if locks.is_empty() {
            self.lineage = None;
            return Around::default();
        }
        let lineage = self
            .lineage
            .get_or_insert_with(|| Lineage::of(replica.doc()));
        let nodes = touches.iter().flat_map(|it| {
            let is_node = it.spot.root == Root::Nodes;
            let node = is_node.then_some(&it.spot.entry);
            node.into_iter().chain(it.destinations())
        });
        let inside = lineage.inside(locks, nodes);
        let may_hide = |it: &Touch| hides(it.spot.part) || it.place.is_some();
        let above = if touches.iter().any(may_hide) {
            lineage.above(locks)
        } else {
            HashSet::new()
        };
        let sunk = sunk(lineage, replica, touches, &above);
        Around {
            inside,
            above,
            sunk,
        }
    }
}

/// Those of some nodes that an update puts where nobody sees them: under something in the trash, in a
/// circle, or under what is not there and may come as something in the trash.
fn sunk(
    lineage: &Lineage,
    replica: &Replica,
    touches: &[Touch],
    nodes: &HashSet<Arc<str>>,
) -> HashSet<Arc<str>> {
    if nodes.is_empty() {
        return HashSet::new(); // As for most edits: nothing that could hide is touched.
    }
    let mut puts: HashMap<&Arc<str>, Vec<&Arc<str>>> = HashMap::new();
    let mut trashed: HashSet<&Arc<str>> = HashSet::new();
    for touch in touches.iter().filter(|it| it.spot.root == Root::Nodes) {
        let entry = &touch.spot.entry;
        puts.entry(entry).or_default().extend(touch.destinations());
        if touch.spot.part == Part::Deleted {
            trashed.insert(entry);
        }
    }
    let is_sunk = |node: &Arc<str>| {
        let mut seen = HashSet::new();
        let mut to_see = puts.get(node).cloned().unwrap_or_default();
        while let Some(here) = to_see.pop() {
            let is_there = lineage.has(here) || puts.contains_key(here);
            let in_trash = trashed.contains(here) || replica.node_value(here, DELETED).is_some();
            if here == node || !is_there || in_trash {
                return true;
            }
            if seen.insert(here) {
                to_see.extend(puts.get(here).into_iter().flatten().copied());
                to_see.extend(lineage.parent(here));
            }
        }
        false
    };
    nodes.iter().filter(|it| is_sunk(it)).cloned().collect()
}

/// What an update touches of the locked branches.
#[derive(Default)]
struct Around {
    /// Nodes in them, their top nodes too.
    inside: HashSet<Arc<str>>,
    /// Nodes above them.
    above: HashSet<Arc<str>>,
    /// Those of them that are put out of sight.
    sunk: HashSet<Arc<str>>,
}

impl Touch {
    /// The nodes under which a node is put.
    fn destinations(&self) -> impl Iterator<Item = &Arc<str>> {
        let places = self.place.iter();
        places.flat_map(|it| {
            std::iter::once(&it.spot)
                .chain(&it.was)
                .map(|it| &it.parent)
        })
    }
}

fn hides(part: Part) -> bool {
    matches!(part, Part::Whole | Part::Deleted)
}

/// One update held against the rules.
struct Check<'a> {
    grants: Grants,
    around: Around,
    whereabouts: &'a Whereabouts,
    replica: &'a Replica,
    author: Author<'a>,
}

const NO_ADDING: &str = "participants may not add anything just now";
const NO_CHANGING: &str = "participants may not change, move or delete anything just now";
const NOT_YOURS: &str = "participants may change only what they made themselves just now";
const NO_LINKING: &str = "participants may not link anything just now";
const LOCKED: &str = "the branch is locked";
const LOCKED_BELOW: &str = "a branch below is locked";

impl Check<'_> {
    fn touch(&self, touch: &Touch) -> Result<(), &'static str> {
        let Spot { root, entry, part } = &touch.spot;
        let is_there = self.whereabouts.maker(*root, entry).is_some();
        match root {
            Root::Meta => self.may_edit(|| false),
            Root::Nodes if is_there => self.node(touch),
            Root::Relations | Root::Comments if is_there => {
                self.may_edit(|| self.brought(*root, entry))
            }
            // Of what is gone, nothing is left to be taken away.
            _ if touch.deletes => Ok(()),
            Root::Nodes if self.sinks(touch) => Err(LOCKED_BELOW),
            _ if *part == Part::Link && !self.grants.link => Err(NO_LINKING),
            _ if !self.grants.add => Err(NO_ADDING),
            _ => self.destination(touch),
        }
    }

    /// Something of a node that is there.
    fn node(&self, touch: &Touch) -> Result<(), &'static str> {
        let Spot { entry, part, .. } = &touch.spot;
        if self.around.inside.contains(entry) {
            return Err(LOCKED);
        }
        if self.sinks(touch) {
            return Err(LOCKED_BELOW);
        }
        if *part == Part::Link {
            return if self.grants.link {
                Ok(())
            } else {
                Err(NO_LINKING)
            };
        }
        self.may_edit(|| self.made(entry))?;
        self.destination(touch)
    }

    /// Whether it takes a locked branch out of sight, by what is above it.
    fn sinks(&self, touch: &Touch) -> bool {
        let Spot { entry, part, .. } = &touch.spot;
        let sinks = *part == Part::Place && self.around.sunk.contains(entry);
        sinks || hides(*part) && self.around.above.contains(entry)
    }

    /// Where a node is put.
    fn destination(&self, touch: &Touch) -> Result<(), &'static str> {
        if touch
            .destinations()
            .any(|it| self.around.inside.contains(it))
        {
            return Err(LOCKED);
        }
        Ok(())
    }

    /// Whether the author made a node: as the node says, else as its client id does.
    fn made(&self, node: &Arc<str>) -> bool {
        match self.replica.node_value(node, MADE) {
            Some(made) => {
                Made::read(&made).is_ok_and(|it| *it.mark.by == *self.author.by.to_string())
            }
            None => self.brought(Root::Nodes, node),
        }
    }

    /// Whether an entry came under a client id of the author's.
    fn brought(&self, root: Root, entry: &Arc<str>) -> bool {
        let maker = self.whereabouts.maker(root, entry);
        maker.is_some_and(|it| self.author.owners.get(&it) == Some(&self.author.by))
    }

    fn may_edit(&self, is_own: impl Fn() -> bool) -> Result<(), &'static str> {
        match self.grants.edit {
            Scope::All => Ok(()),
            Scope::Own if is_own() => Ok(()),
            Scope::Own => Err(NOT_YOURS),
            Scope::None => Err(NO_CHANGING),
        }
    }
}
