//! What a report is laid out in: a list of blocks that every format of text can write.

use crate::report::language::Language;

/// A report, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it is called.
    pub title: String,
    /// Who wrote it; empty where nobody says.
    pub authors: String,
    /// What it is about, for the file's properties.
    pub about: String,
    /// The day of its cut-off.
    pub day: String,
    /// The label that stands on every page, such as `PU - public, TLP:CLEAR`.
    pub label: String,
    /// In which language its words are.
    pub language: Language,
    /// Where its links lead; empty where only their paths are known.
    pub base: String,
    /// What stands before the table of contents.
    pub cover: Vec<Block>,
    /// The rest.
    pub body: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Text(Vec<Span>),
    /// A paragraph that stands out.
    Note(Vec<Span>),
    /// A list without an order.
    List(Vec<Vec<Span>>),
    /// What things are, in two columns: a label and what it says.
    Facts(Vec<(String, Vec<Span>)>),
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Figure),
}

/// A heading, which links can lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 3.
    pub level: u8,
    /// Its number, such as `4.2`.
    pub number: String,
    /// Its name for links within the document.
    pub anchor: String,
    /// Its words.
    pub text: String,
}

/// A table with a head, counted through the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its number.
    pub n: usize,
    /// What it shows.
    pub caption: String,
    /// The heads of its columns.
    pub head: Vec<&'static str>,
    /// The shares of its columns in its width, in hundredths.
    pub widths: Vec<u32>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What stands in it.
    pub spans: Vec<Span>,
    /// Its colour; words say the same.
    pub tone: Option<Tone>,
    /// Whether it is a number.
    pub is_number: bool,
}

/// Words with one look and one link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Where they lead.
    pub to: Option<To>,
    /// Whether they are strong.
    pub is_strong: bool,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub enum To {
    /// To a heading of the same document.
    Here(String),
    /// To a page of the web app.
    App(String),
    /// Into the web.
    Web(String),
}

/// A picture that is drawn from numbers, counted through the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its number.
    pub n: usize,
    /// What it shows.
    pub caption: String,
    /// The same for those who do not see it, with its numbers.
    pub alt: String,
    /// The picture.
    pub picture: Picture,
}

/// What a picture is drawn from.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    /// Bars that are parted by lights.
    Bars(Bars),
    /// Gaps by solutions.
    Matrix(Matrix),
}

/// Bars, and what the colours in them are called.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// The bars, from above.
    pub bars: Vec<Bar>,
    /// The colours.
    pub legend: Vec<(Tone, &'static str)>,
}

/// A bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its parts, from the left.
    pub parts: Vec<(Tone, usize)>,
}

/// Gaps by solutions.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// The numbers of the solutions, and where they lead.
    pub columns: Vec<(String, To)>,
    /// The gaps.
    pub rows: Vec<MatrixRow>,
}

/// A gap in a matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixRow {
    /// Its number.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// Where it leads.
    pub to: To,
    /// Its light.
    pub light: Tone,
    /// How each solution fits; none where nobody says.
    pub cells: Vec<Option<MatrixCell>>,
}

/// A fit in a matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixCell {
    /// How well it fits.
    pub tone: Tone,
    /// One letter for it.
    pub letter: &'static str,
    /// What stands when somebody points at it.
    pub title: String,
    /// Where it leads.
    pub to: To,
}

/// A colour with a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Covered.
    Green,
    /// Covered in part.
    Amber,
    /// Nothing fits.
    Red,
    /// Not searched.
    Grey,
    /// Fits fully and counts.
    Full,
    /// Fits well and counts.
    Good,
    /// Fits in part, or does not count.
    Partial,
    /// Is not accepted yet.
    Open,
}

impl Tone {
    /// The tone of a light.
    pub fn of_light(light: &str) -> Self {
        match light {
            "green" => Self::Green,
            "amber" => Self::Amber,
            "red" => Self::Red,
            _ => Self::Grey,
        }
    }

    /// The colour as RGB in hexadecimal, dark enough or light enough for [`Self::ink`].
    pub fn paper(self) -> &'static str {
        match self {
            Self::Green => "1F7A4D",
            Self::Amber => "F2B84B",
            Self::Red => "B3382C",
            Self::Grey => "8A94A0",
            Self::Full => "0B4F7D",
            Self::Good => "3C82B5",
            Self::Partial => "BBD6EA",
            Self::Open => "E7ECF1",
        }
    }

    /// The colour of words on it.
    pub fn ink(self) -> &'static str {
        match self {
            Self::Green | Self::Red | Self::Full => "FFFFFF",
            Self::Good => "000000",
            _ => "16202A",
        }
    }
}

impl Span {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Strong words.
    pub fn strong(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_strong: true,
            ..Self::default()
        }
    }

    /// Words that lead somewhere.
    pub fn link(text: impl Into<String>, to: To) -> Self {
        Self {
            text: text.into(),
            to: Some(to),
            is_strong: false,
        }
    }
}

impl Cell {
    /// A cell with plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::of(vec![Span::plain(text)])
    }

    /// A cell with these words.
    pub fn of(spans: Vec<Span>) -> Self {
        Self {
            spans,
            ..Self::default()
        }
    }

    /// A cell with a number.
    pub fn number(n: impl std::fmt::Display) -> Self {
        Self {
            is_number: true,
            ..Self::plain(n.to_string())
        }
    }

    /// The same in a colour.
    pub fn toned(mut self, tone: Tone) -> Self {
        self.tone = Some(tone);
        self
    }
}

impl To {
    /// The address, for a document whose links begin with `base`; none within the document.
    pub fn address(&self, base: &str) -> Option<String> {
        match self {
            Self::Here(_) => None,
            Self::App(path) => Some(format!("{}{path}", base.trim_end_matches('/'))),
            Self::Web(url) => Some(url.clone()),
        }
    }
}
