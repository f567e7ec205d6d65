//! The contents: headings with the pages that they are on.

use std::sync::Arc;

use super::data::{Report, Span};
use super::flow::{Flow, Lines, Mark, Part, Row, whole};
use super::look;
use super::pages::{Stack, stack};
use super::tags::{Element, What};
use crate::text::{Text, Typist};

/// Headings down to this level.
const DEEPEST: u16 = 2;
/// For the numbers of pages, and for what leads there.
const NUMBERS: f32 = 26.0;
/// How far the entries of a level stand in.
const STEP: f32 = 14.0;

/// The pages of contents that go between `n_before` pages and the body.
///
/// How many these are does not hang on what the numbers are, so that they are stacked first.
pub(crate) fn before(report: &Report, body: &Stack, n_before: usize, typist: &mut Typist) -> Stack {
    let marks: Vec<(&Mark, usize)> = marks(body).collect();
    let mut flow = Flow::default();
    let outer = flow.elements.top(What::Contents);
    let mut entries = Vec::with_capacity(marks.len());
    for (mark, page) in &marks {
        let element = flow.elements.inside(outer, What::Entry);
        entries.push((flow.rows.len(), element, *page));
        add(&mut flow, mark, element, typist);
    }
    let n_pages = stack(vec![title(report, typist), flow.clone_rows()]).n_pages();
    for ((row, element, page), (mark, _)) in entries.into_iter().zip(&marks) {
        let number = n_before + n_pages + page + 1;
        number_beside(&mut flow, row, element, mark, number, typist);
    }
    stack(vec![title(report, typist), flow])
}

fn marks(body: &Stack) -> impl Iterator<Item = (&Mark, usize)> {
    body.headings.iter().filter_map(|(flow, page, _)| {
        let mark = body.flows[*flow].heading.as_ref()?;
        (mark.level <= DEEPEST).then_some((mark, *page))
    })
}

fn title(report: &Report, typist: &mut Typist) -> Flow {
    let style = look::heading(1);
    let words = report.words.contents.clone();
    let mut flow = Flow {
        after: 0.8 * style.size,
        ..Flow::default()
    };
    let element = flow.elements.top(What::Heading(1, words.clone()));
    let text = typist.words(&words, style, look::ROOM);
    flow.lines(text, 0.0, 0.0, element);
    flow.heading = Some(Mark {
        level: 1,
        anchor: String::new(),
        words,
    });
    flow
}

fn link(mark: &Mark, words: String) -> [Span; 1] {
    [Span {
        here: Some(mark.anchor.clone()),
        ..Span::plain(words)
    }]
}

fn add(flow: &mut Flow, mark: &Mark, element: Element, typist: &mut Typist) {
    let indent = STEP * f32::from(mark.level - 1);
    let (style, before) = match mark.level {
        1 => (look::STRONG, 9.0),
        _ => (look::TEXT, 0.0),
    };
    let room = look::ROOM - indent - NUMBERS;
    let text = typist.spans(&link(mark, mark.words.clone()), style, room);
    let n = text.lines.len();
    let row = flow.rows.len();
    flow.lines(text, indent, before, element);
    // An entry stays whole.
    for row in flow.rows[row..].iter_mut().take(n.saturating_sub(1)) {
        if let Some(row) = Arc::get_mut(row) {
            row.keeps = true;
        }
    }
}

/// Puts the number of a page at the right of the last line of an entry, and dots before it.
fn number_beside(
    flow: &mut Flow,
    first: usize,
    element: Element,
    mark: &Mark,
    number: usize,
    typist: &mut Typist,
) {
    let Some(row) = flow.rows[first..].iter().position(|it| !it.keeps) else {
        return;
    };
    let Some(row) = flow.rows.get_mut(first + row).and_then(Arc::get_mut) else {
        return;
    };
    let Some(Part::Text(Lines { x, text, lines, .. })) = row.parts.first() else {
        return;
    };
    let end = x + text.width(lines.start) + 4.0;
    let number = link(mark, number.to_string());
    let number = typist.spans(&number, look::TEXT.at_right(), NUMBERS);
    let dots = dots(look::ROOM - number_width(&number) - 4.0 - end, typist);
    let at = look::ROOM - number_width(&number) - 4.0 - dots.width(0);
    row.parts.push(whole(dots, at, None));
    let part = whole(number, look::ROOM - NUMBERS, Some(element));
    row.parts.push(part);
}

/// How wide a number is that stands at the right of its room.
fn number_width(number: &Text) -> f32 {
    number.runs().map(|it| it.width).sum()
}

fn dots(room: f32, typist: &mut Typist) -> Text {
    let style = look::EDGE;
    let one = typist.words(". ", style, look::ROOM);
    let width = number_width(&one).max(1.0);
    let n = (room / width).max(0.0) as usize;
    typist.words(&". ".repeat(n), style, look::ROOM)
}

impl Flow {
    /// The same rows, to see where they go.
    fn clone_rows(&self) -> Self {
        let rows = self.rows.iter().map(|it| {
            Arc::new(Row {
                before: it.before,
                height: it.height,
                keeps: it.keeps,
                ..Row::default()
            })
        });
        Self {
            rows: rows.collect(),
            ..Self::default()
        }
    }
}
