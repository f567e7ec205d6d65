//! Who may write, and when that ends.

use std::time::Duration;

use gapmap::sync::protocol;
use gapmap::workshop::role::{MapRole, Role};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::client::LiveClient;
use super::scene::Scene;
use crate::pen;

/// Makes a node that must be refused like this.
async fn is_refused(client: &mut LiveClient, code: &str) {
    is_refused_node(client, "refused", code).await;
}

async fn is_refused_node(client: &mut LiveClient, id: &str, code: &str) {
    let update = pen::add(&client.doc, id, "nobody sees this");
    let number = client.edit(update).await;
    client
        .until("a nack", |it| it.was_refused(number, code))
        .await;
    client.until("an ack", |it| number <= it.heard.acked).await;
}

async fn patch(scene: &Scene, path: &str, change: Value) {
    let reply = scene.script().patch(path, change).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

async fn session_is(scene: &Scene, state: &str) {
    let path = format!("/api/v1/sessions/{}", scene.session);
    patch(scene, &path, json!({ "state": state })).await;
}

async fn until_locked(client: &mut LiveClient, locked: bool) {
    client
        .until("the news", |it| {
            it.heard.state.as_ref().unwrap()["locked"] == locked
        })
        .await;
}

#[tokio::test]
async fn a_viewer_reads_and_writes_nothing() {
    let scene = Scene::new().await;
    let (mut ann, mut eve) = (scene.editor().await, scene.viewer().await);
    ann.added("n1", "Help lines").await;
    eve.until("the node", |it| pen::has(&it.doc, "n1")).await;
    let (seq, whole) = (scene.seq().await, pen::content(&ann.doc));

    let deletion = pen::remove(&eve.doc, "n1");
    let number = eve.edit(deletion).await;
    eve.until("a nack", |it| it.was_refused(number, "read_only"))
        .await;
    is_refused(&mut eve, "read_only").await;

    assert_eq!(eve.heard.hello.unwrap()["role"], "viewer");
    assert_eq!(scene.seq().await, seq);
    assert_eq!(pen::content(&scene.stored().await), whole);
}

#[tokio::test]
async fn a_stock_client_that_may_not_write_is_told_and_sent_away() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Viewer).await;
    let mut eve = scene.knock(&guest.token, "", pen::blank()).await;
    eve.sync().await;
    assert!(eve.heard.closed.is_none());

    eve.add("n1", "nobody sees this").await;

    assert_eq!(eve.until_closed().await, 4403);
    assert!(eve.heard.denied.unwrap().contains("read"));
    assert!(!pen::has(&scene.stored().await, "n1"));
}

#[tokio::test]
async fn a_locked_map_is_the_facilitators_and_opens_again_for_all() {
    let scene = Scene::new().await;
    let (mut ann, mut lead) = (scene.editor().await, scene.leader().await);

    patch(&scene, &scene.path(), json!({ "state": "locked" })).await;
    until_locked(&mut ann, true).await;
    is_refused(&mut ann, "locked").await;
    lead.until("the news", |it| {
        it.heard.state.as_ref().unwrap()["map"] == "locked"
    })
    .await;
    assert_eq!(lead.heard.state.as_ref().unwrap()["locked"], false);
    lead.added("n1", "by the facilitator").await;
    patch(&scene, &scene.path(), json!({ "state": "open" })).await;
    until_locked(&mut ann, false).await;

    // What was refused is still in the client's own document, and comes in now.
    let next = pen::add(&ann.doc, "n2", "open again");
    ann.edit(next).await;
    ann.until("all acks", |it| it.sent <= it.heard.acked).await;
    lead.until("both", |it| {
        pen::has(&it.doc, "refused") && pen::has(&it.doc, "n2")
    })
    .await;
}

#[tokio::test]
async fn an_archived_map_and_a_closed_session_are_nobodys() {
    let scene = Scene::new().await;
    let (mut ann, mut lead) = (scene.editor().await, scene.leader().await);
    ann.added("n1", "in time").await;
    lead.until("the node", |it| pen::has(&it.doc, "n1")).await;
    let whole = pen::content(&ann.doc);

    session_is(&scene, "closed").await;
    for client in [&mut ann, &mut lead] {
        until_locked(client, true).await;
        is_refused(client, "locked").await;
    }
    session_is(&scene, "live").await;
    patch(&scene, &scene.path(), json!({ "state": "archived" })).await;
    for client in [&mut ann, &mut lead] {
        client
            .until("the news", |it| {
                it.heard.state.as_ref().unwrap()["phase"] == "live"
            })
            .await;
        let more = pen::write(&client.doc, "n1", ", and too late");
        let number = client.edit(more).await;
        client.until("an ack", |it| number <= it.heard.acked).await;
    }

    assert_eq!(pen::content(&scene.stored().await), whole);
    let late = scene.editor().await;
    assert_eq!(pen::content(&late.doc), whole);
}

#[tokio::test]
async fn a_paused_session_is_the_facilitators_until_it_goes_on() {
    let scene = Scene::new().await;
    let mut early = scene.editor().await;

    session_is(&scene, "paused").await;
    until_locked(&mut early, true).await;
    is_refused(&mut early, "locked").await;
    let mut late = scene.editor().await;
    assert_eq!(late.heard.state.as_ref().unwrap()["locked"], true);
    is_refused_node(&mut late, "refused-too", "locked").await;
    let mut lead = scene.leader().await;
    assert_eq!(lead.heard.state.as_ref().unwrap()["locked"], false);
    lead.added("n1", "by the facilitator").await;

    session_is(&scene, "live").await;

    for (client, id) in [(&mut early, "n2"), (&mut late, "n3")] {
        until_locked(client, false).await;
        assert_eq!(client.heard.hello.as_ref().unwrap()["role"], "editor");
        let words = pen::add(&client.doc, id, "and on");
        client.edit(words).await;
        client
            .until("all acks", |it| it.sent <= it.heard.acked)
            .await;
        assert!(pen::has(&scene.stored().await, id));
    }
}

