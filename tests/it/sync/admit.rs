//! Admit: the whole frame or nothing, and nobody in somebody else's name.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use gapmap::base::id::ParticipantId;
use gapmap::base::time::Timestamp;
use gapmap::mindmap::{edit, limits::Limits};
use gapmap::sync::admit::{Admitted, Remedy};
use gapmap::sync::backlog::Stored;
use gapmap::sync::delivery::Connection;
use gapmap::sync::presence::Persona;
use gapmap::sync::room::{Member, Right, Room};
use proptest::prelude::*;
use yrs::{Any, Doc, Map, ReadTxn, Transact};

use super::hand;
use crate::pen;

/// A room over a new map, with its document loaded.
fn room() -> Room {
    room_of(Limits {
        nodes: 20,
        text_chars: 50,
        ..Limits::default()
    })
}

/// The same with these limits.
pub(super) fn room_of(limits: Limits) -> Room {
    let document = edit::new_document("Prevention", None, Timestamp(1));
    let stored = Stored::begin(&document).unwrap();
    let replica = stored.backlog.build(&limits).unwrap();
    let mut room = Room::new(1, stored, HashMap::new(), limits);
    room.keep_replica(replica);
    room
}

/// Seats somebody; connection ids count from 1.
pub(super) fn seat(room: &mut Room, right: Right) -> u64 {
    let id = room.members.len() as u64 + 1;
    let participant = ParticipantId::new();
    let persona = Persona {
        id: participant.to_string(),
        name: format!("Badger-0{id}"),
        role: "editor",
    };
    let connection = Arc::new(Connection::new(id, true, None));
    let member = Member {
        connection,
        participant,
        persona,
        right,
    };
    room.members.insert(id, member);
    id
}

/// An honest client's document, with what the room has.
pub(super) fn client(room: &Room, id: u64) -> Doc {
    let doc = Doc::with_client_id(id);
    let state = room.replica().unwrap().state();
    pen::apply(&doc, &state);
    doc
}

fn is_logged(admitted: &Admitted) -> bool {
    matches!(admitted, Admitted::Logged { .. })
}

#[test]
fn an_honest_edit_is_admitted_and_its_client_id_is_bound() {
    let mut room = room();
    let ann = seat(&mut room, Right::Write);
    let by = room.members[&ann].participant;

    let admitted = room
        .admit(ann, &pen::add(&client(&room, 7), "n1", "Help lines").into())
        .unwrap();

    assert_eq!(
        admitted,
        Admitted::Logged {
            by,
            new_clients: vec![7]
        }
    );
}

#[test]
fn the_same_frame_again_says_nothing_new() {
    let mut room = room();
    let ann = seat(&mut room, Right::Write);
    let frame: Bytes = pen::add(&client(&room, 7), "n1", "Help lines").into();
    room.admit(ann, &frame).unwrap();

    assert_eq!(room.admit(ann, &frame), Ok(Admitted::Nothing));
}

#[test]
fn a_forged_block_under_somebody_elses_client_id_is_refused() {
    let mut room = room();
    let (ann, mallory) = (seat(&mut room, Right::Write), seat(&mut room, Right::Write));
    let doc = client(&room, 7);
    room.admit(ann, &pen::add(&doc, "n1", "Help lines").into())
        .unwrap();
    let next = room
        .replica()
        .unwrap()
        .doc()
        .transact()
        .state_vector()
        .get(&yrs::ClientID::new(7));
    let forged = hand::update(7, u64::from(next), &[hand::collected(1000)]);

    let refused = room.admit(mallory, &forged.into()).unwrap_err();

    assert_eq!(refused.code, "not_yours");
    assert!(is_logged(
        &room
            .admit(ann, &pen::add(&doc, "n2", "Chat").into())
            .unwrap()
    ));
}

#[test]
fn a_hole_is_answered_with_start_again_and_nothing_is_integrated() {
    let mut room = room();
    let ann = seat(&mut room, Right::Write);
    let doc = client(&room, 7);
    let first: Bytes = pen::add(&doc, "n1", "Help lines").into();
    let second: Bytes = pen::add(&doc, "n2", "Chat").into();
    let before = room.replica().unwrap().state();

    let refused = room.admit(ann, &second).unwrap_err();

    assert_eq!((refused.code, refused.remedy), ("gap", Remedy::Resync));
    assert_eq!(room.replica().unwrap().state(), before);
    assert!(is_logged(&room.admit(ann, &first).unwrap()));
    assert!(is_logged(&room.admit(ann, &second).unwrap()));
}

#[test]
fn deleting_what_nobody_has_written_yet_is_a_hole() {
    let mut room = room();
    let ann = seat(&mut room, Right::Write);

    let refused = room
        .admit(ann, &Bytes::from_static(&[0, 1, 9, 1, 5, 3]))
        .unwrap_err();

    assert_eq!(refused.code, "gap");
}

#[test]
fn a_viewer_writes_nothing_but_may_answer_step_1() {
    let mut room = room();
    let eve = seat(&mut room, Right::Read);
    let doc = client(&room, 7);
    let nothing_new: Bytes = doc
        .transact()
        .encode_state_as_update_v1(&yrs::StateVector::default())
        .into();

    assert_eq!(room.admit(eve, &nothing_new), Ok(Admitted::Nothing));
    let refused = room
        .admit(eve, &pen::add(&doc, "n1", "Help lines").into())
        .unwrap_err();
    assert_eq!(refused.code, "read_only");
}

