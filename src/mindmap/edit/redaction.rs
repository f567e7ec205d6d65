//! What is taken out of a document that is written anew.

use std::collections::HashSet;

use crate::base::invalid::Invalid;

/// What stands where words were.
pub const REDACTED: &str = "[redacted]";

const WORDS_CHARS: usize = 200;

/// Which words are taken out of a document: those of some nodes, and those that hold a text.
///
/// A node that is picked loses its text, its note and the words of its comments. A text that is
/// looked for picks every node that holds it in text or note, and besides the comments, the arrows'
/// labels and the title that do. Capital letters make no difference.
#[derive(Clone, Debug, Default)]
pub struct Redaction {
    nodes: HashSet<String>,
    words: Option<String>,
}

/// What a redaction takes out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redacted {
    /// The nodes that lose their words, in reading order.
    pub nodes: Vec<String>,
    /// How many comments lose theirs.
    pub comments: usize,
    /// How many arrows' labels, and whether the title, which counts as one.
    pub labels: usize,
}

impl Redaction {
    /// A redaction of these nodes, and of everything that holds these words.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it names neither, or the words are too short or too long to be meant.
    pub fn new(nodes: Vec<String>, words: Option<&str>) -> Result<Self, Invalid> {
        let words = words.map(str::trim).filter(|it| !it.is_empty());
        if nodes.is_empty() && words.is_none() {
            return Err(Invalid::new(
                "nodes",
                "must name a node, or text must say what to find",
            ));
        }
        let n_chars = words.map_or(2, |it| it.chars().count());
        if !(2..=WORDS_CHARS).contains(&n_chars) {
            return Err(Invalid::new("text", "must have from 2 to 200 characters"));
        }
        Ok(Self {
            nodes: nodes.into_iter().collect(),
            words: words.map(str::to_lowercase),
        })
    }

    /// Whether a text holds the words.
    pub(super) fn finds(&self, text: &str) -> bool {
        let words = self.words.as_deref();
        words.is_some_and(|it| text.to_lowercase().contains(it))
    }

    /// Whether a node loses its words.
    pub(super) fn picks(&self, id: &str, text: &str, note: &str) -> bool {
        self.nodes.contains(id) || self.finds(text) || self.finds(note)
    }
}

impl Redacted {
    /// Whether there was nothing to take out.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.comments == 0 && self.labels == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_nothing_is_refused() {
        assert_eq!(
            Redaction::new(Vec::new(), Some(" ")).unwrap_err().field,
            "nodes"
        );
        assert_eq!(
            Redaction::new(Vec::new(), Some("a")).unwrap_err().field,
            "text"
        );
        assert!(Redaction::new(vec!["n1".to_owned()], None).is_ok());
    }

    #[test]
    fn capital_letters_make_no_difference() {
        let redaction = Redaction::new(Vec::new(), Some("ÉVA Nagy")).unwrap();

        assert!(redaction.finds("Ask éva nagy about it"));
        assert!(!redaction.finds("Ask Éva"));
        assert!(!Redaction::default().finds(""));
    }
}
