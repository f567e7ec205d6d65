//! A seat in a room, as somebody comes for it.

use std::sync::Weak;

use crate::base::id::ParticipantId;
use crate::sync::delivery::Outlet;
use crate::sync::presence::Persona;
use crate::sync::room::Right;

/// Who joins, and as what.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Whose edits these will be.
    pub participant: ParticipantId,
    /// What the others see.
    pub persona: Persona,
    /// What this connection may do.
    pub right: Right,
    /// Whether the client understands messages above 110.
    pub extended: bool,
    /// The history that the client has, where it says so.
    pub epoch: Option<u64>,
    /// Where news can be sent without waking the socket's task.
    pub outlet: Option<Weak<dyn Outlet>>,
}
