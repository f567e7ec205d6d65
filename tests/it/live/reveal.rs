//! How what was written alone appears.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use gapmap::base::id::RoundId;
use gapmap::store::By;
use gapmap::workshop::role::MapRole;
use serde_json::json;

use super::scene::{self, Guest, Scene};
use super::silent::{WORDS, branches, script, silent, texts, where_are};
use super::workshop::{done, state, step};
use crate::faults::saboteur::Saboteur;
use crate::harness::{Database, eventually, on_both_databases};
use crate::pen;
use crate::server::Reply;

on_both_databases! {
    ideas_appear_once_in_random_order_under_nobodys_name,
    ideas_that_were_closed_before_the_server_died_still_appear,
    a_reveal_that_cannot_be_saved_leaves_all_as_it_was,
    ideas_that_two_maps_are_to_show_appear_in_one_of_them,
}

/// Ann and Ben write alone; Ann closes her laptop, and the server starts anew. What was written.
async fn written(scene: Scene, path: &str, by: [&Guest; 2]) -> (Scene, Vec<String>) {
    let mut all = Vec::new();
    for n in 0..12 {
        let text = format!("{WORDS} {n}");
        let author = script(&scene, by[n / 6]);
        author.made(path, json!({ "text": text })).await;
        all.push(text);
    }
    let scene = scene.restarted().await;
    let mine = script(&scene, by[0]).get(path).await.json;
    assert_eq!(texts(&mine), all[..6]);
    (scene, all)
}

async fn ideas_appear_once_in_random_order_under_nobodys_name(db: Database) {
    let url = db.url.clone();
    let (scene, round) = silent(db).await;
    let (path, reveal) = (format!("{round}/ideas"), format!("{round}/reveal"));
    let (ann, ben) = (
        scene.guest(MapRole::Editor).await,
        scene.guest(MapRole::Editor).await,
    );
    let (scene, written) = written(scene, &path, [&ann, &ben]).await;
    let mut listening = scene.joined(&ben).await;
    step(&scene, json!({ "action": "next" })).await;
    let before = scene.seq().await;

    let lead = scene.script();
    let answers = join_all((0..4).map(|_| lead.post(&reveal, json!({})))).await;

    let counts = answers.iter().map(|it| it.json["ideas"].as_u64());
    let n: u64 = counts.map(|it| it.unwrap()).sum();
    assert_eq!((n, scene.seq().await), (12, before + 1));
    let again = done(&scene, &reveal, json!({})).await;
    assert_eq!(
        (&again["ideas"], &again["node"]),
        (&json!(0), &json!("root"))
    );
    listening
        .until("all", |it| pen::n_nodes(&it.doc) == 13)
        .await;
    let shown = branches(&scene).await;
    assert_ne!(shown, written, "the order tells who wrote what");
    let sorted = |it: Vec<String>| it.into_iter().collect::<BTreeSet<_>>();
    assert_eq!(sorted(shown), sorted(written));
    let rows = scene.server.store.log_after(scene.map, before, 1).await;
    let row = rows.unwrap().remove(0).row;
    let body = String::from_utf8_lossy(&row.body);
    assert!(!body.contains("made"));
    for guest in [&ann, &ben] {
        assert_ne!(row.participant, Some(guest.id));
        assert!(!body.contains(&guest.id.to_string()));
        let left = script(&scene, guest).get(&path).await.json;
        assert_eq!(texts(&left), [""; 0]);
    }
    let found = where_are(WORDS, &url, scene.server.store.kind()).await;
    assert!(!found.contains("idea.text") && found.contains("update_log.body"));
    scene.server.store.verify_audit().await.unwrap();
}

async fn ideas_that_were_closed_before_the_server_died_still_appear(db: Database) {
    let (scene, round) = silent(db).await;
    let (path, reveal) = (format!("{round}/ideas"), format!("{round}/reveal"));
    let guest = scene.guest(MapRole::Editor).await;
    let mut ann = scene.joined(&guest).await;
    ann.until("the rules", |it| it.heard.state.is_some()).await;
    let idea = json!({ "text": "Help lines" });
    script(&scene, &guest).made(&path, idea.clone()).await;
    scene
        .script()
        .post(&reveal, json!({ "node": "nowhere" }))
        .await
        .is_refused(422, "invalid");
    // Nothing was closed by that.
    script(&scene, &guest).made(&path, idea.clone()).await;

    let by = By::command(scene.server.now());
    let id: RoundId = round.rsplit('/').next().unwrap().parse().unwrap();
    let closed = scene.server.store.reveal_ideas(id, &by).await.unwrap();
    let again = scene.server.store.reveal_ideas(id, &by).await.unwrap();
    assert_eq!((closed.len(), &closed), (2, &again));
    let scene = scene.restarted().await;
    script(&scene, &guest)
        .post(&path, idea)
        .await
        .is_refused(409, "conflict");
    assert_eq!(branches(&scene).await, [""; 0]);

    let mut ann = scene.joined(&guest).await;
    let shown = done(&scene, &reveal, json!({ "node": "root" })).await;

    assert_eq!(shown["ideas"], 2);
    // The round is still on; whoever writes in it is told that it is over with writing.
    ann.until("that all is revealed", |it| {
        state(it)["round"]["revealed"] == true
    })
    .await;
    assert_eq!(branches(&scene).await, ["Help lines"; 2]);
    let rounds = format!("/api/v1/sessions/{}/rounds", scene.session);
    let rounds = scene.script().get(&rounds).await.json;
    assert_eq!(rounds["rounds"][0]["revealed"], true);
}

