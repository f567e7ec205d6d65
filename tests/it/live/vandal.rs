//! A client that keeps to nothing, beside one that keeps to everything.

use bytes::Bytes;
use futures_util::future::join_all;
use gapmap::sync::protocol;
use gapmap::workshop::role::MapRole;
use yrs::{Any, ReadTxn, Transact};

use super::client::LiveClient;
use super::scene::Scene;
use crate::pen;
use crate::sync::hand;

/// An honest client with a node of its own, and a vandal that knows of it.
pub(super) async fn two(scene: &Scene) -> (LiveClient, LiveClient) {
    let (mut ann, mut eve) = (scene.editor().await, scene.editor().await);
    ann.added("n1", "Help lines").await;
    eve.until("the node", |it| pen::has(&it.doc, "n1")).await;
    (ann, eve)
}

/// Asserts that the honest client still writes, and that its document is what the log says.
pub(super) async fn goes_on(scene: &Scene, ann: &mut LiveClient) {
    let words = pen::write(&ann.doc, "n1", ", day and night");
    ann.save(words).await;
    assert!(ann.heard.nacks.is_empty(), "{:?}", ann.heard.nacks);
    assert_eq!(pen::content(&ann.doc), pen::content(&scene.stored().await));
    let late = scene.editor().await;
    assert_eq!(pen::content(&ann.doc), pen::content(&late.doc));
}

/// Sends an update and waits for its refusal.
async fn is_refused(eve: &mut LiveClient, update: Vec<u8>, code: &str) {
    let number = eve.edit(update).await;
    eve.until("a nack", |it| it.was_refused(number, code)).await;
    eve.until("an ack", |it| number <= it.heard.acked).await;
}

fn client_id(doc: &yrs::Doc) -> u64 {
    doc.client_id().get()
}

fn clock(doc: &yrs::Doc) -> u64 {
    let clocks = doc.transact().state_vector();
    u64::from(clocks.get(&doc.client_id()))
}

