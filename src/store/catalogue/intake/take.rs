//! A preview of rows, and their taking: each batch in a transaction of its own, with its counts, so
//! that what stands after a stop is what the counts say.

use serde_json::json;
use sqlx::AnyConnection;

use super::attach;
use super::judge::{Seen, Verdict, judge};
use super::revive;
use super::touched::{Touched, touch};
use crate::catalogue::change::Change;
use crate::catalogue::difference::{Difference, between, value_of};
use crate::catalogue::json as records;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::reconcile::Outcome;
use crate::catalogue::record::{NewRecord, Record};
use crate::catalogue::shape;
use crate::import::draft::Row;
use crate::import::trouble::Rejection;
use crate::store::audit::By;
use crate::store::catalogue::changes::Cause;
use crate::store::catalogue::{bulk, edit};
use crate::store::error::StoreError;
use crate::store::imports::{
    Decided, Import, NoteKind, PreviewRow, Tally, decided, keep_rows, tally, write_notes,
};
use crate::store::open::Store;
use crate::store::statement::insert;

/// Of how many rows that make a record a preview shows what they say.
const SHOWN_NEW: i64 = 200;

type Notes = Vec<(NoteKind, Rejection)>;

impl Store {
    /// Says of rows of one kind what they would do, and keeps it for the preview. What was counted
    /// and found before comes along. False: stop.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn preview_import(
        &self,
        import: &Import,
        rows: &[Row],
        mut notes: Notes,
        counts: &mut Tally,
        seen: &mut Seen,
        by: &By,
    ) -> Result<bool, StoreError> {
        let mut count = std::mem::take(counts);
        let mut shown = Vec::new();
        if let Some(kind) = rows.first().map(|it| it.kind) {
            let mut on = self.read.acquire().await?;
            let verdicts = judge(&mut on, kind, rows, seen).await?;
            for (row, verdict) in rows.iter().zip(verdicts) {
                let made = import.tally.created + count.created;
                match verdict {
                    Verdict::New(_) => {
                        count.created += 1;
                        if made < SHOWN_NEW {
                            shown.push(shown_new(row));
                        }
                    }
                    Verdict::Same(_) => count.same += 1,
                    Verdict::Change(record, outcome) => {
                        count.conflicts += i64::from(!outcome.conflicts.is_empty());
                        count.changed += 1;
                        shown.push(shown_change(row, &record, &outcome));
                    }
                    Verdict::Back(record, outcome) => {
                        count.created += 1;
                        shown.push(shown_change(row, &record, &outcome));
                    }
                    Verdict::Out(rejection) => {
                        count.rejected += 1;
                        notes.push((NoteKind::Rejected, rejection));
                    }
                }
            }
        }
        let mut tx = self.begin().await?;
        keep_rows(&mut tx, import.id, &shown).await?;
        write_notes(&mut tx, import.id, &notes).await?;
        let goes_on = tally(&mut tx, import.id, &count, by.at).await?;
        tx.commit().await?;
        *counts = count;
        Ok(goes_on)
    }

    /// Takes rows of one kind. Where one of them is refused only as it is written, the others are
    /// taken one by one. False: stop.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`]; then nothing of these rows is taken.
    pub async fn take_import(
        &self,
        import: &Import,
        rows: &[Row],
        notes: Notes,
        counts: &mut Tally,
        seen: &mut Seen,
        by: &By,
    ) -> Result<bool, StoreError> {
        let count = std::mem::take(counts);
        let begun = (count, notes.clone());
        match self.take(import, rows, begun, seen, by).await {
            Ok((done, goes_on)) => {
                *counts = done;
                return Ok(goes_on);
            }
            Err(refused) if is_refusal(&refused) => {}
            Err(error) => return Err(error),
        }
        let (mut all, mut goes_on) = self.take(import, &[], (count, notes), seen, by).await?;
        for row in rows {
            let one = std::slice::from_ref(row);
            let done = self.take(import, one, Default::default(), seen, by).await;
            let (done, next) = match done {
                Err(refused) if is_refusal(&refused) => {
                    let column = match &refused {
                        StoreError::Invalid(it) => it.field,
                        _ => "",
                    };
                    let note = Rejection::new(row.line, column, refused.to_string());
                    let count = Tally {
                        rejected: 1,
                        ..Tally::default()
                    };
                    let notes = vec![(NoteKind::Rejected, note)];
                    self.take(import, &[], (count, notes), seen, by).await?
                }
                other => other?,
            };
            all.add(done);
            goes_on &= next;
        }
        *counts = all;
        Ok(goes_on)
    }

    async fn take(
        &self,
        import: &Import,
        rows: &[Row],
        (mut count, mut notes): (Tally, Notes),
        seen: &mut Seen,
        by: &By,
    ) -> Result<(Tally, bool), StoreError> {
        let mut tx = self.begin().await?;
        let mut touched = Touched::new();
        if let Some(kind) = rows.first().map(|it| it.kind) {
            let verdicts = judge(&mut tx, kind, rows, seen).await?;
            let mut new = Vec::new();
            let mut there: Vec<(&Row, Record)> = Vec::new();
            let lines = (line(&rows[0]), rows.last().map_or(0, line));
            let decided = decided(&mut tx, import.id, lines.0, lines.1).await?;
            for (row, verdict) in rows.iter().zip(verdicts) {
                match verdict {
                    Verdict::New(made) => new.push((row, made)),
                    Verdict::Same(record) => {
                        count.same += 1;
                        there.push((row, *record));
                    }
                    Verdict::Out(rejection) => {
                        count.rejected += 1;
                        notes.push((NoteKind::Rejected, rejection));
                    }
                    Verdict::Change(record, outcome) => {
                        count.conflicts += i64::from(!outcome.conflicts.is_empty());
                        let change = settle(row, outcome, import, &decided);
                        let after =
                            edit::edit(&mut tx, &record, &change, by, Cause::Import).await?;
                        match after.version == record.version {
                            true => count.same += 1,
                            false => count.changed += 1,
                        }
                        touch(&mut touched, record.version, &after);
                        there.push((row, after));
                    }
                    Verdict::Back(record, outcome) => {
                        let after = bring_back(&mut tx, row, &record, &outcome, by).await?;
                        count.created += 1;
                        // Taking it back again withdraws it again.
                        touch(&mut touched, 0, &after);
                        there.push((row, after));
                    }
                }
            }
            count.created += i64::try_from(new.len()).unwrap_or(0);
            let (new, made): (Vec<&Row>, Vec<NewRecord>) = new.into_iter().unzip();
            let made = bulk::insert(&mut tx, made, by, Cause::Import).await?;
            for it in &made {
                touch(&mut touched, 0, it);
            }
            let is_new = there.len();
            there.extend(new.into_iter().zip(made));
            let found = attach::attach(&mut tx, &there, is_new, &mut touched, import, by).await?;
            count.notes += i64::try_from(found.len()).unwrap_or(0);
            notes.extend(found);
        }
        remember(&mut tx, import, &touched).await?;
        write_notes(&mut tx, import.id, &notes).await?;
        let goes_on = tally(&mut tx, import.id, &count, by.at).await?;
        tx.commit().await?;
        self.catalogue_changed();
        Ok((count, goes_on))
    }
}

