//! What somebody may do in a session's maps just now.

use crate::base::invalid::Invalid;

/// Whose nodes somebody may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Nobody's.
    None,
    /// Those that they made themselves.
    Own,
    /// Everybody's.
    All,
}

impl Scope {
    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Own => "own",
            Self::All => "all",
        }
    }
}

impl TryFrom<&str> for Scope {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        match word {
            "none" => Ok(Self::None),
            "own" => Ok(Self::Own),
            "all" => Ok(Self::All),
            _ => Err(Invalid::new("may_edit", "must be none, own or all")),
        }
    }
}

/// What somebody may do in a session's maps just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grants {
    /// Make nodes, arrows and comments.
    pub add: bool,
    /// Change, move and delete nodes.
    pub edit: Scope,
    /// Link nodes to gaps and solutions.
    pub link: bool,
    /// Give votes.
    pub vote: bool,
}

impl Grants {
    /// Nothing but reading.
    pub const NONE: Self = Self {
        add: false,
        edit: Scope::None,
        link: false,
        vote: false,
    };
    /// All that is done in the map itself, as outside of any round.
    pub const MAP: Self = Self {
        add: true,
        edit: Scope::All,
        link: true,
        vote: false,
    };

    /// Whether nothing in the map is withheld.
    pub fn is_whole_map(self) -> bool {
        self.add && self.link && self.edit == Scope::All
    }
}

/// Whose nodes participants change in a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Authorship {
    /// Everybody's.
    #[default]
    Everyone,
    /// Each their own.
    Own,
}

impl Authorship {
    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Own => "own",
        }
    }
}

impl TryFrom<&str> for Authorship {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        match word {
            "everyone" => Ok(Self::Everyone),
            "own" => Ok(Self::Own),
            _ => Err(Invalid::new("authorship", "must be everyone or own")),
        }
    }
}
