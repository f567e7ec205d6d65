//! `/api/v1/gaps`, `/solutions`, `/fits`, `/evidence`

use gapmap::workshop::role::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::server::{Client, TestServer};

pub(super) const GAPS: &str = "/api/v1/gaps";
pub(super) const SOLUTIONS: &str = "/api/v1/solutions";
pub(super) const FITS: &str = "/api/v1/fits";
const EVIDENCE: &str = "/api/v1/evidence";

pub(super) fn at(path: &str, record: &Value) -> String {
    format!("{path}/{}", record["number"].as_str().unwrap())
}

pub(super) async fn gap(analyst: &Client, title: &str) -> Value {
    analyst.made(GAPS, json!({ "title": title })).await
}

pub(super) async fn course(analyst: &Client) -> Value {
    let body = json!({ "name": "Course", "kind": "training", "lifecycle": "in_use" });
    analyst.made(SOLUTIONS, body).await
}

pub(super) async fn fit(analyst: &Client, gap: &Value, solution: &Value) -> Value {
    let body = json!({ "gap": gap["number"], "solution": solution["id"], "degree": "good",
                       "rationale": "It teaches what is missing." });
    analyst.made(FITS, body).await
}

#[tokio::test]
async fn a_gap_is_made_shown_listed_and_changed() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;

    let made = analyst
        .post(
            GAPS,
            json!({ "title": "Phones", "thor": ["human"], "tags": ["ai"] }),
        )
        .await;
    assert_eq!(made.status, 201, "{}", made.text);
    let shown = analyst.get(made.header("location")).await;
    let by_number = analyst.get("/api/v1/gaps/GAP-1").await;
    let patch = json!({ "impact": 4, "thor": [], "version": 1 });
    let changed = analyst.patch("/api/v1/gaps/GAP-1", patch).await.json;
    let listed = analyst
        .get("/api/v1/gaps?q=phon&tag=ai&coverage=grey&sort=impact")
        .await
        .json;
    let history = analyst.get("/api/v1/gaps/GAP-1/history").await.json;

    assert_eq!((&shown.json, &by_number.json), (&made.json, &made.json));
    for (field, value) in [
        ("number", json!("GAP-1")),
        ("state", json!("draft")),
        ("tlp", json!("CLEAR")),
        ("impact", Value::Null),
        ("description", json!("")),
        ("coverage", json!("grey")),
        ("solutions", json!(0)),
        ("best_trl", Value::Null),
    ] {
        assert_eq!(made.json[field], value, "{field}");
    }
    assert_eq!(
        (&changed["impact"], &changed["version"]),
        (&json!(4), &json!(2))
    );
    assert_eq!(
        (&changed["thor"], &changed["tags"]),
        (&json!([]), &json!(["ai"]))
    );
    assert_eq!(listed["items"], json!([changed]));
    assert_eq!(
        history["items"][0]["changes"][1],
        json!({ "field": "impact", "before": null, "after": 4 })
    );
    assert_eq!(history["items"][1]["changes"], json!([]));
}

#[tokio::test]
async fn a_stale_change_is_told_the_record_and_the_differences() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    let path = at(GAPS, &gap(&analyst, "Phones").await);
    analyst
        .patch(&path, json!({ "title": "Handsets", "version": 1 }))
        .await;

    let body = Some(json!({ "title": "Mobiles" }));
    let refused = analyst
        .send(Method::PATCH, &path, &[("if-match", "\"1\"")], body)
        .await;

    refused.is_refused(412, "stale");
    assert_eq!(refused.json["current"]["title"], "Handsets");
    assert_eq!(refused.json["current"]["version"], 2);
    let wanted = json!([{ "field": "title", "yours": "Mobiles", "theirs": "Handsets" }]);
    assert_eq!(refused.json["differences"], wanted);
    assert_eq!(analyst.get(&path).await.json["title"], "Handsets");
}

