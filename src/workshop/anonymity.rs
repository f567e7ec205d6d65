//! Who is told which participant it was: one decision, asked wherever an answer would name one, by
//! pseudonym or by id.
//!
//! An id is as good as a name: it is the same in every answer, and sorts by when its bearer joined.
//! What cannot keep it back is the document itself, where clients need it to know what is their
//! own, and presence: there it stands without a name.

use super::role::MapRole;
use crate::base::invalid::Invalid;

/// To whom a session shows names. Everybody sees their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anonymity {
    /// To everybody who takes part.
    #[default]
    All,
    /// To facilitators.
    Facilitators,
    /// To nobody.
    None,
}

impl Anonymity {
    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Facilitators => "facilitators",
            Self::None => "none",
        }
    }

    /// Whether somebody with this role is told which participant it was; of oneself, always.
    pub fn tells(self, role: MapRole, is_oneself: bool) -> bool {
        is_oneself || self.shows_names_to(role)
    }

    /// Whether somebody with this role sees the names of others.
    pub fn shows_names_to(self, role: MapRole) -> bool {
        match self {
            Self::All => true,
            Self::Facilitators => role == MapRole::Facilitator,
            Self::None => false,
        }
    }

    /// Whether what everybody hears at once may hold names.
    pub fn shows_names_to_all(self) -> bool {
        self.shows_names_to(MapRole::Viewer)
    }
}

impl TryFrom<&str> for Anonymity {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        match word {
            "all" => Ok(Self::All),
            "facilitators" => Ok(Self::Facilitators),
            "none" => Ok(Self::None),
            _ => Err(Invalid::new(
                "anonymity",
                "must be all, facilitators or none",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_as_far_as_the_level_says() {
        use MapRole::{Editor, Facilitator};

        assert!(Anonymity::All.shows_names_to_all());
        assert!(Anonymity::Facilitators.shows_names_to(Facilitator));
        assert!(!Anonymity::Facilitators.shows_names_to(Editor));
        assert!(!Anonymity::None.shows_names_to(Facilitator));
        assert!(!Anonymity::None.tells(Facilitator, false));
        assert!(Anonymity::None.tells(Editor, true));
    }

    #[test]
    fn a_level_reads_back_as_its_word() {
        for level in [Anonymity::All, Anonymity::Facilitators, Anonymity::None] {
            assert_eq!(Anonymity::try_from(level.as_str()), Ok(level));
        }
    }
}