#[test]
fn a_viewer_deletes_nothing_either() {
    let mut room = room();
    let (ann, eve) = (seat(&mut room, Right::Write), seat(&mut room, Right::Read));
    let doc = client(&room, 7);
    room.admit(ann, &pen::add(&doc, "n1", "Help lines").into())
        .unwrap();
    let delete: Bytes = {
        let nodes = doc.get_or_insert_map("nodes");
        let mut txn = doc.transact_mut();
        nodes.remove(&mut txn, "n1");
        txn.encode_update_v1().into()
    };

    assert_eq!(room.admit(eve, &delete).unwrap_err().code, "read_only");
    assert!(is_logged(&room.admit(ann, &delete).unwrap()));
    assert_eq!(room.admit(eve, &delete), Ok(Admitted::Nothing));
}

#[test]
fn a_locked_map_takes_edits_of_those_who_lead_only() {
    let mut room = room();
    let (ann, lead) = (seat(&mut room, Right::Write), seat(&mut room, Right::Lead));
    room.writable_by = Some(Right::Lead);
    let edit: Bytes = pen::add(&client(&room, 7), "n1", "Help lines").into();

    assert_eq!(room.admit(ann, &edit).unwrap_err().code, "locked");
    assert!(is_logged(&room.admit(lead, &edit).unwrap()));
}

/// What a client that goes outside the schema sends, each from a fresh client id.
fn outside_the_schema() -> Vec<(&'static str, Vec<u8>)> {
    let number = [125, 5];
    vec![
        (
            "unknown root",
            hand::update(8, 0, &[hand::value_in_root("elsewhere", "k", &number)]),
        ),
        (
            "unknown key in meta",
            hand::update(8, 0, &[hand::value_in_root("meta", "k", &number)]),
        ),
        (
            "a number for a node",
            hand::update(8, 0, &[hand::value_in_root("nodes", "n", &number)]),
        ),
        (
            "a text for a node",
            hand::update(8, 0, &[hand::type_in_root("nodes", "n", 2)]),
        ),
        (
            "a node without its parts",
            hand::update(8, 0, &[hand::type_in_root("nodes", "n", 1)]),
        ),
        (
            "a shared map for a relation",
            hand::update(8, 0, &[hand::type_in_root("relations", "r", 1)]),
        ),
        (
            "a broken relation",
            hand::update(8, 0, &[hand::value_in_root("relations", "r", &number)]),
        ),
    ]
}

#[test]
fn what_is_outside_the_schema_is_refused_with_a_sentence() {
    for (what, frame) in outside_the_schema() {
        let mut room = room();
        let ann = seat(&mut room, Right::Write);

        let refused = room.admit(ann, &frame.into()).expect_err(what);

        assert_eq!(refused.code, "schema", "{what}");
        assert!(!refused.message.is_empty(), "{what}");
    }
}

#[test]
fn text_over_the_limit_is_refused_however_it_grows() {
    let mut room = room();
    let ann = seat(&mut room, Right::Write);
    let doc = client(&room, 7);
    room.admit(ann, &pen::add(&doc, "n1", &"x".repeat(50)).into())
        .unwrap();

    let refused = room
        .admit(ann, &pen::write_at(&doc, "n1", 0, "y").into())
        .unwrap_err();

    assert_eq!((refused.code, refused.remedy), ("schema", Remedy::Rebuild));
}

#[test]
fn a_text_is_measured_in_characters() {
    let mut room = room();
    let ann = seat(&mut room, Right::Write);
    let doc = client(&room, 7);
    room.admit(ann, &pen::add(&doc, "n1", &"ü".repeat(49)).into())
        .unwrap();

    assert!(is_logged(
        &room
            .admit(ann, &pen::write_at(&doc, "n1", 0, "ü").into())
            .unwrap()
    ));
    let refused = room
        .admit(ann, &pen::write_at(&doc, "n1", 0, "y").into())
        .unwrap_err();
    assert_eq!(refused.code, "schema");
}

#[test]
fn a_map_among_the_characters_of_a_text_is_refused() {
    let mut room = room();
    let ann = seat(&mut room, Right::Write);
    let doc = client(&room, 7);
    room.admit(ann, &pen::add(&doc, "n1", "idea").into())
        .unwrap();
    // The node, its place and its text come before the first character.
    let frame = hand::update(8, 0, &[hand::type_beside(7, 3, 1)]);

    let refused = room.admit(ann, &frame.into()).unwrap_err();

    assert_eq!(refused.code, "schema");
    assert!(
        refused.message.contains("plain text"),
        "{}",
        refused.message
    );
}

#[test]
fn a_map_takes_no_more_nodes_than_its_limit() {
    let mut room = room();
    let ann = seat(&mut room, Right::Write);
    let doc = client(&room, 7);
    for n in 0..19 {
        room.admit(ann, &pen::add(&doc, &format!("n{n}"), "idea").into())
            .unwrap();
    }

    let refused = room
        .admit(ann, &pen::add(&doc, "n19", "idea").into())
        .unwrap_err();

    assert_eq!(refused.code, "schema");
}

#[test]
fn a_key_set_again_keeps_to_the_schema_too() {
    let mut room = room();
    let ann = seat(&mut room, Right::Write);
    let doc = client(&room, 7);
    room.admit(ann, &pen::add(&doc, "n1", "idea").into())
        .unwrap();
    let set = |value: Any| Bytes::from(pen::set(&doc, "n1", "kind", value));

    assert!(is_logged(&room.admit(ann, &set("idea".into())).unwrap()));
    assert_eq!(
        room.admit(ann, &set(Any::Bool(true))).unwrap_err().code,
        "schema"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_a_room_panic(noise: Vec<u8>, at in 0usize..400, byte: u8) {
        let mut room = room();
        let ann = seat(&mut room, Right::Write);
        let mut frame = pen::add(&client(&room, 7), "n1", "Help lines");
        let length = frame.len();
        frame[at % length] = byte;

        let _ = room.admit(ann, &noise.into());
        let _ = room.admit(ann, &frame.into());
    }
}
