//! Blocks as rows that can be stacked.

use std::ops::Range;
use std::sync::Arc;

use krilla::geom::Rect;
use resvg::usvg::Tree;

use super::data::{Block, Fact, Figure, Heading, Report, Span, Words};
use super::look;
use super::table;
use super::tags::{Element, Elements, What};
use crate::fonts;
use crate::map::POINTS;
use crate::text::{Ink, Target, Text, Typist};

/// A block that is set: what goes on pages, and what it is.
#[derive(Default)]
pub(crate) struct Flow {
    pub rows: Vec<Arc<Row>>,
    pub elements: Elements,
    /// Between it and the next block.
    pub after: f32,
    /// Whether it begins a page, unless it is at the top of one.
    pub opens: bool,
    /// The heading that it is.
    pub heading: Option<Mark>,
}

/// A heading, for whoever looks for it.
pub(crate) struct Mark {
    pub level: u16,
    pub anchor: String,
    /// With its number.
    pub words: String,
}

/// What never breaks.
#[derive(Default)]
pub(crate) struct Row {
    /// Between it and what is above, unless it is at the top of a page.
    pub before: f32,
    pub height: f32,
    /// Whether it stays with the next row.
    pub keeps: bool,
    pub parts: Vec<Part>,
    /// What stands above it again where it begins a page.
    pub under: Option<Arc<Row>>,
}

/// Something on a row.
pub(crate) enum Part {
    Text(Lines),
    Fill(Area),
    Picture {
        tree: Box<Tree>,
        width: f32,
        height: f32,
        element: Element,
        /// Where parts of it lead, from its left top corner, with what they say.
        links: Vec<(Rect, Target, String)>,
    },
}

/// Lines of a text, from the left top corner of the row.
pub(crate) struct Lines {
    pub x: f32,
    pub y: f32,
    pub text: Arc<Text>,
    pub lines: Range<usize>,
    /// What they are in the block; none where they are only to look at.
    pub element: Option<Element>,
}

/// A coloured box, from the left top corner of the row.
pub(crate) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
    pub ink: Ink,
}

impl Flow {
    /// An empty one, with this between it and the next block.
    pub(crate) fn with_gap(after: f32) -> Self {
        Self {
            after,
            ..Self::default()
        }
    }

    /// Adds the lines of a text, which do not leave their first or last one alone.
    pub(crate) fn lines(&mut self, text: Text, x: f32, before: f32, element: Element) {
        let n = text.lines.len();
        let text = Arc::new(text);
        for line in 0..n {
            self.rows.push(Arc::new(Row {
                before: if line == 0 { before } else { 0.0 },
                height: text.leading,
                keeps: 2 <= n && (line == 0 || line + 2 == n),
                parts: vec![Part::Text(Lines {
                    x,
                    y: 0.0,
                    text: text.clone(),
                    lines: line..line + 1,
                    element: Some(element),
                })],
                under: None,
            }));
        }
    }

    /// Has all rows stay together, and with what comes next.
    fn keep(&mut self) {
        for row in self.rows.iter_mut().filter_map(Arc::get_mut) {
            row.keeps = true;
        }
    }

    /// Adds an item of a list, each text with its left edge: what it says, and its label beside that.
    fn item(
        &mut self,
        list: Element,
        (label_x, label): (f32, Text),
        (x, text): (f32, Text),
        before: f32,
    ) {
        let item = self.elements.inside(list, What::Item);
        let label_element = self.elements.inside(item, What::Label);
        let body = self.elements.inside(item, What::Body);
        let row = self.rows.len();
        let missing = label.lines.len().saturating_sub(text.lines.len());
        let missing = text.height(missing);
        self.lines(text, x, if row == 0 { GAP } else { before }, body);
        if let Some(last) = self.rows.last_mut().and_then(Arc::get_mut) {
            last.height += missing;
        }
        if let Some(first) = self.rows.get_mut(row).and_then(Arc::get_mut) {
            let label = whole(label, label_x, Some(label_element));
            first.parts.push(label);
        }
    }
}

