//! Taking an import back: as new versions, field by field, and never over what somebody changed
//! since.

use sqlx::{AnyConnection, Row as _};

use super::revive::end;
use crate::base::id::{ImportId, RecordId};
use crate::catalogue::difference::{Difference, between, value_of};
use crate::catalogue::handle::Target;
use crate::catalogue::json;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::catalogue::state;
use crate::catalogue::value::Value;
use crate::catalogue::{fit, shape};
use crate::import::trouble::Rejection;
use crate::store::audit::By;
use crate::store::catalogue::changes::Cause;
use crate::store::catalogue::{edit, rows};
use crate::store::columns::id;
use crate::store::error::StoreError;
use crate::store::imports::{NoteKind, Tally, tally, write_notes};
use crate::store::open::Store;
use crate::store::statement::Statement;

/// How many records one transaction takes back.
const BATCH: i64 = 50;
/// Why a fit is rejected that an undo takes back.
const REASON: &str = "The import that proposed it was taken back.";

/// One record that an import touched.
struct Touch {
    kind: RecordKind,
    record: RecordId,
    before: i64,
    after: i64,
}

impl Store {
    /// Takes some records of an import back. How many there were, and false: stop.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`]; then none of these is taken back.
    pub async fn undo_import_some(
        &self,
        import: ImportId,
        by: &By,
    ) -> Result<(usize, bool), StoreError> {
        let mut tx = self.begin().await?;
        // What points at others goes first, so that these are free then.
        let mut statement =
            Statement::new("SELECT kind, record, before, after FROM import_change WHERE import = ");
        statement
            .arg(import.to_string())
            .sql(
                " ORDER BY CASE kind WHEN 'fit' THEN 0 WHEN 'evidence' THEN 1
                     WHEN 'solution' THEN 2 ELSE 3 END, record LIMIT ",
            )
            .arg(BATCH);
        let mut touches = Vec::new();
        for row in statement.fetch(&mut tx).await? {
            let kind: String = row.try_get("kind")?;
            touches.push(Touch {
                kind: crate::store::columns::word(&kind)?,
                record: id(&row.try_get::<String, _>("record")?)?,
                before: row.try_get("before")?,
                after: row.try_get("after")?,
            });
        }
        let mut notes = Vec::new();
        for touch in &touches {
            let left = take_back(&mut tx, import, touch, by).await?;
            notes.extend(left.map(|it| (NoteKind::Left, it)));
            let mut statement = Statement::new("DELETE FROM import_change WHERE import = ");
            statement
                .arg(import.to_string())
                .sql(" AND record = ")
                .arg(touch.record.to_string());
            statement.execute(&mut tx).await?;
        }
        write_notes(&mut tx, import, &notes).await?;
        let mut statement = Statement::new("UPDATE import SET n_left = n_left + ");
        statement
            .arg(i64::try_from(notes.len()).unwrap_or(0))
            .sql(" WHERE id = ")
            .arg(import.to_string());
        statement.execute(&mut tx).await?;
        let goes_on = tally(&mut tx, import, &Tally::default(), by.at).await?;
        tx.commit().await?;
        self.catalogue_changed();
        Ok((touches.len(), goes_on))
    }

    /// How many records an import touched that an undo would take back.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn touched_by_import(&self, import: ImportId) -> Result<i64, StoreError> {
        let (n,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM import_change WHERE import = $1")
            .bind(import.to_string())
            .fetch_one(&self.read)
            .await?;
        Ok(n)
    }
}

/// Takes one record back; what of it was left, where something was.
async fn take_back(
    on: &mut AnyConnection,
    import: ImportId,
    touch: &Touch,
    by: &By,
) -> Result<Option<Rejection>, StoreError> {
    let found = rows::by_ids(on, touch.kind, &[touch.record]).await?.pop();
    let Some(record) = found.filter(|it| it.state != state::MERGED) else {
        return Ok(Some(left(touch, None, "was merged since")));
    };
    if touch.before != 0 {
        return restore(on, touch, &record, by).await;
    }
    if record.version != touch.after {
        return Ok(Some(left(touch, Some(&record), "was changed since")));
    }
    if is_used(on, import, &record).await? {
        return Ok(Some(left(
            touch,
            Some(&record),
            "has fits or evidence by now",
        )));
    }
    let mut after = record.clone();
    after.state = end(record.kind);
    if record.kind == RecordKind::Fit {
        after
            .fields
            .insert("reason", Value::Text(REASON.to_owned()));
    }
    save(on, &record, after, by).await?;
    Ok(None)
}

