//! The words of the schema: root maps, keys, and the closed sets of kinds, colours, sides and fits.

use uuid::Uuid;
use uuid::fmt::Hyphenated;

/// The number of this schema, as `meta` holds it.
pub const SCHEMA: i64 = 1;

/// The root map of the schema's number and the title.
pub const META: &str = "meta";
/// The root map of all nodes by id.
pub const NODES: &str = "nodes";
/// The root map of the arrows that are not the tree.
pub const RELATIONS: &str = "relations";
/// The root map of the comments.
pub const COMMENTS: &str = "comments";
/// All root maps; a document has no other.
pub const ROOTS: [&str; 4] = [META, NODES, RELATIONS, COMMENTS];

/// The id of the central topic. The server makes it once, with the map.
pub const ROOT: &str = "root";

/// Key of `meta`: the number of the schema.
pub const META_SCHEMA: &str = "schema";
/// Key of `meta`: the map's title.
pub const META_TITLE: &str = "title";

/// Key of a node: where it stands, as one value. Absent on the root.
pub const PLACE: &str = "place";
/// Key of a node or a comment: its words.
pub const TEXT: &str = "text";
/// Key of a node: what there is to say beyond the text.
pub const NOTE: &str = "note";
/// Key of a node: one of [`Kind`].
pub const KIND: &str = "kind";
/// Key of a node: one of [`Colour`]; absent means that of the parent.
pub const COLOUR: &str = "colour";
/// Key of a node: the gaps and solutions that it names.
pub const LINKS: &str = "links";
/// Key of a node: who put its branch into the trash, and when. Absent on a live node.
pub const DELETED: &str = "deleted";
/// Key of a node: who made it, and when.
pub const MADE: &str = "made";

/// Key of a comment: the node that it is about.
pub const NODE: &str = "node";
/// Key of a comment: the participant who wrote it.
pub const BY: &str = "by";
/// Key of a comment: when it was written.
pub const AT: &str = "at";
/// Key of a comment: whether it is settled.
pub const DONE: &str = "done";

/// The greatest whole number that JavaScript counts to without gaps.
pub const GREATEST_WHOLE: i64 = (1 << 53) - 1;

/// The last millisecond since 1970 that JavaScript has a date for.
pub const LAST_TIME: i64 = 8_640_000_000_000_000;

/// How far the clock of a place may be ahead of the number of changes that the map has had.
pub const CLOCK_LEAD: i64 = 1_000_000;

/// Changes of one client that count for that. A client can claim four thousand million in a few
/// bytes; an honest one does not come near this.
pub const COUNTED_CHANGES: u32 = 1 << 20;

/// Longest fractional index. The browser's grow by up to four characters with every insertion at
/// one spot; two of this length fit into a place of 8 KiB.
pub const ORDER_BYTES: usize = 3_500;

/// Longest id, in bytes.
const ID_BYTES: usize = 64;

