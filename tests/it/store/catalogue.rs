//! Records of the catalogue.

use gapmap::base::time::Timestamp;
use gapmap::catalogue::change::Change;
use gapmap::catalogue::coverage::Light;
use gapmap::catalogue::handle::{Handle, Target};
use gapmap::catalogue::kind::RecordKind::{self, Evidence, Fit, Gap, Solution};
use gapmap::catalogue::record::{NewRecord, Record};
use gapmap::catalogue::value::Value;
use gapmap::store::{By, More, PageRequest, RecordFilter, StoreError};
use gapmap::workshop::group::NewGroup;

use crate::harness::{Database, on_both_databases};

pub(super) fn by() -> By {
    By::command(Timestamp(1_795_426_200_000))
}

pub(super) fn new(kind: RecordKind, cells: &[(&str, &str)]) -> NewRecord {
    NewRecord::new(&change(kind, cells)).unwrap()
}

fn change(kind: RecordKind, cells: &[(&str, &str)]) -> Change {
    Change::of_cells(kind, cells.iter().copied()).unwrap()
}

pub(super) fn id(record: &Record) -> Handle {
    Handle::Id(record.id)
}

pub(super) fn page(limit: i64, cursor: Option<String>) -> PageRequest {
    PageRequest::new(Some(limit), cursor, None).unwrap()
}

pub(super) async fn made(db: &Database, kind: RecordKind, cells: &[(&str, &str)]) -> Record {
    db.store
        .create_record(&new(kind, cells), &by())
        .await
        .unwrap()
}

pub(super) async fn changed(db: &Database, of: &Record, cells: &[(&str, &str)]) -> Record {
    let change = change(of.kind, cells);
    db.store
        .change_record(id(of), None, &change, &by())
        .await
        .unwrap()
}

pub(super) async fn gap(db: &Database, title: &str) -> Record {
    made(db, Gap, &[("title", title)]).await
}

pub(super) async fn solution(db: &Database, name: &str) -> Record {
    made(
        db,
        Solution,
        &[
            ("name", name),
            ("kind", "training"),
            ("lifecycle", "in_use"),
        ],
    )
    .await
}

pub(super) async fn fit(db: &Database, gap: &Record, solution: &Record, state: &str) -> Record {
    let (gap, solution) = (gap.id.to_string(), solution.id.to_string());
    let cells = [
        ("gap", gap.as_str()),
        ("solution", &solution),
        ("degree", "good"),
        ("rationale", "It teaches what is missing."),
        ("state", state),
    ];
    made(db, Fit, &cells).await
}

pub(super) async fn light(db: &Database, gap: &Record) -> Light {
    match db.store.entry(Gap, id(gap)).await.unwrap().more {
        More::Gap(light, ..) => light,
        other => panic!("{other:?} of a gap"),
    }
}

pub(super) async fn titles(db: &Database, filter: &RecordFilter) -> Vec<String> {
    let (mut titles, mut cursor) = (Vec::new(), None);
    loop {
        let entries = db.store.entries(filter, &page(2, cursor)).await.unwrap();
        titles.extend(
            entries
                .items
                .into_iter()
                .map(|it| it.record.title().to_owned()),
        );
        cursor = entries.next;
        if cursor.is_none() {
            return titles;
        }
    }
}

on_both_databases! {
    a_record_reads_back_as_it_was_made_and_has_a_number,
    a_change_makes_a_version_with_its_differences,
    a_change_from_an_old_version_is_told_where_it_meets_others,
    what_a_record_names_must_be_there,
    a_gap_and_a_solution_have_one_live_fit,
    a_merge_moves_what_pointed_there_and_leaves_an_alias,
    an_alias_follows_when_its_record_is_merged_again,
}