#[tokio::test]
async fn a_frame_that_comes_twice_counts_once() {
    let scene = Scene::new().await;
    let (mut ann, mut eve) = two(&scene).await;
    let before = scene.seq().await;
    let twice = pen::add(&eve.doc, "n2", "again");

    eve.save(twice.clone()).await;
    eve.save(twice).await;

    assert!(eve.heard.nacks.is_empty());
    assert_eq!(scene.seq().await, before + 1);
    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn a_clock_from_the_far_future_leaves_the_others_room_to_move() {
    let scene = Scene::new().await;
    let (mut ann, mut eve) = two(&scene).await;
    let moved = |doc: &yrs::Doc, order: &str, clock: i64| {
        let place = yrs::any!({ "parent": "root", "order": order, "clock": clock });
        pen::set(doc, "n1", "place", place)
    };
    // Refused edits stay in a client's document, so these come from copies of it.
    for clock in [(1 << 53) - 1, 1 << 40, 2_000_000] {
        let guest = scene.guest(MapRole::Editor).await;
        let mut mallory = scene.joined(&guest).await;
        let update = moved(&mallory.doc, "a5", clock);
        is_refused(&mut mallory, update, "schema").await;
    }

    let greatest = moved(&eve.doc, "a5", 1_000_000);
    eve.save(greatest).await;
    ann.until("that", |it| {
        it.doc.transact().state_vector() == eve.doc.transact().state_vector()
    })
    .await;
    for n in 1..=50 {
        let next = moved(&ann.doc, &format!("a{}", n % 10), 1_000_000 + n);
        ann.save(next).await;
    }

    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn after_a_frame_that_got_lost_the_client_is_asked_and_recovers() {
    let scene = Scene::new().await;
    let (mut ann, mut ben) = two(&scene).await;
    let _lost = pen::add(&ben.doc, "n2", "lost on the way");
    let next = pen::add(&ben.doc, "n3", "and the next");
    let asked = ben.heard.step1s;

    let number = ben.edit(next).await;

    ben.until("a nack", |it| it.was_refused(number, "gap"))
        .await;
    assert_eq!(ben.heard.nacks[0]["retryable"], true);
    ben.until("to be asked", |it| asked < it.heard.step1s).await;
    ben.until("all acks", |it| it.sent <= it.heard.acked).await;
    ann.until("both", |it| {
        pen::has(&it.doc, "n2") && pen::has(&it.doc, "n3")
    })
    .await;
    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn frames_in_the_wrong_order_arrive_all_the_same() {
    let scene = Scene::new().await;
    let (mut ann, mut ben) = two(&scene).await;
    let mut frames: Vec<_> = (2..12)
        .map(|n| pen::add(&ben.doc, &format!("n{n}"), "shuffled"))
        .collect();
    frames.reverse();

    for frame in frames {
        ben.edit(frame).await;
    }

    ben.until("all acks", |it| it.sent <= it.heard.acked).await;
    ann.until("all of them", |it| pen::n_nodes(&it.doc) == 12)
        .await;
    assert_eq!(pen::content(&ann.doc), pen::content(&ben.doc));
    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn a_stock_client_that_leaves_a_hole_is_asked_too() {
    let scene = Scene::new().await;
    let mut ann = scene.editor().await;
    ann.added("n1", "Help lines").await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut ben = scene.knock(&guest.token, "", pen::blank()).await;
    ben.sync().await;
    let _lost = pen::add(&ben.doc, "n2", "lost on the way");
    let next = pen::add(&ben.doc, "n3", "and the next");
    let asked = ben.heard.step1s;

    ben.edit(next).await;

    ben.until("to be asked", |it| asked < it.heard.step1s).await;
    ann.until("both", |it| {
        pen::has(&it.doc, "n2") && pen::has(&it.doc, "n3")
    })
    .await;
    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn what_is_no_message_ends_the_connection_that_sent_it() {
    let scene = Scene::new().await;
    let (mut ann, eve) = two(&scene).await;
    let whole = protocol::update(&pen::add(&eve.doc, "n2", "cut off"));
    let mut longer = whole.to_vec();
    longer.push(99);
    let frames = [
        whole.slice(..whole.len() - 1),
        whole.slice(..2),
        longer.into(),
        Bytes::from_static(&[0, 7, 0]),
        Bytes::from_static(&[0xff; 32]),
        Bytes::from_static(&[114, 2, b'{', b'}']),
    ];

    for frame in frames {
        let mut eve = scene.editor().await;
        eve.send(frame.clone()).await;
        assert_eq!(eve.until_closed().await, 4400, "{frame:?}");
    }
    let mut eve = scene.editor().await;
    eve.send_text("hello").await;
    assert_eq!(eve.until_closed().await, 4400);

    assert!(!pen::has(&scene.stored().await, "n2"));
    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn an_update_that_cannot_be_read_is_refused_and_the_connection_goes_on() {
    let scene = Scene::new().await;
    let (mut ann, mut eve) = two(&scene).await;
    let whole = pen::add(&eve.doc, "n2", "cut off");

    for cut in [1, whole.len() / 2, whole.len() - 1] {
        is_refused(&mut eve, whole[..cut].to_vec(), "malformed").await;
    }
    is_refused(&mut eve, vec![0xff; 40], "malformed").await;
    is_refused(&mut eve, Vec::new(), "malformed").await;
    eve.save(whole).await;

    ann.until("the node", |it| pen::has(&it.doc, "n2")).await;
    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn bombs_are_refused_before_anything_is_built() {
    let scene = Scene::new().await;
    let (mut ann, mut eve) = two(&scene).await;
    let mut types = vec![hand::type_in_root("nodes", "n", 1)];
    types.extend((0..20_000).map(|clock| hand::type_in(7, clock, "k", 1)));
    let values = hand::value_in_root("meta", "title", &hand::nested_lists(4000));

    is_refused(&mut eve, hand::update(7, 0, &types), "too_deep").await;
    is_refused(&mut eve, hand::update(7, 0, &[values]), "too_deep").await;

    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn nobody_writes_under_somebody_elses_client_id() {
    let scene = Scene::new().await;
    let (mut ann, mut eve) = two(&scene).await;
    let next = clock(&ann.doc);
    let collected = hand::update(client_id(&ann.doc), next, &[hand::collected(1000)]);
    let node = hand::update(
        client_id(&ann.doc),
        next,
        &[hand::type_in_root("nodes", "forged", 1)],
    );

    is_refused(&mut eve, collected, "not_yours").await;
    is_refused(&mut eve, node, "not_yours").await;

    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn nobody_takes_the_client_id_of_one_who_has_only_been_seen_so_far() {
    let scene = Scene::new().await;
    let (mut ann, mut eve) = two(&scene).await;
    let mut newcomer = scene.editor().await;
    let id = client_id(&newcomer.doc);
    newcomer.say(id, 1, "{}").await;
    eve.until("the newcomer", |it| it.heard.presence.contains_key(&id))
        .await;
    let node = hand::update(id, 0, &[hand::type_in_root("nodes", "forged", 1)]);

    is_refused(&mut eve, node, "not_yours").await;

    newcomer.added("n2", "The first that I write").await;
    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn nobody_writes_under_the_servers_own_client_id() {
    let scene = Scene::new().await;
    let (mut ann, mut eve) = two(&scene).await;
    let rows = scene.server.store.log_after(scene.map, 0, 1).await.unwrap();
    let genesis = gapmap::sync::wire::read(&rows[0].row.body, usize::MAX).unwrap();
    let run = genesis.runs[0];
    let forged = hand::update(run.client, run.end.into(), &[hand::collected(1000)]);

    is_refused(&mut eve, forged, "not_yours").await;

    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn a_client_id_stays_with_whom_it_was_after_a_restart() {
    let scene = Scene::new().await;
    let (mut ann, eve) = two(&scene).await;
    let more = pen::write(&ann.doc, "n1", "!");
    ann.save(more).await;
    let doc = ann.doc.clone();
    let forged = hand::update(client_id(&doc), clock(&doc), &[hand::collected(1000)]);
    drop((ann, eve));

    let scene = scene.restarted().await;
    let mut eve = scene.editor().await;

    is_refused(&mut eve, forged, "not_yours").await;
}

#[tokio::test]
async fn what_the_schema_has_no_place_for_is_refused_and_leaves_no_trace() {
    let scene = Scene::new().await;
    let (mut ann, mut eve) = two(&scene).await;
    let number = [125, 5];
    let outside = [
        hand::value_in_root("elsewhere", "k", &number),
        hand::value_in_root("meta", "k", &number),
        hand::value_in_root("nodes", "n", &number),
        hand::type_in_root("nodes", "n", 0),
        hand::type_in_root("nodes", "n", 1),
        hand::type_in_root("nodes", "n", 2),
        hand::type_in_root("nodes", "n", 4),
        hand::value_in_root("relations", "r", &number),
    ];

    for (client, block) in (10..).zip(outside) {
        is_refused(&mut eve, hand::update(client, 0, &[block]), "schema").await;
    }
    // In the honest form, with values that do not fit.
    let kind = pen::set(&eve.doc, "n1", "kind", Any::Bool(true));
    is_refused(&mut eve, kind, "schema").await;

    assert_eq!(pen::content(&ann.doc), pen::content(&scene.stored().await));
    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn a_refused_frame_takes_nothing_of_others_with_it() {
    let scene = Scene::new().await;
    let (mut ann, mut eve) = two(&scene).await;
    let too_long = pen::write(&eve.doc, "n1", &"x".repeat(4000));

    // In the same batch, before, between and behind.
    let first = ann.add("n2", "before").await;
    let refused = eve.edit(too_long).await;
    let second = ann.add("n3", "behind").await;

    assert_eq!((first, second), (ann.sent - 1, ann.sent));
    eve.until("a nack", |it| it.was_refused(refused, "schema"))
        .await;
    ann.until("an ack", |it| second <= it.heard.acked).await;
    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn a_value_over_its_limit_is_refused() {
    let scene = Scene::new().await;
    let (mut ann, mut eve) = two(&scene).await;
    let mut value = vec![119];
    gapmap::sync::lib0::write_bytes(&mut value, &[b'a'; 9000]);
    let update = hand::update(7, 0, &[hand::value_in_root("meta", "title", &value)]);

    is_refused(&mut eve, update, "too_large").await;

    goes_on(&scene, &mut ann).await;
}

#[tokio::test]
async fn a_message_over_its_limit_ends_the_connection_and_says_why() {
    let scene = Scene::new().await;
    let (mut ann, _) = two(&scene).await;
    let limit = scene.server.app.options.hub.limits.frame_bytes;

    let codes = join_all([limit + 1, 4 * limit].map(async |bytes| {
        let mut eve = scene.editor().await;
        eve.send(vec![0; bytes].into()).await;
        eve.until_closed().await
    }))
    .await;

    assert_eq!(codes, [4413; 2]);

    goes_on(&scene, &mut ann).await;
}
