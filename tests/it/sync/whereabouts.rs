//! Where the elements of a document hang, told from updates alone.

use gapmap::sync::whereabouts::{Part, Root, Touch, Whereabouts};
use proptest::prelude::*;
use yrs::{Any, Doc, ReadTxn, StateVector, Transact};

use crate::pen;

/// A document with a root, and its state.
fn map() -> Doc {
    let doc = pen::blank();
    let genesis =
        gapmap::mindmap::edit::new_document("Map", None, gapmap::base::time::Timestamp(1));
    pen::apply(&doc, &genesis);
    doc
}

fn state(doc: &Doc) -> Vec<u8> {
    doc.transact()
        .encode_state_as_update_v1(&StateVector::default())
}

/// One edit of a node, and the part of it that this touches.
fn edit(doc: &Doc, kind: usize, id: &str) -> (Vec<u8>, Part) {
    match kind {
        0 => (pen::write(doc, id, "words"), Part::Text),
        1 => (pen::note(doc, id, "more words"), Part::Note),
        2 => (pen::put(doc, id, "root"), Part::Place),
        3 => (pen::set(doc, id, "kind", Any::from("gap")), Part::Kind),
        4 => (pen::link(doc, id), Part::Link),
        5 => (pen::delete(doc, id, "x"), Part::Deleted),
        6 => (pen::clear_note(doc, id), Part::Note),
        _ => (pen::remove(doc, id), Part::Whole),
    }
}

fn sorted(touches: Vec<Touch>) -> Vec<String> {
    let mut all: Vec<String> = touches.iter().map(|it| format!("{it:?}")).collect();
    all.sort();
    all.dedup();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_followed_edit_by_edit_is_what_the_whole_document_says(
        edits in proptest::collection::vec((0..2usize, 0..8usize, 0..4usize), 1..40),
    ) {
        let server = map();
        let mut followed = Whereabouts::of(&state(&server)).unwrap();
        let clients = [pen::blank(), pen::blank()];
        for (who, kind, n) in edits {
            let client = &clients[who];
            pen::apply(client, &state(&server));
            let id = format!("n{n}");
            let is_there = pen::has(client, &id);
            let (update, part) = if is_there {
                edit(client, kind, &id)
            } else {
                (pen::add(client, &id, "new"), Part::Whole)
            };
            let fresh = Whereabouts::of(&state(&server)).unwrap();

            let touches = followed.touches(&update).unwrap();
            let of_node = |it: &Touch| it.spot.root == Root::Nodes && *it.spot.entry == *id;
            prop_assert!(touches.iter().all(of_node), "{touches:?}");
            let named = touches.iter().any(|it| it.spot.part == part);
            prop_assert!(named || touches.is_empty(), "{part:?} in {touches:?}");
            prop_assert_eq!(sorted(fresh.touches(&update).unwrap()), sorted(touches));
            prop_assert_eq!(
                followed.maker(Root::Nodes, &id.as_str().into()).is_some(),
                is_there
            );
            followed.extend(&update).unwrap();
            pen::apply(&server, &update);
            // What is known says nothing new, whoever sends it again.
            prop_assert!(followed.touches(&state(&server)).unwrap().is_empty());
        }
    }

    #[test]
    fn bytes_that_are_no_update_are_an_error_and_no_panic(bytes: Vec<u8>) {
        let _ = Whereabouts::of(&bytes);
    }
}
