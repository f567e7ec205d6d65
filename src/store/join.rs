//! Joining: from the code on the wall to a participant with a token.

use std::time::Duration;

use sqlx::{Any, Transaction};

use super::audit::{By, record};
use super::columns::word;
use super::error::StoreError;
use super::invites::take_a_place;
use super::newcomer::Newcomer;
use super::open::Store;
use super::participant_row::{ParticipantRow, participant_columns};
use super::secret::{Secret, hash_of};
use crate::base::id::{ParticipantId, SessionId};
use crate::base::time::Timestamp;
use crate::workshop::invite::{Code, Invite};
use crate::workshop::participant::Participant;
use crate::workshop::session::{Door, SessionState};

/// How long a participant's token is good for.
const TOKEN_LIFETIME: Duration = Duration::from_secs(30 * 24 * 3600);

/// Somebody at the door.
#[derive(Clone, Debug)]
pub struct Join<'a> {
    /// The code they typed.
    pub code: &'a Code,
    /// The secret of the device they come with: the same device is the same participant.
    pub device: &'a str,
    /// The name they chose; a pseudonym is made up for those who chose none.
    pub name: Option<&'a str>,
    /// The version of the notice that they were shown.
    pub notice: &'a str,
}

impl Store {
    /// Lets somebody in: a new participant, or the one that the device already is. The token opens
    /// the session's maps to clients that keep no cookie.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] for a code that never was; [`StoreError::Gone`] for one that was
    /// revoked, has expired or is used up, for a device that was removed, and for a new one when the
    /// session is over; [`StoreError::Conflict`] before the session begins, and when it is full.
    pub async fn join(
        &self,
        join: &Join<'_>,
        now: Timestamp,
    ) -> Result<(Participant, Secret), StoreError> {
        let invite = self.invite_by_code(join.code).await?;
        let mut tx = self.begin().await?;
        let state = state_of(&mut tx, invite.session).await?;
        let known = on_device(&mut tx, invite.session, join.device).await?;
        let is_known = known.as_ref().is_some_and(|it| it.barred().is_none());
        check_door(state, is_known)?;
        let participant = match known {
            Some(known) => welcome_back(&mut tx, &invite, known, now).await?,
            None => welcome(&mut tx, &invite, join, now).await?,
        };
        let token = give_token(&mut tx, &participant, now).await?;
        tx.commit().await?;
        Ok((participant, token))
    }
}

impl Store {
    /// Parts a participant from its device and its tokens. It stays, with what it wrote and with
    /// what is not revealed of that yet.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn leave(&self, participant: ParticipantId, by: &By) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let session: Option<(String,)> = sqlx::query_as(
            "UPDATE participant SET device_hash = NULL WHERE id = $1 RETURNING session",
        )
        .bind(participant.to_string())
        .fetch_optional(&mut *tx)
        .await?;
        let (session,) = session.ok_or(StoreError::NotFound("participant"))?;
        sqlx::query("DELETE FROM participant_token WHERE participant = $1")
            .bind(participant.to_string())
            .execute(&mut *tx)
            .await?;
        let target = format!("session:{session}");
        record(&mut tx, by, "participant.leave", &target, "").await?;
        Ok(tx.commit().await?)
    }
}

/// Counts a place and makes a participant.
async fn welcome(
    tx: &mut Transaction<'static, Any>,
    invite: &Invite,
    join: &Join<'_>,
    now: Timestamp,
) -> Result<Participant, StoreError> {
    if !take_a_place(tx, invite.id, now).await? {
        let why = invite.closed(now).unwrap_or("is used up");
        return Err(StoreError::Gone {
            what: "invite",
            why,
        });
    }
    let newcomer = Newcomer {
        session: invite.session,
        role: invite.role,
        name: join.name,
        device: Some(join.device),
        notice: Some(join.notice),
        invite: Some(invite.id),
    };
    let participant = newcomer.insert(tx, now).await?;
    // On Postgres the same device may have come in by another request since we looked.
    participant.ok_or(StoreError::Conflict(
        "this device is just joining: try again",
    ))
}

/// The participant that the device already is, with the better of its two roles. Coming back
/// counts as a use only when it gains something by it. Who was shut out begins anew with the role
/// of the invite.
async fn welcome_back(
    tx: &mut Transaction<'static, Any>,
    invite: &Invite,
    known: Participant,
    now: Timestamp,
) -> Result<Participant, StoreError> {
    if known.removed_at.is_some() {
        return Err(StoreError::Gone {
            what: "participant",
            why: "was removed from the session",
        });
    }
    if known.shut_out_at.is_none() && invite.role <= known.role {
        let why = invite.closed(now).filter(|why| *why != "is used up");
        return match why {
            Some(why) => Err(StoreError::Gone {
                what: "invite",
                why,
            }),
            None => Ok(known),
        };
    }
    if !take_a_place(tx, invite.id, now).await? {
        let why = invite.closed(now).unwrap_or("is used up");
        return Err(StoreError::Gone {
            what: "invite",
            why,
        });
    }
    sqlx::query("UPDATE participant SET role = $2, invite = $3, shut_out_at = NULL WHERE id = $1")
        .bind(known.id.to_string())
        .bind(invite.role.as_str())
        .bind(invite.id.to_string())
        .execute(&mut **tx)
        .await?;
    let by = By::participant(known.id, now);
    let target = format!("session:{}", invite.session);
    record(tx, &by, "participant.role", &target, invite.role.as_str()).await?;
    Ok(Participant {
        role: invite.role,
        shut_out_at: None,
        ..known
    })
}

async fn state_of(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
) -> Result<SessionState, StoreError> {
    let row: Option<(String,)> = sqlx::query_as("SELECT state FROM session WHERE id = $1")
        .bind(session.to_string())
        .fetch_optional(&mut **tx)
        .await?;
    let (state,) = row.ok_or(StoreError::NotFound("session"))?;
    word(&state)
}

fn check_door(state: SessionState, is_known: bool) -> Result<(), StoreError> {
    match state.door(is_known) {
        Door::Open => Ok(()),
        Door::NotYet => Err(StoreError::Conflict("the session has not begun yet")),
        Door::Over => Err(StoreError::Gone {
            what: "session",
            why: "is over",
        }),
    }
}

async fn on_device(
    tx: &mut Transaction<'static, Any>,
    session: SessionId,
    device: &str,
) -> Result<Option<Participant>, StoreError> {
    let row: Option<ParticipantRow> = sqlx::query_as(concat!(
        "SELECT ",
        participant_columns!(),
        " FROM participant AS p WHERE p.session = $1 AND p.device_hash = $2"
    ))
    .bind(session.to_string())
    .bind(hash_of(device))
    .fetch_optional(&mut **tx)
    .await?;
    row.map(Participant::try_from).transpose()
}

async fn give_token(
    tx: &mut Transaction<'static, Any>,
    participant: &Participant,
    now: Timestamp,
) -> Result<Secret, StoreError> {
    let token = Secret::fresh("gapmap_participant_");
    sqlx::query("DELETE FROM participant_token WHERE participant = $1 AND expires_at <= $2")
        .bind(participant.id.to_string())
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "INSERT INTO participant_token (secret_hash, participant, created_at, expires_at)
         VALUES ($1, $2, $3, $4)",
    )
    .bind(hash_of(token.expose()))
    .bind(participant.id.to_string())
    .bind(now.0)
    .bind(now.after(TOKEN_LIFETIME).0)
    .execute(&mut **tx)
    .await?;
    Ok(token)
}
