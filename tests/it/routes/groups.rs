//! `/api/v1/groups`

use gapmap::workshop::role::Role;
use reqwest::Method;
use serde_json::json;

use crate::server::TestServer;

const GROUPS: &str = "/api/v1/groups";

#[tokio::test]
async fn the_smallest_body_makes_a_group_and_its_address_is_told() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;

    let made = facilitator
        .post(GROUPS, json!({ "name": "Forensics" }))
        .await;

    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.json["state"], "active");
    assert_eq!(made.json["version"], 1);
    let shown = facilitator.get(made.header("location")).await;
    assert_eq!(shown.json, made.json);
}

#[tokio::test]
async fn groups_are_listed_page_by_page_and_found_by_name() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    for name in ["Forensics", "Cybercrime", "Prevention"] {
        facilitator.made(GROUPS, json!({ "name": name })).await;
    }

    let first = facilitator.get("/api/v1/groups?limit=2").await.json;
    let next = first["next"].as_str().unwrap();
    let second = facilitator
        .get(&format!("{GROUPS}?cursor={next}"))
        .await
        .json;
    let found = facilitator.get("/api/v1/groups?q=FOREN").await.json;

    assert_eq!(first["items"][0]["name"], "Prevention");
    assert_eq!(first["items"][1]["name"], "Cybercrime");
    assert_eq!(second["items"][0]["name"], "Forensics");
    assert!(second["next"].is_null());
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_change_from_an_older_version_is_refused_in_header_and_body() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let id = facilitator
        .made(GROUPS, json!({ "name": "Forensic" }))
        .await["id"]
        .clone();
    let path = format!("{GROUPS}/{}", id.as_str().unwrap());

    let body = json!({ "name": "Forensics", "version": 1 });
    let first = facilitator.patch(&path, body.clone()).await;
    let in_body = facilitator.patch(&path, body).await;
    let rename = json!({ "name": "Traces" });
    let old = [("if-match", "\"1\"")];
    let in_header = facilitator
        .send(Method::PATCH, &path, &old, Some(rename.clone()))
        .await;
    let current = [("if-match", "\"2\"")];
    let second = facilitator
        .send(Method::PATCH, &path, &current, Some(rename))
        .await;

    assert_eq!(
        (first.status, first.json["version"].as_i64()),
        (200, Some(2))
    );
    in_body.is_refused(412, "stale");
    in_header.is_refused(412, "stale");
    assert_eq!(
        (second.status, &second.json["name"]),
        (200, &json!("Traces"))
    );
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_its_field() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;

    let nameless = facilitator.post(GROUPS, json!({ "name": " " })).await;
    let unknown = facilitator
        .post(GROUPS, json!({ "name": "x", "colour": "red" }))
        .await;
    let missing = facilitator.post(GROUPS, json!({})).await;
    let no_version = [("if-match", "soon")];
    let path = format!("{GROUPS}/{}", uuid::Uuid::now_v7());
    let version = facilitator
        .send(Method::PATCH, &path, &no_version, Some(json!({})))
        .await;

    nameless.is_refused(422, "invalid");
    assert_eq!(nameless.json["field"], "name");
    unknown.is_refused(422, "invalid");
    missing.is_refused(422, "invalid");
    version.is_refused(400, "invalid");
}

#[tokio::test]
async fn only_those_who_run_sessions_make_groups_and_only_accounts_see_them() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let (participant, _) = server.joined(&session, "editor").await;
    let analyst = server.script(Role::Analyst).await;
    let body = json!({ "name": "Forensics" });

    analyst
        .post(GROUPS, body.clone())
        .await
        .is_refused(403, "forbidden");
    assert_eq!(analyst.get(GROUPS).await.status, 200);
    participant.get(GROUPS).await.is_refused(403, "forbidden");
    server
        .browser()
        .get(GROUPS)
        .await
        .is_refused(401, "unauthenticated");
    server
        .browser()
        .post(GROUPS, body)
        .await
        .is_refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_group_that_is_not_there_is_not_found() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;

    for id in [uuid::Uuid::now_v7().to_string(), "forensics".to_owned()] {
        let path = format!("{GROUPS}/{id}");
        facilitator.get(&path).await.is_refused(404, "not_found");
        facilitator
            .patch(&path, json!({}))
            .await
            .is_refused(404, "not_found");
    }
}
