//! What belongs to a record in tables of its own: tags, groups, ids that others gave it.

use std::collections::{BTreeMap, HashMap};

use sqlx::{AnyConnection, Row};

use crate::base::id::TagId;
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;
use crate::catalogue::field::Takes;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::catalogue::shape;
use crate::catalogue::value::Value;
use crate::store::error::StoreError;
use crate::store::statement::{Arg, Statement, insert};

/// How many records one statement names.
pub(super) const AT_ONCE: usize = 500;

/// Whether a field's values lie in a table of their own.
pub(super) fn is_attached(takes: Takes) -> bool {
    matches!(takes, Takes::Tags | Takes::Groups | Takes::ExternalIds)
}

/// Adds what is attached to records that were just read.
pub(super) async fn attach(
    on: &mut AnyConnection,
    kind: RecordKind,
    records: &mut [Record],
) -> Result<(), StoreError> {
    for field in shape::fields(kind)
        .iter()
        .filter(|it| is_attached(it.takes))
    {
        for some in records.chunks_mut(AT_ONCE) {
            let mut found = read(on, kind, field.takes, some).await?;
            for record in some {
                if let Some(items) = found.remove(&record.id.to_string()) {
                    record.fields.insert(field.name, Value::List(items));
                }
            }
        }
    }
    Ok(())
}

async fn read(
    on: &mut AnyConnection,
    kind: RecordKind,
    takes: Takes,
    records: &[Record],
) -> Result<HashMap<String, Vec<String>>, StoreError> {
    let ids = records.iter().map(|it| it.id.to_string());
    let mut statement = match takes {
        Takes::Groups => Statement::new(
            "SELECT gap AS record, practitioner_group AS item FROM gap_group WHERE gap IN ",
        ),
        Takes::ExternalIds => Statement::new(
            "SELECT solution AS record, scheme || ':' || value AS item FROM external_id WHERE solution IN ",
        ),
        _ => {
            let mut statement = Statement::new(
                "SELECT r.record, CASE t.scheme WHEN '' THEN t.name
                        ELSE t.scheme || ':' || t.name END AS item
                 FROM record_tag AS r JOIN tag AS t ON t.id = r.tag WHERE r.kind = ",
            );
            statement.arg(kind.as_str()).sql(" AND r.record IN ");
            statement
        }
    };
    statement.list(ids).sql(" ORDER BY place");
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for row in statement.fetch(on).await? {
        found
            .entry(row.try_get("record")?)
            .or_default()
            .push(row.try_get("item")?);
    }
    Ok(found)
}

/// Writes what is attached to these records, which have nothing attached yet.
pub(super) async fn write(
    on: &mut AnyConnection,
    kind: RecordKind,
    records: &[Record],
    at: Timestamp,
) -> Result<(), StoreError> {
    for field in shape::fields(kind)
        .iter()
        .filter(|it| is_attached(it.takes))
    {
        let tags = match field.takes {
            Takes::Tags => ensure_tags(on, records, field.name, at).await?,
            _ => BTreeMap::new(),
        };
        let mut rows: Vec<Vec<Arg>> = Vec::new();
        for record in records {
            for (place, item) in (1_i64..).zip(record.list(field.name)) {
                let id = record.id.to_string();
                rows.push(match field.takes {
                    Takes::Tags => vec![
                        kind.as_str().into(),
                        id.into(),
                        tags.get(item.as_str()).map(ToString::to_string).into(),
                        place.into(),
                    ],
                    Takes::ExternalIds => {
                        let (scheme, value) = item.split_once(':').unwrap_or(("", item));
                        vec![id.into(), scheme.into(), value.into(), place.into()]
                    }
                    _ => vec![id.into(), item.as_str().into(), place.into()],
                });
            }
        }
        let into = match field.takes {
            Takes::Tags => "INSERT INTO record_tag (kind, record, tag, place)",
            Takes::ExternalIds => "INSERT INTO external_id (solution, scheme, value, place)",
            _ => "INSERT INTO gap_group (gap, practitioner_group, place)",
        };
        insert(on, into, rows, "").await?;
    }
    Ok(())
}

/// Writes anew what is attached to a record.
pub(super) async fn rewrite(
    on: &mut AnyConnection,
    record: &Record,
    at: Timestamp,
) -> Result<(), StoreError> {
    let id = record.id.to_string();
    let kind = record.kind;
    for field in shape::fields(kind)
        .iter()
        .filter(|it| is_attached(it.takes))
    {
        let mut statement = match field.takes {
            Takes::Tags => {
                let mut statement = Statement::new("DELETE FROM record_tag WHERE kind = ");
                statement.arg(kind.as_str()).sql(" AND record = ");
                statement
            }
            Takes::ExternalIds => Statement::new("DELETE FROM external_id WHERE solution = "),
            _ => Statement::new("DELETE FROM gap_group WHERE gap = "),
        };
        statement.arg(id.as_str());
        statement.execute(on).await?;
    }
    write(on, kind, std::slice::from_ref(record), at).await
}

/// The ids of the tags that these records name. A tag without a scheme is made where it is not
/// there yet; a scheme's tags are those that somebody gave it.
async fn ensure_tags(
    on: &mut AnyConnection,
    records: &[Record],
    field: &str,
    at: Timestamp,
) -> Result<BTreeMap<String, TagId>, StoreError> {
    let named = records.iter().flat_map(|it| it.list(field));
    let mut ids: BTreeMap<String, TagId> = BTreeMap::new();
    let mut missing: Vec<&String> = named.collect();
    missing.sort();
    missing.dedup();
    for some in missing.chunks(AT_ONCE) {
        let mut rows = Vec::new();
        for label in some.iter().filter(|it| !it.contains(':')) {
            rows.push(vec![
                TagId::new().to_string().into(),
                label.as_str().into(),
                at.0.into(),
                at.0.into(),
            ]);
        }
        if !rows.is_empty() {
            let rows = rows.into_iter().map(|mut row: Vec<Arg>| {
                row.splice(1..1, ["".into()]);
                row.splice(3..3, ["".into(), 1_i64.into()]);
                row
            });
            let mut statement = Statement::new(
                "INSERT INTO tag (id, scheme, name, about, version, created_at, changed_at) VALUES ",
            );
            statement
                .rows(rows)
                .sql(" ON CONFLICT (scheme, name) DO NOTHING");
            statement.execute(on).await?;
        }
        let mut statement = Statement::new(
            "SELECT id, CASE scheme WHEN '' THEN name ELSE scheme || ':' || name END AS label
             FROM tag WHERE name IN ",
        );
        let name_of = |it: &&String| {
            it.split_once(':')
                .map_or(it.as_str(), |(_, name)| name)
                .to_owned()
        };
        statement.list(some.iter().map(name_of));
        for row in statement.fetch(on).await? {
            let id: String = row.try_get("id")?;
            ids.insert(row.try_get("label")?, crate::store::columns::id(&id)?);
        }
    }
    match missing.iter().find(|it| !ids.contains_key(it.as_str())) {
        Some(_) => Err(Invalid::new("tags", "names a tag that its scheme does not have").into()),
        None => Ok(ids),
    }
}
