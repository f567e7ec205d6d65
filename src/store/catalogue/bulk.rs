//! Making records: one, or as many as an import brings.

use std::collections::BTreeSet;

use sqlx::{Any, AnyConnection, Row, Transaction};

use super::attached::{self, AT_ONCE};
use super::changes::{self, Cause};
use super::{lights, rows};
use crate::base::id::{MapId, RecordId};
use crate::base::invalid::Invalid;
use crate::catalogue::field::{FieldName, Takes};
use crate::catalogue::fit::LIVE;
use crate::catalogue::handle::Target;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::{NewRecord, Record};
use crate::catalogue::{shape, words};
use crate::store::audit::{By, record};
use crate::store::error::StoreError;
use crate::store::links::{self, Origin};
use crate::store::open::Store;
use crate::store::search;
use crate::store::statement::{self, Statement};

impl Store {
    /// Makes a record.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] on a field that names what is not there; [`StoreError::Taken`] when
    /// the gap and the solution have a live fit already.
    pub async fn create_record(&self, new: &NewRecord, by: &By) -> Result<Record, StoreError> {
        let mut tx = self.begin().await?;
        let made = insert(&mut tx, vec![new.clone()], by, Cause::Edit).await?;
        let [made] = <[Record; 1]>::try_from(made)
            .map_err(|_| StoreError::Corrupt("one record was made into several".to_owned()))?;
        let target = Target {
            kind: made.kind,
            id: made.id,
        };
        let action = format!("{}.create", made.kind);
        record(&mut tx, by, &action, &target.to_string(), made.state).await?;
        tx.commit().await?;
        self.catalogue_changed();
        Ok(made)
    }

    /// Takes a number for a record that is made later, together with something else. One that is not
    /// made leaves a hole among the numbers.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn reserve_number(&self, kind: RecordKind) -> Result<i64, StoreError> {
        let mut tx = self.begin().await?;
        let number = reserve(&mut tx, kind.as_str(), 1).await?;
        tx.commit().await?;
        Ok(number)
    }

    /// Makes many records of one kind in one transaction, with one line in the audit.
    ///
    /// # Errors
    ///
    /// As [`Store::create_record`]; then none is made.
    pub async fn create_records(
        &self,
        new: Vec<NewRecord>,
        by: &By,
        cause: Cause,
    ) -> Result<Vec<Record>, StoreError> {
        let Some(kind) = new.first().map(NewRecord::kind) else {
            return Ok(Vec::new());
        };
        let mut tx = self.begin().await?;
        let made = insert(&mut tx, new, by, cause).await?;
        let (action, detail) = (format!("{kind}.create_many"), made.len().to_string());
        record(&mut tx, by, &action, kind.as_str(), &detail).await?;
        tx.commit().await?;
        self.catalogue_changed();
        Ok(made)
    }
}

/// Makes records of one kind: numbers, rows, what is attached, history, words and lights.
pub(super) async fn insert(
    on: &mut AnyConnection,
    new: Vec<NewRecord>,
    by: &By,
    cause: Cause,
) -> Result<Vec<Record>, StoreError> {
    let Some(kind) = new.first().map(NewRecord::kind) else {
        return Ok(Vec::new());
    };
    if new.iter().any(|it| it.kind() != kind) {
        return Err(Invalid::new("kind", "must be the same for all").into());
    }
    check_references(on, kind, &new).await?;
    let first = reserve(on, kind.as_str(), new.len()).await?;
    let records: Vec<Record> = (first..)
        .zip(new)
        .map(|(number, new)| stand(new, RecordId::new(), number, by))
        .collect();
    put(on, kind, &records, by, cause).await?;
    Ok(records)
}

/// Makes the gap of a node, with the number that was reserved for it.
pub(in crate::store) async fn make_of_node(
    tx: &mut Transaction<'static, Any>,
    map: MapId,
    origin: &Origin,
) -> Result<(), StoreError> {
    let (kind, by) = (RecordKind::Gap, &origin.by);
    let gap = stand(origin.new.clone(), origin.gap, origin.number, by);
    let state = gap.state;
    put(tx, kind, &[gap], by, Cause::Edit).await?;
    links::remember(tx, map, origin).await?;
    let id = origin.gap;
    let target = Target { kind, id }.to_string();
    record(tx, by, "gap.create", &target, state).await
}

