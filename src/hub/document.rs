//! A map's committed document, read from what is stored.

use crate::base::id::MapId;
use crate::store::log::StoredRow;
use crate::store::{Snapshot, Store, StoreError};
use crate::sync::backlog::Stored;

/// A document of fewer bytes is read through, or built, in less time than another thread takes to wake up.
pub(super) const SMALL: usize = 32 * 1024;

/// A document up to a place of its map's log.
pub(super) struct Committed {
    /// As it is handed to clients and built into a document.
    pub(super) stored: Stored,
    /// The place.
    pub(super) seq: u64,
}

/// All of a history that is committed.
///
/// # Errors
///
/// [`StoreError`] when the database does not answer; [`StoreError::Corrupt`] when there is nothing of
/// this history or nothing that can be read, [`StoreError::Stale`] when the map has begun another.
pub(super) async fn read_document(
    store: &Store,
    map: MapId,
    epoch: u64,
) -> Result<Committed, StoreError> {
    if let Some(all) = read_document_at(store, map, epoch, u64::MAX).await? {
        return Ok(all);
    }
    match store.map(map).await?.epoch == epoch {
        true => Err(StoreError::Corrupt("a map without a log".to_owned())),
        false => Err(StoreError::Stale),
    }
}

/// What is committed of a history up to a place of the log; nothing where it begins later.
///
/// # Errors
///
/// [`StoreError`] when the database does not answer, [`StoreError::Corrupt`] when what it holds
/// cannot be read.
pub(super) async fn read_document_at(
    store: &Store,
    map: MapId,
    epoch: u64,
    until: u64,
) -> Result<Option<Committed>, StoreError> {
    let snapshot = store.snapshot(map, epoch).await?;
    let snapshot = snapshot.filter(|it| it.seq <= until);
    let is_begun = snapshot.is_some();
    let after = snapshot.as_ref().map_or(0, |it| it.seq);
    let rows = store.log_between(map, after, until).await?;
    match read_through(snapshot, rows, epoch).await {
        // The log is the map.
        Err(error) if is_begun => {
            tracing::error!(%map, %error, "not to be read with its snapshot; the log is replayed without");
            let rows = store.log_between(map, 0, until).await?;
            read_through(None, rows, epoch).await
        }
        read => read,
    }
}

async fn read_through(
    snapshot: Option<Snapshot>,
    rows: Vec<StoredRow>,
    epoch: u64,
) -> Result<Option<Committed>, StoreError> {
    let bytes = snapshot.as_ref().map_or(0, |it| it.state.len());
    let n_bytes = rows.iter().fold(bytes, |sum, it| sum + it.row.body.len());
    let reading = move || committed(snapshot.as_ref(), &rows, epoch);
    if n_bytes < SMALL {
        return reading();
    }
    let read = tokio::task::spawn_blocking(reading).await;
    read.map_err(|error| StoreError::Corrupt(error.to_string()))?
}

/// Snapshot and log as one.
fn committed(
    snapshot: Option<&Snapshot>,
    rows: &[StoredRow],
    epoch: u64,
) -> Result<Option<Committed>, StoreError> {
    let (mut stored, mut seq) = match snapshot {
        None => (Stored::default(), 0),
        Some(it) => {
            let begun = Stored::begin(&it.state);
            let begun = begun
                .map_err(|_| StoreError::Corrupt(format!("the snapshot at place {}", it.seq)))?;
            (begun, it.seq)
        }
    };
    for it in rows.iter().filter(|it| it.row.epoch == epoch) {
        seq = it.row.seq;
        let pushed = stored.push(&it.row.body);
        pushed.map_err(|_| StoreError::Corrupt(format!("place {seq} of the log")))?;
    }
    Ok((seq != 0).then_some(Committed { stored, seq }))
}
