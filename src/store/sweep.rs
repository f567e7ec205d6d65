//! Clearing away what no row holds any more, once what deleted it is committed.
//!
//! It cannot be a part of that commit, and a server may end in between: so whatever deletes something
//! notes in the same commit that this is owed.

use std::time::{Duration, Instant};

use sqlx::{Any, Transaction};

use super::error::StoreError;
use super::open::{Kind, Store};
use super::secret::{hex, random};

/// How long what was deleted may wait for those who still read the database as it was.
const READERS_PATIENCE: Duration = Duration::from_secs(5);

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

/// That something is to be cleared away, as the database knows it.
#[derive(Debug)]
pub(super) struct Owed(String);

/// Notes that something is to be cleared away once this is committed.
pub(super) async fn owe(tx: &mut Transaction<'static, Any>) -> Result<Owed, StoreError> {
    let owed = Owed(format!("sweep:{}", hex(&random::<16>())));
    sqlx::query("INSERT INTO owed (what) VALUES ($1)")
        .bind(&owed.0)
        .execute(&mut **tx)
        .await?;
    Ok(owed)
}

impl Store {
    /// Has the database clear away what no row holds any more, as is owed; whether that went through.
    pub(super) async fn sweep(&self, what: Swept, owed: Owed) -> bool {
        let is_swept = self.clear_away(what).await;
        // What was not noted as done is done once more.
        is_swept && self.settle(&owed).await.is_ok()
    }

    /// Clears away what was deleted before and is not cleared away yet: the server ended in between, or
    /// somebody read the database as it was.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`]; it is owed still, as it is where that did not go through.
    pub async fn sweep_owed(&self) -> Result<(), StoreError> {
        let owed: Vec<(String,)> =
            sqlx::query_as("SELECT what FROM owed WHERE what LIKE 'sweep:%'")
                .fetch_all(&self.read)
                .await?;
        if owed.is_empty() {
            return Ok(());
        }
        if !self.clear_away(Swept::Everything).await {
            tracing::error!("the database's files may still hold what was deleted");
            return Ok(());
        }
        for (what,) in owed {
            self.settle(&Owed(what)).await?;
        }
        Ok(())
    }

    async fn settle(&self, owed: &Owed) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM owed WHERE what = $1")
            .bind(&owed.0)
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Postgres gives the space free and writes over it in its own time. Only `VACUUM FULL` would
    /// do so at once, and nobody could write into any map meanwhile.
    async fn clear_away(&self, what: Swept) -> bool {
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
