//! Checkpoints: places in a map's log that have a name.

use sqlx::{Any, Transaction};

use super::audit::{By, record};
use super::columns::id;
use super::error::StoreError;
use super::open::Store;
use super::page::{Page, PageRequest};
use crate::base::id::{CheckpointId, MapId, RoundId};
use crate::base::time::Timestamp;

/// A place in a map's log that has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Its id.
    pub id: CheckpointId,
    /// The map.
    pub map: MapId,
    /// The last update that is in it.
    pub seq: u64,
    /// The history that it belongs to.
    pub epoch: u64,
    /// What it is called.
    pub title: String,
    /// When it was made.
    pub at: Timestamp,
    /// The round that ended there, if one did.
    pub round: Option<RoundId>,
    /// Who made it, as in the audit.
    pub by: String,
}

#[derive(sqlx::FromRow)]
struct CheckpointRow {
    id: String,
    map: String,
    seq: i64,
    epoch: i64,
    title: String,
    at: i64,
    round: Option<String>,
    made_by: String,
}

impl TryFrom<CheckpointRow> for Checkpoint {
    type Error = StoreError;

    fn try_from(row: CheckpointRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id(&row.id)?,
            map: id(&row.map)?,
            seq: row.seq.cast_unsigned(),
            epoch: row.epoch.cast_unsigned(),
            title: row.title,
            at: Timestamp(row.at),
            round: row.round.as_deref().map(id).transpose()?,
            by: row.made_by,
        })
    }
}

impl Store {
    /// Gives the end of a map's log a name.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] when there is no such map.
    pub async fn make_checkpoint(
        &self,
        map: MapId,
        title: &str,
        by: &By,
    ) -> Result<Checkpoint, StoreError> {
        let mut tx = self.begin().await?;
        let made = insert(&mut tx, map, title, None, by).await?;
        let target = format!("map:{map}");
        record(&mut tx, by, "map.checkpoint", &target, "").await?;
        tx.commit().await?;
        Ok(made)
    }

    /// A map's checkpoints, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn checkpoints(
        &self,
        map: MapId,
        page: &PageRequest,
    ) -> Result<Page<Checkpoint>, StoreError> {
        let rows: Vec<CheckpointRow> = sqlx::query_as(
            "SELECT id, map, seq, epoch, title, at, round, made_by FROM checkpoint
             WHERE map = $1 AND (CAST($2 AS TEXT) IS NULL OR id < $2)
               AND (CAST($3 AS TEXT) IS NULL OR lower(title) LIKE $3 ESCAPE '\\')
             ORDER BY id DESC LIMIT $4",
        )
        .bind(map.to_string())
        .bind(page.after())
        .bind(page.like())
        .bind(page.fetch())
        .fetch_all(&self.read)
        .await?;
        let rows: Vec<Checkpoint> = rows
            .into_iter()
            .map(Checkpoint::try_from)
            .collect::<Result<_, _>>()?;
        Ok(page.page(rows, |it| it.id.to_string()))
    }
}

/// Names what is committed of the map by now.
pub(super) async fn insert(
    tx: &mut Transaction<'static, Any>,
    map: MapId,
    title: &str,
    round: Option<RoundId>,
    by: &By,
) -> Result<Checkpoint, StoreError> {
    let row: Option<CheckpointRow> = sqlx::query_as(
        "INSERT INTO checkpoint (id, map, seq, epoch, title, at, round, made_by)
         SELECT $1, map, seq, epoch, $3, $4, $5, $6 FROM update_log
         WHERE map = $2 ORDER BY seq DESC LIMIT 1
         RETURNING id, map, seq, epoch, title, at, round, made_by",
    )
    .bind(CheckpointId::new().to_string())
    .bind(map.to_string())
    .bind(title)
    .bind(by.at.0)
    .bind(round.map(|it| it.to_string()))
    .bind(by.actor.to_string())
    .fetch_optional(&mut **tx)
    .await?;
    row.ok_or(StoreError::NotFound("map"))?.try_into()
}