async fn a_record_reads_back_as_it_was_made_and_has_a_number(db: Database) {
    let forensics = NewGroup::new("Forensics", "", "").unwrap();
    let forensics = db
        .store
        .create_group(&forensics, &by())
        .await
        .unwrap()
        .id
        .to_string();
    let cells = [
        ("title", "Größere Datenmengen"),
        ("description", "one\ntwo"),
        ("groups", forensics.as_str()),
        ("thor", "human|technology"),
        ("tags", "video|ai"),
        ("impact", "5"),
        ("last_searched", "2026-11-01"),
        ("tlp", "GREEN"),
    ];

    let first = made(&db, Gap, &cells).await;
    let second = gap(&db, "another").await;

    assert_eq!((first.number, second.number, first.version), (1, 2, 1));
    assert_eq!(first.list("tags"), ["video", "ai"]);
    assert_eq!(db.store.record(Gap, id(&first)).await.unwrap(), first);
    assert_eq!(
        db.store.record(Gap, Handle::Number(1)).await.unwrap(),
        first
    );
    assert!(matches!(
        db.store.record(Solution, Handle::Number(1)).await,
        Err(StoreError::NotFound("solution"))
    ));
}

async fn a_change_makes_a_version_with_its_differences(db: Database) {
    let made = gap(&db, "Phones").await;

    let after = changed(
        &db,
        &made,
        &[("impact", "4"), ("tags", "ai"), ("state", "proposed")],
    )
    .await;
    let same = changed(&db, &made, &[("impact", "4")]).await;
    let emptied = changed(&db, &made, &[("impact", ""), ("tags", "")]).await;

    assert_eq!((after.version, same.version, emptied.version), (2, 2, 3));
    assert_eq!(
        (emptied.whole("impact"), emptied.list("tags").len()),
        (None, 0)
    );
    let history = db
        .store
        .record_history(Gap, id(&made), &page(2, None))
        .await
        .unwrap();
    let versions: Vec<i64> = history.items.iter().map(|it| it.version).collect();
    assert_eq!((versions, history.next.as_deref()), (vec![3, 2], Some("2")));
    let fields: Vec<&str> = history.items[1]
        .differences
        .iter()
        .map(|it| it.field)
        .collect();
    assert_eq!(fields, ["state", "tags", "impact"]);
    assert_eq!(
        history.items[1].differences[2].after,
        Some(Value::Number(4))
    );
    assert_eq!(db.store.record(Gap, id(&made)).await.unwrap(), emptied);
}

async fn a_change_from_an_old_version_is_told_where_it_meets_others(db: Database) {
    let made = gap(&db, "Phones").await;
    changed(&db, &made, &[("title", "Handsets"), ("impact", "4")]).await;
    let mine = change(Gap, &[("title", "Mobiles"), ("urgency", "3")]);

    let refused = db
        .store
        .change_record(id(&made), Some(1), &mine, &by())
        .await;

    let Err(StoreError::StaleRecord(stale)) = refused else {
        panic!("{refused:?}");
    };
    let text = |it: &Option<Value>| it.as_ref().and_then(|it| it.as_text().map(str::to_owned));
    let clashes: Vec<_> = stale
        .clashes
        .iter()
        .map(|it| (it.field, text(&it.yours)))
        .collect();
    assert_eq!(
        clashes,
        [("title", Some("Mobiles".to_owned())), ("impact", None)]
    );
    assert_eq!(stale.current.title(), "Handsets");
    assert_eq!(
        db.store.record(Gap, id(&made)).await.unwrap(),
        stale.current
    );
}

async fn what_a_record_names_must_be_there(db: Database) {
    let nowhere = uuid::Uuid::now_v7().to_string();
    let target = format!("gap:{nowhere}");
    let some = gap(&db, "Phones").await.id.to_string();
    for (kind, field, cells) in [
        (
            Gap,
            "groups",
            vec![("title", "x"), ("groups", nowhere.as_str())],
        ),
        (
            Gap,
            "tags",
            vec![("title", "x"), ("tags", "scheme:unknown")],
        ),
        (
            Solution,
            "parent",
            vec![("name", "x"), ("kind", "policy"), ("parent", &nowhere)],
        ),
        (
            Evidence,
            "target",
            vec![("title", "x"), ("target", &target)],
        ),
        (
            Fit,
            "solution",
            vec![
                ("gap", some.as_str()),
                ("solution", &nowhere),
                ("degree", "good"),
                ("rationale", "x"),
            ],
        ),
    ] {
        let refused = db.store.create_record(&new(kind, &cells), &by()).await;

        assert!(
            matches!(&refused, Err(StoreError::Invalid(it)) if it.field == field),
            "{refused:?}"
        );
    }
    assert_eq!(
        db.store
            .count_records(&RecordFilter::new(Gap))
            .await
            .unwrap(),
        1
    );
}

