//! A document written anew, so that nothing of what was deleted or overwritten is left in it.

use std::collections::HashSet;
use std::sync::Arc;

use yrs::{Any, Doc, GetString, Map, MapPrelim, MapRef, Out, ReadTxn, TextPrelim, Transact};
use yrs::{TransactionMut, WriteTxn};

use super::moves::side_of;
use super::redaction::{REDACTED, Redacted, Redaction};
use super::write::{NewNode, encode, fresh, placed, write_meta};
use crate::mindmap::order::order_sequence;
use crate::mindmap::schema::{self, Place, Relation};
use crate::mindmap::tree::{self, Tree};

/// The first update of a document that holds what is live in `doc`, and no trace of the rest.
///
/// A CRDT keeps what it needs to merge with the past: ids of what was deleted, keys, authors. The
/// new document is written by one new client and shares no history with the old one, so the map
/// must go on under a new epoch: an old client that merged the two would see everything twice.
///
/// Every node stands where the tree rule had put it. Relations with an end in the trash and
/// comments on nodes in the trash go with it.
pub fn without_trash(doc: &Doc) -> Vec<u8> {
    redacted(doc, &Redaction::default()).0
}

/// As [`without_trash`], and without the words that `redaction` takes out; what those were.
pub fn redacted(doc: &Doc, redaction: &Redaction) -> (Vec<u8>, Redacted) {
    let old = doc.transact();
    let mut tree = tree::read_in(&old);
    let mut out = redact_tree(&mut tree, redaction);
    let live: HashSet<&str> = tree.nodes.iter().map(|node| &*node.id).collect();

    let new = fresh();
    let mut txn = new.transact_mut();
    write_nodes(&old, &tree, &mut txn);
    let mut rest = Rest {
        live,
        redaction,
        out: &mut out,
    };
    rest.write_relations(&old, &mut txn);
    rest.write_comments(&old, &mut txn);
    drop(txn);
    (encode(&new), out)
}

/// Takes the words out of a tree's nodes and its title.
fn redact_tree(tree: &mut Tree, redaction: &Redaction) -> Redacted {
    let mut out = Redacted::default();
    for node in &mut tree.nodes {
        if redaction.picks(&node.id, &node.text, &node.note) {
            REDACTED.clone_into(&mut node.text);
            node.note.clear();
            out.nodes.push(node.id.to_string());
        }
    }
    if redaction.finds(&tree.title) {
        REDACTED.clone_into(&mut tree.title);
        out.labels += 1;
    }
    out
}

fn write_nodes<T: ReadTxn>(old: &T, tree: &Tree, txn: &mut TransactionMut<'_>) {
    let nodes = write_meta(txn, &tree.title);
    let ranks = ranks_among_siblings(tree);
    let orders = order_sequence(ranks.iter().max().map_or(0, |most| most + 1));
    for (node, rank) in tree.nodes.iter().zip(ranks) {
        let parent = node.parent.map(|parent| &tree.nodes[parent].id);
        let anew = NewNode {
            place: parent.map(|parent| Place {
                side: side_of(old, &node.id),
                ..placed(parent, &orders[rank])
            }),
            text: &node.text,
            note: &node.note,
            kind: node.kind,
            colour: node.colour,
            links: &node.links,
            made: node.made.as_ref(),
        };
        anew.write(&nodes, txn, &node.id);
    }
}

/// How many siblings stand before each node.
fn ranks_among_siblings(tree: &Tree) -> Vec<usize> {
    let mut n_children = vec![0; tree.nodes.len()];
    let ranks = tree.nodes.iter().map(|node| {
        let Some(parent) = node.parent else {
            return 0;
        };
        n_children[parent] += 1;
        n_children[parent] - 1
    });
    ranks.collect()
}

/// What is written behind the nodes.
struct Rest<'a> {
    live: HashSet<&'a str>,
    redaction: &'a Redaction,
    out: &'a mut Redacted,
}

impl Rest<'_> {
    fn write_relations<T: ReadTxn>(&mut self, old: &T, txn: &mut TransactionMut<'_>) {
        let relations = txn.get_or_insert_map(schema::RELATIONS);
        let Some(before) = old.get_map(schema::RELATIONS) else {
            return;
        };
        for (id, value) in before.iter(old) {
            if let Out::Any(value) = value
                && let Ok(mut relation) = Relation::read(&value)
                && self.live.contains(&*relation.from)
                && self.live.contains(&*relation.to)
            {
                if self.redaction.finds(&relation.label) {
                    relation.label = Arc::from(REDACTED);
                    self.out.labels += 1;
                }
                relations.insert(txn, id, relation.to_any());
            }
        }
    }

    fn write_comments<T: ReadTxn>(&mut self, old: &T, txn: &mut TransactionMut<'_>) {
        let comments = txn.get_or_insert_map(schema::COMMENTS);
        let Some(before) = old.get_map(schema::COMMENTS) else {
            return;
        };
        for (id, value) in before.iter(old) {
            if let Out::YMap(comment) = value
                && let Some(node) = node_of(&comment, old)
                && self.live.contains(&*node)
            {
                let mut text = match comment.get(old, schema::TEXT) {
                    Some(Out::YText(text)) => text.get_string(old),
                    _ => String::new(),
                };
                if self.redaction.picks(&node, &text, "") {
                    REDACTED.clone_into(&mut text);
                    self.out.comments += 1;
                }
                write_comment(old, &comment, &text, &comments, txn, id);
            }
        }
    }
}

fn node_of<T: ReadTxn>(comment: &MapRef, old: &T) -> Option<Arc<str>> {
    match comment.get(old, schema::NODE) {
        Some(Out::Any(Any::String(node))) => Some(node),
        _ => None,
    }
}

/// Copies the fields that a comment has; there is nothing in them that only a merge would need.
fn write_comment<T: ReadTxn>(
    old: &T,
    comment: &MapRef,
    text: &str,
    comments: &MapRef,
    txn: &mut TransactionMut<'_>,
    id: &str,
) {
    let copy = comments.insert(txn, id, MapPrelim::default());
    for key in [schema::NODE, schema::BY, schema::AT, schema::DONE] {
        if let Some(Out::Any(value)) = comment.get(old, key) {
            copy.insert(txn, key, value);
        }
    }
    copy.insert(txn, schema::TEXT, TextPrelim::new(text));
}
