//! Links of nodes to the catalogue: what is said of them, and that everybody sees it change.

use futures_util::future::join;
use gapmap::http::Options;
use gapmap::hub::{read_into_tables, read_map};
use gapmap::mindmap::limits::Limits;
use gapmap::workshop::role::{MapRole, Role};
use serde_json::{Value, json};
use yrs::{Doc, any};

use super::client::LiveClient;
use super::scene::Scene;
use super::workshop::{agenda, session, state, step};
use crate::harness::{Database, eventually, on_both_databases};
use crate::pen;
use crate::server::Client;

on_both_databases! {
    two_who_link_at_once_make_one_link_and_the_card_follows_the_catalogue,
    a_gap_made_of_a_node_is_made_once_and_linked_in_the_same_commit,
    analysts_judge_links_and_the_board_shows_it,
    everybody_in_the_map_hears_what_analysts_decide,
    random_edits_leave_the_tables_as_the_documents,
}

/// A gap of this name; its card's target.
async fn gap(analyst: &Client, title: &str) -> String {
    let made = analyst
        .made("/api/v1/gaps", json!({ "title": title }))
        .await;
    format!("gap:{}", made["id"].as_str().unwrap())
}

/// A node linked to this, in nobody's name.
fn link_to(doc: &Doc, node: &str, target: &str) -> Vec<u8> {
    pen::link_to(doc, node, target, any!({ "at": 1, "by": "somebody" }))
}

async fn cards(scene: &Scene) -> Vec<Value> {
    let reply = scene.script().get(&format!("{}/cards", scene.path())).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json["items"].as_array().unwrap().clone()
}

async fn mentions(client: &Client, number: &str) -> Value {
    let reply = client.get(&format!("/api/v1/gaps/{number}/mentions")).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json
}

async fn board(scene: &Scene, query: &str) -> Vec<Value> {
    let path = format!("/api/v1/sessions/{}/links?{query}", scene.session);
    let reply = scene.script().get(&path).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json["items"].as_array().unwrap().clone()
}

async fn two_who_link_at_once_make_one_link_and_the_card_follows_the_catalogue(db: Database) {
    let scene = Scene::on(db, Options::default()).await;
    let analyst = scene.server.script(Role::Analyst).await;
    let target = gap(&analyst, "Custody records that travel").await;
    let (mut ann, mut ben) = (scene.editor().await, scene.editor().await);
    ann.added("n", "one record").await;
    ben.until("the node", |it| pen::has(&it.doc, "n")).await;

    let of_ann = link_to(&ann.doc, "n", &target);
    let of_ben = link_to(&ben.doc, "n", &target);
    join(ann.save(of_ann), ben.save(of_ben)).await;

    let named = mentions(&analyst, "GAP-1").await;
    assert_eq!(named["items"].as_array().unwrap().len(), 1, "{named}");
    assert_eq!(named["items"][0]["text"], "one record");
    assert_eq!(named["items"][0]["path"], json!(["Drones"]));
    assert_eq!(named["named"]["nodes"], 1);
    let shown = cards(&scene).await;
    assert_eq!(
        (&shown[0]["handle"], &shown[0]["light"]),
        (&json!("GAP-1"), &json!("grey"))
    );

    // The chip follows: a solution that fits turns the light green, for everybody.
    ann.until("cards", |it| state(it)["catalogue"] != 0).await;
    let before = state(&ann)["catalogue"].clone();
    let course = json!({ "name": "Course", "kind": "training", "lifecycle": "in_use" });
    analyst.made("/api/v1/solutions", course).await;
    let fit = json!({ "gap": "GAP-1", "solution": "SOL-1", "degree": "good", "rationale": "It does.",
                      "state": "proposed" });
    analyst.made("/api/v1/fits", fit).await;
    let accepted = analyst
        .patch("/api/v1/fits/FIT-1", json!({ "state": "accepted" }))
        .await;
    assert_eq!(accepted.status, 200, "{}", accepted.text);
    ann.until("news", |it| state(it)["catalogue"] != before)
        .await;
    ben.until("news", |it| state(it)["catalogue"] != before)
        .await;
    let shown = cards(&scene).await;
    assert_eq!(
        (&shown[0]["light"], &shown[0]["solutions"]),
        (&json!("green"), &json!(1))
    );
    super::withheld::a_file_says_no_more_than_the_page(&scene, &analyst).await;
    merged_and_withheld(&scene, &analyst, &target).await;
}

