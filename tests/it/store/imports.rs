//! Files into the catalogue and out of it again.

use std::io::Cursor;
use std::time::Duration;

use gapmap::base::time::Clock;
use gapmap::catalogue::change::Change;
use gapmap::catalogue::field::Fields;
use gapmap::catalogue::handle::Handle;
use gapmap::catalogue::kind::RecordKind::{self, Evidence, Fit, Gap, Solution};
use gapmap::catalogue::record::Record;
use gapmap::intake::{Intake, IntakeOptions};
use gapmap::store::{Decision, Import, ImportState, NoteKind, RecordFilter};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::catalogue::{by, made, page};
use crate::harness::{Database, on_both_databases};

on_both_databases! {
    our_own_tables_come_in_with_groups_fits_and_facts_and_a_second_time_change_nothing,
    an_undo_gives_back_what_was_there_and_leaves_what_changed_since,
    what_was_taken_back_comes_again_as_the_same_record,
    a_conflict_waits_for_a_decision_and_keeps_the_catalogue_without_one,
    all_layouts_of_one_project_meet_in_one_record,
    a_stop_stands_where_its_counts_say_and_can_go_on,
    one_refused_row_costs_its_batch_nothing,
}

pub(super) const GAPS: &str = "gap_id,title,practitioner_group,thor_dimension,impact,status,source_note,date_checked\n\
    GAP-01,Phones differ,Forensics,O|R,5,accepted,Read in a report.,2026-11-23\n\
    GAP-02,Tools are not validated,Nobody,T,4,accepted,,2026-11-23\n";
const SOLUTIONS: &str = "solution_id,name,kind,programme,grant_number,trl_low,trl_basis,tags,proposed_gap_links,public_fact,source_ids,date_checked\n\
    SOL-01,FORMOBILE tools,technology,Horizon 2020,832800,6,target_stated,mobile|ai,GAP-01:partial,\"One of three strands, says the page.\",S01,2026-11-23\n\
    SOL-02,CWA 17865,standard,Horizon 2020,832800,,,,GAP-01:good|GAP-02:partial|GAP-77:good,,,2026-11-23\n";

pub(super) fn intake(db: &Database) -> Intake {
    let options = IntakeOptions {
        pause: Duration::ZERO,
        ..IntakeOptions::default()
    };
    Intake::new(db.store.clone(), Clock::System, options)
}

/// An import that knows its source and has not begun.
pub(super) async fn given(db: &Database, source: &str, name: &str) -> Import {
    let id = db.store.create_import(name, &by()).await.unwrap();
    db.store.finish_import_file(id, "", &by()).await.unwrap();
    db.store
        .set_import_source(id, source, "", "", by().at)
        .await
        .unwrap();
    db.store.import(id, by().at).await.unwrap()
}

async fn work(db: &Database, import: &Import, to: ImportState, text: &[u8]) -> Import {
    let text = text.to_vec();
    db.store.begin_import(import.id, to, &by()).await.unwrap();
    let input = move || Ok(Box::new(Cursor::new(text)) as _);
    let done = intake(db).read(import.id, to, input, by()).await.unwrap();
    assert_eq!(done.problem, "");
    done
}

/// Previews a file and carries it out; both say the same.
pub(super) async fn imported(db: &Database, source: &str, text: &[u8]) -> Import {
    let import = given(db, source, "file.csv").await;
    let seen = work(db, &import, ImportState::Reading, text).await;
    let done = work(db, &import, ImportState::Applying, text).await;
    assert_eq!(seen.tally.created, done.tally.created);
    assert_eq!(seen.tally.rejected, done.tally.rejected);
    done
}

async fn undone(db: &Database, import: &Import) -> Import {
    let id = import.id;
    let to = ImportState::Undoing;
    db.store.begin_import(id, to, &by()).await.unwrap();
    intake(db).undo(id, by()).await.unwrap()
}

async fn count(db: &Database, kind: RecordKind) -> i64 {
    db.store
        .count_records(&RecordFilter::new(kind))
        .await
        .unwrap()
}

