//! `/api/v1/sessions`

use gapmap::workshop::role::Role;
use serde_json::json;

use crate::server::TestServer;

const SESSIONS: &str = "/api/v1/sessions";

#[tokio::test]
async fn a_session_made_with_the_smallest_body_is_live_and_names_its_groups() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let group = facilitator
        .made("/api/v1/groups", json!({ "name": "Forensics" }))
        .await;
    let body = json!({ "title": "Traces", "groups": [group["id"]] });

    let made = facilitator.made(SESSIONS, body).await;

    assert_eq!(made["state"], "live");
    assert_eq!(made["tlp"], "AMBER");
    assert_eq!(made["house_rule"], true);
    assert!(made["date"].is_null());
    assert_eq!(
        made["groups"],
        json!([{ "id": group["id"], "name": "Forensics" }])
    );
    let path = format!("{SESSIONS}/{}", made["id"].as_str().unwrap());
    assert_eq!(facilitator.get(&path).await.json, made);
}

#[tokio::test]
async fn a_date_is_set_and_taken_back_and_the_rest_stays() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    let body = json!({ "title": "Traces", "groups": [], "date": "2026-11-23", "tlp": "GREEN" });
    let made = facilitator.made(SESSIONS, body).await;
    let path = format!("{SESSIONS}/{}", made["id"].as_str().unwrap());

    let kept = facilitator
        .patch(&path, json!({ "state": "paused", "version": 1 }))
        .await;
    let taken = facilitator
        .patch(&path, json!({ "date": null, "version": 2 }))
        .await;

    assert_eq!(
        (&kept.json["date"], &kept.json["state"]),
        (&json!("2026-11-23"), &json!("paused"))
    );
    assert!(taken.json["date"].is_null(), "{}", taken.text);
    assert_eq!(taken.json["tlp"], "GREEN");
    facilitator
        .patch(&path, json!({ "title": "x", "version": 2 }))
        .await
        .is_refused(412, "stale");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_its_field() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;

    for (field, body) in [
        ("title", json!({ "title": "", "groups": [] })),
        (
            "groups",
            json!({ "title": "x", "groups": [uuid::Uuid::now_v7()] }),
        ),
        (
            "tlp",
            json!({ "title": "x", "groups": [], "tlp": "PURPLE" }),
        ),
        (
            "date",
            json!({ "title": "x", "groups": [], "date": "tomorrow" }),
        ),
        (
            "state",
            json!({ "title": "x", "groups": [], "state": "over" }),
        ),
    ] {
        let reply = facilitator.post(SESSIONS, body).await;
        reply.is_refused(422, "invalid");
        assert_eq!(reply.json["field"], field);
    }
    let odd = facilitator.get("/api/v1/sessions?sort=random").await;
    odd.is_refused(422, "invalid");
}

#[tokio::test]
async fn sessions_are_filtered_by_state_and_sorted() {
    let server = TestServer::start().await;
    let facilitator = server.facilitator().await;
    for (title, state) in [("b", "live"), ("a", "draft"), ("c", "live")] {
        let body = json!({ "title": title, "groups": [], "state": state });
        facilitator.made(SESSIONS, body).await;
    }
    let titles = async |query: &str| {
        let reply = facilitator.get(&format!("{SESSIONS}?{query}")).await;
        let items = reply.json["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|it| it["title"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };

    assert_eq!(titles("").await, ["c", "a", "b"]);
    assert_eq!(titles("sort=title").await, ["a", "b", "c"]);
    assert_eq!(titles("state=live&sort=title").await, ["b", "c"]);
}

#[tokio::test]
async fn a_participant_sees_their_session_and_no_other() {
    let server = TestServer::start().await;
    let (own, other) = (server.given_session().await, server.given_session().await);
    let (participant, _) = server.joined(&own, "viewer").await;

    let seen = participant.get(&format!("{SESSIONS}/{own}")).await;

    assert_eq!(seen.status, 200, "{}", seen.text);
    participant
        .get(&format!("{SESSIONS}/{other}"))
        .await
        .is_refused(403, "forbidden");
    participant.get(SESSIONS).await.is_refused(403, "forbidden");
    let change = participant
        .patch(&format!("{SESSIONS}/{own}"), json!({ "state": "closed" }))
        .await;
    change.is_refused(403, "forbidden");
}

#[tokio::test]
async fn analysts_and_reviewers_read_sessions_and_leave_them_as_they_are() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let path = format!("{SESSIONS}/{session}");

    for role in [Role::Analyst, Role::Reviewer] {
        let script = server.script(role).await;
        assert_eq!(script.get(SESSIONS).await.status, 200);
        assert_eq!(script.get(&path).await.status, 200);
        script
            .patch(&path, json!({ "title": "x" }))
            .await
            .is_refused(403, "forbidden");
        let body = json!({ "title": "x", "groups": [] });
        script
            .post(SESSIONS, body)
            .await
            .is_refused(403, "forbidden");
    }
}
