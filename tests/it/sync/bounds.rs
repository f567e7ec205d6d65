//! What one update may take of a room's time and memory.

use bytes::Bytes;
use gapmap::mindmap::limits::Limits;
use gapmap::sync::admit::Admitted;
use gapmap::sync::room::{Right, Room};
use yrs::{Any, Transact, Update, updates::decoder::Decode};

use super::admit::{client, room_of, seat};
use super::hand;
use crate::pen;

/// The Yjs client of an honest node.
const ANN: u64 = 7;
/// The clock of that node, and of its text.
const NODE: u64 = 0;
const TEXT: u64 = 2;

/// A room with a node in it, and somebody who may write.
fn room(limits: Limits) -> (Room, u64) {
    let mut room = room_of(limits);
    let ann = seat(&mut room, Right::Write);
    let node = pen::add(&client(&room, ANN), "n1", "");
    room.admit(ann, &node.into()).unwrap();
    let eve = seat(&mut room, Right::Write);
    (room, eve)
}

fn code_of(room: &mut Room, from: u64, update: Vec<u8>) -> Option<&'static str> {
    room.admit(from, &update.into()).err().map(|it| it.code)
}

#[test]
fn what_the_library_would_compare_pair_by_pair_is_refused_before_it_does() {
    let red = [119, 3, b'r', b'e', b'd'];
    let kinds = [
        hand::deleted_in(ANN, TEXT),
        hand::value_in(ANN, NODE, "colour", &red),
        hand::value_in_root("meta", "title", &red),
    ];
    for block in kinds {
        let (mut room, eve) = room(Limits::default());
        let many = |client, n| hand::update(client, 0, &vec![block.clone(); n]);

        // Each says that it knows of none of the others.
        assert_eq!(code_of(&mut room, eve, many(100, 3000)), None);
        assert_eq!(code_of(&mut room, eve, many(200, 3000)), Some("too_large"));
        assert_eq!(code_of(&mut room, eve, many(300, 9000)), Some("too_large"));

        assert_eq!(code_of(&mut room, eve, many(400, 20)), None);
        // What was collected is compared with nothing.
        let collected = hand::update(500, 0, &vec![hand::collected(1); 9000]);
        assert_eq!(code_of(&mut room, eve, collected), None);
        // What is there already costs nothing, however often it is said.
        assert_eq!(code_of(&mut room, eve, many(100, 3000)), None);
    }
}

#[test]
fn who_repeats_what_is_there_cannot_pass_it_off_as_new() {
    let (mut room, eve) = room(Limits::default());
    let many = |client, n| hand::update(client, 0, &vec![hand::deleted_in(ANN, TEXT); n]);
    assert_eq!(code_of(&mut room, eve, many(100, 3000)), None);
    let node = [
        hand::type_in_root("nodes", "n1", 1),
        hand::value_in(ANN, NODE, "place", &[126]),
        hand::type_in(ANN, NODE, "text", 2),
    ];

    let both = hand::together(&[hand::update(ANN, 0, &node), many(200, 4000)]);

    assert_eq!(code_of(&mut room, eve, both), Some("too_large"));
}

#[test]
fn a_long_branch_that_is_pasted_and_a_text_written_letter_by_letter_are_taken() {
    let (mut room, eve) = room(Limits::default());
    let doc = client(&room, 50);
    let before = pen::state_vector(&doc);
    for n in 0..2000 {
        pen::add(&doc, &format!("p{n}"), "pasted");
    }
    for n in 0..2000u32 {
        // Each ahead of the last, so that no two of them make one.
        pen::write_at(&doc, "n1", 0, if n % 2 == 0 { "a" } else { "b" });
    }

    let offline = pen::diff(&doc, &before);

    assert_eq!(code_of(&mut room, eve, offline), None);
    let (here, there) = (pen::text(&doc, "n1"), room.replica().unwrap().doc());
    assert_eq!(pen::text(there, "n1"), here);
}

