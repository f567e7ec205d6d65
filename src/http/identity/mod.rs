//! Who asks: from what a request shows to somebody with rights.

mod credential;
mod entry;
mod rights;

pub use credential::Credential;
pub(super) use credential::{DEVICE_COOKIE, USER_COOKIE};
pub use entry::{Entry, enter};
pub(super) use entry::{Visitor, taking_part};
pub(super) use rights::{
    ListSessions, ManageGroups, ManageInvites, ManageMaps, ManageOwnTokens, ManageParticipants,
    ManageSessions, ManageTemplates, ManageUsers, May, ReadAudit, ReadGroups, ReadParticipants,
    RunSession,
};
