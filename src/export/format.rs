//! The list of formats: what each is called, and which writer writes it.

use super::file_type::FileType;
use super::sheet::Sheet;
use super::{csv, freeplane, json, markdown, opml, picture, svg, xmind};
use crate::base::invalid::Invalid;

/// What a map can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Our own, with everything in it.
    Json,
    /// Freeplane, and what reads its maps.
    Freeplane,
    /// XMind since 2020.
    XMind,
    /// Outliners.
    Opml,
    /// Headings and lists; markmap draws it.
    Markdown,
    /// A table with a row a node.
    Csv,
    /// A picture of real text.
    Svg,
    /// The same picture on pages; what is written is what the typesetter sets.
    Pdf,
    /// The same picture in pixels; what is written is what the typesetter draws.
    Png,
}

impl Format {
    /// All of them, in the order in which people are shown them.
    pub const ALL: [Self; 9] = [
        Self::Freeplane,
        Self::XMind,
        Self::Opml,
        Self::Markdown,
        Self::Pdf,
        Self::Png,
        Self::Svg,
        Self::Csv,
        Self::Json,
    ];

    /// The word for it in the API and on the command line.
    pub fn as_str(self) -> &'static str {
        self.file_type().word
    }

    /// Writes a map; as PDF and PNG, what the typesetter makes one of.
    pub fn write(self, sheet: &Sheet) -> Vec<u8> {
        match self {
            Self::Json => json::write(sheet),
            Self::Freeplane => freeplane::write(sheet),
            Self::XMind => xmind::write(sheet),
            Self::Opml => opml::write(sheet),
            Self::Markdown => markdown::write(sheet),
            Self::Csv => csv::write(sheet),
            Self::Svg => svg::write(sheet),
            Self::Pdf => picture::pdf(sheet),
            Self::Png => picture::png(sheet),
        }
    }

    /// To how many hundredths of its size a map is scaled down in this format; none where it is not.
    pub fn shrunk(self, sheet: &Sheet) -> Option<f64> {
        (self == Self::Png)
            .then(|| picture::shrunk(sheet))
            .flatten()
    }

    /// What its files are.
    pub fn file_type(self) -> FileType {
        match self {
            Self::Json => FileType::of("json", "JSON", "json", "application/json"),
            Self::Freeplane => {
                FileType::of("freeplane", "Freeplane", "mm", "application/x-freemind")
            }
            Self::XMind => {
                FileType::of("xmind", "XMind", "xmind", "application/vnd.xmind.workbook")
            }
            Self::Opml => FileType::of("opml", "OPML", "opml", "text/x-opml; charset=utf-8"),
            Self::Markdown => {
                FileType::of("markdown", "Markdown", "md", "text/markdown; charset=utf-8")
            }
            Self::Csv => FileType::of("csv", "CSV", "csv", "text/csv; charset=utf-8"),
            Self::Svg => FileType::of("svg", "SVG", "svg", "image/svg+xml"),
            Self::Pdf => FileType::of("pdf", "PDF", "pdf", "application/pdf").set_as("map-pdf"),
            Self::Png => FileType::of("png", "PNG", "png", "image/png").set_as("map-png"),
        }
    }
}

impl TryFrom<&str> for Format {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == word);
        found.ok_or_else(|| Invalid::one_of("format", &Self::ALL.map(Self::as_str)))
    }
}
