//! What rows bring beside their records: names that other files point by, fits with gaps, facts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::{AnyConnection, Row as _};

use super::revive::is_undone;
use super::touched::{Touched, touch};
use crate::base::id::RecordId;
use crate::catalogue::change::Change;
use crate::catalogue::difference::between;
use crate::catalogue::field::FieldName;
use crate::catalogue::handle::{Handle, Target};
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::{NewRecord, Record};
use crate::catalogue::shape;
use crate::import::draft::Row;
use crate::import::trouble::Rejection;
use crate::store::audit::By;
use crate::store::catalogue::attached::AT_ONCE;
use crate::store::catalogue::changes::Cause;
use crate::store::catalogue::{bulk, edit, rows};
use crate::store::columns::id;
use crate::store::error::StoreError;
use crate::store::imports::{Import, NoteKind};
use crate::store::statement::{self, Statement};

type Notes = Vec<(NoteKind, Rejection)>;

/// Attaches what the rows bring. Records from `is_new` on were made just now, so that nothing can
/// be attached to them yet.
pub(super) async fn attach(
    on: &mut AnyConnection,
    all: &[(&Row, Record)],
    is_new: usize,
    touched: &mut Touched,
    import: &Import,
    by: &By,
) -> Result<Notes, StoreError> {
    name(on, all).await?;
    facts(on, all, is_new, touched, by).await?;
    fits(on, all, is_new, touched, import, by).await
}

async fn name(on: &mut AnyConnection, all: &[(&Row, Record)]) -> Result<(), StoreError> {
    let mut names = BTreeMap::new();
    for (row, record) in all {
        if let Some(key) = &row.key {
            names.insert((row.kind.as_str(), key.as_str()), record.id.to_string());
        }
    }
    let rows = names
        .into_iter()
        .map(|((kind, name), record)| vec![kind.into(), name.into(), record.into()])
        .collect();
    let into = "INSERT INTO import_key (kind, name, record)";
    let end = " ON CONFLICT (kind, name) DO UPDATE SET record = excluded.record";
    statement::insert(on, into, rows, end).await
}

/// The records of a kind of which `field` names one of these.
async fn about(
    on: &mut AnyConnection,
    kind: RecordKind,
    field: FieldName,
    named: &[String],
) -> Result<Vec<Record>, StoreError> {
    let mut found = Vec::new();
    for some in named.chunks(AT_ONCE) {
        let mut statement = rows::select(kind);
        statement
            .sql(&format!(" WHERE {field} IN "))
            .list(some.iter().map(String::as_str));
        found.extend(rows::fetch(on, kind, statement).await?);
    }
    Ok(found)
}

/// Brings a record back that an undo withdrew; any other stays as it is.
async fn bring_back(
    on: &mut AnyConnection,
    record: &Record,
    touched: &mut Touched,
    by: &By,
) -> Result<(), StoreError> {
    if !is_undone(on, record).await? {
        return Ok(());
    }
    let mut after = record.clone();
    after.state = shape::states(record.kind)[0].name;
    after.fields.remove("reason");
    let differences = between(record, &after);
    let after = edit::save(on, record, after, &differences, by, Cause::Import).await?;
    touch(touched, 0, &after);
    Ok(())
}

async fn insert(
    on: &mut AnyConnection,
    new: Vec<NewRecord>,
    touched: &mut Touched,
    by: &By,
) -> Result<(), StoreError> {
    for made in bulk::insert(on, new, by, Cause::Import).await? {
        touch(touched, 0, &made);
    }
    Ok(())
}

async fn facts(
    on: &mut AnyConnection,
    all: &[(&Row, Record)],
    is_new: usize,
    touched: &mut Touched,
    by: &By,
) -> Result<(), StoreError> {
    let target = |it: &Record| {
        let (kind, id) = (it.kind, it.id);
        Target { kind, id }.to_string()
    };
    let with_fact = |(row, _): &&(&Row, Record)| !row.fact.text.is_empty();
    let there: Vec<String> = all[..is_new]
        .iter()
        .filter(with_fact)
        .map(|it| target(&it.1))
        .collect();
    let known = about(on, RecordKind::Evidence, "target", &there).await?;
    let mut new = Vec::new();
    for (row, record) in all.iter().filter(with_fact) {
        let target = target(record);
        let same = known
            .iter()
            .find(|it| it.text("target") == target && it.text("fact") == row.fact.text);
        if let Some(same) = same {
            bring_back(on, same, touched, by).await?;
            continue;
        }
        let title = match row.fact.sources.is_empty() {
            true => record.title(),
            false => &row.fact.sources,
        };
        let title: String = title.chars().take(300).collect();
        let cells = [
            ("target", target.as_str()),
            ("title", &title),
            ("fact", &row.fact.text),
            ("url", record.text("url")),
            ("date_checked", record.text("last_checked")),
            ("kind", "other"),
        ];
        let change = Change::of_cells(RecordKind::Evidence, cells)?;
        new.push(NewRecord::new(&change)?);
    }
    insert(on, new, touched, by).await
}

