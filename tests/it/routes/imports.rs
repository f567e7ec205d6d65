//! `/api/v1/imports`, `/api/v1/import-mappings`

use gapmap::http::Options;
use gapmap::intake::IntakeOptions;
use gapmap::workshop::role::Role;
use serde_json::{Value, json};

use crate::harness::eventually;
use crate::server::{Client, Reply, TestServer};

const TABLE: &str = "Titel;Art;Geprüft\nErste Hilfe;Kurs;01.06.2026\nZweite Hilfe;Löffel;\n";
const OCTETS: &str = "application/octet-stream";

async fn upload(client: &Client, name: &str, text: &str) -> Reply {
    let path = format!("/api/v1/imports?file_name={name}");
    client.post_raw(&path, OCTETS, text.to_owned()).await
}

async fn stands(client: &Client, path: &str, state: &str) -> Value {
    eventually(state, async || {
        client.get(path).await.json["state"] == state
    })
    .await;
    client.get(path).await.json
}

#[tokio::test]
async fn a_table_comes_in_by_a_mapping_and_goes_again() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    let mapping = json!({ "name": "Kurse", "mapping": { "kind": "solution", "columns": [
        { "column": "Titel", "field": "name" },
        { "column": "Art", "field": "kind", "words": { "Kurs": "training" } },
        { "column": "Geprüft", "field": "last_checked" } ] } });
    let saved = analyst.put("/api/v1/import-mappings", mapping).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    let import = upload(&analyst, "kurse.csv", TABLE).await;
    assert_eq!(import.status, 201, "{}", import.text);
    let path = import.header("location").to_owned();

    let sample = analyst.get(&format!("{path}/sample")).await.json;
    let body = json!({ "source": "mapped", "mapping": "Kurse" });
    let begun = analyst.post(&format!("{path}/preview"), body).await;
    let seen = stands(&analyst, &path, "ready").await;
    let rows = analyst.get(&format!("{path}/rows")).await.json;
    let notes = analyst.get(&format!("{path}/notes.csv")).await.text;
    analyst.post(&format!("{path}/apply"), json!({})).await;
    let done = stands(&analyst, &path, "applied").await;
    let made = analyst.get("/api/v1/solutions/SOL-1").await.json;
    analyst.post(&format!("{path}/undo"), json!({})).await;
    let undone = stands(&analyst, &path, "undone").await;

    assert_eq!(begun.status, 202, "{}", begun.text);
    assert_eq!(sample["rows"][0][0], "Erste Hilfe");
    assert_eq!(
        (&seen["created"], &seen["rejected"], &seen["total"]),
        (&json!(1), &json!(1), &json!(2))
    );
    assert_eq!(rows["items"][0]["title"], "Erste Hilfe");
    assert!(notes.contains("rejected,3,art,"), "{notes}");
    assert_eq!((&done["created"], &done["touched"]), (&json!(1), &json!(1)));
    assert_eq!(
        (&made["kind"], &made["last_checked"]),
        (&json!("training"), &json!("2026-06-01"))
    );
    assert_eq!(undone["touched"], 0);
    let again = analyst.post(&format!("{path}/apply"), json!({})).await;
    again.is_refused(409, "conflict");
}

#[tokio::test]
async fn who_may_not_import_and_what_is_too_much_are_refused() {
    let intake = IntakeOptions {
        max_bytes: 100,
        ..IntakeOptions::default()
    };
    let options = Options {
        intake,
        ..Options::default()
    };
    let server = TestServer::start_with(options).await;
    let analyst = server.script(Role::Analyst).await;
    let reviewer = server.script(Role::Reviewer).await;

    upload(&reviewer, "a.csv", "name\n")
        .await
        .is_refused(403, "forbidden");
    reviewer
        .get("/api/v1/imports")
        .await
        .is_refused(403, "forbidden");
    upload(&analyst, "a.csv", &"x".repeat(101))
        .await
        .is_refused(413, "too_large");
    upload(&analyst, "a.csv", "")
        .await
        .is_refused(422, "invalid");
    let import = upload(&analyst, "a.csv", "PK\u{3}\u{4}").await;
    let path = import.header("location").to_owned();
    let body = json!({ "source": "spoons" });
    analyst
        .post(&format!("{path}/preview"), body)
        .await
        .is_refused(422, "invalid");
    analyst
        .post(&format!("{path}/apply"), json!({}))
        .await
        .is_refused(422, "invalid");
    let body = json!({ "source": "gaps" });
    analyst.post(&format!("{path}/preview"), body).await;
    let failed = stands(&analyst, &path, "failed").await;
    assert!(
        failed["problem"].as_str().unwrap().contains("zip"),
        "{failed}"
    );
    let cancelled = analyst
        .post(&format!("{path}/cancel"), json!({}))
        .await
        .json;
    assert_eq!(cancelled["state"], "cancelled");
}
