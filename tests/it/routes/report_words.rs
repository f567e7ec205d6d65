//! The words of reports: their language, and whom they name.

use gapmap::http::Options;
use gapmap::workshop::role::Role;
use serde_json::json;

use super::catalogue::GAPS;
use super::reports::{REPORTS, file, given_fit, given_mention, id, step};
use crate::harness::{Database, on_both_databases};
use crate::server::TestServer;

on_both_databases![a_report_speaks_the_language_that_is_chosen_and_says_which_texts_name_somebody,];

async fn a_report_speaks_the_language_that_is_chosen_and_says_which_texts_name_somebody(
    database: Database,
) {
    let server = TestServer::start_on(database, Options::default()).await;
    let ana = server.script(Role::Analyst).await;
    let words = ["Open gap", "Open course", "open reasons", "Open paper"];
    let (gap, _) = given_fit(&ana, words, "CLEAR").await;
    let name = given_mention(&server, ["Open session", "open words"], &gap, "AMBER").await;
    let body = json!({ "title": "Pour tous", "level": "PU", "language": "fr" });
    let report = ana.made(REPORTS, body).await;
    let path = format!("{REPORTS}/{}", id(&report));
    let before = ana.get(&format!("{path}/namings")).await.json;

    let said = format!("As ({}) told us.", name.to_lowercase());
    let patch = json!({ "description": said, "version": gap["version"] });
    ana.patch(&format!("{GAPS}/{}", id(&gap)), patch).await;
    let hidden = json!({ "title": "Amber gap", "state": "accepted", "tlp": "AMBER",
                         "description": said });
    ana.made(GAPS, hidden).await;
    let namings = ana.get(&format!("{path}/namings")).await.json;
    let english = ana
        .get(&format!("{path}/download?format=html&language=en"))
        .await
        .text;
    let odd = ana
        .patch(&path, json!({ "language": "de", "version": 1 }))
        .await;

    assert_eq!(before["items"], json!([]));
    let href = format!("/catalogue/gaps/{}", gap["number"].as_str().unwrap());
    let naming = json!({ "number": gap["number"], "href": href, "field": "description" });
    assert_eq!(namings["items"], json!([naming]));
    assert_eq!((report["language"].as_str(), odd.status), (Some("fr"), 422));
    let html = file(&ana, &report, "html").await.text;
    assert!(html.contains("<html lang=\"fr\">") && html.contains("Recommandations"));
    assert!(english.contains("<html lang=\"en\">") && english.contains("Recommendations"));
    step(&ana, &report, "in_review").await;
    assert_eq!(
        file(&ana, &report, "docx").await.bytes,
        file(&ana, &report, "docx").await.bytes
    );
    assert!(file(&ana, &report, "docx").await.text.contains("fr-FR"));
}
