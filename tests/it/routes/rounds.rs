//! `/api/v1/sessions/{id}/rounds` and `/api/v1/templates`

use std::time::Duration;

use gapmap::workshop::role::Role;
use serde_json::{Value, json};

use crate::harness::{Database, on_both_databases};
use crate::server::{Client, TestServer};

on_both_databases! {
    an_agenda_is_written_whole_gone_through_and_kept_where_it_has_begun,
    a_timer_stands_still_while_its_session_is_paused,
    a_template_gives_a_session_its_agenda_and_first_map_and_can_be_saved_from_one,
    a_session_has_its_rules_from_the_start_and_may_change_them,
}

const SESSIONS: &str = "/api/v1/sessions";

async fn agenda(script: &Client, session: &str, rounds: Value) -> Value {
    let path = format!("{SESSIONS}/{session}/rounds");
    let reply = script.put(&path, json!({ "rounds": rounds })).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json
}

async fn an_agenda_is_written_whole_gone_through_and_kept_where_it_has_begun(database: Database) {
    let server = TestServer::start_on(database, Default::default()).await;
    let lead = server.facilitator().await;
    let session = server.given_session().await;
    let path = format!("{SESSIONS}/{session}/rounds");
    let step = format!("{SESSIONS}/{session}/round");

    let made = agenda(
        &lead,
        &session,
        json!([
            { "title": "Alone", "method": "silent", "minutes": 10, "prompt": "What is hard?" },
            { "title": "Dots", "method": "vote", "votes": 3, "vote_kind": "gap", "may_edit": "own" },
        ]),
    )
    .await;
    assert_eq!(made["rounds"][0]["state"], "waiting");
    assert_eq!(made["rounds"][1]["may_edit"], "own");
    assert!(made["round"].is_null());

    let started = lead.post(&step, json!({ "action": "start" })).await.json;
    assert_eq!(started["round"], made["rounds"][0]["id"]);
    let now = server.now().0;
    assert_eq!(started["ends"], now + 600_000);
    server.pass(Duration::from_secs(60));
    let paused = lead.post(&step, json!({ "action": "pause" })).await.json;
    assert_eq!(
        (&paused["ends"], &paused["left"]),
        (&json!(null), &json!(540_000))
    );
    let longer = json!({ "action": "extend", "minutes": 5 });
    assert_eq!(lead.post(&step, longer).await.json["left"], 840_000);
    lead.post(&step, json!({ "action": "resume" })).await;

    // The round that is on stays; the other goes, and a new one comes first.
    let gone = json!({ "rounds": [{ "title": "New", "method": "collect" }] });
    lead.put(&path, gone).await.is_refused(409, "conflict");
    let kept = json!([
        { "title": "New", "method": "collect" },
        { "id": made["rounds"][0]["id"], "title": "Alone, and quiet", "method": "silent" },
    ]);
    let changed = agenda(&lead, &session, kept).await;
    assert_eq!(changed["rounds"][1]["state"], "running");
    assert_eq!(changed["rounds"][1]["title"], "Alone, and quiet");
    assert_eq!(changed["rounds"].as_array().unwrap().len(), 2);
    for version in [&made["version"], &json!(i64::MAX)] {
        let stale = json!({ "rounds": [], "version": version });
        lead.put(&path, stale).await.is_refused(412, "stale");
    }

    let over = lead.post(&step, json!({ "action": "next" })).await.json;
    assert!(over["round"].is_null() && over["ends"].is_null());
    assert_eq!(over["rounds"][1]["state"], "done");
    lead.post(&step, json!({ "action": "next" }))
        .await
        .is_refused(422, "invalid");
}

