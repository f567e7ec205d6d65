//! Who may do what: one table, and nothing else decides.

use crate::base::invalid::Invalid;

/// What an account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Accounts, audit, and everything a facilitator may.
    Admin,
    /// Prepares and runs sessions.
    Facilitator,
    /// Keeps the catalogue; reads and writes maps.
    Analyst,
    /// Reads and approves.
    Reviewer,
}

impl Role {
    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Facilitator => "facilitator",
            Self::Analyst => "analyst",
            Self::Reviewer => "reviewer",
        }
    }

    /// What this role amounts to on a map.
    pub fn on_maps(self) -> MapRole {
        let who = Who::Account(self);
        if may(who, Act::WriteLockedMap) {
            MapRole::Facilitator
        } else if may(who, Act::WriteMap) {
            MapRole::Editor
        } else {
            MapRole::Viewer
        }
    }
}

impl TryFrom<&str> for Role {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        match word {
            "admin" => Ok(Self::Admin),
            "facilitator" => Ok(Self::Facilitator),
            "analyst" => Ok(Self::Analyst),
            "reviewer" => Ok(Self::Reviewer),
            _ => Err(Invalid::new(
                "role",
                "must be admin, facilitator, analyst or reviewer",
            )),
        }
    }
}

/// What a participant may do on the maps of a session. Later ones may all that earlier ones may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MapRole {
    /// Reads.
    Viewer,
    /// Reads and writes.
    Editor,
    /// Writes also where the map is locked for the others.
    Facilitator,
}

impl MapRole {
    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Facilitator => "facilitator",
        }
    }
}

impl TryFrom<&str> for MapRole {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        match word {
            "viewer" => Ok(Self::Viewer),
            "editor" => Ok(Self::Editor),
            "facilitator" => Ok(Self::Facilitator),
            _ => Err(Invalid::new("role", "must be editor or viewer")),
        }
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Somebody with an account.
    Account(Role),
    /// A participant, in the session they take part in; nothing outside it.
    Participant(MapRole),
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// See, make, change and disable accounts.
    ManageUsers,
    /// See, make and revoke API tokens for one's own account.
    ManageOwnTokens,
    /// Set one's own password.
    SetOwnPassword,
    /// Read who did what.
    ReadAudit,
    /// See the groups.
    ReadGroups,
    /// Make and change groups.
    ManageGroups,
    /// See the list of all sessions.
    ListSessions,
    /// See one session and the list of its maps.
    ReadSession,
    /// Make and change sessions.
    ManageSessions,
    /// See, make and revoke invites.
    ManageInvites,
    /// See who takes part, by pseudonym.
    ReadParticipants,
    /// Remove participants.
    ManageParticipants,
    /// Make maps, rename them, lock and archive them.
    ManageMaps,
    /// Read a map, and be present in it.
    ReadMap,
    /// Read who wrote what in a map, and when.
    ReadHistory,
    /// Run a session: begin and end its rounds, lock branches, call everybody, take back what
    /// somebody did.
    RunSession,
    /// See, save and delete templates.
    ManageTemplates,
    /// See the catalogue: gaps, solutions, fits, evidence, coverage.
    ReadCatalogue,
    /// Make records of the catalogue, change and merge them.
    WriteCatalogue,
    /// Judge records of the catalogue: accept, reject, recommend; score fits.
    ReviewCatalogue,
    /// Bring records in from files.
    Import,
    /// Make, change and delete tags.
    ManageTags,
    /// See reports, and take their files.
    ReadReports,
    /// Make reports, change them, send them to review, publish them.
    WriteReports,
    /// Approve reports that somebody else made, or send them back.
    ApproveReports,
    /// Ask for suggestions, see cards, make a gap of a node.
    Propose,
    /// Write ideas alone, and give votes.
    TakePart,
    /// Take part no longer; an account signs out instead.
    Leave,
    /// Write into a map.
    WriteMap,
    /// Write into a map that is locked.
    WriteLockedMap,
}

impl Act {
    /// Whether an account does this only where somebody has signed in to it. An API token is not
    /// enough: whoever got hold of one could make it last for good.
    pub fn needs_sign_in(self) -> bool {
        matches!(self, Self::ManageOwnTokens | Self::SetOwnPassword)
    }
}

const ADMIN: Who = Who::Account(Role::Admin);
const FACILITATOR: Who = Who::Account(Role::Facilitator);
const ANALYST: Who = Who::Account(Role::Analyst);
const REVIEWER: Who = Who::Account(Role::Reviewer);
const LEADING: Who = Who::Participant(MapRole::Facilitator);
const EDITING: Who = Who::Participant(MapRole::Editor);
const VIEWING: Who = Who::Participant(MapRole::Viewer);

