//! Participants as they are made: under a name that nobody else in the session has.

use std::collections::HashSet;

use sqlx::{Any, AnyConnection, Transaction};

use super::audit::{By, record};
use super::error::StoreError;
use super::open::Store;
use super::participant_row::ParticipantRow;
use super::secret::{hash_of, random};
use crate::base::id::{InviteId, ParticipantId, SessionId};
use crate::base::text::likeness;
use crate::base::time::Timestamp;
use crate::workshop::participant::{MOST_GUESTS, Participant};
use crate::workshop::pseudonym::Wish;
use crate::workshop::role::MapRole;

/// How often a name may be taken by somebody else between being found free and being used. SQLite
/// has one writer, so never; on Postgres no more can join at once than it has connections.
const RACES: u32 = 20;

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
    /// Inserts it under the name that it wishes for, or else the next best that is free: a few
    /// statements, however many take part. `None` when the device is there already.
    pub(super) async fn insert(
        &self,
        tx: &mut Transaction<'static, Any>,
        now: Timestamp,
    ) -> Result<Option<Participant>, StoreError> {
        // Whoever has an account comes in all the same: it is they who can make room.
        if self.invite.is_some() {
            there_is_room(tx, self.session).await?;
        }
        let wish = match self.name {
            Some(name) => Wish::Chosen(name.to_owned()),
            None => Wish::from_random(u64::from_be_bytes(random())),
        };
        let mut name = wish.first();
        for _ in 0..RACES {
            if let Some(row) = self.insert_as(&name, tx, now).await? {
                let participant = Participant::try_from(row)?;
                let by = By::participant(participant.id, now);
                let target = format!("session:{}", self.session);
                record(tx, &by, "participant.join", &target, self.role.as_str()).await?;
                return Ok(Some(participant));
            }
            if self.device_is_known(tx).await? {
                return Ok(None);
            }
            name = wish.next_best(&taken(tx, self.session, &wish).await?);
        }
        Err(StoreError::Conflict(
            "many are joining at this moment: try again",
        ))
    }

    async fn insert_as(
        &self,
        name: &str,
        tx: &mut Transaction<'static, Any>,
        now: Timestamp,
    ) -> Result<Option<ParticipantRow>, StoreError> {
        // A broken rule would end a Postgres transaction; this only inserts nothing.
        let row = sqlx::query_as(
            "INSERT INTO participant
                 (id, session, pseudonym, role, device_hash, notice, joined_at, invite, likeness)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
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
        .bind(likeness(name))
        .fetch_optional(&mut **tx)
        .await?;
        Ok(row)
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

impl Store {
    /// A pseudonym that nobody in the session has at this moment.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn free_pseudonym(&self, session: SessionId) -> Result<String, StoreError> {
        let wish = Wish::from_random(u64::from_be_bytes(random()));
        let mut on = self.read.acquire().await?;
        let taken = taken(&mut on, session, &wish).await?;
        let first = wish.first();
        if taken.contains(&likeness(&first)) {
            return Ok(wish.next_best(&taken));
        }
        Ok(first)
    }
}

/// Refuses one more guest where the session has as many as it takes. Those who were removed or shut
/// out do not count, so that there is a way out of a session that a stray link has filled.
async fn there_is_room(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
) -> Result<(), StoreError> {
    let (n,): (i64,) = sqlx::query_as(
        "SELECT COUNT(*) FROM participant
         WHERE session = $1 AND removed_at IS NULL AND shut_out_at IS NULL",
    )
    .bind(session.to_string())
    .fetch_one(&mut **tx)
    .await?;
    if n < MOST_GUESTS {
        return Ok(());
    }
    Err(StoreError::Conflict(
        "this session is full: ask its facilitator to remove some who take part",
    ))
}

/// What the names look like that are taken, of those that may take the place of this one. Of some that
/// were there before, the table does not say what they look like.
async fn taken(
    on: &mut AnyConnection,
    session: SessionId,
    wish: &Wish,
) -> Result<HashSet<String>, StoreError> {
    let rows: Vec<(String,)> = sqlx::query_as(
        "SELECT pseudonym FROM participant
         WHERE session = $1 AND (substr(likeness, 1, length(CAST($2 AS TEXT))) = $2
             OR substr(pseudonym, 1, length(CAST($3 AS TEXT))) = $3)",
    )
    .bind(session.to_string())
    .bind(wish.stem_likeness())
    .bind(wish.stem())
    .fetch_all(on)
    .await?;
    Ok(rows.into_iter().map(|(name,)| likeness(&name)).collect())
}
