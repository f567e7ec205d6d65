//! A map's log as it is played again: a stretch of updates with their bodies.

use super::Store;
use super::error::StoreError;
use super::log::StoredRow;
use crate::base::id::MapId;

/// Updates of one stretch, at most.
const MAX_ROWS: u16 = 1000;
/// Bytes of bodies that end a stretch. An update that alone is larger goes alone.
const MAX_BYTES: i64 = 1 << 20;

/// A stretch of a map's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The rows, oldest first; all of the map's present history.
    pub rows: Vec<StoredRow>,
    /// Whether the log goes on behind them.
    pub more: bool,
}

impl Store {
    /// Updates of the map's present history after place `after`, `limit` at most, and no more than
    /// are sent at once.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] when there is no such map.
    pub async fn stretch(
        &self,
        map: MapId,
        after: u64,
        limit: Option<u16>,
    ) -> Result<Stretch, StoreError> {
        let epoch = self.map(map).await?.epoch;
        let limit = limit.unwrap_or(MAX_ROWS).clamp(1, MAX_ROWS);
        let sizes: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT seq, CAST(length(body) AS BIGINT) FROM update_log
             WHERE map = $1 AND seq > $2 AND epoch = $3 ORDER BY seq LIMIT $4",
        )
        .bind(map.to_string())
        .bind(after.cast_signed())
        .bind(epoch.cast_signed())
        .bind(i64::from(limit) + 1)
        .fetch_all(&self.read)
        .await?;
        let mut n_bytes = 0;
        let fits = sizes
            .iter()
            .take(usize::from(limit))
            .take_while(|(_, size)| {
                let is_first = n_bytes == 0;
                n_bytes += size;
                is_first || n_bytes <= MAX_BYTES
            });
        let fitting: Vec<i64> = fits.map(|it| it.0).collect();
        let (Some(first), Some(last)) = (fitting.first(), fitting.last()) else {
            return Ok(Stretch {
                rows: Vec::new(),
                more: false,
            });
        };
        let (before, last) = ((first - 1).cast_unsigned(), last.cast_unsigned());
        let mut rows = self.log_between(map, before, last).await?;
        // A purge in the meantime has emptied them.
        rows.retain(|it| it.row.epoch == epoch && !it.row.body.is_empty());
        Ok(Stretch {
            more: fitting.len() < sizes.len(),
            rows,
        })
    }
}
