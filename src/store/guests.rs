//! Guests and hosts: who came by an invite, and who has an account.

use super::audit::{By, record};
use super::columns::id;
use super::error::StoreError;
use super::open::Store;
use crate::base::id::{MapId, ParticipantId, SessionId};

impl Store {
    /// Notes in the audit that somebody's changes in a map were taken back.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn note_rollback(
        &self,
        map: MapId,
        participant: ParticipantId,
        by: &By,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let target = format!("participant:{participant}");
        record(&mut tx, by, "map.rollback", &target, &format!("map:{map}")).await?;
        Ok(tx.commit().await?)
    }

    /// The participants of a session behind whom an account stands: not guests.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn hosts_of(&self, session: SessionId) -> Result<Vec<ParticipantId>, StoreError> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT participant FROM participant_account WHERE session = $1")
                .bind(session.to_string())
                .fetch_all(&self.read)
                .await?;
        rows.iter().map(|(participant,)| id(participant)).collect()
    }
}
