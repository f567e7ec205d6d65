//! A round that neither ends nor changes while something is done in it.

use sqlx::{Any, Transaction};

use super::columns::word;
use super::error::StoreError;
use crate::base::id::{ParticipantId, RoundId};
use crate::workshop::round::{Method, RoundState};
use crate::workshop::session::SessionState;

/// A round whose row is held: it neither ends nor changes before the transaction does.
pub(super) struct Held {
    pub(super) state: RoundState,
    pub(super) method: Method,
    pub(super) votes: Option<i64>,
    pub(super) session: SessionState,
    pub(super) is_paused: bool,
    pub(super) revealed_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct HeldRow {
    session: String,
    state: String,
    method: String,
    votes: Option<i64>,
    revealed_at: Option<i64>,
}

impl Held {
    /// Refuses what is done in a round of `method` while that is not on.
    pub(super) fn must_be_on(&self, method: Method) -> Result<(), StoreError> {
        let is_on = self.state == RoundState::Running && self.method == method;
        if !is_on || !matches!(self.session, SessionState::Live | SessionState::Paused) {
            return Err(StoreError::Conflict("this is for a round that is not on"));
        }
        if self.session == SessionState::Paused || self.is_paused {
            return Err(StoreError::Conflict("the round is paused"));
        }
        Ok(())
    }
}

/// Holds a round's row, by writing what is there: a plain read would hold nothing.
pub(super) async fn hold(
    tx: &mut Transaction<'static, Any>,
    round: RoundId,
) -> Result<Held, StoreError> {
    let row: Option<HeldRow> = sqlx::query_as(
        "UPDATE session_round SET state = state WHERE id = $1
         RETURNING session, state, method, votes, revealed_at",
    )
    .bind(round.to_string())
    .fetch_optional(&mut **tx)
    .await?;
    let row = row.ok_or(StoreError::NotFound("round"))?;
    let (session, left): (String, Option<i64>) =
        sqlx::query_as("SELECT state, round_left FROM session WHERE id = $1")
            .bind(&row.session)
            .fetch_one(&mut **tx)
            .await?;
    Ok(Held {
        state: word(&row.state)?,
        method: word(&row.method)?,
        votes: row.votes,
        session: word(&session)?,
        is_paused: left.is_some(),
        revealed_at: row.revealed_at,
    })
}

/// Holds the row of somebody who does something in a round, after the round's: who is removed
/// meanwhile leaves nothing behind that their removal has not seen.
///
/// # Errors
///
/// [`StoreError::Conflict`] when they take part no longer.
pub(super) async fn hold_participant(
    tx: &mut Transaction<'static, Any>,
    participant: ParticipantId,
) -> Result<(), StoreError> {
    let held = sqlx::query(
        "UPDATE participant SET role = role
         WHERE id = $1 AND removed_at IS NULL AND shut_out_at IS NULL",
    )
    .bind(participant.to_string())
    .execute(&mut **tx)
    .await?;
    if held.rows_affected() == 0 {
        return Err(StoreError::Conflict("who was removed takes part no longer"));
    }
    Ok(())
}
