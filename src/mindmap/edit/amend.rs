//! What the server writes into a document that is there: edits like everybody else's, under a
//! client id of their own.

use std::sync::Arc;

use yrs::updates::decoder::Decode;
use yrs::{Any, Map, Out, ReadTxn, Transact, TransactionMut, Update};

use super::content;
use super::merge::merge;
use super::take_back::{TakeBack, take_back};
use super::write::fresh;
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;
use crate::mindmap::schema::{self, Mark, Place, Spot};
use crate::mindmap::tree::Tree;

/// What the server is to write.
#[derive(Clone, Debug)]
pub enum Operation {
    /// Several nodes become one: it keeps its words, and gets the children and links of the others.
    /// Their words are listed in its note, and they go to the trash.
    Merge {
        /// The node that stays.
        into: String,
        /// The others.
        nodes: Vec<String>,
    },
    /// What one participant did is taken back.
    TakeBack(TakeBack),
}

/// An update that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amended {
    /// The Yjs update, v1.
    pub update: Vec<u8>,
    /// How many nodes it changes; none, and there is nothing to write.
    pub n_nodes: usize,
}

/// Writes an operation as an update of the document `state`, in the name of `by`.
///
/// # Errors
///
/// [`Invalid`] where the operation makes no sense in this document.
pub fn amend(
    state: &[u8],
    by: &str,
    at: Timestamp,
    operation: &Operation,
) -> Result<Amended, Invalid> {
    let unreadable = |_| Invalid::new("map", "cannot be read");
    let doc = fresh();
    for root in schema::ROOTS {
        doc.get_or_insert_map(root);
    }
    let state = Update::decode_v1(state).map_err(|_| Invalid::new("map", "cannot be read"))?;
    doc.transact_mut().apply_update(state).map_err(unreadable)?;
    let mut txn = doc.transact_mut();
    let mark = Mark {
        at,
        by: Arc::from(by),
    };
    let n_nodes = match operation {
        Operation::Merge { into, nodes } => merge(&mut txn, into, nodes, &mark)?,
        Operation::TakeBack(what) => take_back(&mut txn, what, &mark),
    };
    Ok(Amended {
        update: txn.encode_update_v1(),
        n_nodes,
    })
}

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

    /// Puts a node at a spot; `was` is where it stands.
    pub(super) fn put(
        &mut self,
        txn: &mut TransactionMut<'_>,
        id: &str,
        spot: Spot,
        was: Option<Spot>,
    ) {
        self.clock = (self.clock + 1).min(schema::GREATEST_WHOLE);
        let place = Place {
            spot,
            clock: self.clock,
            was,
        };
        if let Some(node) = content::node(txn, id) {
            node.insert(txn, schema::PLACE, place.to_any());
        }
    }
}

fn place_of<T: ReadTxn>(txn: &T, node: &yrs::MapRef) -> Option<Place> {
    match node.get(txn, schema::PLACE) {
        Some(Out::Any(place)) => Place::read_leniently(&place),
        _ => None,
    }
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
        let mark: Any = mark.to_any();
        node.insert(txn, schema::DELETED, mark);
    }
}
