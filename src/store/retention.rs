//! Retention: what was said in a session goes when the day until which it may be kept is over.

use std::fmt;

use sqlx::{Any, Transaction};

use super::Store;
use super::audit::{By, record};
use super::columns::id;
use super::error::StoreError;
use super::sweep::{Swept, owe};
use crate::base::id::SessionId;

/// Sessions whose day is over and that hold something, `$1` being today. One that was cleared and
/// got something new, because somebody opened it again, is due again.
macro_rules! due {
    ($columns:literal, $and:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM session AS s WHERE s.retain_until < $1
              AND (s.cleared_at IS NULL
                   OR EXISTS (SELECT 1 FROM map WHERE map.session = s.id)
                   OR EXISTS (SELECT 1 FROM participant AS p WHERE p.session = s.id))",
            $and
        )
    };
}

/// A session whose content may not be kept any longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueSession {
    /// Its id.
    pub id: SessionId,
    /// What it is called.
    pub title: String,
    /// The day that is over.
    pub retain_until: String,
}

/// What a session holds: what its clearing deletes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Holdings {
    /// Maps.
    pub maps: i64,
    /// Updates in the logs of its maps.
    pub updates: i64,
    /// Participants.
    pub participants: i64,
    /// Invites.
    pub invites: i64,
    /// Rounds of its agenda.
    pub rounds: i64,
}

impl fmt::Display for Holdings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "maps {}, updates {}, participants {}, invites {}, rounds {}",
            self.maps, self.updates, self.participants, self.invites, self.rounds
        )
    }
}

/// What the session `$1` holds.
const HOLDINGS: &str = "SELECT
    (SELECT COUNT(*) FROM map WHERE session = $1) AS maps,
    (SELECT COUNT(*) FROM update_log JOIN map ON map.id = update_log.map
     WHERE map.session = $1) AS updates,
    (SELECT COUNT(*) FROM participant WHERE session = $1) AS participants,
    (SELECT COUNT(*) FROM invite WHERE session = $1) AS invites,
    (SELECT COUNT(*) FROM session_round WHERE session = $1) AS rounds";

impl Store {
    /// The sessions whose day was over before `today` (a calendar date) and that still hold
    /// something.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn sessions_due(&self, today: &str) -> Result<Vec<DueSession>, StoreError> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(due!(
            "s.id, s.title, s.retain_until",
            " ORDER BY s.retain_until, s.id"
        ))
        .bind(today)
        .fetch_all(&self.read)
        .await?;
        let due = |(session, title, retain_until): (String, String, String)| {
            Ok(DueSession {
                id: id(&session)?,
                title,
                retain_until,
            })
        };
        rows.into_iter().map(due).collect()
    }

    /// What a session holds.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn holdings(&self, session: SessionId) -> Result<Holdings, StoreError> {
        let holdings = sqlx::query_as(HOLDINGS)
            .bind(session.to_string())
            .fetch_one(&self.read)
            .await?;
        Ok(holdings)
    }

    /// Deletes what a session holds, if its day was over before `today`: its maps with all that
    /// hangs on them, its participants, invites and agenda, and what was said of it beside its
    /// title, groups and date. The session stays, archived, so that it is known to have been.
    /// `None` when it is not due (any longer).
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`]; nothing was deleted then.
    pub async fn clear_session(
        &self,
        session: SessionId,
        today: &str,
        by: &By,
    ) -> Result<Option<Holdings>, StoreError> {
        let mut tx = self.begin().await?;
        // Touches the row, so that another server which clears it is waited for and seen.
        sqlx::query("UPDATE session SET cleared_at = cleared_at WHERE id = $1")
            .bind(session.to_string())
            .execute(&mut *tx)
            .await?;
        let is_due: Option<(String,)> = sqlx::query_as(due!("s.id", " AND s.id = $2"))
            .bind(today)
            .bind(session.to_string())
            .fetch_optional(&mut *tx)
            .await?;
        if is_due.is_none() {
            return Ok(None);
        }
        let held: Holdings = sqlx::query_as(HOLDINGS)
            .bind(session.to_string())
            .fetch_one(&mut *tx)
            .await?;
        delete_content(&mut tx, session, by).await?;
        let owed = owe(&mut tx).await?;
        let target = format!("session:{session}");
        record(&mut tx, by, "session.clear", &target, &held.to_string()).await?;
        tx.commit().await?;
        if !self.sweep(Swept::Everything, owed).await {
            tracing::error!(%session, "the database's files may still hold what was deleted");
        }
        Ok(Some(held))
    }
}

/// Deletes everything that hangs on a session, and what it says itself beside title and date.
async fn delete_content(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
    by: &By,
) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM map WHERE session = $1",
        "DELETE FROM participant WHERE session = $1",
        "DELETE FROM invite WHERE session = $1",
        "DELETE FROM session_round WHERE session = $1",
    ] {
        sqlx::query(sql)
            .bind(session.to_string())
            .execute(&mut **tx)
            .await?;
    }
    sqlx::query(
        "UPDATE session SET theme = '', place = '', state = 'archived', round = NULL,
             round_ends = NULL, round_left = NULL, cleared_at = $2, version = version + 1,
             changed_at = $2
         WHERE id = $1",
    )
    .bind(session.to_string())
    .bind(by.at.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