/// Whether the database refused what was to be written, and is well itself.
fn is_refusal(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Invalid(_) | StoreError::Taken(_) | StoreError::Conflict(_)
    )
}

fn line(row: &Row) -> i64 {
    i64::try_from(row.line).unwrap_or(i64::MAX)
}

/// What becomes of the conflicts: as a person decided, else as the import says.
fn settle(row: &Row, outcome: Outcome, import: &Import, decided: &Decided) -> Change {
    let mut change = outcome.change;
    for clash in outcome.conflicts {
        let said = decided.get(&(line(row), clash.field.to_owned()));
        if said.copied().unwrap_or(import.takes_undecided) {
            change.fields.insert(clash.field, clash.yours);
        }
    }
    change
}

async fn bring_back(
    on: &mut AnyConnection,
    row: &Row,
    record: &Record,
    outcome: &Outcome,
    by: &By,
) -> Result<Record, StoreError> {
    let mut after = record.with(&outcome.change)?;
    after.state = row
        .first
        .state
        .unwrap_or(shape::states(record.kind)[0].name);
    let differences = between(record, &after);
    edit::save(on, record, after, &differences, by, Cause::Import).await
}

/// Remembers what an import did, for its undo.
async fn remember(
    on: &mut AnyConnection,
    import: &Import,
    touched: &Touched,
) -> Result<(), StoreError> {
    let id = import.id.to_string();
    let rows = touched.iter().map(|((kind, record), (before, after))| {
        vec![
            id.as_str().into(),
            (*kind).into(),
            record.to_string().into(),
            (*before).into(),
            (*after).into(),
        ]
    });
    let into = "INSERT INTO import_change (import, kind, record, before, after)";
    let end = " ON CONFLICT (import, kind, record) DO UPDATE SET after = excluded.after";
    insert(on, into, rows.collect(), end).await
}

fn shown_new(row: &Row) -> PreviewRow {
    let said = row.change();
    let changes = said.fields.iter().map(|(field, after)| Difference {
        field,
        before: None,
        after: after.clone(),
    });
    let changes: Vec<_> = changes
        .map(|it| records::difference(row.kind, &it))
        .collect();
    let title = shape::title(row.kind)
        .and_then(|it| row.said.get(it))
        .and_then(|it| it.as_text());
    PreviewRow {
        line: line(row),
        verdict: "create".to_owned(),
        kind: row.kind.as_str().to_owned(),
        record: String::new(),
        title: title.unwrap_or_default().to_owned(),
        conflicts: 0,
        detail: json!({ "changes": changes, "conflicts": [], "kept": [] }).to_string(),
    }
}

fn shown_change(row: &Row, record: &Record, outcome: &Outcome) -> PreviewRow {
    let kind: RecordKind = record.kind;
    let changes: Vec<_> = outcome
        .change
        .fields
        .iter()
        .map(|(field, after)| Difference {
            field,
            before: value_of(record, field),
            after: after.clone(),
        })
        .map(|it| records::difference(kind, &it))
        .collect();
    let conflicts: Vec<_> = outcome
        .conflicts
        .iter()
        .map(|it| records::clash(kind, it))
        .collect();
    let basis = |fields: &crate::catalogue::field::Fields| {
        let text = |name| crate::catalogue::record::text(fields, name).to_owned();
        json!({ "last_checked": text("last_checked"), "trl_basis": text("trl_basis") })
    };
    let detail = json!({
        "changes": changes, "conflicts": conflicts, "kept": outcome.kept,
        "number": kind.number(record.number), "yours": basis(&row.said), "theirs": basis(&record.fields),
    });
    let is_back = record.state == revive::end(kind) && outcome.change.fields.is_empty();
    PreviewRow {
        line: line(row),
        verdict: if is_back { "create" } else { "change" }.to_owned(),
        kind: kind.as_str().to_owned(),
        record: record.id.to_string(),
        title: record.title().to_owned(),
        conflicts: i64::try_from(outcome.conflicts.len()).unwrap_or(i64::MAX),
        detail: detail.to_string(),
    }
}
