//! `/api/v1/join`

use std::time::Duration;

use futures_util::StreamExt;
use reqwest::Method;
use serde_json::{Value, json};

use crate::server::{Client, Reply, TestServer};

const JOIN: &str = "/api/v1/join";

#[tokio::test]
async fn a_code_tells_where_it_leads_before_anybody_joins() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let invite = server.given_invite(&session, "viewer").await;
    let code = invite["code"].as_str().unwrap().to_lowercase();

    let offer = server.browser().get(&format!("{JOIN}/{code}")).await;

    assert_eq!(offer.status, 200, "{}", offer.text);
    assert_eq!(offer.json["session"]["title"], "Drones near crowds");
    assert_eq!(offer.json["role"], "viewer");
    assert!(offer.json["pseudonym"].as_str().unwrap().contains('-'));
    let notice = offer.json["notice"].as_str().unwrap();
    for words in [
        "planning",
        "no pictures",
        "no case material",
        "no personal data",
        "kept until",
    ] {
        assert!(notice.contains(words), "{words}: {notice}");
    }
    assert!(offer.json["me"].is_null());
}

#[tokio::test]
async fn who_joins_gets_a_pseudonym_a_token_and_a_cookie_no_script_reads() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let invite = server.given_invite(&session, "editor").await;
    let browser = server.browser();

    let joined = browser
        .post(JOIN, json!({ "invite": invite["code"] }))
        .await;

    assert_eq!(joined.status, 201, "{}", joined.text);
    let participant = &joined.json["participant"];
    assert_eq!(
        (&participant["role"], &participant["session"]),
        (&json!("editor"), &json!(session))
    );
    let cookie = joined.header("set-cookie");
    assert!(cookie.starts_with("gapmap_device="), "{cookie}");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert_eq!(
        browser.get("/api/v1/me").await.json["participants"],
        json!([participant])
    );
    let script = server.client(joined.json["token"].as_str());
    assert_eq!(
        script.get("/api/v1/me").await.json["participants"],
        json!([participant])
    );
}

#[tokio::test]
async fn the_same_device_is_the_same_participant_and_another_is_not() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let invite = server.given_invite(&session, "editor").await;
    let body = json!({ "invite": invite["code"] });
    let (browser, other) = (server.browser(), server.browser());

    let first = browser.made(JOIN, body.clone()).await;
    let again = browser.made(JOIN, body.clone()).await;
    let second = other.made(JOIN, body).await;

    assert_eq!(first["participant"], again["participant"]);
    assert_ne!(first["participant"]["id"], second["participant"]["id"]);
    let offer = browser
        .get(&format!("{JOIN}/{}", invite["code"].as_str().unwrap()))
        .await;
    assert_eq!(offer.json["me"], first["participant"]);
}

#[tokio::test]
async fn who_leaves_is_nobody_here_any_more_and_comes_back_as_somebody_new() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let invite = server.given_invite(&session, "viewer").await;
    let body = json!({ "invite": invite["code"] });
    let browser = server.browser();
    let joined = browser.made(JOIN, body.clone()).await;
    let token = server.client(joined["token"].as_str());
    let (leave, home) = (
        format!("/api/v1/sessions/{session}/leave"),
        format!("/api/v1/sessions/{session}"),
    );

    let left = browser.post(&leave, json!({})).await;

    assert_eq!(left.status, 204, "{}", left.text);
    for client in [&browser, &token] {
        client.get(&home).await.is_refused(401, "unauthenticated");
    }
    browser
        .post(&leave, json!({}))
        .await
        .is_refused(401, "unauthenticated");
    let me = browser.get("/api/v1/me").await.json;
    assert_eq!(me["participants"], json!([]));
    let again = browser.made(JOIN, body).await;
    assert_ne!(again["participant"]["id"], joined["participant"]["id"]);

    // An account has the session by its role, and signs out instead.
    let facilitator = server.facilitator().await;
    facilitator
        .post(&leave, json!({}))
        .await
        .is_refused(403, "forbidden");
    let all = facilitator
        .get(&format!("/api/v1/participants?session={session}"))
        .await;
    assert_eq!(all.json["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_chosen_name_is_taken_and_a_second_of_it_is_told_apart() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let invite = server.given_invite(&session, "editor").await;
    let body = json!({ "invite": invite["code"], "name": " Ana " });

    let one = server.browser().made(JOIN, body.clone()).await;
    let two = server.browser().made(JOIN, body).await;
    let empty = json!({ "invite": invite["code"], "name": "" });
    let none = server.browser().made(JOIN, empty).await;

    assert_eq!(one["participant"]["pseudonym"], "Ana");
    assert_eq!(two["participant"]["pseudonym"], "Ana 2");
    assert!(
        none["participant"]["pseudonym"]
            .as_str()
            .unwrap()
            .contains('-')
    );
}

#[tokio::test]
async fn a_link_with_one_place_lets_one_in_and_that_one_again() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let body = json!({ "session": session, "role": "editor", "max_uses": 1 });
    let invite = server
        .facilitator()
        .await
        .made("/api/v1/invites", body)
        .await;
    let body = json!({ "invite": invite["code"] });
    let offer = format!("{JOIN}/{}", invite["code"].as_str().unwrap());
    let browser = server.browser();

    browser.made(JOIN, body.clone()).await;

    browser.made(JOIN, body.clone()).await;
    assert_eq!(browser.get(&offer).await.status, 200);
    server
        .browser()
        .post(JOIN, body)
        .await
        .is_refused(410, "gone");
    server.browser().get(&offer).await.is_refused(410, "gone");
}

