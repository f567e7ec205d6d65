//! How records changed, and what stands in the way of a change that was made from an old version.

use sqlx::{AnyConnection, Row};

use super::rows;
use crate::base::id::RecordId;
use crate::base::time::Timestamp;
use crate::catalogue::change::Change;
use crate::catalogue::difference::{Difference, StaleRecord, clashes};
use crate::catalogue::handle::Handle;
use crate::catalogue::json;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::store::audit::By;
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::page::{Page, PageRequest};
use crate::store::statement::{Arg, Statement, insert};

/// Why a record changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Somebody changed it.
    Edit,
    /// An import did.
    Import,
    /// Another record was merged into it, or it into another.
    Merge,
    /// An import was taken back.
    Undo,
}

impl Cause {
    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Import => "import",
            Self::Merge => "merge",
            Self::Undo => "undo",
        }
    }
}

/// One version in a record's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The version that it made.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// Who, as the audit writes it.
    pub actor: String,
    /// Why, as [`Cause`] writes it.
    pub cause: String,
    /// What changed; nothing where the record began.
    pub differences: Vec<Difference>,
}

/// The values of one row of the history.
pub(super) fn row(record: &Record, by: &By, cause: Cause, differences: &[Difference]) -> Vec<Arg> {
    vec![
        record.kind.as_str().into(),
        record.id.to_string().into(),
        record.version.into(),
        by.at.0.into(),
        by.actor.to_string().into(),
        cause.as_str().into(),
        json::pack_differences(differences).into(),
    ]
}

/// Writes rows of the history.
pub(super) async fn write(on: &mut AnyConnection, rows: Vec<Vec<Arg>>) -> Result<(), StoreError> {
    let into = "INSERT INTO record_change (kind, id, version, at, actor, cause, changes)";
    insert(on, into, rows, "").await
}

/// What stands in the way of a change that was made from `version`.
pub(super) async fn stale(
    on: &mut AnyConnection,
    change: &Change,
    version: i64,
    current: Record,
) -> Result<StoreError, StoreError> {
    let mut statement = Statement::new("SELECT changes FROM record_change WHERE version > ");
    statement
        .arg(version)
        .sql(" AND kind = ")
        .arg(current.kind.as_str());
    statement
        .sql(" AND id = ")
        .arg(current.id.to_string())
        .sql(" ORDER BY version");
    let mut since = Vec::new();
    for row in statement.fetch(on).await? {
        let changes: String = row.try_get("changes")?;
        let read = json::unpack_differences(current.kind, &changes);
        since.extend(read.map_err(StoreError::Corrupt)?);
    }
    let clashes = clashes(change, &since, &current);
    let stale = StaleRecord { current, clashes };
    Ok(StoreError::StaleRecord(Box::new(stale)))
}

impl Store {
    /// How a record changed, the last change first.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`], [`StoreError::Invalid`] for a cursor that is no version.
    pub async fn record_history(
        &self,
        kind: RecordKind,
        handle: Handle,
        page: &PageRequest,
    ) -> Result<Page<HistoryEntry>, StoreError> {
        let record = self.record_id(kind, handle).await?;
        let mut statement = Statement::new(
            "SELECT version, at, actor, cause, changes FROM record_change WHERE kind = ",
        );
        statement
            .arg(kind.as_str())
            .sql(" AND id = ")
            .arg(record.to_string());
        if let Some(after) = page.after_number()? {
            statement.sql(" AND version < ").arg(after);
        }
        statement
            .sql(" ORDER BY version DESC LIMIT ")
            .arg(page.fetch());
        let mut on = self.read.acquire().await?;
        let mut entries = Vec::new();
        for row in statement.fetch(&mut on).await? {
            let changes: String = row.try_get("changes")?;
            let differences = json::unpack_differences(kind, &changes);
            entries.push(HistoryEntry {
                version: row.try_get("version")?,
                at: Timestamp(row.try_get("at")?),
                actor: row.try_get("actor")?,
                cause: row.try_get("cause")?,
                differences: differences.map_err(StoreError::Corrupt)?,
            });
        }
        Ok(page.page(entries, |it| it.version.to_string()))
    }

    /// The id behind a handle; a number of a merged record gives the record that it became.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn record_id(
        &self,
        kind: RecordKind,
        handle: Handle,
    ) -> Result<RecordId, StoreError> {
        let mut on = self.read.acquire().await?;
        resolve(&mut on, kind, handle).await
    }

    /// The record behind a handle.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn record(&self, kind: RecordKind, handle: Handle) -> Result<Record, StoreError> {
        let mut on = self.read.acquire().await?;
        let id = resolve(&mut on, kind, handle).await?;
        load(&mut on, kind, id).await
    }
}

/// The id behind a handle.
pub(super) async fn resolve(
    on: &mut AnyConnection,
    kind: RecordKind,
    handle: Handle,
) -> Result<RecordId, StoreError> {
    let number = match handle {
        Handle::Id(id) => {
            let mut statement = Statement::new(&format!("SELECT id FROM {kind} WHERE id = "));
            statement.arg(id.to_string());
            let found = statement.fetch(on).await?;
            return found.first().map(|_| id).ok_or(not_found(kind));
        }
        Handle::Number(number) => number,
    };
    let mut statement = Statement::new("SELECT id, 0 AS place FROM record_alias WHERE kind = ");
    statement
        .arg(kind.as_str())
        .sql(" AND number = ")
        .arg(number);
    statement.sql(&format!(
        " UNION ALL SELECT id, 1 AS place FROM {kind} WHERE number = "
    ));
    statement.arg(number).sql(" ORDER BY place");
    let rows = statement.fetch(on).await?;
    let row = rows.first().ok_or(not_found(kind))?;
    crate::store::columns::id(&row.try_get::<String, _>("id")?)
}

/// The record with this id.
pub(super) async fn load(
    on: &mut AnyConnection,
    kind: RecordKind,
    id: RecordId,
) -> Result<Record, StoreError> {
    rows::by_ids(on, kind, &[id])
        .await?
        .pop()
        .ok_or(not_found(kind))
}

pub(super) fn not_found(kind: RecordKind) -> StoreError {
    StoreError::NotFound(kind.as_str())
}
