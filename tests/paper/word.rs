//! The Report for word processors, opened by one.

use std::process::Command;

use serde_json::{Value, json};

use super::program::{Serving, Shell};
use super::tools::{info, pages, says};

/// A report on a gap that something fits, in French; gives its number.
async fn given_report(shell: &Shell, server: &Serving) -> String {
    let arguments = ["token", "create", "--user", "admin@localhost"];
    let token = shell.run(&arguments).done();
    let client = reqwest::Client::new();
    let post = async |path: &str, body: Value| -> Value {
        let request = client.post(format!("{}/api/v1/{path}", server.base));
        let reply = request.bearer_auth(token.trim()).json(&body).send().await;
        let reply = reply.unwrap();
        assert!(reply.status().is_success(), "{path}: {}", reply.status());
        reply.json().await.unwrap()
    };
    let gap = json!({ "title": "Ability to read <phones> & tablets", "state": "accepted" });
    let gap = post("gaps", gap).await;
    let solution = json!({ "name": "Tablet reader", "kind": "technology", "trl_low": 8 });
    let solution = post("solutions", solution).await;
    let fit = json!({ "gap": gap["id"], "solution": solution["id"], "degree": "good",
                      "rationale": "It was tried by two units." });
    post("fits", fit).await;
    let report = json!({ "title": "What fits", "language": "fr" });
    let report = post("reports", report).await;
    report["number"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_report_opens_in_a_word_processor_with_all_its_words_in_either_language() {
    let shell = Shell::new();
    let server = shell.serve(&[]);
    let number = given_report(&shell, &server).await;
    for (language, file) in [("en", "english.docx"), ("fr", "french.docx")] {
        let arguments = ["report", &number, "--format", "docx", "-o", file];
        let arguments = [&arguments[..], &["--language", language]].concat();
        shell.run(&arguments).done();
    }
    let own = format!(
        "-env:UserInstallation=file://{}",
        shell.path("office").display()
    );

    let converted = Command::new("soffice")
        .args([&*own, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(shell.path(""))
        .args(["english.docx", "french.docx"].map(|it| shell.path(it)))
        .output()
        .unwrap();

    assert!(converted.status.success(), "{converted:?}");
    for (file, language, words) in [
        (
            "english.pdf",
            "en-GB",
            ["Contents", "Executive summary", "Table 1: ", "Figure 1: "],
        ),
        (
            "french.pdf",
            "fr-FR",
            [
                "Table des matières",
                "Synthèse",
                "Tableau 1 : ",
                "Figure 1 : ",
            ],
        ),
    ] {
        let file = shell.path(file);
        let pages = pages(&file);
        let text = pages.join(" ").replace('\u{a0}', " ");
        let own = [
            "Ability to read <phones> & tablets",
            "It was tried by two units.",
        ];
        for words in words.into_iter().chain(own) {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert_eq!(info(&file, "Title"), "What fits");
        let document = says("qpdf", &["--json"], &file);
        assert!(document.contains(&format!("u:{language}")), "{language}");
    }
}
