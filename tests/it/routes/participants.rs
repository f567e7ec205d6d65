//! `/api/v1/participants`

use serde_json::json;

use crate::server::TestServer;

#[tokio::test]
async fn a_facilitator_sees_who_takes_part_and_nothing_that_says_who_it_is() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let (_, joined) = server.joined(&session, "editor").await;

    let path = format!("/api/v1/participants?session={session}");
    let list = server.facilitator().await.get(&path).await.json;

    let seen = list["items"][0].as_object().unwrap();
    assert_eq!(seen["pseudonym"], joined["participant"]["pseudonym"]);
    let mut fields: Vec<&str> = seen.keys().map(String::as_str).collect();
    fields.sort_unstable();
    let expected = [
        "erased_at",
        "id",
        "joined_at",
        "pseudonym",
        "removed_at",
        "role",
        "session",
    ];
    assert_eq!(fields, expected);
}

#[tokio::test]
async fn where_names_are_shown_to_nobody_nobody_is_found_by_one() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let session = json!({ "title": "Drones", "groups": [], "anonymity": "none" });
    let session = facilitator.made("/api/v1/sessions", session).await;
    let session = session["id"].as_str().unwrap();
    let (_, joined) = server.joined(session, "editor").await;
    let path = format!("/api/v1/participants?session={session}");
    let name = joined["participant"]["pseudonym"].as_str().unwrap();

    let found = facilitator.get(&format!("{path}&q={name}")).await;
    let all = facilitator.get(&format!("{path}&q=")).await;

    found.is_refused(422, "invalid");
    assert_eq!(found.json["field"], "q");
    assert_eq!(all.json["items"][0]["id"], joined["participant"]["id"]);
    assert_eq!(all.json["items"][0]["pseudonym"], json!(null));
}

#[tokio::test]
async fn who_is_removed_loses_their_token_and_cannot_join_again() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let invite = server.given_invite(&session, "editor").await;
    let browser = server.browser();
    let body = json!({ "invite": invite["code"] });
    let joined = browser.made("/api/v1/join", body.clone()).await;
    let script = server.client(joined["token"].as_str());
    let id = joined["participant"]["id"].as_str().unwrap();

    let removed = server
        .facilitator()
        .await
        .delete(&format!("/api/v1/participants/{id}"))
        .await;

    assert_eq!(removed.status, 204, "{}", removed.text);
    script
        .get("/api/v1/me")
        .await
        .is_refused(401, "unauthenticated");
    assert_eq!(
        browser.get("/api/v1/me").await.json["participants"],
        json!([])
    );
    browser
        .post("/api/v1/join", body)
        .await
        .is_refused(410, "gone");
    let shown = browser.get(&format!("/api/v1/sessions/{session}")).await;
    shown.is_refused(403, "forbidden");
}

#[tokio::test]
async fn a_participant_removes_nobody() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let (browser, joined) = server.joined(&session, "editor").await;
    let id = joined["participant"]["id"].as_str().unwrap();

    browser
        .delete(&format!("/api/v1/participants/{id}"))
        .await
        .is_refused(403, "forbidden");
    let path = format!("/api/v1/participants?session={session}");
    browser.get(&path).await.is_refused(403, "forbidden");
    let nobody = format!("/api/v1/participants/{}", uuid::Uuid::now_v7());
    server
        .facilitator()
        .await
        .delete(&nobody)
        .await
        .is_refused(404, "not_found");
}

#[tokio::test]
async fn whoever_may_read_a_map_may_know_its_people_by_pseudonym_alone() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let body = json!({ "session": session, "title": "Drones" });
    let map = server.facilitator().await.made("/api/v1/maps", body).await;
    let people = format!("/api/v1/maps/{}/people", map["id"].as_str().unwrap());
    let (browser, joined) = server.joined(&session, "viewer").await;

    let seen = browser.get(&people).await;

    let me = json!({
        "id": joined["participant"]["id"],
        "pseudonym": joined["participant"]["pseudonym"],
    });
    assert_eq!(seen.json["items"], json!([me]), "{}", seen.text);
    let stranger = server.browser().get(&people).await;
    stranger.is_refused(401, "unauthenticated");
}