/// Between paragraphs.
const GAP: f32 = 9.5;
/// Around tables and pictures.
const WIDE: f32 = 14.0;

/// Sets a block.
///
/// # Errors
///
/// A picture that cannot be read.
pub(crate) fn set_block(block: &Block, words: &Words, typist: &mut Typist) -> Result<Flow, String> {
    Ok(match block {
        Block::Heading(it) => heading(it, typist),
        Block::Text { spans } => paragraph(spans, typist),
        Block::Note { spans } => note(spans, typist),
        Block::List { items } => list(items, typist),
        Block::Facts { facts } => self::facts(facts, typist),
        Block::Table(it) => {
            let mut flow = Flow::with_gap(WIDE);
            let outer = flow.elements.top(What::Table);
            if !it.caption.is_empty() {
                let caption = caption(&words.table, it.n, &it.caption, words);
                let element = flow.elements.inside(outer, What::Caption);
                let text = typist.words(&caption, look::CAPTION, look::ROOM);
                flow.lines(text, 0.0, WIDE, element);
                flow.keep();
            }
            table::rows(&mut flow, it, outer, typist);
            flow
        }
        Block::Figure(it) => figure(it, words, typist)?,
    })
}

fn caption(kind: &str, n: u32, said: &str, words: &Words) -> String {
    match n {
        0 => said.to_owned(),
        n => format!("{kind}\u{a0}{n}{}{said}", words.colon),
    }
}

fn heading(it: &Heading, typist: &mut Typist) -> Flow {
    let style = look::heading(it.level);
    let words = match &*it.number {
        "" => it.text.clone(),
        number => format!("{number} {}", it.text),
    };
    let mut flow = Flow {
        after: 0.8 * style.size,
        opens: it.level == 1,
        ..Flow::default()
    };
    let element = flow.elements.top(What::Heading(it.level, words.clone()));
    let text = typist.words(&words, style, look::ROOM);
    flow.lines(text, 0.0, 1.5 * style.size, element);
    flow.keep();
    flow.heading = Some(Mark {
        level: it.level,
        anchor: it.anchor.clone(),
        words,
    });
    flow
}

fn paragraph(spans: &[Span], typist: &mut Typist) -> Flow {
    let mut flow = Flow::with_gap(GAP);
    let element = flow.elements.top(What::Paragraph);
    flow.lines(
        typist.spans(spans, look::TEXT, look::ROOM),
        0.0,
        GAP,
        element,
    );
    // What is strong as a whole is the heading of what comes next.
    if spans.iter().all(|it| it.strong) {
        flow.keep();
    }
    flow
}

fn note(spans: &[Span], typist: &mut Typist) -> Flow {
    let mut flow = Flow::with_gap(GAP);
    let element = flow.elements.top(What::Paragraph);
    let text = typist.spans(spans, look::TEXT, look::ROOM - 2.0 * look::PADDING);
    flow.lines(text, look::PADDING, GAP, element);
    let n = flow.rows.len();
    for (line, row) in flow.rows.iter_mut().filter_map(Arc::get_mut).enumerate() {
        let above = if line == 0 { look::PADDING } else { 0.0 };
        let below = if line + 1 == n { look::PADDING } else { 0.0 };
        for part in &mut row.parts {
            if let Part::Text(lines) = part {
                lines.y = above;
            }
        }
        row.height += above + below;
        // Without a hair between it and the next.
        let height = row.height + if line + 1 == n { 0.0 } else { 0.2 };
        let fill = |width, ink| {
            Part::Fill(Area {
                x: 0.0,
                y: 0.0,
                width,
                height,
                ink,
            })
        };
        let behind = [fill(look::ROOM, look::NOTE), fill(look::BAR, look::BLUE)];
        row.parts.splice(0..0, behind);
    }
    flow
}

