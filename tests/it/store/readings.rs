//! What the tables of nodes and links say of a map.

use gapmap::store::{NodeRow, Reading, StoreError};

use super::join::{by, session};
use crate::harness::{Database, on_both_databases};
use crate::live::scene::new_map;

on_both_databases! {
    what_was_read_earlier_is_not_written_over_what_was_read_later,
}

async fn what_was_read_earlier_is_not_written_over_what_was_read_later(db: Database) {
    let session = session(&db, "live").await;
    let map = new_map(&db.store, session, &by()).await;
    let read = |seq, text: &str| {
        let node = NodeRow {
            node: "root".to_owned(),
            parent: String::new(),
            is_live: true,
            kind: String::new(),
            text: text.to_owned(),
            note: String::new(),
        };
        Reading {
            epoch: 1,
            seq,
            nodes: [(node.node.clone(), node)].into(),
            ..Reading::default()
        }
    };
    let (earlier, later) = (read(3, "Drones"), read(5, "Drones near crowds"));

    // By two processes, of which the first to read is the last to write.
    db.store.write_reading(map, &later).await.unwrap();
    let refused = db.store.write_reading(map, &earlier).await;

    assert!(matches!(refused, Err(StoreError::Stale)), "{refused:?}");
    assert_eq!(db.store.reading(map).await.unwrap().as_ref(), Some(&later));
    db.store.write_reading(map, &later).await.unwrap();
}
