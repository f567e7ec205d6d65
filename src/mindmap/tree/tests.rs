//! Documents read into trees: what is hidden, what is broken, what is long, what was merged.

use std::collections::HashSet;
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};
use yrs::updates::decoder::Decode;
use yrs::{Any, Doc, Map, MapPrelim, MapRef, Out, ReadTxn, StateVector, TextPrelim, Transact};
use yrs::{TransactionMut, Update, any};

use super::*;
use crate::base::time::Timestamp;
use crate::mindmap::edit::new_document;
use crate::mindmap::order::order_sequence;
use crate::mindmap::schema::*;

const NOW: Timestamp = Timestamp(1_764_000_000_123);

fn opened(update: &[u8]) -> Doc {
    let doc = Doc::new();
    let update = Update::decode_v1(update).unwrap();
    doc.transact_mut().apply_update(update).unwrap();
    doc
}

/// A map with these nodes as (id, parent) under the root, siblings in the sequence given.
fn map_of(nodes: &[(&str, &str)]) -> Doc {
    let doc = opened(&new_document("Forensics", None, NOW));
    let map = doc.get_or_insert_map(NODES);
    let mut txn = doc.transact_mut();
    for ((id, parent), order) in nodes.iter().zip(order_sequence(nodes.len())) {
        let place = any!({ "parent": *parent, "order": order, "clock": 0 });
        write_node(&map, &mut txn, id, place);
    }
    drop(txn);
    doc
}

fn write_node(map: &MapRef, txn: &mut TransactionMut<'_>, id: &str, place: Any) {
    let node = map.insert(txn, id, MapPrelim::default());
    node.insert(txn, PLACE, place);
    node.insert(txn, TEXT, TextPrelim::new(format!("text of {id}")));
    node.insert(txn, NOTE, TextPrelim::new(""));
    node.insert(txn, LINKS, MapPrelim::default());
}

fn set(doc: &Doc, id: &str, key: &str, value: impl Into<Any>) {
    let map = doc.get_or_insert_map(NODES);
    let mut txn = doc.transact_mut();
    match map.get(&txn, id) {
        Some(Out::YMap(node)) => node.insert(&mut txn, key, value.into()),
        _ => panic!("no node {id}"),
    };
}

/// The ids of the live nodes, each with a dot for every level below the root.
fn outline(doc: &Doc) -> Vec<String> {
    let tree = read(doc);
    let lines = tree.nodes.iter();
    lines.map(|it| ".".repeat(it.depth) + &it.id).collect()
}

#[test]
fn a_map_reads_in_order() {
    let doc = map_of(&[
        ("a", ROOT),
        ("b", ROOT),
        ("a2", "a"),
        ("b1", "b"),
        ("a3", "a"),
    ]);
    set(&doc, "a3", KIND, "gap");
    set(&doc, "b", COLOUR, "blue");

    let tree = read(&doc);

    assert_eq!(outline(&doc), ["root", ".a", "..a2", "..a3", ".b", "..b1"]);
    assert_eq!(
        (&*tree.title, &*tree.root().text),
        ("Forensics", "Forensics")
    );
    assert_eq!(
        (tree.nodes[3].parent, tree.nodes[3].kind),
        (Some(1), Some(Kind::Gap))
    );
    assert_eq!(
        (tree.nodes[4].colour, tree.nodes[5].colour),
        (Some(Colour::Blue), None)
    );
}

#[test]
fn a_deleted_branch_is_hidden_with_what_is_added_to_it() {
    let doc = map_of(&[
        ("a", ROOT),
        ("a1", "a"),
        ("a2", "a1"),
        ("a3", "a"),
        ("b", ROOT),
        ("b1", "b"),
    ]);
    set(&doc, "a1", DELETED, any!({ "at": 5, "by": "p1" }));
    set(&doc, "a", DELETED, any!({ "at": 7, "by": "p2" }));
    set(&doc, "b1", DELETED, any!({ "at": 9, "by": "p1" }));
    let late = any!({ "parent": "a2", "order": "a0", "clock": 1 });
    let map = doc.get_or_insert_map(NODES);
    write_node(&map, &mut doc.transact_mut(), "late", late);

    let tree = read(&doc);

    assert_eq!(outline(&doc), ["root", ".b"]);
    let trash: Vec<_> = tree.trash.iter().map(|it| (&*it.id, it.n_nodes)).collect();
    assert_eq!(trash, [("b1", 1), ("a", 2)]);
    assert_eq!(
        (&*tree.trash[1].deleted.by, tree.trash[1].deleted.at),
        ("p2", Timestamp(7))
    );
    assert_eq!(tree.trash[1].text, "text of a");
}

#[test]
fn restoring_a_branch_leaves_what_was_deleted_inside_it() {
    let doc = map_of(&[("a", ROOT), ("a1", "a")]);
    set(&doc, "a1", DELETED, any!({ "at": 5, "by": "p1" }));
    set(&doc, "a", DELETED, any!({ "at": 7, "by": "p2" }));

    let map = doc.get_or_insert_map(NODES);
    let mut txn = doc.transact_mut();
    if let Some(Out::YMap(node)) = map.get(&txn, "a") {
        node.remove(&mut txn, DELETED);
    }
    drop(txn);

    assert_eq!(outline(&doc), ["root", ".a"]);
    assert_eq!(&*read(&doc).trash[0].id, "a1");
}

