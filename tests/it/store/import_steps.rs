//! Imports beside what else happens: to the same file, and to the records that it names.

use std::io::Cursor;

use gapmap::base::invalid::Invalid;
use gapmap::catalogue::handle::Handle;
use gapmap::catalogue::kind::RecordKind::{Fit, Gap};
use gapmap::store::{ImportState, StoreError};

use super::catalogue::{by, gap, id};
use super::imports::{GAPS, given, imported, intake};
use crate::harness::{Database, on_both_databases};

on_both_databases! {
    a_file_is_carried_out_only_as_it_was_seen,
    a_gap_that_was_merged_twice_is_meant_by_what_it_became_in_the_end,
}

async fn a_file_is_carried_out_only_as_it_was_seen(db: Database) {
    let import = given(&db, "gaps", "file.csv").await;
    let read_as = async |source: &str| {
        let store = &db.store;
        store
            .set_import_source(import.id, source, "", "", by().at)
            .await
    };
    let reading = ImportState::Reading;
    db.store
        .begin_import(import.id, reading, &by())
        .await
        .unwrap();

    // Somebody looks at it one way, and somebody else wants to another way.
    let refused = read_as("solutions").await;
    let input = || Ok(Box::new(Cursor::new(GAPS)) as _);
    let seen = intake(&db).read(import.id, reading, input, by()).await;

    let state = |it: &StoreError| matches!(it, StoreError::Invalid(Invalid { field: "state", .. }));
    assert!(refused.is_err_and(|it| state(&it)));
    let seen = seen.unwrap();
    assert_eq!((&*seen.source, seen.state), ("gaps", ImportState::Ready));
    read_as("solutions").await.unwrap();
    let unseen = db
        .store
        .begin_import(import.id, ImportState::Applying, &by())
        .await;
    assert!(matches!(unseen, Err(StoreError::Taken(_))), "{unseen:?}");
}

async fn a_gap_that_was_merged_twice_is_meant_by_what_it_became_in_the_end(db: Database) {
    let mut gaps = Vec::new();
    for title in ["Phones differ", "Phones are many", "All kinds of phones"] {
        gaps.push(gap(&db, title).await);
    }
    for (from, into) in [(0, 1), (1, 2)] {
        let (from, into) = (id(&gaps[from]), id(&gaps[into]));
        db.store
            .merge_records(Gap, from, into, &by())
            .await
            .unwrap();
    }

    let named = "solution_id,name,kind,proposed_gap_links\n\
        SOL-01,Readers for phones,technology,GAP-1:good\n";
    imported(&db, "solutions", named.as_bytes()).await;

    let fit = db.store.record(Fit, Handle::Number(1)).await.unwrap();
    assert_eq!(fit.text("gap"), gaps[2].id.to_string());
}