/// The table. An act that is not here, or a row that does not name who asks, is refused.
const TABLE: &[(Act, &[Who])] = &[
    (Act::ManageUsers, &[ADMIN]),
    (Act::ReadAudit, &[ADMIN]),
    (
        Act::ManageOwnTokens,
        &[ADMIN, FACILITATOR, ANALYST, REVIEWER],
    ),
    (
        Act::SetOwnPassword,
        &[ADMIN, FACILITATOR, ANALYST, REVIEWER],
    ),
    (Act::ReadGroups, &[ADMIN, FACILITATOR, ANALYST, REVIEWER]),
    (Act::ManageGroups, &[ADMIN, FACILITATOR]),
    (Act::ListSessions, &[ADMIN, FACILITATOR, ANALYST, REVIEWER]),
    (
        Act::ReadSession,
        &[
            ADMIN,
            FACILITATOR,
            ANALYST,
            REVIEWER,
            LEADING,
            EDITING,
            VIEWING,
        ],
    ),
    (Act::ManageSessions, &[ADMIN, FACILITATOR]),
    (Act::ManageInvites, &[ADMIN, FACILITATOR]),
    (Act::ReadParticipants, &[ADMIN, FACILITATOR]),
    (Act::ManageParticipants, &[ADMIN, FACILITATOR]),
    (Act::ManageMaps, &[ADMIN, FACILITATOR]),
    (
        Act::ReadMap,
        &[
            ADMIN,
            FACILITATOR,
            ANALYST,
            REVIEWER,
            LEADING,
            EDITING,
            VIEWING,
        ],
    ),
    (
        Act::ReadHistory,
        &[
            ADMIN,
            FACILITATOR,
            ANALYST,
            REVIEWER,
            LEADING,
            EDITING,
            VIEWING,
        ],
    ),
    (Act::RunSession, &[ADMIN, FACILITATOR]),
    (Act::ManageTemplates, &[ADMIN, FACILITATOR]),
    (Act::ReadCatalogue, &[ADMIN, FACILITATOR, ANALYST, REVIEWER]),
    (Act::WriteCatalogue, &[ADMIN, ANALYST]),
    (Act::ReviewCatalogue, &[ADMIN, ANALYST, REVIEWER]),
    (Act::Import, &[ADMIN, ANALYST]),
    (Act::ManageTags, &[ADMIN, ANALYST]),
    (Act::ReadReports, &[ADMIN, FACILITATOR, ANALYST, REVIEWER]),
    (Act::WriteReports, &[ADMIN, ANALYST]),
    (Act::ApproveReports, &[ADMIN, ANALYST, REVIEWER]),
    (
        Act::Propose,
        &[ADMIN, FACILITATOR, ANALYST, LEADING, EDITING],
    ),
    (
        Act::TakePart,
        &[ADMIN, FACILITATOR, ANALYST, LEADING, EDITING],
    ),
    (Act::Leave, &[LEADING, EDITING, VIEWING]),
    (
        Act::WriteMap,
        &[ADMIN, FACILITATOR, ANALYST, LEADING, EDITING],
    ),
    (Act::WriteLockedMap, &[ADMIN, FACILITATOR, LEADING]),
];

/// Whether `who` may do it.
pub fn may(who: Who, act: Act) -> bool {
    TABLE
        .iter()
        .any(|(listed, those)| *listed == act && those.contains(&who))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_participant_has_nothing_but_maps() {
        for who in [LEADING, EDITING, VIEWING] {
            assert!(may(who, Act::ReadMap));
            for act in [
                Act::ListSessions,
                Act::ManageInvites,
                Act::ReadParticipants,
                Act::ReadAudit,
                Act::ReadCatalogue,
                Act::WriteCatalogue,
                Act::ReadReports,
            ] {
                assert!(!may(who, act), "{who:?} {act:?}");
            }
        }
    }

    #[test]
    fn only_an_administrator_sees_accounts_and_audit() {
        for act in [Act::ManageUsers, Act::ReadAudit] {
            assert!(may(ADMIN, act));
            for who in [FACILITATOR, ANALYST, REVIEWER, LEADING] {
                assert!(!may(who, act), "{who:?} {act:?}");
            }
        }
    }

    #[test]
    fn a_reviewer_judges_the_catalogue_and_writes_nothing() {
        assert!(may(REVIEWER, Act::ReviewCatalogue));
        assert!(!may(REVIEWER, Act::WriteCatalogue));
        assert!(!may(REVIEWER, Act::Propose));
        assert!(may(REVIEWER, Act::ApproveReports) && !may(REVIEWER, Act::WriteReports));
        assert!(!may(FACILITATOR, Act::WriteCatalogue));
        assert!(may(FACILITATOR, Act::Propose));
    }

    #[test]
    fn a_role_on_maps_follows_from_the_table() {
        assert_eq!(Role::Facilitator.on_maps(), MapRole::Facilitator);
        assert_eq!(Role::Analyst.on_maps(), MapRole::Editor);
        assert_eq!(Role::Reviewer.on_maps(), MapRole::Viewer);
        assert!(!may(VIEWING, Act::WriteMap));
        assert!(!may(VIEWING, Act::TakePart));
        assert!(!may(EDITING, Act::WriteLockedMap));
    }

    #[test]
    fn a_word_reads_back_as_its_role() {
        for role in [
            Role::Admin,
            Role::Facilitator,
            Role::Analyst,
            Role::Reviewer,
        ] {
            assert_eq!(Role::try_from(role.as_str()), Ok(role));
        }
        assert!(Role::try_from("root").is_err());
    }
}
