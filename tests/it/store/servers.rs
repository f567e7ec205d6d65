//! Who has which map, among servers on one database.

use gapmap::base::id::ServerId;
use gapmap::store::Taking;

use crate::faults::saboteur::Saboteur;
use crate::harness::{Database, eventually};
use crate::scribe::Scribe;

/// Longer than the test takes.
const LEASE: i64 = 600_000;

#[tokio::test]
async fn a_map_is_taken_once_what_its_owner_was_about_to_commit_is_decided() {
    let db = Database::postgres().await;
    let map = Scribe::new(&db.store).await.map;
    let (before, next) = (ServerId::new(), ServerId::new());
    for server in [before, next] {
        db.store.renew_lease(server, LEASE).await.unwrap();
    }
    let taken = db.store.take_map(map, before).await.unwrap();
    assert!(matches!(taken, Taking::Taken { .. }));
    // An owner that stands still between its last statement and COMMIT, and whose lease ends.
    let mut late = Saboteur::at(&db.url).await;
    late.run("BEGIN").await;
    late.run(&format!(
        "INSERT INTO update_log SELECT map, seq + 1, epoch, at, participant, kind, body, hash, hash
         FROM update_log WHERE map = '{map}'"
    ))
    .await;
    db.store.end_lease(before).await.unwrap();

    let store = db.store.clone();
    let taking = tokio::spawn(async move { store.take_map(map, next).await });

    let mut watcher = Saboteur::at(&db.url).await;
    eventually("the next owner waits", async || {
        assert!(!taking.is_finished());
        watcher.somebody_waits().await
    })
    .await;
    let seq = db.store.head(map).await.unwrap().seq;
    late.run("COMMIT").await;
    let taken = taking.await.unwrap().unwrap();
    assert!(matches!(taken, Taking::Taken { .. }));
    assert_eq!(db.store.head(map).await.unwrap().seq, seq + 1);
}