#[tokio::test]
async fn who_is_removed_is_gone_within_a_second_on_every_connection() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let (mut laptop, mut phone) = (scene.joined(&guest).await, scene.joined(&guest).await);
    let mut stock = scene.knock(&guest.token, "", pen::blank()).await;
    stock.sync().await;
    let mut ben = scene.editor().await;

    let path = format!("/api/v1/participants/{}", guest.id);
    let removed = scene.script().delete(&path).await;
    let since = Instant::now();

    assert_eq!(removed.status, 204, "{}", removed.text);
    for client in [&mut laptop, &mut phone, &mut stock] {
        assert_eq!(client.until_closed().await, 4403);
    }
    assert!(since.elapsed() < Duration::from_secs(1));
    let mut again = scene.knock(&guest.token, "gapmap=1", pen::blank()).await;
    let code = again.until_closed().await;
    assert!(matches!(code, 4401 | 4403), "{code}");
    ben.added("n1", "undisturbed").await;
}

#[tokio::test]
async fn an_account_that_is_disabled_loses_its_connections() {
    let scene = Scene::new().await;
    let mut lead = scene.leader().await;
    let admin = scene.server.admin().await;
    let users = admin.get("/api/v1/users?q=lead").await.json;
    let path = format!(
        "/api/v1/users/{}",
        users["items"][0]["id"].as_str().unwrap()
    );

    let reply = admin.patch(&path, json!({ "disabled": true })).await;

    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(lead.until_closed().await, 4403);
}

#[tokio::test]
async fn a_token_that_is_revoked_ends_the_connections_it_opened() {
    let scene = Scene::new().await;
    let account = scene.server.account(Role::Facilitator).await;
    let browser = scene.server.signed_in_as(&account.email).await;
    let kept = browser.made("/api/v1/tokens", json!({})).await;
    let other = browser.made("/api/v1/tokens", json!({})).await;
    let secret = |token: &serde_json::Value| token["secret"].as_str().unwrap().to_owned();
    let mut by_kept = scene.knock(&secret(&kept), "gapmap=1", pen::blank()).await;
    let mut by_other = scene.knock(&secret(&other), "gapmap=1", pen::blank()).await;
    by_kept.sync().await;
    by_other.sync().await;

    let path = format!("/api/v1/tokens/{}", other["id"].as_str().unwrap());
    let reply = browser.delete(&path).await;

    assert_eq!(reply.status, 204, "{}", reply.text);
    let code = by_other.until_closed().await;
    assert!(matches!(code, 4401 | 4403), "{code}");
    by_kept.added("n1", "by the token that is left").await;

    // A password that an administrator sets ends what is left.
    let user = format!("/api/v1/users/{}", account.id);
    let reset = json!({ "password": "battery staple" });
    let admin = scene.server.admin().await;
    assert_eq!(admin.patch(&user, reset).await.status, 200);
    let code = by_kept.until_closed().await;
    assert!(matches!(code, 4401 | 4403), "{code}");
}

#[tokio::test]
async fn a_connection_ends_with_its_token_unless_a_fresh_one_came_before() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    // A participant's token is good for thirty days; this is a second before the end.
    let thirty_days = Duration::from_secs(30 * 86_400);
    scene.server.pass(thirty_days - Duration::from_secs(1));
    let fresh = scene.fresh_token(&guest).await;
    let (mut old, mut renewed) = (scene.joined(&guest).await, scene.joined(&guest).await);
    let token = json!({ "token": fresh }).to_string();
    let mut message = vec![114];
    gapmap::sync::lib0::write_bytes(&mut message, token.as_bytes());

    renewed.send(message.into()).await;

    assert_eq!(old.until_closed().await, 4401);
    renewed.added("n1", "still here").await;
    let mut late = scene.knock(&guest.token, "gapmap=1", pen::blank()).await;
    scene.server.pass(Duration::from_secs(2));
    let mut later = scene.knock(&guest.token, "gapmap=1", pen::blank()).await;
    assert_eq!(late.until_closed().await, 4401);
    assert_eq!(later.until_closed().await, 4401);
}

#[tokio::test]
async fn somebody_elses_token_renews_nothing() {
    let scene = Scene::new().await;
    let guests = (
        scene.guest(MapRole::Editor).await,
        scene.guest(MapRole::Editor).await,
    );
    let mut eve = scene.joined(&guests.0).await;
    let mut message = vec![114];
    let token = json!({ "token": guests.1.token }).to_string();
    gapmap::sync::lib0::write_bytes(&mut message, token.as_bytes());

    eve.send(message.into()).await;

    assert_eq!(eve.until_closed().await, 4401);
}

#[tokio::test]
async fn a_client_of_another_epoch_is_told_so_before_anything_else() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;

    for (query, extended) in [("gapmap=1&epoch=2", true), ("epoch=7", false)] {
        let mut client = scene.knock(&guest.token, query, pen::blank()).await;
        client
            .send(protocol::step1(&pen::state_vector(&client.doc)))
            .await;

        assert_eq!(client.until_closed().await, 4409);
        assert!(client.heard.hello.is_none() && client.heard.step2s == 0);
        assert_eq!(client.heard.denied.is_some(), !extended);
    }
    let mut same = scene
        .knock(&guest.token, "gapmap=1&epoch=1", pen::blank())
        .await;
    same.sync().await;
}
