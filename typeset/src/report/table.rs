//! Tables as rows: one for each of theirs, but for those that are too high to stay whole.

use std::ops::Range;
use std::sync::Arc;

use super::data::{Cell, Span, Table};
use super::flow::{Area, Flow, Lines, Part, Row};
use super::look::{self, HAIR, INSET};
use super::tags::{Element, What};
use crate::text::{Ink, Text, Typist};

/// Lines that a row may have and stay whole, and those of a piece of a longer one.
const WHOLE: usize = 16;
const PIECE: usize = 4;

/// A cell that is set.
struct Set {
    text: Arc<Text>,
    element: Element,
    paper: Option<Ink>,
}

/// A row of a table, as it is drawn.
struct Line<'a> {
    cells: Vec<Set>,
    edges: &'a [f32],
}

/// Adds the rows of a table to the flow.
pub(crate) fn rows(flow: &mut Flow, table: &Table, outer: Element, typist: &mut Typist) {
    let edges = edges(&table.widths);
    let head = flow.elements.inside(outer, What::Head);
    let row = flow.elements.inside(head, What::Row);
    let cells = table
        .head
        .iter()
        .zip(edges.windows(2))
        .map(|(words, sides)| Set {
            text: Arc::new(typist.words(words, look::HEADER, room(sides))),
            element: flow.elements.inside(row, What::Header),
            paper: Some(look::HEAD),
        });
    let line = Line {
        cells: cells.collect(),
        edges: &edges,
    };
    let n_lines = line.n_lines();
    let head = Arc::new(Row {
        before: if table.caption.is_empty() { 14.0 } else { 5.0 },
        keeps: true,
        ..line.piece(0..n_lines, true, true)
    });
    flow.rows.push(head.clone());

    let body = flow.elements.inside(outer, What::Rows);
    for cells in &table.rows {
        let row = flow.elements.inside(body, What::Row);
        let sets = cells.iter().zip(edges.windows(2)).enumerate();
        let sets = sets.map(|(column, (cell, sides))| {
            let element = flow.elements.inside(row, What::Cell);
            set(
                cell,
                element,
                table.numbers.contains(&column),
                sides,
                typist,
            )
        });
        let line = Line {
            cells: sets.collect(),
            edges: &edges,
        };
        line.add_to(flow, &head);
    }
}

fn set(cell: &Cell, element: Element, is_number: bool, sides: &[f32], typist: &mut Typist) -> Set {
    let mut style = look::CELL;
    if let Some(ink) = &cell.ink {
        style = style.ink(crate::text::ink(ink));
    }
    if is_number {
        style = style.at_right();
    }
    let nothing = [Span::plain("")];
    let spans = if cell.spans.is_empty() {
        &nothing
    } else {
        &cell.spans[..]
    };
    Set {
        text: Arc::new(typist.spans(spans, style, room(sides))),
        element,
        paper: cell.paper.as_deref().map(crate::text::ink),
    }
}

/// Where the columns begin, and where the last one ends.
fn edges(shares: &[f32]) -> Vec<f32> {
    let all: f32 = shares.iter().sum();
    let mut edge = 0.0;
    let ends = shares.iter().map(|share| {
        edge += look::ROOM * share / all.max(1.0e-3);
        edge
    });
    std::iter::once(0.0).chain(ends).collect()
}

fn room(sides: &[f32]) -> f32 {
    (sides[1] - sides[0] - 2.0 * INSET).max(1.0)
}

impl Line<'_> {
    fn n_lines(&self) -> usize {
        let lines = self.cells.iter().map(|it| it.text.lines.len());
        lines.max().unwrap_or(0).max(1)
    }

    fn add_to(&self, flow: &mut Flow, head: &Arc<Row>) {
        let n = self.n_lines();
        let piece = if n <= WHOLE { n } else { PIECE };
        for from in (0..n).step_by(piece) {
            let to = (from + piece).min(n);
            let row = Row {
                // Neither end of a long row is alone on a page.
                keeps: to < n && (from == 0 || n <= to + piece),
                under: Some(head.clone()),
                ..self.piece(from..to, from == 0, to == n)
            };
            flow.rows.push(Arc::new(row));
        }
    }

    /// Some lines of the row, with what is above the first and below the last one.
    fn piece(&self, lines: Range<usize>, is_first: bool, is_last: bool) -> Row {
        let leading = look::CELL.leading * look::CELL.size;
        let above = if is_first { INSET } else { 0.0 };
        let below = if is_last { INSET } else { 0.0 };
        let height = above + leading * lines.len() as f32 + below;
        let mut parts = Vec::with_capacity(3 * self.cells.len() + 3);
        for (set, sides) in self.cells.iter().zip(self.edges.windows(2)) {
            if let Some(ink) = set.paper {
                parts.push(Part::Fill(Area {
                    x: sides[0],
                    y: 0.0,
                    width: sides[1] - sides[0],
                    height,
                    ink,
                }));
            }
        }
        parts.extend(self.lines_around(height, is_first, is_last));
        for (set, sides) in self.cells.iter().zip(self.edges.windows(2)) {
            let n = set.text.lines.len();
            let lines = lines.start.min(n)..lines.end.min(n);
            if !lines.is_empty() {
                parts.push(Part::Text(Lines {
                    x: sides[0] + INSET,
                    y: above,
                    text: set.text.clone(),
                    lines,
                    element: Some(set.element),
                }));
            }
        }
        Row {
            height,
            parts,
            ..Row::default()
        }
    }

    fn lines_around(
        &self,
        height: f32,
        is_first: bool,
        is_last: bool,
    ) -> impl Iterator<Item = Part> {
        let hair = |x: f32, y: f32, width: f32, height: f32| {
            Part::Fill(Area {
                x: x - HAIR / 2.0,
                y: y - HAIR / 2.0,
                width: width + HAIR,
                height: height + HAIR,
                ink: look::LINE,
            })
        };
        let across = [(is_first, 0.0), (is_last, height)].into_iter();
        let across = across.filter(|it| it.0).map(|it| it.1);
        let down = self.edges.iter().map(move |x| hair(*x, 0.0, 0.0, height));
        across
            .map(move |y| hair(0.0, y, look::ROOM, 0.0))
            .chain(down)
    }
}
