//! Who is here, as the server vouches for it.

use bytes::Bytes;
use gapmap::sync::lib0::write_uint;
use gapmap::sync::protocol;
use gapmap::workshop::role::MapRole;
use serde_json::{Value, json};

use super::client::LiveClient;
use super::scene::Scene;
use crate::pen;

/// Waits until this client sees this about an awareness id.
async fn sees(client: &mut LiveClient, id: u64, holds: impl Fn(&Value) -> bool + Sync) {
    client
        .until("presence", |it| {
            it.heard.presence.get(&id).is_some_and(&holds)
        })
        .await;
}

#[tokio::test]
async fn what_one_says_of_oneself_is_shown_under_the_servers_name() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let (mut ann, mut ben) = (scene.joined(&guest).await, scene.viewer().await);
    let seq = scene.seq().await;

    let lie = json!({ "user": { "name": "Chief", "role": "facilitator" }, "selected": "n1" });
    ann.say(77, 1, &lie.to_string()).await;

    sees(&mut ben, 77, |it| it["selected"] == "n1").await;
    let user = &ben.heard.presence[&77]["user"];
    assert_eq!(user["id"], guest.id.to_string());
    assert_eq!(user["name"], guest.pseudonym);
    assert_eq!(user["role"], "editor");
    assert!(user["colour"].is_string());
    assert_eq!(scene.seq().await, seq, "presence is never stored");
}

#[tokio::test]
async fn the_latest_word_counts_and_many_go_out_as_few() {
    let scene = Scene::new().await;
    let (mut ann, mut ben) = (scene.editor().await, scene.editor().await);

    for clock in 1..=500 {
        ann.say(77, clock, &json!({ "x": clock }).to_string()).await;
    }

    sees(&mut ben, 77, |it| it["x"] == 500).await;
    let frames = ben.heard.presence_frames;
    assert!(frames < 100, "{frames} frames for 500 words");
}

#[tokio::test]
async fn nobody_speaks_for_somebody_else() {
    let scene = Scene::new().await;
    let (mut ann, mut eve, mut ben) = (
        scene.editor().await,
        scene.editor().await,
        scene.editor().await,
    );
    ann.added("n1", "Help lines").await;
    let client_id = ann.doc.client_id().get();
    ann.say(77, 1, "{\"selected\":\"n1\"}").await;
    sees(&mut eve, 77, Value::is_object).await;

    // The id under which Ann is here, and the one under which she writes.
    for id in [77, client_id] {
        let before = eve.heard.nacks.len();
        eve.say(id, 9, "{\"selected\":\"stolen\"}").await;
        eve.until("a nack", |it| before < it.heard.nacks.len())
            .await;
        assert!(eve.was_refused(0, "presence"));
    }
    eve.say(78, 1, "{\"selected\":\"n2\"}").await;

    sees(&mut ben, 78, |it| it["selected"] == "n2").await;
    assert_eq!(ben.heard.presence[&77]["selected"], "n1");
    assert!(!ben.heard.presence.contains_key(&client_id));
}

#[tokio::test]
async fn presence_that_makes_no_sense_is_refused_and_the_connection_goes_on() {
    let scene = Scene::new().await;
    let (mut ann, mut ben) = (scene.editor().await, scene.editor().await);
    let large = json!({ "x": "y".repeat(5000) }).to_string();

    for state in ["", "5", "[1]", "{\"x\":", &large] {
        ann.say(77, 1, state).await;
    }
    let mut too_many = Vec::new();
    write_uint(&mut too_many, 1 << 40);
    for states in [&[][..], &[1, 77], &too_many] {
        ann.send(protocol::awareness(states)).await;
    }
    ann.until("eight nacks", |it| it.heard.nacks.len() == 8)
        .await;
    ann.say(77, 1, "{\"x\":1}").await;

    sees(&mut ben, 77, |it| it["x"] == 1).await;
}

#[tokio::test]
async fn a_late_joiner_is_told_who_is_here_and_may_ask_again() {
    let scene = Scene::new().await;
    let mut ann = scene.editor().await;
    ann.say(77, 1, "{\"x\":1}").await;
    sees(&mut scene.editor().await, 77, Value::is_object).await;

    let mut late = scene.editor().await;
    sees(&mut late, 77, |it| it["x"] == 1).await;
    late.heard.presence.clear();
    late.send(Bytes::from_static(&[3])).await;

    sees(&mut late, 77, |it| it["x"] == 1).await;
}

#[tokio::test]
async fn presence_is_gone_when_the_socket_is_gone() {
    let scene = Scene::new().await;
    let (mut ann, mut cut, mut ben) = (
        scene.editor().await,
        scene.editor().await,
        scene.editor().await,
    );
    ann.say(77, 1, "{}").await;
    cut.say(78, 1, "{}").await;
    for id in [77, 78] {
        sees(&mut ben, id, Value::is_object).await;
    }

    ann.leave().await;
    drop(cut);

    for id in [77, 78] {
        sees(&mut ben, id, Value::is_null).await;
    }
    let mut late = scene.editor().await;
    late.say(79, 1, "{}").await;
    sees(&mut late, 77, Value::is_null).await;
}

#[tokio::test]
async fn a_page_that_comes_back_speaks_for_itself_though_its_old_socket_lingers() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let (mut old, mut ben) = (scene.joined(&guest).await, scene.editor().await);
    old.say(77, 1, "{\"x\":\"old\"}").await;
    sees(&mut ben, 77, |it| it["x"] == "old").await;

    let mut new = scene.joined(&guest).await;
    new.say(77, 2, "{\"x\":\"new\"}").await;
    sees(&mut ben, 77, |it| it["x"] == "new").await;
    old.leave().await;
    new.say(77, 3, "{\"x\":\"newer\"}").await;

    sees(&mut ben, 77, |it| it["x"] == "newer").await;
    assert!(new.heard.nacks.is_empty(), "{:?}", new.heard.nacks);
}

#[tokio::test]
async fn one_says_that_one_is_away_by_a_null() {
    let scene = Scene::new().await;
    let (mut ann, mut ben) = (scene.editor().await, scene.editor().await);
    ann.say(77, 1, "{}").await;
    sees(&mut ben, 77, Value::is_object).await;

    ann.say(77, 2, "null").await;
    sees(&mut ben, 77, Value::is_null).await;
    ann.say(77, 3, "{}").await;

    sees(&mut ben, 77, Value::is_object).await;
    ann.added("n1", "and still an editor").await;
    ben.until("the node", |it| pen::has(&it.doc, "n1")).await;
}
