//! What a database has that was made by an older version.

use gapmap::base::text::likeness;
use gapmap::store::{Mode, Store, StoreError};
use gapmap::workshop::role::MapRole;

use super::join::{NOW, invite, join_at, session};
use crate::faults::saboteur::Saboteur;
use crate::harness::{Database, on_both_databases};

on_both_databases! {
    nobody_who_joins_looks_like_somebody_who_was_there_before_names_were_compared,
    no_command_changes_tables_under_a_server_of_an_older_version,
}

async fn no_command_changes_tables_under_a_server_of_an_older_version(db: Database) {
    let server = Store::open(&db.url, Mode::Server).await.unwrap();
    let mut hands = Saboteur::at(&db.url).await;
    hands
        .run(
            "DELETE FROM _sqlx_migrations
             WHERE version = (SELECT MAX(version) FROM _sqlx_migrations)",
        )
        .await;

    for mode in [Mode::Command, Mode::Existing, Mode::Command] {
        let refused = Store::open(&db.url, mode).await.unwrap_err();

        assert!(matches!(refused, StoreError::Older), "{refused:?}");
    }
    server.close().await;
}

async fn nobody_who_joins_looks_like_somebody_who_was_there_before_names_were_compared(
    db: Database,
) {
    let mut hands = Saboteur::at(&db.url).await;
    let session = session(&db, "live").await;
    let invite = invite(&db, session, MapRole::Editor, None).await;
    for name in ["Änna", "Berta", "Dora", "Dora too"] {
        let joined = join_at(&db, &invite.code, name, Some(name), NOW).await;
        assert_eq!(joined.unwrap().0.pseudonym, name);
    }
    // As they were found: capitals that SQL does not know, and of two who look alike none of the second.
    for was in [
        "likeness = 'Änna' WHERE pseudonym = 'Änna'",
        "likeness = NULL WHERE pseudonym = 'Berta'",
        "likeness = NULL, pseudonym = 'DORA' WHERE pseudonym = 'Dora too'",
    ] {
        hands.run(&format!("UPDATE participant SET {was}")).await;
    }

    db.store.fill_likenesses().await.unwrap();
    db.store.fill_likenesses().await.unwrap();

    for name in ["änna", "ＢＥＲＴＡ", "dora"] {
        let joined = join_at(&db, &invite.code, name, Some(name), NOW).await;
        let joined = joined.unwrap().0.pseudonym;
        assert_ne!(likeness(&joined), likeness(name));
    }
}
