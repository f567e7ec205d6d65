//! Practitioners' Groups.

use crate::base::id::GroupId;
use crate::base::invalid::Invalid;
use crate::base::text::{lines, one_line};
use crate::base::time::Timestamp;

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
