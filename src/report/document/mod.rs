//! The report laid out: which sections there are, in which order, in which words.

mod block;
mod front;
mod lists;
mod matrix;
mod sheets;

pub use block::{
    Bar, Bars, Block, Cell, Document, Figure, Heading, Matrix, MatrixCell, MatrixRow, Picture,
    Span, Table, To, Tone,
};

use super::language::Language;
use super::sheet::Ref;
use super::value::Report;
use super::words::capital;

impl Document {
    /// Lays out a report.
    pub fn of(report: &Report) -> Self {
        let cover = &report.cover;
        let language = cover.language;
        let mut body = Body::of(language);
        front::summary(&mut body, report);
        front::method(&mut body, report);
        sheets::gaps(&mut body, report);
        sheets::solutions(&mut body, report);
        matrix::matrix(&mut body, report);
        lists::uncovered(&mut body, report);
        lists::near_misses(&mut body, report);
        lists::recommendations(&mut body, report);
        lists::annexes(&mut body, report);
        Self {
            title: cover.title.clone(),
            authors: cover.authors.replace('\n', ", "),
            about: cover.project.clone(),
            day: cover.cut_off.clone(),
            label: format!("{}, {}", language.level(cover.level), cover.tlp),
            language,
            base: cover.base.clone(),
            cover: front::cover(report),
            body: body.blocks,
        }
    }
}

/// Blocks in the making, with what is counted through them.
struct Body {
    language: Language,
    blocks: Vec<Block>,
    numbers: [usize; 3],
    n_tables: usize,
    n_figures: usize,
}

impl Body {
    fn of(language: Language) -> Self {
        Self {
            language,
            blocks: Vec::new(),
            numbers: [0; 3],
            n_tables: 0,
            n_figures: 0,
        }
    }

    fn heading(&mut self, level: u8, anchor: &str, text: impl Into<String>) {
        let at = usize::from(level.clamp(1, 3)) - 1;
        self.numbers[at] += 1;
        self.numbers[at + 1..].fill(0);
        let number: Vec<String> = self.numbers[..=at]
            .iter()
            .map(ToString::to_string)
            .collect();
        self.blocks.push(Block::Heading(Heading {
            level,
            number: number.join("."),
            anchor: anchor.to_owned(),
            text: text.into(),
        }));
    }

    fn say(&mut self, text: impl Into<String>) {
        self.text(vec![Span::plain(text)]);
    }

    fn text(&mut self, spans: Vec<Span>) {
        self.blocks.push(Block::Text(spans));
    }

    fn list(&mut self, items: Vec<Vec<Span>>) {
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    fn facts(&mut self, facts: Vec<(String, Vec<Span>)>) {
        if !facts.is_empty() {
            self.blocks.push(Block::Facts(facts));
        }
    }

    /// A table of columns, each with its head and its width in hundredths; nothing without rows.
    fn table(
        &mut self,
        caption: impl Into<String>,
        columns: &[(&'static str, u32)],
        rows: Vec<Vec<Cell>>,
    ) {
        if rows.is_empty() {
            return;
        }
        self.n_tables += 1;
        self.blocks.push(Block::Table(Table {
            n: self.n_tables,
            caption: caption.into(),
            head: columns.iter().map(|it| it.0).collect(),
            widths: columns.iter().map(|it| it.1).collect(),
            rows,
        }));
    }

    fn figure(&mut self, caption: impl Into<String>, alt: String, picture: Picture) {
        self.n_figures += 1;
        self.blocks.push(Block::Figure(Figure {
            n: self.n_figures,
            caption: caption.into(),
            alt,
            picture,
        }));
    }
}

/// The number of a record, leading to its sheet.
fn here(it: &Ref) -> Span {
    Span::link(&*it.number, To::Here(anchor(&it.number)))
}

/// A record's number, leading to its sheet, and what it is called.
fn named(it: &Ref) -> Vec<Span> {
    vec![here(it), Span::plain(format!(" {}", it.title))]
}

/// The name of a record's sheet for links.
fn anchor(number: &str) -> String {
    number.to_ascii_lowercase()
}
