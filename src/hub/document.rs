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
    let (mut stored, after) = match snapshot.filter(|it| it.seq <= until) {
        Some(snapshot) => begun(map, snapshot).await?,
        None => (Stored::default(), 0),
    };
    let mut rows = store.log_between(map, after, until).await?;
    rows.retain(|it| it.row.epoch == epoch);
    let seq = rows.last().map_or(after, |it| it.row.seq);
    if seq == 0 {
        return Ok(None);
    }
    let n_bytes = rows.iter().map(|it| it.row.body.len()).sum();
    let reading = reading(n_bytes, move || {
        for StoredRow { row, .. } in &rows {
            let corrupt = |_| StoreError::Corrupt(format!("place {} of the log", row.seq));
            stored.push(&row.body).map_err(corrupt)?;
        }
        Ok::<_, StoreError>(stored)
    });
    let stored = reading.await??;
    Ok(Some(Committed { stored, seq }))
}

/// A document as its snapshot has it, and of which place that is. One that cannot be read is passed
/// over: the log is the map.
async fn begun(map: MapId, snapshot: Snapshot) -> Result<(Stored, u64), StoreError> {
    let Snapshot { state, seq, .. } = snapshot;
    match reading(state.len(), move || Stored::begin(&state)).await? {
        Ok(stored) => Ok((stored, seq)),
        Err(error) => {
            tracing::error!(%map, %error, "the snapshot cannot be read; the log is replayed instead");
            Ok((Stored::default(), 0))
        }
    }
}

/// Reads so many bytes through, away from the threads that serve requests unless they are few.
async fn reading<T: Send + 'static>(
    n_bytes: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, StoreError> {
    if n_bytes < SMALL {
        return Ok(work());
    }
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| StoreError::Corrupt(error.to_string()))
}
