//! The formats that maps are read from, and how a file shows which it is.

use crate::base::invalid::Invalid;

/// What a map can be read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MapFormat {
    /// Freeplane and FreeMind.
    Freeplane,
    /// XMind since 2020, and XMind 8.
    XMind,
    /// Outliners.
    Opml,
    /// Headings and lists.
    Markdown,
    /// Lines, each under the nearest one above that is indented less.
    Text,
    /// Our own.
    Json,
}

impl MapFormat {
    /// All of them, in the order in which people are shown them.
    pub const ALL: [Self; 6] = [
        Self::Freeplane,
        Self::XMind,
        Self::Opml,
        Self::Markdown,
        Self::Text,
        Self::Json,
    ];

    /// The word for it in the API and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Freeplane => "freeplane",
            Self::XMind => "xmind",
            Self::Opml => "opml",
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::Json => "json",
        }
    }

    /// What a file seems to be: by how its name ends, else by how it begins.
    pub(super) fn guess(name: &str, bytes: &[u8]) -> Self {
        let ending = name.rsplit_once('.').map(|(_, it)| it.to_lowercase());
        match ending.as_deref() {
            Some("mm") => return Self::Freeplane,
            Some("xmind") => return Self::XMind,
            Some("opml") => return Self::Opml,
            Some("md" | "markdown") => return Self::Markdown,
            Some("json") => return Self::Json,
            _ => {}
        }
        if bytes.starts_with(b"PK") {
            return Self::XMind;
        }
        let head: String = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)])
            .chars()
            // UTF-16 reads like this, with every other letter.
            .filter(|it| *it != '\0')
            .collect();
        let begins = head.trim_start_matches(|it: char| !it.is_ascii() || it.is_whitespace());
        if begins.starts_with('{') {
            Self::Json
        } else if begins.starts_with('<') && head.contains("<opml") {
            Self::Opml
        } else if begins.starts_with('<') && head.contains("<map") {
            Self::Freeplane
        } else if begins.starts_with("---\n") || head.lines().any(|it| it.starts_with("# ")) {
            Self::Markdown
        } else {
            Self::Text
        }
    }
}

impl TryFrom<&str> for MapFormat {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == word);
        found.ok_or_else(|| Invalid::one_of("format", &Self::ALL.map(Self::as_str)))
    }
}
