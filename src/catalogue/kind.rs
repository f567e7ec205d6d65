//! The four kinds of records.

use std::fmt;

use crate::base::invalid::Invalid;

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordKind {
    /// What is hard or missing.
    Gap,
    /// What might help.
    Solution,
    /// How well a solution fits a gap.
    Fit,
    /// A source for something that a record says.
    Evidence,
}

impl RecordKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Gap, Self::Solution, Self::Fit, Self::Evidence];

    /// The word for it in the API and the database, where its table has this name too.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Solution => "solution",
            Self::Fit => "fit",
            Self::Evidence => "evidence",
        }
    }

    /// What stands before the number that people see: `GAP-12`.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Gap => "GAP",
            Self::Solution => "SOL",
            Self::Fit => "FIT",
            Self::Evidence => "EVI",
        }
    }

    /// The number as people see it.
    pub fn number(self, number: i64) -> String {
        format!("{}-{number}", self.prefix())
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<&str> for RecordKind {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|it| it.as_str() == word)
            .ok_or_else(|| Invalid::new("kind", "must be gap, solution, fit or evidence"))
    }
}
