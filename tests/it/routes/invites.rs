//! `/api/v1/invites`

use std::time::Duration;

use gapmap::http::Options;
use serde_json::json;

use crate::server::TestServer;

const INVITES: &str = "/api/v1/invites";

#[tokio::test]
async fn an_invite_has_a_code_and_a_link_that_leads_here() {
    let server = TestServer::start().await;
    let session = server.given_session().await;

    let invite = server.given_invite(&session, "editor").await;

    let code = invite["code"].as_str().unwrap();
    assert_eq!(code.len(), 8);
    assert_eq!(invite["url"], format!("{}/join/{code}", server.base));
    assert_eq!(
        (&invite["role"], &invite["uses"]),
        (&json!("editor"), &json!(0))
    );
    assert!(invite["max_uses"].is_null() && invite["revoked_at"].is_null());
}

#[tokio::test]
async fn behind_a_proxy_the_link_leads_to_the_public_address() {
    let url = "https://maps.example.org".to_owned();
    let server = TestServer::start_with(Options {
        public_url: Some(url),
        ..Options::default()
    })
    .await;
    let session = server.given_session().await;

    let invite = server.given_invite(&session, "viewer").await;

    let code = invite["code"].as_str().unwrap();
    assert_eq!(
        invite["url"],
        format!("https://maps.example.org/join/{code}")
    );
}

#[tokio::test]
async fn a_link_comes_as_a_picture_too() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let invite = server.given_invite(&session, "editor").await;
    let path = format!("{INVITES}/{}/qr", invite["id"].as_str().unwrap());

    let picture = server.facilitator().await.get(&path).await;

    assert_eq!(picture.header("content-type"), "image/svg+xml");
    assert!(picture.text.contains("<svg"), "{}", picture.text);
    server
        .browser()
        .get(&path)
        .await
        .is_refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_revoked_invite_lets_nobody_in_and_stays_in_the_list() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let invite = server.given_invite(&session, "editor").await;
    let facilitator = server.facilitator().await;
    let path = format!("{INVITES}/{}", invite["id"].as_str().unwrap());

    let revoked = facilitator.delete(&path).await;
    let again = facilitator.delete(&path).await;

    assert_eq!((revoked.status, again.status), (204, 204));
    let body = json!({ "invite": invite["code"] });
    server
        .browser()
        .post("/api/v1/join", body)
        .await
        .is_refused(410, "gone");
    let listed = facilitator
        .get(&format!("{INVITES}?session={session}"))
        .await
        .json;
    assert!(listed["items"][0]["revoked_at"].is_string());
}

#[tokio::test]
async fn an_invite_ends_when_it_says() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let ends = server.now().after(Duration::from_secs(60)).to_rfc3339();
    let body = json!({ "session": session, "role": "editor", "expires_at": ends, "max_uses": 2 });
    let invite = server.facilitator().await.made(INVITES, body).await;
    let join = json!({ "invite": invite["code"] });
    server.browser().made("/api/v1/join", join.clone()).await;

    server.pass(Duration::from_secs(60));

    assert_eq!(invite["expires_at"], ends);
    server
        .browser()
        .post("/api/v1/join", join)
        .await
        .is_refused(410, "gone");
    let offer = format!("/api/v1/join/{}", invite["code"].as_str().unwrap());
    server.browser().get(&offer).await.is_refused(410, "gone");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_its_field() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let facilitator = server.facilitator().await;

    for (field, body) in [
        ("role", json!({ "session": session, "role": "facilitator" })),
        ("role", json!({ "session": session, "role": "boss" })),
        (
            "max_uses",
            json!({ "session": session, "role": "editor", "max_uses": 0 }),
        ),
        (
            "expires_at",
            json!({ "session": session, "role": "editor", "expires_at": "soon" }),
        ),
        (
            "expires_at",
            json!({ "session": session, "role": "editor", "expires_at": "2020-01-01T00:00:00Z" }),
        ),
    ] {
        let reply = facilitator.post(INVITES, body).await;
        reply.is_refused(422, "invalid");
        assert_eq!(reply.json["field"], field);
    }
    let nowhere = json!({ "session": uuid::Uuid::now_v7(), "role": "editor" });
    facilitator
        .post(INVITES, nowhere)
        .await
        .is_refused(404, "not_found");
    facilitator.get(INVITES).await.is_refused(400, "invalid");
}

#[tokio::test]
async fn only_those_who_run_sessions_handle_invites() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let (participant, _) = server.joined(&session, "editor").await;
    let analyst = server.script(gapmap::workshop::role::Role::Analyst).await;

    for client in [participant, analyst] {
        let list = client.get(&format!("{INVITES}?session={session}")).await;
        list.is_refused(403, "forbidden");
        let body = json!({ "session": session, "role": "editor" });
        client
            .post(INVITES, body)
            .await
            .is_refused(403, "forbidden");
    }
}
