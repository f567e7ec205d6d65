//! A new history of a map, after a purge.

use std::time::{Duration, Instant};

use super::Store;
use super::audit::{By, record};
use super::error::StoreError;
use super::links;
use super::log::{StoredRow, append_rows};
use super::open::Kind;

/// How long what was deleted may wait for those who still read the database as it was.
const READERS_PATIENCE: Duration = Duration::from_secs(5);

/// Why a map gets a new history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpochReason {
    /// What was in the trash is gone.
    Purge,
    /// Words were taken out.
    Redaction,
}

/// What was deleted, as far as that decides what to clear away.
#[derive(Clone, Copy, Debug)]
pub(super) enum Swept {
    /// The old histories of a map.
    Histories,
    /// Those who took part, or had an account.
    People,
    /// Rows of any table.
    Everything,
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
        record(&mut tx, by, action, &format!("map:{map}"), "").await?;
        tx.commit().await?;
        if !self.sweep(Swept::Histories).await {
            tracing::error!(%map, "the database's files may still hold what was purged");
        }
        Ok(())
    }

    /// Has the database clear away what no row holds any more; whether that went through.
    ///
    /// Postgres gives the space free and writes over it in its own time. Only `VACUUM FULL` would
    /// do so at once, and nobody could write into any map meanwhile.
    pub(super) async fn sweep(&self, what: Swept) -> bool {
        match self.kind() {
            Kind::Sqlite => self.rewrite_file().await,
            Kind::Postgres => {
                let vacuum = match what {
                    Swept::Histories => {
                        "VACUUM update_log, snapshot, map_client, idea, map_node, mention,
                             search_entry"
                    }
                    Swept::People => {
                        "VACUUM participant, participant_token, participant_account, account,
                             sign_in, sign_in_link, api_token"
                    }
                    Swept::Everything => "VACUUM",
                };
                self.outlast_readers().await;
                sqlx::query(vacuum).execute(&self.write).await.is_ok()
            }
        }
    }

    /// Waits on Postgres until nobody reads the database as it was before now, which would keep
    /// `VACUUM` from clearing away what was deleted since; [`READERS_PATIENCE`] at most.
    async fn outlast_readers(&self) {
        let begun = Instant::now();
        let now = "SELECT pg_current_xact_id()::xid::text";
        let Ok(now) = sqlx::query_scalar::<_, String>(now)
            .fetch_one(&self.write)
            .await
        else {
            return;
        };
        while begun.elapsed() < READERS_PATIENCE {
            let older = "SELECT COUNT(*) FROM pg_stat_activity
                 WHERE datname = current_database() AND age($1::xid) < age(backend_xmin)";
            let older = sqlx::query_scalar::<_, i64>(older).bind(&now);
            match older.fetch_one(&self.write).await {
                Ok(0) | Err(_) => return,
                Ok(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    /// Writes the SQLite file anew and empties the log beside it; whether that went through.
    ///
    /// A page keeps bytes of rows that moved to another when it was split, and SQLite's
    /// `secure_delete` does not reach those. Other writes wait meanwhile, as behind a large commit.
    async fn rewrite_file(&self) -> bool {
        // What is found by words keeps those of deleted rows until its parts are made one.
        let merge = "INSERT INTO search_word (search_word) VALUES ('optimize')";
        let merged = sqlx::query(merge).execute(&self.write).await;
        let vacuum = sqlx::query("VACUUM").execute(&self.write).await;
        let checkpoint: Result<(i64,), sqlx::Error> =
            sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
                .fetch_one(&self.write)
                .await;
        merged.is_ok() && vacuum.is_ok() && checkpoint.is_ok_and(|(is_busy,)| is_busy == 0)
    }
}
