//! Who asks: from what a request shows to somebody with rights.

mod credential;
mod entry;
mod oidc;
mod rights;

pub use credential::Credential;
pub(super) use credential::{DEVICE_COOKIE, USER_COOKIE, bearer};
pub use entry::{Entry, enter};
pub(super) use entry::{Visitor, right_of, taking_part};
pub use oidc::Oidc;
pub(super) use oidc::{Claimed, Flow, NotSignedIn};
pub(super) use rights::{
    Import, ListSessions, ManageGroups, ManageInvites, ManageMaps, ManageOwnTokens,
    ManageParticipants, ManageSessions, ManageTags, ManageTemplates, ManageUsers, May, ReadAudit,
    ReadCatalogue, ReadGroups, ReadParticipants, ReadReports, ReviewCatalogue, RunSession,
    SetOwnPassword, WriteCatalogue, WriteReports,
};
