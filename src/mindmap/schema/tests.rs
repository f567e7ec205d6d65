//! What fits the schema and what doesn't, tried on documents.

use yrs::block::Prelim;
use yrs::branch::{Branch, BranchPtr};
use yrs::types::Attrs;
use yrs::updates::decoder::Decode;
use yrs::{Any, Array, ArrayPrelim, ArrayRef, Doc, Map, MapPrelim, MapRef, Out, ReadTxn, Text};
use yrs::{TextPrelim, TextRef, Transact, TransactionMut, Update, any};

use super::*;
use crate::base::id::ParticipantId;
use crate::base::time::Timestamp;
use crate::mindmap::edit::new_document;
use crate::mindmap::limits::Limits;

const GAP: &str = "gap:019a2e5c-7d41-7c3e-9b1f-2a6d8c4e0f73";
const NOW: i64 = 1_764_000_000_123;

/// A node as a client of another make writes it.
fn write_node(nodes: &MapRef, txn: &mut TransactionMut<'_>, id: &str) -> MapRef {
    let node = nodes.insert(txn, id, MapPrelim::default());
    let was = any!({ "parent": "node-00000007", "order": "b0Z" });
    let place = any!({ "parent": ROOT, "order": "a4", "clock": 12, "was": was });
    node.insert(txn, PLACE, place);
    node.insert(txn, TEXT, TextPrelim::new("An idea"));
    node.insert(txn, NOTE, TextPrelim::new(""));
    node.insert(txn, KIND, "idea");
    node.insert(txn, COLOUR, "green");
    let links = node.insert(txn, LINKS, MapPrelim::default());
    links.insert(txn, GAP, any!({ "fit": "good", "at": NOW, "by": "p1" }));
    node.insert(
        txn,
        MADE,
        any!({ "at": NOW as f64, "by": "p1", "round": 2 }),
    );
    node
}

