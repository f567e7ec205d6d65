//! `gapmap retain`

use gapmap::base::time::Timestamp;
use gapmap::mindmap::edit;
use gapmap::store::{By, Mode, Store};
use gapmap::workshop::map::MapTitle;
use gapmap::workshop::session::{NewSession, SessionDraft};

use super::program::Shell;
use crate::faults::saboteur::Saboteur;

/// A session with one map, to be kept until this day.
async fn kept_until(shell: &Shell, day: &str) {
    let url = format!("sqlite:{}", shell.path("gapmap.db").display());
    let store = Store::open(&url, Mode::Command).await.unwrap();
    let by = By::command(Timestamp(0));
    let draft = SessionDraft {
        title: Some("Drones near crowds"),
        retain_until: Some(day),
        ..SessionDraft::default()
    };
    let session = NewSession::new(&draft, &[]).unwrap();
    let session = store.create_session(&session, &by).await.unwrap().id;
    let title = MapTitle::try_from("Drones").unwrap();
    let document = edit::new_document("Drones", None, by.at);
    store
        .create_map(session, &title, document, &by)
        .await
        .unwrap();
    store.close().await;
}

#[tokio::test]
async fn it_clears_what_is_past_its_day_and_says_so_first_when_asked() {
    let shell = Shell::new();
    kept_until(&shell, "2020-01-01").await;
    kept_until(&shell, "2999-01-01").await;

    let dry = shell.run(&["retain", "--dry-run"]).done();
    let done = shell.run(&["retain"]).done();
    let again = shell.run(&["retain"]).done();

    let held = "(Drones near crowds), kept until 2020-01-01: maps 1, updates 1, participants 0";
    assert!(
        dry.starts_with("would clear ") && dry.contains(held),
        "{dry}"
    );
    assert!(
        done.starts_with("cleared ") && done.contains(held),
        "{done}"
    );
    assert_eq!((dry.lines().count(), done.lines().count()), (1, 1));
    assert_eq!(again, "no session is past its day\n");
    let verified = shell.run(&["verify"]).done();
    assert!(verified.contains("1 maps"), "{verified}");
}

#[test]
fn it_makes_no_database_where_there_is_none() {
    let shell = Shell::new();

    shell.run(&["retain"]).failed_saying("gapmap.db");

    assert!(!shell.path("gapmap.db").exists());
}

#[tokio::test]
async fn what_could_not_be_cleared_away_is_said() {
    let shell = Shell::new();
    kept_until(&shell, "2020-01-01").await;
    // Who reads the database as it was needs what was deleted since.
    let url = format!("sqlite:{}", shell.path("gapmap.db").display());
    let mut reader = Saboteur::at(&url).await;
    reader.run("BEGIN").await;
    assert_eq!(reader.number("SELECT COUNT(*) FROM map").await, 1);

    let ended = shell.run(&["retain"]);

    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.starts_with("cleared "), "{}", ended.out);
    assert!(ended.err.contains("may still hold"), "{}", ended.err);
}
