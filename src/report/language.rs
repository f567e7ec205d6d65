//! In which language a report is laid out.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::base::invalid::Invalid;

/// The language of a report's own words: headings, captions, scales, sentences, days. What people
/// wrote stays as they wrote it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportLanguage)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// French.
    #[serde(rename = "fr")]
    French,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// The word for it in the API, on the command line and in files, as BCP 47 has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    /// The country whose spelling it is.
    pub fn region(self) -> &'static str {
        match self {
            Self::English => "GB",
            Self::French => "FR",
        }
    }

    /// Whether it is the one that a report has unless another is chosen. What was kept before there
    /// was a choice does not say.
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl TryFrom<&str> for Language {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == word);
        found.ok_or_else(|| Invalid::one_of("language", &Self::ALL.map(Self::as_str)))
    }
}
