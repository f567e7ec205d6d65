//! A participant: a pseudonym in one session.

use super::role::MapRole;
use crate::base::id::{ParticipantId, SessionId};
use crate::base::time::Timestamp;

/// A participant as it stands. Nothing here says who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Its id.
    pub id: ParticipantId,
    /// Where it takes part.
    pub session: SessionId,
    /// What others see; no other participant of the session has it.
    pub pseudonym: String,
    /// What it may do on the session's maps while the session is live.
    pub role: MapRole,
    /// When it came.
    pub joined_at: Timestamp,
    /// When it was shown the door.
    pub removed_at: Option<Timestamp>,
}