#[tokio::test]
async fn a_second_live_fit_names_the_one_that_is_there() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    let (gap, solution) = (gap(&analyst, "Phones").await, course(&analyst).await);
    fit(&analyst, &gap, &solution).await;

    let body = json!({ "gap": "GAP-1", "solution": "SOL-1", "degree": "full", "rationale": "x" });
    let second = analyst.post(FITS, body).await;

    second.is_refused(409, "conflict");
    assert!(
        second.json["detail"]
            .as_str()
            .unwrap()
            .starts_with("FIT-1 ")
    );
    let listed = analyst
        .get("/api/v1/fits?gap=GAP-1&degree=good&state=proposed")
        .await
        .json;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    analyst
        .get("/api/v1/fits?gap=GAP-9")
        .await
        .is_refused(404, "not_found");
}

#[tokio::test]
async fn scores_are_everybodys_own_and_shown_together() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    let reviewer = server.script(Role::Reviewer).await;
    let fit = fit(
        &analyst,
        &gap(&analyst, "Phones").await,
        &course(&analyst).await,
    )
    .await;
    let path = format!("{}/scores", at(FITS, &fit));
    let scores = |maturity: Value, current_use: i64| {
        json!({ "operational_priority": null, "maturity": maturity, "standardisation": null,
                "interoperability": null, "current_use": current_use })
    };

    analyst.put(&path, scores(json!(5), 1)).await;
    analyst.put(&path, scores(json!(4), 2)).await;
    let both = reviewer.put(&path, scores(Value::Null, 5)).await.json;
    let odd = analyst.put(&path, scores(json!(6), 1)).await;

    assert_eq!(both["scores"]["maturity"], json!({ "n": 1, "mean": 4.0 }));
    assert_eq!(
        both["scores"]["current_use"],
        json!({ "n": 2, "mean": 3.5 })
    );
    assert_eq!(
        both["scores"]["interoperability"],
        json!({ "n": 0, "mean": null })
    );
    assert_eq!(analyst.get(&path).await.json, scores(json!(4), 2));
    odd.is_refused(422, "invalid");
}

#[tokio::test]
async fn a_merged_gap_is_found_by_its_old_number() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    let old = gap(&analyst, "Mobiles").await;
    let kept = gap(&analyst, "Phones").await;
    let old_by_id = format!("{GAPS}/{}", old["id"].as_str().unwrap());

    let merged = analyst
        .post("/api/v1/gaps/GAP-1/merge", json!({ "into": "GAP-2" }))
        .await;

    assert_eq!(merged.status, 200, "{}", merged.text);
    assert_eq!(
        analyst.get("/api/v1/gaps/GAP-1").await.json["id"],
        kept["id"]
    );
    let left = analyst.get(&old_by_id).await.json;
    assert_eq!(
        (&left["state"], &left["merged_into"]),
        (&json!("merged"), &kept["id"])
    );
    let itself = analyst
        .post("/api/v1/gaps/GAP-1/merge", json!({ "into": "GAP-2" }))
        .await;
    itself.is_refused(422, "invalid");
    analyst
        .patch(&old_by_id, json!({ "title": "x" }))
        .await
        .is_refused(422, "invalid");
}

#[tokio::test]
async fn evidence_stands_on_a_record_and_may_contradict_another() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    gap(&analyst, "Phones").await;
    let body = json!({ "target": "gap:GAP-1", "title": "Page", "url": "https://example.org/",
                       "date_checked": "2026-11-23", "conflict": true, "field": "description" });

    let made = analyst.made(EVIDENCE, body).await;

    assert_eq!(
        (&made["about"]["number"], &made["conflict"]),
        (&json!("GAP-1"), &json!(true))
    );
    for query in ["target=gap:GAP-1", "conflict=true", "q=page"] {
        let listed = analyst.get(&format!("{EVIDENCE}?{query}")).await.json;
        assert_eq!(listed["items"], json!([made]), "{query}");
    }
    let mut moved = json!({ "target": format!("gap:{}", uuid::Uuid::now_v7()) });
    analyst
        .patch(&at(EVIDENCE, &made), moved.take())
        .await
        .is_refused(422, "invalid");
}

