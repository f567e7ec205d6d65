//! Dot voting: counted and limited by the server, secret until it is closed.

use futures_util::future::join_all;
use gapmap::http::Options;
use gapmap::workshop::role::MapRole;
use serde_json::{Value, json};
use yrs::Any;

use super::client::LiveClient;
use super::scene::{Guest, Scene};
use super::workshop::{agenda, done, session, state, step};
use crate::harness::{Database, on_both_databases};
use crate::pen;
use crate::server::Client;

on_both_databases! {
    nobody_gives_more_than_they_have_however_fast_they_are,
    a_vote_is_secret_until_it_is_closed_and_only_its_sums_stay,
    what_cannot_be_voted_on_is_refused,
    who_came_by_a_link_that_leaked_decides_nothing_once_they_are_sent_away,
    nodes_that_become_one_add_their_votes_and_a_second_vote_counts_anew,
}

/// A session in a vote, where each has three votes for the nodes `a` to `d`.
async fn voting(db: Database) -> (Scene, String) {
    let scene = Scene::on(db, Options::default()).await;
    let mut lead = scene.leader().await;
    for node in ["a", "b", "c", "d"] {
        lead.added(node, node).await;
    }
    let rounds = json!([
        { "title": "Dots", "method": "vote", "votes": 3 },
        { "title": "More dots", "method": "vote", "votes": 2, "vote_kind": "gap" },
    ]);
    let made = agenda(&scene, rounds).await;
    step(&scene, json!({ "action": "start" })).await;
    let id = made["rounds"][0]["id"].as_str().unwrap();
    let path = format!("/api/v1/rounds/{id}/votes");
    (scene, path)
}

fn script(scene: &Scene, guest: &Guest) -> Client {
    scene.server.client(Some(&guest.token))
}

async fn voter(scene: &Scene) -> Client {
    script(scene, &scene.guest(MapRole::Editor).await)
}

/// Gives votes, which must go through.
async fn give(client: &Client, path: &str, node: &str, n: i64) -> Value {
    let reply = client.put(path, json!({ "node": node, "n": n })).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json
}

