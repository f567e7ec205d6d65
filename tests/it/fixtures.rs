//! One map in two hands: what Yjs wrote is read here, and what is written here the front end's
//! `test/fixture.test.ts` reads.

use std::path::PathBuf;

use gapmap::mindmap::edit::without_trash;
use gapmap::mindmap::limits::Limits;
use gapmap::mindmap::schema::{COMMENTS, DONE, Link, Mark, NODE, RELATIONS, check_document};
use gapmap::mindmap::tree::{Tree, TreeNode, read};
use serde_json::{Map as Object, Value, json};
use yrs::types::ToJson;
use yrs::{Any, Doc, Map, Transact};

use crate::pen;

fn path(name: &str) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    PathBuf::from(folder).join(name)
}

fn opened(update: &[u8]) -> Doc {
    let doc = pen::blank();
    pen::apply(&doc, update);
    doc
}

/// The map that Yjs wrote.
fn yjs_map() -> Doc {
    opened(&std::fs::read(path("yjs-map.bin")).unwrap())
}

/// What every reader must make of it.
fn outline() -> Value {
    serde_json::from_slice(&std::fs::read(path("yjs-map.json")).unwrap()).unwrap()
}

/// All that a document holds, whoever wrote it.
fn content(doc: &Doc) -> Vec<Any> {
    pen::content(doc).1
}

#[test]
fn what_yjs_wrote_fits_the_schema_and_reads_as_it_does_there() {
    let doc = yjs_map();

    assert_eq!(check_document(&doc.transact(), &Limits::default()), Ok(()));
    assert_eq!(describe(&doc), outline());
}

#[test]
fn what_is_written_here_for_the_front_end_is_what_is_written_today() {
    let written = without_trash(&yjs_map());
    if std::env::var_os("WRITE_FIXTURES").is_some() {
        std::fs::write(path("yrs-map.bin"), &written).unwrap();
    }
    let kept = opened(&std::fs::read(path("yrs-map.bin")).unwrap());

    assert_eq!(content(&kept), content(&opened(&written)));
    assert_eq!(check_document(&kept.transact(), &Limits::default()), Ok(()));
    let mut live = outline();
    live["trash"] = json!([]);
    assert_eq!(describe(&kept), live);
}

/// The same form as `describeMap` in the front end's test.
fn describe(doc: &Doc) -> Value {
    let tree = read(doc);
    let nodes: Vec<Value> = tree.nodes.iter().map(|it| node(&tree, it)).collect();
    let trash = tree.trash.iter().map(|it| {
        let deleted = mark(&it.deleted);
        json!({ "id": &*it.id, "text": it.text, "deleted": deleted, "n_nodes": it.n_nodes })
    });
    let trash: Vec<Value> = trash.collect();
    json!({
        "title": tree.title,
        "nodes": nodes,
        "trash": trash,
        "relations": relations(doc, &tree),
        "comments": comments(doc, &tree),
    })
}

fn node(tree: &Tree, node: &TreeNode) -> Value {
    let links: Vec<Value> = node
        .links
        .iter()
        .map(|(target, it)| link(target, it))
        .collect();
    json!({
        "id": &*node.id,
        "parent": node.parent.map(|parent| &*tree.nodes[parent].id),
        "depth": node.depth,
        "text": node.text,
        "note": node.note,
        "kind": node.kind.map(|it| it.as_str()),
        "colour": node.colour.map(|it| it.as_str()),
        "made": node.made.as_ref().map(|it| mark(&it.mark)),
        "links": links,
    })
}

fn mark(mark: &Mark) -> Value {
    json!({ "at": mark.at.0, "by": &*mark.by })
}

fn link(target: &str, link: &Link) -> Value {
    let mut value = mark(&link.made);
    value["target"] = json!(target);
    if let Some(fit) = link.fit {
        value["fit"] = json!(fit.as_str());
    }
    value
}

/// A root map's entries with their ids, the oldest first, as far as they are about live nodes.
fn entries(doc: &Doc, root: &str, tree: &Tree, about: &[&str]) -> Vec<Value> {
    let map = doc.get_or_insert_map(root);
    let txn = doc.transact();
    let is_live = |id: &Value| tree.nodes.iter().any(|it| *id == *it.id);
    let mut entries: Vec<Value> = map
        .iter(&txn)
        .map(|(id, value)| {
            let mut value = json(&value.to_json(&txn));
            value["id"] = json!(id);
            value
        })
        .filter(|it| about.iter().all(|end| is_live(&it[end])))
        .collect();
    entries.sort_by_key(|it| (it["at"].as_i64(), it["id"].to_string()));
    entries
}

fn relations(doc: &Doc, tree: &Tree) -> Vec<Value> {
    entries(doc, RELATIONS, tree, &["from", "to"])
}

/// Those on one node side by side, the nodes in reading order.
fn comments(doc: &Doc, tree: &Tree) -> Vec<Value> {
    let place = |it: &Value| tree.nodes.iter().position(|node| it[NODE] == *node.id);
    let mut comments = entries(doc, COMMENTS, tree, &[NODE]);
    comments.sort_by_key(place);
    for comment in &mut comments {
        comment[DONE] = json!(comment[DONE] == true);
    }
    comments
}

/// A plain value as JSON; whole numbers come out the same whichever way they were encoded.
fn json(value: &Any) -> Value {
    match value {
        Any::Map(fields) => {
            let fields = fields.iter().map(|(key, it)| (key.clone(), json(it)));
            Value::Object(fields.collect::<Object<_, _>>())
        }
        Any::String(text) => json!(&**text),
        Any::Bool(is) => json!(is),
        Any::Number(number) => json!(number.as_i64()),
        other => panic!("{other:?} in a fixture"),
    }
}
