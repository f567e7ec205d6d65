//! A participant: a pseudonym in one session.

use super::role::MapRole;
use crate::base::id::{ParticipantId, SessionId};
use crate::base::time::Timestamp;

/// So many guests take part in a session, and no more: many times what a hall holds, and little
/// enough that nobody who has a stray link can fill a database with people.
pub const MOST_GUESTS: i64 = 5000;

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
    /// When the invite that it came by was taken back from under it: it may join by another.
    pub shut_out_at: Option<Timestamp>,
    /// When all that could say who it is was deleted; it is removed since then, too.
    pub erased_at: Option<Timestamp>,
}

impl Participant {
    /// Why it may not come in, in words for whoever asks; `None` while it may.
    pub fn barred(&self) -> Option<&'static str> {
        if self.removed_at.is_some() {
            Some("you were removed from this session")
        } else if self.shut_out_at.is_some() {
            Some("the link you came by was revoked: join again by another")
        } else {
            None
        }
    }
}
