//! The audit: every change leaves a line, and a line cannot be altered unseen.

use gapmap::base::time::Timestamp;
use gapmap::store::{AuditFilter, By, PageRequest, StoreError};
use gapmap::workshop::account::NewAccount;
use gapmap::workshop::group::NewGroup;
use gapmap::workshop::role::Role;
use sqlx::{AnyConnection, Connection, Executor};

use crate::harness::{Database, on_both_databases};

const NOW: Timestamp = Timestamp(1_795_426_200_000);

async fn given_events(db: &Database, n_events: usize) {
    for n in 0..n_events {
        let group = NewGroup::new(&format!("Group {n}"), "", "").unwrap();
        db.store
            .create_group(&group, &By::command(NOW))
            .await
            .unwrap();
    }
}

/// What somebody with the database's password could do.
async fn tamper(db: &Database, sql: &'static str) {
    let mut connection = AnyConnection::connect(&db.url).await.unwrap();
    connection.execute(sql).await.unwrap();
    connection.close().await.unwrap();
}

on_both_databases! {
    every_change_leaves_a_line_and_the_chain_holds,
    changes_made_at_once_stand_in_one_chain,
    what_was_refused_leaves_no_line,
    a_line_that_was_altered_is_found,
    a_line_that_was_cut_out_is_found,
    a_cut_off_end_is_found,
}

async fn every_change_leaves_a_line_and_the_chain_holds(db: Database) {
    given_events(&db, 3).await;

    let all = PageRequest::new(Some(2), None, None).unwrap();
    let page = db
        .store
        .audit_events(&AuditFilter::default(), &all)
        .await
        .unwrap();

    let seen: Vec<(i64, &str)> = page
        .items
        .iter()
        .map(|it| (it.seq, it.action.as_str()))
        .collect();
    assert_eq!(seen, [(3, "group.create"), (2, "group.create")]);
    assert_eq!(page.items[0].actor, "command");
    assert_eq!(page.next.as_deref(), Some("2"));
    assert_eq!(db.store.verify_audit().await.unwrap(), 3);
}

async fn changes_made_at_once_stand_in_one_chain(db: Database) {
    let groups = (0..12).map(async |n| {
        let group = NewGroup::new(&format!("Group {n}"), "", "").unwrap();
        db.store
            .create_group(&group, &By::command(NOW))
            .await
            .unwrap()
    });
    futures_util::future::join_all(groups).await;

    assert_eq!(db.store.verify_audit().await.unwrap(), 12);
}

async fn what_was_refused_leaves_no_line(db: Database) {
    given_events(&db, 1).await;

    let twice = NewAccount::new("ana@example.org", None, Role::Analyst).unwrap();
    let first = db.store.create_user(&twice, None, &By::command(NOW)).await;
    let refused = db.store.create_user(&twice, None, &By::command(NOW)).await;

    assert!(first.is_ok());
    assert!(refused.is_err());
    assert_eq!(db.store.verify_audit().await.unwrap(), 2);
}

async fn a_line_that_was_altered_is_found(db: Database) {
    given_events(&db, 3).await;

    tamper(
        &db,
        "UPDATE audit_event SET actor = 'command2' WHERE seq = 2",
    )
    .await;

    let broken = db.store.verify_audit().await;
    assert!(
        matches!(&broken, Err(StoreError::Corrupt(it)) if it.contains("event 2")),
        "{broken:?}"
    );
}

async fn a_line_that_was_cut_out_is_found(db: Database) {
    given_events(&db, 3).await;

    tamper(&db, "DELETE FROM audit_event WHERE seq = 2").await;

    assert!(matches!(
        db.store.verify_audit().await,
        Err(StoreError::Corrupt(_))
    ));
}

async fn a_cut_off_end_is_found(db: Database) {
    given_events(&db, 3).await;

    tamper(&db, "DELETE FROM audit_event WHERE seq = 3").await;

    assert!(matches!(
        db.store.verify_audit().await,
        Err(StoreError::Corrupt(_))
    ));
}
