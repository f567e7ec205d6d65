//! A store that does not answer.

use std::time::Duration;

use gapmap::http::Options;
use gapmap::hub::HubOptions;
use gapmap::workshop::role::MapRole;
use tokio::time::{Instant, timeout};

use super::is_ready;
use super::saboteur::Saboteur;
use crate::harness::{Database, eventually, on_both_databases};
use crate::live::scene::{Scene, stored};
use crate::pen;

on_both_databases! {
    a_short_stall_is_a_delay_and_nothing_else,
    a_long_stall_is_a_failure_that_passes,
}

/// Long enough to see that something does not happen.
const A_WHILE: Duration = Duration::from_millis(500);

async fn a_short_stall_is_a_delay_and_nothing_else(db: Database) {
    let mut saboteur = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    let (mut ann, mut ben) = (scene.editor().await, scene.editor().await);
    saboteur.hold().await;

    let number = ann.add("n1", "waits").await;
    let acked = ann.until("an ack", |it| number <= it.heard.acked);
    assert!(timeout(A_WHILE, acked).await.is_err());
    let shown = ben.until("the node", |it| pen::has(&it.doc, "n1"));
    assert!(timeout(A_WHILE, shown).await.is_err());
    saboteur.let_go().await;

    ann.until("an ack", |it| number <= it.heard.acked).await;
    ben.until("the node", |it| pen::has(&it.doc, "n1")).await;
    assert!(ann.heard.nacks.is_empty(), "{:?}", ann.heard.nacks);
}

async fn a_long_stall_is_a_failure_that_passes(db: Database) {
    let mut saboteur = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    let guest = scene.guest(MapRole::Editor).await;
    let (mut ann, mut ben) = (scene.joined(&guest).await, scene.editor().await);
    saboteur.hold().await;

    let number = ann.add("n1", "waits in vain").await;
    eventually("not ready", async || !is_ready(&scene).await).await;
    ann.until("a nack", |it| it.was_refused(number, "not_saved"))
        .await;
    // Nor can the room begin again.
    assert_eq!(ann.until_closed().await, 4503);
    assert_eq!(ben.until_closed().await, 4503);
    assert!(!pen::has(&ben.doc, "n1"));
    saboteur.let_go().await;

    let mut ann = scene.back(&guest, ann.doc).await;
    ann.until("all acks", |it| it.sent <= it.heard.acked).await;
    assert!(pen::has(&scene.stored().await, "n1"));
    eventually("ready", async || is_ready(&scene).await).await;
}

#[tokio::test]
async fn who_comes_while_the_store_stalls_is_told_to_come_again() {
    let db = Database::sqlite().await;
    let mut saboteur = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    let guest = scene.guest(MapRole::Editor).await;
    saboteur.hold().await;

    let mut early = scene.knock(&guest.token, "gapmap=1", pen::blank()).await;

    assert_eq!(early.until_closed().await, 4503);
    assert!(early.heard.hello.is_none());
    saboteur.let_go().await;
    scene.joined(&guest).await.added("n1", "later").await;
}

#[tokio::test]
async fn a_room_ends_though_the_store_stalls() {
    let db = Database::sqlite().await;
    let mut saboteur = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    let metrics = scene.server.app.hub.metrics().clone();
    let mut ann = scene.editor().await;
    saboteur.hold().await;

    ann.add("n1", "and gone").await;
    ann.leave().await;

    eventually("the room ends", async || metrics.rooms.get() == 0).await;
    saboteur.let_go().await;
    scene.editor().await.added("n2", "in a new room").await;
}

#[tokio::test]
async fn a_server_stops_though_the_store_stalls() {
    let db = Database::sqlite().await;
    let mut saboteur = Saboteur::at(&db.url).await;
    let options = Options {
        hub: HubOptions {
            stop_within: Duration::from_secs(1),
            ..HubOptions::default()
        },
        ..Options::default()
    };
    let scene = Scene::on(db, options).await;
    let mut ann = scene.editor().await;
    ann.added("n1", "saved").await;
    let map = scene.map;
    saboteur.hold().await;
    let number = ann.add("n2", "not saved").await;
    let acked = ann.until("an ack", |it| number <= it.heard.acked);
    assert!(timeout(A_WHILE, acked).await.is_err());

    let since = Instant::now();
    let mut database = scene.server.stop().await;

    assert!(since.elapsed() < Duration::from_secs(25));
    assert_eq!(ann.until_closed().await, 4503);
    assert!(ann.heard.acked < number);
    saboteur.let_go().await;
    database.open_again().await;
    assert!(pen::has(&stored(&database.store, map).await, "n1"));
}
