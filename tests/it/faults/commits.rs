//! Commits that fail: nothing of them is acknowledged or shown, and the room recovers by itself.

use gapmap::http::Options;
use gapmap::store::log::{Batch, LogRow, RowKind, StoredRow};
use gapmap::sync::protocol;
use gapmap::workshop::role::MapRole;
use serde_json::json;

use super::is_ready;
use super::saboteur::Saboteur;
use crate::harness::{Database, eventually, on_both_databases};
use crate::live::client::LiveClient;
use crate::live::scene::Scene;
use crate::pen;

on_both_databases! {
    what_is_not_committed_is_neither_acknowledged_nor_shown,
    a_room_recovers_by_itself_once_the_store_does,
    a_stock_client_is_asked_again_for_what_could_not_be_saved,
    a_log_that_is_gone_sends_everybody_away_until_it_is_back,
}

#[tokio::test]
async fn what_the_server_could_not_write_is_not_said_to_be_written_though_others_have_gone_on() {
    let db = Database::postgres().await;
    let mut saboteur = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    let (mut ann, lead) = (scene.editor().await, scene.leader().await);
    ann.added("n1", "Cameras").await;
    ann.added("n2", "Cameras, again").await;
    let lead = lead.heard.hello.as_ref().unwrap()["participant"].clone();
    // What the facilitator writes is held, and then refused.
    saboteur
        .run(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN PERFORM pg_advisory_xact_lock_shared(1); RAISE 'no'; END $$",
        )
        .await;
    let trigger = format!(
        "CREATE TRIGGER refuse BEFORE INSERT ON update_log FOR EACH ROW
         WHEN (NEW.participant = '{}') EXECUTE FUNCTION refuse()",
        lead.as_str().unwrap()
    );
    saboteur.run(&trigger).await;
    saboteur.hold_commits().await;

    let (path, script) = (format!("{}/merge", scene.path()), scene.script());
    let merging = script.post(&path, json!({ "into": "n1", "nodes": ["n2"] }));
    let meanwhile = async {
        eventually("it waits", async || saboteur.somebody_waits().await).await;
        by_another_server(&scene, pen::add(&ann.doc, "n3", "Lamps")).await;
        saboteur.let_commits_go().await;
    };
    let (told, ()) = tokio::join!(merging, meanwhile);

    told.is_refused(503, "busy");
    let stored = scene.stored().await;
    assert!(pen::has(&stored, "n3") && !pen::is_deleted(&stored, "n2"));
}

/// Appends an update as a server does that has the map.
async fn by_another_server(scene: &Scene, update: Vec<u8>) {
    let (store, map) = (&scene.server.store, scene.map);
    let head = store.head(map).await.unwrap();
    let row = LogRow {
        map,
        seq: head.seq + 1,
        epoch: 1,
        at: scene.server.now(),
        participant: None,
        kind: RowKind::Edit,
        body: update.into(),
    };
    let batch = Batch {
        fence: store.fence_of(map).await.unwrap(),
        rows: vec![StoredRow::following(&head.hash, row)],
        clients: Vec::new(),
        along: None,
    };
    store.append(&[batch]).await.unwrap();
}

