//! The program that makes PDF and PNG: where it is missing, fails, or takes too long.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::program::Shell;
use crate::harness::eventually;

const REPORT: [&str; 4] = ["report", "REP-1", "--format", "pdf"];

/// A program in the typesetter's place.
fn given_program(shell: &Shell, script: &str) -> String {
    let path = shell.path("stand-in");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_typesetter_that_is_missing_or_fails_is_said_in_one_line() {
    let shell = Shell::new();
    drop(shell.serve(&["--demo"]));
    let run = |program: &str| shell.run_with(&REPORT, &[("GAPMAP_TYPESET", program)], "");

    let missing = run("/nowhere/gapmap-typeset");
    missing.failed_saying("/nowhere/gapmap-typeset is not there: `make typeset` builds it");
    let words = given_program(&shell, "cat >/dev/null; echo 'no paper left' >&2; exit 1");
    run(&words).failed_saying("no paper left");
    let words = given_program(&shell, "kill -s KILL $$");
    run(&words).failed_saying("more time or memory than one file may");
    // It gets nothing of the server's surroundings.
    let words = given_program(&shell, "cat >/dev/null; env | grep -c GAPMAP; pwd; echo $1");
    let ended = run(&words);
    assert_eq!(
        (ended.code, &*ended.out),
        (0, "0\n/\nreport\n"),
        "{}",
        ended.err
    );
}

#[tokio::test]
async fn a_file_that_nobody_waits_for_any_more_is_no_longer_made() {
    let shell = Shell::new();
    let pid = shell.path("pid");
    let script = format!(
        "echo $$ > {0}.new; mv {0}.new {0}; exec sleep 600",
        pid.display()
    );
    let program = given_program(&shell, &script);
    let server = shell.serve(&["--demo", "--typeset", &program]);
    let token = shell
        .run(&["token", "create", "--user", "admin@localhost"])
        .done();
    let url = format!("{}/api/v1/reports/REP-1/download?format=pdf", server.base);
    let request = reqwest::Client::new().get(url).bearer_auth(token.trim());
    let asking = tokio::spawn(request.send());
    eventually("it begins", async || pid.exists()).await;
    let process = std::fs::read_to_string(&pid).unwrap();
    let process = format!("/proc/{}", process.trim());
    assert!(Path::new(&process).exists());

    asking.abort();

    eventually("it ends", async || !Path::new(&process).exists()).await;
}
