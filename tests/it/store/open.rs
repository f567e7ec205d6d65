//! Opening a database, and who else may have it open.

use gapmap::base::time::Timestamp;
use gapmap::store::{Mode, Store, StoreError};

use crate::harness::{Database, on_both_databases};

on_both_databases! {
    a_fresh_database_takes_commits,
    a_command_opens_the_database_beside_another,
}

async fn a_fresh_database_takes_commits(db: Database) {
    db.store.ping_write(Timestamp(1)).await.unwrap();
}

async fn a_command_opens_the_database_beside_another(db: Database) {
    let second = Store::open(&db.url, Mode::Command).await.unwrap();

    second.ping_write(Timestamp(1)).await.unwrap();
    db.store.ping_write(Timestamp(2)).await.unwrap();
}

#[tokio::test]
async fn a_second_server_on_the_same_file_is_refused_until_the_first_ends() {
    let db = Database::sqlite().await;
    let first = Store::open(&db.url, Mode::Server).await.unwrap();

    let refused = Store::open(&db.url, Mode::Server).await.unwrap_err();
    drop(first);
    let after = Store::open(&db.url, Mode::Server).await;

    assert!(matches!(refused, StoreError::InUse(_)), "{refused:?}");
    assert!(after.is_ok());
}

#[tokio::test]
async fn an_address_that_is_no_database_is_refused_in_words() {
    for url in ["mysql://localhost/x", "gapmap.db", "sqlite::memory:"] {
        let refused = Store::open(url, Mode::Command).await.unwrap_err();

        assert!(
            matches!(refused, StoreError::Address(_)),
            "{url}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_database_that_cannot_be_made_is_named() {
    let refused = Store::open("sqlite:/nowhere/at/all.db", Mode::Command)
        .await
        .unwrap_err();

    assert!(matches!(refused, StoreError::File { .. }), "{refused:?}");
    assert!(refused.to_string().contains("/nowhere/at/all.db"));
}