/// What the check says of a node after `change`.
fn verdict_on(change: impl FnOnce(&MapRef, &mut TransactionMut<'_>)) -> Result<(), Violation> {
    let doc = Doc::new();
    let nodes = doc.get_or_insert_map(NODES);
    let mut txn = doc.transact_mut();
    let node = write_node(&nodes, &mut txn, "node-1");
    change(&node, &mut txn);
    check_node("node-1", &node, &txn, &Limits::default())
}

/// What the check says of a node with this value under `key`.
fn verdict_with<V: Prelim>(key: &str, value: V) -> Result<(), Violation> {
    verdict_on(|node, txn| {
        node.insert(txn, key, value);
    })
}

/// What the check says of a node after `edit` of its text.
fn verdict_on_text(edit: impl FnOnce(&TextRef, &mut TransactionMut<'_>)) -> Result<(), Violation> {
    verdict_on(|node, txn| match node.get(txn, TEXT) {
        Some(Out::YText(text)) => edit(&text, txn),
        _ => panic!("the node has a text"),
    })
}

#[test]
fn a_node_of_another_client_fits() {
    assert_eq!(verdict_on(|_, _| {}), Ok(()));
    assert_eq!(
        verdict_on(|node, txn| {
            for key in [KIND, COLOUR, MADE] {
                node.remove(txn, key);
            }
            node.insert(txn, DELETED, any!({ "at": NOW, "by": "p1" }));
            let undefined = Any::Undefined;
            let place = any!({ "parent": "n", "order": "Zz", "clock": 0, "was": undefined });
            node.insert(txn, PLACE, place);
        }),
        Ok(())
    );
}

/// Whether a place with this clock fits into a document with so many changes of one client.
fn fits_after(n_changes: u32, clock: i64) -> bool {
    let doc = Doc::new();
    let nodes = doc.get_or_insert_map(NODES);
    let mut txn = doc.transact_mut();
    let node = write_node(&nodes, &mut txn, "node-1");
    let place = any!({ "parent": ROOT, "order": "a0", "clock": clock });
    node.insert(&mut txn, PLACE, place);
    let is_written = txn.state_vector().iter().map(|(_, n)| *n).sum::<u32>();
    let words = "x".repeat((n_changes - is_written) as usize);
    if let Some(Out::YText(text)) = node.get(&txn, TEXT) {
        text.push(&mut txn, &words);
    }
    check_node(
        "node-1",
        &node,
        &txn,
        &Limits {
            text_chars: usize::MAX,
            ..Limits::default()
        },
    )
    .is_ok()
}

#[test]
fn a_clock_runs_no_faster_than_changes() {
    for (n_changes, most) in [
        (100, CLOCK_LEAD + 100),
        (5_000, CLOCK_LEAD + 5_000),
        (
            COUNTED_CHANGES + 5_000,
            CLOCK_LEAD + i64::from(COUNTED_CHANGES),
        ),
    ] {
        assert!(fits_after(n_changes, most), "{n_changes}");
        assert!(!fits_after(n_changes, most + 1), "{n_changes}");
        assert!(!fits_after(n_changes, GREATEST_WHOLE), "{n_changes}");
    }
}

#[test]
fn a_place_that_does_not_fit_is_refused() {
    let place = |parent: &str, order: &str, clock: Any| {
        let value = any!({ "parent": parent, "order": order, "clock": clock });
        verdict_with(PLACE, value).map_err(|it| it.code)
    };

    assert_eq!(place("n", "a0", any!(1)), Ok(()));
    assert_eq!(place("", "a0", any!(1)), Err("bad_value"));
    for order in ["", "a00", "a", "10", &format!("a0{}", "V".repeat(3_499))] {
        assert_eq!(place("n", order, any!(1)), Err("bad_value"), "{order}");
    }
    let clocks: [Any; 5] = [any!(1.5), any!(-1), any!(1e300), any!(f64::NAN), any!("1")];
    for clock in clocks {
        assert_eq!(place("n", "a0", clock), Err("bad_value"));
    }
    for (value, code) in [
        (any!("root"), "wrong_type"),
        (any!({ "parent": "n", "order": "a0" }), "missing"),
        (
            any!({ "parent": "n", "order": "a0", "clock": 1, "x": 1 }),
            "unknown_key",
        ),
        (
            any!({ "parent": "n", "order": "a0", "clock": 1, "was": null }),
            "wrong_type",
        ),
    ] {
        assert_eq!(verdict_with(PLACE, value).unwrap_err().code, code);
    }
}

#[test]
fn a_branch_grows_left_or_right_and_nowhere_else() {
    let on = |side: Any| any!({ "parent": "root", "order": "a0", "clock": 1, "side": side });

    assert_eq!(verdict_with(PLACE, on(any!("left"))), Ok(()));
    assert_eq!(verdict_with(PLACE, on(any!("right"))), Ok(()));
    for other in [any!("top"), any!(""), any!(-1), any!(null)] {
        let refused = verdict_with(PLACE, on(other)).unwrap_err();
        assert_eq!(refused.code, "bad_value");
    }
}

#[test]
fn a_plain_field_that_does_not_fit_is_refused() {
    let cases = [
        (KIND, any!("problem"), "bad_value"),
        (KIND, any!(1), "bad_value"),
        (COLOUR, any!("beige"), "bad_value"),
        (DELETED, any!(true), "wrong_type"),
        (DELETED, any!({ "at": NOW }), "missing"),
        (DELETED, any!({ "at": NOW, "by": "a person" }), "bad_value"),
        (MADE, any!({ "at": "today", "by": "p1" }), "bad_value"),
        (
            MADE,
            any!({ "at": NOW, "by": "p1", "round": "first" }),
            "bad_value",
        ),
        (TEXT, any!("text"), "wrong_type"),
        (NOTE, any!("note"), "wrong_type"),
        (LINKS, any!({}), "wrong_type"),
        ("votes", any!(3), "unknown_key"),
    ];

    for (key, value, code) in cases {
        let refused = verdict_with(key, value).unwrap_err();
        assert_eq!(refused.code, code, "{key}: {refused}");
    }
}

#[test]
fn a_shared_type_in_the_wrong_spot_is_refused() {
    let list: [Any; 0] = [];
    let text_for_map = verdict_with(LINKS, TextPrelim::new(""));
    let map_for_text = verdict_with(NOTE, MapPrelim::default());
    let map_for_word = verdict_with(KIND, MapPrelim::default());
    let list = verdict_with(TEXT, ArrayPrelim::from(list));

    for verdict in [text_for_map, map_for_text, map_for_word, list] {
        assert_eq!(verdict.unwrap_err().code, "wrong_type");
    }
}

#[test]
fn a_part_that_every_node_has_may_not_go() {
    for key in [PLACE, TEXT, NOTE, LINKS] {
        let refused = verdict_on(|node, txn| drop(node.remove(txn, key))).unwrap_err();
        assert_eq!(refused.code, "missing", "{key}");
    }
}

#[test]
fn a_text_is_characters_alone_and_not_too_many() {
    let embedded = verdict_on_text(|text, txn| {
        text.insert_embed(txn, 0, any!({ "image": 1 }));
    });
    let nested = verdict_on_text(|text, txn| {
        text.insert_embed(txn, 0, MapPrelim::default());
    });
    let bold = verdict_on_text(|text, txn| {
        text.format(txn, 0, 2, Attrs::from([("b".into(), true.into())]));
    });
    let room = 4_000 - "An idea".len();
    let full = verdict_on_text(|text, txn| text.push(txn, &"\u{1f331}".repeat(room)));
    let over = verdict_on_text(|text, txn| text.push(txn, &"x".repeat(room + 1)));

    assert_eq!(embedded.unwrap_err().code, "wrong_type");
    assert_eq!(nested.unwrap_err().code, "wrong_type");
    assert_eq!(bold.unwrap_err().code, "wrong_type");
    assert_eq!(full, Ok(()));
    assert_eq!(over.unwrap_err().code, "too_large");
}

#[test]
fn what_a_type_hides_from_its_readers_is_refused() {
    let list_in_map = verdict_on(|node, txn| {
        let branch: &Branch = node.as_ref();
        ArrayRef::from(BranchPtr::from(branch)).push_back(txn, "hidden");
    });
    let keys_in_text = verdict_on_text(|text, txn| {
        let branch: &Branch = text.as_ref();
        MapRef::from(BranchPtr::from(branch)).insert(txn, "hidden", 1);
    });

    assert_eq!(list_in_map.unwrap_err().code, "wrong_type");
    assert_eq!(keys_in_text.unwrap_err().code, "wrong_type");
}

#[test]
fn a_link_goes_to_a_gap_or_a_solution() {
    let link = |target: &str, value: Any| check_link(target, &Out::Any(value));

    assert_eq!(link(GAP, any!({ "at": NOW, "by": "p1" })), Ok(()));
    assert!(link("https://example.org", any!({ "at": NOW, "by": "p1" })).is_err());
    assert!(link(GAP, any!({ "at": NOW, "by": "p1", "fit": "great" })).is_err());
    assert!(link(GAP, any!({ "at": NOW })).is_err());
}

#[test]
fn the_root_stands_nowhere_and_stays() {
    let doc = Doc::new();
    let nodes = doc.get_or_insert_map(NODES);
    let mut txn = doc.transact_mut();
    let root = write_node(&nodes, &mut txn, ROOT);
    let limits = Limits::default();

    let with_place = check_node(ROOT, &root, &txn, &limits);
    root.remove(&mut txn, PLACE);
    let without = check_node(ROOT, &root, &txn, &limits);
    root.insert(&mut txn, DELETED, any!({ "at": NOW, "by": "p1" }));
    let deleted = check_node(ROOT, &root, &txn, &limits);

    assert_eq!(with_place.unwrap_err().code, "unknown_key");
    assert_eq!(without, Ok(()));
    assert_eq!(deleted.unwrap_err().code, "unknown_key");
    assert!(check_entry(NODES, ROOT, None, &txn, &limits).is_err());
    assert_eq!(check_entry(NODES, "n1", None, &txn, &limits), Ok(()));
}

#[test]
fn a_relation_is_one_small_value() {
    let limits = Limits::default();
    let check = |label: &str| {
        let value = any!({ "from": "a", "to": ROOT, "label": label, "by": "p1", "at": NOW });
        check_relation("writer-123", &Out::Any(value), &limits)
    };

    assert_eq!(check(&"x".repeat(7_680)), Ok(()));
    assert_eq!(check(&"x".repeat(8_192)).unwrap_err().code, "too_large");
    assert!(check_relation("r", &Out::Any(any!({ "from": "a" })), &limits).is_err());
}

#[test]
fn a_comment_names_its_node_and_author() {
    let doc = Doc::new();
    let comments = doc.get_or_insert_map(COMMENTS);
    let mut txn = doc.transact_mut();
    let comment = comments.insert(&mut txn, "c1", MapPrelim::default());
    let verdict = |txn: &TransactionMut<'_>| {
        let value = comments.get(txn, "c1").unwrap();
        check_comment("c1", &value, txn, &Limits::default()).map_err(|it| it.code)
    };
    comment.insert(&mut txn, NODE, "n1");
    comment.insert(&mut txn, BY, "p1");
    comment.insert(&mut txn, AT, NOW);

    assert_eq!(verdict(&txn), Err("missing"));
    comment.insert(&mut txn, TEXT, TextPrelim::new("Which countries?"));
    assert_eq!(verdict(&txn), Ok(()));
    comment.insert(&mut txn, DONE, "yes");
    assert_eq!(verdict(&txn), Err("wrong_type"));
    comment.insert(&mut txn, DONE, true);
    assert_eq!(verdict(&txn), Ok(()));
    comment.insert(&mut txn, "mood", 1);
    assert_eq!(verdict(&txn), Err("unknown_key"));
}

#[test]
fn a_new_document_fits_and_no_foreign_root_does() {
    let limits = Limits::default();
    let doc = Doc::new();
    let update = new_document("Forensics", Some(ParticipantId::new()), Timestamp(NOW));
    doc.transact_mut()
        .apply_update(Update::decode_v1(&update).unwrap())
        .unwrap();

    assert_eq!(check_document(&doc.transact(), &limits), Ok(()));

    let few = Limits {
        nodes: 0,
        ..limits.clone()
    };
    let crowded = check_document(&doc.transact(), &few);
    assert_eq!(crowded.unwrap_err().code, "too_large");
    let foreign = doc.get_or_insert_map("chat");
    foreign.insert(&mut doc.transact_mut(), "a", 1);
    let refused = check_document(&doc.transact(), &limits);
    assert_eq!(refused.unwrap_err().code, "unknown_key");
}

#[test]
fn the_fields_of_meta_are_fixed() {
    let limits = Limits::default();
    let check = |key: &str, value: Any| check_meta(key, &Out::Any(value), &limits);

    assert_eq!(check(META_TITLE, any!("Forensics")), Ok(()));
    assert_eq!(check(META_SCHEMA, any!(1)), Ok(()));
    assert!(check(META_SCHEMA, any!(2)).is_err());
    assert!(check(META_TITLE, any!("x".repeat(4_001))).is_err());
    assert!(check(META_TITLE, any!(1)).is_err());
    assert!(check("owner", any!("me")).is_err());
}

#[test]
fn no_message_repeats_what_was_typed() {
    let secret = "Miroslav";
    let place = any!({ "parent": secret, "order": secret, "clock": secret, "was": secret });
    let cases = [(PLACE, place), (KIND, any!(secret)), (secret, any!(secret))];

    for (key, value) in cases {
        let refused = verdict_with(key, value).unwrap_err();
        assert!(!refused.to_string().contains(secret), "{refused}");
    }
}

#[test]
fn what_does_not_fit_is_still_read_the_same_way_everywhere() {
    let was = any!({ "order": "x" });
    let place = any!({ "parent": 7, "clock": 2.9, "was": was, "side": "top" });
    let place = Place::read_leniently(&place).unwrap();

    assert_eq!((&*place.spot.parent, &*place.spot.order), ("", ""));
    assert_eq!(place.clock, 2);
    assert_eq!(&*place.was.unwrap().order, "x");
    assert_eq!(place.side, None);
    assert_eq!(Place::read_leniently(&any!([1])), None);
    assert_eq!(Mark::read_leniently(&any!({})).unwrap().at, Timestamp(0));
}

#[test]
fn values_read_back_as_they_are_written() {
    let place = any!({
        "parent": "n1", "order": "a1", "clock": 3, "was": { "parent": "n2", "order": "Zz" },
        "side": "left"
    });
    let made = any!({ "at": NOW, "by": "p1", "round": 2 });
    let link = any!({ "fit": "partial", "at": NOW, "by": "p1" });
    let relation = any!({ "from": "a", "to": "b", "label": "blocks", "at": NOW, "by": "p1" });

    assert_eq!(Place::read(&place).unwrap().to_any(), place);
    assert_eq!(Made::read(&made).unwrap().to_any(), made);
    assert_eq!(Link::read(&link).unwrap().to_any(), link);
    assert_eq!(Relation::read(&relation).unwrap().to_any(), relation);
}
