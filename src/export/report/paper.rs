//! The report as the typesetter takes it: the blocks of its layout as JSON, with the pictures drawn.
//!
//! What is said here once is where a link leads and where a long word may break; how anything
//! looks on paper is the typesetter's.

use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::svg;
use crate::export::words::legal;
use crate::report::document::{Block, Cell, Document, Figure, Heading, Span, Table, To};

/// Letters without a break after which a word may break anywhere.
const LONG: usize = 28;
/// What may be broken at, and is not seen.
const BREAK: char = '\u{200b}';
/// Addresses longer than this lead nowhere: PDF has no room for them.
const LONGEST_ADDRESS: usize = 2000;
/// The font of pictures, which is the typesetter's own.
const FONT: &str = "DejaVu Sans";

/// What the typesetter is given.
#[derive(Serialize)]
struct Paper<'a> {
    title: String,
    authors: Vec<String>,
    about: String,
    date: [i32; 3],
    label: String,
    running: String,
    lang: &'a str,
    region: &'a str,
    words: Json,
    cover: Blocks<'a>,
    body: Blocks<'a>,
}

/// Blocks, and where links begin. One after the other becomes JSON, since all of them at once are many
/// times what they are as text.
struct Blocks<'a>(&'a [Block], &'a str);

impl Serialize for Blocks<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|it| block(it, self.1)))
    }
}

pub(super) fn write(document: &Document) -> Vec<u8> {
    let language = document.language;
    let authors = document.authors.split(',').map(str::trim);
    let paper = Paper {
        title: words(&document.title),
        authors: authors.filter(|it| !it.is_empty()).map(legal).collect(),
        about: legal(&document.about),
        date: date(&document.day),
        label: legal(&document.label),
        running: words(&document.title),
        lang: language.as_str(),
        region: language.region(),
        words: json!({
            "contents": language.contents(),
            "table": language.table(),
            "figure": language.figure(),
            "colon": language.colon(),
        }),
        cover: Blocks(&document.cover, &document.base),
        body: Blocks(&document.body, &document.base),
    };
    serde_json::to_vec(&paper).unwrap_or_default()
}

/// Year, month and day of a day that is written that way.
fn date(day: &str) -> [i32; 3] {
    let mut parts = day.splitn(3, '-').map(|it| it.parse().ok());
    let mut next = |otherwise| parts.next().flatten().unwrap_or(otherwise);
    [next(1970), next(1), next(1)]
}

fn block(block: &Block, base: &str) -> Json {
    match block {
        Block::Heading(Heading {
            level,
            number,
            anchor,
            text,
        }) => json!({ "kind": "heading", "level": level, "number": number, "anchor": anchor,
                      "text": words(text) }),
        Block::Text(it) => json!({ "kind": "text", "spans": spans(it, base) }),
        Block::Note(it) => json!({ "kind": "note", "spans": spans(it, base) }),
        Block::List(items) => {
            let items: Vec<Json> = items.iter().map(|it| spans(it, base)).collect();
            json!({ "kind": "list", "items": items })
        }
        Block::Facts(facts) => {
            let fact = |(label, said): &(String, Vec<Span>)| json!({ "label": words(label), "spans": spans(said, base) });
            let facts: Vec<Json> = facts.iter().map(fact).collect();
            json!({ "kind": "facts", "facts": facts })
        }
        Block::Table(it) => table(it, base),
        Block::Figure(it) => figure(it, base),
    }
}

fn table(it: &Table, base: &str) -> Json {
    let is_number = |column: &usize| {
        let mut cells = it.rows.iter().filter_map(|row| row.get(*column));
        cells.all(|cell| cell.is_number)
    };
    let numbers: Vec<usize> = (0..it.head.len()).filter(is_number).collect();
    let row = |row: &Vec<Cell>| -> Json { row.iter().map(|it| cell(it, base)).collect() };
    let rows: Vec<Json> = it.rows.iter().map(row).collect();
    json!({ "kind": "table", "n": it.n, "caption": words(&it.caption), "head": it.head,
            "widths": it.widths, "numbers": numbers, "rows": rows })
}

fn cell(it: &Cell, base: &str) -> Json {
    let mut cell = json!({ "spans": spans(&it.spans, base) });
    if let Some(tone) = it.tone {
        cell["paper"] = tone.paper().into();
        cell["ink"] = tone.ink().into();
    }
    cell
}

fn figure(it: &Figure, base: &str) -> Json {
    let picture = svg::alone(it, FONT);
    json!({ "kind": "figure", "n": it.n, "caption": words(&it.caption), "alt": legal(&it.alt),
            "width": picture.width, "svg": picture.svg, "links": spans(&picture.links, base) })
}

fn spans(spans: &[Span], base: &str) -> Json {
    let span = |it: &Span| {
        let mut span = json!({ "text": words(&it.text), "strong": it.is_strong });
        match &it.to {
            Some(To::Here(anchor)) => span["here"] = anchor.clone().into(),
            // A path alone leads nowhere from a file.
            Some(to) => {
                let address = to.address(base).unwrap_or_default();
                let is_whole = ["https://", "http://"]
                    .iter()
                    .any(|it| address.starts_with(it));
                if is_whole && address.len() <= LONGEST_ADDRESS {
                    span["url"] = legal(&address).into();
                }
            }
            None => {}
        }
        span
    };
    spans.iter().map(span).collect()
}

/// A text that no column is too narrow for.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    for letter in legal(text).chars() {
        out.push(letter);
        run = if letter.is_whitespace() { 0 } else { run + 1 };
        if LONG <= run {
            out.push(BREAK);
            run = 0;
        }
    }
    out
}