async fn record(db: &Database, kind: RecordKind, number: i64) -> Record {
    db.store.record(kind, Handle::Number(number)).await.unwrap()
}

async fn reasons(db: &Database, import: &Import, kind: NoteKind) -> Vec<(u64, String)> {
    let notes = db
        .store
        .import_notes(import.id, Some(kind), &page(50, None))
        .await;
    let notes = notes.unwrap().items.into_iter();
    notes.map(|it| (it.on.line, it.on.reason)).collect()
}

async fn our_own_tables_come_in_with_groups_fits_and_facts_and_a_second_time_change_nothing(
    db: Database,
) {
    let forensics = gapmap::workshop::group::NewGroup::new("Forensics", "", "").unwrap();
    let forensics = db.store.create_group(&forensics, &by()).await.unwrap().id;

    let gaps = imported(&db, "gaps", GAPS.as_bytes()).await;
    let solutions = imported(&db, "solutions", SOLUTIONS.as_bytes()).await;

    let (first, tools) = (record(&db, Gap, 1).await, record(&db, Solution, 1).await);
    assert_eq!((gaps.tally.created, solutions.tally.created), (2, 2));
    assert_eq!(first.list("groups"), [forensics.to_string()]);
    assert_eq!((first.state, first.list("thor").len()), ("accepted", 2));
    assert_eq!(
        (tools.whole("trl_low"), tools.whole("trl_target_low")),
        (None, Some(6))
    );
    assert_eq!((count(&db, Fit).await, count(&db, Evidence).await), (3, 2));
    let remarks = reasons(&db, &solutions, NoteKind::Remark).await;
    assert_eq!(remarks.len(), 1);
    assert!(remarks[0].1.contains("GAP-77"), "{remarks:?}");
    assert_eq!(reasons(&db, &gaps, NoteKind::Remark).await[0].0, 3);

    let again = imported(&db, "gaps", GAPS.as_bytes()).await;
    let too = imported(&db, "solutions", SOLUTIONS.as_bytes()).await;

    assert_eq!((again.tally.same, too.tally.same), (2, 2));
    assert_eq!(record(&db, Solution, 1).await, tools);
    assert_eq!((count(&db, Fit).await, count(&db, Evidence).await), (3, 2));
}

async fn an_undo_gives_back_what_was_there_and_leaves_what_changed_since(db: Database) {
    let before = [
        ("name", "Helpline model"),
        ("kind", "service"),
        ("tags", "help"),
        ("last_checked", "2026-01-01"),
    ];
    let helpline = made(&db, Solution, &before).await;
    let text = "name,kind,summary,provider,tags,date_checked\n\
        Helpline model,service,Confidential help.,A charity,prevention,2026-06-01\n\
        Course for helpers,training,,,,2026-06-01\n\
        Guide for schools,guidance,,,,2026-06-01\n";
    let import = imported(&db, "solutions", text.as_bytes()).await;
    let imported = record(&db, Solution, 1).await;
    let summary = Change::of_cells(Solution, [("summary", "Ours.")]).unwrap();
    for number in [1, 3] {
        let on = Handle::Number(number);
        db.store
            .change_record(on, None, &summary, &by())
            .await
            .unwrap();
    }

    let undone = undone(&db, &import).await;

    let after = record(&db, Solution, 1).await;
    let mut expected: Fields = helpline.fields.clone();
    expected.insert("summary", after.fields["summary"].clone());
    assert_eq!(imported.list("tags"), ["help", "prevention"]);
    assert_eq!((after.text("summary"), &after.fields), ("Ours.", &expected));
    assert_eq!(record(&db, Solution, 2).await.state, "withdrawn");
    assert_eq!(record(&db, Solution, 3).await.state, "candidate");
    assert_eq!((undone.state, undone.left), (ImportState::Undone, 2));
    let history = db
        .store
        .record_history(Solution, Handle::Number(2), &page(1, None))
        .await;
    assert_eq!(history.unwrap().items[0].cause, "undo");
}