/// The gaps that rows point at: by what a file called them, else by their numbers here.
async fn gaps(
    on: &mut AnyConnection,
    all: &[(&Row, Record)],
) -> Result<HashMap<String, RecordId>, StoreError> {
    let links = all.iter().flat_map(|it| &it.0.links);
    let mut names: Vec<&str> = links.map(|it| it.gap.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let mut found: HashMap<String, RecordId> = HashMap::new();
    for some in names.chunks(AT_ONCE) {
        let mut statement =
            Statement::new("SELECT name, record FROM import_key WHERE kind = 'gap' AND name IN ");
        statement.list(some.iter().copied());
        for row in statement.fetch(on).await? {
            found.insert(
                row.try_get("name")?,
                id(&row.try_get::<String, _>("record")?)?,
            );
        }
    }
    for name in names {
        let number = match name.parse() {
            Ok(Handle::Number(number)) if !found.contains_key(name) => number,
            _ => continue,
        };
        let mut statement = Statement::new("SELECT id FROM gap WHERE number = ");
        statement.arg(number);
        if let Some(row) = statement.fetch(on).await?.first() {
            found.insert(name.to_owned(), id(&row.try_get::<String, _>("id")?)?);
        }
    }
    // A gap that was merged is meant by what it became, step by step.
    let mut ids: BTreeSet<RecordId> = found.values().copied().collect();
    while !ids.is_empty() {
        let all: Vec<RecordId> = std::mem::take(&mut ids).into_iter().collect();
        for some in all.chunks(AT_ONCE) {
            for gap in rows::by_ids(on, RecordKind::Gap, some).await? {
                let Some(into) = gap.merged_into else {
                    continue;
                };
                for it in found.values_mut().filter(|it| **it == gap.id) {
                    *it = into;
                }
                ids.insert(into);
            }
        }
    }
    Ok(found)
}

async fn fits(
    on: &mut AnyConnection,
    all: &[(&Row, Record)],
    is_new: usize,
    touched: &mut Touched,
    import: &Import,
    by: &By,
) -> Result<Notes, StoreError> {
    if all.iter().all(|it| it.0.links.is_empty()) {
        return Ok(Notes::new());
    }
    let gaps = gaps(on, all).await?;
    let there: Vec<String> = all[..is_new]
        .iter()
        .filter(|it| !it.0.links.is_empty())
        .map(|it| it.1.id.to_string())
        .collect();
    let known = about(on, RecordKind::Fit, "solution", &there).await?;
    let (mut new, mut notes) = (BTreeMap::new(), Notes::new());
    for (row, record) in all {
        let solution = record.id.to_string();
        for link in &row.links {
            let Some(gap) = gaps.get(&link.gap).map(ToString::to_string) else {
                let words = format!("names {:?}, a gap that is not there: left out", link.gap);
                let note = Rejection::new(row.line, "proposed_gap_links", words);
                notes.push((NoteKind::Remark, note));
                continue;
            };
            // Whatever became of a fit that was proposed once: it is not proposed again.
            let is_it = |it: &&Record| it.text("gap") == gap && it.text("solution") == solution;
            let live = known.iter().find(is_it);
            if let Some(live) = live {
                bring_back(on, live, touched, by).await?;
                continue;
            }
            let rationale = format!("Proposed in {}, line {}.", import.file_name, row.line);
            let cells = [
                ("gap", gap.as_str()),
                ("solution", &solution),
                ("degree", &link.degree),
                ("rationale", &rationale),
            ];
            let change = Change::of_cells(RecordKind::Fit, cells)?;
            new.insert((gap.clone(), solution.clone()), NewRecord::new(&change)?);
        }
    }
    insert(on, new.into_values().collect(), touched, by).await?;
    Ok(notes)
}
