//! What the server writes, read back.

use proptest::prelude::*;
use yrs::updates::decoder::Decode;
use yrs::{Any, Doc, Map, MapPrelim, Out, ReadTxn, Text, TextPrelim, Transact, Update, any};

use super::moves::side_of;
use super::write::encode;
use super::*;
use crate::base::id::{ParticipantId, RoundId};
use crate::base::time::Timestamp;
use crate::mindmap::limits::Limits;
use crate::mindmap::schema::*;
use crate::mindmap::tree::{Tree, read};

const NOW: Timestamp = Timestamp(1_764_000_000_123);
const GAP: &str = "gap:019a2e5c-7d41-7c3e-9b1f-2a6d8c4e0f73";

fn opened(update: &[u8]) -> Doc {
    let doc = Doc::new();
    let update = Update::decode_v1(update).unwrap();
    doc.transact_mut().apply_update(update).unwrap();
    doc
}

fn client_ids(doc: &Doc) -> Vec<u64> {
    let clients = doc.transact().state_vector();
    clients.iter().map(|(client, _)| client.get()).collect()
}

/// The tree again as what it was written from.
fn branches_of(tree: &Tree, parent: usize) -> Vec<Branch> {
    let children = (0..tree.nodes.len()).filter(|it| tree.nodes[*it].parent == Some(parent));
    let branch = |at: usize| {
        let node = &tree.nodes[at];
        Branch {
            text: node.text.clone(),
            note: Some(node.note.clone()).filter(|note| !note.is_empty()),
            kind: node.kind,
            colour: node.colour,
            links: node.links.iter().map(|it| it.0.to_string()).collect(),
            children: branches_of(tree, at),
        }
    };
    children.map(branch).collect()
}

fn branches() -> impl Strategy<Value = Vec<Branch>> {
    let one = || {
        let kind = proptest::option::of(proptest::sample::select(Kind::ALL));
        let colour = proptest::option::of(proptest::sample::select(Colour::ALL));
        let note = proptest::option::of(".{1,9}");
        (".{0,9}", note, kind, colour).prop_map(|(text, note, kind, colour)| Branch {
            text,
            note,
            kind,
            colour,
            links: Vec::new(),
            children: Vec::new(),
        })
    };
    let branch = one().prop_recursive(4, 40, 5, move |inner| {
        (one(), proptest::collection::vec(inner, 0..5))
            .prop_map(|(branch, children)| Branch { children, ..branch })
    });
    proptest::collection::vec(branch, 0..5)
}

proptest! {
    #[test]
    fn a_document_reads_back_as_what_it_was_written_from(branches in branches(), title in ".*") {
        let doc = opened(&document(&title, &branches, &[ParticipantId::new()], NOW));

        let tree = read(&doc);

        prop_assert_eq!(branches_of(&tree, 0), branches);
        prop_assert_eq!((&tree.title, &tree.root().text), (&title, &title));
        prop_assert!(tree.nodes.iter().all(|it| it.made.as_ref().unwrap().mark.at == NOW));
        prop_assert_eq!(check_document(&doc.transact(), &Limits::default()), Ok(()));
    }
}

#[test]
fn those_who_made_a_map_take_turns() {
    let people = [ParticipantId::new(), ParticipantId::new()];
    let branches = [branch("one", Vec::new()), branch("two", Vec::new())];

    let tree = read(&opened(&document("Forensics", &branches, &people, NOW)));

    let by = |at: usize| tree.nodes[at].made.as_ref().unwrap().mark.by.to_string();
    let [first, second] = people.map(|it| it.to_string());
    let root = tree
        .nodes
        .iter()
        .position(|it| it.parent.is_none())
        .unwrap();
    assert_eq!(by(root), first);
    let others = (0..tree.nodes.len()).filter(|at| *at != root);
    let mut others: Vec<String> = others.map(by).collect();
    others.sort_unstable();
    let mut both = vec![first, second];
    both.sort_unstable();
    assert_eq!(others, both);
}

#[test]
fn a_new_document_is_one_root_made_by_its_maker() {
    let by = ParticipantId::new();

    let tree = read(&opened(&new_document("Forensics", Some(by), NOW)));
    let unsigned = read(&opened(&new_document("Forensics", None, NOW)));

    let made = tree.root().made.clone().unwrap();
    assert_eq!((made.mark.at, &*made.mark.by), (NOW, &*by.to_string()));
    assert_eq!(tree.nodes.len(), 1);
    assert_eq!(unsigned.root().made, None);
}

#[test]
fn every_document_has_a_client_of_its_own() {
    let clients: Vec<u64> = (0..50)
        .flat_map(|_| client_ids(&opened(&new_document("Forensics", None, NOW))))
        .collect();

    let different: std::collections::HashSet<u64> = clients.iter().copied().collect();
    assert_eq!((clients.len(), different.len()), (50, 50));
    assert!(clients.iter().all(|client| *client < 1 << 31));
}

