//! A new history of a map, after a purge.

use super::Store;
use super::audit::{By, record};
use super::error::StoreError;
use super::links;
use super::log::{StoredRow, append_rows};
use super::sweep::{Swept, owe};

/// Why a map gets a new history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpochReason {
    /// What was in the trash is gone.
    Purge,
    /// Words were taken out.
    Redaction,
}

impl Store {
    /// Begins a new history of a map with `genesis`, whose epoch is the new one. The rows of older
    /// epochs lose their bodies and keep their hashes: what was purged is nowhere any more, and
    /// that there was something stays provable. Client ids are nobody's again.
    ///
    /// # Errors
    ///
    /// [`StoreError::Stale`] when the map has another owner than `fence` by now.
    pub async fn begin_epoch(
        &self,
        genesis: &StoredRow,
        fence: i64,
        reason: EpochReason,
        by: &By,
    ) -> Result<(), StoreError> {
        let row = &genesis.row;
        let map = row.map.to_string();
        let mut tx = self.begin().await?;
        append_rows(&[(genesis, fence)], &mut tx).await?;
        sqlx::query("UPDATE map SET epoch = $2, changed_at = $3 WHERE id = $1")
            .bind(&map)
            .bind(row.epoch.cast_signed())
            .bind(row.at.0)
            .execute(&mut *tx)
            .await?;
        for sql in [
            "DELETE FROM snapshot WHERE map = $1",
            "DELETE FROM map_client WHERE map = $1",
        ] {
            sqlx::query(sql).bind(&map).execute(&mut *tx).await?;
        }
        sqlx::query("UPDATE update_log SET body = $3 WHERE map = $1 AND epoch < $2")
            .bind(&map)
            .bind(row.epoch.cast_signed())
            .bind(Vec::<u8>::new())
            .execute(&mut *tx)
            .await?;
        // Their words are written there anew from what is left.
        links::forget(&mut tx, row.map).await?;
        let action = match reason {
            EpochReason::Purge => "map.purge",
            EpochReason::Redaction => "map.redact",
        };
        let owed = owe(&mut tx).await?;
        record(&mut tx, by, action, &format!("map:{map}"), "").await?;
        tx.commit().await?;
        if !self.sweep(Swept::Histories, owed).await {
            tracing::error!(%map, "the database's files may still hold what was purged");
        }
        Ok(())
    }
}
