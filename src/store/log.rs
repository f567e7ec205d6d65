//! The update log: what every map is made of, in the order it was accepted.
//!
//! A map's rows are numbered without gaps, and each carries a SHA-256 over itself and the row
//! before, so that cutting or altering one shows. An append also carries the fencing number of the
//! map's owner: a server that lost the map cannot write to it, however late it wakes up.

use bytes::Bytes;
use sha2::{Digest, Sha256};
use sqlx::{Any, AnyConnection, Row, Transaction};

use super::Store;
use super::catalogue::make_of_node;
use super::columns::id;
use super::error::StoreError;
use super::links::Origin;
use super::statement::{Arg, Statement};
use super::votes::move_votes;
use crate::base::id::{MapId, ParticipantId, RoundId};
use crate::base::time::Timestamp;

/// SHA-256 of one log row.
pub type Hash = [u8; 32];

/// What stands before the first row of a map.
pub const NO_HASH: Hash = [0; 32];

/// What a row of the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A whole document, with which an epoch begins.
    Genesis,
    /// What was added to the document.
    Edit,
}

impl RowKind {
    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Genesis => "genesis",
            Self::Edit => "edit",
        }
    }

    fn parse(word: &str) -> Result<Self, StoreError> {
        match word {
            "genesis" => Ok(Self::Genesis),
            "edit" => Ok(Self::Edit),
            other => Err(StoreError::Corrupt(format!("the kind {other:?}"))),
        }
    }
}

/// One accepted update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// The map.
    pub map: MapId,
    /// Its place in the map's log, from 1 on.
    pub seq: u64,
    /// The history that it belongs to.
    pub epoch: u64,
    /// When it was accepted.
    pub at: Timestamp,
    /// Who made it; none for the server itself.
    pub participant: Option<ParticipantId>,
    /// Whether it begins an epoch.
    pub kind: RowKind,
    /// The Yjs update, v1, as it came.
    pub body: Bytes,
}

impl LogRow {
    /// The hash of this row when it follows one with the hash `prev`. Over `prev`, the map's id,
    /// and seq, epoch and time as big-endian 64-bit numbers, then participant and kind each with a
    /// zero byte behind, then the body.
    pub fn hash(&self, prev: &Hash) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(prev);
        hasher.update(self.map.to_string());
        hasher.update(self.seq.to_be_bytes());
        hasher.update(self.epoch.to_be_bytes());
        hasher.update(self.at.0.to_be_bytes());
        hasher.update(self.participant_text());
        hasher.update([0]);
        hasher.update(self.kind.as_str());
        hasher.update([0]);
        hasher.update(&self.body);
        hasher.finalize().into()
    }

    fn participant_text(&self) -> String {
        self.participant
            .map_or_else(String::new, |it| it.to_string())
    }
}

/// The end of a map's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last place.
    pub seq: u64,
    /// The last row's hash.
    pub hash: Hash,
}

/// A row as it was stored, with its hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRow {
    /// What was accepted.
    pub row: LogRow,
    /// The hash of the row before.
    pub prev_hash: Hash,
    /// This row's hash.
    pub hash: Hash,
}

impl StoredRow {
    /// A row behind one with the hash `prev_hash`.
    pub fn following(prev_hash: &Hash, row: LogRow) -> Self {
        Self {
            hash: row.hash(prev_hash),
            prev_hash: *prev_hash,
            row,
        }
    }
}

/// What one room appends at once: rows of one map, one after the other.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The owner's fencing number.
    pub fence: i64,
    /// The rows, with hashes that follow one another.
    pub rows: Vec<StoredRow>,
    /// Client ids that these rows use first, and whose they are now.
    pub clients: Vec<(u64, ParticipantId)>,
    /// What else happens in the same commit.
    pub along: Option<Along>,
}