/// Writes records that stand, and everything beside them.
async fn put(
    on: &mut AnyConnection,
    kind: RecordKind,
    records: &[Record],
    by: &By,
    cause: Cause,
) -> Result<(), StoreError> {
    if kind == RecordKind::Fit {
        for fit in records {
            check_alone(on, fit).await?;
        }
    }
    let docs = search::add(on, records.iter().map(entry).collect()).await?;
    let columns = rows::columns(kind, "");
    let lit = match kind {
        RecordKind::Gap => ", light, solutions, best_trl",
        _ => "",
    };
    let into = format!("INSERT INTO {kind} ({columns}, doc{lit})");
    let cells = |it: &Record| {
        let mut cells = rows::cells(it);
        cells.push(docs.get(&it.id.to_string()).copied().into());
        if kind == RecordKind::Gap {
            cells.extend(lights::without_fits(it));
        }
        cells
    };
    let rows = records.iter().map(cells).collect();
    let done = statement::insert(on, &into, rows, "").await;
    done.map_err(|it| it.or_conflict("there is already such a record"))?;
    attached::write(on, kind, records, by.at).await?;
    let began = records.iter().map(|it| changes::row(it, by, cause, &[]));
    changes::write(on, began.collect()).await?;
    if kind == RecordKind::Fit {
        let gaps: BTreeSet<String> = records.iter().map(|it| it.text("gap").to_owned()).collect();
        lights::refresh(on, &gaps).await?;
    }
    Ok(())
}

fn stand(new: NewRecord, id: RecordId, number: i64, by: &By) -> Record {
    Record {
        kind: new.kind,
        id,
        number,
        version: 1,
        state: new.state,
        tlp: new.tlp,
        fields: new.fields,
        created_at: by.at,
        created_by: by.actor.to_string(),
        changed_at: by.at,
        changed_by: by.actor.to_string(),
        merged_into: None,
    }
}

/// What a record is found by.
pub(super) fn entry(record: &Record) -> search::Entry {
    let (title, body) = words::of_record(record.kind, &record.fields);
    search::Entry {
        kind: record.kind.as_str(),
        id: record.id.to_string(),
        title,
        body,
        map: None,
    }
}

/// Takes the next `n` numbers of what `kind` names, and gives the first.
pub(in crate::store) async fn reserve(
    on: &mut AnyConnection,
    kind: &str,
    n: usize,
) -> Result<i64, StoreError> {
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    let (next,): (i64,) =
        sqlx::query_as("UPDATE record_number SET next = next + $1 WHERE kind = $2 RETURNING next")
            .bind(n)
            .bind(kind)
            .fetch_one(on)
            .await?;
    Ok(next - n)
}

/// Refuses records that name groups or records which are not there.
pub(super) async fn check_references(
    on: &mut AnyConnection,
    kind: RecordKind,
    new: &[NewRecord],
) -> Result<(), StoreError> {
    for field in shape::fields(kind) {
        let texts = || {
            let texts = new.iter().map(|it| it.fields.get(field.name));
            texts.filter_map(|it| it.and_then(|it| it.as_text()))
        };
        match field.takes {
            Takes::Groups => {
                let items = new.iter().filter_map(|it| it.fields.get(field.name));
                let items = items.flat_map(|it| it.as_list().iter().map(String::as_str));
                there(on, field.name, "practitioner_group", items.collect()).await?;
            }
            Takes::One(kind) => {
                there(on, field.name, kind.as_str(), texts().collect()).await?;
            }
            Takes::Target => {
                for kind in RecordKind::ALL {
                    let of_kind = texts().filter_map(|it| it.split_once(':'));
                    let of_kind = of_kind.filter(|it| it.0 == kind.as_str()).map(|it| it.1);
                    there(on, field.name, kind.as_str(), of_kind.collect()).await?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

async fn there(
    on: &mut AnyConnection,
    field: FieldName,
    table: &str,
    ids: BTreeSet<&str>,
) -> Result<(), StoreError> {
    let ids: Vec<&str> = ids.into_iter().collect();
    for some in ids.chunks(AT_ONCE) {
        let mut statement = Statement::new(&format!("SELECT id FROM {table} WHERE id IN "));
        statement.list(some.iter().copied());
        if statement.fetch(on).await?.len() != some.len() {
            return Err(Invalid::new(field, "names what is not there").into());
        }
    }
    Ok(())
}

/// Refuses a live fit where there is another one of its gap and solution.
pub(super) async fn check_alone(on: &mut AnyConnection, fit: &Record) -> Result<(), StoreError> {
    if !LIVE.contains(&fit.state) {
        return Ok(());
    }
    let mut statement = Statement::new("SELECT number FROM fit WHERE gap = ");
    statement
        .arg(fit.text("gap"))
        .sql(" AND solution = ")
        .arg(fit.text("solution"));
    statement.sql(" AND id <> ").arg(fit.id.to_string());
    statement.sql(" AND state IN ").list(LIVE.iter().copied());
    match statement.fetch(on).await?.first() {
        Some(row) => {
            let number = RecordKind::Fit.number(row.try_get("number")?);
            let words = format!("{number} is already a fit of this gap and this solution");
            Err(StoreError::Taken(words))
        }
        None => Ok(()),
    }
}