#[test]
fn client_ids_without_end_are_refused() {
    let limits = Limits {
        clients: 100,
        ..Limits::default()
    };
    let (mut room, eve) = room(limits);
    let lead = seat(&mut room, Right::Lead);

    assert_eq!(
        code_of(&mut room, eve, hand::of_clients(1000, 101)),
        Some("map_full")
    );
    assert_eq!(code_of(&mut room, eve, hand::of_clients(1000, 90)), None);
    assert_eq!(
        code_of(&mut room, eve, hand::of_clients(2000, 11)),
        Some("map_full")
    );
    assert_eq!(
        code_of(&mut room, eve, hand::of_clients(1000, 90)),
        None,
        "known"
    );
    assert_eq!(code_of(&mut room, eve, hand::of_clients(3000, 10)), None);

    assert_eq!(code_of(&mut room, lead, hand::of_clients(4000, 500)), None);
}

#[test]
fn an_update_that_deletes_twice_is_refused() {
    let (mut room, eve) = room(Limits::default());
    let twice = [
        vec![(ANN, vec![(0, 3), (1, 4)])],
        vec![(ANN, vec![(0, 1); 500_000])],
        vec![(ANN, vec![(0, 1)]), (ANN, vec![(3, 1)])],
    ];

    for deletes in twice {
        let update = hand::deletes(&deletes);
        assert_eq!(code_of(&mut room, eve, update), Some("malformed"));
    }

    let once = hand::deletes(&[(ANN, vec![(3, 1), (4, 1)])]);
    assert_eq!(
        code_of(&mut room, eve, once),
        Some("schema"),
        "its note has to stay"
    );
}

#[test]
fn who_may_only_read_may_repeat_what_is_deleted_however_much_that_is() {
    let (mut room, eve) = room(Limits::default());
    let doc = client(&room, 50);
    let words = pen::note(&doc, "n1", &"x".repeat(60_000));
    room.admit(eve, &words.into()).unwrap();
    let every_other: Vec<_> = (0..30_000).map(|it| (2 * it, 1)).collect();
    let deletes: Bytes = hand::deletes(&[(50, every_other)]).into();
    let viewer = seat(&mut room, Right::Read);

    assert_eq!(room.admit(viewer, &deletes).unwrap_err().code, "read_only");
    assert!(matches!(
        room.admit(eve, &deletes),
        Ok(Admitted::Logged { .. })
    ));

    assert_eq!(room.admit(viewer, &deletes), Ok(Admitted::Nothing));
}

#[test]
fn a_map_of_small_pieces_is_full_before_they_take_the_servers_memory() {
    let limits = Limits {
        encoded_bytes: 100_000,
        ..Limits::default()
    };
    let (mut room, eve) = room(limits);
    let pieces = hand::update(100, 0, &vec![hand::deleted_in(ANN, TEXT); 2500]);
    assert!(pieces.len() < 15_000);

    assert_eq!(code_of(&mut room, eve, pieces), Some("map_full"));
}

#[test]
fn a_map_in_which_the_same_is_set_again_and_again_is_never_full() {
    let limits = Limits {
        encoded_bytes: 20_000,
        ..Limits::default()
    };
    let (mut room, eve) = room(limits);
    let doc = client(&room, 50);

    for n in 0..1500 {
        let colour = if n % 2 == 0 { "red" } else { "blue" };
        let update = pen::set(&doc, "n1", "colour", Any::from(colour));
        assert_eq!(code_of(&mut room, eve, update), None, "{n}");
    }
    let state = room.replica().unwrap().state();
    let whole = client(&room, 51);
    let update = Update::decode_v1(&state).unwrap();
    whole.transact_mut().apply_update(update).unwrap();

    let larger = pen::note(&whole, "n1", &"x".repeat(20_000));
    assert_eq!(code_of(&mut room, eve, larger), Some("map_full"));
}
