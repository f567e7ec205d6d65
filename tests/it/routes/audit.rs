//! `/api/v1/audit`

use std::time::Duration;

use gapmap::workshop::role::Role;
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};

use crate::server::TestServer;

#[tokio::test]
async fn the_audit_says_who_did_what_without_their_words() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let me = facilitator.get("/api/v1/me").await.json["user"]["id"].clone();
    let group = facilitator
        .made("/api/v1/groups", json!({ "name": "Forensics" }))
        .await;

    let audit = server
        .admin()
        .await
        .get("/api/v1/audit?q=group.create")
        .await;

    let event = &audit.json["items"][0];
    assert_eq!(event["action"], "group.create");
    assert_eq!(event["actor"], format!("account:{}", me.as_str().unwrap()));
    assert_eq!(
        event["target"],
        format!("group:{}", group["id"].as_str().unwrap())
    );
    assert!(!audit.text.contains("Forensics"));
}

#[tokio::test]
async fn a_join_is_on_record_by_pseudonym_only() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let (_, joined) = server.joined(&session, "editor").await;

    let audit = server
        .admin()
        .await
        .get("/api/v1/audit?q=participant.join")
        .await
        .json;

    let participant = joined["participant"]["id"].as_str().unwrap();
    assert_eq!(
        audit["items"][0]["actor"],
        format!("participant:{participant}")
    );
    server.store.verify_audit().await.unwrap();
}

#[tokio::test]
async fn the_audit_is_narrowed_by_who_what_on_what_and_when() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let (_, joined) = server.joined(&session, "editor").await;
    let before = server.now().to_rfc3339();
    server.pass(Duration::from_secs(3600));
    let (_, late) = server.joined(&session, "editor").await;
    let admin = server.admin().await;
    let found = async |query: &str| {
        let reply = admin.get(&format!("/api/v1/audit?{query}")).await;
        let events = reply.json["items"].as_array().unwrap().clone();
        let words = |it: &Value| format!("{} {}", it["action"], it["actor"]).replace('"', "");
        events.iter().map(words).collect::<Vec<_>>()
    };
    let [first, second] = [&joined, &late].map(|it| {
        let id = it["participant"]["id"].as_str().unwrap();
        format!("participant:{id}")
    });
    let [joins, later] = [&first, &second].map(|it| format!("participant.join {it}"));

    let both = [later.clone(), joins.clone()];
    assert_eq!(found("actor=participant").await, both);
    assert_eq!(found(&format!("actor={first}")).await, both[1..]);
    assert_eq!(found("action=participant").await, both);
    assert_eq!(found("action=participant.join").await, both);
    assert_eq!(found("action=participant.jo").await, [""; 0]);
    assert_eq!(found("action=partic_pant").await, [""; 0]);
    let on = format!("target=session:{session}&action=participant");
    assert_eq!(found(&on).await, both);
    assert_eq!(found("target=sess&action=participant").await, [""; 0]);
    assert_eq!(found(&format!("{on}&from={before}")).await.len(), 2);
    let end = server.now().to_rfc3339();
    assert_eq!(found(&format!("{on}&from={end}")).await, [later]);
    assert_eq!(found(&format!("{on}&before={end}&q=join")).await, [joins]);
    let odd = admin.get("/api/v1/audit?from=yesterday").await;
    odd.is_refused(422, "invalid");
    assert_eq!(odd.json["field"], "from");
}

#[tokio::test]
async fn only_an_administrator_reads_the_audit() {
    let server = TestServer::start().await;

    for role in [Role::Facilitator, Role::Analyst, Role::Reviewer] {
        let script = server.script(role).await;
        script
            .get("/api/v1/audit")
            .await
            .is_refused(403, "forbidden");
    }
    let odd = server.admin().await.get("/api/v1/audit?cursor=x").await;
    odd.is_refused(422, "invalid");
}

#[tokio::test]
async fn the_audit_says_whether_anybody_has_altered_it() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let file = server.store.file().unwrap().display().to_string();

    let whole = admin.get("/api/v1/audit/check").await;
    let mut other = SqliteConnection::connect(&format!("sqlite:{file}"))
        .await
        .unwrap();
    let altered = sqlx::query("UPDATE audit_event SET actor = 'nobody' WHERE seq = 1");
    altered.execute(&mut other).await.unwrap();
    let broken = admin.get("/api/v1/audit/check").await;
    let refused = server.facilitator().await.get("/api/v1/audit/check").await;

    assert_eq!(whole.json["whole"], true);
    assert!(whole.json["events"].as_i64().unwrap() > 0 && whole.json["problem"].is_null());
    assert_eq!(broken.json["whole"], false);
    assert!(broken.json["problem"].as_str().unwrap().contains("event 1"));
    refused.is_refused(403, "forbidden");
}
