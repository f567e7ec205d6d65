//! `gapmap serve`

use serde_json::{Value, json};

use super::program::{Serving, Shell};
use crate::harness::fresh_postgres_url;

async fn post(server: &Serving, path: &str, body: Value) -> reqwest::Response {
    let url = format!("{}{path}", server.base);
    let request = reqwest::Client::new().post(url).json(&body);
    request.send().await.unwrap()
}

async fn is_ready(server: &Serving) -> bool {
    let url = format!("{}/readyz", server.base);
    reqwest::get(url).await.unwrap().status() == 200
}

#[tokio::test]
async fn a_first_start_prints_a_link_that_signs_in_once_and_a_second_start_none() {
    let shell = Shell::new();
    let mut server = shell.serve(&[]);
    let line = server.line();
    let link = line.split_whitespace().last().unwrap();
    let (page, token) = link.split_once("?token=").unwrap();
    assert_eq!(page, format!("{}/welcome", server.base));

    let body = json!({ "token": token });
    let first = post(&server, "/api/v1/sign-in/link", body.clone()).await;
    let me: Value = serde_json::from_str(&first.text().await.unwrap()).unwrap();
    let second = post(&server, "/api/v1/sign-in/link", body).await;
    let (code, _) = server.stop("TERM");
    let (_, rest) = shell.serve(&[]).stop("TERM");

    assert_eq!(me["user"]["email"], "admin@localhost");
    assert_eq!(me["user"]["role"], "admin");
    assert_eq!(second.status(), 401);
    assert_eq!((code, rest.as_str()), (Some(0), ""));
}

fn add(shell: &Shell, email: &str, role: &str) {
    let arguments = ["user", "add", email, "--role", role, "--password-stdin"];
    shell.run_with(&arguments, &[], "correct horse\n").done();
}

/// Whose sign-in link a line holds; signs in with it.
async fn signs_in(server: &Serving, line: &str) -> Value {
    let token = line.trim().rsplit("?token=").next().unwrap();
    let reply = post(server, "/api/v1/sign-in/link", json!({ "token": token })).await;
    let me: Value = serde_json::from_str(&reply.text().await.unwrap()).unwrap();
    me["user"]["email"].clone()
}

async fn get(shell: &Shell, server: &Serving, email: &str, path: &str) -> Value {
    let token = shell.run(&["token", "create", "--user", email]).done();
    let request = reqwest::Client::new().get(format!("{}/api/v1/{path}", server.base));
    let reply = request.bearer_auth(token.trim()).send().await.unwrap();
    serde_json::from_str(&reply.text().await.unwrap()).unwrap()
}

