//! Participants: found again by what their device, their script or their account shows.

use super::audit::{By, record};
use super::columns::id;
use super::error::StoreError;
use super::ideas::forget_hidden;
use super::newcomer::Newcomer;
use super::open::Store;
use super::page::{Page, PageRequest};
use super::participant_row::{ParticipantRow, participant_columns};
use super::secret::hash_of;
use crate::base::id::{ParticipantId, SessionId, UserId};
use crate::base::time::Timestamp;
use crate::workshop::account::Account;
use crate::workshop::participant::Participant;
use crate::workshop::role::MapRole;

/// A device that took part in more sessions is asked to join again by its oldest links.
const SESSIONS_OF_A_DEVICE: i64 = 100;

impl Store {
    /// The participant with this id.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn participant(&self, participant: ParticipantId) -> Result<Participant, StoreError> {
        let row: Option<ParticipantRow> = sqlx::query_as(concat!(
            "SELECT ",
            participant_columns!(),
            " FROM participant AS p WHERE p.id = $1"
        ))
        .bind(participant.to_string())
        .fetch_optional(&self.read)
        .await?;
        row.ok_or(StoreError::NotFound("participant"))?.try_into()
    }

    /// Who takes part in a session, newest first, those who were removed too.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn participants(
        &self,
        session: SessionId,
        page: &PageRequest,
    ) -> Result<Page<Participant>, StoreError> {
        let rows: Vec<ParticipantRow> = sqlx::query_as(concat!(
            "SELECT ",
            participant_columns!(),
            " FROM participant AS p
             WHERE p.session = $1 AND (CAST($2 AS TEXT) IS NULL OR p.id < $2)
               AND (CAST($3 AS TEXT) IS NULL OR lower(p.pseudonym) LIKE $3 ESCAPE '\\')
             ORDER BY p.id DESC LIMIT $4"
        ))
        .bind(session.to_string())
        .bind(page.after())
        .bind(page.like())
        .bind(page.fetch())
        .fetch_all(&self.read)
        .await?;
        let participants = all(rows)?;
        Ok(page.page(participants, |it| it.id.to_string()))
    }

    /// Whose token this is, and until when; `None` when it is nobody's, or no longer. The
    /// participant may have been removed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn participant_of_token(
        &self,
        shown: &str,
        now: Timestamp,
    ) -> Result<Option<(Participant, Timestamp)>, StoreError> {
        let found: Option<(String, i64)> = sqlx::query_as(
            "SELECT participant, expires_at FROM participant_token
             WHERE secret_hash = $1 AND expires_at > $2",
        )
        .bind(hash_of(shown))
        .bind(now.0)
        .fetch_optional(&self.read)
        .await?;
        let Some((participant, expires_at)) = found else {
            return Ok(None);
        };
        let participant = self.participant(id(&participant)?).await?;
        Ok(Some((participant, Timestamp(expires_at))))
    }

    /// Who a device is, in each session that it joined, the latest first. Any of them may have been
    /// removed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn participants_of_device(
        &self,
        shown: &str,
    ) -> Result<Vec<Participant>, StoreError> {
        let rows: Vec<ParticipantRow> = sqlx::query_as(concat!(
            "SELECT ",
            participant_columns!(),
            " FROM participant AS p WHERE p.device_hash = $1 ORDER BY p.id DESC LIMIT $2"
        ))
        .bind(hash_of(shown))
        .bind(SESSIONS_OF_A_DEVICE)
        .fetch_all(&self.read)
        .await?;
        all(rows)
    }

    /// Who a device is in this session. The participant may have been removed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn participant_of_device(
        &self,
        session: SessionId,
        shown: &str,
    ) -> Result<Option<Participant>, StoreError> {
        let row: Option<ParticipantRow> = sqlx::query_as(concat!(
            "SELECT ",
            participant_columns!(),
            " FROM participant AS p WHERE p.session = $1 AND p.device_hash = $2"
        ))
        .bind(session.to_string())
        .bind(hash_of(shown))
        .fetch_optional(&self.read)
        .await?;
        row.map(Participant::try_from).transpose()
    }

    /// Who an account is in this session. The first time it gets a pseudonym there, so that what it
    /// writes carries no more of a name than what others write. It may have been removed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`]; [`StoreError::Conflict`] when the session is not there.
    pub async fn participant_of_account(
        &self,
        session: SessionId,
        account: &Account,
        now: Timestamp,
    ) -> Result<Participant, StoreError> {
        loop {
            let row: Option<ParticipantRow> = sqlx::query_as(concat!(
                "SELECT ",
                participant_columns!(),
                " FROM participant_account AS pa JOIN participant AS p ON p.id = pa.participant
                 WHERE pa.session = $1 AND pa.account = $2"
            ))
            .bind(session.to_string())
            .bind(account.id.to_string())
            .fetch_optional(&self.read)
            .await?;
            if let Some(row) = row {
                // The account's role may have changed since; what it is now is what counts.
                let known = Participant::try_from(row)?;
                let role = account.role.on_maps();
                return Ok(Participant { role, ..known });
            }
            self.link_account(session, account.id, account.role.on_maps(), now)
                .await?;
        }
    }

    /// Makes a participant for an account, unless another request does so at the same moment.
    async fn link_account(
        &self,
        session: SessionId,
        account: UserId,
        role: MapRole,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let newcomer = Newcomer {
            session,
            role,
            name: None,
            device: None,
            notice: None,
            invite: None,
        };
        let Some(participant) = newcomer.insert(&mut tx, now).await? else {
            return Ok(());
        };
        let linked = sqlx::query(
            "INSERT INTO participant_account (participant, session, account)
             VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        )
        .bind(participant.id.to_string())
        .bind(session.to_string())
        .bind(account.to_string())
        .execute(&mut *tx)
        .await?;
        if linked.rows_affected() == 1 {
            tx.commit().await?;
        }
        Ok(())
    }

    /// Removes a participant for good: its tokens end, and its device cannot join again. What it
    /// wrote and nobody has seen yet goes with it.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn remove_participant(
        &self,
        participant: ParticipantId,
        by: &By,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let removed = sqlx::query(
            "UPDATE participant SET removed_at = COALESCE(removed_at, $2) WHERE id = $1",
        )
        .bind(participant.to_string())
        .bind(by.at.0)
        .execute(&mut *tx)
        .await?;
        if removed.rows_affected() == 0 {
            return Err(StoreError::NotFound("participant"));
        }
        sqlx::query("DELETE FROM participant_token WHERE participant = $1")
            .bind(participant.to_string())
            .execute(&mut *tx)
            .await?;
        forget_hidden(&mut tx, participant).await?;
        let target = format!("participant:{participant}");
        record(&mut tx, by, "participant.remove", &target, "").await?;
        Ok(tx.commit().await?)
    }
}

fn all(rows: Vec<ParticipantRow>) -> Result<Vec<Participant>, StoreError> {
    rows.into_iter().map(Participant::try_from).collect()
}
