//! What a facilitator shows everybody for the moment.

use crate::base::id::ParticipantId;
use crate::sync::state::Call;

/// What a facilitator shows everybody for the moment. Nothing of it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Show {
    /// Calls everybody to a node, or to the map as a whole.
    Call(Option<String>),
    /// Has everybody follow a participant, who must be in the room, until they leave.
    Follow(ParticipantId),
    /// Has nobody followed.
    FollowNobody,
}

/// What is shown for the moment.
#[derive(Debug, Default)]
pub(super) struct Ephemeral {
    pub(super) call: Option<Call>,
    pub(super) follow: Option<ParticipantId>,
}

impl Ephemeral {
    /// Whether nothing is shown.
    pub(super) fn is_nothing(&self) -> bool {
        self.call.is_none() && self.follow.is_none()
    }
}
