//! What a session holds goes when its day is over.

use std::path::Path;
use std::time::Duration;

use gapmap::http::Options;
use gapmap::store::Store;
use serde_json::{Value, json};

use super::scene::Scene;
use super::traces::{WORDS, holds};
use crate::faults::saboteur::Saboteur;
use crate::harness::{Database, eventually, on_both_databases};
use crate::pen;

const DAY: Duration = Duration::from_secs(86_400);

on_both_databases! {
    what_was_said_is_nowhere_once_the_day_is_over,
    a_session_that_is_kept_longer_meanwhile_is_not_cleared,
    a_session_that_two_servers_clear_at_once_is_cleared_once,
}

/// Has the scene's session kept until the end of today.
async fn keep_until_tonight(scene: &Scene) {
    let until = json!({ "retain_until": scene.server.now().day() });
    let path = format!("/api/v1/sessions/{}", scene.session);
    let reply = scene.script().patch(&path, until).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

async fn session_of(scene: &Scene) -> Value {
    let path = format!("/api/v1/sessions/{}", scene.session);
    scene.script().get(&path).await.json
}

/// Puts the words wherever a session takes any.
async fn say_everywhere(scene: &Scene) {
    let script = scene.script();
    let path = format!("/api/v1/sessions/{}", scene.session);
    let said = json!({ "theme": WORDS, "place": WORDS });
    assert_eq!(script.patch(&path, said).await.status, 200);
    let rounds = json!([{ "title": WORDS, "method": "collect", "prompt": WORDS }]);
    let agenda = script.get(&format!("{path}/rounds")).await;
    let body = json!({ "version": agenda.json["version"], "rounds": rounds });
    let reply = script.put(&format!("{path}/rounds"), body).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let checkpoints = format!("{}/checkpoints", scene.path());
    script.made(&checkpoints, json!({ "title": WORDS })).await;
    let invite = json!({ "session": scene.session.to_string(), "role": "editor" });
    let invite = script.made("/api/v1/invites", invite).await;
    let join = json!({ "invite": invite["code"], "name": WORDS });
    scene.server.browser().made("/api/v1/join", join).await;
}

/// A copy of an SQLite database holds the words no more than the database.
async fn backup_is_clean(url: &str) {
    let Some(file) = url.strip_prefix("sqlite:") else {
        return;
    };
    let copy = format!("{file}.copy");
    Store::backup(url, Path::new(&copy)).await.unwrap();
    assert!(!holds(&format!("sqlite:{copy}"), WORDS).await);
}

async fn what_was_said_is_nowhere_once_the_day_is_over(db: Database) {
    let url = db.url.clone();
    let scene = Scene::on(db, Options::default()).await;
    let mut ann = scene.editor().await;
    ann.added("n1", &WORDS.repeat(20)).await;
    say_everywhere(&scene).await;
    keep_until_tonight(&scene).await;
    assert!(holds(&url, WORDS).await);
    let hub = &scene.server.app.hub;

    let early = hub.carry_out_retention().await.unwrap();
    scene.server.pass(DAY);
    let cleared = hub.carry_out_retention().await.unwrap();
    let again = hub.carry_out_retention().await.unwrap();

    assert!(early.is_empty() && again.is_empty());
    let [(session, held)] = cleared[..] else {
        panic!("{cleared:?}");
    };
    assert_eq!((session, held.maps), (scene.session, 1));
    assert!(1 < held.updates && 1 < held.participants, "{held}");
    assert!(!holds(&url, WORDS).await);
    backup_is_clean(&url).await;
    assert_eq!(ann.until_closed().await, 4404);
    let session = session_of(&scene).await;
    assert_eq!(
        (&session["title"], &session["state"]),
        (&json!("Drones near crowds"), &json!("archived"))
    );
    assert!(session["cleared_at"].is_string());
    scene
        .script()
        .get(&scene.path())
        .await
        .is_refused(404, "not_found");
    let audit = scene
        .server
        .admin()
        .await
        .get("/api/v1/audit?q=session.clear")
        .await;
    let event = &audit.json["items"][0];
    assert_eq!(
        (&event["actor"], &event["detail"]),
        (&json!("server"), &json!(held.to_string()))
    );
    scene.server.store.verify_audit().await.unwrap();
}

async fn a_session_that_is_kept_longer_meanwhile_is_not_cleared(db: Database) {
    let scene = Scene::on(db, Options::default()).await;
    keep_until_tonight(&scene).await;
    let tonight = scene.server.now().day();
    scene.server.pass(DAY);
    let today = scene.server.now().day();
    let store = &scene.server.store;
    assert_eq!(store.sessions_due(&today).await.unwrap().len(), 1);

    keep_until_tonight(&scene).await;
    let by = gapmap::store::By::server(scene.server.now());
    let cleared = store.clear_session(scene.session, &today, &by).await;

    assert_ne!(tonight, today);
    assert_eq!(cleared.unwrap(), None);
    assert_eq!(session_of(&scene).await["state"], "live");
}

async fn a_session_that_two_servers_clear_at_once_is_cleared_once(db: Database) {
    let scene = Scene::on(db, Options::default()).await;
    keep_until_tonight(&scene).await;
    scene.server.pass(DAY);
    let (today, store) = (scene.server.now().day(), &scene.server.store);
    let by = gapmap::store::By::server(scene.server.now());

    let (one, other) = tokio::join!(
        store.clear_session(scene.session, &today, &by),
        store.clear_session(scene.session, &today, &by)
    );

    let cleared = [one.unwrap(), other.unwrap()];
    assert_eq!(cleared.iter().flatten().count(), 1, "{cleared:?}");
}

#[tokio::test]
async fn what_could_not_be_cleared_away_for_somebody_who_read_is_cleared_away_later() {
    let db = Database::sqlite().await;
    let url = db.url.clone();
    let mut reader = Saboteur::at(&url).await;
    let scene = Scene::on(db, Options::default()).await;
    let mut ann = scene.editor().await;
    ann.added("n1", &WORDS.repeat(20)).await;
    let deletion = pen::delete(&ann.doc, "n1", "somebody");
    ann.save(deletion).await;

    // Somebody reads the database as it was.
    reader.run("BEGIN").await;
    reader.number("SELECT COUNT(*) FROM map").await;
    let path = format!("{}/purge", scene.path());
    let purged = scene.script().post(&path, json!({})).await;
    assert_eq!(purged.status, 200, "{}", purged.text);
    assert!(holds(&url, WORDS).await);
    reader.let_go().await;

    let hub = &scene.server.app.hub;
    hub.carry_out_retention().await.unwrap();
    assert!(!holds(&url, WORDS).await);
}

#[tokio::test]
async fn a_session_that_cannot_be_cleared_keeps_no_other() {
    let db = Database::sqlite().await;
    let mut saboteur = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    keep_until_tonight(&scene).await;
    let other = json!({ "title": "Later", "retain_until": scene.server.now().day() });
    let other = scene.script().made("/api/v1/sessions", other).await;
    let path = format!("/api/v1/sessions/{}", other["id"].as_str().unwrap());
    let stuck = "CREATE TRIGGER stuck BEFORE DELETE ON map BEGIN SELECT RAISE(ABORT, 'no'); END";
    saboteur.run(stuck).await;
    scene.server.pass(DAY);

    let cleared = scene.server.app.hub.carry_out_retention().await;

    assert!(cleared.is_err(), "{cleared:?}");
    assert!(session_of(&scene).await["cleared_at"].is_null());
    let other = scene.script().get(&path).await;
    assert!(other.json["cleared_at"].is_string(), "{}", other.text);
}

#[tokio::test]
async fn the_server_notices_by_itself_that_a_day_is_over() {
    let scene = Scene::new().await;
    keep_until_tonight(&scene).await;
    let hub = scene.server.app.hub.clone();
    let job = tokio::spawn(hub.keep_retention(Duration::from_millis(5)));

    scene.server.pass(DAY);

    let cleared = async || session_of(&scene).await["cleared_at"].is_string();
    eventually("the session is cleared", cleared).await;
    job.abort();
}

#[tokio::test]
async fn a_list_shows_what_is_to_go_soon() {
    let scene = Scene::new().await;
    let script = scene.script();
    let other = json!({ "title": "Kept", "retain_until": "2999-01-01" });
    script.made("/api/v1/sessions", other).await;
    keep_until_tonight(&scene).await;

    let day = scene.server.now().day();
    let soon = script.get(&format!("/api/v1/sessions?due_by={day}")).await;
    let odd = script.get("/api/v1/sessions?due_by=soon").await;

    let soon = soon.json["items"].as_array().unwrap().clone();
    assert_eq!(soon.len(), 1);
    assert_eq!(soon[0]["id"], scene.session.to_string());
    odd.is_refused(422, "invalid");
}
