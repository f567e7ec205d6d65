//! `/api/v1/users`

use gapmap::workshop::role::Role;
use serde_json::json;

use crate::server::{PASSWORD, TestServer};

const USERS: &str = "/api/v1/users";

#[tokio::test]
async fn an_administrator_makes_an_account_that_can_sign_in() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let body = json!({
        "email": "Bo@Example.org", "name": "Bo", "role": "facilitator", "password": PASSWORD
    });

    let made = admin.made(USERS, body).await;

    assert_eq!(
        (&made["email"], &made["role"]),
        (&json!("bo@example.org"), &json!("facilitator"))
    );
    let path = format!("{USERS}/{}", made["id"].as_str().unwrap());
    assert_eq!(admin.get(&path).await.json, made);
    let body = json!({ "email": "bo@example.org", "password": PASSWORD });
    assert_eq!(
        server.browser().post("/api/v1/sign-in", body).await.status,
        200
    );
}

#[tokio::test]
async fn no_answer_holds_a_password_or_its_hash() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let body = json!({ "email": "bo@example.org", "role": "analyst", "password": PASSWORD });
    admin.made(USERS, body).await;

    let list = admin.get(USERS).await.text;

    assert!(!list.contains("argon2") && !list.contains(PASSWORD) && !list.contains("password"));
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_its_field() {
    let server = TestServer::start().await;
    let admin = server.admin().await;

    for (field, body) in [
        ("email", json!({ "email": "bo", "role": "analyst" })),
        ("role", json!({ "email": "bo@example.org", "role": "king" })),
        (
            "password",
            json!({ "email": "bo@example.org", "role": "analyst", "password": "short" }),
        ),
        (
            "name",
            json!({ "email": "bo@example.org", "role": "analyst", "name": "a\nb" }),
        ),
    ] {
        let reply = admin.post(USERS, body).await;
        reply.is_refused(422, "invalid");
        assert_eq!(reply.json["field"], field);
    }
    let body = json!({ "email": "bo@example.org", "role": "analyst" });
    admin.made(USERS, body.clone()).await;
    admin.post(USERS, body).await.is_refused(409, "conflict");
}

#[tokio::test]
async fn who_is_disabled_is_out_at_once_and_can_be_let_in_again() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let account = server.account(Role::Facilitator).await;
    let path = format!("{USERS}/{}", account.id);
    let browser = server.browser();
    let sign_in = json!({ "email": account.email, "password": PASSWORD });
    browser.post("/api/v1/sign-in", sign_in.clone()).await;

    let disabled = admin
        .patch(&path, json!({ "disabled": true, "version": 1 }))
        .await;
    let during = browser.get("/api/v1/groups").await;
    let refused = browser.post("/api/v1/sign-in", sign_in.clone()).await;
    let enabled = admin
        .patch(&path, json!({ "disabled": false, "version": 2 }))
        .await;

    assert!(
        disabled.json["disabled_at"].is_string(),
        "{}",
        disabled.text
    );
    during.is_refused(401, "unauthenticated");
    refused.is_refused(401, "unauthenticated");
    assert!(enabled.json["disabled_at"].is_null(), "{}", enabled.text);
    assert_eq!(browser.post("/api/v1/sign-in", sign_in).await.status, 200);
}

#[tokio::test]
async fn a_new_role_counts_from_the_next_call() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let account = server.account(Role::Reviewer).await;
    let browser = server.browser();
    let body = json!({ "email": account.email, "password": PASSWORD });
    browser.post("/api/v1/sign-in", body).await;
    let group = json!({ "name": "Forensics" });
    browser
        .post("/api/v1/groups", group.clone())
        .await
        .is_refused(403, "forbidden");

    let path = format!("{USERS}/{}", account.id);
    admin.patch(&path, json!({ "role": "facilitator" })).await;

    browser.made("/api/v1/groups", group).await;
}