async fn ideas_that_two_maps_are_to_show_appear_in_one_of_them(db: Database) {
    let (scene, round) = silent(db).await;
    let (path, reveal) = (format!("{round}/ideas"), format!("{round}/reveal"));
    let maps = [scene.map, scene.another_map().await];
    let guest = scene.guest(MapRole::Editor).await;
    for n in 0..6 {
        let idea = json!({ "text": format!("idea {n}") });
        script(&scene, &guest).made(&path, idea).await;
    }
    // Both rooms are open, and people are in them.
    let mut leading = [
        scene.leader_of(maps[0]).await,
        scene.leader_of(maps[1]).await,
    ];

    let lead = scene.script();
    let reveals = (0..8).map(|n| lead.post(&reveal, json!({ "map": maps[n % 2] })));
    let answers = join_all(reveals).await;

    let n_shown = |it: &Reply| it.json["ideas"].as_u64().unwrap();
    let shown: Vec<u64> = answers.iter().map(n_shown).collect();
    assert_eq!(shown.iter().sum::<u64>(), 6, "{shown:?}");
    let mut n_nodes = 0;
    for map in maps {
        let stored = scene::stored(&scene.server.store, map).await;
        n_nodes += pen::n_nodes(&stored) - 1;
    }
    assert_eq!(n_nodes, 6);
    // Nobody was sent away for it, and both maps go on.
    for client in &mut leading {
        client.added("n1", "Goes on").await;
        assert!(client.heard.nacks.is_empty(), "{:?}", client.heard.nacks);
    }
}

#[tokio::test]
async fn what_was_on_its_way_when_its_author_was_removed_is_not_kept() {
    let db = Database::postgres().await;
    let [mut saboteur, mut eye] = [Saboteur::at(&db.url).await, Saboteur::at(&db.url).await];
    let (scene, round) = silent(db).await;
    let guest = scene.guest(MapRole::Editor).await;
    let (ann, path) = (script(&scene, &guest), format!("{round}/ideas"));
    let id = round.rsplit('/').next().unwrap();
    saboteur.run("BEGIN").await;
    let hold = format!("UPDATE session_round SET state = state WHERE id = '{id}'");
    saboteur.run(&hold).await;

    let removed = async {
        eventually("it waits", async || eye.somebody_waits().await).await;
        let path = format!("/api/v1/participants/{}", guest.id);
        assert_eq!(scene.script().delete(&path).await.status, 204);
        saboteur.let_go().await;
    };
    let (written, ()) = tokio::join!(ann.post(&path, json!({ "text": "rude" })), removed);

    written.is_refused(409, "conflict");
    done(&scene, &format!("{round}/reveal"), json!({})).await;
    assert_eq!(branches(&scene).await, [""; 0]);
}

async fn a_reveal_that_cannot_be_saved_leaves_all_as_it_was(db: Database) {
    let mut saboteur = Saboteur::at(&db.url).await;
    let (scene, round) = silent(db).await;
    let (path, reveal) = (format!("{round}/ideas"), format!("{round}/reveal"));
    let guest = scene.guest(MapRole::Editor).await;
    for text in ["one", "two"] {
        let idea = json!({ "text": text });
        script(&scene, &guest).made(&path, idea).await;
    }
    saboteur.fail_appends().await;
    let failed = scene.script().post(&reveal, json!({})).await;
    failed.is_refused(503, "busy");
    saboteur.mend_appends().await;
    assert_eq!(branches(&scene).await, [""; 0]);

    let shown = done(&scene, &reveal, json!({})).await;

    assert_eq!(shown["ideas"], 2);
    let texts: BTreeSet<String> = branches(&scene).await.into_iter().collect();
    assert_eq!(texts, ["one", "two"].map(str::to_owned).into());
}
