//! The lights of gaps, and the reasons for which fits do not count.

use crate::base::invalid::Invalid;

/// How well a gap is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Light {
    /// Nobody has searched yet, which is not the same as [`Light::Red`].
    Grey,
    /// Somebody searched, and nothing fits.
    Red,
    /// Something fits in part, or is not known to be ripe.
    Amber,
    /// Something fits that meets the rule.
    Green,
}

impl Light {
    /// All of them, the best first.
    pub const ALL: [Self; 4] = [Self::Green, Self::Amber, Self::Red, Self::Grey];

    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::Red => "red",
            Self::Amber => "amber",
            Self::Green => "green",
        }
    }
}

impl TryFrom<&str> for Light {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|it| it.as_str() == word)
            .ok_or_else(|| {
                let reason = "must be green, amber, red or grey";
                Invalid::new("coverage", reason)
            })
    }
}

/// Why a fit does not count as the report's rule wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LeftOut {
    /// It was rejected, or another one took its place.
    Rejected,
    /// Nobody has accepted it yet.
    NotAccepted,
    /// The solution was withdrawn.
    Withdrawn,
    /// It says that the solution does not fit.
    NoFit,
    /// It fits in part only.
    Partial,
    /// Its level is a target that nobody has verified.
    TargetOnly,
    /// No level is stated, or not on what it rests.
    TrlNotStated,
    /// Its level is below or above what the rule asks for.
    TrlOutside,
    /// It is not technology, and not known to be in use.
    NotInUse,
}

impl LeftOut {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Rejected,
        Self::NotAccepted,
        Self::Withdrawn,
        Self::NoFit,
        Self::Partial,
        Self::TargetOnly,
        Self::TrlNotStated,
        Self::TrlOutside,
        Self::NotInUse,
    ];

    /// The word for it in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::NotAccepted => "not_accepted",
            Self::Withdrawn => "withdrawn",
            Self::NoFit => "no_fit",
            Self::Partial => "partial",
            Self::TargetOnly => "target_only",
            Self::TrlNotStated => "trl_not_stated",
            Self::TrlOutside => "trl_outside",
            Self::NotInUse => "not_in_use",
        }
    }
}
