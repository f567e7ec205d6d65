//! A map's log as people read it: who changed it, and when.

use super::Store;
use super::columns::id;
use super::error::StoreError;
use super::page::{Page, PageRequest};
use crate::base::id::{MapId, ParticipantId};
use crate::base::time::Timestamp;

/// One accepted update, without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// Its place in the log.
    pub seq: u64,
    /// The history that it belongs to.
    pub epoch: u64,
    /// When it was accepted.
    pub at: Timestamp,
    /// Who made it; none for the server.
    pub participant: Option<ParticipantId>,
    /// Their pseudonym, while there is one.
    pub pseudonym: Option<String>,
    /// `genesis` or `edit`.
    pub kind: String,
    /// Bytes of the update; 0 once it is purged.
    pub bytes: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    epoch: i64,
    at: i64,
    participant: String,
    pseudonym: Option<String>,
    kind: String,
    bytes: i64,
}

impl Store {
    /// A map's updates, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] when the cursor is none of this list's.
    pub async fn history(
        &self,
        map: MapId,
        page: &PageRequest,
    ) -> Result<Page<HistoryRow>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT seq, epoch, at, update_log.participant AS participant, pseudonym, kind,
                 CAST(length(body) AS BIGINT) AS bytes
             FROM update_log LEFT JOIN participant ON participant.id = update_log.participant
             WHERE map = $1 AND (CAST($2 AS BIGINT) IS NULL OR seq < $2)
             ORDER BY seq DESC LIMIT $3",
        )
        .bind(map.to_string())
        .bind(page.after_number()?)
        .bind(page.fetch())
        .fetch_all(&self.read)
        .await?;
        let rows = rows.into_iter().map(|row| {
            Ok(HistoryRow {
                seq: row.seq.cast_unsigned(),
                epoch: row.epoch.cast_unsigned(),
                at: Timestamp(row.at),
                participant: match row.participant.as_str() {
                    "" => None,
                    text => Some(id(text)?),
                },
                pseudonym: row.pseudonym,
                kind: row.kind,
                bytes: row.bytes,
            })
        });
        let rows: Vec<HistoryRow> = rows.collect::<Result<_, StoreError>>()?;
        Ok(page.page(rows, |it| it.seq.to_string()))
    }
}
