//! Practitioners' Groups.

use super::text::{lines, one_line};
use crate::base::id::GroupId;
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;

/// A group that a new database begins with.
#[derive(Clone, Copy, Debug)]
pub struct FirstGroup {
    /// Its name.
    pub name: &'static str,
    /// What it is about.
    pub scope: &'static str,
    /// Where it comes from.
    pub origin: &'static str,
}

const fn first(name: &'static str, scope: &'static str, origin: &'static str) -> FirstGroup {
    FirstGroup {
        name,
        scope,
        origin,
    }
}

const ILEAD: &str = "i-LEAD";

/// The groups a new database begins with: the five of i-LEAD, one for prevention, and one across.
/// They are ordinary rows, to be changed or retired at will.
pub const FIRST_GROUPS: &[FirstGroup] = &[
    first(
        "Front Line Policing",
        "Patrol, public order, first response",
        ILEAD,
    ),
    first(
        "Cross Border Crime",
        "Trafficking, smuggling, joint operations",
        ILEAD,
    ),
    first("Cybercrime", "Crime against and through computers", ILEAD),
    first(
        "Crime & Intelligence",
        "Analysis, intelligence, open sources",
        ILEAD,
    ),
    first(
        "Forensics",
        "Traces, laboratories, digital forensics",
        ILEAD,
    ),
    first(
        "Prevention",
        "Guidance, treatment, training and support that stop harm before it happens",
        "",
    ),
    first("Cross-cutting", "What concerns several groups", ""),
];

const NAME_CHARS: usize = 120;
const TEXT_CHARS: usize = 2000;

/// Whether a group still meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupState {
    /// Open for new sessions.
    Active,
    /// Kept for what it did; not offered any more.
    Retired,
}

impl GroupState {
    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retired => "retired",
        }
    }
}

impl TryFrom<&str> for GroupState {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        match word {
            "active" => Ok(Self::Active),
            "retired" => Ok(Self::Retired),
            _ => Err(Invalid::new("state", "must be active or retired")),
        }
    }
}

/// A group as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub scope: String,
    /// Where it comes from: a project, a network.
    pub origin: String,
    /// Whether it still meets.
    pub state: GroupState,
    /// Counts its changes.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// A group as it is to be made.
#[derive(Clone, Debug)]
pub struct NewGroup {
    pub(crate) name: String,
    pub(crate) scope: String,
    pub(crate) origin: String,
}

impl NewGroup {
    /// A group with a name, and in a few words what it is about and where it comes from.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on the field that was refused.
    pub fn new(name: &str, scope: &str, origin: &str) -> Result<Self, Invalid> {
        Ok(Self {
            name: one_line("name", name, NAME_CHARS)?,
            scope: lines("scope", scope, TEXT_CHARS)?,
            origin: lines("origin", origin, TEXT_CHARS)?,
        })
    }
}

/// What a change to a group names; the rest stays.
#[derive(Clone, Debug, Default)]
pub struct GroupChange {
    pub(crate) name: Option<String>,
    pub(crate) scope: Option<String>,
    pub(crate) origin: Option<String>,
    pub(crate) state: Option<GroupState>,
}

impl GroupChange {
    /// The fields that are to change.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on the field that was refused.
    pub fn new(
        name: Option<&str>,
        scope: Option<&str>,
        origin: Option<&str>,
        state: Option<&str>,
    ) -> Result<Self, Invalid> {
        Ok(Self {
            name: name
                .map(|it| one_line("name", it, NAME_CHARS))
                .transpose()?,
            scope: scope.map(|it| lines("scope", it, TEXT_CHARS)).transpose()?,
            origin: origin
                .map(|it| lines("origin", it, TEXT_CHARS))
                .transpose()?,
            state: state.map(GroupState::try_from).transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_groups_are_valid_groups() {
        for it in FIRST_GROUPS {
            assert!(
                NewGroup::new(it.name, it.scope, it.origin).is_ok(),
                "{it:?}"
            );
        }
    }

    #[test]
    fn a_group_without_a_name_is_refused() {
        assert_eq!(NewGroup::new(" ", "", "").unwrap_err().field, "name");
        assert_eq!(
            GroupChange::new(None, None, None, Some("asleep"))
                .unwrap_err()
                .field,
            "state"
        );
    }
}
