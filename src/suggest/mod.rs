//! Suggestions: which gaps and solutions fit the words of a node.
//!
//! A text is read ([`text`]) into words and into concepts of a thesaurus ([`thesaurus`]), so that
//! everyday speech, other languages and misspelt words find records that say the same in other
//! words. An [`index::Index`] holds what the catalogue's records say in this form and which
//! solutions fit which gaps, and ranks them for a [`Question`]. All of it is in memory and pure: no
//! IO, no clock. Who keeps an index feeds it [`document::Document`]s.

mod chatter;
pub mod document;
pub mod index;
pub mod language;
pub mod matched;
pub mod rank;
mod spelling;
mod sure;
pub mod text;
pub mod thesaurus;

use crate::base::id::RecordId;
use crate::catalogue::kind::RecordKind;

/// How suggestions are ranked, for whoever shows them.
pub const RANKED_BY: &str = "words, thesaurus, fits and links";

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The words of the node.
    pub text: String,
    /// The words of its ancestors, root first.
    pub path: Vec<String>,
    /// Only records of this kind: gaps or solutions.
    pub kind: Option<RecordKind>,
    /// The gap that solutions are sought for: those with a fit, rejected ones too, are left out.
    pub gap: Option<RecordId>,
    /// How many of each kind at most.
    pub limit: usize,
}

/// A record that fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suggestion {
    /// What it is.
    pub kind: RecordKind,
    /// Which.
    pub id: RecordId,
    /// How well it fits, between 0 and 1; comparable within one answer and roughly between answers.
    pub score: f32,
}