#[test]
fn what_is_broken_reads_as_if_it_were_not_there() {
    let doc = map_of(&[("a", ROOT), ("b", "a"), ("c", "b")]);
    set(&doc, "a", PLACE, "nowhere");
    set(&doc, "a", TEXT, 7);
    set(&doc, "a", LINKS, "gap");
    set(&doc, "b", KIND, "riddle");
    set(&doc, "b", COLOUR, any!(["red"]));
    set(&doc, "b", MADE, any!({ "at": "now" }));
    set(&doc, "c", DELETED, true);
    set(&doc, ROOT, DELETED, any!({ "at": 1, "by": "p1" }));
    let map = doc.get_or_insert_map(NODES);
    map.insert(&mut doc.transact_mut(), "no-map", "just words");
    map.insert(&mut doc.transact_mut(), "empty", MapPrelim::default());
    doc.get_or_insert_map(META)
        .insert(&mut doc.transact_mut(), META_TITLE, 1);

    let tree = read(&doc);

    assert_eq!(outline(&doc), ["root", ".a", "..b", "...c", ".empty"]);
    assert_eq!((&*tree.title, &*tree.nodes[1].text), ("", ""));
    assert_eq!(
        (
            tree.nodes[2].kind,
            tree.nodes[2].colour,
            &tree.nodes[2].made
        ),
        (None, None, &None)
    );
}

#[test]
fn an_empty_document_is_a_bare_root() {
    let tree = read(&Doc::new());

    assert_eq!((tree.nodes.len(), &*tree.root().id), (1, ROOT));
    assert_eq!(tree.title, "");
}

#[test]
fn links_read_sorted_and_only_those_that_fit() {
    let gap = "gap:019a2e5c-7d41-7c3e-9b1f-2a6d8c4e0f73";
    let solution = "solution:019a2e5c-7d41-7c3e-9b1f-2a6d8c4e0f74";
    let doc = map_of(&[("a", ROOT)]);
    let map = doc.get_or_insert_map(NODES);
    let mut txn = doc.transact_mut();
    let Some(Out::YMap(node)) = map.get(&txn, "a") else {
        panic!("no node a");
    };
    let links = node.insert(&mut txn, LINKS, MapPrelim::default());
    links.insert(
        &mut txn,
        solution,
        any!({ "at": 1, "by": "p1", "fit": "good" }),
    );
    links.insert(&mut txn, gap, any!({ "at": 1, "by": "p1" }));
    links.insert(&mut txn, "elsewhere", any!({ "at": 1, "by": "p1" }));
    drop(txn);

    let tree = read(&doc);

    let found: Vec<_> = tree.nodes[1]
        .links
        .iter()
        .map(|it| (&*it.0, it.1.fit))
        .collect();
    assert_eq!(found, [(gap, None), (solution, Some(Fit::Good))]);
    let view: Value = serde_json::from_str(&tree.to_json(|_| 0)).unwrap();
    assert_eq!(
        view["children"][0]["links"],
        json!([{ "target": gap, "fit": null }, { "target": solution, "fit": "good" }])
    );
}

#[test]
fn the_json_view_nests_as_the_tree_does() {
    let doc = map_of(&[("a", ROOT), ("a\"1", "a"), ("b", ROOT)]);
    set(&doc, "b", KIND, "need");

    let text = read(&doc).to_json(|id| i64::from(id == "b") * 3);

    let node = |id: &str, text: &str, kind: Value, votes: u64, children: Value| {
        json!({
            "id": id, "text": text, "kind": kind, "note": "", "links": [],
            "votes": votes, "children": children
        })
    };
    let inner = node("a\"1", "text of a\"1", Value::Null, 0, json!([]));
    let a = node("a", "text of a", Value::Null, 0, json!([inner]));
    let b = node("b", "text of b", json!("need"), 3, json!([]));
    assert_eq!(
        serde_json::from_str::<Value>(&text).unwrap(),
        node(ROOT, "Forensics", Value::Null, 0, json!([a, b]))
    );
}

#[test]
fn a_chain_as_long_as_a_map_may_be_overflows_nothing() {
    let n_nodes = 50_000;
    let ids: Vec<String> = (0..n_nodes).map(|it| format!("n{it}")).collect();
    let parents = std::iter::once(ROOT).chain(ids.iter().map(String::as_str));
    let nodes: Vec<_> = ids.iter().map(String::as_str).zip(parents).collect();
    let doc = map_of(&nodes);

    let tree = read(&doc);
    let view = tree.to_json(|_| 0);
    set(&doc, "n1", DELETED, any!({ "at": 1, "by": "p1" }));
    let trash = read(&doc).trash;

    assert_eq!(tree.nodes.last().map(|it| it.depth), Some(n_nodes));
    assert!(view.ends_with(&"]}".repeat(n_nodes + 1)));
    assert_eq!(trash[0].n_nodes, n_nodes - 1);
}

