//! Map records: what is known of a map without reading its log.

use sqlx::Row;

use super::Store;
use super::error::StoreError;
use super::log::{Batch, LogRow, NO_HASH, RowKind, StoredRow};
use crate::base::id::{MapId, ParticipantId, SessionId};
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;

/// Whether a map takes edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapState {
    /// Editors may write.
    Open,
    /// Only facilitators may write.
    Locked,
    /// Nobody writes; it is kept to be read.
    Archived,
}

impl MapState {
    /// The word in the table and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Locked => "locked",
            Self::Archived => "archived",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `state` for any other word.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        match word {
            "open" => Ok(Self::Open),
            "locked" => Ok(Self::Locked),
            "archived" => Ok(Self::Archived),
            _ => Err(Invalid::new("state", "must be open, locked or archived")),
        }
    }
}

/// A map's record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    /// The map.
    pub id: MapId,
    /// The session that it was made in.
    pub session: SessionId,
    /// What it is called in lists.
    pub title: String,
    /// Whether it takes edits.
    pub state: MapState,
    /// Which history its document is in, from 1 on.
    pub epoch: u64,
    /// Changes by one with each change of this record.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When this record changed last.
    pub changed_at: Timestamp,
}

/// A change of a map's record; what is none stays.
#[derive(Clone, Debug, Default)]
pub struct MapChange {
    /// A new title.
    pub title: Option<String>,
    /// A new state.
    pub state: Option<MapState>,
}

/// What decides whether a map may be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapStatus {
    /// The map's state, as in the table.
    pub map: String,
    /// Its session's state.
    pub phase: String,
}

impl Store {
    /// Whether a map may be written, by its own state and its session's.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] when there is no such map.
    pub async fn map_status(&self, id: MapId) -> Result<MapStatus, StoreError> {
        let row = sqlx::query(
            "SELECT map.state AS map, session.state AS phase
             FROM map JOIN session ON session.id = map.session WHERE map.id = $1",
        )
        .bind(id.to_string())
        .fetch_optional(&self.read)
        .await?
        .ok_or(StoreError::NotFound("map"))?;
        Ok(MapStatus {
            map: row.try_get("map")?,
            phase: row.try_get("phase")?,
        })
    }

    /// Makes a map whose log begins with `document`, a Yjs update, v1.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when there is no such session.
    pub async fn create_map(
        &self,
        session: SessionId,
        title: &str,
        document: &[u8],
        by: Option<ParticipantId>,
        now: Timestamp,
    ) -> Result<Map, StoreError> {
        let map = Map {
            id: MapId::new(),
            session,
            title: title.to_owned(),
            state: MapState::Open,
            epoch: 1,
            version: 1,
            created_at: now,
            changed_at: now,
        };
        let row = LogRow {
            map: map.id,
            seq: 1,
            epoch: 1,
            at: now,
            participant: by,
            kind: RowKind::Genesis,
            body: document.to_vec().into(),
        };
        let hash = row.hash(&NO_HASH);
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO map
                 (id, session, title, state, epoch, fence, version, created_at, changed_at)
             VALUES ($1, $2, $3, 'open', 1, 0, 1, $4, $4)",
        )
        .bind(map.id.to_string())
        .bind(session.to_string())
        .bind(title.to_owned())
        .bind(now.0)
        .execute(&mut *tx)
        .await?;
        let stored = StoredRow {
            row,
            prev_hash: NO_HASH,
            hash,
        };
        super::log::append_rows(&[(&stored, 0)], &mut *tx).await?;
        tx.commit().await?;
        Ok(map)
    }

    /// One map's record.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] when there is none.
    pub async fn map(&self, id: MapId) -> Result<Map, StoreError> {
        sqlx::query(
            "SELECT id, session, title, state, epoch, version, created_at, changed_at
             FROM map WHERE id = $1",
        )
        .bind(id.to_string())
        .fetch_optional(&self.read)
        .await?
        .ok_or(StoreError::NotFound("map"))
        .and_then(|row| map_of(&row))
    }

    /// At most `limit` maps with ids after `after`, in the order they were made; of one session
    /// where `session` names it.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the database does not answer.
    pub async fn maps(
        &self,
        session: Option<SessionId>,
        after: Option<MapId>,
        limit: i64,
    ) -> Result<Vec<Map>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, session, title, state, epoch, version, created_at, changed_at FROM map
             WHERE (CAST($1 AS TEXT) IS NULL OR session = $1) AND id > $2 ORDER BY id LIMIT $3",
        )
        .bind(session.map(|it| it.to_string()))
        .bind(after.map_or_else(String::new, |it| it.to_string()))
        .bind(limit)
        .fetch_all(&self.read)
        .await?;
        rows.iter().map(map_of).collect()
    }

    /// Changes what `change` names, if the record still has `version`.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`], or [`StoreError::Stale`] when it has another version by now.
    pub async fn change_map(
        &self,
        id: MapId,
        version: i64,
        change: &MapChange,
        now: Timestamp,
    ) -> Result<Map, StoreError> {
        let mut tx = self.begin().await?;
        let row = sqlx::query(
            "UPDATE map SET title = coalesce($3, title), state = coalesce($4, state),
                 version = version + 1, changed_at = $5
             WHERE id = $1 AND version = $2
             RETURNING id, session, title, state, epoch, version, created_at, changed_at",
        )
        .bind(id.to_string())
        .bind(version)
        .bind(change.title.clone())
        .bind(change.state.map(MapState::as_str))
        .bind(now.0)
        .fetch_optional(&mut *tx)
        .await?;
        tx.commit().await?;
        match row {
            Some(row) => map_of(&row),
            None => self.map(id).await.and(Err(StoreError::Stale)),
        }
    }

    /// Begins a new history of a map: its document is `document` from now on, and its older rows
    /// lose their bodies, so that what was purged is nowhere any more. Appends of the old history
    /// are refused from then on.
    ///
    /// # Errors
    ///
    /// [`StoreError::Stale`] when the map has another owner than `fence` by now.
    pub async fn begin_epoch(&self, batch: &Batch) -> Result<(), StoreError> {
        let Some(first) = batch.rows.first() else {
            return Ok(());
        };
        let map = first.row.map.to_string();
        let mut tx = self.begin().await?;
        super::log::append_rows(&[(first, batch.fence)], &mut *tx).await?;
        sqlx::query("UPDATE map SET epoch = $2, changed_at = $3 WHERE id = $1")
            .bind(map.clone())
            .bind(first.row.epoch.cast_signed())
            .bind(first.row.at.0)
            .execute(&mut *tx)
            .await?;
        for sql in [
            "DELETE FROM snapshot WHERE map = $1",
            "DELETE FROM map_client WHERE map = $1",
        ] {
            sqlx::query(sql).bind(map.clone()).execute(&mut *tx).await?;
        }
        sqlx::query("UPDATE update_log SET body = $3 WHERE map = $1 AND epoch < $2")
            .bind(map)
            .bind(first.row.epoch.cast_signed())
            .bind(Vec::<u8>::new())
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }
}

fn map_of(row: &sqlx::any::AnyRow) -> Result<Map, StoreError> {
    let text = |column: &str| row.try_get::<String, _>(column);
    Ok(Map {
        id: text("id")?.parse()?,
        session: text("session")?.parse()?,
        title: text("title")?,
        state: MapState::parse(&text("state")?)?,
        epoch: row.try_get::<i64, _>("epoch")?.cast_unsigned(),
        version: row.try_get("version")?,
        created_at: Timestamp(row.try_get("created_at")?),
        changed_at: Timestamp(row.try_get("changed_at")?),
    })
}
