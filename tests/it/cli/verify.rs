//! `gapmap verify`: what somebody with the database's password could do to a log, and how it shows.

use gapmap::base::id::{CheckpointId, MapId};
use gapmap::mindmap::digest::digest;
use gapmap::store::{By, SignOff, Signed, hex};

use super::program::Shell;
use crate::faults::saboteur::Saboteur;
use crate::harness::{Database, eventually, on_both_databases};
use crate::live::scene;
use crate::scribe::{NOW, Scribe};

/// Rows of the log; the snapshot is at the fifth.
const ROWS: u64 = 8;

on_both_databases! {
    an_intact_log_is_whole_with_and_without_its_snapshot,
    what_was_done_to_a_row_is_found_where_it_was_done,
    a_row_that_is_missing_is_named,
    a_snapshot_that_the_log_does_not_make_is_found,
    what_is_purged_is_no_forgery_and_only_what_was_purged_may_be_empty,
    only_the_map_that_is_asked_for_is_looked_at,
    what_was_signed_off_is_held_against_the_log,
}

async fn given_log(db: &Database) -> MapId {
    let mut scribe = Scribe::new(&db.store).await;
    let n_edits = usize::try_from(ROWS).unwrap() - 1;
    scribe.writes(n_edits).await.unwrap();
    let snapshot = scribe.snapshot_at(5).await;
    let saved = db.store.save_snapshot(scribe.map, &snapshot, NOW).await;
    saved.unwrap();
    scribe.map
}

/// Does this to the database behind the server's back.
async fn tamper(db: &Database, sql: &str) {
    Saboteur::at(&db.url).await.run(sql).await;
}

/// Asserts that `gapmap verify` finds this, says so in one line that names the map, and exits 1.
#[track_caller]
fn is_found(db: &Database, map: MapId, words: &str) {
    let ended = Shell::new().run(&["verify", "--database", &db.url]);
    ended.failed_saying(&format!("map {map}: "));
    ended.failed_saying(words);
}

async fn an_intact_log_is_whole_with_and_without_its_snapshot(db: Database) {
    given_log(&db).await;
    let mut other = Scribe::new(&db.store).await;
    other.writes(2).await.unwrap();

    let said = Shell::new().run(&["verify", "--database", &db.url]).done();

    let n_updates = ROWS + 3;
    let said: Vec<&str> = said.lines().collect();
    assert_eq!(
        said[0],
        format!("2 maps, {n_updates} updates: every chain is whole")
    );
    assert!(
        said[1].ends_with("audit events: the chain is whole"),
        "{said:?}"
    );
}

async fn what_was_done_to_a_row_is_found_where_it_was_done(db: Database) {
    let somebody = uuid::Uuid::now_v7();
    let hash = "(SELECT hash FROM update_log WHERE seq = 2)";
    let body = "(SELECT body FROM update_log WHERE seq = 2)";
    for (what, found) in [
        (format!("body = {body}"), "update 4 was altered"),
        (
            format!("participant = '{somebody}'"),
            "update 4 was altered",
        ),
        ("participant = ''".to_owned(), "update 4 was altered"),
        (
            "participant = 'me'".to_owned(),
            "update 4 has \"me\" where an id should be",
        ),
        ("at = at - 60000".to_owned(), "update 4 was altered"),
        ("epoch = 0".to_owned(), "update 4 was altered"),
        ("kind = 'genesis'".to_owned(), "update 4 was altered"),
        ("kind = 'song'".to_owned(), "update 4 has the kind \"song\""),
        (format!("hash = {hash}"), "update 4 was altered"),
        (
            format!("prev_hash = {hash}"),
            "update 4 does not follow the one before",
        ),
        (
            "hash = body".to_owned(),
            "update 4 has a hash that is not 32 bytes",
        ),
    ] {
        let map = given_log(&db).await;

        tamper(&db, &format!("UPDATE update_log SET {what} WHERE seq = 4")).await;

        is_found(&db, map, found);
        tamper(&db, "DELETE FROM map").await;
    }
}

async fn a_row_that_is_missing_is_named(db: Database) {
    for (what, found) in [
        (
            "DELETE FROM update_log WHERE seq = 4",
            "update 4 is missing",
        ),
        (
            "DELETE FROM update_log WHERE seq = 1",
            "update 1 is missing",
        ),
        (
            "UPDATE update_log SET seq = 40 WHERE seq = 4",
            "update 4 is missing",
        ),
        // The end, as far as a snapshot knows of it.
        (
            "DELETE FROM update_log WHERE seq > 4",
            "update 5 is missing",
        ),
        ("DELETE FROM update_log", "no update up to 0 begins epoch 1"),
        (
            "UPDATE map SET epoch = 2",
            "no update up to 8 begins epoch 2",
        ),
    ] {
        let map = given_log(&db).await;

        tamper(&db, what).await;

        is_found(&db, map, found);
        tamper(&db, "DELETE FROM map").await;
    }
    let map = given_log(&db).await;
    for (from, to) in [(4, 40), (5, 4), (40, 5)] {
        let swap = format!("UPDATE update_log SET seq = {to} WHERE seq = {from}");
        tamper(&db, &swap).await;
    }
    is_found(&db, map, "update 4 does not follow the one before");
}

async fn a_snapshot_that_the_log_does_not_make_is_found(db: Database) {
    let genesis = "(SELECT body FROM update_log WHERE seq = 1)";
    for (what, found) in [
        (
            "seq = 4",
            "the snapshot at update 4 is not what the log makes",
        ),
        (
            "seq = 6",
            "the snapshot at update 6 is not what the log makes",
        ),
        ("seq = 9", "update 9 is missing"),
        (
            &format!("state = {genesis}"),
            "the snapshot at update 5 is not what the log makes",
        ),
        ("state = state_vector", "the snapshot at update 5: "),
    ] {
        let map = given_log(&db).await;

        tamper(&db, &format!("UPDATE snapshot SET {what}")).await;

        is_found(&db, map, found);
        tamper(&db, "DELETE FROM map").await;
    }
}

