//! `gapmap backup` and `gapmap restore`

use futures_util::future::join_all;

use super::program::Shell;
use super::writers::{Sitting, assert_holds};

fn add(shell: &Shell, email: &str) {
    let arguments = [
        "user",
        "add",
        email,
        "--role",
        "analyst",
        "--password-stdin",
    ];
    shell.run_with(&arguments, &[], "correct horse\n").done();
}

fn has(shell: &Shell, email: &str) -> bool {
    shell.run(&["token", "create", "--user", email]).code == 0
}

/// The file that a restore says it put aside.
fn aside(restored: &str) -> &str {
    let line = restored.lines().next().unwrap();
    line.split_whitespace().last().unwrap()
}

#[test]
fn a_backup_of_a_running_server_brings_back_what_it_held() {
    let shell = Shell::new();
    let server = shell.serve(&[]);
    add(&shell, "before@example.org");

    shell.run(&["backup", "copy.db"]).done();
    add(&shell, "after@example.org");
    assert_eq!(server.stop("TERM").0, Some(0));
    let restored = shell.run(&["restore", "copy.db"]).done();

    assert!(has(&shell, "before@example.org"));
    assert!(!has(&shell, "after@example.org"));
    let aside = format!("sqlite:{}", aside(&restored));
    let kept = [
        "token",
        "create",
        "--user",
        "after@example.org",
        "--database",
        &aside,
    ];
    shell.run(&kept).done();
    assert_eq!(shell.serve(&[]).stop("TERM").0, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_in_the_midst_of_writing_holds_all_that_was_acknowledged_before() {
    const DATABASE: &str = "sqlite:gapmap.db";
    let (shell, other) = (Shell::new(), Shell::new());
    let server = shell.serve(&["--log-level", "error"]);
    let sitting = Sitting::begin(&shell, DATABASE, &server).await;
    let mut writers = Vec::new();
    for name in ["ann", "ben", "cem"] {
        writers.push(sitting.writer(&server, name).await);
    }
    let before = join_all(writers.iter_mut().map(|it| it.has_saved(50))).await;

    let copy = other.path("copy.db");
    shell.run(&["backup", copy.to_str().unwrap()]).done();

    // They wrote on meanwhile, and still do.
    let later = writers.iter_mut().zip(&before);
    join_all(later.map(|(it, before)| it.has_saved(before.len() + 50))).await;
    drop(server);
    for writer in writers {
        writer.end().await;
    }
    let verify = ["verify", "--database", "sqlite:copy.db"];
    let verified = other.run(&verify).done();
    assert!(verified.contains("every chain is whole"), "{verified}");
    other.run(&["restore", "copy.db"]).done();
    let restored = other.serve(&["--log-level", "error"]);
    let reader = sitting.reader(&restored).await;
    before.iter().for_each(|it| assert_holds(&reader.doc, it));
}

#[test]
fn a_backup_can_be_restored_where_there_was_nothing() {
    let (one, other) = (Shell::new(), Shell::new());
    add(&one, "ana@example.org");
    let copy = other.path("copy.db");
    one.run(&["backup", copy.to_str().unwrap()]).done();

    other.run(&["restore", "copy.db"]).done();

    assert!(has(&other, "ana@example.org"));
    assert!(copy.exists());
}

#[test]
fn after_a_restore_that_was_cut_off_nothing_begins_with_an_empty_database() {
    let shell = Shell::new();
    add(&shell, "ana@example.org");
    shell.run(&["backup", "copy.db"]).done();
    std::fs::rename(shell.path("gapmap.db"), shell.path("gapmap.db.before-1")).unwrap();
    std::fs::write(shell.path("gapmap.db.restoring"), "half").unwrap();

    let served = shell.run(&["serve", "--listen", "127.0.0.1:0"]);

    served.failed_saying("run `gapmap restore` again");
    assert!(!shell.path("gapmap.db").exists());
    shell.run(&["restore", "copy.db"]).done();
    assert!(has(&shell, "ana@example.org"));
}

#[test]
fn what_was_put_aside_comes_back_with_what_only_the_log_of_a_killed_server_had() {
    let shell = Shell::new();
    let server = shell.serve(&[]);
    shell.run(&["backup", "copy.db"]).done();
    add(&shell, "last@example.org");
    assert_eq!(server.stop("KILL").0, None);

    let restored = shell.run(&["restore", "copy.db"]).done();
    assert!(!has(&shell, "last@example.org"));
    shell.run(&["restore", aside(&restored)]).done();

    assert!(has(&shell, "last@example.org"));
    let leftovers = ["gapmap.db.restoring", "gapmap.db.restoring-wal"];
    assert!(!leftovers.iter().any(|it| shell.path(it).exists()));
}

#[test]
fn nothing_is_restored_under_a_running_server() {
    let shell = Shell::new();
    let server = shell.serve(&[]);
    shell.run(&["backup", "copy.db"]).done();

    let restored = shell.run(&["restore", "copy.db"]);

    restored.failed_saying("another gapmap serve uses gapmap.db");
    drop(server);
}

#[test]
fn what_is_no_backup_leaves_the_database_as_it_was() {
    let shell = Shell::new();
    add(&shell, "ana@example.org");
    std::fs::write(
        shell.path("text.db"),
        "not a database, but a text that is long enough",
    )
    .unwrap();
    shell.run(&["backup", "copy.db"]).done();
    let copy = std::fs::read(shell.path("copy.db")).unwrap();
    std::fs::write(shell.path("half.db"), &copy[..copy.len() / 2]).unwrap();
    std::fs::write(shell.path("empty.db"), "").unwrap();

    for file in ["text.db", "half.db", "empty.db"] {
        shell
            .run(&["restore", file])
            .failed_saying("no whole backup");
    }
    shell
        .run(&["restore", "nothing.db"])
        .failed_saying("nothing.db");

    assert!(has(&shell, "ana@example.org"));
    assert!(!shell.path("gapmap.db.restoring").exists());
}

#[test]
fn a_backup_overwrites_nothing_and_needs_a_database() {
    let shell = Shell::new();
    add(&shell, "ana@example.org");
    std::fs::write(shell.path("taken.db"), "mine").unwrap();

    shell
        .run(&["backup", "taken.db"])
        .failed_saying("is there already");
    let elsewhere = shell.run(&["backup", "copy.db", "--database", "sqlite:nothing.db"]);
    elsewhere.failed_saying("nothing.db");

    assert_eq!(std::fs::read(shell.path("taken.db")).unwrap(), b"mine");
    assert!(!shell.path("copy.db").exists() && !shell.path("nothing.db").exists());
}

#[test]
fn for_postgres_its_own_tools_are_named() {
    let shell = Shell::new();
    let database = ["--database", "postgres://localhost/gapmap"];

    let backup = shell.run(&[&["backup", "copy"][..], &database].concat());
    let restore = shell.run(&[&["restore", "copy"][..], &database].concat());

    backup.failed_saying("pg_dump");
    restore.failed_saying("pg_restore");
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_reads_a_database_or_its_backup() {
    use std::os::unix::fs::PermissionsExt;

    let shell = Shell::new();
    let server = shell.serve(&[]);
    add(&shell, "before@example.org");

    shell.run(&["backup", "copy.db"]).done();

    for name in ["gapmap.db", "gapmap.db-wal", "copy.db"] {
        let mode = std::fs::metadata(shell.path(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "{name} is {mode:o}");
    }
    assert_eq!(server.stop("TERM").0, Some(0));
}
