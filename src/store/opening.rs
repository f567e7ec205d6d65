//! Opening a map: the right to append, whose client ids are whose, and its newest snapshot.

use sqlx::Row;

use super::Store;
use super::error::StoreError;
use super::log::{Head, number};
use super::servers::Taking;
use crate::base::id::{MapId, ParticipantId, ServerId};
use crate::base::time::Timestamp;

/// A document's state at one place of its log.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The history that it belongs to.
    pub epoch: u64,
    /// The last update that is in it.
    pub seq: u64,
    /// Which clocks are in it, in the form of Yjs.
    pub state_vector: Vec<u8>,
    /// The document as one Yjs update, v1.
    pub state: Vec<u8>,
}

/// Who has a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// This server, by its fencing number: appends with a smaller one are refused.
    Own(i64),
    /// Another server, which this one follows.
    Follow(ServerId),
}

/// What a room opens with.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Who has the map.
    pub hold: Hold,
    /// The map's history.
    pub epoch: u64,
    /// The end of the log, or a place before it where another server has the map.
    pub head: Head,
    /// Client ids and whose they are.
    pub clients: Vec<(u64, ParticipantId)>,
}

impl Store {
    /// Takes a map over: from now on only appends with the number in the answer are accepted.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] when there is no such map.
    pub async fn open_map(&self, map: MapId) -> Result<Opened, StoreError> {
        let mut tx = self.begin().await?;
        let row =
            sqlx::query("UPDATE map SET fence = fence + 1 WHERE id = $1 RETURNING fence, epoch")
                .bind(map.to_string())
                .fetch_optional(&mut *tx)
                .await?
                .ok_or(StoreError::NotFound("map"))?;
        tx.commit().await?;
        let hold = Hold::Own(row.try_get("fence")?);
        self.opened(map, hold, number(row.try_get("epoch")?)).await
    }

    /// Takes a map over as one of several servers, or opens it to follow the one that has it.
    ///
    /// # Errors
    ///
    /// As [`Store::take_map`].
    pub async fn open_shared_map(&self, map: MapId, own: ServerId) -> Result<Opened, StoreError> {
        match self.take_map(map, own).await? {
            Taking::Taken { fence, epoch } => self.opened(map, Hold::Own(fence), epoch).await,
            Taking::Elsewhere(owner) => {
                let epoch = self.map(map).await?.epoch;
                self.opened(map, Hold::Follow(owner), epoch).await
            }
        }
    }

    async fn opened(&self, map: MapId, hold: Hold, epoch: u64) -> Result<Opened, StoreError> {
        Ok(Opened {
            hold,
            epoch,
            head: self.head(map).await?,
            clients: self.clients(map).await?,
        })
    }

    /// The newest snapshot of one history of a map.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the database does not answer.
    pub async fn snapshot(&self, map: MapId, epoch: u64) -> Result<Option<Snapshot>, StoreError> {
        let row = sqlx::query(
            "SELECT epoch, seq, state_vector, state FROM snapshot WHERE map = $1 AND epoch = $2",
        )
        .bind(map.to_string())
        .bind(epoch.cast_signed())
        .fetch_optional(&self.read)
        .await?;
        row.map(|row| {
            Ok(Snapshot {
                epoch: number(row.try_get("epoch")?),
                seq: number(row.try_get("seq")?),
                state_vector: row.try_get("state_vector")?,
                state: row.try_get("state")?,
            })
        })
        .transpose()
    }

    /// Keeps a snapshot in place of an older one. One of an epoch that is over meanwhile is let
    /// go: it holds what was purged.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the database does not take it.
    pub async fn save_snapshot(
        &self,
        map: MapId,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        // Touches the row as a purge does, so that on Postgres one waits for the other.
        let current = sqlx::query("UPDATE map SET epoch = epoch WHERE id = $1 AND epoch = $2")
            .bind(map.to_string())
            .bind(snapshot.epoch.cast_signed())
            .execute(&mut *tx)
            .await?;
        if current.rows_affected() == 0 {
            return Ok(());
        }
        sqlx::query(
            "INSERT INTO snapshot (map, epoch, seq, state_vector, state, created_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (map) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq,
                 state_vector = excluded.state_vector, state = excluded.state,
                 created_at = excluded.created_at
             WHERE excluded.seq > snapshot.seq",
        )
        .bind(map.to_string())
        .bind(snapshot.epoch.cast_signed())
        .bind(snapshot.seq.cast_signed())
        .bind(snapshot.state_vector.clone())
        .bind(snapshot.state.clone())
        .bind(now.0)
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    async fn clients(&self, map: MapId) -> Result<Vec<(u64, ParticipantId)>, StoreError> {
        let rows = sqlx::query("SELECT client, participant FROM map_client WHERE map = $1")
            .bind(map.to_string())
            .fetch_all(&self.read)
            .await?;
        rows.iter()
            .map(|row| {
                let participant: String = row.try_get("participant")?;
                Ok((number(row.try_get("client")?), participant.parse()?))
            })
            .collect()
    }
}