/// What happens outside of a map together with an edit of the server's own: both are in the
/// database, or neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Along {
    /// The ideas of a round stand in the map, and wait no more: all of them, or the rest of the
    /// commit does not happen either. So of two maps that are to show them, one does.
    Revealed {
        /// The round.
        round: RoundId,
        /// How many ideas those are.
        ideas: usize,
    },
    /// Nodes became one, which gets their votes.
    Merged {
        /// The node that stays.
        into: String,
        /// The others.
        nodes: Vec<String>,
    },
    /// A node became a gap, to which it is linked.
    MadeGap(Box<Origin>),
}

/// Rows that one statement appends at most.
const MAX_ROWS: usize = 128;

impl Store {
    /// The end of a map's log.
    ///
    /// # Errors
    ///
    /// [`StoreError::Corrupt`] when there is no log: every map's begins when the map is made.
    pub async fn head(&self, map: MapId) -> Result<Head, StoreError> {
        let row = sqlx::query(
            "SELECT seq, hash FROM update_log WHERE map = $1 ORDER BY seq DESC LIMIT 1",
        )
        .bind(map.to_string())
        .fetch_optional(&self.read)
        .await?
        .ok_or_else(|| StoreError::Corrupt("a map without a log".to_owned()))?;
        Ok(Head {
            seq: number(row.try_get("seq")?),
            hash: hash(row.try_get("hash")?)?,
        })
    }

    /// At most `limit` rows of a map's log after place `seq`, oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the database does not answer or holds something it should not.
    pub async fn log_after(
        &self,
        map: MapId,
        seq: u64,
        limit: i64,
    ) -> Result<Vec<StoredRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT seq, epoch, at, participant, kind, body, prev_hash, hash FROM update_log
             WHERE map = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        )
        .bind(map.to_string())
        .bind(seq.cast_signed())
        .bind(limit)
        .fetch_all(&self.read)
        .await?;
        rows.iter().map(|row| stored_row(map, row)).collect()
    }

    /// The rows of a map's log after one place and up to another, oldest first.
    ///
    /// # Errors
    ///
    /// As [`Store::log_after`].
    pub async fn log_between(
        &self,
        map: MapId,
        after: u64,
        until: u64,
    ) -> Result<Vec<StoredRow>, StoreError> {
        let limit = i64::try_from(until.saturating_sub(after)).unwrap_or(i64::MAX);
        self.log_after(map, after, limit).await
    }

    /// Appends the batches of several rooms in one commit: all of them, or none.
    ///
    /// # Errors
    ///
    /// [`StoreError::Stale`] when one of the maps has another owner by now; [`StoreError::Gone`] when
    /// what was to happen along with one has happened elsewhere; else the database's own failure.
    /// Either way nothing was appended.
    pub async fn append(&self, batches: &[Batch]) -> Result<(), StoreError> {
        let rows: Vec<(&StoredRow, i64)> = batches
            .iter()
            .flat_map(|batch| batch.rows.iter().map(|row| (row, batch.fence)))
            .collect();
        let is_plain = |it: &Batch| it.clients.is_empty() && it.along.is_none();
        if rows.len() <= MAX_ROWS && batches.iter().all(is_plain) {
            return append_rows(&rows, &mut *self.write.acquire().await?).await;
        }
        let mut tx = self.begin().await?;
        for chunk in rows.chunks(MAX_ROWS) {
            append_rows(chunk, &mut tx).await?;
        }
        for batch in batches {
            claim_clients(batch, &mut tx).await?;
            do_along(batch, &mut tx).await?;
        }
        tx.commit().await?;
        let makes_gap = |it: &Batch| matches!(it.along, Some(Along::MadeGap(_)));
        if batches.iter().any(makes_gap) {
            self.catalogue_changed();
        }
        Ok(())
    }
}

