//! Checkpoints: places in a map's log that have a name.

use sqlx::{Any, Transaction};

use super::audit::{By, record};
use super::columns::id;
use super::error::StoreError;
use super::log::{Hash, hash};
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
    /// What it is proved by, where it is signed off.
    pub signed: Option<Signed>,
}

/// What proves what a map was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The hash of the last update, and so of all before it.
    pub log: Hash,
    /// The digest of the map's content.
    pub state: Hash,
}

/// Where a map stands, to be signed off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignOff {
    /// The last update that is in it.
    pub seq: u64,
    /// The history that it belongs to.
    pub epoch: u64,
    /// What proves it.
    pub signed: Signed,
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
    log_hash: Option<Vec<u8>>,
    state_hash: Option<Vec<u8>>,
}

macro_rules! columns {
    () => {
        "id, map, seq, epoch, title, at, round, made_by, log_hash, state_hash"
    };
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
            signed: match (row.log_hash, row.state_hash) {
                (Some(log), Some(state)) => Some(Signed {
                    log: hash(log)?,
                    state: hash(state)?,
                }),
                _ => None,
            },
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

    /// Signs a map off as it stands; false where that was done before. The audit's chain holds both
    /// hashes, too.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] when there is no such map.
    pub async fn sign_off(
        &self,
        map: MapId,
        stands: &SignOff,
        by: &By,
    ) -> Result<bool, StoreError> {
        let Signed { log, state } = &stands.signed;
        let mut tx = self.begin().await?;
        let made = sqlx::query(
            "INSERT INTO checkpoint (id, map, seq, epoch, title, at, made_by, log_hash, state_hash)
             SELECT $1, id, $3, $4, $5, $6, $7, $8, $9 FROM map WHERE id = $2 AND NOT EXISTS
             (SELECT 1 FROM checkpoint WHERE map = $2 AND seq = $3 AND log_hash = $8)",
        )
        .bind(CheckpointId::new().to_string())
        .bind(map.to_string())
        .bind(stands.seq.cast_signed())
        .bind(stands.epoch.cast_signed())
        .bind(CLOSED)
        .bind(by.at.0)
        .bind(by.actor.to_string())
        .bind(log.to_vec())
        .bind(state.to_vec())
        .execute(&mut *tx)
        .await?;
        if made.rows_affected() == 0 {
            return Ok(false);
        }
        let detail = format!("update {} {} {}", stands.seq, hex(log), hex(state));
        record(&mut tx, by, "map.sign_off", &format!("map:{map}"), &detail).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The checkpoint with this id.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn checkpoint(&self, checkpoint: CheckpointId) -> Result<Checkpoint, StoreError> {
        let row: Option<CheckpointRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM checkpoint WHERE id = $1"
        ))
        .bind(checkpoint.to_string())
        .fetch_optional(&self.read)
        .await?;
        row.ok_or(StoreError::NotFound("checkpoint"))?.try_into()
    }

    /// The places of a map's log that were signed off, the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn signed_off(&self, map: MapId) -> Result<Vec<Checkpoint>, StoreError> {
        let rows: Vec<CheckpointRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM checkpoint WHERE map = $1 AND log_hash IS NOT NULL ORDER BY seq"
        ))
        .bind(map.to_string())
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(Checkpoint::try_from).collect()
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
        let rows: Vec<CheckpointRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM checkpoint
             WHERE map = $1 AND (CAST($2 AS TEXT) IS NULL OR id < $2)
               AND (CAST($3 AS TEXT) IS NULL OR lower(title) LIKE $3 ESCAPE '\\')
             ORDER BY id DESC LIMIT $4"
        ))
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

/// What a checkpoint is called that a session leaves when it closes.
const CLOSED: &str = "Closed";

/// Names what is committed of the map by now.
pub(super) async fn insert(
    tx: &mut Transaction<'static, Any>,
    map: MapId,
    title: &str,
    round: Option<RoundId>,
    by: &By,
) -> Result<Checkpoint, StoreError> {
    let row: Option<CheckpointRow> = sqlx::query_as(concat!(
        "INSERT INTO checkpoint (id, map, seq, epoch, title, at, round, made_by)
         SELECT $1, map, seq, epoch, $3, $4, $5, $6 FROM update_log
         WHERE map = $2 ORDER BY seq DESC LIMIT 1
         RETURNING ",
        columns!()
    ))
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

/// A hash as people compare it.
pub fn hex(hash: &Hash) -> String {
    hash.iter().map(|it| format!("{it:02x}")).collect()
}
