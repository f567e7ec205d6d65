//! Many at once, slow ones, idle ones, and those who come and go.

use std::time::Duration;

use futures_util::future::join_all;
use gapmap::http::{Budget, Options};
use gapmap::hub::HubOptions;
use gapmap::workshop::role::MapRole;
use tokio::time::Instant;

use super::client::{Knock, LiveClient};
use super::scene::{Guest, Scene};
use crate::harness::eventually;
use crate::pen;

/// How many people come to a large session.
fn crowd() -> usize {
    let asked = std::env::var("GAPMAP_CROWD").ok();
    asked.map_or(120, |it| it.parse().expect("GAPMAP_CROWD is a number"))
}

fn rooms(options: HubOptions) -> Options {
    Options {
        hub: options,
        ..Options::default()
    }
}

#[tokio::test]
async fn a_hundred_who_join_at_once_all_get_the_map_and_then_each_others_edits() {
    let scene = Scene::new().await;
    let mut ann = scene.editor().await;
    for n in 0..200 {
        ann.add(&format!("n{n}"), "An idea of the morning").await;
    }
    ann.until("all acks", |it| it.sent <= it.heard.acked).await;

    let mut crowd = join_all((0..crowd()).map(|_| scene.leader())).await;
    let whole = pen::content(&ann.doc);
    assert!(crowd.iter().all(|it| pen::content(&it.doc) == whole));
    join_all(crowd.iter_mut().enumerate().map(async |(n, client)| {
        client
            .added(&format!("late-{n}"), "An idea of the afternoon")
            .await;
    }))
    .await;

    let n_nodes = 201 + crowd.len();
    join_all(
        crowd
            .iter_mut()
            .map(|client| client.until("every idea", move |it| pen::n_nodes(&it.doc) == n_nodes)),
    )
    .await;
    let stored = pen::content(&scene.stored().await);
    assert!(crowd.iter().all(|it| pen::content(&it.doc) == stored));
}

#[tokio::test]
async fn one_who_reads_nothing_slows_nobody_and_catches_up_by_one_diff() {
    let scene = Scene::new().await;
    let knock = Knock {
        query: format!("token={}&gapmap=1", scene.lead),
        receive_buffer: Some(4096),
        ..Knock::default()
    };
    let mut slow = scene.connect(&knock, pen::blank()).await;
    slow.sync().await;
    let mut others: Vec<LiveClient> = join_all((0..10).map(|_| scene.editor())).await;

    // Far more than the system keeps for a socket, and than the room's window.
    let since = Instant::now();
    join_all(others.iter_mut().enumerate().map(async |(n, client)| {
        let id = format!("n{n}");
        client.added(&id, "with a long note").await;
        for _ in 0..14 {
            let note = pen::note(&client.doc, &id, &"x".repeat(7_000).repeat(10));
            client.save(note).await;
            let undone = pen::clear_note(&client.doc, &id);
            client.save(undone).await;
        }
    }))
    .await;
    join_all(
        others
            .iter_mut()
            .map(|client| client.until("every idea", |it| pen::n_nodes(&it.doc) == 11)),
    )
    .await;
    assert!(since.elapsed() < super::client::DEADLINE);
    assert_eq!(
        slow.heard.updates, 2,
        "the map as it was, and nothing since"
    );

    slow.until("every idea", |it| pen::n_nodes(&it.doc) == 11)
        .await;
    let whole = pen::content(&scene.stored().await);
    slow.until("all of it", |it| pen::content(&it.doc) == whole)
        .await;
    assert!(0 < scene.server.app.hub.metrics().resyncs.get());
    slow.added("n-slow", "and writes again").await;
}

#[tokio::test]
async fn one_who_floods_is_read_more_slowly_and_nobody_else_is() {
    let budget = Budget {
        frames_per_second: 50.0,
        burst_seconds: 0.5,
        ..Budget::default()
    };
    let scene = Scene::with(Options {
        budget,
        ..Options::default()
    })
    .await;
    let (mut eve, mut ann) = (scene.editor().await, scene.editor().await);
    let since = Instant::now();
    for n in 0..120 {
        eve.add(&format!("flood-{n}"), "me").await;
    }

    for n in 0..5 {
        ann.added(&format!("n{n}"), "and me").await;
    }

    let stored = scene.stored().await;
    assert!(pen::n_nodes(&stored) < 120, "the flood is still coming in");
    // Nothing of it is refused: it only takes its time.
    eve.until("all acks", |it| it.sent <= it.heard.acked).await;
    assert!(Duration::from_millis(1500) < since.elapsed());
    assert!(eve.heard.nacks.is_empty());
}

