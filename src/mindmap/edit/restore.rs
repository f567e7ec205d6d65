//! A branch brought back as it was at some time.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use yrs::{Doc, Map, MapRef, Transact, TransactionMut};

use super::content::{self, Content};
use super::moves::{Mover, place_of, side_of, spot_of};
use super::take_back::make_again;
use crate::base::invalid::Invalid;
use crate::mindmap::order::order_between;
use crate::mindmap::schema::{self, Side, Spot};
use crate::mindmap::tree::{Tree, read_in};

/// What is brought back of a node, beside its place and out of the trash. Links are added to those
/// that it has by now.
const FIELDS: [&str; 5] = [
    schema::TEXT,
    schema::NOTE,
    schema::KIND,
    schema::COLOUR,
    schema::LINKS,
];

/// A branch as it stood at some time.
#[derive(Clone, Debug)]
pub struct PastBranch {
    /// Its nodes in reading order, the top first.
    nodes: Vec<Stood>,
    /// What the top hung under, the nearest first; empty for the root.
    above: Vec<Arc<str>>,
}

#[derive(Clone, Debug)]
struct Stood {
    id: Arc<str>,
    /// None for the root.
    spot: Option<Spot>,
    /// The side that it said it grows on.
    side: Option<Side>,
    fields: BTreeMap<&'static str, Content>,
}

impl PastBranch {
    /// Reads the branch with this top node from a document as it was.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `node` when it was not in the map then, or in its trash.
    pub fn of(past: &Doc, node: &str) -> Result<Self, Invalid> {
        let txn = past.transact();
        let tree = read_in(&txn);
        let top = tree.nodes.iter().position(|it| *it.id == *node);
        let top = top.ok_or_else(|| Invalid::new("node", "was not in the map then"))?;
        let depth = tree.nodes[top].depth;
        let below = tree.nodes[top + 1..]
            .iter()
            .take_while(|it| depth < it.depth);
        let n_nodes = 1 + below.count();
        let stood = (top..top + n_nodes).map(|at| {
            let id = tree.nodes[at].id.clone();
            let node = content::node(&txn, &id);
            Stood {
                spot: spot_of(&txn, &tree, at),
                side: side_of(&txn, &id),
                fields: node
                    .map(|it| content::read_all(&txn, &it))
                    .unwrap_or_default(),
                id,
            }
        });
        let above = std::iter::successors(tree.nodes[top].parent, |it| tree.nodes[*it].parent);
        Ok(Self {
            nodes: stood.collect(),
            above: above.map(|it| tree.nodes[it].id.clone()).collect(),
        })
    }
}

/// Brings a branch back. A node is known by its id and so is never doubled, wherever it is by now:
/// in the trash, moved elsewhere, or taken out altogether. Each gets the words and the place that it
/// had; what came into the branch since stays in it. The top hangs under what it hung under then, or
/// the next node above that which is there. Answers with how many nodes that changes.
pub(super) fn restore(txn: &mut TransactionMut<'_>, past: &PastBranch) -> usize {
    let now = read_in(txn);
    let live: HashMap<&str, usize> = (0..now.nodes.len())
        .map(|at| (&*now.nodes[at].id, at))
        .collect();
    let mut mover = Mover::new(txn);
    let mut changed: HashSet<&str> = HashSet::new();
    for stood in &past.nodes {
        if bring_back(txn, stood) {
            changed.insert(&stood.id);
        }
        let at = live.get(&*stood.id).copied();
        let is_top = stood.id == past.nodes[0].id;
        if let Some(spot) = stood.spot.clone().filter(|_| !is_top)
            && (stands(txn, &now, stood, at).as_ref() != Some(&spot)
                || side_of(txn, &stood.id) != stood.side)
        {
            let was = at.and_then(|it| spot_of(txn, &now, it));
            mover.put(txn, &stood.id, (spot, stood.side), was);
            changed.insert(&stood.id);
        }
    }
    if hang_top(txn, past, &mut mover) {
        changed.insert(&past.nodes[0].id);
    }
    changed.len()
}

/// Gives a node the fields that it had; whether that changed anything.
fn bring_back(txn: &mut TransactionMut<'_>, stood: &Stood) -> bool {
    let Some(node) = content::node(txn, &stood.id) else {
        make_again(txn, &stood.id, &stood.fields);
        return true;
    };
    let mut changed = node.remove(txn, schema::DELETED).is_some();
    for field in FIELDS {
        let there = content::read(txn, &node, field);
        let wanted = match (stood.fields.get(field).cloned(), &there) {
            (Some(Content::Links(mut then)), Some(Content::Links(now))) => {
                then.extend(
                    now.iter()
                        .map(|(target, link)| (target.clone(), link.clone())),
                );
                Some(Content::Links(then))
            }
            (then, _) => then,
        };
        if there != wanted {
            content::write(txn, &node, field, wanted.as_ref());
            changed = true;
        }
    }
    changed
}

/// Where a node stands: as the tree has it, or by what it says where a branch above is in the trash.
fn stands(txn: &TransactionMut<'_>, now: &Tree, stood: &Stood, at: Option<usize>) -> Option<Spot> {
    match at {
        Some(at) => spot_of(txn, now, at),
        None => {
            let node: Option<MapRef> = content::node(txn, &stood.id);
            node.and_then(|it| place_of(txn, &it)).map(|it| it.spot)
        }
    }
}

/// Hangs the top where it hung, or as near to that as there is a live node outside the branch;
/// whether it had to be moved.
fn hang_top(txn: &mut TransactionMut<'_>, past: &PastBranch, mover: &mut Mover) -> bool {
    let Some(Stood {
        id,
        spot: Some(spot),
        side,
        ..
    }) = past.nodes.first()
    else {
        return false;
    };
    let mut moved = false;
    for parent in &past.above {
        let tree = read_in(txn);
        let index = |id: &str| tree.nodes.iter().position(|it| *it.id == *id);
        let Some(at) = index(parent) else {
            continue;
        };
        let top = index(id);
        if top.is_some_and(|top| is_within(&tree, at, top)) {
            continue;
        }
        let was = top.and_then(|it| spot_of(txn, &tree, it));
        let (spot, side) = if *parent == spot.parent {
            (spot.clone(), *side)
        } else {
            (behind_the_last(txn, &tree, at), None)
        };
        if was.as_ref() == Some(&spot) && side_of(txn, id) == side {
            return moved;
        }
        mover.put(txn, id, (spot, side), was);
        moved = true;
        // Where moves have collided, another one may come undone by this one.
        let tree = read_in(txn);
        let stands = tree.nodes.iter().find(|it| it.id == *id);
        let under = stands.and_then(|it| it.parent).map(|it| &tree.nodes[it].id);
        if under == Some(parent) {
            break;
        }
    }
    moved
}

fn is_within(tree: &Tree, node: usize, top: usize) -> bool {
    let mut way = std::iter::successors(Some(node), |it| tree.nodes[*it].parent);
    way.any(|it| it == top)
}

/// A place under a node, behind the children that it has.
fn behind_the_last(txn: &TransactionMut<'_>, tree: &Tree, parent: usize) -> Spot {
    let last = tree.nodes.iter().rposition(|it| it.parent == Some(parent));
    let last = last.and_then(|it| spot_of(txn, tree, it));
    Spot {
        parent: tree.nodes[parent].id.clone(),
        order: order_between(last.as_ref().map(|it| &*it.order), None).into(),
    }
}
