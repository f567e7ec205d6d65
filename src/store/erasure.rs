//! Erasure of a participant: what they wrote stays, as the words of nobody.

use super::Store;
use super::audit::{By, record};
use super::error::StoreError;
use super::sweep::{Swept, owe};
use crate::base::id::ParticipantId;
use crate::base::text::likeness;
use crate::workshop::participant::Participant;
use crate::workshop::pseudonym;

/// More than this no session has: the participant was deleted meanwhile.
const MOST: u32 = 10_000;

impl Store {
    /// Deletes all that could say who a participant is: the link to an account, the device, the
    /// tokens and the name, which a neutral one replaces. It is removed, too. Whoever it was may
    /// join again, as somebody else. Erasing twice is erasing once.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn erase_participant(
        &self,
        participant: ParticipantId,
        by: &By,
    ) -> Result<Participant, StoreError> {
        let erased = self.participant(participant).await?;
        if erased.erased_at.is_some() {
            return Ok(erased);
        }
        let mut tx = self.begin().await?;
        for sql in [
            "DELETE FROM participant_account WHERE participant = $1",
            "DELETE FROM participant_token WHERE participant = $1",
        ] {
            sqlx::query(sql)
                .bind(participant.to_string())
                .execute(&mut *tx)
                .await?;
        }
        let mut n = 0;
        loop {
            n += 1;
            if MOST < n {
                return Err(StoreError::NotFound("participant"));
            }
            // Whoever chose such a name keeps it: the next number is taken.
            let name = pseudonym::erased(n);
            let renamed = sqlx::query(
                "UPDATE participant
                 SET pseudonym = $2, likeness = $5, device_hash = NULL, invite = NULL, notice = NULL,
                     erased_at = $4, removed_at = COALESCE(removed_at, $4)
                 WHERE id = $1 AND NOT EXISTS (
                     SELECT 1 FROM participant
                     WHERE session = $3 AND (pseudonym = $2 OR likeness = $5))",
            )
            .bind(participant.to_string())
            .bind(&name)
            .bind(erased.session.to_string())
            .bind(by.at.0)
            .bind(likeness(&name))
            .execute(&mut *tx)
            .await?;
            if renamed.rows_affected() == 1 {
                break;
            }
        }
        let owed = owe(&mut tx).await?;
        let target = format!("participant:{participant}");
        record(&mut tx, by, "participant.erase", &target, "").await?;
        tx.commit().await?;
        if !self.sweep(Swept::People, owed).await {
            tracing::error!(%participant, "the database's files may still hold what was erased");
        }
        self.participant(participant).await
    }
}