#[tokio::test]
async fn an_idle_room_drops_its_document_and_answers_as_before() {
    let scene = Scene::with(rooms(HubOptions {
        unload_after: Duration::from_millis(20),
        close_after: Duration::from_millis(20),
        ..HubOptions::default()
    }))
    .await;
    let metrics = scene.server.app.hub.metrics().clone();
    let guest = scene.guest(MapRole::Editor).await;
    let (mut ann, mut ben) = (scene.joined(&guest).await, scene.editor().await);
    ann.added("n1", "before the break").await;
    ben.until("the node", |it| pen::has(&it.doc, "n1")).await;

    eventually("the document is dropped", async || {
        metrics.documents.get() == 0
    })
    .await;
    ben.added("n2", "after the break").await;
    ann.until("the node", |it| pen::has(&it.doc, "n2")).await;
    eventually("it is dropped again", async || metrics.documents.get() == 0).await;
    let new = scene.editor().await;
    eventually("and again", async || metrics.documents.get() == 0).await;
    let back = scene.back(&guest, ann.doc.clone()).await;

    let whole = pen::content(&scene.stored().await);
    for client in [&ann, &ben, &new, &back] {
        assert_eq!(pen::content(&client.doc), whole);
    }
    drop((ann, ben, new, back));
    eventually("the room closes", async || metrics.rooms.get() == 0).await;
    assert_eq!(metrics.connections.get(), 0);
}

/// Comes in, and comes again where a busy server asks for that, as the app does.
async fn let_in(scene: &Scene, guest: &Guest) -> LiveClient {
    for _ in 0..5 {
        let mut client = scene.knock(&guest.token, "gapmap=1", pen::blank()).await;
        client
            .until("an answer", |it| {
                it.heard.hello.is_some() || it.heard.closed.is_some()
            })
            .await;
        match client.heard.closed {
            None => {
                client.sync().await;
                return client;
            }
            closed => assert_eq!(closed, Some(4503)),
        }
    }
    panic!("the server is always busy");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_where_a_room_closes_just_when_somebody_comes() {
    let scene = Scene::with(rooms(HubOptions {
        unload_after: Duration::from_millis(1),
        close_after: Duration::from_millis(1),
        ..HubOptions::default()
    }))
    .await;
    let (one, other) = (
        scene.guest(MapRole::Editor).await,
        scene.guest(MapRole::Editor).await,
    );
    let come_and_go = async |guest, who: &str| {
        for n in 0..40 {
            let mut client = let_in(&scene, guest).await;
            client.added(&format!("{who}-{n}"), "a visit").await;
            client.leave().await;
        }
    };

    tokio::join!(come_and_go(&one, "one"), come_and_go(&other, "other"));

    let last = scene.editor().await;
    assert_eq!(pen::n_nodes(&last.doc), 81);
    assert_eq!(pen::content(&last.doc), pen::content(&scene.stored().await));
}

#[tokio::test]
async fn one_map_does_not_hear_of_another() {
    let scene = Scene::new().await;
    let mut there = scene.leader_of(scene.another_map().await).await;
    let mut here = scene.leader().await;

    here.added("n1", "here").await;
    there.added("n2", "there").await;
    there.sync().await;

    assert!(!pen::has(&there.doc, "n1") && !pen::has(&here.doc, "n2"));
    assert_eq!(pen::n_nodes(&scene.stored().await), 2);
}

#[tokio::test]
async fn a_participant_takes_so_many_seats_and_no_more() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut seated = join_all((0..32).map(|_| scene.joined(&guest))).await;

    let mut one_more = scene.knock(&guest.token, "gapmap=1", pen::blank()).await;
    assert_eq!(one_more.until_closed().await, 4503);
    seated.pop().unwrap().leave().await;

    eventually("a seat is free", async || {
        let mut client = scene.knock(&guest.token, "gapmap=1", pen::blank()).await;
        client
            .until("an answer", |it| {
                it.heard.hello.is_some() || it.heard.closed.is_some()
            })
            .await;
        client.heard.hello.is_some()
    })
    .await;
}