#[tokio::test]
async fn a_code_that_never_was_is_not_found_and_one_that_cannot_be_is_invalid() {
    let server = TestServer::start().await;
    let browser = server.browser();

    browser
        .get("/api/v1/join/22222222")
        .await
        .is_refused(404, "not_found");
    browser
        .get("/api/v1/join/nonsense!")
        .await
        .is_refused(404, "not_found");
    let unknown = browser.post(JOIN, json!({ "invite": "22222222" })).await;
    unknown.is_refused(404, "not_found");
    let odd = browser.post(JOIN, json!({ "invite": "?" })).await;
    odd.is_refused(422, "invalid");
    assert_eq!(odd.json["field"], "invite");
}

#[tokio::test]
async fn a_session_that_has_not_begun_lets_nobody_in_yet() {
    let server = TestServer::start().await;
    let body = json!({ "title": "Later", "groups": [], "state": "draft" });
    let facilitator = server.facilitator().await;
    let session = facilitator.made("/api/v1/sessions", body).await["id"].clone();
    let invite = server
        .given_invite(session.as_str().unwrap(), "editor")
        .await;
    let body = json!({ "invite": invite["code"] });
    let browser = server.browser();

    browser
        .post(JOIN, body.clone())
        .await
        .is_refused(409, "conflict");
    let path = format!("/api/v1/sessions/{}", session.as_str().unwrap());
    facilitator.patch(&path, json!({ "state": "live" })).await;
    browser.made(JOIN, body).await;
}

#[tokio::test]
async fn a_session_that_is_over_lets_nobody_new_in_and_who_was_there_back() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let invite = server.given_invite(&session, "editor").await;
    let body = json!({ "invite": invite["code"] });
    let offer = format!("{JOIN}/{}", invite["code"].as_str().unwrap());
    let ann = server.browser();
    let joined = ann.made(JOIN, body.clone()).await;

    let path = format!("/api/v1/sessions/{session}");
    let closed = json!({ "state": "closed" });
    server.facilitator().await.patch(&path, closed).await;

    let late = server.browser();
    late.get(&offer).await.is_refused(410, "gone");
    let refused = late.post(JOIN, body.clone()).await;
    refused.is_refused(410, "gone");
    assert_eq!(refused.json["detail"], "this session is over");
    let me = late.get("/api/v1/me").await.json;
    assert_eq!(me["participants"], json!([]));
    assert_eq!(ann.get(&offer).await.json["me"], joined["participant"]);
    let back = ann.made(JOIN, body).await;
    assert_eq!(back["participant"], joined["participant"]);
    assert_eq!(ann.get(&path).await.json["state"], "closed");
}

/// So many strangers, each on a device of their own, a few at a time; what they were answered.
async fn strangers(server: &TestServer, code: &Value, n: usize) -> Vec<Reply> {
    // One client without cookies: each call comes from a device that nobody knows.
    let stranger = Client::of(&server.base, Some(""));
    let body = json!({ "invite": code });
    let calls = (0..n).map(|_| stranger.post(JOIN, body.clone()));
    futures_util::stream::iter(calls)
        .buffer_unordered(16)
        .collect()
        .await
}

#[tokio::test]
async fn a_hall_comes_in_by_one_code_at_once_and_a_loop_is_told_when_to_come_again() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let leaked = server.given_invite(&session, "editor").await;
    let other = server.given_invite(&session, "editor").await;

    let hall = strangers(&server, &leaked["code"], 300).await;
    assert!(hall.iter().all(|it| it.status == 201));
    let looped = strangers(&server, &leaked["code"], 300).await;
    let (in_time, late): (Vec<_>, Vec<_>) = looped.iter().partition(|it| it.status == 201);

    assert_eq!(in_time.len(), 200);
    for refused in late {
        refused.is_refused(429, "busy");
        assert_eq!(refused.header("retry-after"), "1");
    }
    // Nobody else waits, and who was let in comes back.
    let body = json!({ "invite": other["code"] });
    let ann = server.browser();
    ann.made(JOIN, body).await;
    let body = json!({ "invite": leaked["code"] });
    ann.made(JOIN, body.clone()).await;
    server.pass(Duration::from_secs(1));
    server.browser().made(JOIN, body).await;
}

#[tokio::test]
async fn who_joins_again_in_a_loop_waits_alone() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let invite = server.given_invite(&session, "editor").await;
    let body = json!({ "invite": invite["code"] });
    let (eve, ann) = (server.browser(), server.browser());
    ann.made(JOIN, body.clone()).await;

    for _ in 0..31 {
        eve.made(JOIN, body.clone()).await;
    }

    let refused = eve.post(JOIN, body.clone()).await;
    refused.is_refused(429, "busy");
    assert_eq!(refused.header("retry-after"), "10");
    ann.made(JOIN, body.clone()).await;
    server.browser().made(JOIN, body).await;
}

#[tokio::test]
async fn the_notice_speaks_the_language_that_is_asked_for() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let invite = server.given_invite(&session, "editor").await;
    let path = format!("/api/v1/join/{}", invite["code"].as_str().unwrap());
    let browser = server.browser();
    let asked = async |path: &str, browsers: &str| {
        let headers = [("accept-language", browsers)];
        let reply = browser.send(Method::GET, path, &headers, None).await;
        reply.json["notice"].as_str().unwrap().to_owned()
    };

    let french = asked(&path, "fr-BE,fr;q=0.9").await;
    let english = asked(&path, "de").await;
    let chosen = asked(&format!("{path}?lang=fr"), "en").await;

    assert!(french.contains("sous votre pseudonyme"), "{french}");
    assert!(english.contains("under your pseudonym"), "{english}");
    assert_eq!(chosen, french);
}
