//! Words and people that somebody asks to be gone.

use gapmap::http::Options;
use gapmap::workshop::role::{MapRole, Role};
use serde_json::{Value, json};

use super::scene::Scene;
use super::traces::{WORDS, holds};
use crate::harness::{Database, on_both_databases};
use crate::pen;

on_both_databases! {
    redacted_words_are_nowhere_and_what_else_was_said_stays,
    who_is_erased_leaves_words_and_no_name,
    an_erased_account_leaves_its_pseudonyms,
}

async fn redact(scene: &Scene, body: Value) -> Value {
    let path = format!("{}/redact", scene.path());
    let reply = scene.script().post(&path, body).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json
}

async fn texts(scene: &Scene) -> Vec<String> {
    let tree = scene.script().get(&format!("{}/tree", scene.path())).await;
    let children = tree.json["children"].as_array().unwrap().clone();
    let text = |it: &Value| it["text"].as_str().unwrap().to_owned();
    children.iter().map(text).collect()
}

async fn redacted_words_are_nowhere_and_what_else_was_said_stays(db: Database) {
    let url = db.url.clone();
    let scene = Scene::on(db, Options::default()).await;
    let mut ann = scene.editor().await;
    ann.added("n1", &format!("Ask {WORDS}")).await;
    ann.added("n2", "Help lines").await;
    ann.added("n3", "Picked by hand").await;
    let shouted = WORDS.to_uppercase();

    let preview = redact(&scene, json!({ "text": shouted, "preview": true })).await;
    assert_eq!(
        (&preview["nodes"], &preview["epoch"]),
        (&json!(["n1"]), &json!(1))
    );
    assert!(holds(&url, WORDS).await);
    let done = redact(&scene, json!({ "text": shouted, "nodes": ["n3"] })).await;

    assert_eq!(
        (&done["nodes"], &done["epoch"]),
        (&json!(["n1", "n3"]), &json!(2))
    );
    assert!(!holds(&url, WORDS).await);
    assert_eq!(ann.until_closed().await, 4409);
    assert_eq!(
        texts(&scene).await,
        ["[redacted]", "Help lines", "[redacted]"]
    );
    let mut ann = scene.editor().await;
    ann.added("n4", "under the new epoch").await;
    assert_eq!(pen::n_nodes(&ann.doc), 5);
    let audit = scene
        .server
        .admin()
        .await
        .get("/api/v1/audit?q=map.redact")
        .await;
    assert_eq!(audit.json["items"].as_array().unwrap().len(), 1);
    assert!(!audit.text.contains(WORDS));
}

#[tokio::test]
async fn a_redaction_is_the_facilitators_and_must_find_something() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let path = format!("{}/redact", scene.path());
    let script = scene.script();

    let guests = scene.server.client(Some(&guest.token));
    let refused = guests.post(&path, json!({ "text": "Drones" })).await;
    let nowhere = script.post(&path, json!({ "text": WORDS })).await;
    let nothing = script.post(&path, json!({})).await;
    let short = script.post(&path, json!({ "text": "a" })).await;

    refused.is_refused(403, "forbidden");
    for (reply, field) in [(nowhere, "text"), (nothing, "nodes"), (short, "text")] {
        reply.is_refused(422, "invalid");
        assert_eq!(reply.json["field"], field);
    }
    assert_eq!(scene.server.store.map(scene.map).await.unwrap().epoch, 1);
}

/// A browser that joined under this name, and its participant's id.
async fn joined_as(scene: &Scene, name: &str) -> (crate::server::Client, String) {
    let invite = scene
        .server
        .given_invite(&scene.session.to_string(), "editor")
        .await;
    let browser = scene.server.browser();
    let body = json!({ "invite": invite["code"], "name": name });
    let joined = browser.made("/api/v1/join", body).await;
    let id = joined["participant"]["id"].as_str().unwrap().to_owned();
    (browser, id)
}

async fn who_is_erased_leaves_words_and_no_name(db: Database) {
    let url = db.url.clone();
    let scene = Scene::on(db, Options::default()).await;
    // A name that the first erased would get is somebody's already.
    joined_as(&scene, "Erased-01").await;
    let (browser, id) = joined_as(&scene, WORDS).await;
    assert!(holds(&url, WORDS).await);
    let path = format!("/api/v1/participants/{id}/erase");

    let other = scene
        .server
        .script(Role::Analyst)
        .await
        .post(&path, json!({}))
        .await;
    let erased = scene.script().post(&path, json!({})).await;
    let again = scene.script().post(&path, json!({})).await;

    other.is_refused(403, "forbidden");
    assert_eq!(erased.status, 200, "{}", erased.text);
    assert_eq!(erased.json["pseudonym"], "Erased-02");
    assert!(erased.json["erased_at"].is_string() && erased.json["removed_at"].is_string());
    assert_eq!(again.json, erased.json);
    assert!(!holds(&url, WORDS).await);
    // The device is nobody any more, and may come back as somebody else.
    let me = browser.get("/api/v1/me").await;
    assert_eq!(me.json["participants"], json!([]));
    let invite = scene
        .server
        .given_invite(&scene.session.to_string(), "editor")
        .await;
    let back = browser
        .made("/api/v1/join", json!({ "invite": invite["code"] }))
        .await;
    assert_ne!(back["participant"]["id"], id.as_str());
}

#[tokio::test]
async fn the_connection_of_who_is_erased_ends() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut ann = scene.joined(&guest).await;
    ann.added("n1", "stays").await;

    let path = format!("/api/v1/participants/{}/erase", guest.id);
    assert_eq!(scene.script().post(&path, json!({})).await.status, 200);

    assert_eq!(ann.until_closed().await, 4403);
    assert_eq!(texts(&scene).await, ["stays"]);
}

async fn an_erased_account_leaves_its_pseudonyms(db: Database) {
    let url = db.url.clone();
    let scene = Scene::on(db, Options::default()).await;
    let admin = scene.server.admin().await;
    let body = json!({ "email": format!("{WORDS}@example.org"), "role": "facilitator",
        "password": crate::server::PASSWORD });
    let user = admin.made("/api/v1/users", body.clone()).await;
    let browser = scene.server.browser();
    let sign_in = json!({ "email": body["email"], "password": body["password"] });
    browser.post("/api/v1/sign-in", sign_in).await;
    let me = browser.get(&scene.path()).await.json["me"].clone();

    let path = format!("/api/v1/users/{}", user["id"].as_str().unwrap());
    assert_eq!(admin.delete(&path).await.status, 204);

    assert!(!holds(&url, WORDS).await);
    let people = scene
        .script()
        .get(&format!("{}/people", scene.path()))
        .await;
    let people = people.json["items"].as_array().unwrap().clone();
    assert!(
        people.iter().any(|it| it["pseudonym"] == me["pseudonym"]),
        "{people:?}"
    );
}
