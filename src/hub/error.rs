//! Why a room cannot be reached.

use crate::base::turns::Crowded;
use crate::sync::protocol::CloseReason;

/// Why a room cannot be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HubError {
    /// There is no such map.
    #[error("there is no such map")]
    NotFound,
    /// The client knows another history of the map.
    #[error("the map was rebuilt under another epoch")]
    WrongEpoch,
    /// The store cannot be reached, the map cannot be read, or the server is shutting down.
    #[error("the map cannot be opened at the moment")]
    Unavailable,
    /// Reading a map as it was takes turns, and there was none in time.
    #[error(transparent)]
    Crowded(#[from] Crowded),
}

impl HubError {
    /// How a socket is closed for this.
    pub fn close_reason(self) -> CloseReason {
        match self {
            Self::NotFound => CloseReason::NotFound,
            Self::WrongEpoch => CloseReason::WrongEpoch,
            Self::Unavailable | Self::Crowded(_) => CloseReason::TryAgain,
        }
    }
}