/// A move as a browser makes it, whether or not it is wise.
#[derive(Clone, Debug)]
struct Move {
    node: usize,
    parent: usize,
    clock: i64,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = (0..8usize, 0..9usize, 1..5i64);
    let one = one.prop_map(|(node, parent, clock)| Move {
        node,
        parent,
        clock,
    });
    proptest::collection::vec(one, 0..12)
}

fn id(node: usize) -> String {
    match node {
        8 => ROOT.to_owned(),
        _ => format!("n{node}"),
    }
}

fn make(doc: &Doc, moves: &[Move]) {
    for Move {
        node,
        parent,
        clock,
    } in moves
    {
        let tree = read(doc);
        let stands = tree.nodes.iter().find(|it| *it.id == *id(*node)).unwrap();
        let was = &*tree.nodes[stands.parent.unwrap()].id;
        let was = any!({ "parent": was, "order": "a0" });
        let place = any!({ "parent": id(*parent), "order": "a1", "clock": *clock, "was": was });
        set(doc, &id(*node), PLACE, place);
    }
}

fn state(doc: &Doc) -> Vec<u8> {
    doc.transact()
        .encode_state_as_update_v1(&StateVector::default())
}

fn merge(into: &Doc, update: &[u8]) {
    let update = Update::decode_v1(update).unwrap();
    into.transact_mut().apply_update(update).unwrap();
}

#[test]
fn above_a_node_is_also_what_it_would_stand_under_if_that_came() {
    let doc = map_of(&[]);
    let nodes = doc.get_or_insert_map(NODES);
    let put = |node: &str, parent: &str, was: &str| {
        let was = any!({ "parent": was, "order": "a0" });
        let place = any!({ "parent": parent, "order": "a1", "clock": 1, "was": was });
        write_node(&nodes, &mut doc.transact_mut(), node, place);
    };
    put("theme", "root", "root");
    put("moved", "not here", "theme");
    put("locked", "moved", "theme");

    let above = Lineage::of(&doc).above(&["locked".to_owned()]);

    let names: HashSet<&str> = above.iter().map(|it| &**it).collect();
    assert_eq!(names, HashSet::from(["moved", "not here", "theme"]));
}

proptest! {
    #[test]
    fn moves_made_apart_end_in_one_tree_with_every_node(ours in moves(), theirs in moves()) {
        let ids: Vec<String> = (0..8).map(|it| format!("n{it}")).collect();
        let nodes: Vec<_> = ids.iter().map(|it| (it.as_str(), ROOT)).collect();
        let here = map_of(&nodes);
        let there = opened(&state(&here));

        make(&here, &ours);
        make(&there, &theirs);
        let (from_here, from_there) = (state(&here), state(&there));
        merge(&here, &from_there);
        merge(&there, &from_here);

        let tree = read(&here);
        prop_assert_eq!(&tree, &read(&there));
        prop_assert_eq!(tree.nodes.len(), nodes.len() + 1);
    }

    #[test]
    fn who_stands_under_whom_is_known_after_each_change(
        steps in proptest::collection::vec((any::<bool>(), moves()), 1..8),
        top in 0..8usize,
    ) {
        let doc = map_of(&[]);
        let nodes = doc.get_or_insert_map(NODES);
        let mut lineage = Lineage::of(&doc);

        for (takes_out, moves) in steps {
            let mut changed = HashSet::new();
            for Move { node, parent, clock } in moves {
                let was = any!({ "parent": id(node / 2), "order": "a0" });
                let place = any!({
                    "parent": id(parent), "order": "a1", "clock": clock, "was": was
                });
                let mut txn = doc.transact_mut();
                match nodes.get(&txn, &id(node)) {
                    Some(Out::YMap(_)) if takes_out => drop(nodes.remove(&mut txn, &id(node))),
                    Some(Out::YMap(it)) => drop(it.insert(&mut txn, PLACE, place)),
                    _ => write_node(&nodes, &mut txn, &id(node), place),
                }
                changed.insert(Arc::from(id(node)));
            }
            lineage.look_again(&doc, &changed);

            let all = read_all(&doc);
            let way_of = |at: usize| std::iter::successors(Some(at), |it| all[*it].node.parent);
            let name_of = |at: usize| &all[at].node.id;
            let is_top = |at: usize| **name_of(at) == *id(top);
            let inside = (0..all.len()).filter(|it| way_of(*it).any(is_top)).map(name_of);
            let above = (0..all.len()).find(|it| is_top(*it)).into_iter().flat_map(way_of);
            let above = above.skip(1).map(name_of).filter(|it| ***it != *ROOT);
            let tops = [id(top)];
            prop_assert_eq!(
                lineage.inside(&tops, (0..all.len()).map(name_of)),
                inside.cloned().collect::<HashSet<_>>()
            );
            let above: HashSet<_> = above.cloned().collect();
            prop_assert!(above.is_subset(&lineage.above(&tops)));
        }
    }
}
