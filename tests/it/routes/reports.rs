//! `/api/v1/reports`

use std::io::{Cursor, Read};

use gapmap::base::id::{ParticipantId, SessionId};
use gapmap::http::Options;
use gapmap::hub::read_into_tables;
use gapmap::mindmap::edit::{Branch, document};
use gapmap::mindmap::limits::Limits;
use gapmap::store::By;
use gapmap::workshop::map::MapTitle;
use gapmap::workshop::role::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::catalogue::{FITS, GAPS, SOLUTIONS};
use crate::harness::{Database, on_both_databases};
use crate::server::{Client, TestServer};

pub(super) const REPORTS: &str = "/api/v1/reports";
const FORMATS: [&str; 5] = ["docx", "html", "markdown", "csv", "json"];
/// Texts that are AMBER, each in another kind of record.
const AMBER: [&str; 6] = [
    "Amber gap",
    "Amber tool",
    "amber reasons",
    "Amber paper",
    "Amber session",
    "amber words",
];

on_both_databases![
    a_report_goes_from_draft_to_published_by_two_people,
    from_its_review_on_a_report_is_the_same_file_whatever_changes,
    a_public_report_holds_nothing_amber_and_nobodys_name,
    a_later_report_says_what_changed_and_takes_the_place_of_the_former,
];

pub(super) fn id(record: &Value) -> &str {
    record["id"].as_str().unwrap()
}

pub(super) async fn step(client: &Client, report: &Value, state: &str) -> crate::server::Reply {
    let path = format!("{REPORTS}/{}/state", id(report));
    client.post(&path, json!({ "state": state })).await
}

pub(super) async fn file(client: &Client, report: &Value, format: &str) -> crate::server::Reply {
    let path = format!("{REPORTS}/{}/download?format={format}", id(report));
    let mut reply = client.get(&path).await;
    if format == "docx" && reply.status == 200 {
        reply.text = unpacked(&reply.bytes);
    }
    reply
}