#[tokio::test]
async fn an_administrator_gives_a_new_password_and_erases_an_account() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let account = server.account(Role::Analyst).await;
    let path = format!("{USERS}/{}", account.id);
    let browser = server.signed_in_as(&account.email).await;
    let token = browser.made("/api/v1/tokens", json!({})).await;

    let reset = admin
        .patch(&path, json!({ "password": "battery staple" }))
        .await;
    let script = server.client(token["secret"].as_str());
    script
        .get("/api/v1/groups")
        .await
        .is_refused(401, "unauthenticated");
    browser
        .get("/api/v1/groups")
        .await
        .is_refused(401, "unauthenticated");
    let body = json!({ "email": account.email, "password": "battery staple" });
    let signed_in = server.browser().post("/api/v1/sign-in", body.clone()).await;
    let erased = admin.delete(&path).await;

    assert_eq!(
        (reset.status, signed_in.status, erased.status),
        (200, 200, 204)
    );
    admin.get(&path).await.is_refused(404, "not_found");
    let again = server.browser().post("/api/v1/sign-in", body).await;
    again.is_refused(401, "unauthenticated");
}

#[tokio::test]
async fn the_last_administrator_cannot_be_erased() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let id = admin.get("/api/v1/me").await.json["user"]["id"].clone();
    let path = format!("{USERS}/{}", id.as_str().unwrap());

    admin.delete(&path).await.is_refused(409, "conflict");
    admin
        .patch(&path, json!({ "role": "analyst" }))
        .await
        .is_refused(409, "conflict");
}

#[tokio::test]
async fn nobody_but_an_administrator_sees_accounts() {
    let server = TestServer::start().await;

    for role in [Role::Facilitator, Role::Analyst, Role::Reviewer] {
        let script = server.script(role).await;
        script.get(USERS).await.is_refused(403, "forbidden");
        let body = json!({ "email": "x@example.org", "role": "admin" });
        script.post(USERS, body).await.is_refused(403, "forbidden");
    }
    server
        .browser()
        .get(USERS)
        .await
        .is_refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_link_for_an_account_signs_in_once() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let account = server.account(Role::Analyst).await;
    let path = format!("{USERS}/{}", account.id);
    assert!(admin.get(&path).await.json["signed_in_at"].is_null());

    let link = admin.made(&format!("{path}/link"), json!({})).await;
    let refused = server.facilitator().await;
    let refused = refused.post(&format!("{path}/link"), json!({})).await;

    refused.is_refused(403, "forbidden");
    let url = link["url"].as_str().unwrap();
    let (base, token) = url.split_once("/welcome?token=").unwrap();
    assert_eq!(base, server.base);
    let browser = server.browser();
    let body = json!({ "token": token });
    assert_eq!(
        browser
            .post("/api/v1/sign-in/link", body.clone())
            .await
            .status,
        200
    );
    browser
        .post("/api/v1/sign-in/link", body)
        .await
        .is_refused(401, "unauthenticated");
    assert!(admin.get(&path).await.json["signed_in_at"].is_string());
    let nobody = format!("{USERS}/{}/link", uuid::Uuid::now_v7());
    admin
        .post(&nobody, json!({}))
        .await
        .is_refused(404, "not_found");
}

#[tokio::test]
async fn accounts_are_found_by_role_and_by_whether_they_are_shut() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let shut = server.account(Role::Analyst).await;
    let open = server.account(Role::Analyst).await;
    admin
        .patch(&format!("{USERS}/{}", shut.id), json!({ "disabled": true }))
        .await;

    let found = async |query: &str| {
        let list = admin.get(&format!("{USERS}?{query}")).await;
        let items = list.json["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|it| it["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };

    assert_eq!(
        found("role=analyst&disabled=true").await,
        [shut.id.to_string()]
    );
    assert_eq!(
        found("role=analyst&disabled=false").await,
        [open.id.to_string()]
    );
    assert_eq!(found("role=analyst").await.len(), 2);
    admin
        .get(&format!("{USERS}?role=king"))
        .await
        .is_refused(422, "invalid");
}
