//! Nodes moved about in a document that is there.

use std::sync::Arc;

use yrs::{Map, MapRef, Out, ReadTxn, TransactionMut};

use super::content;
use crate::mindmap::schema::{self, Mark, Place, Side, Spot};
use crate::mindmap::tree::Tree;

/// Hangs nodes under others, one move after the other.
pub(super) struct Mover {
    clock: i64,
}

impl Mover {
    /// Begins behind all moves that the document knows.
    pub(super) fn new<T: ReadTxn>(txn: &T) -> Self {
        let nodes = txn.get_map(schema::NODES);
        let clocks = nodes.iter().flat_map(|it| it.iter(txn)).map(|(_, node)| {
            let Out::YMap(node) = node else {
                return 0;
            };
            place_of(txn, &node).map_or(0, |it| it.clock)
        });
        Self {
            clock: clocks.max().unwrap_or(0),
        }
    }

    /// Puts a node at a spot, and on a side where it has one there; `was` is where it stands.
    pub(super) fn put(
        &mut self,
        txn: &mut TransactionMut<'_>,
        id: &str,
        (spot, side): (Spot, Option<Side>),
        was: Option<Spot>,
    ) {
        self.clock = (self.clock + 1).min(schema::GREATEST_WHOLE);
        let place = Place {
            spot,
            clock: self.clock,
            was,
            side,
        };
        if let Some(node) = content::node(txn, id) {
            node.insert(txn, schema::PLACE, place.to_any());
        }
    }
}

/// What a node says of where it stands.
pub(super) fn place_of<T: ReadTxn>(txn: &T, node: &MapRef) -> Option<Place> {
    match node.get(txn, schema::PLACE) {
        Some(Out::Any(place)) => Place::read_leniently(&place),
        _ => None,
    }
}

/// The side that a node says it grows on.
pub(super) fn side_of<T: ReadTxn>(txn: &T, id: &str) -> Option<Side> {
    content::node(txn, id).and_then(|it| place_of(txn, &it)?.side)
}

/// Where a live node stands; none for the root.
pub(super) fn spot_of<T: ReadTxn>(txn: &T, tree: &Tree, at: usize) -> Option<Spot> {
    let parent = tree.nodes[tree.nodes[at].parent?].id.clone();
    let place = content::node(txn, &tree.nodes[at].id).and_then(|it| place_of(txn, &it));
    let spots = place.map(|it| [Some(it.spot), it.was]);
    let mut spots = spots.into_iter().flatten().flatten();
    let order = spots.find(|it| it.parent == parent).map(|it| it.order);
    Some(Spot {
        parent,
        order: order.unwrap_or_else(|| Arc::from("a0")),
    })
}

/// Puts a branch into the trash.
pub(super) fn trash(txn: &mut TransactionMut<'_>, id: &str, mark: &Mark) {
    if let Some(node) = content::node(txn, id) {
        node.insert(txn, schema::DELETED, mark.to_any());
    }
}