async fn a_timer_stands_still_while_its_session_is_paused(database: Database) {
    let server = TestServer::start_on(database, Default::default()).await;
    let lead = server.facilitator().await;
    let session = server.given_session().await;
    let (path, rounds, step) = (
        format!("{SESSIONS}/{session}"),
        format!("{SESSIONS}/{session}/rounds"),
        format!("{SESSIONS}/{session}/round"),
    );
    let becomes = async |state: &str| {
        let reply = lead.patch(&path, json!({ "state": state })).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        lead.get(&rounds).await.json
    };
    let plan = json!([{ "title": "Write", "method": "collect", "minutes": 10 },
                      { "title": "Talk", "method": "discuss", "minutes": 20 }]);
    agenda(&lead, &session, plan).await;
    lead.post(&step, json!({ "action": "start" })).await;

    server.pass(Duration::from_secs(60));
    let paused = becomes("paused").await;
    assert_eq!(
        (&paused["ends"], &paused["left"]),
        (&json!(null), &json!(540_000))
    );
    server.pass(Duration::from_secs(1800));
    for action in ["pause", "resume"] {
        let refused = lead.post(&step, json!({ "action": action })).await;
        refused.is_refused(409, "conflict");
    }
    let longer = json!({ "action": "extend", "minutes": 1 });
    assert_eq!(lead.post(&step, longer).await.json["left"], 600_000);
    let live = becomes("live").await;
    assert_eq!(live["ends"], server.now().0 + 600_000);
    assert!(live["left"].is_null());

    // One that was paused before waits for its own; one that is begun meanwhile goes on, too.
    lead.post(&step, json!({ "action": "pause" })).await;
    becomes("paused").await;
    assert_eq!(becomes("live").await["left"], 600_000);
    becomes("paused").await;
    let next = lead.post(&step, json!({ "action": "next" })).await.json;
    assert_eq!(
        (&next["ends"], &next["left"]),
        (&json!(null), &json!(1_200_000))
    );
    assert_eq!(becomes("live").await["ends"], server.now().0 + 1_200_000);
}

#[tokio::test]
async fn rounds_are_the_facilitators_and_participants_see_them() {
    let server = TestServer::start().await;
    let session = server.given_session().await;
    let (guest, _) = server.joined(&session, "editor").await;
    let analyst = server.script(Role::Analyst).await;
    let (path, step) = (
        format!("{SESSIONS}/{session}/rounds"),
        format!("{SESSIONS}/{session}/round"),
    );

    assert_eq!(guest.get(&path).await.status, 200);
    for client in [&guest, &analyst] {
        client
            .put(&path, json!({ "rounds": [] }))
            .await
            .is_refused(403, "forbidden");
        client
            .post(&step, json!({ "action": "start" }))
            .await
            .is_refused(403, "forbidden");
    }
}

#[tokio::test]
async fn what_makes_no_sense_in_an_agenda_is_refused_with_its_field() {
    let server = TestServer::start().await;
    let lead = server.facilitator().await;
    let session = server.given_session().await;
    let path = format!("{SESSIONS}/{session}/rounds");

    for (field, round) in [
        ("method", json!({ "title": "x", "method": "shout" })),
        ("title", json!({ "title": "", "method": "vote" })),
        (
            "minutes",
            json!({ "title": "x", "method": "vote", "minutes": 0 }),
        ),
        (
            "vote_kind",
            json!({ "title": "x", "method": "vote", "vote_kind": "dog" }),
        ),
        (
            "may_edit",
            json!({ "title": "x", "method": "vote", "may_edit": "some" }),
        ),
        (
            "rounds",
            json!({ "id": uuid::Uuid::now_v7(), "title": "x", "method": "vote" }),
        ),
    ] {
        let reply = lead.put(&path, json!({ "rounds": [round] })).await;
        reply.is_refused(422, "invalid");
        assert_eq!(reply.json["field"], field);
    }
}

#[tokio::test]
async fn a_session_that_is_closed_ends_its_round_and_starts_no_other() {
    let server = TestServer::start().await;
    let lead = server.facilitator().await;
    let session = server.given_session().await;
    let step = format!("{SESSIONS}/{session}/round");
    let round = json!([{ "title": "x", "method": "collect" }]);
    agenda(&lead, &session, round).await;
    lead.post(&step, json!({ "action": "start" })).await;

    let path = format!("{SESSIONS}/{session}");
    lead.patch(&path, json!({ "state": "closed" })).await;

    let after = lead.get(&format!("{path}/rounds")).await.json;
    assert!(after["round"].is_null());
    assert_eq!(after["rounds"][0]["state"], "done");
    lead.post(&step, json!({ "action": "start" }))
        .await
        .is_refused(409, "conflict");
}

