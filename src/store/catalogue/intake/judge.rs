//! What rows would do, as the catalogue stands.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use sqlx::{AnyConnection, Row as _};

use super::revive::is_undone;
use crate::base::id::RecordId;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::reconcile::{Outcome, reconcile};
use crate::catalogue::record::{NewRecord, Record, text};
use crate::catalogue::shape;
use crate::catalogue::value::Value;
use crate::import::draft::{Row, Scope};
use crate::import::identity::{Found, find, keys};
use crate::import::trouble::Rejection;
use crate::store::catalogue::attached::AT_ONCE;
use crate::store::catalogue::rows;
use crate::store::columns::id;
use crate::store::error::StoreError;
use crate::store::statement::Statement;

/// What a file has said so far: two rows of one file never speak of the same record.
#[derive(Debug, Default)]
pub struct Seen {
    keys: HashMap<u64, u64>,
    records: HashMap<RecordId, u64>,
    hasher: RandomState,
}

impl Seen {
    /// The line that said the same before; remembers the row otherwise.
    pub fn line_like(&mut self, row: &Row) -> Option<u64> {
        let hashes: Vec<u64> = keys(row)
            .iter()
            .map(|it| self.hasher.hash_one(it))
            .collect();
        let before = hashes.iter().find_map(|it| self.keys.get(it).copied());
        if before.is_none() {
            self.keys
                .extend(hashes.into_iter().map(|it| (it, row.line)));
        }
        before
    }

    fn record(&mut self, record: RecordId, line: u64) -> Option<u64> {
        let before = *self.records.entry(record).or_insert(line);
        (before != line).then_some(before)
    }
}

/// What a row does.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Makes this record.
    New(NewRecord),
    /// Says nothing new.
    Same(Box<Record>),
    /// Changes one, or leaves it to a person.
    Change(Box<Record>, Outcome),
    /// Brings one back that an undo withdrew.
    Back(Box<Record>, Outcome),
    /// Nothing: it is not taken.
    Out(Rejection),
}

/// Judges rows of one kind, in their order.
pub(super) async fn judge(
    on: &mut AnyConnection,
    kind: RecordKind,
    rows: &[Row],
    seen: &mut Seen,
) -> Result<Vec<Verdict>, StoreError> {
    let known = Known::load(on, kind, rows).await?;
    let mut verdicts = Vec::with_capacity(rows.len());
    for row in rows {
        let verdict = known.verdict(row);
        let verdict = match verdict {
            Verdict::Same(record) | Verdict::Change(record, _)
                if seen.record(record.id, row.line).is_some() =>
            {
                let before = seen.record(record.id, row.line).unwrap_or_default();
                let words = format!("says what line {before} says: both are {}", number(&record));
                Verdict::Out(Rejection::new(row.line, "", words))
            }
            Verdict::Same(record) | Verdict::Change(record, _)
                if is_undone(on, &record).await? =>
            {
                let outcome = reconcile(kind, &record.fields, &row.said);
                Verdict::Back(record, outcome)
            }
            other => other,
        };
        verdicts.push(verdict);
    }
    Ok(verdicts)
}

fn number(record: &Record) -> String {
    record.kind.number(record.number)
}

/// The records that rows may speak of.
struct Known {
    records: HashMap<RecordId, Record>,
    by_grant: HashMap<String, Vec<RecordId>>,
    by_title: HashMap<String, Vec<RecordId>>,
    by_id: HashMap<String, Vec<RecordId>>,
}

impl Known {
    async fn load(
        on: &mut AnyConnection,
        kind: RecordKind,
        rows: &[Row],
    ) -> Result<Self, StoreError> {
        let title = shape::title(kind).unwrap_or_default();
        let titles = rows
            .iter()
            .map(|it| rows::sort_title(text(&it.said, title)))
            .filter(|it| !it.is_empty());
        let mut ids = BTreeSet::new();
        ask(on, kind, "sort_title", titles.collect(), &mut ids).await?;
        if kind == RecordKind::Solution {
            let said = |name| {
                rows.iter()
                    .map(move |it: &Row| text(&it.said, name).to_owned())
            };
            let grants = said("grant_number").filter(|it| !it.is_empty());
            ask(on, kind, "grant_number", grants.collect(), &mut ids).await?;
            ask_external(on, rows, &mut ids).await?;
        }
        let mut known = Self {
            records: HashMap::new(),
            by_grant: HashMap::new(),
            by_title: HashMap::new(),
            by_id: HashMap::new(),
        };
        let mut wanted: Vec<RecordId> = ids.into_iter().collect();
        // A record that became another leads there, step by step.
        while !wanted.is_empty() {
            for some in wanted.chunks(AT_ONCE) {
                for record in rows::by_ids(on, kind, some).await? {
                    known.records.insert(record.id, record);
                }
            }
            let next = known.records.values().filter_map(|it| it.merged_into);
            let missing: HashSet<RecordId> =
                next.filter(|it| !known.records.contains_key(it)).collect();
            wanted = missing.into_iter().collect();
        }
        known.index();
        Ok(known)
    }