/// Whether `id` can name a node, a relation, a comment or a participant: 1 to 64 visible ASCII
/// characters, so that ids compare alike everywhere.
pub fn is_id(id: &str) -> bool {
    (1..=ID_BYTES).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether `key` is the target of a link: `gap:` or `solution:` and a UUID.
///
/// The UUID has one spelling, lower case with hyphens, because two people who make the same link
/// have to end up with one link.
pub fn is_link_target(key: &str) -> bool {
    let id = key
        .strip_prefix("gap:")
        .or_else(|| key.strip_prefix("solution:"));
    id.is_some_and(|id| {
        Uuid::try_parse(id).is_ok_and(|uuid| {
            let mut spelling = [0; Hyphenated::LENGTH];
            uuid.hyphenated().encode_lower(&mut spelling) == id
        })
    })
}

/// Defines an enum whose variants are words of the document.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$about])* $variant,)* }

        impl $name {
            /// Every one of them, in the order in which people are shown them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word that documents hold.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The variant whose word this is.
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

words! {
    /// What a node is in the discussion.
    Kind {
        /// A subject that others are grouped under.
        Theme = "theme",
        /// Something that is hard in daily work.
        Challenge = "challenge",
        /// What is missing, and may become an entry of the catalogue.
        Gap = "gap",
        /// What would be wanted.
        Need = "need",
        /// Why something is as it is.
        Cause = "cause",
        /// A proposal.
        Idea = "idea",
        /// A pointer to something that might help.
        Hint = "hint",
        /// A bound that an answer has to respect.
        Constraint = "constraint",
        /// Something to find out.
        Question = "question",
        /// Set aside for later.
        Parked = "parked",
    }
}

words! {
    /// The colour of a branch.
    Colour {
        /// Red.
        Red = "red",
        /// Orange.
        Orange = "orange",
        /// Yellow.
        Yellow = "yellow",
        /// Green.
        Green = "green",
        /// Blue.
        Blue = "blue",
        /// Purple.
        Purple = "purple",
    }
}

impl Colour {
    /// What a main branch shows while nobody has chosen its colour. It follows from the id (32-bit
    /// FNV-1a), so that the branch looks the same on every page and in every file.
    pub fn of_branch(id: &str) -> Self {
        let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let hash = id.bytes().fold(0x811c_9dc5, step);
        Self::ALL[hash as usize % Self::ALL.len()]
    }
}

words! {
    /// Where a main branch stands, seen from the central topic.
    Side {
        /// Left of it.
        Left = "left",
        /// Right of it.
        Right = "right",
    }
}

words! {
    /// How well, in the eyes of who made the link, its target fits the node.
    Fit {
        /// Not at all.
        None = "none",
        /// In part.
        Partial = "partial",
        /// Well.
        Good = "good",
        /// Completely.
        Full = "full",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_as_they_are_written() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(*kind));
        }
        for colour in Colour::ALL {
            assert_eq!(Colour::parse(colour.as_str()), Some(*colour));
        }
        for side in Side::ALL {
            assert_eq!(Side::parse(side.as_str()), Some(*side));
        }
        assert_eq!(Kind::parse("Gap"), None);
        assert_eq!(Fit::parse(""), None);
    }

    #[test]
    fn a_branch_shows_the_colour_that_it_has_in_the_browser() {
        let shown = [
            "node-00000001",
            "0195b9e4-0000-7000-8000-000000000001",
            "n1",
            "n2",
        ];

        let shown = shown.map(|id| Colour::of_branch(id).as_str());

        assert_eq!(shown, ["green", "yellow", "blue", "orange"]);
    }

    #[test]
    fn ids_are_short_and_ascii() {
        for id in ["root", "node-00000001", "writer-123", &"x".repeat(64)] {
            assert!(is_id(id), "{id}");
        }
        for id in ["", "a b", "tab\t", "é", &"x".repeat(65)] {
            assert!(!is_id(id), "{id}");
        }
    }

    #[test]
    fn a_link_target_has_one_spelling() {
        assert!(is_link_target("gap:019a2e5c-7d41-7c3e-9b1f-2a6d8c4e0f73"));
        assert!(is_link_target(
            "solution:019a2e5c-7d41-7c3e-9b1f-2a6d8c4e0f73"
        ));
        for other in [
            "019a2e5c-7d41-7c3e-9b1f-2a6d8c4e0f73",
            "gap:019A2E5C-7D41-7C3E-9B1F-2A6D8C4E0F73",
            "gap:019a2e5c7d417c3e9b1f2a6d8c4e0f73",
            "gap:{019a2e5c-7d41-7c3e-9b1f-2a6d8c4e0f73}",
            "idea:019a2e5c-7d41-7c3e-9b1f-2a6d8c4e0f73",
            "gap:",
        ] {
            assert!(!is_link_target(other), "{other}");
        }
    }
}
