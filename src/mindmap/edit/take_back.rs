//! What one participant did, taken back.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use yrs::{Map, MapPrelim, ReadTxn, TextPrelim, TransactionMut, WriteTxn};

use super::content::{self, Content};
use super::moves::{Mover, spot_of, trash};
use crate::mindmap::order::order_between;
use crate::mindmap::schema::{self, MADE, Mark, Place, Spot};
use crate::mindmap::tree::{Tree, read_in};

/// What one participant did that nobody changed since.
#[derive(Clone, Debug, Default)]
pub struct TakeBack {
    /// The participant's id: nodes that say to be made by them are theirs.
    pub participant: String,
    /// Nodes that came from them, whatever they say.
    pub made: Vec<Arc<str>>,
    /// Arrows and comments that came from them: root map and key.
    pub entries: Vec<(&'static str, Arc<str>)>,
    /// Fields of nodes that they changed last.
    pub changes: Vec<Change>,
    /// Nodes of others that they took out as a whole, as those stood before.
    pub removed: Vec<(Arc<str>, BTreeMap<&'static str, Content>)>,
}

/// A field that somebody changed last.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The node.
    pub node: Arc<str>,
    /// The field.
    pub field: &'static str,
    /// What stood there before.
    pub before: Option<Content>,
    /// What they left there.
    pub after: Option<Content>,
}

/// Takes it back. What somebody else has changed meanwhile stays. Answers with how many nodes,
/// arrows and comments that changes.
pub(super) fn take_back(txn: &mut TransactionMut<'_>, what: &TakeBack, mark: &Mark) -> usize {
    let mut changed: HashSet<Arc<str>> = HashSet::new();
    let theirs = nodes_of(txn, what);
    let tree = read_in(txn);
    let mut mover = Mover::new(txn);
    for (id, fields) in &what.removed {
        if content::node(txn, id).is_none() {
            make_again(txn, id, fields);
            changed.insert(id.clone());
        }
    }
    for change in what.changes.iter().filter(|it| !theirs.contains(&it.node)) {
        if undo(txn, &tree, &mut mover, change) {
            changed.insert(change.node.clone());
        }
    }
    for (root, key) in &what.entries {
        let map = txn.get_or_insert_map(*root);
        if map.remove(txn, key).is_some() {
            changed.insert(key.clone());
        }
    }
    trash_all(txn, &theirs, &mut mover, mark, &mut changed);
    changed.len()
}

/// The nodes that are in the document and were made by the participant.
fn nodes_of<T: ReadTxn>(txn: &T, what: &TakeBack) -> HashSet<Arc<str>> {
    let said = read_in(txn).nodes.into_iter().filter_map(|node| {
        let by = node.made.as_ref().map(|it| &*it.mark.by);
        (by == Some(what.participant.as_str())).then_some(node.id)
    });
    let made = what.made.iter().cloned();
    said.chain(made)
        .filter(|it| **it != *schema::ROOT)
        .collect()
}

/// Makes a node that was taken out altogether, as it stood.
pub(super) fn make_again(
    txn: &mut TransactionMut<'_>,
    id: &str,
    fields: &BTreeMap<&'static str, Content>,
) {
    let nodes = txn.get_or_insert_map(schema::NODES);
    let node = nodes.insert(txn, id, MapPrelim::default());
    for field in [schema::TEXT, schema::NOTE] {
        node.insert(txn, field, TextPrelim::new(""));
    }
    node.insert(txn, schema::LINKS, MapPrelim::default());
    for field in content::FIELDS.into_iter().chain([MADE]) {
        if let Some(content) = fields.get(field) {
            content::write(txn, &node, field, Some(content));
        }
    }
}

/// Puts back what stood in one field, unless somebody has changed it since; whether that is so.
fn undo(txn: &mut TransactionMut<'_>, tree: &Tree, mover: &mut Mover, change: &Change) -> bool {
    let Some(node) = content::node(txn, &change.node) else {
        return false;
    };
    let now = content::read(txn, &node, change.field);
    if now != change.after || now == change.before {
        return false;
    }
    match (change.field, &change.before) {
        // Where it stood is where it is moved to, behind all other moves.
        (schema::PLACE, Some(Content::Plain(place))) => {
            let at = tree.nodes.iter().position(|it| it.id == change.node);
            let was = at.and_then(|it| spot_of(txn, tree, it));
            if let Some(place) = Place::read_leniently(place) {
                mover.put(txn, &change.node, (place.spot, place.side), was);
            }
        }
        (field, before) => content::write(txn, &node, field, before.as_ref()),
    }
    true
}

/// Puts their nodes into the trash. What others hung under them moves up to where they stood.
fn trash_all(
    txn: &mut TransactionMut<'_>,
    theirs: &HashSet<Arc<str>>,
    mover: &mut Mover,
    mark: &Mark,
    changed: &mut HashSet<Arc<str>>,
) {
    let tree = read_in(txn);
    let is_theirs = |at: usize| theirs.contains(&tree.nodes[at].id);
    for (at, node) in tree.nodes.iter().enumerate() {
        let Some(parent) = node.parent else {
            continue;
        };
        match (is_theirs(at), is_theirs(parent)) {
            (true, false) => trash(txn, &node.id, mark),
            (false, true) => {
                let mut above = std::iter::successors(Some(parent), |it| tree.nodes[*it].parent);
                let top = above.find(|it| !is_theirs(*it)).unwrap_or(0);
                let last = tree.nodes.iter().rposition(|it| it.parent == Some(top));
                let last = last.and_then(|it| spot_of(txn, &tree, it));
                let order = order_between(last.as_ref().map(|it| &*it.order), None);
                let spot = Spot {
                    parent: tree.nodes[top].id.clone(),
                    order: order.into(),
                };
                let was = spot_of(txn, &tree, at);
                mover.put(txn, &node.id, (spot, None), was);
            }
            (true, true) | (false, false) => {}
        }
        if is_theirs(at) || is_theirs(parent) {
            changed.insert(node.id.clone());
        }
    }
}
