//! What everybody in a map is told while a session is run.

use gapmap::workshop::role::MapRole;
use serde_json::{Value, json};

use super::client::LiveClient;
use super::scene::Scene;
use crate::pen;

/// The facilitator does something, which must go through.
pub(super) async fn done(scene: &Scene, path: &str, body: Value) -> Value {
    let reply = scene.script().post(path, body).await;
    assert!(matches!(reply.status, 200 | 201 | 204), "{}", reply.text);
    reply.json
}

/// Goes on in the agenda.
pub(super) async fn step(scene: &Scene, body: Value) -> Value {
    let path = format!("/api/v1/sessions/{}/round", scene.session);
    done(scene, &path, body).await
}

/// Writes the agenda.
pub(super) async fn agenda(scene: &Scene, rounds: Value) -> Value {
    let path = format!("/api/v1/sessions/{}/rounds", scene.session);
    let reply = scene.script().put(&path, json!({ "rounds": rounds })).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json
}

/// Changes the session.
pub(super) async fn session(scene: &Scene, change: Value) {
    let path = format!("/api/v1/sessions/{}", scene.session);
    let reply = scene.script().patch(&path, change).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

/// What this client has been told of the session.
pub(super) fn state(client: &LiveClient) -> &Value {
    client.heard.state.as_ref().unwrap()
}

#[tokio::test]
async fn everybody_is_told_of_the_round_and_who_comes_late_too() {
    let scene = Scene::new().await;
    let mut ann = scene.editor().await;
    assert_eq!(state(&ann)["round"], Value::Null);
    assert_eq!(state(&ann)["grants"]["edit"], "all");
    assert_eq!(state(&ann)["tallies"], json!({}));
    let made = agenda(
        &scene,
        json!([
            { "title": "Alone", "method": "silent", "minutes": 10, "prompt": "What is hard?" },
            { "title": "Gaps", "method": "link" },
        ]),
    )
    .await;

    step(&scene, json!({ "action": "start" })).await;

    ann.until("the round", |it| !state(it)["round"].is_null())
        .await;
    let mut late = scene.viewer().await;
    let lead = scene.leader().await;
    let round = json!({ "id": made["rounds"][0]["id"], "n": 1, "of": 2, "title": "Alone",
        "method": "silent", "prompt": "What is hard?", "left": null, "revealed": false,
        "ends": scene.server.now().0 + 600_000 });
    for client in [&ann, &late, &lead] {
        assert_eq!(state(client)["round"], round);
        assert_eq!(state(client)["time"], scene.server.now().0);
        assert_eq!(state(client)["phase"], "live");
    }
    let nothing = json!({ "add": false, "edit": "none", "link": false, "vote": false });
    assert_eq!(state(&ann)["grants"], nothing);
    assert_eq!(state(&late)["grants"], nothing);
    assert_eq!(state(&lead)["grants"]["edit"], "all");

    step(&scene, json!({ "action": "next" })).await;
    let second = |it: &LiveClient| state(it)["round"]["n"] == 2;
    ann.until("the next", second).await;
    late.until("the next", second).await;
    assert_eq!(state(&ann)["grants"]["link"], true);
    assert_eq!(state(&ann)["round"]["ends"], Value::Null);
}

#[tokio::test]
async fn a_call_reaches_everybody_and_a_second_one_is_another() {
    let scene = Scene::new().await;
    let (mut ann, mut eve) = (scene.editor().await, scene.viewer().await);
    let path = format!("{}/call", scene.path());

    done(&scene, &path, json!({ "node": "n1" })).await;
    for client in [&mut ann, &mut eve] {
        client
            .until("the call", |it| state(it)["call"]["node"] == "n1")
            .await;
    }
    let first = state(&ann)["call"]["n"].as_i64().unwrap();
    done(&scene, &path, json!({ "node": null })).await;

    ann.until("the other", |it| state(it)["call"]["node"].is_null())
        .await;
    assert!(first < state(&ann)["call"]["n"].as_i64().unwrap());
    let guest = scene.guest(MapRole::Editor).await;
    let script = scene.server.client(Some(&guest.token));
    let refused = script.post(&path, json!({ "node": null })).await;
    refused.is_refused(403, "forbidden");
}

#[tokio::test]
async fn a_facilitator_is_followed_until_they_leave() {
    let scene = Scene::new().await;
    let mut ann = scene.editor().await;
    let path = format!("{}/follow", scene.path());
    let on = json!({ "on": true });
    let away = scene.script().post(&path, on.clone()).await;
    away.is_refused(409, "conflict");
    let lead = scene.leader().await;
    let id = lead.heard.hello.as_ref().unwrap()["participant"].clone();

    done(&scene, &path, on).await;
    ann.until("whom", |it| state(it)["follow"]["participant"] == id)
        .await;
    lead.leave().await;

    ann.until("nobody", |it| state(it)["follow"].is_null())
        .await;
}

#[tokio::test]
async fn names_are_seen_as_far_as_the_session_says() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let (mut ann, mut ben) = (scene.joined(&guest).await, scene.editor().await);
    ann.added("n1", "by Ann").await;
    ann.say(7, 1, "{}").await;
    let named = |it: &LiveClient, name: &str| {
        let user = it.heard.presence.get(&7).map(|it| &it["user"]);
        user.is_some_and(|it| it["name"] == name && it["id"] == guest.id.to_string())
    };
    ben.until("Ann", |it| named(it, &guest.pseudonym)).await;

    for (level, of_participants, of_facilitators) in [
        ("facilitators", Value::Null, json!(guest.pseudonym)),
        ("none", Value::Null, Value::Null),
        ("all", json!(guest.pseudonym), json!(guest.pseudonym)),
    ] {
        session(&scene, json!({ "anonymity": level })).await;
        let shown = of_participants.as_str().unwrap_or("");
        ben.until("Ann anew", |it| named(it, shown)).await;

        let other = scene.guest(MapRole::Editor).await;
        let other = scene.server.client(Some(&other.token));
        let history = format!("{}/history?limit=1", scene.path());
        let seen = async |client: &crate::server::Client| {
            client.get(&history).await.json["items"][0]["pseudonym"].clone()
        };
        assert_eq!(seen(&other).await, of_participants);
        assert_eq!(seen(&scene.script()).await, of_facilitators);
        let own = scene.server.client(Some(&guest.token));
        assert_eq!(seen(&own).await, json!(guest.pseudonym));
        let list = format!("/api/v1/participants?session={}", scene.session);
        let list = scene.script().get(&list).await.json;
        let mut people = list["items"].as_array().unwrap().iter();
        let ann = people.find(|it| it["id"] == guest.id.to_string()).unwrap();
        assert_eq!(ann["pseudonym"], of_facilitators);
    }
    assert!(pen::has(&ann.doc, "n1"));
}
