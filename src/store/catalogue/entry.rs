//! A record with what its neighbours say of it: what lists and sheets show beside its own fields.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::{AnyConnection, Row};

use super::attached::AT_ONCE;
use super::rows;
use super::scores::{self, ScoreSummary};
use crate::base::id::RecordId;
use crate::catalogue::coverage::Light;
use crate::catalogue::handle::{Handle, Target};
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::catalogue::shape;
use crate::store::columns::{id, word};
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::statement::Statement;

/// A record in a few words, for those that point at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short {
    /// Its kind.
    pub kind: RecordKind,
    /// Its id.
    pub id: RecordId,
    /// Its number.
    pub number: i64,
    /// What it is called; empty for fits.
    pub title: String,
}

/// What a record's neighbours say of it.
#[derive(Clone, Debug, PartialEq)]
pub enum More {
    /// Of a gap: its light, how many solutions fit it, the highest level of one of them.
    Gap(Light, i64, Option<i64>),
    /// Of a solution: the project it is a result of, and its own results.
    Solution(Option<Short>, Vec<Short>),
    /// Of a fit: what it joins, and the scores in the order of the criteria.
    Fit(Box<(Short, Short)>, [ScoreSummary; 5]),
    /// Of evidence: what it is about.
    Evidence(Short),
}

/// A record, and what its neighbours say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The record.
    pub record: Record,
    /// The rest.
    pub more: More,
}

impl Store {
    /// The record behind a handle with what its neighbours say.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn entry(&self, kind: RecordKind, handle: Handle) -> Result<Entry, StoreError> {
        let record = self.record(kind, handle).await?;
        self.entry_of(record).await
    }

    /// What the neighbours of this record say, beside it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn entry_of(&self, record: Record) -> Result<Entry, StoreError> {
        let mut on = self.read.acquire().await?;
        let kind = record.kind;
        let mut entries = complete(&mut on, kind, vec![record]).await?;
        entries.pop().ok_or(StoreError::NotFound(kind.as_str()))
    }
}

/// Adds to records of one kind what their neighbours say, in a few statements for all of them.
async fn complete(
    on: &mut AnyConnection,
    kind: RecordKind,
    records: Vec<Record>,
) -> Result<Vec<Entry>, StoreError> {
    let mut more = match kind {
        RecordKind::Gap => gaps(on, &records).await?,
        RecordKind::Solution => solutions(on, &records).await?,
        RecordKind::Fit => fits(on, &records).await?,
        RecordKind::Evidence => evidence(on, &records).await?,
    };
    let entry = |record: Record| {
        let more = more.remove(&record.id);
        let more = more.ok_or_else(|| StoreError::Corrupt(format!("{kind} {}", record.id)))?;
        Ok(Entry { record, more })
    };
    records.into_iter().map(entry).collect()
}

type MoreOf = HashMap<RecordId, More>;

async fn gaps(on: &mut AnyConnection, records: &[Record]) -> Result<MoreOf, StoreError> {
    let mut statement =
        Statement::new("SELECT id, light, solutions, best_trl FROM gap WHERE id IN ");
    statement.list(records.iter().map(|it| it.id.to_string()));
    let mut found = MoreOf::new();
    for row in statement.fetch(on).await? {
        let light: String = row.try_get("light")?;
        let more = More::Gap(
            word(&light)?,
            row.try_get("solutions")?,
            row.try_get("best_trl")?,
        );
        found.insert(id(&row.try_get::<String, _>("id")?)?, more);
    }
    Ok(found)
}

