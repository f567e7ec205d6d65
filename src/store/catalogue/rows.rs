//! Records as rows: which columns a kind has follows from its table of fields.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::attached;
use crate::base::id::RecordId;
use crate::base::time::Timestamp;
use crate::catalogue::field::Fields;
use crate::catalogue::field::{Field, Takes};
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::catalogue::state::{StateName, find};
use crate::catalogue::value::Value;
use crate::catalogue::{json, shape, words};
use crate::store::columns::{id, word};
use crate::store::error::StoreError;
use crate::store::statement::{Arg, Statement};

/// The columns that all kinds have, in the order of [`cells`].
const COMMON: &str = "id, number, version, state, tlp, created_at, created_by, changed_at, \
                      changed_by, merged_into, fields, sort_title";

/// Whether a field lies in a column of its own.
fn is_column(field: &Field) -> bool {
    field.is_listed && !attached::is_attached(field.takes)
}

fn own_columns(kind: RecordKind) -> impl Iterator<Item = &'static Field> {
    shape::fields(kind).iter().filter(|it| is_column(it))
}

/// All columns of a kind, parted by commas, each behind `prefix`.
pub(super) fn columns(kind: RecordKind, prefix: &str) -> String {
    let common = COMMON.split(", ").map(str::trim);
    let own = own_columns(kind).map(|it| it.name);
    let all: Vec<String> = common
        .chain(own)
        .map(|it| format!("{prefix}{it}"))
        .collect();
    all.join(", ")
}

/// The values of all columns, in the order of [`columns`].
pub(super) fn cells(record: &Record) -> Vec<Arg> {
    let lies_together = |name: &&str| {
        shape::find(record.kind, name)
            .is_some_and(|it| !is_column(it) && !attached::is_attached(it.takes))
    };
    let together = record.fields.iter().filter(|(name, _)| lies_together(name));
    let mut cells: Vec<Arg> = vec![
        record.id.to_string().into(),
        record.number.into(),
        record.version.into(),
        record.state.into(),
        record.tlp.as_str().into(),
        record.created_at.0.into(),
        record.created_by.as_str().into(),
        record.changed_at.0.into(),
        record.changed_by.as_str().into(),
        record.merged_into.map(|it| it.to_string()).into(),
        json::pack(together.map(|(name, value)| (*name, value))).into(),
        sort_title(record.title()).into(),
    ];
    cells.extend(own_columns(record.kind).map(|it| cell(it, record.fields.get(it.name))));
    cells
}

pub(super) fn sort_title(title: &str) -> String {
    words::normalise(title).chars().take(120).collect()
}

/// How a column's field is kept; nothing is `''` or 0.
fn cell(field: &Field, value: Option<&Value>) -> Arg {
    match (field.takes, value) {
        (Takes::Whole(..) | Takes::Flag, None) => Arg::Number(0),
        (_, None) => Arg::Text(String::new()),
        (_, Some(Value::Text(text))) => Arg::Text(text.clone()),
        (_, Some(Value::Number(number))) => Arg::Number(*number),
        (_, Some(Value::Flag)) => Arg::Number(1),
        (_, Some(Value::List(items))) => Arg::Text(items.join("|")),
    }
}

fn from_cell(field: &Field, row: &AnyRow) -> Result<Option<Value>, StoreError> {
    if matches!(field.takes, Takes::Whole(..) | Takes::Flag) {
        let number: i64 = row.try_get(field.name)?;
        return Ok(match field.takes {
            Takes::Flag => (number != 0).then_some(Value::Flag),
            // Zero is a number of its own only where the field takes it.
            Takes::Whole(from, _) if number == 0 && 0 < from => None,
            _ => (number != 0).then_some(Value::Number(number)),
        });
    }
    let text: String = row.try_get(field.name)?;
    if text.is_empty() {
        return Ok(None);
    }
    if field.takes.is_list() {
        let items = text.split('|').map(str::to_owned).collect();
        return Ok(Some(Value::List(items)));
    }
    Ok(Some(Value::Text(text)))
}

fn record(kind: RecordKind, row: &AnyRow) -> Result<Record, StoreError> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let number = |name: &str| row.try_get::<i64, _>(name);
    let mut fields: Fields = json::unpack(kind, &text("fields")?).map_err(StoreError::Corrupt)?;
    for field in own_columns(kind) {
        if let Some(value) = from_cell(field, row)? {
            fields.insert(field.name, value);
        }
    }
    let merged_into: Option<String> = row.try_get("merged_into")?;
    Ok(Record {
        kind,
        id: id(&text("id")?)?,
        number: number("number")?,
        version: number("version")?,
        state: state(kind, &text("state")?)?,
        tlp: word(&text("tlp")?)?,
        fields,
        created_at: Timestamp(number("created_at")?),
        created_by: text("created_by")?,
        changed_at: Timestamp(number("changed_at")?),
        changed_by: text("changed_by")?,
        merged_into: merged_into.as_deref().map(id).transpose()?,
    })
}

fn state(kind: RecordKind, name: &str) -> Result<StateName, StoreError> {
    let state = find(shape::states(kind), name);
    Ok(state
        .map_err(|it| StoreError::Corrupt(it.to_string()))?
        .name)
}

/// Runs a statement that selects [`columns`], and gives whole records in its order.
pub(super) async fn fetch(
    on: &mut AnyConnection,
    kind: RecordKind,
    statement: Statement,
) -> Result<Vec<Record>, StoreError> {
    let rows = statement.fetch(on).await?;
    let mut records: Vec<Record> = rows
        .iter()
        .map(|it| record(kind, it))
        .collect::<Result<_, _>>()?;
    attached::attach(on, kind, &mut records).await?;
    Ok(records)
}

/// The records with these ids, in any order.
pub(in crate::store) async fn by_ids(
    on: &mut AnyConnection,
    kind: RecordKind,
    ids: &[RecordId],
) -> Result<Vec<Record>, StoreError> {
    let mut statement = select(kind);
    statement
        .sql(" WHERE id IN ")
        .list(ids.iter().map(ToString::to_string));
    fetch(on, kind, statement).await
}

/// The records for which holds what `condition` writes, by number.
pub(in crate::store) async fn records_where(
    on: &mut AnyConnection,
    kind: RecordKind,
    condition: impl FnOnce(&mut Statement),
) -> Result<Vec<Record>, StoreError> {
    let mut statement = select(kind);
    condition(statement.sql(" WHERE "));
    statement.sql(" ORDER BY number");
    fetch(on, kind, statement).await
}

/// The record with this id; `None` where it is not there.
pub(in crate::store) async fn record_of(
    on: &mut AnyConnection,
    kind: RecordKind,
    id: RecordId,
) -> Result<Option<Record>, StoreError> {
    Ok(by_ids(on, kind, &[id]).await?.pop())
}

/// `SELECT` all columns of a kind.
pub(super) fn select(kind: RecordKind) -> Statement {
    Statement::new(&format!("SELECT {} FROM {kind}", columns(kind, "")))
}