async fn what_was_taken_back_comes_again_as_the_same_record(db: Database) {
    let gaps = imported(&db, "gaps", GAPS.as_bytes()).await;
    let import = imported(&db, "solutions", SOLUTIONS.as_bytes()).await;
    let tools = record(&db, Solution, 1).await;
    let taken_back = undone(&db, &import).await;
    undone(&db, &gaps).await;
    let fit = record(&db, Fit, 1).await;
    assert_eq!((taken_back.left, fit.state), (0, "rejected"));
    assert_eq!(record(&db, Gap, 1).await.state, "rejected");

    imported(&db, "gaps", GAPS.as_bytes()).await;
    let again = imported(&db, "solutions", SOLUTIONS.as_bytes()).await;

    let back = record(&db, Solution, 1).await;
    assert_eq!((again.tally.created, count(&db, Solution).await), (2, 2));
    assert_eq!(
        (back.id, back.state, &back.fields),
        (tools.id, tools.state, &tools.fields)
    );
    assert_eq!(record(&db, Fit, 1).await.state, "proposed");
    assert_eq!(record(&db, Gap, 1).await.state, "accepted");
    assert_eq!(record(&db, Evidence, 1).await.state, "current");
}

async fn a_conflict_waits_for_a_decision_and_keeps_the_catalogue_without_one(db: Database) {
    for name in ["One course", "Another course"] {
        let cells = [
            ("name", name),
            ("kind", "training"),
            ("provider", "Ours"),
            ("last_checked", "2026-06-01"),
        ];
        made(&db, Solution, &cells).await;
    }
    let text = "name,kind,provider,date_checked\n\
        One course,training,Theirs,2026-06-01\nAnother course,training,Theirs,2026-06-01\n";
    let import = given(&db, "solutions", "file.csv").await;
    let seen = work(&db, &import, ImportState::Reading, text.as_bytes()).await;
    let rows = db
        .store
        .preview_rows(import.id, None, true, &page(10, None))
        .await;
    let rows = rows.unwrap().items;
    let decision = Decision {
        line: rows[0].line,
        field: "provider".to_owned(),
        takes_yours: true,
    };
    db.store
        .decide_import(import.id, &[decision], None, &by())
        .await
        .unwrap();

    work(&db, &import, ImportState::Applying, text.as_bytes()).await;

    assert_eq!((seen.tally.conflicts, rows.len()), (2, 2));
    assert_eq!(record(&db, Solution, 1).await.text("provider"), "Theirs");
    assert_eq!(record(&db, Solution, 2).await.text("provider"), "Ours");
}

async fn all_layouts_of_one_project_meet_in_one_record(db: Database) {
    for (source, file) in [
        ("cordis", "cordis-flat.csv"),
        ("cordis", "cordis-project.csv"),
        ("cordis", "cordis-search.csv"),
        ("openaire", "openaire.json"),
        ("cordis", "cordis-organization.csv"),
    ] {
        let path = format!(
            "{}/tests/fixtures/imports/{file}",
            env!("CARGO_MANIFEST_DIR")
        );
        let import = imported(&db, source, &std::fs::read(path).unwrap()).await;
        let rejected = reasons(&db, &import, NoteKind::Rejected).await;
        // The line that is shifted, in the flat file.
        let expected = usize::from(file == "cordis-flat.csv");
        assert_eq!(rejected.len(), expected, "{file}: {rejected:?}");
    }

    let project = record(&db, Solution, 1).await;
    assert_eq!(
        count(&db, Solution).await,
        2,
        "two grants have the same acronym"
    );
    assert_eq!(project.text("programme"), "Horizon 2020");
    assert_eq!(project.text("provider"), "DEMO POLICE (GR)");
    assert_eq!(
        project.text("summary"),
        "A text over\ntwo lines; with a sign."
    );
    assert_eq!(
        project.list("external_ids"),
        ["cordis:999123", "rcn:999001", "openaire:demo::1"]
    );
}

