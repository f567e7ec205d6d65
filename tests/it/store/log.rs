//! The log, and what is opened with it.

use bytes::Bytes;
use gapmap::base::id::{MapId, ParticipantId};
use gapmap::store::log::{Batch, NO_HASH, RowKind, StoredRow};
use gapmap::store::{By, Store, StoreError};

use crate::harness::{Database, on_both_databases};
use crate::scribe::{NOW, Scribe};

on_both_databases! {
    rows_come_back_as_they_went_in_without_gaps_and_chained,
    a_page_of_the_log_begins_behind_a_place,
    an_owner_that_was_replaced_appends_nothing,
    a_batch_of_several_maps_goes_in_whole_or_not_at_all,
    a_place_is_given_once,
    a_client_id_stays_whose_it_was_first,
    a_snapshot_replaces_an_older_one_and_leaves_the_log_whole,
    a_new_epoch_empties_older_rows_and_keeps_their_hashes,
    a_snapshot_of_an_epoch_that_is_over_is_let_go,
    a_map_that_is_not_there_is_not_found,
}

async fn log(store: &Store, map: MapId) -> Vec<StoredRow> {
    store.log_after(map, 0, i64::MAX).await.unwrap()
}

/// Asserts that rows follow one another from the first on.
#[track_caller]
fn is_chained(rows: &[StoredRow]) {
    let mut prev_hash = NO_HASH;
    for (row, seq) in rows.iter().zip(1..) {
        assert_eq!((row.row.seq, row.prev_hash), (seq, prev_hash));
        prev_hash = row.hash;
    }
}

async fn rows_come_back_as_they_went_in_without_gaps_and_chained(db: Database) {
    let mut scribe = Scribe::new(&db.store).await;
    // More than one statement takes.
    let batches = [scribe.batch(1), scribe.batch(200), scribe.batch(3)];

    for batch in &batches {
        db.store.append(std::slice::from_ref(batch)).await.unwrap();
    }

    let rows = log(&db.store, scribe.map).await;
    let written: Vec<&StoredRow> = batches.iter().flat_map(|it| &it.rows).collect();
    assert_eq!(rows[1..].iter().collect::<Vec<_>>(), written);
    assert_eq!(
        (rows[0].row.kind, rows[0].row.participant),
        (RowKind::Genesis, None)
    );
    is_chained(&rows);
    assert!(rows.iter().all(|it| it.row.hash(&it.prev_hash) == it.hash));
    assert_eq!(db.store.head(scribe.map).await.unwrap(), scribe.opened.head);
}

async fn a_page_of_the_log_begins_behind_a_place(db: Database) {
    let mut scribe = Scribe::new(&db.store).await;
    scribe.writes(5).await.unwrap();

    let page = db.store.log_after(scribe.map, 2, 3).await.unwrap();
    let end = db.store.log_after(scribe.map, 6, 3).await.unwrap();

    let seqs: Vec<u64> = page.iter().map(|it| it.row.seq).collect();
    assert_eq!((seqs, end), (vec![3, 4, 5], vec![]));
}

async fn an_owner_that_was_replaced_appends_nothing(db: Database) {
    let mut old = Scribe::new(&db.store).await;
    old.writes(1).await.unwrap();
    let mut new = Scribe::of(&db.store, old.map).await;
    assert!(old.fence() < new.fence());
    let before = log(&db.store, old.map).await;

    let (few, many) = (old.writes(1).await, old.writes(200).await);
    let purge = old.purges().await;

    for refused in [few, many, purge] {
        assert!(matches!(refused, Err(StoreError::Stale)), "{refused:?}");
    }
    assert_eq!(log(&db.store, old.map).await, before);
    assert_eq!(db.store.map(old.map).await.unwrap().epoch, 1);
    new.writes(1).await.unwrap();
    is_chained(&log(&db.store, old.map).await);
}

async fn a_batch_of_several_maps_goes_in_whole_or_not_at_all(db: Database) {
    let (mut one, mut two) = (Scribe::new(&db.store).await, Scribe::new(&db.store).await);
    let both = [one.batch(2), two.batch(2)];
    db.store.append(&both).await.unwrap();
    Scribe::of(&db.store, two.map).await;

    let refused = db.store.append(&[one.batch(2), two.batch(2)]).await;

    assert!(matches!(refused, Err(StoreError::Stale)), "{refused:?}");
    for map in [one.map, two.map] {
        assert_eq!(log(&db.store, map).await.len(), 3);
    }
}

async fn a_place_is_given_once(db: Database) {
    let mut scribe = Scribe::new(&db.store).await;
    let batch = scribe.batch(2);
    db.store.append(std::slice::from_ref(&batch)).await.unwrap();

    let again = db.store.append(&[batch]).await;

    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    assert_eq!(log(&db.store, scribe.map).await.len(), 3);
}

