//! Participants: found again by what their device, their script or their account shows.

use sqlx::{Any, Transaction};

use super::audit::{Actor, By, record};
use super::columns::{id, word};
use super::error::StoreError;
use super::ideas::forget_hidden;
use super::open::Store;
use super::page::{Page, PageRequest};
use super::secret::{hash_of, random};
use crate::base::id::{InviteId, ParticipantId, SessionId, UserId};
use crate::base::time::Timestamp;
use crate::workshop::account::Account;
use crate::workshop::participant::Participant;
use crate::workshop::pseudonym;
use crate::workshop::role::MapRole;

/// After so many names that were taken something is wrong that another try does not mend.
const NAME_TRIES: u32 = 1000;
/// A device that took part in more sessions is asked to join again by its oldest links.
const SESSIONS_OF_A_DEVICE: i64 = 100;

macro_rules! columns {
    () => {
        "p.id, p.session, p.pseudonym, p.role, p.joined_at, p.removed_at, p.shut_out_at, p.erased_at"
    };
}
pub(super) use columns as participant_columns;

#[derive(sqlx::FromRow)]
pub(super) struct ParticipantRow {
    id: String,
    session: String,
    pseudonym: String,
    role: String,
    joined_at: i64,
    removed_at: Option<i64>,
    shut_out_at: Option<i64>,
    erased_at: Option<i64>,
}

impl TryFrom<ParticipantRow> for Participant {
    type Error = StoreError;

    fn try_from(row: ParticipantRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id(&row.id)?,
            session: id(&row.session)?,
            role: word(&row.role)?,
            pseudonym: row.pseudonym,
            joined_at: Timestamp(row.joined_at),
            removed_at: row.removed_at.map(Timestamp),
            shut_out_at: row.shut_out_at.map(Timestamp),
            erased_at: row.erased_at.map(Timestamp),
        })
    }
}

impl Store {
    /// The participant with this id.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn participant(&self, participant: ParticipantId) -> Result<Participant, StoreError> {
        let row: Option<ParticipantRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
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
            columns!(),
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
            columns!(),
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
            columns!(),
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
                columns!(),
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

    /// A pseudonym that nobody in the session has at this moment.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn free_pseudonym(&self, session: SessionId) -> Result<String, StoreError> {
        for round in 0..NAME_TRIES {
            let name = pseudonym::from_random(u64::from_be_bytes(random()), round);
            let (taken,): (i64,) = sqlx::query_as(
                "SELECT COUNT(*) FROM participant WHERE session = $1 AND pseudonym = $2",
            )
            .bind(session.to_string())
            .bind(&name)
            .fetch_one(&self.read)
            .await?;
            if taken == 0 {
                return Ok(name);
            }
        }
        Err(StoreError::Conflict("this session has no free pseudonym"))
    }
}

/// A participant as it is to be made.
pub(super) struct Newcomer<'a> {
    pub(super) session: SessionId,
    pub(super) role: MapRole,
    pub(super) name: Option<&'a str>,
    pub(super) device: Option<&'a str>,
    pub(super) notice: Option<&'a str>,
    pub(super) invite: Option<InviteId>,
}

impl Newcomer<'_> {
    /// Inserts it under the first name that is free; `None` when the device is there already.
    pub(super) async fn insert(
        &self,
        tx: &mut Transaction<'static, Any>,
        now: Timestamp,
    ) -> Result<Option<Participant>, StoreError> {
        for round in 0..NAME_TRIES {
            let name = match self.name {
                Some(name) => pseudonym::numbered(name, round + 1),
                None => pseudonym::from_random(u64::from_be_bytes(random()), round),
            };
            // A broken rule would end a Postgres transaction; this only inserts nothing.
            let row: Option<ParticipantRow> = sqlx::query_as(
                "INSERT INTO participant
                     (id, session, pseudonym, role, device_hash, notice, joined_at, invite)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
                 RETURNING id, session, pseudonym, role, joined_at, removed_at, shut_out_at,
                     erased_at",
            )
            .bind(ParticipantId::new().to_string())
            .bind(self.session.to_string())
            .bind(name)
            .bind(self.role.as_str())
            .bind(self.device.map(hash_of))
            .bind(self.notice)
            .bind(now.0)
            .bind(self.invite.map(|it| it.to_string()))
            .fetch_optional(&mut **tx)
            .await?;
            if let Some(row) = row {
                let participant = Participant::try_from(row)?;
                let by = By {
                    actor: Actor::Participant(participant.id),
                    at: now,
                };
                let target = format!("session:{}", self.session);
                record(tx, &by, "participant.join", &target, self.role.as_str()).await?;
                return Ok(Some(participant));
            }
            if self.device_is_known(tx).await? {
                return Ok(None);
            }
        }
        Err(StoreError::Conflict("this session has no free pseudonym"))
    }

    async fn device_is_known(
        &self,
        tx: &mut Transaction<'static, Any>,
    ) -> Result<bool, StoreError> {
        let Some(device) = self.device else {
            return Ok(false);
        };
        let (n,): (i64,) = sqlx::query_as(
            "SELECT COUNT(*) FROM participant WHERE session = $1 AND device_hash = $2",
        )
        .bind(self.session.to_string())
        .bind(hash_of(device))
        .fetch_one(&mut **tx)
        .await?;
        Ok(n != 0)
    }
}

fn all(rows: Vec<ParticipantRow>) -> Result<Vec<Participant>, StoreError> {
    rows.into_iter().map(Participant::try_from).collect()
}