/// Goes on with a map that has one link, to GAP-1.
async fn merged_and_withheld(scene: &Scene, analyst: &Client, target: &str) {
    // Merged: the old link shows the record that stays, and its mentions are that one's.
    gap(analyst, "Records of custody").await;
    let merge = analyst
        .post("/api/v1/gaps/GAP-1/merge", json!({ "into": "GAP-2" }))
        .await;
    assert_eq!(merge.status, 200, "{}", merge.text);
    let shown = cards(scene).await;
    assert_eq!(
        (&shown[0]["target"], &shown[0]["handle"]),
        (&json!(target), &json!("GAP-2"))
    );
    assert_eq!(mentions(analyst, "GAP-2").await["named"]["nodes"], 1);

    // What is withheld from those who only take part is its number and no more.
    analyst
        .patch("/api/v1/gaps/GAP-2", json!({ "tlp": "RED" }))
        .await;
    let guest = scene.guest(MapRole::Editor).await;
    let guest = scene.server.client(Some(&guest.token));
    let seen = guest.get(&format!("{}/cards", scene.path())).await.json;
    let seen = &seen["items"][0];
    assert_eq!(
        (&seen["handle"], &seen["title"], &seen["light"]),
        (&json!("GAP-2"), &json!(""), &Value::Null)
    );
    assert_eq!(cards(scene).await[0]["title"], "Records of custody");
}

async fn a_gap_made_of_a_node_is_made_once_and_linked_in_the_same_commit(db: Database) {
    let scene = Scene::on(db, Options::default()).await;
    let guest = scene.guest(MapRole::Editor).await;
    let (mut ann, script) = (
        scene.joined(&guest).await,
        scene.server.client(Some(&guest.token)),
    );
    ann.added("n", "No shared\n way to  record custody").await;
    let path = format!("{}/nodes/n/gap", scene.path());

    let (one, other) = join(script.post(&path, json!({})), script.post(&path, json!({}))).await;
    let again = script.post(&path, json!({ "title": "Other" })).await;

    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(
        (statuses, again.status),
        ([200, 201], 200),
        "{} {}",
        one.text,
        other.text
    );
    assert_eq!((&one.json, &again.json), (&other.json, &one.json));
    assert_eq!(one.json["title"], "No shared way to record custody");
    assert_eq!(
        (&one.json["state"], &one.json["tlp"]),
        (&json!("draft"), &json!("AMBER"))
    );
    let target = one.json["target"].as_str().unwrap().to_owned();
    ann.until("the link", |it| {
        pen::links(&it.doc, "n") == [target.clone()]
    })
    .await;
    let analyst = scene.server.script(Role::Analyst).await;
    let gaps = analyst.get("/api/v1/gaps").await.json;
    assert_eq!(gaps["items"].as_array().unwrap().len(), 1);
    assert_eq!(gaps["items"][0]["origin"], "node");
    assert_eq!(gaps["items"][0]["origin_node"], format!("{}/n", scene.map));
    let rows = scene.server.store.log_after(scene.map, 2, 9).await.unwrap();
    assert_eq!((rows.len(), rows[0].row.participant), (1, Some(guest.id)));
    super::withheld::which_participant_it_was(&scene, &analyst, &guest).await;
    what_is_withheld_makes_neither_link_nor_gap(&scene, &mut ann, &script).await;
}

