//! An idea that somebody writes alone, in a silent round.

use crate::base::invalid::Invalid;
use crate::base::text::lines;

/// More ideas than one person has in a round.
pub const MAX_IDEAS: i64 = 200;
/// Characters of all ideas of one person in a round: as long as the longest note of a node, so that
/// nobody can write so much that the map does not take what the others wrote.
pub const MAX_CHARS: i64 = 100_000;

/// How long an idea may be: as long as a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdeaLimits {
    /// Characters of its words.
    pub text: usize,
    /// Characters of its note.
    pub note: usize,
}

/// The words of an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdeaWords {
    /// What it is.
    pub text: String,
    /// What there is to say beyond that; empty for nothing.
    pub note: String,
}

/// What changes in an idea; none stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdeaChange {
    /// What it is.
    pub text: Option<String>,
    /// What there is to say beyond that.
    pub note: Option<String>,
}

impl IdeaWords {
    /// Words as somebody typed them.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `text` or `note`.
    pub fn new(text: &str, note: &str, limits: IdeaLimits) -> Result<Self, Invalid> {
        let change = IdeaChange::new(Some(text), Some(note), limits)?;
        Ok(Self {
            text: change.text.unwrap_or_default(),
            note: change.note.unwrap_or_default(),
        })
    }
}

impl IdeaChange {
    /// Words as somebody typed them.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `text` or `note`.
    pub fn new(
        text: Option<&str>,
        note: Option<&str>,
        limits: IdeaLimits,
    ) -> Result<Self, Invalid> {
        let text = text.map(|it| lines("text", it, limits.text)).transpose()?;
        if text.as_deref() == Some("") {
            return Err(Invalid::new("text", "must not be empty"));
        }
        Ok(Self {
            text,
            note: note.map(|it| lines("note", it, limits.note)).transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: IdeaLimits = IdeaLimits { text: 5, note: 9 };

    #[test]
    fn an_idea_has_words_and_may_have_a_note() {
        let bare = IdeaWords::new(" abc ", "", LIMITS).unwrap();

        assert_eq!((bare.text.as_str(), bare.note.as_str()), ("abc", ""));
        for (text, note, field) in [
            (" ", "", "text"),
            ("abcdef", "", "text"),
            ("a", "0123456789", "note"),
        ] {
            assert_eq!(IdeaWords::new(text, note, LIMITS).unwrap_err().field, field);
        }
    }

    #[test]
    fn a_change_leaves_what_it_does_not_name() {
        let change = IdeaChange::new(None, Some(""), LIMITS).unwrap();

        assert_eq!((change.text, change.note), (None, Some(String::new())));
        assert!(IdeaChange::new(Some(""), None, LIMITS).is_err());
    }
}
