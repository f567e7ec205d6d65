//! A report as it comes in: blocks that were laid out already, with texts that are never markup.

use serde::Deserialize;

use crate::pdf::About;

/// A report.
#[derive(Deserialize)]
pub(crate) struct Report {
    #[serde(flatten)]
    pub about: About,
    /// The title, which may break anywhere.
    pub running: String,
    /// The label of the Traffic Light Protocol, on every page.
    pub label: String,
    pub words: Words,
    pub cover: Vec<Block>,
    pub body: Vec<Block>,
}

/// Words of the report's language.
#[derive(Deserialize)]
pub(crate) struct Words {
    pub contents: String,
    pub table: String,
    pub figure: String,
    /// Between what is numbered and what it is called.
    pub colon: String,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Block {
    Heading(Heading),
    Text { spans: Vec<Span> },
    Note { spans: Vec<Span> },
    List { items: Vec<Vec<Span>> },
    Facts { facts: Vec<Fact> },
    Table(Table),
    Figure(Figure),
}

#[derive(Deserialize)]
pub(crate) struct Heading {
    /// From 1.
    pub level: u16,
    pub number: String,
    pub anchor: String,
    pub text: String,
}

#[derive(Deserialize)]
pub(crate) struct Fact {
    pub label: String,
    pub spans: Vec<Span>,
}

#[derive(Deserialize)]
pub(crate) struct Table {
    /// 0 for a table without a number.
    pub n: u32,
    pub caption: String,
    pub head: Vec<String>,
    /// Shares of the room, a number for each column.
    pub widths: Vec<f32>,
    /// The columns that hold numbers only.
    pub numbers: Vec<usize>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Deserialize)]
pub(crate) struct Cell {
    pub spans: Vec<Span>,
    /// A colour of its own, six hexadecimal digits, and the one to write on it.
    pub paper: Option<String>,
    pub ink: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Figure {
    pub n: u32,
    pub caption: String,
    pub alt: String,
    /// In units of the picture.
    pub width: f32,
    pub svg: String,
    /// Where what has the id `l0` leads in the picture, `l1`, and so on.
    pub links: Vec<Span>,
}

#[derive(Deserialize)]
pub(crate) struct Span {
    pub text: String,
    #[serde(default)]
    pub strong: bool,
    /// The anchor of a heading that it leads to.
    pub here: Option<String>,
    /// An address that it leads to.
    pub url: Option<String>,
}

impl Span {
    /// Words and nothing else.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            strong: false,
            here: None,
            url: None,
        }
    }
}