/// Appends at most [`MAX_ROWS`] rows with one statement, which needs no transaction: it takes all of them
/// or none. A fencing number that is not the map's keeps all of them out.
pub(super) async fn append_rows(
    rows: &[(&StoredRow, i64)],
    on: &mut AnyConnection,
) -> Result<(), StoreError> {
    const COLUMNS: &str = "map, seq, epoch, at, participant, kind, body, prev_hash, hash";
    if rows.is_empty() {
        return Ok(());
    }
    let mut statement = Statement::new(&format!("WITH row ({COLUMNS}, fence) AS (VALUES "));
    statement.rows(rows.iter().map(|(stored, fence)| cells(stored, *fence)));
    statement.sql(&format!(
        ") INSERT INTO update_log ({COLUMNS}) SELECT {COLUMNS} FROM row \
         WHERE NOT EXISTS (SELECT 1 FROM row AS other WHERE NOT EXISTS \
         (SELECT 1 FROM map WHERE map.id = other.map AND map.fence = other.fence))"
    ));
    if statement.execute(on).await? == rows.len() as u64 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

fn cells(stored: &StoredRow, fence: i64) -> Vec<Arg> {
    let row = &stored.row;
    vec![
        row.map.to_string().into(),
        row.seq.cast_signed().into(),
        row.epoch.cast_signed().into(),
        row.at.0.into(),
        row.participant_text().into(),
        row.kind.as_str().into(),
        row.body.to_vec().into(),
        stored.prev_hash.to_vec().into(),
        stored.hash.to_vec().into(),
        fence.into(),
    ]
}

async fn claim_clients(batch: &Batch, tx: &mut Transaction<'_, Any>) -> Result<(), StoreError> {
    let Some(map) = batch.rows.first().map(|it| it.row.map.to_string()) else {
        return Ok(());
    };
    for (client, participant) in &batch.clients {
        sqlx::query(
            "INSERT INTO map_client (map, client, participant) VALUES ($1, $2, $3)
             ON CONFLICT (map, client) DO NOTHING",
        )
        .bind(map.clone())
        .bind(client.cast_signed())
        .bind(participant.to_string())
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

async fn do_along(batch: &Batch, tx: &mut Transaction<'static, Any>) -> Result<(), StoreError> {
    match (&batch.along, batch.rows.first()) {
        (Some(Along::Revealed { round, ideas }), _) => {
            let gone = sqlx::query("DELETE FROM idea WHERE round = $1 AND node IS NOT NULL")
                .bind(round.to_string())
                .execute(&mut **tx)
                .await?;
            if gone.rows_affected() != *ideas as u64 {
                let (what, why) = ("round", "shows its ideas in another map");
                return Err(StoreError::Gone { what, why });
            }
        }
        (Some(Along::Merged { into, nodes }), Some(first)) => {
            for node in nodes {
                move_votes(tx, first.row.map, node, into).await?;
            }
        }
        (Some(Along::MadeGap(origin)), Some(first)) => {
            make_of_node(tx, first.row.map, origin).await?;
        }
        _ => {}
    }
    Ok(())
}

/// A row of a map's log; what cannot be in one is named with the row's place.
fn stored_row(map: MapId, row: &sqlx::any::AnyRow) -> Result<StoredRow, StoreError> {
    let seq = number(row.try_get("seq")?);
    read_row(map, seq, row).map_err(|error| match error {
        StoreError::Corrupt(what) => StoreError::Corrupt(format!("update {seq} has {what}")),
        other => other,
    })
}

fn read_row(map: MapId, seq: u64, row: &sqlx::any::AnyRow) -> Result<StoredRow, StoreError> {
    let participant: String = row.try_get("participant")?;
    let kind: String = row.try_get("kind")?;
    Ok(StoredRow {
        row: LogRow {
            map,
            seq,
            epoch: number(row.try_get("epoch")?),
            at: Timestamp(row.try_get("at")?),
            participant: match participant.as_str() {
                "" => None,
                text => Some(id(text)?),
            },
            kind: RowKind::parse(&kind)?,
            body: row.try_get::<Vec<u8>, _>("body")?.into(),
        },
        prev_hash: hash(row.try_get("prev_hash")?)?,
        hash: hash(row.try_get("hash")?)?,
    })
}

pub(super) fn number(stored: i64) -> u64 {
    stored.cast_unsigned()
}

pub(super) fn hash(stored: Vec<u8>) -> Result<Hash, StoreError> {
    stored
        .try_into()
        .map_err(|_| StoreError::Corrupt("a hash that is not 32 bytes".to_owned()))
}
