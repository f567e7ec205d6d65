//! New documents, and how a node is written.

use std::sync::Arc;

use uuid::Uuid;
use yrs::{ClientID, Doc, Map, MapPrelim, MapRef, ReadTxn, StateVector, TextPrelim, Transact};
use yrs::{TransactionMut, WriteTxn};

use crate::base::id::ParticipantId;
use crate::base::time::Timestamp;
use crate::mindmap::order::order_sequence;
use crate::mindmap::schema::{self, Colour, Kind, Link, Made, Mark, Place, Spot};

/// A branch to be written: one node, and those under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branch {
    /// The node's words.
    pub text: String,
    /// What there is to say beyond the text.
    pub note: Option<String>,
    /// What the node is in the discussion.
    pub kind: Option<Kind>,
    /// The branch's colour, where it isn't that of the branch above.
    pub colour: Option<Colour>,
    /// What the node is linked to, as links write it; only those who made it can have linked it.
    pub links: Vec<String>,
    /// The branches under it, in order.
    pub children: Vec<Branch>,
}

/// The first update of a blank map: its title, and the central topic that says the same.
///
/// Every call writes under a client id of its own.
pub fn new_document(title: &str, by: Option<ParticipantId>, at: Timestamp) -> Vec<u8> {
    let made: Vec<Made> = by.into_iter().map(|by| made(by, at)).collect();
    write_document(title, &[], &made)
}

/// The first update of a map that already has branches. Its people take turns: the first made the
/// central topic, the next the next node.
pub fn document(
    title: &str,
    branches: &[Branch],
    people: &[ParticipantId],
    at: Timestamp,
) -> Vec<u8> {
    let made: Vec<Made> = people.iter().map(|by| made(*by, at)).collect();
    write_document(title, branches, &made)
}

/// The first update of a map that already has branches, which nobody in particular made.
pub fn unsigned_document(title: &str, branches: &[Branch]) -> Vec<u8> {
    write_document(title, branches, &[])
}

fn made(by: ParticipantId, at: Timestamp) -> Made {
    Made {
        mark: Mark {
            at,
            by: Arc::from(by.to_string()),
        },
        round: None,
    }
}

fn write_document(title: &str, branches: &[Branch], made: &[Made]) -> Vec<u8> {
    let mut turns = made.iter().cycle();
    let doc = fresh();
    let mut txn = doc.transact_mut();
    let nodes = write_meta(&mut txn, title);
    let root = NewNode {
        text: title,
        made: turns.next(),
        ..NewNode::default()
    };
    root.write(&nodes, &mut txn, schema::ROOT);

    let mut siblings = vec![(Arc::from(schema::ROOT), branches)];
    while let Some((parent, branches)) = siblings.pop() {
        for (branch, order) in branches.iter().zip(order_sequence(branches.len())) {
            let id: Arc<str> = Arc::from(Uuid::now_v7().to_string());
            let made = turns.next();
            let links = links(branch, made);
            let node = NewNode {
                place: Some(placed(&parent, &order)),
                text: &branch.text,
                note: branch.note.as_deref().unwrap_or_default(),
                kind: branch.kind,
                colour: branch.colour,
                links: &links,
                made,
            };
            node.write(&nodes, &mut txn, &id);
            siblings.push((id, &branch.children));
        }
    }
    drop(txn);
    encode(&doc)
}

/// The links of a node that somebody made.
fn links(branch: &Branch, made: Option<&Made>) -> Vec<(Arc<str>, Link)> {
    let made = made.into_iter();
    let links = made.flat_map(|made| {
        branch.links.iter().map(|target| {
            let link = Link {
                fit: None,
                made: made.mark.clone(),
            };
            (Arc::from(target.as_str()), link)
        })
    });
    links.collect()
}

/// An empty document under a client id that no other has. Below 2^31 it is short on the wire.
pub(super) fn fresh() -> Doc {
    Doc::with_client_id(ClientID::random().get() & 0x7fff_ffff)
}

pub(super) fn encode(doc: &Doc) -> Vec<u8> {
    doc.transact()
        .encode_state_as_update_v1(&StateVector::default())
}

/// Writes `meta`. The map that it answers with takes the nodes.
pub(super) fn write_meta(txn: &mut TransactionMut<'_>, title: &str) -> MapRef {
    let meta = txn.get_or_insert_map(schema::META);
    meta.insert(txn, schema::META_SCHEMA, schema::SCHEMA);
    meta.insert(txn, schema::META_TITLE, title);
    txn.get_or_insert_map(schema::NODES)
}

/// A place that was never moved.
pub(super) fn placed(parent: &Arc<str>, order: &str) -> Place {
    Place {
        spot: Spot {
            parent: parent.clone(),
            order: Arc::from(order),
        },
        clock: 0,
        was: None,
        side: None,
    }
}

/// A node to be written; what is left out is empty.
#[derive(Default)]
pub(super) struct NewNode<'a> {
    pub(super) place: Option<Place>,
    pub(super) text: &'a str,
    pub(super) note: &'a str,
    pub(super) kind: Option<Kind>,
    pub(super) colour: Option<Colour>,
    pub(super) links: &'a [(Arc<str>, Link)],
    pub(super) made: Option<&'a Made>,
}

impl NewNode<'_> {
    /// Writes the node with its shared types, all in this transaction.
    pub(super) fn write(&self, nodes: &MapRef, txn: &mut TransactionMut<'_>, id: &str) {
        let node = nodes.insert(txn, id, MapPrelim::default());
        if let Some(place) = &self.place {
            node.insert(txn, schema::PLACE, place.to_any());
        }
        node.insert(txn, schema::TEXT, TextPrelim::new(self.text));
        node.insert(txn, schema::NOTE, TextPrelim::new(self.note));
        if let Some(kind) = self.kind {
            node.insert(txn, schema::KIND, kind.as_str());
        }
        if let Some(colour) = self.colour {
            node.insert(txn, schema::COLOUR, colour.as_str());
        }
        let links = node.insert(txn, schema::LINKS, MapPrelim::default());
        for (target, link) in self.links {
            links.insert(txn, target.clone(), link.to_any());
        }
        if let Some(made) = self.made {
            node.insert(txn, schema::MADE, made.to_any());
        }
    }
}