#[tokio::test]
async fn what_the_server_writes_is_tried_once_and_no_room_after_it_does_it_again() {
    let db = Database::postgres().await;
    let mut saboteur = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    let mut ann = scene.editor().await;
    ann.added("n1", "Cameras").await;
    ann.added("n2", "Cameras, again").await;
    drop(ann);
    // Nobody is there, so that the room ends when it cannot save.
    let scene = scene.restarted().await;
    saboteur.fail_appends().await;
    // Counts what is rolled back, too.
    saboteur.run("CREATE SEQUENCE tries").await;
    saboteur
        .run(
            "CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN PERFORM nextval('tries'); RAISE 'the disk is full'; END $$",
        )
        .await;

    let path = format!("{}/merge", scene.path());
    let merge = json!({ "into": "n1", "nodes": ["n2"] });
    let answer = scene.script().post(&path, merge.clone()).await;

    answer.is_refused(503, "busy");
    assert_eq!(saboteur.number("SELECT last_value FROM tries").await, 1);
    saboteur.mend_appends().await;
    let answer = scene.script().post(&path, merge).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// Two people at a map, and a log that takes nothing more.
async fn broken(db: Database) -> (Scene, Saboteur, LiveClient, LiveClient) {
    let mut saboteur = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    let (mut ann, mut ben) = (scene.editor().await, scene.editor().await);
    ann.added("n1", "before").await;
    ben.until("the node", |it| pen::has(&it.doc, "n1")).await;
    assert!(is_ready(&scene).await);
    saboteur.fail_appends().await;
    (scene, saboteur, ann, ben)
}

async fn what_is_not_committed_is_neither_acknowledged_nor_shown(db: Database) {
    let (scene, _saboteur, mut ann, mut ben) = broken(db).await;
    let seq = scene.seq().await;

    let number = ann.add("n2", "on a full disk").await;

    ann.until("a nack", |it| it.was_refused(number, "not_saved"))
        .await;
    ann.until("a fresh start", |it| 0 < it.heard.resyncs).await;
    assert_eq!(ann.heard.nacks[0]["retryable"], true);
    assert!(!is_ready(&scene).await);
    ben.sync().await;
    let late = scene.viewer().await;
    for client in [&ben, &late] {
        assert!(!pen::has(&client.doc, "n2"));
        assert!(pen::has(&client.doc, "n1"));
    }
    assert_eq!(scene.seq().await, seq);
}

async fn a_room_recovers_by_itself_once_the_store_does(db: Database) {
    let (scene, mut saboteur, mut ann, mut ben) = broken(db).await;
    let number = ann.add("n2", "on a full disk").await;
    ann.until("a nack", |it| it.was_refused(number, "not_saved"))
        .await;

    saboteur.mend_appends().await;

    // Nobody does anything: the room asks again.
    ann.until("all acks", |it| {
        number < it.sent && it.sent <= it.heard.acked
    })
    .await;
    ben.until("the node", |it| pen::has(&it.doc, "n2")).await;
    assert!(is_ready(&scene).await);
    ann.added("n3", "and on").await;
    ben.until("the node", |it| pen::has(&it.doc, "n3")).await;
    assert_eq!(pen::content(&ben.doc), pen::content(&scene.stored().await));
}

async fn a_stock_client_is_asked_again_for_what_could_not_be_saved(db: Database) {
    let (scene, mut saboteur, _ann, mut ben) = broken(db).await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut stock = scene.knock(&guest.token, "", pen::blank()).await;
    stock.sync().await;
    let asked = stock.heard.step1s;

    stock.answers = false;
    stock.add("n2", "on a full disk").await;
    stock
        .until("to be asked", |it| asked < it.heard.step1s)
        .await;
    saboteur.mend_appends().await;
    // Its answer, as it would have come.
    let all = pen::diff(&stock.doc, &[0]);
    stock.send(protocol::step2(&all)).await;

    ben.until("the node", |it| pen::has(&it.doc, "n2")).await;
    assert!(stock.heard.closed.is_none());
}

async fn a_log_that_is_gone_sends_everybody_away_until_it_is_back(db: Database) {
    let mut saboteur = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    let guest = scene.guest(MapRole::Editor).await;
    let (mut ann, mut ben) = (scene.joined(&guest).await, scene.editor().await);
    saboteur
        .run("ALTER TABLE update_log RENAME TO elsewhere")
        .await;

    ann.add("n1", "into nothing").await;

    assert_eq!(ann.until_closed().await, 4503);
    assert_eq!(ben.until_closed().await, 4503);
    assert!(!pen::has(&ben.doc, "n1"));
    assert!(!is_ready(&scene).await);
    let mut early = scene.knock(&guest.token, "gapmap=1", pen::blank()).await;
    assert_eq!(early.until_closed().await, 4503);
    saboteur
        .run("ALTER TABLE elsewhere RENAME TO update_log")
        .await;

    let mut ann = scene.back(&guest, ann.doc).await;
    ann.until("all acks", |it| it.sent <= it.heard.acked).await;
    assert!(pen::has(&scene.stored().await, "n1"));
    eventually("the server is ready", async || is_ready(&scene).await).await;
}
