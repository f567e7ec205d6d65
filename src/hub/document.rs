//! A map's committed document, read from what is stored.

use crate::base::id::MapId;
use crate::store::{Store, StoreError};
use crate::sync::backlog::Stored;

/// Snapshot and log, as they are handed to clients and built into a document.
///
/// A snapshot that cannot be read is passed over: the log is the map.
///
/// # Errors
///
/// [`StoreError`] when the database does not answer, [`StoreError::Corrupt`] when there is nothing
/// of this epoch, or nothing that can be read.
pub(super) async fn read_document(
    store: &Store,
    map: MapId,
    epoch: u64,
) -> Result<Stored, StoreError> {
    let (mut stored, mut after) = (Stored::default(), 0);
    if let Some(snapshot) = store.snapshot(map, epoch).await? {
        match Stored::begin(&snapshot.state) {
            Ok(begun) => (stored, after) = (begun, snapshot.seq),
            Err(error) => {
                tracing::error!(%map, %error, "the snapshot cannot be read; the log is replayed instead");
            }
        }
    }
    let rows = store.log_after(map, after, i64::MAX).await?;
    for it in rows.iter().filter(|it| it.row.epoch == epoch) {
        let corrupt = |_| StoreError::Corrupt(format!("place {} of the log", it.row.seq));
        stored.push(&it.row.body).map_err(corrupt)?;
    }
    if after == 0 && stored.backlog.n_tail() == (0, 0) {
        return Err(StoreError::Corrupt("a map without a log".to_owned()));
    }
    Ok(stored)
}
