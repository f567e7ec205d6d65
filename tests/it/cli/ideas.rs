//! Ideas that are hidden, as whoever runs the server meets them: in the log, in a backup.

use serde_json::{Value, json};

use super::program::{Serving, Shell};
use crate::server::Client;

/// Words that are nowhere else.
const WORDS: &str = "unspeakablyunspoken";

/// A session with a map and a silent round that is on: the map, and the round.
async fn silent(lead: &Client) -> (Value, String) {
    let session = lead.made("/api/v1/sessions", json!({ "title": "x" })).await["id"].clone();
    let map = json!({ "session": session, "title": "x" });
    let map = lead.made("/api/v1/maps", map).await["id"].clone();
    let path = format!("/api/v1/sessions/{}", session.as_str().unwrap());
    let rounds = json!({ "rounds": [{ "title": "Alone", "method": "silent" }] });
    let agenda = lead.put(&format!("{path}/rounds"), rounds).await.json;
    let step = format!("{path}/round");
    let started = lead.post(&step, json!({ "action": "start" })).await;
    assert_eq!(started.status, 200, "{}", started.text);
    let round = agenda["rounds"][0]["id"].as_str().unwrap();
    (map, format!("/api/v1/rounds/{round}"))
}

fn lead(shell: &Shell) -> String {
    let email = "lead@example.org";
    let account = [
        "user",
        "add",
        email,
        "--role",
        "facilitator",
        "--password-stdin",
    ];
    shell.run_with(&account, &[], "correct horse\n").done();
    let token = shell.run(&["token", "create", "--user", email]).done();
    token.trim().to_owned()
}

fn script(server: &Serving, token: &str) -> Client {
    Client::of(&server.base, Some(token))
}

#[tokio::test]
async fn hidden_ideas_are_not_in_the_servers_log_and_come_back_from_a_backup() {
    let shell = Shell::new();
    let server = shell.serve_logging("log.txt", &["--log-level", "trace"]);
    let token = lead(&shell);
    let (map, round) = silent(&script(&server, &token)).await;
    let path = format!("{round}/ideas");
    let idea = json!({ "text": WORDS, "note": WORDS });
    let made = script(&server, &token).made(&path, idea).await;
    let mine = format!("{path}/{}", made["id"].as_str().unwrap());
    let refused = json!({ "text": WORDS.repeat(300) });
    let refused = script(&server, &token).patch(&mine, refused).await;
    refused.is_refused(422, "invalid");

    shell.run(&["backup", "copy.db"]).done();
    shell.run(&["verify"]).done();
    assert_eq!(server.stop("TERM").0, Some(0));

    let log = std::fs::read_to_string(shell.path("log.txt")).unwrap();
    assert!(log.contains("INSERT INTO idea"), "it says all that it can");
    assert!(!log.contains(WORDS));
    shell.run(&["restore", "copy.db"]).done();
    let server = shell.serve(&[]);
    let lead = script(&server, &token);
    let shown = lead.post(&format!("{round}/reveal"), json!({})).await;
    assert_eq!(shown.json["ideas"], 1, "{}", shown.text);
    let tree = format!("/api/v1/maps/{}/tree", map.as_str().unwrap());
    assert_eq!(lead.get(&tree).await.json["children"][0]["text"], WORDS);
    assert_eq!(server.stop("TERM").0, Some(0));
    shell.run(&["verify"]).done();
}