async fn solutions(on: &mut AnyConnection, records: &[Record]) -> Result<MoreOf, StoreError> {
    let parents = records
        .iter()
        .map(|it| it.text("parent"))
        .filter(|it| !it.is_empty());
    let parents: Vec<RecordId> = parents.map(id).collect::<Result<_, _>>()?;
    let parents = shorts(on, RecordKind::Solution, &parents).await?;
    let mut statement = Statement::new(
        "SELECT id, number, name AS title, parent FROM solution
         WHERE state <> 'merged' AND parent IN ",
    );
    statement
        .list(records.iter().map(|it| it.id.to_string()))
        .sql(" ORDER BY number");
    let mut results: BTreeMap<String, Vec<Short>> = BTreeMap::new();
    for row in statement.fetch(on).await? {
        results
            .entry(row.try_get("parent")?)
            .or_default()
            .push(short(RecordKind::Solution, &row)?);
    }
    let more = |record: &Record| {
        let parent = record.text("parent").parse().ok();
        let parent = parent.and_then(|it: RecordId| parents.get(&it).cloned());
        let results = results.remove(&record.id.to_string()).unwrap_or_default();
        (record.id, More::Solution(parent, results))
    };
    Ok(records.iter().map(more).collect())
}

async fn fits(on: &mut AnyConnection, records: &[Record]) -> Result<MoreOf, StoreError> {
    let ends = |name: &str| -> Result<Vec<RecordId>, StoreError> {
        records.iter().map(|it| id(it.text(name))).collect()
    };
    let gaps = shorts(on, RecordKind::Gap, &ends("gap")?).await?;
    let solutions = shorts(on, RecordKind::Solution, &ends("solution")?).await?;
    let ids: Vec<RecordId> = records.iter().map(|it| it.id).collect();
    let mut scores = scores::of_fits(on, &ids).await?;
    let mut found = MoreOf::new();
    for record in records {
        let gap = gaps.get(&id(record.text("gap"))?).cloned();
        let solution = solutions.get(&id(record.text("solution"))?).cloned();
        let ends = gap.zip(solution).ok_or(StoreError::NotFound("fit"))?;
        let scores = scores.remove(&record.id).unwrap_or_default();
        found.insert(record.id, More::Fit(Box::new(ends), scores));
    }
    Ok(found)
}

async fn evidence(on: &mut AnyConnection, records: &[Record]) -> Result<MoreOf, StoreError> {
    let mut targets = HashMap::new();
    let mut of_kind: BTreeMap<RecordKind, Vec<RecordId>> = BTreeMap::new();
    for record in records {
        let target: Target = id(record.text("target"))?;
        of_kind.entry(target.kind).or_default().push(target.id);
        targets.insert(record.id, target);
    }
    let mut known = HashMap::new();
    for (kind, ids) in of_kind {
        known.extend(shorts(on, kind, &ids).await?);
    }
    let more = |(record, target): (RecordId, Target)| {
        let about = known.get(&target.id).cloned();
        Ok((
            record,
            More::Evidence(about.ok_or(StoreError::NotFound("evidence"))?),
        ))
    };
    targets.into_iter().map(more).collect()
}

/// The records with these ids in a few words.
async fn shorts(
    on: &mut AnyConnection,
    kind: RecordKind,
    ids: &[RecordId],
) -> Result<HashMap<RecordId, Short>, StoreError> {
    let ids: BTreeSet<String> = ids.iter().map(ToString::to_string).collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let title = shape::title(kind).unwrap_or("''");
    let mut found = HashMap::new();
    for some in ids.chunks(AT_ONCE) {
        let sql = format!("SELECT id, number, {title} AS title FROM {kind} WHERE id IN ");
        let mut statement = Statement::new(&sql);
        statement.list(some.iter().map(String::as_str));
        for row in statement.fetch(on).await? {
            let short = short(kind, &row)?;
            found.insert(short.id, short);
        }
    }
    Ok(found)
}

pub(super) fn short(kind: RecordKind, row: &sqlx::any::AnyRow) -> Result<Short, StoreError> {
    Ok(Short {
        kind,
        id: id(&row.try_get::<String, _>("id")?)?,
        number: row.try_get("number")?,
        title: row.try_get("title")?,
    })
}

/// The records of a statement that selects all columns, with what their neighbours say.
pub(super) async fn fetch(
    on: &mut AnyConnection,
    kind: RecordKind,
    statement: Statement,
) -> Result<Vec<Entry>, StoreError> {
    let records = rows::fetch(on, kind, statement).await?;
    complete(on, kind, records).await
}