fn branch(text: &str, children: Vec<Branch>) -> Branch {
    Branch {
        text: text.to_owned(),
        children,
        ..Branch::default()
    }
}

/// A used map: `kept` and `kept too` are live, `secret` with `secret below` is in the trash, and
/// `kept` has a past.
fn used_map() -> Doc {
    let secret = branch("secret", vec![branch("secret below", Vec::new())]);
    let kept = Branch {
        note: Some("secret and known".to_owned()),
        kind: Some(Kind::Gap),
        ..branch("kept", vec![secret])
    };
    let branches = [kept, branch("kept too", Vec::new())];
    let doc = opened(&document(
        "Forensics",
        &branches,
        &[ParticipantId::new()],
        NOW,
    ));
    let ids = ids(&doc);
    let nodes = doc.get_or_insert_map(NODES);
    let mut txn = doc.transact_mut();
    let node = |txn: &yrs::TransactionMut<'_>, id: &str| match nodes.get(txn, id) {
        Some(Out::YMap(node)) => node,
        _ => panic!("no node {id}"),
    };
    let kept = node(&txn, &ids[1]);
    kept.insert(&mut txn, MADE, any!({ "at": 1, "by": "secret" }));
    kept.insert(&mut txn, MADE, any!({ "at": 2, "by": "p2", "round": 1 }));
    kept.insert(&mut txn, COLOUR, "blue");
    if let Some(Out::YText(note)) = kept.get(&txn, NOTE) {
        note.remove_range(&mut txn, 0, "secret and ".len() as u32);
    }
    if let Some(Out::YMap(links)) = kept.get(&txn, LINKS) {
        links.insert(&mut txn, GAP, any!({ "fit": "good", "at": 3, "by": "p2" }));
    }
    node(&txn, &ids[2]).insert(&mut txn, DELETED, any!({ "at": 4, "by": "p1" }));
    drop(txn);
    annotate(&doc, &ids);
    doc
}

/// A relation and a comment on what stays, and one of each on what goes.
fn annotate(doc: &Doc, ids: &[String]) {
    let relations = doc.get_or_insert_map(RELATIONS);
    let comments = doc.get_or_insert_map(COMMENTS);
    let mut txn = doc.transact_mut();
    for (id, to, label) in [("r1", ROOT, "kept"), ("r2", &*ids[3], "secret")] {
        let from = &*ids[1];
        let value = any!({ "from": from, "to": to, "label": label, "at": 1, "by": "p1" });
        relations.insert(&mut txn, id, value);
    }
    for (id, node, text) in [("c1", &ids[1], "kept"), ("c2", &ids[2], "secret")] {
        let comment = comments.insert(&mut txn, id, MapPrelim::default());
        comment.insert(&mut txn, NODE, node.as_str());
        comment.insert(&mut txn, BY, "p3");
        comment.insert(&mut txn, AT, 5);
        comment.insert(&mut txn, TEXT, TextPrelim::new(text));
        comment.insert(&mut txn, DONE, true);
    }
}

/// The ids of the live nodes in reading order.
fn ids(doc: &Doc) -> Vec<String> {
    read(doc).nodes.iter().map(|it| it.id.to_string()).collect()
}

fn keys(doc: &Doc, root: &str) -> Vec<String> {
    let map = doc.get_or_insert_map(root);
    let txn = doc.transact();
    map.keys(&txn).map(str::to_owned).collect()
}

#[test]
fn a_purged_document_is_what_was_live() {
    let doc = used_map();

    let update = without_trash(&doc);
    let purged = opened(&update);

    let (before, after) = (read(&doc), read(&purged));
    assert_eq!((before.nodes.len(), before.trash.len()), (3, 1));
    assert_eq!((&after.nodes, &after.title), (&before.nodes, &before.title));
    assert_eq!(after.nodes[1].links.len(), 1);
    assert_eq!(after.trash, []);
    assert_eq!(keys(&purged, RELATIONS), ["r1"]);
    assert_eq!(keys(&purged, COMMENTS), ["c1"]);
    assert_eq!(
        check_document(&purged.transact(), &Limits::default()),
        Ok(())
    );
}

#[test]
fn a_purged_document_keeps_nothing_of_the_past() {
    let doc = used_map();
    let deleted = read(&doc).trash[0].id.clone();

    let update = without_trash(&doc);

    let holds = |words: &str| update.windows(words.len()).any(|it| it == words.as_bytes());
    assert!(holds("kept too") && holds("known"));
    assert!(!holds("secret") && !holds(&deleted));
    let clients = client_ids(&opened(&update));
    assert_eq!(clients.len(), 1);
    assert!(!client_ids(&doc).contains(&clients[0]));
}

