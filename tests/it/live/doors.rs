//! Coming in and being sent away: many behind one address, and a link that is taken back.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::scene::Scene;
use super::workshop::{agenda, done, step};
use crate::harness::{Database, on_both_databases};
use crate::pen;

on_both_databases! {
    who_came_by_a_link_that_is_taken_back_is_out_until_they_join_by_another,
    a_round_that_ends_leaves_a_checkpoint_and_so_does_the_facilitator,
}

async fn invite(scene: &Scene, role: &str) -> Value {
    let body = json!({ "session": scene.session, "role": role });
    scene.script().made("/api/v1/invites", body).await
}

#[tokio::test]
async fn a_hundred_behind_one_address_join_within_a_few_seconds() {
    let scene = Scene::new().await;
    let invite = invite(&scene, "editor").await;
    let since = Instant::now();

    let clients = (0..100).map(async |n| {
        let body = json!({ "invite": invite["code"] });
        let joined = scene.server.browser().made("/api/v1/join", body).await;
        let token = joined["token"].as_str().unwrap();
        let mut client = scene.knock(token, "gapmap=1", pen::blank()).await;
        client.sync().await;
        client.added(&format!("n{n}"), "here").await;
        client
    });
    let mut clients = join_all(clients).await;

    let all = |it: &super::client::LiveClient| pen::n_nodes(&it.doc) == 101;
    join_all(clients.iter_mut().map(|it| it.until("everybody", all))).await;
    assert!(
        since.elapsed() < Duration::from_secs(20),
        "{:?}",
        since.elapsed()
    );
    let people: std::collections::HashSet<String> = clients
        .iter()
        .map(|it| it.heard.hello.as_ref().unwrap()["participant"].to_string())
        .collect();
    assert_eq!(people.len(), 100);
}

async fn who_came_by_a_link_that_is_taken_back_is_out_until_they_join_by_another(
    database: Database,
) {
    let scene = Scene::on(database, Default::default()).await;
    let (leaked, good) = (
        invite(&scene, "editor").await,
        invite(&scene, "editor").await,
    );
    let (eve, ann) = (scene.server.browser(), scene.server.browser());
    let by_leaked = json!({ "invite": leaked["code"] });
    let by_good = json!({ "invite": good["code"] });
    let came = eve.made("/api/v1/join", by_leaked.clone()).await;
    let stays = ann.made("/api/v1/join", by_good.clone()).await;
    let token = |it: &Value| it["token"].as_str().unwrap().to_owned();
    let mut out = scene.knock(&token(&came), "gapmap=1", pen::blank()).await;
    let mut undisturbed = scene.knock(&token(&stays), "gapmap=1", pen::blank()).await;
    out.sync().await;
    undisturbed.sync().await;

    let path = format!("/api/v1/invites/{}", leaked["id"].as_str().unwrap());
    let since = Instant::now();
    let revoked = scene.script().delete(&format!("{path}?sockets=true")).await;

    assert_eq!(revoked.status, 204, "{}", revoked.text);
    assert_eq!(out.until_closed().await, 4403);
    assert!(since.elapsed() < Duration::from_secs(1));
    undisturbed.added("n1", "undisturbed").await;
    let map = scene.path();
    eve.get(&map).await.is_refused(403, "forbidden");
    let mut back = scene.knock(&token(&came), "gapmap=1", pen::blank()).await;
    assert_eq!(back.until_closed().await, 4403);
    eve.post("/api/v1/join", by_leaked)
        .await
        .is_refused(410, "gone");

    // By another link the same device is the same participant again.
    let again = eve.made("/api/v1/join", by_good).await;
    assert_eq!(again["participant"], came["participant"]);
    assert_eq!(eve.get(&map).await.status, 200);
}

async fn a_round_that_ends_leaves_a_checkpoint_and_so_does_the_facilitator(database: Database) {
    let scene = Scene::on(database, Default::default()).await;
    let mut ann = scene.editor().await;
    let path = format!("{}/checkpoints", scene.path());
    let made = agenda(
        &scene,
        json!([{ "title": "First", "method": "collect" }, { "title": "Last", "method": "close" }]),
    )
    .await;
    ann.added("n1", "before").await;

    step(&scene, json!({ "action": "start" })).await;
    ann.added("n2", "during").await;
    let seq = scene.seq().await;
    step(&scene, json!({ "action": "next" })).await;
    done(&scene, &path, json!({ "title": "By hand" })).await;

    let list = scene.script().get(&path).await.json;
    let items = list["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["title"]), (2, &json!("By hand")));
    assert!(items[0]["round"].is_null());
    assert_eq!(
        (&items[1]["title"], &items[1]["seq"]),
        (&json!("First"), &json!(seq))
    );
    assert_eq!(items[1]["round"], made["rounds"][0]["id"]);
    assert_eq!(items[1]["epoch"], 1);
    let guest = scene.guest(gapmap::workshop::role::MapRole::Editor).await;
    let guest = scene.server.client(Some(&guest.token));
    assert_eq!(guest.get(&path).await.status, 200);
    guest
        .post(&path, json!({ "title": "x" }))
        .await
        .is_refused(403, "forbidden");
}
