//! `/api/v1/tokens`

use std::time::Duration;

use gapmap::workshop::role::Role;
use serde_json::json;

use crate::server::{PASSWORD, TestServer};

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
async fn a_token_makes_itself_no_other_and_sets_no_password() {
    let server = TestServer::start().await;
    let browser = server.signed_in(Role::Admin).await;
    let token = browser.made(TOKENS, json!({})).await;
    let stolen = server.client(token["secret"].as_str());
    let own = format!("{TOKENS}/{}", token["id"].as_str().unwrap());
    let password = json!({ "current": PASSWORD, "new": "battery staple" });

    for refused in [
        stolen.post(TOKENS, json!({ "days": 3650 })).await,
        stolen.get(TOKENS).await,
        stolen.delete(&own).await,
        stolen.post("/api/v1/me/password", password).await,
    ] {
        refused.is_refused(403, "forbidden");
        let detail = refused.json["detail"].as_str().unwrap();
        assert!(detail.contains("sign in"), "{detail}");
    }
    assert_eq!(stolen.get("/api/v1/groups").await.status, 200);
    let tokens = browser.get(TOKENS).await.json;
    assert_eq!(tokens["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn tokens_outlive_a_new_password_unless_they_are_to_end_with_it() {
    let server = TestServer::start().await;
    let browser = server.signed_in(Role::Analyst).await;
    let token = browser.made(TOKENS, json!({})).await;
    let script = server.client(token["secret"].as_str());
    let change = async |current: &str, new: &str, end: Option<bool>| {
        let body = json!({ "current": current, "new": new, "end_tokens": end });
        let reply = browser.post("/api/v1/me/password", body).await;
        assert_eq!(reply.status, 204, "{}", reply.text);
    };

    change(PASSWORD, "battery staple", None).await;
    assert_eq!(script.get("/api/v1/groups").await.status, 200);

    change("battery staple", PASSWORD, Some(true)).await;
    script
        .get("/api/v1/groups")
        .await
        .is_refused(401, "unauthenticated");
    let listed = browser.get(TOKENS).await.json;
    assert!(listed["items"][0]["revoked_at"].is_string());
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
