//! `gapmap migrate`: everything from one database into another.

use std::collections::BTreeMap;

use gapmap::store::Kind;

use super::program::{Ended, Serving, Shell};
use super::writers::{Sitting, assert_holds};
use crate::faults::saboteur::Saboteur;
use crate::harness::{Database, fresh_postgres_url, on_both_databases};
use crate::scribe::Scribe;
use crate::server::Client;

on_both_databases! {
    a_copy_that_fails_on_its_way_leaves_nothing_and_can_be_made_again,
    what_is_altered_is_not_copied,
    nothing_is_copied_over_something_else,
    a_table_that_a_later_version_adds_is_copied_too,
}

fn migrate(from: &str, to: &str) -> Ended {
    Shell::new().run(&["migrate", "--from", from, "--to", to])
}

/// Asserts that it failed with one line, which says this.
#[track_caller]
fn failed_saying(ended: &Ended, words: &str) {
    let said = (ended.code, ended.err.lines().count());
    assert_eq!(said, (1, 1), "{} {}", ended.out, ended.err);
    assert!(ended.err.contains(words), "{}", ended.err);
}

/// An empty database of the other kind, from the first one's point of view.
async fn other_than(db: &Database) -> Database {
    match db.store.kind() {
        Kind::Sqlite => Database::postgres().await,
        Kind::Postgres => Database::sqlite().await,
    }
}

/// Everything that a server tells whoever may see it all.
async fn answers(server: &Serving, token: &str) -> BTreeMap<String, Vec<u8>> {
    let script = Client::of(&server.base, Some(token));
    let mut answers = BTreeMap::new();
    let lists = "groups sessions gaps solutions fits evidence tags imports reports users audit \
                 templates coverage coverage/matrix search?q=drone search?q=de&kind=node";
    let mut paths: Vec<String> = lists.split_whitespace().map(str::to_owned).collect();
    while let Some(path) = paths.pop() {
        let reply = script.get(&format!("/api/v1/{path}")).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        for item in reply.json["items"].as_array().into_iter().flatten() {
            let Some(id) = item["id"].as_str() else {
                continue;
            };
            match &*path {
                "sessions" => {
                    paths.extend([format!("maps?session={id}"), format!("sessions/{id}/links")])
                }
                "gaps" => {
                    paths.extend([format!("gaps/{id}/history"), format!("gaps/{id}/mentions")])
                }
                "reports" => paths.extend(
                    ["docx", "html", "csv"].map(|it| format!("reports/{id}/download?format={it}")),
                ),
                "imports" => paths.push(format!("imports/{id}/rows")),
                _ if path.starts_with("maps?") => paths.extend(
                    ["tree", "history", "checkpoints", "export?format=csv"]
                        .map(|it| format!("maps/{id}/{it}")),
                ),
                _ => {}
            }
        }
        answers.insert(path, reply.bytes);
    }
    answers
}

