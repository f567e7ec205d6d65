//! What a map had that ours have no place for.

use crate::base::text::on_one_line;

/// A kind of thing that is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loss {
    /// Arrows whose ends are not in the file.
    Arrows,
    /// Named values of a node.
    Attributes,
    /// Comments, which are their authors'.
    Comments,
    /// Which branches were folded: everybody folds for themselves.
    Folding,
    /// Markup that is drawn and not read.
    Html,
    /// Icons and markers.
    Icons,
    /// Pictures and attached files.
    Images,
    /// Labels that are no kind of node.
    Labels,
    /// Links to records of the catalogue.
    Links,
    /// The end of notes that are too long.
    LongNotes,
    /// Texts that are too long for a node, and stand in its note.
    LongTexts,
    /// Colours, fonts and lines.
    Styles,
    /// Summaries and boundaries around several nodes.
    Summaries,
    /// Whether something is done.
    Tasks,
    /// Sums of votes.
    Votes,
}

impl Loss {
    /// The word for it in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Arrows => "arrows",
            Self::Attributes => "attributes",
            Self::Comments => "comments",
            Self::Folding => "folding",
            Self::Html => "html",
            Self::Icons => "icons",
            Self::Images => "images",
            Self::Labels => "labels",
            Self::Links => "links",
            Self::LongNotes => "long_notes",
            Self::LongTexts => "long_texts",
            Self::Styles => "styles",
            Self::Summaries => "summaries",
            Self::Tasks => "tasks",
            Self::Votes => "votes",
        }
    }
}

/// How many places are named of what is not kept.
pub const PLACES: usize = 3;
/// Letters of such a place.
const PLACE_CHARS: usize = 60;

/// A node as one of the places where something stood that is not kept: how its words begin.
pub fn place(text: &str) -> String {
    on_one_line(text).chars().take(PLACE_CHARS).collect()
}

/// What of one kind was not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotKept {
    /// Which.
    pub what: Loss,
    /// How many of them.
    pub count: usize,
    /// The words of the first nodes that had some.
    pub places: Vec<String>,
}