async fn what_is_withheld_makes_neither_link_nor_gap(
    scene: &Scene,
    ann: &mut LiveClient,
    script: &Client,
) {
    let analyst = scene.server.script(Role::Analyst).await;
    ann.added("m", "Something else").await;
    agenda(
        scene,
        json!([{ "title": "Read", "method": "vote", "votes": 3 }]),
    )
    .await;
    step(scene, json!({ "action": "start" })).await;
    let path = format!("{}/nodes/m/gap", scene.path());
    let withheld = script.post(&path, json!({})).await;
    withheld.is_refused(409, "conflict");
    let viewer = scene.guest(MapRole::Viewer).await;
    session(scene, json!({ "state": "closed" })).await;
    script
        .post(&path, json!({}))
        .await
        .is_refused(409, "conflict");
    let gaps = analyst.get("/api/v1/gaps").await.json;
    assert_eq!(gaps["items"].as_array().unwrap().len(), 1);
    let viewer = scene.server.client(Some(&viewer.token));
    viewer
        .post(&path, json!({}))
        .await
        .is_refused(403, "forbidden");
    let nothing = format!("{}/nodes/none/gap", scene.path());
    script
        .post(&nothing, json!({}))
        .await
        .is_refused(404, "not_found");
}

async fn analysts_judge_links_and_the_board_shows_it(db: Database) {
    let scene = Scene::on(db, Options::default()).await;
    let analyst = scene.server.script(Role::Analyst).await;
    let (known, unknown) = (
        gap(&analyst, "Custody").await,
        format!("gap:{}", uuid::Uuid::now_v7()),
    );
    let mut ann = scene.editor().await;
    for node in ["a", "b", "c"] {
        ann.added(node, node).await;
    }
    for (node, target) in [("a", &known), ("b", &unknown)] {
        let link = link_to(&ann.doc, node, target);
        ann.save(link).await;
    }
    let at = |node: &str, target: &str| format!("{}/nodes/{node}/links/{target}", scene.path());

    let guest = scene.server.script(Role::Facilitator).await;
    let refused = guest
        .put(&at("a", &known), json!({ "state": "confirmed" }))
        .await;
    refused.is_refused(403, "forbidden");
    let judged = async |node: &str, target: &str, state: &str| {
        let path = at(node, target);
        analyst.put(&path, json!({ "state": state })).await
    };
    let confirmed = judged("a", &known, "confirmed").await;
    let rejected = judged("b", &unknown, "rejected").await;
    let missing = judged("c", &known, "rejected").await;
    let odd = judged("a", &known, "perhaps").await;

    assert_eq!((confirmed.status, rejected.status), (200, 200));
    missing.is_refused(404, "not_found");
    odd.is_refused(422, "invalid");
    let nodes = async |query: &str| -> Vec<String> {
        let mut nodes: Vec<String> = board(&scene, query)
            .await
            .iter()
            .map(|it| it["node"].as_str().unwrap().to_owned())
            .collect();
        nodes.sort();
        nodes
    };
    assert_eq!(nodes("").await, ["a", "b", "c"]);
    assert_eq!(nodes("linked=none").await, ["b", "c"]);
    assert_eq!(nodes("linked=confirmed").await, ["a"]);
    assert_eq!(nodes("linked=proposed").await, [""; 0]);
    let all = board(&scene, "sort=votes").await;
    let b = all.iter().find(|it| it["node"] == "b").unwrap();
    assert_eq!(b["links"][0]["state"], "rejected");
    assert_eq!(b["links"][0]["card"]["state"], "unknown");
    let said = mentions(&analyst, "GAP-1").await;
    assert_eq!(said["items"][0]["link"]["state"], "confirmed");

    pages_go_on_and_judgements_survive_the_trash(&scene, &mut ann, &analyst).await;
}

async fn everybody_in_the_map_hears_what_analysts_decide(db: Database) {
    let scene = Scene::on(db, Options::default()).await;
    let analyst = scene.server.script(Role::Analyst).await;
    let target = gap(&analyst, "Custody").await;
    let mut ann = scene.editor().await;
    ann.added("a", "Custody records").await;
    let link = link_to(&ann.doc, "a", &target);
    ann.save(link).await;
    let path = format!("{}/nodes/a/links/{target}", scene.path());

    for judged in ["confirmed", "rejected"] {
        let before = state(&ann)["catalogue"].clone();
        let reply = analyst.put(&path, json!({ "state": judged })).await;
        assert_eq!(reply.status, 200);

        ann.until("news", |it| state(it)["catalogue"] != before)
            .await;
        let cards = format!("{}/cards", scene.path());
        let links = &scene.script().get(&cards).await.json["links"];
        let link = json!({ "node": "a", "target": target, "state": judged });
        assert_eq!(links, &json!([link]));
    }
}

