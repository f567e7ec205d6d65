//! Erasing what is in the trash, for good.

use std::time::Duration;

use bytes::Bytes;
use gapmap::base::turns::Asker;
use gapmap::http::Options;
use gapmap::hub::{HubOptions, Purge, Seat};
use gapmap::store::Kind;
use gapmap::sync::presence::Persona;
use gapmap::sync::protocol::CloseReason;
use gapmap::sync::room::Right;
use gapmap::workshop::role::MapRole;
use serde_json::json;
use sqlx::{Connection, Executor, PgConnection};
use tokio::time::timeout;
use yrs::Any;

use super::scene::{Guest, Scene};
use super::traces::{WORDS, holds};
use crate::faults::saboteur::Saboteur;
use crate::harness::{Database, eventually, on_both_databases};
use crate::pen;

on_both_databases! {
    purged_words_are_nowhere_in_the_database_and_the_map_goes_on,
}

/// Whether Postgres has given the space of dead rows of the log free. Its own counts of them come
/// in late and are guesses; this looks at the pages.
async fn is_swept(url: &str) -> bool {
    let mut postgres = PgConnection::connect(url).await.unwrap();
    let extension = "CREATE EXTENSION IF NOT EXISTS pgstattuple";
    postgres.execute(extension).await.unwrap();
    let dead = sqlx::query_scalar::<_, i64>(
        "SELECT SUM((pgstattuple(of)).dead_tuple_count)::bigint
         FROM unnest(ARRAY['update_log', 'snapshot', 'map_client']) AS of",
    );
    dead.fetch_one(&mut postgres).await.unwrap() == 0
}

async fn purged_words_are_nowhere_in_the_database_and_the_map_goes_on(db: Database) {
    let url = db.url.clone();
    let options = Options {
        hub: HubOptions {
            snapshot_rows: 50,
            ..HubOptions::default()
        },
        ..Options::default()
    };
    let scene = Scene::on(db, options).await;
    let (mut ann, mut ben) = (scene.editor().await, scene.editor().await);
    ann.added("n1", "stays").await;
    // Often, so that they are in many rows and pages, and in a snapshot that is replaced.
    for n in 0..100 {
        ann.add(&format!("gone-{n}"), &WORDS.repeat(20)).await;
    }
    let sent = ann.sent;
    ann.until("all acks", |it| sent <= it.heard.acked).await;
    for n in 0..100 {
        let deletion = pen::delete(&ann.doc, &format!("gone-{n}"), "somebody");
        ann.edit(deletion).await;
    }
    let sent = ann.sent;
    ann.until("all acks", |it| sent <= it.heard.acked).await;
    let snapshot = async || scene.server.store.snapshot(scene.map, 1).await.unwrap();
    eventually("a snapshot", async || snapshot().await.is_some()).await;
    assert!(holds(&url, WORDS).await);

    let path = format!("{}/purge", scene.path());
    let reply = scene.script().post(&path, json!({})).await;

    assert_eq!(
        (reply.status, &reply.json["epoch"]),
        (200, &json!(2)),
        "{}",
        reply.text
    );
    assert!(!holds(&url, WORDS).await);
    if scene.server.store.kind() == Kind::Postgres {
        assert!(is_swept(&url).await);
    }
    for client in [&mut ann, &mut ben] {
        assert_eq!(client.until_closed().await, 4409);
        assert!(!pen::has(&client.doc, "n2"));
    }
    let (mut ann, mut ben) = (scene.editor().await, scene.editor().await);
    assert_eq!(ann.heard.hello.as_ref().unwrap()["epoch"], 2);
    assert_eq!(pen::n_nodes(&ann.doc), 2);
    ann.added("n2", "under the new epoch").await;
    ben.until("the node", |it| pen::has(&it.doc, "n2")).await;
    assert_eq!(pen::content(&ben.doc), pen::content(&scene.stored().await));
}