fn left(touch: &Touch, record: Option<&Record>, words: &str) -> Rejection {
    let name = record.map_or_else(|| touch.record.to_string(), |it| it.kind.number(it.number));
    Rejection::new(0, &name, words)
}

/// Puts back the fields that still hold what the import put there.
async fn restore(
    on: &mut AnyConnection,
    touch: &Touch,
    record: &Record,
    by: &By,
) -> Result<Option<Rejection>, StoreError> {
    let mut after = record.clone();
    let mut kept = Vec::new();
    for difference in done(on, touch).await? {
        if value_of(record, difference.field) != difference.after {
            kept.push(difference.field);
            continue;
        }
        match (difference.field, difference.before) {
            ("state", Some(Value::Text(name))) => {
                after.state = state::find(shape::states(record.kind), &name)?.name;
            }
            (field, Some(value)) => {
                after.fields.insert(field, value);
            }
            (field, None) => {
                after.fields.remove(field);
            }
        }
    }
    save(on, record, after, by).await?;
    let words = || format!("was changed since: {}", kept.join(", "));
    Ok((!kept.is_empty()).then(|| left(touch, Some(record), &words())))
}

/// What an import did to a record: of each field, what it held before and after.
async fn done(on: &mut AnyConnection, touch: &Touch) -> Result<Vec<Difference>, StoreError> {
    let mut statement = Statement::new("SELECT changes FROM record_change WHERE kind = ");
    statement
        .arg(touch.kind.as_str())
        .sql(" AND id = ")
        .arg(touch.record.to_string())
        .sql(" AND cause = 'import' AND version > ")
        .arg(touch.before)
        .sql(" AND version <= ")
        .arg(touch.after)
        .sql(" ORDER BY version");
    let mut all: Vec<Difference> = Vec::new();
    for row in statement.fetch(on).await? {
        let changes: String = row.try_get("changes")?;
        let read = json::unpack_differences(touch.kind, &changes).map_err(StoreError::Corrupt)?;
        for it in read {
            match all.iter_mut().find(|known| known.field == it.field) {
                Some(known) => known.after = it.after,
                None => all.push(it),
            }
        }
    }
    Ok(all)
}

/// Whether somebody else built on a record since it was made.
async fn is_used(
    on: &mut AnyConnection,
    import: ImportId,
    record: &Record,
) -> Result<bool, StoreError> {
    let target = Target {
        kind: record.kind,
        id: record.id,
    };
    let mut statement =
        Statement::new("SELECT id FROM evidence WHERE state = 'current' AND target = ");
    statement.arg(target.to_string());
    if !statement.fetch(on).await?.is_empty() {
        return Ok(true);
    }
    let end = match record.kind {
        RecordKind::Gap => "gap",
        RecordKind::Solution => "solution",
        _ => return Ok(false),
    };
    let mut statement = Statement::new(&format!("SELECT id FROM fit WHERE {end} = "));
    statement
        .arg(record.id.to_string())
        .sql(" AND state IN ")
        .list(fit::LIVE.iter().copied())
        .sql(" AND id NOT IN (SELECT record FROM import_change WHERE import = ")
        .arg(import.to_string())
        .sql(")");
    Ok(!statement.fetch(on).await?.is_empty())
}

async fn save(
    on: &mut AnyConnection,
    record: &Record,
    after: Record,
    by: &By,
) -> Result<(), StoreError> {
    let differences = between(record, &after);
    if differences.is_empty() {
        return Ok(());
    }
    edit::save(on, record, after, &differences, by, Cause::Undo).await?;
    Ok(())
}