/// Asserts that two servers say the same of everything.
#[track_caller]
fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert!(one.keys().eq(other.keys()));
    for (path, bytes) in one {
        assert!(*bytes == other[path], "{path} is not the same");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_on_the_copy_says_what_the_server_said_and_goes_on() {
    const SQLITE: &str = "sqlite:gapmap.db";
    let shell = Shell::new();
    let serve = |database: &str| shell.serve(&["--database", database, "--log-level", "error"]);
    let server = shell.serve(&["--demo", "--log-level", "error"]);
    let sitting = Sitting::begin(&shell, SQLITE, &server).await;
    let admin = ["token", "create", "--user", "admin@localhost"];
    let admin = shell.run(&admin).done().trim().to_owned();
    std::fs::write(
        shell.path("gaps.csv"),
        "title,description\nA gap of a file,It is missing.\n",
    )
    .unwrap();
    shell.run(&["import", "gaps", "gaps.csv"]).done();
    let mut writer = sitting.writer(&server, "w").await;
    let written = writer.has_saved(20).await;
    assert_eq!(server.stop("TERM").0, Some(0));
    writer.end().await;
    // Asked twice: whoever reads a session's maps for the first time joins it.
    let server = serve(SQLITE);
    answers(&server, &admin).await;
    let before = answers(&server, &admin).await;
    assert!(before.len() > 60, "{}", before.len());
    let refused = shell.run(&["migrate", "--from", SQLITE, "--to", "sqlite:other.db"]);
    failed_saying(&refused, "another gapmap serve uses gapmap.db");
    assert_eq!(server.stop("TERM").0, Some(0));

    let postgres = fresh_postgres_url().await;
    let up = ["migrate", "--from", SQLITE, "--to", &postgres];
    let said = shell.run(&up).done();
    assert!(said.contains("all of it arrived"), "{said}");
    let said = shell.run(&up).done();
    assert!(said.contains("all of it was there already"), "{said}");

    let server = serve(&postgres);
    assert_same(&before, &answers(&server, &admin).await);
    let mut reader = sitting.reader(&server).await;
    assert_holds(&reader.doc, &written);
    reader.added("after", "written into the copy").await;
    let script = Client::of(&server.base, Some(&admin));
    let gap = serde_json::json!({ "title": "A later gap", "description": "Also missing." });
    script.made("/api/v1/gaps", gap).await;
    drop(reader);
    assert_eq!(server.stop("TERM").0, Some(0));
    failed_saying(&shell.run(&up), "the target holds something else already");

    // And back, with what was added meanwhile.
    let server = serve(&postgres);
    let later = answers(&server, &admin).await;
    assert_eq!(server.stop("TERM").0, Some(0));
    let down = ["migrate", "--from", &postgres, "--to", "sqlite:back.db"];
    shell.run(&down).done();
    let server = serve("sqlite:back.db");
    assert_same(&later, &answers(&server, &admin).await);
}

async fn a_copy_that_fails_on_its_way_leaves_nothing_and_can_be_made_again(source: Database) {
    Scribe::new(&source.store).await.writes(3).await.unwrap();
    let target = other_than(&source).await;
    let mut saboteur = Saboteur::at(&target.url).await;
    saboteur.fail_appends().await;

    let failed = migrate(&source.url, &target.url);

    failed_saying(&failed, "in the table update_log");
    failed_saying(&failed, "the disk is full");
    assert!(target.store.all_maps().await.unwrap().is_empty());
    saboteur.mend_appends().await;
    let said = migrate(&source.url, &target.url).done();
    assert!(
        said.contains("1 maps, 4 updates: every chain is whole"),
        "{said}"
    );
    assert!(said.contains("update_log: 4\n"), "{said}");
}

async fn what_is_altered_is_not_copied(source: Database) {
    let mut scribe = Scribe::new(&source.store).await;
    scribe.writes(3).await.unwrap();
    let target = other_than(&source).await;
    for (done, found) in [
        (
            "UPDATE update_log SET at = at + 1 WHERE seq = 3",
            "update 3 was altered",
        ),
        (
            "DELETE FROM update_log WHERE seq = 2",
            "update 2 is missing",
        ),
        (
            "DELETE FROM audit_event WHERE seq = 2",
            "the audit is broken",
        ),
    ] {
        Saboteur::at(&source.url).await.run(done).await;

        let failed = migrate(&source.url, &target.url);

        failed_saying(&failed, "nothing was copied, for the source is not whole");
        failed_saying(&failed, found);
        assert!(target.store.all_maps().await.unwrap().is_empty());
        Saboteur::at(&source.url).await.run("DELETE FROM map").await;
        Scribe::new(&source.store).await.writes(3).await.unwrap();
    }
}

async fn nothing_is_copied_over_something_else(source: Database) {
    Scribe::new(&source.store).await.writes(1).await.unwrap();
    let target = other_than(&source).await;
    let mut other = Scribe::new(&target.store).await;
    other.writes(2).await.unwrap();

    failed_saying(
        &migrate(&source.url, &target.url),
        "the target holds something else already",
    );

    assert_eq!(target.store.head(other.map).await.unwrap().seq, 3);
    failed_saying(&migrate(&source.url, &source.url), "name the same database");
    let mut saboteur = Saboteur::at(&target.url).await;
    saboteur
        .run("CREATE TABLE invoices (id TEXT PRIMARY KEY)")
        .await;
    failed_saying(
        &migrate(&source.url, &target.url),
        "a table invoices of something else",
    );
    // From the other side, it is something that would be left behind.
    failed_saying(
        &migrate(&target.url, &source.url),
        "the source has a table invoices",
    );
}

async fn a_table_that_a_later_version_adds_is_copied_too(source: Database) {
    let map = Scribe::new(&source.store).await.map;
    let target = other_than(&source).await;
    for url in [&source.url, &target.url] {
        let bytes = match Kind::of(url).unwrap() {
            Kind::Sqlite => "BLOB",
            Kind::Postgres => "BYTEA",
        };
        // Before all others by its name, after some by what it names, itself among them.
        let table = format!(
            "CREATE TABLE addition (
                 id TEXT PRIMARY KEY, map TEXT NOT NULL REFERENCES map (id),
                 former TEXT REFERENCES addition (id), n SMALLINT, body {bytes}
             )"
        );
        Saboteur::at(url).await.run(&table).await;
    }
    let rows = format!(
        "INSERT INTO addition VALUES ('a', '{map}', NULL, NULL, NULL), ('b', '{map}', NULL, 7, NULL)"
    );
    let mut saboteur = Saboteur::at(&source.url).await;
    saboteur.run(&rows).await;
    saboteur
        .run("UPDATE addition SET former = 'b' WHERE id = 'a'")
        .await;

    let said = migrate(&source.url, &target.url).done();

    assert!(said.contains("addition: 2\n"), "{said}");
    // What is there can be named by something new: the reference holds in the copy.
    let mut there = Saboteur::at(&target.url).await;
    there
        .run("UPDATE addition SET former = 'a' WHERE id = 'b' AND n = 7")
        .await;
    failed_saying(&migrate(&source.url, &target.url), "something else already");
}

#[tokio::test]
async fn a_source_that_is_not_there_or_cut_off_is_told() {
    let shell = Shell::new();
    let to = ["--to", "sqlite:new.db"];
    let from = |url| shell.run(&[&["migrate", "--from", url][..], &to].concat());
    failed_saying(&from("sqlite:misspelt.db"), "misspelt.db");
    assert!(!shell.path("misspelt.db").exists());

    let add = "user add ana@example.org --role analyst --password-stdin";
    let add: Vec<&str> = add.split(' ').collect();
    shell.run_with(&add, &[], "correct horse\n").done();
    let file = shell.path("gapmap.db");
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();

    let failed = from("sqlite:gapmap.db");

    assert_eq!(
        (failed.code, failed.err.lines().count()),
        (1, 1),
        "{}",
        failed.err
    );
    assert!(failed.err.contains("malformed"), "{}", failed.err);
}
