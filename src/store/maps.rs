//! Map records, and the beginning of their logs.

use sqlx::{Any, Transaction};

use super::Store;
use super::audit::{Actor, By, record};
use super::columns::{id, word};
use super::error::StoreError;
use super::log::{LogRow, NO_HASH, RowKind, StoredRow, append_rows};
use super::page::{Page, PageRequest};
use crate::base::id::{MapId, SessionId};
use crate::base::time::Timestamp;
use crate::workshop::map::{Map, MapChange, MapState, MapTitle};

macro_rules! columns {
    () => {
        "id, session, title, state, epoch, version, created_at, changed_at"
    };
}

#[derive(sqlx::FromRow)]
struct MapRow {
    id: String,
    session: String,
    title: String,
    state: String,
    epoch: i64,
    version: i64,
    created_at: i64,
    changed_at: i64,
}

impl TryFrom<MapRow> for Map {
    type Error = StoreError;

    fn try_from(row: MapRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id(&row.id)?,
            session: id(&row.session)?,
            title: row.title,
            state: word(&row.state)?,
            epoch: row.epoch.cast_unsigned(),
            version: row.version,
            created_at: Timestamp(row.created_at),
            changed_at: Timestamp(row.changed_at),
        })
    }
}

impl Store {
    /// Makes a map whose log begins with `document`, a Yjs update, v1.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] when there is no such session.
    pub async fn create_map(
        &self,
        session: SessionId,
        title: &MapTitle,
        document: Vec<u8>,
        by: &By,
    ) -> Result<Map, StoreError> {
        let mut tx = self.begin().await?;
        let map = insert_map(&mut tx, session, title, document, by).await?;
        tx.commit().await?;
        Ok(map)
    }

    /// The map with this id.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn map(&self, map: MapId) -> Result<Map, StoreError> {
        let row: Option<MapRow> =
            sqlx::query_as(concat!("SELECT ", columns!(), " FROM map WHERE id = $1"))
                .bind(map.to_string())
                .fetch_optional(&self.read)
                .await?;
        row.ok_or(StoreError::NotFound("map"))?.try_into()
    }

    /// A session's maps, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn maps(
        &self,
        session: SessionId,
        page: &PageRequest,
    ) -> Result<Page<Map>, StoreError> {
        let rows: Vec<MapRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM map
             WHERE session = $1 AND (CAST($2 AS TEXT) IS NULL OR id < $2)
               AND (CAST($3 AS TEXT) IS NULL OR lower(title) LIKE $3 ESCAPE '\\')
             ORDER BY id DESC LIMIT $4"
        ))
        .bind(session.to_string())
        .bind(page.after())
        .bind(page.like())
        .bind(page.fetch())
        .fetch_all(&self.read)
        .await?;
        let maps: Vec<Map> = rows
            .into_iter()
            .map(Map::try_from)
            .collect::<Result<_, _>>()?;
        Ok(page.page(maps, |it| it.id.to_string()))
    }

    /// Every map's id, oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn all_maps(&self) -> Result<Vec<MapId>, StoreError> {
        let ids: Vec<(String,)> = sqlx::query_as("SELECT id FROM map ORDER BY id")
            .fetch_all(&self.read)
            .await?;
        ids.iter().map(|(map,)| id(map)).collect()
    }

    /// The ids of a session's maps.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn maps_of(&self, session: SessionId) -> Result<Vec<MapId>, StoreError> {
        let ids: Vec<(String,)> = sqlx::query_as("SELECT id FROM map WHERE session = $1")
            .bind(session.to_string())
            .fetch_all(&self.read)
            .await?;
        ids.iter().map(|(map,)| id(map)).collect()
    }

    /// Changes what `change` names.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`], [`StoreError::Stale`] when `version` is given and is not the
    /// current one.
    pub async fn change_map(
        &self,
        map: MapId,
        version: Option<i64>,
        change: &MapChange,
        by: &By,
    ) -> Result<Map, StoreError> {
        let mut tx = self.begin().await?;
        let row: Option<MapRow> = sqlx::query_as(concat!(
            "UPDATE map SET title = COALESCE($3, title), state = COALESCE($4, state),
                 version = version + 1, changed_at = $5
             WHERE id = $1 AND (CAST($2 AS BIGINT) IS NULL OR version = $2) RETURNING ",
            columns!()
        ))
        .bind(map.to_string())
        .bind(version)
        .bind(change.title.as_ref().map(MapTitle::as_str))
        .bind(change.state.map(MapState::as_str))
        .bind(by.at.0)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = row else {
            drop(tx);
            return self.map(map).await.and(Err(StoreError::Stale));
        };
        let detail = change.state.map_or("", MapState::as_str);
        record(&mut tx, by, "map.change", &format!("map:{map}"), detail).await?;
        tx.commit().await?;
        row.try_into()
    }

    /// The session of a map.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn map_session(&self, map: MapId) -> Result<SessionId, StoreError> {
        let row: Option<(String,)> = sqlx::query_as("SELECT session FROM map WHERE id = $1")
            .bind(map.to_string())
            .fetch_optional(&self.read)
            .await?;
        id(&row.ok_or(StoreError::NotFound("map"))?.0)
    }
}

/// Makes a map and the beginning of its log.
pub(super) async fn insert_map(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
    title: &MapTitle,
    document: Vec<u8>,
    by: &By,
) -> Result<Map, StoreError> {
    let map = MapId::new();
    let row: Option<MapRow> = sqlx::query_as(concat!(
        "INSERT INTO map
             (id, session, title, state, epoch, fence, version, created_at, changed_at)
         SELECT $1, id, $3, 'open', 1, 0, 1, $4, $4 FROM session WHERE id = $2 RETURNING ",
        columns!()
    ))
    .bind(map.to_string())
    .bind(session.to_string())
    .bind(title.as_str())
    .bind(by.at.0)
    .fetch_optional(&mut **tx)
    .await?;
    let row = row.ok_or(StoreError::NotFound("session"))?;
    let genesis = StoredRow::following(
        &NO_HASH,
        LogRow {
            map,
            seq: 1,
            epoch: 1,
            at: by.at,
            participant: match by.actor {
                Actor::Participant(id) => Some(id),
                _ => None,
            },
            kind: RowKind::Genesis,
            body: document.into(),
        },
    );
    append_rows(&[(&genesis, 0)], tx).await?;
    record(tx, by, "map.create", &format!("map:{map}"), "").await?;
    row.try_into()
}