    fn index(&mut self) {
        for record in self.records.values() {
            let grant = record.text("grant_number").to_owned();
            if !grant.is_empty() {
                self.by_grant.entry(grant).or_default().push(record.id);
            }
            let title = rows::sort_title(record.title());
            self.by_title.entry(title).or_default().push(record.id);
            for it in record.list("external_ids") {
                self.by_id.entry(it.clone()).or_default().push(record.id);
            }
        }
    }

    fn candidates(&self, row: &Row) -> Vec<&Record> {
        let title = shape::title(row.kind).unwrap_or_default();
        let of_grant = self.by_grant.get(text(&row.said, "grant_number"));
        let of_title = self.by_title.get(&rows::sort_title(text(&row.said, title)));
        let ids = row.said.get("external_ids").map_or(&[][..], Value::as_list);
        let of_ids = ids.iter().filter_map(|it| self.by_id.get(it));
        let all: BTreeSet<RecordId> = of_ids
            .chain(of_grant)
            .chain(of_title)
            .flatten()
            .copied()
            .collect();
        all.iter().filter_map(|it| self.records.get(it)).collect()
    }

    /// The record that this one is by now.
    fn now<'a>(&'a self, mut record: &'a Record) -> &'a Record {
        for _ in 0..100 {
            match record.merged_into.and_then(|it| self.records.get(&it)) {
                Some(next) => record = next,
                None => break,
            }
        }
        record
    }

    fn verdict(&self, row: &Row) -> Verdict {
        let candidates = self.candidates(row);
        let record = match find(row, &candidates) {
            Found::New => return begin(row),
            Found::One(place) => self.now(candidates[place]),
            Found::Several(places) => {
                let now: BTreeSet<i64> = places
                    .iter()
                    .map(|it| self.now(candidates[*it]).number)
                    .collect();
                if 1 < now.len() {
                    let numbers: Vec<String> =
                        now.iter().take(5).map(|it| row.kind.number(*it)).collect();
                    let words = format!("may be any of: {}", numbers.join(", "));
                    return Verdict::Out(Rejection::new(row.line, "", words));
                }
                self.now(candidates[places[0]])
            }
        };
        let outcome = reconcile(row.kind, &record.fields, &row.said);
        match outcome.change.fields.is_empty() && outcome.conflicts.is_empty() {
            true => Verdict::Same(Box::new(record.clone())),
            false => match record.with(&outcome.change) {
                Ok(_) => Verdict::Change(Box::new(record.clone()), outcome),
                Err(refused) => {
                    let words = format!("{}: {}", number(record), refused.reason);
                    Verdict::Out(Rejection::new(row.line, refused.field, words))
                }
            },
        }
    }
}

fn begin(row: &Row) -> Verdict {
    if row.scope == Scope::Known {
        let words = "names a project that the catalogue does not have: import the projects first";
        return Verdict::Out(Rejection::new(row.line, "", words));
    }
    match NewRecord::new(&row.change()) {
        Ok(new) => Verdict::New(new),
        Err(refused) => Verdict::Out(Rejection::new(
            row.line,
            refused.field,
            refused.reason.as_ref(),
        )),
    }
}

async fn ask(
    on: &mut AnyConnection,
    kind: RecordKind,
    column: &str,
    values: BTreeSet<String>,
    ids: &mut BTreeSet<RecordId>,
) -> Result<(), StoreError> {
    let values: Vec<String> = values.into_iter().collect();
    for some in values.chunks(AT_ONCE) {
        let mut statement = Statement::new(&format!("SELECT id FROM {kind} WHERE {column} IN "));
        statement.list(some.iter().map(String::as_str));
        for row in statement.fetch(on).await? {
            ids.insert(id(&row.try_get::<String, _>("id")?)?);
        }
    }
    Ok(())
}

async fn ask_external(
    on: &mut AnyConnection,
    rows: &[Row],
    ids: &mut BTreeSet<RecordId>,
) -> Result<(), StoreError> {
    let mut by_scheme: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for item in rows
        .iter()
        .filter_map(|it| it.said.get("external_ids"))
        .flat_map(|it| it.as_list())
    {
        let (scheme, value) = item.split_once(':').unwrap_or_default();
        by_scheme.entry(scheme).or_default().insert(value);
    }
    for (scheme, values) in by_scheme {
        let values: Vec<&str> = values.into_iter().collect();
        for some in values.chunks(AT_ONCE) {
            let mut statement = Statement::new("SELECT solution FROM external_id WHERE scheme = ");
            statement
                .arg(scheme)
                .sql(" AND value IN ")
                .list(some.iter().copied());
            for row in statement.fetch(on).await? {
                ids.insert(id(&row.try_get::<String, _>("solution")?)?);
            }
        }
    }
    Ok(())
}
