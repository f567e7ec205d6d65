//! How far a report may travel.

use serde::{Deserialize, Serialize};

use crate::base::invalid::Invalid;
use crate::base::tlp::Tlp;

/// The dissemination level of a deliverable. Classified levels are none of these: what is
/// classified does not belong into this tool at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    /// For everybody.
    #[serde(rename = "PU")]
    Public,
    /// For those whom the grant agreement names.
    #[serde(rename = "SEN")]
    Sensitive,
}

/// What the programmes call classified information, and what they called it before.
const CLASSIFIED: [&str; 13] = [
    "R-UE/EU-R",
    "C-UE/EU-C",
    "S-UE/EU-S",
    "TS-UE/EU-TS",
    "EU-RES",
    "EU-CON",
    "EU-SEC",
    "EU-R",
    "EU-C",
    "EU-S",
    "RESTRICTED",
    "CONFIDENTIAL",
    "SECRET",
];

impl Level {
    /// The word for it in the API, the database, and on the cover.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "PU",
            Self::Sensitive => "SEN",
        }
    }

    /// Whether a report of this level may hold what bears this label. RED is for those who were
    /// there, so that no report may.
    pub fn admits(self, label: Tlp) -> bool {
        match self {
            Self::Public => label == Tlp::Clear,
            Self::Sensitive => label != Tlp::Red,
        }
    }
}

impl TryFrom<&str> for Level {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        let word = word.trim().to_ascii_uppercase();
        match &*word {
            "PU" => Ok(Self::Public),
            // What the former programmes called it.
            "SEN" | "CO" => Ok(Self::Sensitive),
            it if CLASSIFIED.contains(&it) => Err(Invalid::new(
                "level",
                "must be PU or SEN: classified content does not belong into this tool",
            )),
            _ => Err(Invalid::new("level", "must be PU or SEN")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_classified_level_is_refused_in_words() {
        for word in ["R-UE/EU-R", "secret", "EU-CON"] {
            let refused = Level::try_from(word).unwrap_err();
            assert!(refused.reason.contains("classified"), "{word}");
        }
        assert_eq!(Level::try_from(" sen "), Ok(Level::Sensitive));
        assert!(Level::try_from("PRIVATE").is_err());
    }

    #[test]
    fn a_public_report_holds_what_is_clear_and_no_report_what_is_red() {
        assert!(Level::Public.admits(Tlp::Clear));
        for label in [Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red] {
            assert!(!Level::Public.admits(label), "{label:?}");
            assert_eq!(Level::Sensitive.admits(label), label != Tlp::Red);
        }
    }
}
