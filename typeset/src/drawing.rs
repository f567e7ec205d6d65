//! A drawing of a map, as it comes in as SVG: its shapes, and its texts apart.
//!
//! Texts are what a map is made of, and the library that reads SVG shapes each of them anew with
//! a font that it reads anew. They are set as those of reports are, in a
//! quarter of the time.

use resvg::usvg::roxmltree::{Document, Node};
use resvg::usvg::{Options, Tree};

use crate::fonts::SANS;
use crate::text::{self, Style, Text, Typist};

/// Wider than any line.
const ROOM: f32 = 1.0e6;

/// A drawing; lengths are in its units.
pub(crate) struct Drawing {
    /// All of it but the texts.
    pub shapes: Tree,
    pub lines: Vec<Placed>,
}

/// A line of text.
pub(crate) struct Placed {
    pub text: Text,
    /// Its left edge.
    pub x: f32,
    /// Where its letters stand.
    pub y: f32,
}

/// Where what is in a frame goes, and from where on it is to be seen.
#[derive(Clone, Copy, Default)]
struct Frame {
    x: f32,
    y: f32,
    top: f32,
}

impl Drawing {
    /// Reads a drawing.
    ///
    /// # Errors
    ///
    /// What is no SVG.
    pub(crate) fn read(svg: &str, typist: &mut Typist) -> Result<Self, String> {
        let document = Document::parse(svg).map_err(|error| error.to_string())?;
        let mut lines = Vec::new();
        let mut shapes = String::with_capacity(svg.len());
        let mut from = 0;
        for node in document.descendants().filter(|it| it.has_tag_name(TEXT)) {
            add(&mut lines, node, typist);
            let range = node.range();
            shapes.push_str(svg.get(from..range.start).unwrap_or_default());
            from = range.end;
        }
        shapes.push_str(svg.get(from..).unwrap_or_default());
        let shapes = Tree::from_str(&shapes, &Options::default());
        Ok(Self {
            shapes: shapes.map_err(|error| error.to_string())?,
            lines,
        })
    }
}

const TEXT: (&str, &str) = ("http://www.w3.org/2000/svg", "text");

/// Adds the lines of one text element: its own, or one for each span.
fn add(lines: &mut Vec<Placed>, node: Node<'_, '_>, typist: &mut Typist) {
    let frame = frame(node);
    let style = Style {
        family: SANS,
        size: number(node, "font-size").unwrap_or(16.0),
        leading: 1.0,
        is_bold: node.attribute("font-weight") == Some("700"),
        ink: text::ink(
            node.attribute("fill")
                .unwrap_or_default()
                .trim_start_matches('#'),
        ),
        links: text::BLACK,
        at_right: false,
    };
    let spans: Vec<Node<'_, '_>> = node.children().filter(Node::is_element).collect();
    let own = [node];
    for span in if spans.is_empty() { &own } else { &spans[..] } {
        let Some(words) = span.text().filter(|it| !it.is_empty()) else {
            continue;
        };
        let text = typist.words(words, style, ROOM);
        let x = number(*span, "x").unwrap_or(0.0) - before(node, *span) * text.width(0);
        let y = number(*span, "y").unwrap_or(0.0);
        // What is above its frame is cut off there, where the label and the title stand.
        if frame.top <= y - style.size + frame.y {
            let (x, y) = (x + frame.x, y + frame.y);
            lines.push(Placed { text, x, y });
        }
    }
}

/// How much of a line is to the left of where it is put.
fn before(node: Node<'_, '_>, span: Node<'_, '_>) -> f32 {
    let is_rtl = span.attribute("direction") == Some("rtl");
    match node.attribute("text-anchor") {
        Some("middle") => 0.5,
        _ if is_rtl => 1.0,
        _ => 0.0,
    }
}

/// The frame that a node is in: a picture within the picture, none of them scaled.
fn frame(node: Node<'_, '_>) -> Frame {
    let is_frame = |it: &Node<'_, '_>| it.tag_name().name() == "svg" && it.has_attribute("y");
    let Some(inner) = node.ancestors().find(is_frame) else {
        return Frame::default();
    };
    let shown = inner.attribute("viewBox").unwrap_or_default();
    let mut shown = shown.split(' ').map(|it| it.parse().unwrap_or(0.0));
    let (left, above) = (shown.next().unwrap_or(0.0), shown.next().unwrap_or(0.0));
    let top = number(inner, "y").unwrap_or(0.0);
    Frame {
        x: number(inner, "x").unwrap_or(0.0) - left,
        y: top - above,
        top,
    }
}

fn number(node: Node<'_, '_>, name: &str) -> Option<f32> {
    node.attribute(name)?.parse().ok()
}
