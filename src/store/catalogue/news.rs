//! What changed in the catalogue, for what is kept in memory beside the database.

use sqlx::Row;

use super::rows;
use crate::base::id::RecordId;
use crate::base::time::Timestamp;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::store::columns::id;
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::statement::Statement;

/// Which version of a record is in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordVersion {
    /// Which record.
    pub id: RecordId,
    /// Its version.
    pub version: i64,
    /// When it became that.
    pub at: Timestamp,
}

impl Store {
    /// The versions of all records of a kind that changed at `since` or later, merged ones too.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn record_versions(
        &self,
        kind: RecordKind,
        since: Timestamp,
    ) -> Result<Vec<RecordVersion>, StoreError> {
        let mut statement = Statement::new(&format!(
            "SELECT id, version, changed_at FROM {kind} WHERE changed_at >= "
        ));
        statement.arg(since.0);
        let mut on = self.read.acquire().await?;
        let rows = statement.fetch(&mut on).await?;
        let version = |row: &sqlx::any::AnyRow| {
            Ok(RecordVersion {
                id: id(&row.try_get::<String, _>("id")?)?,
                version: row.try_get("version")?,
                at: Timestamp(row.try_get("changed_at")?),
            })
        };
        rows.iter().map(version).collect()
    }

    /// The records of a kind with these ids that are there, in any order.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn records_of(
        &self,
        kind: RecordKind,
        ids: &[RecordId],
    ) -> Result<Vec<Record>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut on = self.read.acquire().await?;
        rows::by_ids(&mut on, kind, ids).await
    }
}