async fn pages_go_on_and_judgements_survive_the_trash(
    scene: &Scene,
    ann: &mut LiveClient,
    analyst: &Client,
) {
    let path = format!("/api/v1/sessions/{}/links?limit=2", scene.session);
    let first = scene.script().get(&path).await.json;
    let cursor = first["next"].as_str().unwrap();
    let second = scene
        .script()
        .get(&format!("{path}&cursor={cursor}"))
        .await
        .json;
    assert_eq!(second["items"].as_array().unwrap().len(), 1);
    assert_eq!(second["next"], Value::Null);

    // A judgement survives that the node goes to the trash and comes back.
    let (gone, back) = (
        pen::delete(&ann.doc, "a", "somebody"),
        pen::bring_back(&ann.doc, "a"),
    );
    ann.save(gone).await;
    assert_eq!(mentions(analyst, "GAP-1").await["items"], json!([]));
    ann.save(back).await;
    let said = mentions(analyst, "GAP-1").await;
    assert_eq!(said["items"][0]["link"]["state"], "confirmed");
}

async fn random_edits_leave_the_tables_as_the_documents(db: Database) {
    let scene = Scene::on(db, Options::default()).await;
    let store = &scene.server.store;
    let analyst = scene.server.script(Role::Analyst).await;
    let mut targets = Vec::new();
    for n in 0..4 {
        targets.push(gap(&analyst, &format!("Gap {n}")).await);
    }
    let guest = scene.guest(MapRole::Editor).await;
    let mut ann = scene.joined(&guest).await;
    let by = guest.id.to_string();
    // The same edits each time, in an order that nobody thought of.
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    let mut roll = |sides: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        usize::try_from(dice % 1_000_003).unwrap() % sides
    };
    let mut nodes = vec!["root".to_owned()];
    for n in 0..120 {
        let node = nodes[roll(nodes.len())].clone();
        let update = match roll(7) {
            0 | 1 => {
                let fresh = format!("n{n}");
                nodes.push(fresh.clone());
                pen::add_under(&ann.doc, &fresh, &node, &by)
            }
            2 if node != "root" => pen::put(&ann.doc, &node, &nodes[roll(nodes.len())].clone()),
            3 if node != "root" => pen::delete(&ann.doc, &node, "somebody"),
            4 => pen::bring_back(&ann.doc, &node),
            5 => link_to(&ann.doc, &node, &targets[roll(targets.len())].clone()),
            6 => pen::unlink_first(&ann.doc, &node),
            _ => pen::write(&ann.doc, &node, " and more"),
        };
        ann.edit(update).await;
        if n == 60 {
            let sent = ann.sent;
            ann.until("all acks", |it| sent <= it.heard.acked).await;
            let merge = json!({ "into": "GAP-4" });
            let merged = analyst.post("/api/v1/gaps/GAP-1/merge", merge).await;
            assert_eq!(merged.status, 200, "{}", merged.text);
        }
    }
    let sent = ann.sent;
    ann.until("all acks", |it| sent <= it.heard.acked).await;

    let limits = Limits::default();
    eventually("the tables to say what the document says", async || {
        let told = store.reading(scene.map).await.unwrap();
        told == Some(read_map(store, scene.map, &limits).await.unwrap())
    })
    .await;
    let told = store.reading(scene.map).await.unwrap().unwrap();
    assert!(told.nodes.values().any(|it| !it.is_live));
    assert!(told.mentions.values().any(|it| it.record != it.target));

    a_purge_and_a_restart_keep_them_so(scene, &limits).await;
}

async fn a_purge_and_a_restart_keep_them_so(scene: Scene, limits: &Limits) {
    // A purge takes all of it along, and a server that stopped in between catches up.
    let purged = scene
        .script()
        .post(&format!("{}/purge", scene.path()), json!({}))
        .await;
    assert_eq!(purged.status, 200, "{}", purged.text);
    let scene = scene.restarted().await;
    let store = &scene.server.store;
    eventually("the new history in the tables", async || {
        let told = store.reading(scene.map).await.unwrap();
        told == Some(read_map(store, scene.map, limits).await.unwrap())
    })
    .await;
    assert!(!read_into_tables(store, scene.map, limits).await.unwrap());
}
