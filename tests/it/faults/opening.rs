//! Maps that cannot be opened.

use std::time::Duration;

use gapmap::http::Options;
use gapmap::hub::HubOptions;
use gapmap::sync::protocol;
use gapmap::workshop::role::MapRole;

use super::saboteur::Saboteur;
use crate::harness::{Database, eventually, on_both_databases};
use crate::live::scene::Scene;
use crate::pen;

on_both_databases! {
    a_log_that_cannot_be_read_opens_no_map_and_harms_no_other,
    a_snapshot_that_cannot_be_read_is_passed_over,
    a_map_whose_log_is_empty_is_not_an_empty_map,
}

/// A map with some edits in it, its room closed again, and a snapshot made.
async fn written(db: Database) -> (Scene, Saboteur) {
    let saboteur = Saboteur::at(&db.url).await;
    let hub = HubOptions {
        close_after: Duration::from_millis(20),
        ..HubOptions::default()
    };
    let options = Options {
        hub,
        ..Options::default()
    };
    let scene = Scene::on(db, options).await;
    let mut ann = scene.editor().await;
    for n in 0..70 {
        ann.add(&format!("n{n}"), "idea").await;
    }
    ann.until("all acks", |it| it.sent <= it.heard.acked).await;
    ann.leave().await;
    let metrics = scene.server.app.hub.metrics().clone();
    eventually("the room closes", async || metrics.rooms.get() == 0).await;
    eventually("its snapshot", async || metrics.snapshots.get() == 1).await;
    (scene, saboteur)
}

/// Asserts that nobody gets into the map or sees anything of it.
async fn is_shut(scene: &Scene) {
    let guest = scene.guest(MapRole::Editor).await;
    for query in ["gapmap=1", ""] {
        let mut client = scene.knock(&guest.token, query, pen::blank()).await;
        client
            .send(protocol::step1(&pen::state_vector(&client.doc)))
            .await;
        assert_eq!(client.until_closed().await, 4503);
        assert_eq!((pen::n_nodes(&client.doc), client.heard.step2s), (0, 0));
    }
    let tree = scene.script().get(&format!("{}/tree", scene.path())).await;
    tree.is_refused(503, "busy");
}

/// Asserts that another map of the same server is as ever.
async fn others_are_open(scene: &Scene) {
    let mut client = scene.leader_of(scene.another_map().await).await;
    client.added("n1", "undisturbed").await;
}

async fn a_log_that_cannot_be_read_opens_no_map_and_harms_no_other(db: Database) {
    let (scene, mut saboteur) = written(db).await;
    saboteur.run("DELETE FROM snapshot").await;
    saboteur
        .run("CREATE TABLE kept AS SELECT seq, body FROM update_log")
        .await;
    let seq = scene.seq().await;

    saboteur
        .run("UPDATE update_log SET body = prev_hash WHERE seq = 3")
        .await;

    is_shut(&scene).await;
    others_are_open(&scene).await;
    assert_eq!(scene.seq().await, seq);
    saboteur
        .run("UPDATE update_log SET body = (SELECT body FROM kept WHERE seq = 3) WHERE seq = 3")
        .await;
    let mut back = scene.editor().await;
    back.added("n-new", "as before").await;
    assert_eq!(pen::n_nodes(&back.doc), 72);
}

async fn a_snapshot_that_cannot_be_read_is_passed_over(db: Database) {
    let (scene, mut saboteur) = written(db).await;

    saboteur
        .run("UPDATE snapshot SET state = state_vector")
        .await;

    // The log is the map: without the snapshot it is all there, also as a file and as it was.
    let seq = scene.seq().await;
    let mut ann = scene.editor().await;
    ann.added("n-new", "as before").await;
    let late = scene.editor().await;
    assert_eq!(pen::n_nodes(&late.doc), 72);
    assert_eq!(pen::content(&late.doc), pen::content(&scene.stored().await));
    let (script, path) = (scene.script(), scene.path());
    let file = script.get(&format!("{path}/export?format=markdown")).await;
    assert!(file.text.contains("as before"), "{}", file.text);
    let since = script.get(&format!("{path}/compare?from={seq}")).await;
    assert_eq!(since.json["items"][0]["words"], "as before");

    ann.leave().await;
    late.leave().await;
    let metrics = scene.server.app.hub.metrics().clone();
    eventually("another one", async || metrics.snapshots.get() == 2).await;
}

async fn a_map_whose_log_is_empty_is_not_an_empty_map(db: Database) {
    let (scene, mut saboteur) = written(db).await;

    saboteur.run("DELETE FROM snapshot").await;
    saboteur.run("DELETE FROM update_log").await;

    is_shut(&scene).await;
}