async fn a_stop_stands_where_its_counts_say_and_can_go_on(db: Database) {
    let rows = (0..350).map(|it| format!("Course number {it},training\n"));
    let text = format!("name,kind\n{}", rows.collect::<String>());
    let import = given(&db, "solutions", "file.csv").await;
    work(&db, &import, ImportState::Reading, text.as_bytes()).await;
    let to = ImportState::Applying;
    db.store.begin_import(import.id, to, &by()).await.unwrap();
    db.store.stop_import(import.id, &by()).await.unwrap();
    let whole = text.clone().into_bytes();
    let input = move || Ok(Box::new(Cursor::new(whole)) as _);

    let stopped = intake(&db).read(import.id, to, input, by()).await.unwrap();
    let stands = count(&db, Solution).await;
    let done = work(&db, &import, to, text.as_bytes()).await;

    assert_eq!(stopped.state, ImportState::Stopped);
    assert!(0 < stands && stands < 350, "{stands}");
    assert_eq!(stopped.tally.created, stands);
    assert_eq!(
        (done.tally.created, done.tally.same),
        (350 - stands, stands)
    );
    assert_eq!(db.store.touched_by_import(import.id).await.unwrap(), 350);
}

async fn one_refused_row_costs_its_batch_nothing(db: Database) {
    let text = "name,kind,tags\nOne,training,ai\nTwo,training,none:such\nThree,training,ai\n\
        Four,training,\nfour,training,\n";
    let import = given(&db, "solutions", "file.csv").await;

    let seen = work(&db, &import, ImportState::Reading, text.as_bytes()).await;
    let done = work(&db, &import, ImportState::Applying, text.as_bytes()).await;

    let rejected = reasons(&db, &import, NoteKind::Rejected).await;
    let lines: Vec<u64> = rejected.iter().map(|it| it.0).collect();
    assert_eq!((seen.tally.created, done.tally.created), (4, 3));
    assert!(lines.contains(&3) && lines.contains(&6), "{rejected:?}");
}

/// Small tables of solutions, with few values, so that they often meet.
fn table() -> impl Strategy<Value = String> {
    let row = (0..4_usize, 0..3_usize, 0..3_usize, 1..4_usize);
    proptest::collection::vec(row, 1..6).prop_map(|rows| {
        let mut text = "name,kind,provider,tags,date_checked\n".to_owned();
        for (name, provider, tags, day) in rows {
            let provider = ["", "A", "B"][provider];
            let tags = ["", "ai", "ai|video"][tags];
            text += &format!("Course {name},training,{provider},{tags},2026-01-0{day}\n");
        }
        text
    })
}

async fn fields_of_all(db: &Database) -> Vec<(i64, &'static str, Fields)> {
    let filter = RecordFilter::new(Solution);
    let entries = db.store.entries(&filter, &page(500, None)).await.unwrap();
    let records = entries.items.into_iter().map(|it| it.record);
    records.map(|it| (it.number, it.state, it.fields)).collect()
}

#[tokio::test]
async fn any_table_twice_is_as_once_and_an_undo_is_as_never() {
    let db = Database::sqlite().await;
    let mut runner = TestRunner::deterministic();
    for _ in 0..20 {
        let text = table().new_tree(&mut runner).unwrap().current();
        let before = fields_of_all(&db).await;

        let first = imported(&db, "solutions", text.as_bytes()).await;
        let once = fields_of_all(&db).await;
        let second = imported(&db, "solutions", text.as_bytes()).await;
        let twice = fields_of_all(&db).await;

        assert_eq!(
            (second.tally.created, second.tally.changed),
            (0, 0),
            "{text}"
        );
        assert_eq!(once, twice, "{text}");
        if first.tally.created == 0 {
            undone(&db, &second).await;
            undone(&db, &first).await;
            assert_eq!(fields_of_all(&db).await, before, "{text}");
        }
    }
}