async fn what_is_purged_is_no_forgery_and_only_what_was_purged_may_be_empty(db: Database) {
    let purged = async |sql: &str| {
        let mut scribe = Scribe::new(&db.store).await;
        scribe.writes(3).await.unwrap();
        scribe.purges().await.unwrap();
        scribe.writes(2).await.unwrap();
        if !sql.is_empty() {
            tamper(&db, &format!("UPDATE update_log SET {sql}")).await;
        }
        scribe.map
    };
    purged("").await;
    Shell::new().run(&["verify", "--database", &db.url]).done();
    tamper(&db, "DELETE FROM map").await;

    let empty = "(SELECT body FROM update_log WHERE seq = 2)";
    let full = "(SELECT body FROM update_log WHERE seq = 5)";
    for (what, found) in [
        (
            format!("body = {empty} WHERE seq = 6"),
            "update 6 was altered",
        ),
        (
            format!("body = {full} WHERE seq = 3"),
            "update 3 was altered",
        ),
        (
            "hash = prev_hash WHERE seq = 3".to_owned(),
            "update 4 does not follow",
        ),
    ] {
        let map = purged(&what).await;

        is_found(&db, map, found);
        tamper(&db, "DELETE FROM map").await;
    }
}

async fn only_the_map_that_is_asked_for_is_looked_at(db: Database) {
    let (good, bad) = (given_log(&db).await, given_log(&db).await);
    tamper(
        &db,
        &format!("DELETE FROM update_log WHERE seq = 3 AND map = '{bad}'"),
    )
    .await;
    let verify = |map: &str| Shell::new().run(&["verify", map, "--database", &db.url]);

    let said = verify(&good.to_string()).done();

    assert_eq!(
        said,
        format!("1 maps, {ROWS} updates: every chain is whole\n")
    );
    verify(&bad.to_string()).failed_saying("update 3 is missing");
    verify(&MapId::new().to_string()).failed_saying("there is no such map");
}

#[test]
fn a_database_that_is_not_there_is_not_taken_for_an_intact_one() {
    let shell = Shell::new();

    let ended = shell.run(&["verify", "--database", "sqlite:misspelt.db"]);

    ended.failed_saying("misspelt.db");
    assert!(!shell.path("misspelt.db").exists());
}

#[test]
fn a_copy_that_came_to_nothing_is_not_taken_for_an_intact_one() {
    let shell = Shell::new();
    std::fs::write(shell.path("copy.db"), "").unwrap();

    let ended = shell.run(&["verify", "--database", "sqlite:copy.db"]);

    ended.failed_saying("copy.db: is empty");
    assert_eq!(std::fs::read(shell.path("copy.db")).unwrap(), b"");
}

async fn what_was_signed_off_is_held_against_the_log(db: Database) {
    for (what, found) in [
        (
            "UPDATE checkpoint SET state_hash = log_hash",
            "the map at update 8 is not what was signed off as \"Closed\"",
        ),
        (
            "UPDATE checkpoint SET log_hash = state_hash",
            "update 8 is not what was signed off as \"Closed\"",
        ),
        // The end of the log, which no snapshot knows of.
        (
            "DELETE FROM update_log WHERE seq = 8",
            "update 8 is missing, and was signed off",
        ),
    ] {
        let map = given_log(&db).await;
        let stands = SignOff {
            seq: ROWS,
            epoch: 1,
            signed: Signed {
                log: db.store.head(map).await.unwrap().hash,
                state: digest(&scene::stored(&db.store, map).await),
            },
        };
        let by = By::command(NOW);
        assert!(db.store.sign_off(map, &stands, &by).await.unwrap());
        assert!(!db.store.sign_off(map, &stands, &by).await.unwrap());
        Shell::new().run(&["verify", "--database", &db.url]).done();

        tamper(&db, what).await;

        is_found(&db, map, found);
        tamper(&db, "DELETE FROM map").await;
    }
}

#[tokio::test]
async fn a_session_that_closes_while_its_log_is_read_is_no_forgery() {
    let db = Database::postgres().await;
    let mut scribe = Scribe::new(&db.store).await;
    scribe.writes(3).await.unwrap();
    let mut held = Saboteur::at(&db.url).await;
    held.run("BEGIN").await;
    held.run("LOCK TABLE checkpoint IN ACCESS EXCLUSIVE MODE")
        .await;

    let url = db.url.clone();
    let verify = move || Shell::new().run(&["verify", "--database", &url]);
    let verified = tokio::task::spawn_blocking(verify);
    let mut watch = Saboteur::at(&db.url).await;
    eventually("sign-offs to be asked for", async || {
        watch.somebody_waits().await
    })
    .await;
    scribe.writes(1).await.unwrap();
    let (map, checkpoint) = (scribe.map, CheckpointId::new());
    let head = db.store.head(map).await.unwrap();
    let (log, state) = (
        hex(&head.hash),
        hex(&digest(&scene::stored(&db.store, map).await)),
    );
    held.run(&format!(
        "INSERT INTO checkpoint
             (id, map, seq, epoch, title, at, made_by, log_hash, state_hash)
         VALUES ('{checkpoint}', '{map}', {}, 1, 'Closed', 0, 'command', '\\x{log}', '\\x{state}')",
        head.seq
    ))
    .await;
    held.run("COMMIT").await;

    let said = verified.await.unwrap().done();
    assert!(said.contains("1 sign-offs of closed sessions"), "{said}");
}
