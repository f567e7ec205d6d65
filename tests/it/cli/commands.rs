//! `gapmap user`, `gapmap token`, and what all commands have in common.

use serde_json::Value;

use super::program::Shell;

const ADD_ANA: [&str; 6] = [
    "user",
    "add",
    "ana@example.org",
    "--role",
    "facilitator",
    "--password-stdin",
];

#[tokio::test]
async fn an_account_and_a_token_made_beside_a_running_server_work_at_once() {
    let shell = Shell::new();
    let server = shell.serve(&[]);

    let added = shell.run_with(&ADD_ANA, &[], "correct horse\n").done();
    let token = shell
        .run(&[
            "token",
            "create",
            "--user",
            "ana@example.org",
            "--days",
            "1",
        ])
        .done();

    assert!(added.contains("ana@example.org (facilitator)"), "{added}");
    assert_eq!(token.lines().count(), 1);
    assert!(token.starts_with("gapmap_api_"), "{token}");
    let request = reqwest::Client::new().get(format!("{}/api/v1/me", server.base));
    let reply = request.bearer_auth(token.trim()).send().await.unwrap();
    let me: Value = serde_json::from_str(&reply.text().await.unwrap()).unwrap();
    assert_eq!(me["user"]["email"], "ana@example.org");
}

#[test]
fn what_nobody_reads_is_done_all_the_same_and_said_nowhere() {
    let shell = Shell::new();
    let server = shell.serve(&["--demo"]);
    let token = shell.run(&["token", "create", "--user", "admin@localhost"]);
    assert_eq!(token.code, 0, "{}", token.err);

    for (arguments, code) in [
        (&["verify"][..], 0),
        (&["servers"], 1),
        (&["rebuild", "--check"], 0),
        (&["retain", "--dry-run"], 0),
        (&["report", "REP-1", "--format", "markdown"], 0),
        (&["token", "create", "--user", "nobody@localhost"], 1),
    ] {
        let (ended, complaints) = shell.run_unread(arguments, false);
        let n_lines = usize::from(code == 1);
        assert_eq!(ended, code, "{arguments:?}: {complaints}");
        assert_eq!(complaints.lines().count(), n_lines, "{complaints}");
        assert_eq!(shell.run_unread(arguments, true).0, code, "{arguments:?}");
    }
    let backup = shell.run_unread(&["backup", "backup"], false);
    assert_eq!(backup, (0, String::new()));
    assert!(shell.path("backup").exists());
    drop(server);
}

#[test]
fn what_makes_no_sense_ends_with_two() {
    let shell = Shell::new();

    for arguments in [
        &["user", "add", "ana@example.org", "--role", "king"][..],
        &["user", "add", "ana@example.org"],
        &[
            "token",
            "create",
            "--user",
            "ana@example.org",
            "--days",
            "0",
        ],
        &["serve", "--listen", "here"],
        &["serve", "--public-url", "maps.example.org"],
        &["dance"],
        &[],
    ] {
        let ended = shell.run(arguments);
        assert_eq!(ended.code, 2, "{arguments:?}: {}", ended.err);
        assert!(!ended.err.is_empty());
    }
}

#[test]
fn what_cannot_be_done_ends_with_one_and_one_line() {
    let shell = Shell::new();
    shell.run_with(&ADD_ANA, &[], "correct horse\n").done();

    let twice = shell.run_with(&ADD_ANA, &[], "correct horse\n");
    let short = shell.run_with(&ADD_ANA, &[], "short\n");
    let unasked = shell.run(&["user", "add", "bo@example.org", "--role", "admin"]);
    let odd = shell.run(&["user", "add", "bo", "--role", "admin", "--password-stdin"]);
    let nobody = shell.run(&["token", "create", "--user", "nobody@example.org"]);
    let nowhere = shell.run(&[
        "token",
        "create",
        "--user",
        "a@b",
        "--database",
        "mysql://x",
    ]);

    twice.failed_saying("already an account with this address");
    short.failed_saying("at least 8 characters");
    unasked.failed_saying("--password-stdin");
    odd.failed_saying("email must be an address");
    nobody.failed_saying("no account nobody@example.org");
    nowhere.failed_saying("must be sqlite:PATH or postgres://");
}

#[test]
fn a_setting_comes_from_the_environment_and_the_argument_wins() {
    let shell = Shell::new();
    let environment = [("GAPMAP_DATABASE", "sqlite:env.db")];
    let with_argument = [&ADD_ANA[..], &["--database", "sqlite:argument.db"]].concat();

    shell
        .run_with(&ADD_ANA, &environment, "correct horse\n")
        .done();
    shell
        .run_with(&with_argument, &environment, "correct horse\n")
        .done();

    assert!(shell.path("env.db").exists() && shell.path("argument.db").exists());
    assert!(!shell.path("gapmap.db").exists());
}

#[test]
fn help_does_not_show_the_password_in_the_databases_address() {
    let environment = [("GAPMAP_DATABASE", "postgres://u:secret@localhost/g")];

    let help = Shell::new().run_with(&["--help"], &environment, "").done();

    assert!(
        help.contains("GAPMAP_DATABASE") && !help.contains("secret"),
        "{help}"
    );
}
