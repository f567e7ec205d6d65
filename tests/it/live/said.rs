//! What people say in nodes that are linked to a record leads to that record.

use gapmap::http::Options;
use gapmap::workshop::role::Role;
use serde_json::{Value, json};
use yrs::any;

use super::scene::Scene;
use crate::harness::{Database, eventually, on_both_databases};
use crate::pen;
use crate::server::Client;

on_both_databases! {
    a_record_is_found_by_what_people_said_in_nodes_that_are_linked_to_it,
}

async fn found(analyst: &Client, text: &str) -> Vec<Value> {
    let reply = analyst.get(&format!("/api/v1/suggest?text={text}")).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json["items"].as_array().unwrap().clone()
}

async fn a_record_is_found_by_what_people_said_in_nodes_that_are_linked_to_it(db: Database) {
    let scene = Scene::on(db, Options::default()).await;
    let analyst = scene.server.script(Role::Analyst).await;
    let mut gap = Value::Null;
    for title in ["Custody records", "Emergency calls", "Video review"] {
        gap = analyst
            .made("/api/v1/gaps", json!({ "title": title }))
            .await;
    }
    let target = format!("gap:{}", gap["id"].as_str().unwrap());
    let mut ann = scene.editor().await;
    ann.added("a", "The zoetrope flickers again").await;
    let link = pen::link_to(&ann.doc, "a", &target, any!({ "at": 1, "by": "somebody" }));
    ann.save(link).await;
    let path = format!("{}/nodes/a/links/{target}", scene.path());
    let judge = async |state: &str| {
        let body = json!({ "state": state });
        eventually("the link is read", async || {
            analyst.put(&path, body.clone()).await.status == 200
        })
        .await;
    };

    // Somebody's link is a proposal; it teaches nothing before an analyst agrees.
    assert!(found(&analyst, "zoetropes+that+flicker").await.is_empty());
    judge("confirmed").await;
    eventually("the record is found", async || {
        !found(&analyst, "zoetropes+that+flicker").await.is_empty()
    })
    .await;

    // The words that are shown are the record's own.
    let item = found(&analyst, "zoetropes+that+flicker").await.remove(0);
    assert_eq!(item["target"], target);
    assert_eq!(item["matched"], json!([]));
    judge("rejected").await;
    eventually("the record is found no more", async || {
        found(&analyst, "zoetropes+that+flicker").await.is_empty()
    })
    .await;
}
