//! What an honest client does to its document, each edit as the update that it sends.

use gapmap::mindmap::schema::ROOTS;
use yrs::types::ToJson;
use yrs::updates::decoder::Decode;
use yrs::{Any, Doc, GetString, Map, MapPrelim, MapRef, Out, ReadTxn, StateVector, Text};
use yrs::{TextPrelim, TextRef, Transact, TransactionMut, Update, any};

/// An empty document under a client id of its own.
pub(crate) fn blank() -> Doc {
    let id = uuid::Uuid::new_v4().as_u128() & 0xffff_ffff;
    let doc = Doc::with_client_id(u64::try_from(id).unwrap());
    for root in ROOTS {
        doc.get_or_insert_map(root);
    }
    doc
}

/// Takes an update in, whole.
pub(crate) fn apply(doc: &Doc, update: &[u8]) {
    let update = Update::decode_v1(update).expect("the server sends updates only");
    doc.transact_mut()
        .apply_update(update)
        .expect("an update applies");
}

/// A new node under the root, as the schema says.
pub(crate) fn add(doc: &Doc, id: &str, words: &str) -> Vec<u8> {
    let nodes = doc.get_or_insert_map("nodes");
    let mut txn = doc.transact_mut();
    let node = nodes.insert(&mut txn, id, MapPrelim::default());
    let place = any!({ "parent": "root", "order": "a0", "clock": 1 });
    node.insert(&mut txn, "place", place);
    node.insert(&mut txn, "text", TextPrelim::new(words));
    node.insert(&mut txn, "note", TextPrelim::new(""));
    node.insert(&mut txn, "links", MapPrelim::default());
    txn.encode_update_v1()
}

/// A new node under another, in somebody's name.
pub(crate) fn add_under(doc: &Doc, id: &str, parent: &str, by: &str) -> Vec<u8> {
    let nodes = doc.get_or_insert_map("nodes");
    let mut txn = doc.transact_mut();
    let node = nodes.insert(&mut txn, id, MapPrelim::default());
    let place = any!({ "parent": parent, "order": "a0", "clock": 1 });
    node.insert(&mut txn, "place", place);
    node.insert(&mut txn, "text", TextPrelim::new(id));
    node.insert(&mut txn, "note", TextPrelim::new(""));
    node.insert(&mut txn, "links", MapPrelim::default());
    node.insert(&mut txn, "made", any!({ "at": 1, "by": by }));
    txn.encode_update_v1()
}

/// A node put under another.
pub(crate) fn put(doc: &Doc, id: &str, parent: &str) -> Vec<u8> {
    let place = any!({ "parent": parent, "order": "a1", "clock": 5,
        "was": { "parent": "root", "order": "a0" } });
    set(doc, id, "place", place)
}

/// A node linked to a gap.
pub(crate) fn link(doc: &Doc, id: &str) -> Vec<u8> {
    let target = format!("gap:{}", uuid::Uuid::now_v7());
    link_to(doc, id, &target, any!({ "at": 1, "by": "somebody" }))
}

/// A node linked to a target, as `value` says.
pub(crate) fn link_to(doc: &Doc, id: &str, target: &str, value: Any) -> Vec<u8> {
    let mut txn = doc.transact_mut();
    links_in(&txn, id).insert(&mut txn, target, value);
    txn.encode_update_v1()
}

/// A node's link taken away.
pub(crate) fn unlink(doc: &Doc, id: &str, target: &str) -> Vec<u8> {
    let mut txn = doc.transact_mut();
    links_in(&txn, id).remove(&mut txn, target);
    txn.encode_update_v1()
}

/// A node without the first of its links, where it has any.
pub(crate) fn unlink_first(doc: &Doc, id: &str) -> Vec<u8> {
    match links(doc, id).first() {
        Some(target) => unlink(doc, id, target),
        None => doc.transact_mut().encode_update_v1(),
    }
}

/// What a node is linked to, sorted.
pub(crate) fn links(doc: &Doc, id: &str) -> Vec<String> {
    let txn = doc.transact();
    let mut targets: Vec<String> = links_in(&txn, id).keys(&txn).map(str::to_owned).collect();
    targets.sort();
    targets
}

