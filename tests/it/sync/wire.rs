//! The outline of an update, read before the CRDT library sees it.

use gapmap::base::time::Timestamp;
use gapmap::mindmap::edit;
use gapmap::sync::outline::{Id, Run, WireError};
use gapmap::sync::wire::read;
use proptest::prelude::*;

use super::hand;

const VALUE_BYTES: usize = 8192;

#[test]
fn a_document_of_the_servers_own_is_read_whole() {
    let document = edit::new_document("Mobile evidence", None, Timestamp(1));

    let outline = read(&document, VALUE_BYTES).unwrap();

    assert_eq!(outline.runs.len(), 1);
    assert_eq!(outline.runs[0].start, 0);
    assert!(outline.roots.iter().any(|root| **root == *"nodes"));
}

#[test]
fn a_run_tells_whose_clocks_and_which() {
    let update = hand::update(7, 40, &[hand::collected(3), hand::collected(2)]);

    let outline = read(&update, VALUE_BYTES).unwrap();

    let run = Run {
        client: 7,
        start: 40,
        end: 45,
    };
    assert_eq!(outline.runs, [run]);
}

#[test]
fn what_an_update_refers_to_is_told() {
    let update = hand::update(7, 0, &[hand::type_in(9, 12, "text", 2)]);

    let outline = read(&update, VALUE_BYTES).unwrap();

    assert_eq!(
        outline.reaches,
        [Id {
            client: 9,
            clock: 12
        }]
    );
    assert_eq!(
        outline.attached[0].parent,
        Id {
            client: 9,
            clock: 12
        }
    );
}

#[test]
fn eight_thousand_nested_maps_are_refused_before_anything_is_built() {
    let mut blocks = vec![hand::type_in_root("nodes", "n", 1)];
    blocks.extend((0..8000).map(|clock| hand::type_in(7, clock, "k", 1)));

    let refused = read(&hand::update(7, 0, &blocks), VALUE_BYTES);

    assert_eq!(refused, Err(WireError::TooDeep));
}

#[test]
fn deeply_nested_values_are_refused() {
    let bomb = hand::value_in_root("meta", "title", &hand::nested_lists(4000));

    let refused = read(&hand::update(7, 0, &[bomb]), VALUE_BYTES);

    assert_eq!(refused, Err(WireError::TooDeep));
}

#[test]
fn types_that_no_map_holds_are_refused() {
    for kind in [0, 3, 4, 6, 7, 9, 15] {
        let update = hand::update(7, 0, &[hand::type_in_root("nodes", "n", kind)]);

        assert!(matches!(
            read(&update, VALUE_BYTES),
            Err(WireError::Foreign(_) | WireError::Malformed(_))
        ));
    }
}

#[test]
fn a_value_over_the_limit_is_refused() {
    let mut value = vec![119];
    gapmap::sync::lib0::write_bytes(&mut value, &[b'a'; VALUE_BYTES]);
    let update = hand::update(7, 0, &[hand::value_in_root("meta", "title", &value)]);

    assert_eq!(
        read(&update, VALUE_BYTES),
        Err(WireError::ValueTooLarge(VALUE_BYTES))
    );
}

#[test]
fn blocks_that_hang_in_one_another_are_refused() {
    let blocks = [hand::type_in(7, 1, "a", 1), hand::type_in(7, 0, "b", 1)];

    assert!(read(&hand::update(7, 0, &blocks), VALUE_BYTES).is_err());
}

#[test]
fn counts_beyond_the_bytes_cost_no_memory() {
    let update = [
        0xff, 0xff, 0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 0,
    ];

    assert!(read(&update, VALUE_BYTES).is_err());
}

proptest! {
    #[test]
    fn an_update_cut_short_is_refused(cut in 1usize..40) {
        let document = edit::new_document("Mobile evidence", None, Timestamp(1));
        let cut = cut.min(document.len() - 1);

        prop_assert!(read(&document[..document.len() - cut], VALUE_BYTES).is_err());
    }

    #[test]
    fn random_bytes_and_changed_documents_never_panic(
        noise: Vec<u8>,
        changes in proptest::collection::vec((0usize..200, any::<u8>()), 1..8),
    ) {
        let mut document = edit::new_document("Mobile evidence", None, Timestamp(1));
        let length = document.len();
        for (at, byte) in changes {
            document[at % length] = byte;
        }

        let _ = read(&noise, VALUE_BYTES);
        let _ = read(&document, VALUE_BYTES);
    }
}