async fn n_sessions(shell: &Shell, server: &Serving, email: &str) -> usize {
    let sessions = get(shell, server, email, "sessions").await;
    sessions["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn the_demonstrations_catalogue_shows_all_four_lights_and_its_sources() {
    let shell = Shell::new();
    add(&shell, "bo@example.org", "admin");
    let ask = async |server: &Serving, path| get(&shell, server, "bo@example.org", path).await;

    let first = shell.serve(&["--demo"]);
    let coverage = ask(&first, "coverage").await;
    let gaps = ask(&first, "gaps?limit=500&sort=number").await;
    let watch = ask(&first, "watch").await;
    first.stop("TERM");
    let second = shell.serve(&["--demo"]);
    let again = ask(&second, "coverage").await;

    for light in ["green", "amber", "red", "grey"] {
        assert!(
            0 < coverage["lights"][light].as_i64().unwrap(),
            "{coverage}"
        );
    }
    assert_eq!(again, coverage);
    let gaps = gaps["items"].as_array().unwrap();
    let last = gaps.len().to_string();
    assert_eq!(gaps.last().unwrap()["number"], format!("GAP-{last}"));
    assert!(
        gaps.iter()
            .all(|it| it["groups"].as_array().unwrap().len() == 1)
    );
    assert_eq!(watch["gaps_without_evidence"], 0);
    assert_eq!(watch["contradictory"], 4);
}

#[tokio::test]
async fn a_demonstration_is_added_once_and_signs_the_first_administrator_in_at_each_start() {
    let shell = Shell::new();
    add(&shell, "ana@example.org", "facilitator");
    add(&shell, "bo@example.org", "admin");
    add(&shell, "cy@example.org", "admin");

    let mut first = shell.serve(&["--demo"]);
    let line = first.line();
    assert_eq!(signs_in(&first, &line).await, "bo@example.org");
    let n_first = n_sessions(&shell, &first, "bo@example.org").await;
    assert_eq!(first.stop("TERM"), (Some(0), String::new()));
    let verified = shell.run(&["verify"]).done();
    assert!(
        verified.contains("2 sign-offs of closed sessions"),
        "{verified}"
    );
    let mut second = shell.serve(&["--demo"]);
    let line = second.line();

    assert_eq!(signs_in(&second, &line).await, "bo@example.org");
    let n_second = n_sessions(&shell, &second, "bo@example.org").await;
    assert!(0 < n_first);
    assert_eq!(n_second, n_first);
}

#[tokio::test]
async fn a_demonstration_where_nobody_is_an_administrator_prints_no_link() {
    let shell = Shell::new();
    add(&shell, "ana@example.org", "facilitator");

    let server = shell.serve(&["--demo"]);

    assert!(0 < n_sessions(&shell, &server, "ana@example.org").await);
    assert_eq!(server.stop("TERM"), (Some(0), String::new()));
}

#[tokio::test]
async fn both_signals_end_a_server_well() {
    let shell = Shell::new();

    for signal in ["TERM", "INT"] {
        let server = shell.serve(&[]);
        assert!(is_ready(&server).await);
        assert_eq!(server.stop(signal).0, Some(0), "{signal}");
    }
}

#[tokio::test]
async fn a_second_server_on_the_same_database_is_refused_and_the_first_goes_on() {
    let shell = Shell::new();
    let server = shell.serve(&[]);

    let second = shell.run(&["serve", "--listen", "127.0.0.1:0"]);

    second.failed_saying("another gapmap serve uses gapmap.db");
    assert!(is_ready(&server).await);
}

#[tokio::test]
async fn a_database_has_one_server_by_whatever_link_it_is_called() {
    let shell = Shell::new();
    let server = shell.serve(&[]);
    shell.run(&["backup", "copy.db"]).done();
    std::os::unix::fs::symlink(shell.path("gapmap.db"), shell.path("link.db")).unwrap();
    let link = ["--database", "sqlite:link.db"];

    let second = shell.refuses_to_serve(&link);
    let restored = shell.run(&[&["restore", "copy.db"][..], &link].concat());

    second.failed_saying("another gapmap serve uses link.db");
    restored.failed_saying("another gapmap serve uses link.db");
    assert!(is_ready(&server).await);
}

#[tokio::test]
async fn a_killed_server_leaves_no_lock_behind() {
    let shell = Shell::new();
    let killed = shell.serve(&[]);
    assert_eq!(killed.stop("KILL").0, None);

    let server = shell.serve(&[]);

    assert!(is_ready(&server).await);
}

#[tokio::test]
async fn a_taken_port_is_said_in_words() {
    let shell = Shell::new();
    let server = shell.serve(&[]);
    let address = server.base.trim_start_matches("http://");

    let other = Shell::new().run(&["serve", "--listen", address]);

    other.failed_saying(&format!("cannot listen on {address}"));
}

#[tokio::test]
async fn a_first_start_that_finds_its_port_taken_leaves_a_way_in_to_the_second() {
    let (other, shell) = (Shell::new(), Shell::new());
    let taken = other.serve(&[]);
    let address = taken.base.trim_start_matches("http://");
    let first = shell.run(&["serve", "--listen", address]);
    first.failed_saying("cannot listen on");

    let (_, told) = shell.serve(&[]).stop("TERM");

    assert!(told.contains("/welcome?token="), "{told:?}");
    let third = shell.serve(&[]);
    assert_eq!(signs_in(&third, &told).await, "admin@localhost");
    assert_eq!(third.stop("TERM"), (Some(0), String::new()));
}

#[tokio::test]
async fn a_new_server_knows_the_groups_of_the_field_and_adds_them_once() {
    let shell = Shell::new();
    assert_eq!(shell.serve(&[]).stop("TERM").0, Some(0));
    let server = shell.serve(&[]);
    add(&shell, "ana@example.org", "analyst");
    let token = shell
        .run(&["token", "create", "--user", "ana@example.org"])
        .done();

    let request = reqwest::Client::new().get(format!("{}/api/v1/groups", server.base));
    let reply = request.bearer_auth(token.trim()).send().await.unwrap();
    let groups: Value = serde_json::from_str(&reply.text().await.unwrap()).unwrap();

    assert_eq!(groups["items"].as_array().unwrap().len(), 7);
    assert_eq!(groups["items"][0]["name"], "Front Line Policing");
}

#[tokio::test]
async fn a_server_runs_on_postgres_too() {
    let shell = Shell::new();
    let url = fresh_postgres_url().await;

    let server = shell.serve(&["--database", &url]);

    assert!(is_ready(&server).await);
    assert_eq!(server.stop("TERM").0, Some(0));
    assert!(!shell.path("gapmap.db").exists());
}