/// A node taken out of the trash.
pub(crate) fn bring_back(doc: &Doc, id: &str) -> Vec<u8> {
    let mut txn = doc.transact_mut();
    let node = node_in(&txn, id).expect("the node is there");
    node.remove(&mut txn, "deleted");
    txn.encode_update_v1()
}

/// An arrow, as `value` says.
pub(crate) fn relate(doc: &Doc, id: &str, value: Any) -> Vec<u8> {
    let relations = doc.get_or_insert_map("relations");
    let mut txn = doc.transact_mut();
    relations.insert(&mut txn, id, value);
    txn.encode_update_v1()
}

/// An arrow taken away.
pub(crate) fn unrelate(doc: &Doc, id: &str) -> Vec<u8> {
    let relations = doc.get_or_insert_map("relations");
    let mut txn = doc.transact_mut();
    relations.remove(&mut txn, id);
    txn.encode_update_v1()
}

/// A comment on a node, in somebody's name.
pub(crate) fn comment(doc: &Doc, id: &str, node: &str, by: &str) -> Vec<u8> {
    let comments = doc.get_or_insert_map("comments");
    let mut txn = doc.transact_mut();
    let comment = comments.insert(&mut txn, id, MapPrelim::default());
    comment.insert(&mut txn, "node", node);
    comment.insert(&mut txn, "by", by);
    comment.insert(&mut txn, "at", 1);
    comment.insert(&mut txn, "text", TextPrelim::new("Well said."));
    txn.encode_update_v1()
}

/// A field of a comment.
pub(crate) fn set_in_comment(doc: &Doc, id: &str, field: &str, value: Any) -> Vec<u8> {
    let mut txn = doc.transact_mut();
    comment_in(&txn, id).insert(&mut txn, field, value);
    txn.encode_update_v1()
}

/// Words put into a comment, at the end.
pub(crate) fn add_to_comment(doc: &Doc, id: &str, words: &str) -> Vec<u8> {
    let mut txn = doc.transact_mut();
    let Some(Out::YText(text)) = comment_in(&txn, id).get(&txn, "text") else {
        panic!("a comment without words");
    };
    text.push(&mut txn, words);
    txn.encode_update_v1()
}

/// A comment taken away.
pub(crate) fn uncomment(doc: &Doc, id: &str) -> Vec<u8> {
    let comments = doc.get_or_insert_map("comments");
    let mut txn = doc.transact_mut();
    comments.remove(&mut txn, id);
    txn.encode_update_v1()
}

/// The comments that there are, by id.
pub(crate) fn comments(doc: &Doc) -> Vec<String> {
    let comments = doc.get_or_insert_map("comments");
    let txn = doc.transact();
    comments.keys(&txn).map(str::to_owned).collect()
}

/// Words put into a node's text, at the end.
pub(crate) fn write(doc: &Doc, id: &str, words: &str) -> Vec<u8> {
    let mut txn = doc.transact_mut();
    let text = text_in(&txn, id, "text").expect("the node is there");
    text.push(&mut txn, words);
    txn.encode_update_v1()
}

/// Words put into a node's text.
pub(crate) fn write_at(doc: &Doc, id: &str, at: u32, words: &str) -> Vec<u8> {
    let mut txn = doc.transact_mut();
    let text = text_in(&txn, id, "text").expect("the node is there");
    text.insert(&mut txn, at, words);
    txn.encode_update_v1()
}

/// Words put into a node's note, at the end.
pub(crate) fn note(doc: &Doc, id: &str, words: &str) -> Vec<u8> {
    let mut txn = doc.transact_mut();
    let note = text_in(&txn, id, "note").expect("the node is there");
    note.push(&mut txn, words);
    txn.encode_update_v1()
}

/// A node's note emptied.
pub(crate) fn clear_note(doc: &Doc, id: &str) -> Vec<u8> {
    let mut txn = doc.transact_mut();
    let note = text_in(&txn, id, "note").expect("the node is there");
    let length = note.len(&txn);
    note.remove_range(&mut txn, 0, length);
    txn.encode_update_v1()
}

