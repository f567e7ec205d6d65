//! What reaches a room from other servers.

use super::wire::{Answer, Ask, Told};
use crate::base::id::ServerId;
use crate::broker::{Reply, Unanswered};

/// What reaches a room from other servers.
#[derive(Debug)]
pub(in crate::hub) enum Among {
    /// Said to all who have the map open.
    Told(Told),
    /// Asked of this server.
    Asked(Ask, Reply),
    /// What the owner answered to the edits that were forwarded.
    Answered(Result<Answer, Unanswered>),
    /// A server is there no more.
    Gone(ServerId),
    /// Others may have taken what this server had.
    LeaseWasOver,
    /// Messages may have been lost.
    Look,
}