async fn a_template_gives_a_session_its_agenda_and_first_map_and_can_be_saved_from_one(
    database: Database,
) {
    let server = TestServer::start_on(database, Default::default()).await;
    let lead = server.facilitator().await;
    let built_in = lead.get("/api/v1/templates").await.json;
    let ids: Vec<&str> = built_in["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids,
        ["blank", "challenge-gap-need", "thor", "solution-clinic"]
    );

    let begin = async |template: &Value| {
        let body = json!({ "title": "Traces", "template": template });
        let made = lead.made(SESSIONS, body).await["id"].clone();
        let made = made.as_str().unwrap().to_owned();
        let maps = lead.get(&format!("/api/v1/maps?session={made}")).await.json;
        let map = maps["items"][0]["id"].as_str().unwrap().to_owned();
        let tree = lead.get(&format!("/api/v1/maps/{map}/tree")).await.json;
        let agenda = lead.get(&format!("{SESSIONS}/{made}/rounds")).await.json;
        (made, tree, agenda)
    };
    let texts = |tree: &Value| -> Vec<String> {
        let children = tree["children"].as_array().unwrap();
        children
            .iter()
            .map(|it| it["text"].as_str().unwrap().to_owned())
            .collect()
    };
    let (first, tree, agenda) = begin(&json!("thor")).await;
    assert_eq!(tree["text"], "Traces");
    assert_eq!(
        texts(&tree),
        ["Technology", "Human", "Organisational", "Regulatory"]
    );
    assert_eq!(agenda["rounds"].as_array().unwrap().len(), 5);

    let body = json!({ "name": "Our THOR", "session": first });
    let saved = lead.made("/api/v1/templates", body).await;
    let (_, again, same) = begin(&saved["id"]).await;
    assert_eq!(texts(&again), texts(&tree));
    assert_eq!(same["rounds"][3]["votes"], agenda["rounds"][3]["votes"]);
    assert_ne!(same["rounds"][3]["id"], agenda["rounds"][3]["id"]);

    let path = format!("/api/v1/templates/{}", saved["id"].as_str().unwrap());
    assert_eq!(lead.delete(&path).await.status, 204);
    lead.delete(&path).await.is_refused(404, "not_found");
    let gone = json!({ "title": "x", "template": saved["id"] });
    lead.post(SESSIONS, gone).await.is_refused(422, "invalid");
}

async fn a_session_has_its_rules_from_the_start_and_may_change_them(database: Database) {
    let server = TestServer::start_on(database, Default::default()).await;
    let lead = server.facilitator().await;
    let plain = lead.made(SESSIONS, json!({ "title": "x" })).await;
    assert_eq!(
        (&plain["anonymity"], &plain["authorship"], &plain["place"]),
        (&json!("all"), &json!("everyone"), &json!(""))
    );
    assert!(plain["retain_until"].is_null());
    let body = json!({ "title": "x", "anonymity": "facilitators", "authorship": "own",
        "place": "Rome", "retain_until": "2027-01-31" });

    let made = lead.made(SESSIONS, body).await;
    let path = format!("{SESSIONS}/{}", made["id"].as_str().unwrap());
    let change = json!({ "anonymity": "none", "retain_until": null });
    let changed = lead.patch(&path, change).await.json;

    assert_eq!(
        (&made["anonymity"], &made["retain_until"]),
        (&json!("facilitators"), &json!("2027-01-31"))
    );
    assert_eq!(
        (
            &changed["anonymity"],
            &changed["authorship"],
            &changed["place"]
        ),
        (&json!("none"), &json!("own"), &json!("Rome"))
    );
    assert!(changed["retain_until"].is_null());
    lead.patch(&path, json!({ "anonymity": "some" }))
        .await
        .is_refused(422, "invalid");
}