/// A node put into the trash.
pub(crate) fn delete(doc: &Doc, id: &str, by: &str) -> Vec<u8> {
    set(doc, id, "deleted", any!({ "at": 1, "by": by }))
}

/// A field of a node.
pub(crate) fn set(doc: &Doc, id: &str, field: &str, value: Any) -> Vec<u8> {
    let mut txn = doc.transact_mut();
    let node = node_in(&txn, id).expect("the node is there");
    node.insert(&mut txn, field.to_owned(), value);
    txn.encode_update_v1()
}

/// A field of a node taken away.
pub(crate) fn unset(doc: &Doc, id: &str, field: &str) -> Vec<u8> {
    let mut txn = doc.transact_mut();
    let node = node_in(&txn, id).expect("the node is there");
    node.remove(&mut txn, field);
    txn.encode_update_v1()
}

/// Whether a node is in the trash.
pub(crate) fn is_deleted(doc: &Doc, id: &str) -> bool {
    let txn = doc.transact();
    node_in(&txn, id).is_some_and(|it| it.get(&txn, "deleted").is_some())
}

/// A node taken out as a whole, which undoing its making does.
pub(crate) fn remove(doc: &Doc, id: &str) -> Vec<u8> {
    let nodes = doc.get_or_insert_map("nodes");
    let mut txn: TransactionMut<'_> = doc.transact_mut();
    nodes.remove(&mut txn, id);
    txn.encode_update_v1()
}

/// The words of a node; none where it is not there.
pub(crate) fn text(doc: &Doc, id: &str) -> Option<String> {
    let txn = doc.transact();
    text_in(&txn, id, "text").map(|it| it.get_string(&txn))
}

/// Whether a node is there.
pub(crate) fn has(doc: &Doc, id: &str) -> bool {
    node_in(&doc.transact(), id).is_some()
}

/// How many nodes there are, the root included.
pub(crate) fn n_nodes(doc: &Doc) -> usize {
    let nodes = doc.get_or_insert_map("nodes");
    nodes.len(&doc.transact()) as usize
}

/// Which clocks a document holds, encoded.
pub(crate) fn state_vector(doc: &Doc) -> Vec<u8> {
    use yrs::updates::encoder::Encode;
    doc.transact().state_vector().encode_v1()
}

/// What somebody with this state vector lacks.
pub(crate) fn diff(doc: &Doc, state_vector: &[u8]) -> Vec<u8> {
    let state_vector = StateVector::decode_v1(state_vector).expect("a state vector");
    doc.transact().encode_state_as_update_v1(&state_vector)
}

/// All that a document holds, to be compared.
pub(crate) fn content(doc: &Doc) -> (StateVector, Vec<Any>) {
    let maps = ROOTS.map(|root| doc.get_or_insert_map(root));
    let txn = doc.transact();
    let values = maps.iter().map(|it| it.to_json(&txn)).collect();
    (txn.state_vector(), values)
}

fn node_in(txn: &impl ReadTxn, id: &str) -> Option<MapRef> {
    match txn.get_map("nodes")?.get(txn, id)? {
        Out::YMap(node) => Some(node),
        _ => None,
    }
}

fn links_in(txn: &impl ReadTxn, id: &str) -> MapRef {
    match node_in(txn, id).and_then(|it| it.get(txn, "links")) {
        Some(Out::YMap(links)) => links,
        _ => panic!("a node without links"),
    }
}

fn comment_in(txn: &impl ReadTxn, id: &str) -> MapRef {
    match txn.get_map("comments").and_then(|it| it.get(txn, id)) {
        Some(Out::YMap(comment)) => comment,
        _ => panic!("the comment is there"),
    }
}

fn text_in(txn: &impl ReadTxn, id: &str, field: &str) -> Option<TextRef> {
    match node_in(txn, id)?.get(txn, field)? {
        Out::YText(text) => Some(text),
        _ => None,
    }
}