/// All texts of a package.
fn unpacked(package: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut text = Vec::new();
    for at in 0..zip.len() {
        zip.by_index(at).unwrap().read_to_end(&mut text).unwrap();
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// A gap with a solution that fits it, all with this label; both are accepted.
pub(super) async fn given_fit(analyst: &Client, words: [&str; 4], tlp: &str) -> (Value, Value) {
    let [title, name, rationale, source] = words;
    let body = json!({ "title": title, "state": "accepted", "tlp": tlp });
    let gap = analyst.made(GAPS, body).await;
    let body = json!({ "name": name, "kind": "training", "lifecycle": "in_use", "tlp": tlp });
    let solution = analyst.made(SOLUTIONS, body).await;
    let body = json!({ "gap": gap["id"], "solution": solution["id"], "degree": "good",
                       "rationale": rationale, "state": "accepted", "tlp": tlp });
    let fit = analyst.made(FITS, body).await;
    let scores = json!({ "operational_priority": null, "maturity": 4, "standardisation": null,
                         "interoperability": null, "current_use": null });
    analyst
        .put(&format!("{FITS}/{}/scores", id(&fit)), scores)
        .await;
    let body = json!({ "target": format!("gap:{}", id(&gap)), "title": source, "tlp": tlp });
    analyst.made("/api/v1/evidence", body).await;
    (gap, solution)
}

/// A session with this label and a map in which somebody names the gap; who that was.
pub(super) async fn given_mention(
    server: &TestServer,
    [title, words]: [&str; 2],
    gap: &Value,
    tlp: &str,
) -> String {
    let body = json!({ "title": title, "groups": [], "tlp": tlp });
    let session = server
        .facilitator()
        .await
        .made("/api/v1/sessions", body)
        .await;
    let (_, joined) = server.joined(id(&session), "editor").await;
    let by: ParticipantId = id(&joined["participant"]).parse().unwrap();
    let branch = Branch {
        text: words.to_owned(),
        links: vec![format!("gap:{}", id(gap))],
        ..Branch::default()
    };
    let document = document("Map", &[branch], &[by], server.now());
    let at: SessionId = id(&session).parse().unwrap();
    let map_title = MapTitle::try_from("Map").unwrap();
    let command = By::command(server.now());
    let map = server
        .store
        .create_map(at, &map_title, document, &command)
        .await
        .unwrap();
    read_into_tables(&server.store, map.id, &Limits::default())
        .await
        .unwrap();
    joined["participant"]["pseudonym"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn a_report_goes_from_draft_to_published_by_two_people(database: Database) {
    let server = TestServer::start_on(database, Options::default()).await;
    let ana = server.script(Role::Analyst).await;
    let reviewer = server.script(Role::Reviewer).await;

    let made = ana.made(REPORTS, json!({ "title": "What fits" })).await;
    let path = format!("{REPORTS}/{}", id(&made));
    let change = json!({ "edition": "1.0", "cover": { "authors": "Watch" }, "version": 1 });
    let changed = ana.patch(&path, change).await.json;
    let (seen, nothing) = ([("if-match", "\"1\"")], Some(json!({})));
    let stale = ana.send(Method::PATCH, &path, &seen, nothing).await;
    let too_early = step(&reviewer, &made, "approved").await;
    let submitted = step(&ana, &made, "in_review").await.json;
    let own = step(&ana, &made, "approved").await;
    let written = ana.patch(&path, json!({ "title": "Other" })).await;
    let approved = step(&reviewer, &made, "approved").await.json;
    let not_theirs = step(&reviewer, &made, "published").await;
    let published = step(&ana, &made, "published").await.json;

    let begins = (&made["number"], &made["state"], &made["level"]);
    assert_eq!(begins, (&json!("REP-1"), &json!("draft"), &json!("SEN")));
    assert_eq!(changed["cover"]["authors"], "Watch");
    stale.is_refused(412, "stale");
    too_early.is_refused(422, "invalid");
    assert!(submitted["snapshot_hash"].is_string());
    own.is_refused(409, "conflict");
    written.is_refused(409, "conflict");
    assert_eq!(approved["state"], "approved");
    not_theirs.is_refused(403, "forbidden");
    assert_eq!(published["next"], json!(["superseded"]));
    assert_eq!(ana.get("/api/v1/reports/REP-1").await.json, published);
    let audit = server.admin().await;
    let audit = audit.get("/api/v1/audit?action=report").await.json;
    let actions = audit["items"].as_array().unwrap().iter();
    let actions = actions.map(|it| it["action"].as_str().unwrap().replace("report.", ""));
    let wanted = ["published", "approved", "in_review", "change", "create"];
    assert_eq!(actions.collect::<Vec<_>>(), wanted);
}

async fn from_its_review_on_a_report_is_the_same_file_whatever_changes(database: Database) {
    let server = TestServer::start_on(database, Options::default()).await;
    let ana = server.script(Role::Analyst).await;
    let words = ["Open gap", "Open course", "open reasons", "Open paper"];
    given_fit(&ana, words, "CLEAR").await;
    let made = ana.made(REPORTS, json!({ "title": "What fits" })).await;
    let path = format!("{REPORTS}/{}", id(&made));
    let later = json!({ "title": "Later gap", "state": "accepted" });

    let draft = ana.get(&format!("{path}/preview")).await.json;
    step(&ana, &made, "in_review").await;
    let mut before = Vec::new();
    for format in FORMATS {
        before.push(file(&ana, &made, format).await);
    }
    ana.made(GAPS, later).await;

    let preview = ana.get(&format!("{path}/preview")).await.json;
    assert_eq!(draft["cover"]["is_preview"], true);
    assert_eq!(preview["cover"]["is_preview"], false);
    assert_eq!(preview["gaps"].as_array().unwrap().len(), 1);
    assert_eq!(preview["gaps"][0]["light"], "green");
    let scores = json!([{ "criterion": "maturity", "n": 1, "mean": 4.0 }]);
    assert_eq!(preview["fits"][0]["scores"], scores);
    for (format, before) in FORMATS.into_iter().zip(before) {
        let after = file(&ana, &made, format).await;
        assert_eq!(after.status, 200, "{}", after.text);
        assert!(before.bytes == after.bytes, "{format}");
        assert!(after.text.contains("Open gap") && !after.text.contains("Later gap"));
        let name = after.header("content-disposition");
        assert!(
            name.contains("REP-1 What fits v0.1 SEN TLP-CLEAR."),
            "{name}"
        );
    }
    let inline = format!("{path}/download?format=html&view=inline");
    let page = ana.get(&inline).await;
    assert_eq!(page.header("content-disposition"), "inline");
    assert!(
        page.header("content-security-policy")
            .starts_with("sandbox")
    );
    assert_eq!(file(&ana, &made, "doc").await.status, 422);
    // This server has no typesetter beside it.
    let missing = file(&ana, &made, "pdf").await;
    missing.is_refused(501, "not_installed");
    let formats = ana.get(&format!("{path}/formats")).await.json;
    let formats = formats["items"].as_array().unwrap();
    let lacking = formats.iter().filter(|it| it["is_available"] == false);
    let lacking: Vec<&Value> = lacking.map(|it| &it["format"]).collect();
    assert_eq!(lacking, ["pdf"]);
}

async fn a_public_report_holds_nothing_amber_and_nobodys_name(database: Database) {
    let server = TestServer::start_on(database, Options::default()).await;
    let ana = server.script(Role::Analyst).await;
    let open = ["Open gap", "Open course", "open reasons", "Open paper"];
    let (gap, _) = given_fit(&ana, open, "CLEAR").await;
    let [a, b, c, d, e, f] = AMBER;
    let (amber, _) = given_fit(&ana, [a, b, c, d], "AMBER").await;
    let names = [
        given_mention(&server, [e, f], &gap, "AMBER").await,
        given_mention(&server, ["Open session", "open words"], &gap, "CLEAR").await,
        given_mention(
            &server,
            ["Other session", "amber words too"],
            &amber,
            "CLEAR",
        )
        .await,
    ];
    let public = ana
        .made(REPORTS, json!({ "title": "For all", "level": "PU" }))
        .await;
    let closed = ana
        .made(REPORTS, json!({ "title": "For some", "level": "SEN" }))
        .await;

    for format in FORMATS {
        let text = file(&ana, &public, format).await.text;
        for hidden in AMBER.into_iter().chain(names.iter().map(String::as_str)) {
            assert!(!text.contains(hidden), "{format}: {hidden}");
        }
        assert!(text.contains("Open gap"));
        // What people wrote stays in the map, where it can be purged.
        assert!(!text.contains("open words"), "{format}");
        let all = file(&ana, &closed, format).await.text;
        assert!(
            all.contains("Amber tool")
                && !all.contains(" words")
                && names.iter().all(|it| !all.contains(it)),
            "{format}"
        );
    }
    let report = ana
        .get(&format!("{REPORTS}/{}/preview", id(&public)))
        .await
        .json;
    let withheld = json!({ "gaps": 1, "solutions": 1, "fits": 1, "evidence": 1, "sessions": 1,
                           "mentions": 2 });
    assert_eq!(report["method"]["withheld"], withheld);
    let mention = &report["gaps"][0]["mentions"];
    assert_eq!(mention.as_array().unwrap().len(), 1);
    assert_eq!(mention[0]["session"], "Open session");
    assert!(mention[0]["href"].as_str().unwrap().starts_with("/maps/"));
    assert!(report["method"]["sessions"][0]["people"].is_null());
}

async fn a_later_report_says_what_changed_and_takes_the_place_of_the_former(database: Database) {
    let server = TestServer::start_on(database, Options::default()).await;
    let (ana, bo) = (
        server.script(Role::Analyst).await,
        server.script(Role::Analyst).await,
    );
    let open = ["First gap", "Course", "reasons", "Paper"];
    let (gap, _) = given_fit(&ana, open, "CLEAR").await;
    let first = ana
        .made(REPORTS, json!({ "title": "One", "level": "PU" }))
        .await;
    let body = json!({ "title": "Two", "level": "PU", "previous": id(&first) });
    let too_early = ana.post(REPORTS, body.clone()).await;
    for (who, state) in [(&ana, "in_review"), (&bo, "approved"), (&ana, "published")] {
        assert_eq!(step(who, &first, state).await.status, 200, "{state}");
    }

    let fit = ana.get(&format!("{FITS}?gap={}", id(&gap))).await.json["items"][0].clone();
    let rejected = json!({ "state": "rejected", "reason": "It was not what it seemed." });
    ana.patch(&format!("{FITS}/{}", id(&fit)), rejected).await;
    ana.made(GAPS, json!({ "title": "Second gap", "state": "accepted" }))
        .await;
    let second = ana.made(REPORTS, body).await;
    for (who, state) in [(&ana, "in_review"), (&bo, "approved"), (&ana, "published")] {
        assert_eq!(step(who, &second, state).await.status, 200, "{state}");
    }

    too_early.is_refused(422, "invalid");
    let report = ana
        .get(&format!("{REPORTS}/{}/preview", id(&second)))
        .await
        .json;
    let changes = &report["changes"];
    assert_eq!(changes["since"]["number"], "REP-1");
    assert_eq!(changes["gaps_added"][0]["title"], "Second gap");
    assert_eq!(changes["lights"][0]["before"], "green");
    assert_eq!(changes["lights"][0]["after"], "grey");
    assert_eq!(changes["solutions_gone"][0]["title"], "Course");
    assert_eq!(report["cover"]["editions"].as_array().unwrap().len(), 2);
    let former = ana.get(&format!("{REPORTS}/REP-1")).await.json;
    assert_eq!(former["state"], "superseded");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_in_words_and_whoever_may_not_is_told() {
    let server = TestServer::start().await;
    let ana = server.script(Role::Analyst).await;
    let nobody = uuid::Uuid::now_v7().to_string();

    for (body, field) in [
        (json!({ "title": " " }), "title"),
        (json!({ "title": "x", "level": "EU-SECRET" }), "level"),
        (json!({ "title": "x", "level": "S-UE/EU-S" }), "level"),
        (
            json!({ "title": "x", "rule": { "trl_from": 9, "trl_to": 7 } }),
            "rule",
        ),
        (
            json!({ "title": "x", "scope": { "groups": [nobody] } }),
            "scope",
        ),
        (
            json!({ "title": "x", "scope": { "from": "soon" } }),
            "scope",
        ),
        (json!({ "title": "x", "previous": nobody }), "previous"),
    ] {
        let refused = ana.post(REPORTS, body.clone()).await;
        refused.is_refused(422, "invalid");
        assert_eq!(refused.json["field"], field, "{body}");
    }
    let facilitator = server.facilitator().await;
    facilitator
        .post(REPORTS, json!({ "title": "x" }))
        .await
        .is_refused(403, "forbidden");
    server
        .browser()
        .get(REPORTS)
        .await
        .is_refused(401, "unauthenticated");
    ana.get("/api/v1/reports/REP-9")
        .await
        .is_refused(404, "not_found");
    let made = ana
        .made(REPORTS, json!({ "title": "Nothing in it", "level": "PU" }))
        .await;
    for format in FORMATS {
        let empty = file(&ana, &made, format).await;
        assert_eq!(empty.status, 200, "{}", empty.text);
    }
    let listed = facilitator
        .get(&format!("{REPORTS}?state=draft&q=nothing"))
        .await
        .json;
    assert_eq!(listed["items"][0]["id"], made["id"]);
    assert_eq!(
        ana.get(&format!("{REPORTS}?state=published")).await.json["items"],
        json!([])
    );
}

#[tokio::test]
async fn a_draft_is_deleted_and_what_was_submitted_is_kept() {
    let server = TestServer::start().await;
    let ana = server.script(Role::Analyst).await;
    let made = ana.made(REPORTS, json!({ "title": "For nobody" })).await;
    let path = format!("{REPORTS}/{}", id(&made));
    let others = server.facilitator().await.delete(&path).await;
    others.is_refused(403, "forbidden");

    assert_eq!(ana.delete(&path).await.status, 204);

    ana.get(&path).await.is_refused(404, "not_found");
    let next = ana.made(REPORTS, json!({ "title": "For all" })).await;
    assert_eq!(next["number"], "REP-2");
    step(&ana, &next, "in_review").await;
    let path = format!("{REPORTS}/{}", id(&next));
    ana.delete(&path).await.is_refused(409, "conflict");
}