fn list(items: &[Vec<Span>], typist: &mut Typist) -> Flow {
    let mut flow = Flow::with_gap(GAP);
    let list = flow.elements.top(What::List);
    for spans in items {
        let label = typist.words("•", look::TEXT, look::INDENT);
        let body = typist.spans(spans, look::TEXT, look::ROOM - look::INDENT);
        flow.item(list, (4.0, label), (look::INDENT, body), 3.0);
    }
    flow
}

fn facts(facts: &[Fact], typist: &mut Typist) -> Flow {
    let mut flow = Flow::with_gap(GAP);
    let list = flow.elements.top(What::List);
    for fact in facts {
        let label = typist.words(&fact.label, look::STRONG, look::LABELS - 6.0);
        let body = typist.spans(&fact.spans, look::TEXT, look::ROOM - look::LABELS);
        flow.item(list, (0.0, label), (look::LABELS, body), 1.5);
    }
    // A few facts at least stay with the heading above.
    for row in flow.rows.iter_mut().take(3).filter_map(Arc::get_mut) {
        row.keeps = true;
    }
    flow
}

/// All of a text at once.
pub(crate) fn whole(text: Text, x: f32, element: Option<Element>) -> Part {
    let lines = 0..text.lines.len();
    Part::Text(Lines {
        x,
        y: 0.0,
        text: Arc::new(text),
        lines,
        element,
    })
}

fn figure(it: &Figure, words: &Words, typist: &mut Typist) -> Result<Flow, String> {
    let tree = Tree::from_str(&it.svg, &fonts::for_pictures());
    let tree = Box::new(tree.map_err(|error| error.to_string())?);
    let size = tree.size();
    // As large as it is, unless that is too large for a page.
    let most = (look::BOTTOM - look::TOP) * 0.8;
    let width = (it.width * POINTS).min(look::ROOM);
    let width = width.min(most * size.width() / size.height());
    let height = width * size.height() / size.width();
    let mut flow = Flow::with_gap(WIDE);
    let element = flow.elements.top(What::Figure(it.alt.clone()));
    let links = links(it, &tree, width / size.width());
    flow.rows.push(Arc::new(Row {
        before: WIDE,
        height,
        keeps: true,
        parts: vec![Part::Picture {
            tree,
            width,
            height,
            element,
            links,
        }],
        under: None,
    }));
    let element = flow.elements.top(What::Paragraph);
    let caption = caption(&words.figure, it.n, &it.caption, words);
    let text = typist.words(&caption, look::CAPTION, look::ROOM);
    flow.lines(text, 0.0, 6.0, element);
    Ok(flow)
}

/// Where the parts of a picture lead, with it drawn at this scale.
fn links(it: &Figure, tree: &Tree, scale: f32) -> Vec<(Rect, Target, String)> {
    let link = |(at, span): (usize, &Span)| {
        let target = Target::of(span)?;
        let area = tree.node_by_id(&format!("l{at}"))?.abs_bounding_box();
        let (x, y) = (area.x() * scale, area.y() * scale);
        let area = Rect::from_xywh(x, y, area.width() * scale, area.height() * scale)?;
        Some((area, target, span.text.clone()))
    };
    it.links.iter().enumerate().filter_map(link).collect()
}

/// The first page.
///
/// # Errors
///
/// As [`set_block`].
pub(crate) fn cover(report: &Report, typist: &mut Typist) -> Result<Vec<Flow>, String> {
    let mut flow = Flow::with_gap(6.0 * look::MM);
    flow.rows.push(Arc::new(Row {
        height: 18.0 * look::MM,
        ..Row::default()
    }));
    let label = flow.elements.top(What::Paragraph);
    let text = typist.words(&report.label, look::LABEL, look::ROOM);
    flow.lines(text, 0.0, 0.0, label);
    let title = flow.elements.top(What::Title);
    let text = typist.words(&report.running, look::TITLE, look::ROOM);
    flow.lines(text, 0.0, 2.0 * look::MM, title);
    let mut flows = vec![flow];
    for block in &report.cover {
        flows.push(set_block(block, &report.words, typist)?);
    }
    Ok(flows)
}