async fn a_client_id_stays_whose_it_was_first(db: Database) {
    let mut scribe = Scribe::new(&db.store).await;
    let (first, second) = (ParticipantId::new(), ParticipantId::new());
    for (clients, n_rows) in [(vec![(7, first), (8, second)], 1), (vec![(7, second)], 1)] {
        let batch = scribe.batch(n_rows);
        db.store
            .append(&[Batch { clients, ..batch }])
            .await
            .unwrap();
    }

    let mut clients = db.store.open_map(scribe.map).await.unwrap().clients;

    clients.sort_unstable_by_key(|(client, _)| *client);
    assert_eq!(clients, [(7, first), (8, second)]);
}

async fn a_snapshot_replaces_an_older_one_and_leaves_the_log_whole(db: Database) {
    let mut scribe = Scribe::new(&db.store).await;
    scribe.writes(6).await.unwrap();
    let before = log(&db.store, scribe.map).await;

    for (seq, kept) in [(3, 3), (6, 6), (4, 6)] {
        let snapshot = scribe.snapshot_at(seq).await;
        db.store
            .save_snapshot(scribe.map, &snapshot, NOW)
            .await
            .unwrap();

        let found = db.store.snapshot(scribe.map, 1).await.unwrap().unwrap();
        assert_eq!((found.epoch, found.seq), (1, kept));
        if seq == kept {
            let bytes = (found.state_vector, found.state);
            assert_eq!(bytes, (snapshot.state_vector, snapshot.state));
        }
    }
    assert_eq!(log(&db.store, scribe.map).await, before);
    assert!(db.store.snapshot(scribe.map, 2).await.unwrap().is_none());
}

async fn a_new_epoch_empties_older_rows_and_keeps_their_hashes(db: Database) {
    let mut scribe = Scribe::new(&db.store).await;
    let batch = scribe.batch(3);
    let clients = vec![(7, scribe.participant)];
    db.store
        .append(&[Batch { clients, ..batch }])
        .await
        .unwrap();
    let snapshot = scribe.snapshot_at(4).await;
    db.store
        .save_snapshot(scribe.map, &snapshot, NOW)
        .await
        .unwrap();
    let mut other = Scribe::new(&db.store).await;
    other.writes(2).await.unwrap();
    let before = (
        log(&db.store, scribe.map).await,
        log(&db.store, other.map).await,
    );

    scribe.purges().await.unwrap();
    scribe.writes(1).await.unwrap();

    let rows = log(&db.store, scribe.map).await;
    is_chained(&rows);
    for (row, mut then) in rows.iter().zip(before.0) {
        then.row.body = Bytes::new();
        assert_eq!(*row, then);
    }
    let new: Vec<_> = rows[4..]
        .iter()
        .map(|it| (it.row.epoch, it.row.kind))
        .collect();
    assert_eq!(new, [(2, RowKind::Genesis), (2, RowKind::Edit)]);
    let opened = db.store.open_map(scribe.map).await.unwrap();
    assert_eq!((opened.epoch, opened.clients), (2, vec![]));
    for epoch in [1, 2] {
        assert!(
            db.store
                .snapshot(scribe.map, epoch)
                .await
                .unwrap()
                .is_none()
        );
    }
    assert_eq!(log(&db.store, other.map).await, before.1);
}

async fn a_snapshot_of_an_epoch_that_is_over_is_let_go(db: Database) {
    let mut scribe = Scribe::new(&db.store).await;
    scribe.writes(2).await.unwrap();
    let late = scribe.snapshot_at(3).await;
    scribe.purges().await.unwrap();

    db.store
        .save_snapshot(scribe.map, &late, NOW)
        .await
        .unwrap();

    assert!(db.store.snapshot(scribe.map, 1).await.unwrap().is_none());
}

async fn a_map_that_is_not_there_is_not_found(db: Database) {
    let (nowhere, by) = (MapId::new(), By::command(NOW));
    let title = gapmap::workshop::map::MapTitle::try_from("x").unwrap();

    let opened = db.store.open_map(nowhere).await;
    let session = gapmap::base::id::SessionId::new();
    let made = db.store.create_map(session, &title, vec![], &by).await;

    assert!(
        matches!(opened, Err(StoreError::NotFound("map"))),
        "{opened:?}"
    );
    assert!(
        matches!(made, Err(StoreError::NotFound("session"))),
        "{made:?}"
    );
    assert!(db.store.head(nowhere).await.is_err());
    assert!(log(&db.store, nowhere).await.is_empty());
}