async fn a_gap_and_a_solution_have_one_live_fit(db: Database) {
    let (gap, solution) = (gap(&db, "Phones").await, solution(&db, "Course").await);
    let first = fit(&db, &gap, &solution, "proposed").await;
    let (gap_id, solution_id) = (gap.id.to_string(), solution.id.to_string());
    let cells = [
        ("gap", gap_id.as_str()),
        ("solution", &solution_id),
        ("degree", "full"),
        ("rationale", "x"),
    ];

    let second = db.store.create_record(&new(Fit, &cells), &by()).await;
    changed(
        &db,
        &first,
        &[("state", "rejected"), ("reason", "too slow")],
    )
    .await;
    let third = made(&db, Fit, &cells).await;
    let back = change(Fit, &[("state", "proposed")]);
    let back = db.store.change_record(id(&first), None, &back, &by()).await;

    assert!(
        matches!(&second, Err(StoreError::Taken(it)) if it.starts_with("FIT-1 ")),
        "{second:?}"
    );
    assert!(
        matches!(&back, Err(StoreError::Taken(it)) if it.starts_with("FIT-2 ")),
        "{back:?}"
    );
    assert_eq!(third.number, 2);
}

async fn a_merge_moves_what_pointed_there_and_leaves_an_alias(db: Database) {
    let old = made(&db, Gap, &[("title", "Mobiles"), ("tags", "ai|video")]).await;
    let kept = made(&db, Gap, &[("title", "Phones"), ("tags", "traces")]).await;
    let (shared, own) = (
        solution(&db, "Course").await,
        solution(&db, "Handbook").await,
    );
    let accepted = fit(&db, &old, &shared, "accepted").await;
    let proposed = fit(&db, &kept, &shared, "proposed").await;
    let moved = fit(&db, &old, &own, "proposed").await;
    let target = format!("gap:{}", old.id);
    let evidence = made(&db, Evidence, &[("title", "Page"), ("target", &target)]).await;

    let into = db
        .store
        .merge_records(Gap, id(&old), id(&kept), &by())
        .await
        .unwrap();
    let again = db
        .store
        .merge_records(Gap, id(&old), id(&kept), &by())
        .await;

    assert_eq!(into.list("tags"), ["traces", "ai", "video"]);
    let left = db.store.record(Gap, id(&old)).await.unwrap();
    assert_eq!((left.state, left.merged_into), ("merged", Some(kept.id)));
    assert_eq!(
        db.store.record(Gap, Handle::Number(1)).await.unwrap().id,
        kept.id
    );
    assert!(matches!(again, Err(StoreError::Invalid(it)) if it.field == "into"));
    for (of, state) in [
        (&accepted, "accepted"),
        (&proposed, "superseded"),
        (&moved, "proposed"),
    ] {
        let of = db.store.record(Fit, id(of)).await.unwrap();
        assert_eq!(
            (of.text("gap"), of.state),
            (kept.id.to_string().as_str(), state)
        );
    }
    let evidence = db.store.record(Evidence, id(&evidence)).await.unwrap();
    let target = Target {
        kind: Gap,
        id: kept.id,
    };
    assert_eq!(evidence.text("target"), target.to_string());
    assert_eq!(
        (light(&db, &kept).await, light(&db, &old).await),
        (Light::Green, Light::Grey)
    );
    assert_eq!(titles(&db, &RecordFilter::new(Gap)).await, ["Phones"]);
}

async fn an_alias_follows_when_its_record_is_merged_again(db: Database) {
    let old = gap(&db, "Mobiles").await;
    let kept = gap(&db, "Phones").await;
    db.store
        .merge_records(Gap, id(&old), id(&kept), &by())
        .await
        .unwrap();
    let newest = gap(&db, "All devices").await;
    db.store
        .merge_records(Gap, id(&kept), id(&newest), &by())
        .await
        .unwrap();
    assert_eq!(
        db.store.record(Gap, Handle::Number(1)).await.unwrap().id,
        newest.id
    );
}