#[tokio::test]
async fn who_reads_judges_and_writes_follows_from_the_role() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    let reviewer = server.script(Role::Reviewer).await;
    let facilitator = server.facilitator().await;
    let path = at(GAPS, &gap(&analyst, "Phones").await);
    analyst.patch(&path, json!({ "state": "proposed" })).await;
    let session = server.given_session().await;
    let (participant, _) = server.joined(&session, "editor").await;

    server
        .browser()
        .get(GAPS)
        .await
        .is_refused(401, "unauthenticated");
    participant.get(GAPS).await.is_refused(403, "forbidden");
    for reader in [&reviewer, &facilitator] {
        assert_eq!(reader.get(GAPS).await.status, 200);
        reader
            .post(GAPS, json!({ "title": "x" }))
            .await
            .is_refused(403, "forbidden");
        let merge = json!({ "into": "GAP-2" });
        reader
            .post(&format!("{path}/merge"), merge)
            .await
            .is_refused(403, "forbidden");
        reader
            .post("/api/v1/tags", json!({ "name": "x" }))
            .await
            .is_refused(403, "forbidden");
    }
    facilitator
        .patch(&path, json!({ "state": "accepted" }))
        .await
        .is_refused(403, "forbidden");
    for words in [
        json!({ "title": "x" }),
        json!({ "state": "accepted", "impact": 1 }),
        json!({ "state": "draft" }),
    ] {
        reviewer
            .patch(&path, words)
            .await
            .is_refused(403, "forbidden");
    }
    let accepted = reviewer.patch(&path, json!({ "state": "accepted" })).await;
    assert_eq!(accepted.json["state"], "accepted", "{}", accepted.text);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_on_its_field() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    for (path, field, body) in [
        (GAPS, "title", json!({})),
        (GAPS, "title", json!({ "title": "a\u{202e}b" })),
        (GAPS, "title", json!({ "title": "x".repeat(301) })),
        (GAPS, "fields", json!({ "title": "x", "colour": "red" })),
        (GAPS, "fields", json!({ "title": "x", "light": "green" })),
        (GAPS, "state", json!({ "title": "x", "state": "merged" })),
        (GAPS, "tags", json!({ "title": "x", "tags": [7] })),
        (
            GAPS,
            "groups",
            json!({ "title": "x", "groups": ["Forensics"] }),
        ),
        (SOLUTIONS, "kind", json!({ "name": "x", "kind": "magic" })),
        (
            SOLUTIONS,
            "url",
            json!({ "name": "x", "kind": "policy", "url": "javascript:alert(1)" }),
        ),
        (
            SOLUTIONS,
            "parent",
            json!({ "name": "x", "kind": "policy", "parent": "SOL-99" }),
        ),
        (
            FITS,
            "gap",
            json!({ "gap": "GAP-99", "solution": "SOL-1", "degree": "good", "rationale": "x" }),
        ),
        (
            EVIDENCE,
            "target",
            json!({ "title": "x", "target": "node:1" }),
        ),
    ] {
        let refused = analyst.post(path, body).await;

        refused.is_refused(422, "invalid");
        assert_eq!(refused.json["field"], field, "{}", refused.text);
    }
    analyst
        .post(GAPS, json!([]))
        .await
        .is_refused(422, "invalid");
}

#[tokio::test]
async fn a_question_that_makes_no_sense_is_refused_and_an_odd_id_names_nothing() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    for query in [
        "sort=colour",
        "state=merry",
        "coverage=blue",
        "thor=humane",
        "cursor=x&sort=title",
        "fits=all",
    ] {
        analyst
            .get(&format!("{GAPS}?{query}"))
            .await
            .is_refused(422, "invalid");
    }
    for path in ["GAP-1", "x", "GAP-99999999999999999999", "'--"] {
        analyst
            .get(&format!("{GAPS}/{path}"))
            .await
            .is_refused(404, "not_found");
    }
}
