//! A map's committed document, read from what is stored.

use crate::base::id::MapId;
use crate::store::{Store, StoreError};
use crate::sync::room::{Backlog, EMPTY_UPDATE};
use crate::sync::wire;

/// Snapshot and log, as they are handed to clients and built into a document.
///
/// A snapshot that cannot be read is passed over: the log is the map.
///
/// # Errors
///
/// [`StoreError`] when the database does not answer, [`StoreError::Corrupt`] when there is nothing
/// of this epoch.
pub(super) async fn read_document(
    store: &Store,
    map: MapId,
    epoch: u64,
) -> Result<Backlog, StoreError> {
    let snapshot = store.snapshot(map, epoch).await?;
    let readable = |state: &[u8]| wire::read(state, usize::MAX).is_ok();
    let (base, after) = match &snapshot {
        Some(snapshot) if readable(&snapshot.state) => (&snapshot.state[..], snapshot.seq),
        Some(_) => {
            tracing::error!(%map, "the snapshot cannot be read; the log is replayed instead");
            (EMPTY_UPDATE, 0)
        }
        None => (EMPTY_UPDATE, 0),
    };
    let rows = store.log_after(map, after, i64::MAX).await?;
    let rows = rows.iter().filter(|it| it.row.epoch == epoch);
    let backlog = Backlog::new(base, rows.map(|it| &it.row.body[..]));
    if after == 0 && backlog.n_tail() == (0, 0) {
        return Err(StoreError::Corrupt("a map without a log".to_owned()));
    }
    Ok(backlog)
}
