//! A mind map's record: what is known of a map without reading its document.

use crate::base::id::{MapId, SessionId};
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;

/// Longest title, in characters.
const TITLE_CHARS: usize = 200;

/// Whether a map takes edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapState {
    /// Editors may write.
    Open,
    /// Only facilitators may write.
    Locked,
    /// Nobody writes; it is kept to be read.
    Archived,
}

impl MapState {
    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Locked => "locked",
            Self::Archived => "archived",
        }
    }
}

impl TryFrom<&str> for MapState {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        match word {
            "open" => Ok(Self::Open),
            "locked" => Ok(Self::Locked),
            "archived" => Ok(Self::Archived),
            _ => Err(Invalid::new("state", "must be open, locked or archived")),
        }
    }
}

/// A mind map's record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    /// The map.
    pub id: MapId,
    /// The session that it was made in.
    pub session: SessionId,
    /// What it is called in lists.
    pub title: String,
    /// Whether it takes edits.
    pub state: MapState,
    /// Which history its document is in, from 1 on.
    pub epoch: u64,
    /// Changes by one with each change of this record.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When this record changed last.
    pub changed_at: Timestamp,
}

/// What a map may be called: 1 to 200 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapTitle(String);

impl MapTitle {
    /// The title.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for MapTitle {
    type Error = Invalid;

    fn try_from(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() || TITLE_CHARS < text.chars().count() {
            return Err(Invalid::new("title", "must have 1 to 200 characters"));
        }
        Ok(Self(text.to_owned()))
    }
}

/// A change of a map's record; what is none stays.
#[derive(Clone, Debug, Default)]
pub struct MapChange {
    /// A new title.
    pub title: Option<MapTitle>,
    /// A new state.
    pub state: Option<MapState>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_words_in_it() {
        assert!(MapTitle::try_from("  ").is_err());
        assert_eq!(
            MapTitle::try_from(" Prevention ").unwrap().as_str(),
            "Prevention"
        );
    }

    #[test]
    fn a_state_reads_back_as_its_word() {
        for state in [MapState::Open, MapState::Locked, MapState::Archived] {
            assert_eq!(MapState::try_from(state.as_str()), Ok(state));
        }
    }
}