#[test]
fn a_purged_comment_keeps_its_fields() {
    let purged = opened(&without_trash(&used_map()));

    let comments = purged.get_or_insert_map(COMMENTS);
    let txn = purged.transact();
    let Some(Out::YMap(comment)) = comments.get(&txn, "c1") else {
        panic!("no comment");
    };

    assert_eq!(comment.get(&txn, BY), Some(Out::Any(Any::from("p3"))));
    assert_eq!(comment.get(&txn, AT), Some(Out::Any(Any::from(5))));
    assert_eq!(comment.get(&txn, DONE), Some(Out::Any(Any::from(true))));
    assert_eq!(comment.get(&txn, TEXT).unwrap().to_string(&txn), "kept");
}

#[test]
fn a_circle_is_purged_into_the_places_that_it_resolved_to() {
    let doc = opened(&new_document("Forensics", None, NOW));
    let nodes = doc.get_or_insert_map(NODES);
    for (id, parent, clock) in [("a", "b", 1), ("b", "a", 2), ("c", "gone", 3)] {
        let was = any!({ "parent": ROOT, "order": "a0" });
        let place = any!({ "parent": parent, "order": "a5", "clock": clock, "was": was });
        let mut txn = doc.transact_mut();
        let node = nodes.insert(&mut txn, id, MapPrelim::default());
        node.insert(&mut txn, PLACE, place);
    }

    let purged = opened(&without_trash(&doc));

    assert_eq!(ids(&doc), ["root", "b", "a", "c"]);
    assert_eq!(read(&purged).nodes, read(&doc).nodes);
    assert_eq!(
        check_document(&purged.transact(), &Limits::default()),
        Ok(())
    );
    let update = without_trash(&purged);
    let again = opened(&update);
    assert_eq!(read(&again).nodes, read(&doc).nodes);
}

#[test]
fn a_branch_keeps_its_side_when_it_is_purged_or_brought_back() {
    let doc = opened(&unsigned_document("Forensics", &[branch("A", Vec::new())]));
    let id = read(&doc).nodes[1].id.clone();
    let say = |side: &str| {
        let place = any!({ "parent": ROOT, "order": "a0", "clock": 1, "side": side });
        let nodes = doc.get_or_insert_map(NODES);
        let mut txn = doc.transact_mut();
        let Some(Out::YMap(node)) = nodes.get(&txn, &id) else {
            panic!("it is there");
        };
        node.insert(&mut txn, PLACE, place);
    };
    let side_in = |doc: &Doc| side_of(&doc.transact(), &id);
    say("left");

    assert_eq!(side_in(&opened(&without_trash(&doc))), Some(Side::Left));

    let past = PastBranch::of(&doc, &id).unwrap();
    say("right");
    let state = encode(&doc);
    let back = amend(&state, "p1", NOW, &Operation::Restore(past)).unwrap();
    doc.transact_mut()
        .apply_update(Update::decode_v1(&back.update).unwrap())
        .unwrap();
    assert_eq!((side_in(&doc), back.n_nodes), (Some(Side::Left), 1));
}

#[test]
fn ideas_stand_behind_the_children_in_order_and_say_nothing_of_who_made_them() {
    let child = |text: &str| Branch {
        text: text.to_owned(),
        ..Branch::default()
    };
    let before = unsigned_document("Drones", &[child("first"), child("second")]);
    let idea = |node: &str| Unlabelled {
        node: node.to_owned(),
        text: format!("idea {node}"),
        note: "why".to_owned(),
    };
    let what = |ideas: &[&str]| {
        Operation::Reveal(Reveal {
            round: RoundId::new(),
            under: ROOT.to_owned(),
            ideas: ideas.iter().map(|it| idea(it)).collect(),
        })
    };
    let by = ParticipantId::new().to_string();
    let doc = opened(&before);
    let state = |doc: &Doc| {
        let all = yrs::StateVector::default();
        doc.transact().encode_state_as_update_v1(&all)
    };

    let one = amend(&before, &by, NOW, &what(&["z", "a"])).unwrap();
    let one_more = Update::decode_v1(&one.update).unwrap();
    doc.transact_mut().apply_update(one_more).unwrap();
    let again = amend(&state(&doc), &by, NOW, &what(&["z", "a"])).unwrap();
    let nowhere = Operation::Reveal(Reveal {
        round: RoundId::new(),
        under: "x".to_owned(),
        ideas: vec![idea("b")],
    });

    assert_eq!((one.n_nodes, again.n_nodes), (2, 0));
    let tree = read(&doc);
    let texts: Vec<&str> = tree.nodes.iter().map(|it| &*it.text).collect();
    assert_eq!(texts, ["Drones", "first", "second", "idea z", "idea a"]);
    assert!(tree.nodes.iter().all(|it| it.made.is_none()));
    assert_eq!(tree.nodes[3].note, "why");
    check_document(&doc.transact(), &Limits::default()).unwrap();
    let refused = amend(&before, &by, NOW, &nowhere).unwrap_err();
    assert_eq!(refused.field, "node");
}
