//! A change that was committed, and could not be read by those who were told of it.

use std::time::Duration;

use gapmap::http::Options;
use gapmap::workshop::role::Role;
use serde_json::json;
use tokio::time::timeout;

use super::saboteur::Saboteur;
use crate::harness::{Database, on_both_databases};
use crate::live::client::{Knock, LiveClient};
use crate::live::scene::Scene;
use crate::pen;

on_both_databases! {
    a_session_that_ends_while_rooms_cannot_read_it_ends_in_them_all_the_same,
    who_may_not_be_here_any_more_goes_though_nobody_could_tell_at_first,
}

/// Long enough to be told, and to look in vain.
const A_WHILE: Duration = Duration::from_millis(500);

async fn a_session_that_ends_while_rooms_cannot_read_it_ends_in_them_all_the_same(db: Database) {
    let mut saboteur = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    let mut ann = scene.editor().await;
    ann.added("n1", "in time").await;

    saboteur.run("ALTER TABLE map_lock RENAME TO away").await;
    let path = format!("/api/v1/sessions/{}", scene.session);
    let reply = scene
        .script()
        .patch(&path, json!({ "state": "paused" }))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let is_paused = |it: &LiveClient| it.heard.state.as_ref().unwrap()["phase"] == "paused";
    let told = ann.until("the pause", is_paused);
    assert!(timeout(A_WHILE, told).await.is_err());
    saboteur.run("ALTER TABLE away RENAME TO map_lock").await;

    ann.until("the pause", is_paused).await;
    let number = ann.add("n2", "too late").await;
    ann.until("a nack", |it| it.was_refused(number, "locked"))
        .await;
    assert!(!pen::has(&scene.stored().await, "n2"));
}

async fn who_may_not_be_here_any_more_goes_though_nobody_could_tell_at_first(db: Database) {
    let mut saboteur = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    let analyst = scene.server.account(Role::Analyst).await;
    let browser = scene.server.signed_in_as(&analyst.email).await;
    let token = json!({ "name": "a script" });
    let token = browser.made("/api/v1/tokens", token).await;
    let knock = Knock {
        query: format!("token={}&gapmap=1", token["secret"].as_str().unwrap()),
        ..Knock::default()
    };
    let mut ann = scene.connect(&knock, pen::blank()).await;
    ann.sync().await;

    saboteur.run("ALTER TABLE map RENAME TO away").await;
    let path = format!("/api/v1/tokens/{}", token["id"].as_str().unwrap());
    assert_eq!(browser.delete(&path).await.status, 204);
    assert!(timeout(A_WHILE, ann.until_closed()).await.is_err());
    saboteur.run("ALTER TABLE away RENAME TO map").await;

    assert_eq!(ann.until_closed().await, 4401);
}
