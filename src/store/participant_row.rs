//! A participant as the database has one.

use super::columns::{id, word};
use super::error::StoreError;
use crate::base::time::Timestamp;
use crate::workshop::participant::Participant;

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