#[tokio::test]
async fn what_an_older_epoch_still_says_is_neither_taken_nor_answered() {
    let scene = Scene::new().await;
    let ann = scene.editor().await;
    let guest = scene.guest(MapRole::Editor).await;
    let hub = &scene.server.app.hub;
    // Without a socket, so that what it says is certainly behind the purge.
    let old = hub.join(scene.map, seat(&guest)).await.unwrap();
    old.connection.take(&old.stream);

    let mut purge = Box::pin(hub.purge(scene.map, guest.id, Purge::Trash));
    assert!(futures_util::poll!(&mut purge).is_pending());
    old.step1(pen::state_vector(&ann.doc).into()).await;
    assert_eq!(purge.await.unwrap().epoch, 2);
    let late = pen::add(&pen::blank(), "late", "from the old epoch");
    old.edit(1, late.into()).await;
    // Who signs a map off has all decided on that was sent before.
    hub.sign_off(scene.map).await.unwrap();
    let tree = hub.tree(scene.map, None).await.unwrap();

    let told = old.connection.take(&old.stream);
    assert_eq!(told.close, Some(CloseReason::WrongEpoch));
    assert_eq!(told.frames, Vec::<Bytes>::new());
    assert_eq!(tree.nodes.len(), 1);
    let rows = scene.server.store.log_after(scene.map, 0, 10).await;
    let of_new = rows.unwrap().iter().filter(|it| it.row.epoch == 2).count();
    assert_eq!(of_new, 1, "the genesis alone");
}

fn seat(guest: &Guest) -> Seat {
    Seat {
        participant: guest.id,
        persona: Persona {
            id: guest.id.to_string(),
            name: guest.pseudonym.clone(),
            role: "editor",
        },
        right: Right::Write,
        extended: true,
        epoch: None,
        outlet: None,
    }
}

#[tokio::test]
async fn a_branch_that_is_brought_back_during_a_purge_is_not_back_after_it() {
    let db = Database::postgres().await;
    let mut disk = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    let mut ann = scene.editor().await;
    ann.added("gone", WORDS).await;
    let seq = scene.seq().await;
    let deletion = pen::delete(&ann.doc, "gone", "somebody");
    ann.save(deletion).await;
    let lead = scene.guest(MapRole::Viewer).await.id;
    let hub = &scene.server.app.hub;
    disk.slow_commits().await;
    disk.hold_commits().await;

    let mut purge = Box::pin(hub.purge(scene.map, lead, Purge::Trash));
    let asker = (lead, Asker::Participant(lead, scene.session));
    let mut restore = Box::pin(hub.restore(scene.map, asker, seq, "gone".to_owned()));
    // Sent to the room first; then what is to come back is read as it still is.
    assert!(futures_util::poll!(&mut purge).is_pending());
    eventually("the purge", async || disk.somebody_waits().await).await;
    let a_while = Duration::from_secs(1);
    assert!(timeout(a_while, &mut restore).await.is_err());
    let (purged, restored, ()) = tokio::join!(purge, restore, disk.let_commits_go());

    assert_eq!(purged.unwrap().epoch, 2);
    assert!(!pen::has(&scene.stored().await, "gone"), "{restored:?}");
    assert!(!matches!(restored, Ok(Ok(_))), "{restored:?}");
}

#[tokio::test]
async fn a_purge_is_the_facilitators() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let path = format!("{}/purge", scene.path());

    let reply = scene
        .server
        .client(Some(&guest.token))
        .post(&path, json!({}))
        .await;

    reply.is_refused(403, "forbidden");
    assert_eq!(scene.server.store.map(scene.map).await.unwrap().epoch, 1);
}

#[tokio::test]
async fn what_is_not_in_the_trash_survives_a_purge_as_it_was() {
    let scene = Scene::new().await;
    let mut ann = scene.editor().await;
    ann.added("n1", "Help lines").await;
    ann.added("n2", "Chat").await;
    let kind = pen::set(&ann.doc, "n1", "kind", Any::from("gap"));
    ann.save(kind).await;
    let before = scene.script().get(&format!("{}/tree", scene.path())).await;

    let path = format!("{}/purge", scene.path());
    let reply = scene.script().post(&path, json!({})).await;

    assert_eq!(reply.status, 200, "{}", reply.text);
    let after = scene.script().get(&format!("{}/tree", scene.path())).await;
    assert_eq!(after.json, before.json);
    assert_eq!(after.json["children"].as_array().unwrap().len(), 2);
}
