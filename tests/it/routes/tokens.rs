//! `/api/v1/tokens`

use std::time::Duration;

use gapmap::workshop::role::Role;
use serde_json::json;

use crate::server::TestServer;

const TOKENS: &str = "/api/v1/tokens";

#[tokio::test]
async fn a_token_is_told_once_and_does_what_its_owner_may() {
    let server = TestServer::start().await;
    let browser = server.signed_in(Role::Facilitator).await;

    let made = browser
        .made(TOKENS, json!({ "name": "load test", "days": 1 }))
        .await;

    let secret = made["secret"].as_str().unwrap();
    let script = server.client(Some(secret));
    script
        .made("/api/v1/groups", json!({ "name": "Forensics" }))
        .await;
    let list = browser.get(TOKENS).await;
    assert_eq!(list.json["items"][0]["name"], "load test");
    assert!(!list.text.contains(secret));
}

#[tokio::test]
async fn a_token_ends_by_itself_or_when_it_is_revoked() {
    let server = TestServer::start().await;
    let browser = server.signed_in(Role::Facilitator).await;
    let short = browser.made(TOKENS, json!({ "days": 1 })).await;
    let long = browser.made(TOKENS, json!({})).await;
    let script = |token: &serde_json::Value| server.client(token["secret"].as_str());

    server.pass(Duration::from_secs(24 * 3600));
    script(&short)
        .get("/api/v1/me")
        .await
        .is_refused(401, "unauthenticated");
    assert_eq!(script(&long).get("/api/v1/me").await.status, 200);
    let path = format!("{TOKENS}/{}", long["id"].as_str().unwrap());
    let revoked = browser.delete(&path).await;

    assert_eq!(revoked.status, 204);
    script(&long)
        .get("/api/v1/me")
        .await
        .is_refused(401, "unauthenticated");
}

#[tokio::test]
async fn nobody_sees_or_revokes_the_tokens_of_others() {
    let server = TestServer::start().await;
    let (ana, bo) = (
        server.signed_in(Role::Admin).await,
        server.signed_in(Role::Analyst).await,
    );
    let token = bo.made(TOKENS, json!({})).await;

    let path = format!("{TOKENS}/{}", token["id"].as_str().unwrap());

    assert_eq!(ana.get(TOKENS).await.json["items"], json!([]));
    ana.delete(&path).await.is_refused(404, "not_found");
    server
        .browser()
        .get(TOKENS)
        .await
        .is_refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_token_for_no_time_at_all_is_refused() {
    let server = TestServer::start().await;
    let browser = server.signed_in(Role::Analyst).await;

    for days in [0, -1, 4000] {
        let reply = browser.post(TOKENS, json!({ "days": days })).await;
        reply.is_refused(422, "invalid");
        assert_eq!(reply.json["field"], "days");
    }
}
