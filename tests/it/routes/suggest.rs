//! `/api/v1/suggest`

use gapmap::workshop::role::Role;
use serde_json::{Value, json};

use super::catalogue::{FITS, GAPS, SOLUTIONS, at};
use crate::harness::{Database, eventually, on_both_databases};
use crate::server::{Client, TestServer};

async fn asked(who: &Client, query: &str) -> Vec<Value> {
    let reply = who.get(&format!("/api/v1/suggest?{query}")).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.json["ranked_by"], "words, thesaurus, fits and links");
    reply.json["items"].as_array().unwrap().clone()
}

/// Waits until this is what is offered: a busy server answers with what it knew a moment ago.
async fn offers(who: &Client, query: &str, wanted: &[&str]) {
    let what = format!("{wanted:?} for {query}");
    eventually(&what, async || handles(&asked(who, query).await) == wanted).await;
}

fn handles(items: &[Value]) -> Vec<&str> {
    items
        .iter()
        .filter_map(|it| it["handle"].as_str())
        .collect()
}

async fn fill(analyst: &Client) -> (Value, Value) {
    for n in 0..12 {
        let body = json!({ "title": format!("Subject{n}") });
        analyst.made(GAPS, body).await;
    }
    let body = json!({ "title": "Reviewing video recordings takes mostly manual effort",
                       "description": "Officers watch them by hand.", "tags": ["video"] });
    let gap = analyst.made(GAPS, body).await;
    let body = json!({ "name": "VICTORIA", "kind": "platform", "trl_low": 6,
                       "summary": "Platform for faster review of video recordings." });
    let solution = analyst.made(SOLUTIONS, body).await;
    (gap, solution)
}

on_both_databases!(suggestions_follow_the_catalogue,);

async fn suggestions_follow_the_catalogue(database: Database) {
    let server = TestServer::start_on(database, Default::default()).await;
    let analyst = server.script(Role::Analyst).await;
    let reviewer = server.script(Role::Reviewer).await;
    let (gap, solution) = fill(&analyst).await;
    let (gap_handle, handle) = (gap["number"].as_str().unwrap(), "SOL-1");

    let about_both = "text=Kameraaufnahmen+sichten&path=Ermittlung+/+Beweise";
    offers(&analyst, about_both, &[gap_handle, handle]).await;
    let both = asked(&analyst, about_both).await;
    assert_eq!(
        both[0]["target"],
        format!("gap:{}", gap["id"].as_str().unwrap())
    );
    assert_eq!(both[0]["light"], "grey");
    assert_eq!(both[0]["matched"][0], "video");
    assert_eq!(both[1]["trl"], json!({ "low": 6, "high": null }));
    let for_gap = format!("gap={gap_handle}");
    offers(&analyst, &for_gap, &[handle]).await;

    // A fit that was rejected is not offered again.
    let body = json!({ "gap": gap["id"], "solution": solution["id"], "degree": "good",
                       "rationale": "It shortens review." });
    let fit = analyst.made(FITS, body).await;
    offers(&analyst, &for_gap, &[]).await;
    let no = json!({ "state": "rejected", "reason": "too slow" });
    assert_eq!(reviewer.patch(&at(FITS, &fit), no).await.status, 200);
    offers(&analyst, &for_gap, &[]).await;

    // What a record says now counts, and whether it may be offered.
    let renamed = json!({ "name": "Course", "summary": "Emergency calls by text.", "version": 1 });
    assert_eq!(
        analyst
            .patch(&at(SOLUTIONS, &solution), renamed)
            .await
            .status,
        200
    );
    offers(&analyst, "text=camera+footage&kind=solution", &[]).await;
    offers(
        &analyst,
        "text=Notruf+ohne+Sprechen&kind=solution",
        &[handle],
    )
    .await;
    let out = json!({ "state": "rejected" });
    assert_eq!(reviewer.patch(&at(GAPS, &gap), out).await.status, 200);
    offers(&analyst, "text=camera+footage", &[]).await;
}

#[tokio::test]
async fn participants_ask_for_their_map_and_see_what_may_travel_there() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    let facilitator = server.facilitator().await;
    let session = server.given_session().await;
    let body = json!({ "session": session, "title": "Map" });
    let map = facilitator.made("/api/v1/maps", body).await;
    let (guest, _) = server.joined(&session, "editor").await;
    let (viewer, _) = server.joined(&session, "viewer").await;
    let (gap, _) = fill(&analyst).await;
    let here = format!(
        "text=camera+footage&kind=gap&map={}",
        map["id"].as_str().unwrap()
    );

    let seen = asked(&guest, &here).await;
    let secret = json!({ "tlp": "RED", "version": 1 });
    assert_eq!(analyst.patch(&at(GAPS, &gap), secret).await.status, 200);
    let hidden = asked(&guest, &here).await;
    let elsewhere = guest.get("/api/v1/suggest?text=camera").await;
    let nobody = server.browser().get("/api/v1/suggest?text=camera").await;
    let watching = viewer.get(&format!("/api/v1/suggest?{here}")).await;

    assert_eq!((seen.len(), hidden.len()), (1, 0));
    assert_eq!(asked(&analyst, &here).await.len(), 1);
    assert_eq!(
        (elsewhere.status, nobody.status, watching.status),
        (403, 401, 403)
    );
}

#[tokio::test]
async fn a_question_that_makes_no_sense_is_refused_by_name() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    let long = format!("text={}", "x".repeat(2001));

    for (query, field) in [
        ("", "text"),
        ("text=+", "text"),
        (long.as_str(), "text"),
        ("text=a&kind=fit", "kind"),
        ("gap=GAP-1&kind=gap", "kind"),
        ("text=a&limit=0", "limit"),
        ("text=a&map=7", "map"),
        ("gap=what", "gap"),
    ] {
        let reply = analyst.get(&format!("/api/v1/suggest?{query}")).await;
        assert_eq!(
            (reply.status, &reply.json["field"]),
            (422, &json!(field)),
            "{query}"
        );
    }
    assert_eq!(analyst.get("/api/v1/suggest?gap=GAP-9").await.status, 404);
}
