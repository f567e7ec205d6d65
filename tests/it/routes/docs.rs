//! `/api/v1/openapi.json` and the page that shows it.

use std::collections::HashSet;

use serde_json::Value;

use crate::server::TestServer;

#[tokio::test]
async fn every_call_is_described_with_its_answers_and_its_refusals() {
    let server = TestServer::start().await;

    let spec = server.browser().get("/api/v1/openapi.json").await.json;

    assert_eq!(spec["info"]["title"], "Gapmap");
    assert!(spec["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(spec["info"]["license"]["name"], "Apache-2.0");
    let mut n_calls = 0;
    let mut names = HashSet::new();
    for (path, item) in spec["paths"].as_object().unwrap() {
        assert!(path.starts_with("/api/v1/"), "{path}");
        for (method, call) in item.as_object().unwrap() {
            n_calls += 1;
            let name = call["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name} is used twice");
            let refusal = &call["responses"]["default"]["content"]["application/problem+json"];
            assert_eq!(
                refusal["schema"]["$ref"], "#/components/schemas/Problem",
                "{method} {path}"
            );
            assert!(call["summary"].is_string(), "{method} {path} says nothing");
        }
    }
    assert!(30 <= n_calls, "{n_calls}");
}

#[tokio::test]
async fn every_reference_in_the_description_leads_somewhere() {
    let server = TestServer::start().await;

    let spec = server.browser().get("/api/v1/openapi.json").await.json;

    let mut references = Vec::new();
    collect(&spec, &mut references);
    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.trim_start_matches('#');
        assert!(spec.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect<'a>(value: &'a Value, references: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|it| collect(it, references));
        }
        Value::Array(items) => items.iter().for_each(|it| collect(it, references)),
        _ => {}
    }
}

#[tokio::test]
async fn the_page_takes_everything_from_this_server_and_has_no_script_inside() {
    let server = TestServer::start().await;
    let browser = server.browser();

    let page = browser.get("/api/docs").await;

    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(
        !page.text.contains("http://") && !page.text.contains("https://"),
        "{}",
        page.text
    );
    for script in page.text.split("<script").skip(1) {
        assert!(script.contains("src=\"/api/docs/"), "{script}");
        assert!(script.contains("></script>"), "{script}");
    }
    for file in ["/api/docs/docs.js", "/api/docs/docs.css"] {
        assert_eq!(browser.get(file).await.status, 200);
    }
}

#[tokio::test]
async fn what_an_answer_always_holds_is_described_as_always_there() {
    let server = TestServer::start().await;

    let spec = server.browser().get("/api/v1/openapi.json").await.json;

    let session = &spec["components"]["schemas"]["Session"];
    let n_fields = session["properties"].as_object().unwrap().len();
    assert_eq!(session["required"].as_array().unwrap().len(), n_fields);
}

/// The web app's types are made from this file (`npm run api`).
#[test]
fn the_description_that_the_web_app_is_built_from_is_this_one() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/frontend/openapi.json");
    let now = gapmap::http::openapi().to_pretty_json().unwrap() + "\n";
    if std::env::var_os("GAPMAP_WRITE_OPENAPI").is_some() {
        std::fs::write(file, &now).unwrap();
    }

    let kept = std::fs::read_to_string(file).unwrap_or_default();

    let hint = "run GAPMAP_WRITE_OPENAPI=1 cargo test --test it routes::docs, then npm run api";
    assert!(kept == now, "frontend/openapi.json is out of date: {hint}");
}