/// The votes in the map's tree, by node, without those that have none.
async fn in_tree(scene: &Scene) -> Value {
    let tree = scene.script().get(&format!("{}/tree", scene.path())).await;
    let children = tree.json["children"].as_array().unwrap().iter();
    let voted = children.filter(|it| it["votes"] != 0);
    voted
        .map(|it| (it["id"].as_str().unwrap().to_owned(), it["votes"].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

async fn nobody_gives_more_than_they_have_however_fast_they_are(db: Database) {
    let (scene, path) = voting(db).await;
    let ann = voter(&scene).await;

    let at_once = ["a", "b", "c", "d", "a", "b"];
    let answers = at_once.map(|node| ann.put(&path, json!({ "node": node, "n": 2 })));
    let answers = join_all(answers).await;

    let of_two = answers.iter().filter(|it| it.status == 200).count();
    assert!((1..=2).contains(&of_two), "the same node twice at most");
    let refused = answers.iter().filter(|it| it.status != 200);
    refused.for_each(|it| it.is_refused(422, "invalid"));
    let mine = ann.get(&path).await.json;
    assert_eq!((&mine["left"], &mine["of"]), (&json!(1), &json!(3)));
    assert_eq!(mine["votes"].as_object().unwrap().len(), 1);

    let ben = voter(&scene).await;
    let ones =
        join_all(["a", "b", "c", "d"].map(|node| ben.put(&path, json!({ "node": node, "n": 1 }))));
    let given = ones.await.iter().filter(|it| it.status == 200).count();
    assert_eq!(given, 3);
    assert_eq!(ben.get(&path).await.json["left"], 0);
}

async fn a_vote_is_secret_until_it_is_closed_and_only_its_sums_stay(db: Database) {
    let (scene, path) = voting(db).await;
    let guest = scene.guest(MapRole::Editor).await;
    let (ann, ben) = (script(&scene, &guest), voter(&scene).await);
    let (mut listening, mut lead) = (scene.joined(&guest).await, scene.leader().await);

    give(&ann, &path, "a", 2).await;
    give(&ann, &path, "a", 1).await;
    let mine = give(&ann, &path, "b", 2).await;
    assert_eq!(
        mine,
        json!({ "votes": { "a": 1, "b": 2 }, "left": 0, "of": 3 })
    );
    give(&ben, &path, "a", 3).await;
    give(&ben, &path, "b", 0).await;

    lead.until("voters", |it| state(it)["vote"]["voters"] == 2)
        .await;
    step(&scene, json!({ "action": "extend", "minutes": 5 })).await;
    listening
        .until("time", |it| !state(it)["round"]["ends"].is_null())
        .await;
    let id = path.split('/').nth(4).unwrap();
    assert_eq!(
        state(&listening)["vote"],
        json!({ "id": id, "votes": 3, "kind": null, "voters": null })
    );
    for client in [&listening, &lead] {
        assert_eq!(state(client)["tallies"], json!({}));
    }
    assert_eq!(in_tree(&scene).await, json!({}));
    assert_eq!(
        scene.script().get(&path).await.json,
        json!({ "votes": {}, "left": 3, "of": 3 })
    );

    step(&scene, json!({ "action": "next" })).await;

    let sums = json!({ "a": 4, "b": 2 });
    for client in [&mut listening, &mut lead] {
        client
            .until("sums", |it| state(it)["tallies"] == sums)
            .await;
    }
    assert_eq!(in_tree(&scene).await, sums);
    ann.put(&path, json!({ "node": "a", "n": 1 }))
        .await
        .is_refused(409, "conflict");
    for client in [&ann, &ben] {
        assert_eq!(client.get(&path).await.json["votes"], json!({}));
    }
    // They stay when the session is over, and the server starts anew.
    let viewer = scene.guest(MapRole::Viewer).await;
    session(&scene, json!({ "state": "closed" })).await;
    let scene = scene.restarted().await;
    assert_eq!(in_tree(&scene).await, sums);
    assert_eq!(state(&scene.joined(&viewer).await)["tallies"], sums);
}

async fn what_cannot_be_voted_on_is_refused(db: Database) {
    let (scene, path) = voting(db).await;
    let guest = scene.guest(MapRole::Editor).await;
    let ann = script(&scene, &guest);
    give(&ann, &path, "b", 1).await;
    let mut lead = scene.leader().await;
    let gone = pen::delete(&lead.doc, "b", "somebody");
    lead.save(gone).await;

    for (node, n, field) in [
        ("root", 1, "node"),
        ("nowhere", 1, "node"),
        ("b", 1, "node"),
        ("", 1, "node"),
        ("a", -1, "n"),
        ("a", 3, "n"),
        ("a", i64::MAX, "n"),
    ] {
        let reply = ann.put(&path, json!({ "node": node, "n": n })).await;
        reply.is_refused(422, "invalid");
        assert_eq!(reply.json["field"], field, "{node} {n}");
    }
    let forged = json!({ "node": "a", "n": 1, "participant": guest.id.to_string() });
    assert_eq!(ann.put(&path, forged).await.status, 422);
    // Votes for what is gone by now can be taken back.
    assert_eq!(give(&ann, &path, "b", 0).await["left"], 3);

    let vote = json!({ "node": "a", "n": 1 });
    let viewer = scene.guest(MapRole::Viewer).await;
    let elsewhere = scene.server.given_session().await;
    let (stranger, _) = scene.server.joined(&elsewhere, "editor").await;
    for client in [&script(&scene, &viewer), &stranger] {
        client
            .put(&path, vote.clone())
            .await
            .is_refused(403, "forbidden");
        client.get(&path).await.is_refused(403, "forbidden");
    }
    session(&scene, json!({ "state": "paused" })).await;
    ann.put(&path, vote.clone())
        .await
        .is_refused(409, "conflict");
    session(&scene, json!({ "state": "live" })).await;
    let next = step(&scene, json!({ "action": "next" })).await;

    let second = next["round"].as_str().unwrap();
    let path = format!("/api/v1/rounds/{second}/votes");
    let other_kind = ann.put(&path, vote.clone()).await;
    assert_eq!(other_kind.json["field"], "node");
    let kind = pen::set(&lead.doc, "a", "kind", Any::from("gap"));
    lead.save(kind).await;
    give(&ann, &path, "a", 1).await;
    step(&scene, json!({ "action": "extend", "minutes": 5 })).await;
    step(&scene, json!({ "action": "pause" })).await;
    ann.put(&path, vote).await.is_refused(409, "conflict");
    lead.until("no vote", |it| state(it)["grants"]["vote"] == false)
        .await;
}

async fn who_came_by_a_link_that_leaked_decides_nothing_once_they_are_sent_away(db: Database) {
    let (scene, path) = voting(db).await;
    let mut lead = scene.leader().await;
    let voters = |n: i64| move |it: &LiveClient| state(it)["vote"]["voters"] == n;
    let (lead_by, session) = (scene.script(), scene.session.to_string());
    let invite = json!({ "session": session, "role": "editor" });
    let leaked = lead_by.made("/api/v1/invites", invite.clone()).await;
    let (eve, ann) = (scene.server.browser(), scene.server.browser());
    for (who, node) in [(&eve, "a"), (&ann, "b")] {
        who.made("/api/v1/join", json!({ "invite": leaked["code"] }))
            .await;
        give(who, &path, node, 3).await;
    }
    lead.until("two voters", voters(2)).await;

    let id = leaked["id"].as_str().unwrap();
    let gone = lead_by
        .delete(&format!("/api/v1/invites/{id}?sockets=true"))
        .await;
    assert_eq!(gone.status, 204, "{}", gone.text);
    lead.until("no voter", voters(0)).await;
    // One of them was meant to be there.
    let fresh = lead_by.made("/api/v1/invites", invite).await;
    ann.made("/api/v1/join", json!({ "invite": fresh["code"] }))
        .await;
    assert_eq!(give(&ann, &path, "b", 2).await["left"], 1);
    lead.until("one voter", voters(1)).await;
    step(&scene, json!({ "action": "next" })).await;

    assert_eq!(in_tree(&scene).await, json!({ "b": 2 }));
}

async fn nodes_that_become_one_add_their_votes_and_a_second_vote_counts_anew(db: Database) {
    let (scene, path) = voting(db).await;
    let (ann, ben) = (voter(&scene).await, voter(&scene).await);
    give(&ann, &path, "a", 1).await;
    give(&ann, &path, "b", 1).await;
    give(&ben, &path, "c", 3).await;
    let merge = format!("{}/merge", scene.path());

    // While the vote is on, and after.
    done(&scene, &merge, json!({ "into": "a", "nodes": ["b"] })).await;
    assert_eq!(ann.get(&path).await.json["votes"], json!({ "a": 2 }));
    step(&scene, json!({ "action": "next" })).await;
    let mut listening = scene.viewer().await;
    done(&scene, &merge, json!({ "into": "a", "nodes": ["c"] })).await;
    let sums = json!({ "a": 5 });
    assert_eq!(in_tree(&scene).await, sums);
    listening
        .until("the sum", |it| state(it)["tallies"] == sums)
        .await;

    // Gone back to by mistake, the vote keeps its sums; voted in again, it counts anew.
    step(&scene, json!({ "action": "previous" })).await;
    step(&scene, json!({ "action": "next" })).await;
    assert_eq!(in_tree(&scene).await, sums);
    step(&scene, json!({ "action": "previous" })).await;
    give(&ann, &path, "d", 3).await;
    step(&scene, json!({ "action": "next" })).await;
    assert_eq!(in_tree(&scene).await, json!({ "d": 3 }));
}
