//! A picture of the whole map: real text, no scripts, no fonts to fetch, readable in any size.

use std::collections::HashMap;

use super::layout::{Box, Layout, PAD, SMALL, WORDS, layout};
use super::sheet::Sheet;
use super::svg_text::{Line, Style};
use super::words::minute;
use super::xml::Xml;
use crate::base::tlp::Tlp;
use crate::mindmap::schema::Colour;

/// Around everything.
const MARGIN: u32 = 24;
/// Where the map begins, below the label and the title.
pub(super) const TOP: u32 = 84;
/// Room for the label and the title, however small the map is.
pub(super) const NARROWEST: u32 = 520;

/// What one branch colour looks like on white, as in the light style of the page.
pub(super) struct Ink {
    pub(super) line: &'static str,
    pub(super) fill: &'static str,
    pub(super) text: &'static str,
}

/// The ink of a branch.
pub(super) fn ink(colour: Option<Colour>) -> Ink {
    let (line, fill, text) = match colour {
        None => ("#798285", "#ffffff", "#1a2327"),
        Some(Colour::Red) => ("#d24c50", "#ffeeed", "#75171f"),
        Some(Colour::Orange) => ("#bf6420", "#feefe7", "#652e00"),
        Some(Colour::Yellow) => ("#a3861d", "#faf3db", "#4e3e00"),
        Some(Colour::Green) => ("#359658", "#e4f9e8", "#004e24"),
        Some(Colour::Blue) => ("#3883d1", "#eaf4ff", "#074075"),
        Some(Colour::Purple) => ("#9964c4", "#f7efff", "#502b6d"),
    };
    Ink { line, fill, text }
}

/// The colour of a label's letters, on black, as the protocol prescribes.
fn label_ink(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "#ffffff",
        Tlp::Green => "#33ff00",
        Tlp::Amber | Tlp::AmberStrict => "#ffc000",
        Tlp::Red => "#ff2b2b",
    }
}

/// A map drawn: its boxes and their colours, from which it is written whole or in parts.
pub(super) struct Drawn<'a> {
    sheet: &'a Sheet,
    pub(super) layout: Layout,
    colours: Vec<Option<Colour>>,
}

/// What of a map is to be written.
pub(super) struct Part {
    /// The place of it in the whole.
    pub(super) x: u32,
    /// The place of it in the whole.
    pub(super) y: u32,
    /// How wide it is.
    pub(super) width: u32,
    /// How high it is, without what stands above it.
    pub(super) height: u32,
    /// The boxes in it.
    pub(super) boxes: Vec<usize>,
    /// The boxes whose line to their parent begins or ends in it.
    pub(super) edges: Vec<usize>,
    /// Which part it is, in words; empty for the whole.
    pub(super) name: String,
}

/// Writes the whole of a map.
pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let drawn = Drawn::of(sheet);
    drawn.svg(&drawn.whole())
}

impl<'a> Drawn<'a> {
    /// Places everything.
    pub(super) fn of(sheet: &'a Sheet) -> Self {
        Self {
            sheet,
            layout: layout(sheet, MARGIN, TOP),
            colours: colours(sheet),
        }
    }

    /// All of it.
    pub(super) fn whole(&self) -> Part {
        let height = self.layout.height.saturating_add(MARGIN);
        let all = || (0..self.layout.boxes.len()).collect();
        Part {
            x: 0,
            y: TOP,
            width: self.layout.width.max(NARROWEST).saturating_add(MARGIN),
            height: height.saturating_sub(TOP),
            boxes: all(),
            edges: all(),
            name: String::new(),
        }
    }

    /// Writes a part, below the label and the title.
    pub(super) fn svg(&self, part: &Part) -> Vec<u8> {
        let (sheet, layout) = (self.sheet, &self.layout);
        let size = (part.width, part.height.saturating_add(TOP));
        let mut xml = Xml::default();
        xml.declare();
        open(&mut xml, size, (0, 0));
        xml.attribute(
            "font-family",
            "'Noto Sans', 'DejaVu Sans', Arial, sans-serif",
        )
        .attribute("role", "img")
        .attribute("aria-labelledby", "title");
        xml.line().open("title").attribute("id", "title");
        xml.text(&format!("{} ({})", sheet.title, sheet.label()))
            .close();
        xml.line().open("rect").attribute("width", "100%");
        xml.attribute("height", "100%")
            .attribute("fill", "#ffffff")
            .close();
        head(&mut xml, sheet, &part.name);
        let is_part = !part.name.is_empty();
        if is_part {
            // What goes beyond a part is cut off at its frame.
            xml.line();
            open(&mut xml, (part.width, part.height), (part.x, part.y));
            xml.attribute("y", &TOP.to_string());
        }
        for at in &part.edges {
            if let Some(parent) = sheet.nodes[*at].parent {
                let ink = ink(self.colours[*at]);
                edge(&mut xml, &layout.boxes[parent], &layout.boxes[*at], &ink);
            }
        }
        arrows(&mut xml, sheet, layout, part);
        for at in &part.boxes {
            node(&mut xml, &layout.boxes[*at], &ink(self.colours[*at]));
        }
        xml.line();
        xml.finish()
    }
}

/// Begins a picture of this size that shows this place.
fn open(xml: &mut Xml, (width, height): (u32, u32), (x, y): (u32, u32)) {
    xml.open("svg")
        .attribute("xmlns", "http://www.w3.org/2000/svg")
        .attribute("width", &width.to_string())
        .attribute("height", &height.to_string())
        .attribute("viewBox", &format!("{x} {y} {width} {height}"));
}

/// The label, the title, and where it comes from.
fn head(xml: &mut Xml, sheet: &Sheet, part: &str) {
    let label = sheet.label();
    let letters = u32::try_from(label.len()).unwrap_or(0);
    let width = (letters * 11 + 16).to_string();
    let left = MARGIN.to_string();
    xml.line()
        .open("rect")
        .attribute("x", &left)
        .attribute("y", "16");
    xml.attribute("width", &width).attribute("height", "24");
    xml.attribute("fill", "#000000").close();
    let begin = |xml: &mut Xml, x: u32, y: u32, size: &str| {
        xml.line().open("text").attribute("x", &x.to_string());
        xml.attribute("y", &y.to_string())
            .attribute("font-size", size);
    };
    begin(xml, MARGIN + 8, 33, "14");
    xml.attribute("font-weight", "700")
        .attribute("fill", label_ink(sheet.tlp));
    xml.text(&label).close();
    begin(xml, MARGIN, 62, "13");
    xml.attribute("fill", "#4a555a");
    let at = minute(sheet.at);
    let from = [part, &*sheet.title, &*sheet.session, &*at];
    let from: Vec<&str> = from.into_iter().filter(|it| !it.is_empty()).collect();
    let from = from.join(" · ");
    xml.text(&from).close();
}

/// The colour of each node, as the page has it: its own, that of the nearest above it that has one,
/// or what its main branch shows by itself.
fn colours(sheet: &Sheet) -> Vec<Option<Colour>> {
    let mut colours: Vec<Option<Colour>> = Vec::with_capacity(sheet.nodes.len());
    for node in &sheet.nodes {
        let inherited = node.parent.and_then(|it| colours[it]);
        let by_itself = (0 < node.depth).then(|| Colour::of_branch(&node.id));
        colours.push(node.colour.or(inherited).or(by_itself));
    }
    colours
}

fn edge(xml: &mut Xml, from: &Box, to: &Box, ink: &Ink) {
    let (x, y) = (from.x + from.width, from.middle());
    let bend = x.midpoint(to.x);
    let path = format!("M{x} {y}C{bend} {y} {bend} {1} {0} {1}", to.x, to.middle());
    xml.line().open("path").attribute("d", &path);
    xml.attribute("fill", "none")
        .attribute("stroke", ink.line)
        .close();
}

/// The arrows that are not the tree, with what stands on them.
fn arrows(xml: &mut Xml, sheet: &Sheet, layout: &Layout, part: &Part) {
    if sheet.arrows.is_empty() {
        return;
    }
    let is_here = |at: &usize| part.boxes.binary_search(at).is_ok();
    let at: HashMap<&str, usize> = sheet.nodes.iter().map(|it| &*it.id).zip(0..).collect();
    for arrow in &sheet.arrows {
        let ends = at.get(&*arrow.from).zip(at.get(&*arrow.to));
        let ends = ends.filter(|(from, to)| is_here(from) || is_here(to));
        let Some((from, to)) = ends.map(|(from, to)| (&layout.boxes[*from], &layout.boxes[*to]))
        else {
            continue;
        };
        let [start, end] = [from, to].map(|it| (it.x + it.width / 2, it.middle()));
        let path = format!("M{} {}L{} {}", start.0, start.1, end.0, end.1);
        xml.line().open("path").attribute("d", &path);
        xml.attribute("fill", "none").attribute("stroke", "#4a555a");
        xml.attribute("stroke-dasharray", "5 4").close();
        let middle = (start.0.midpoint(end.0), start.1.midpoint(end.1));
        xml.line()
            .open("text")
            .attribute("x", &middle.0.to_string());
        xml.attribute("y", &middle.1.to_string())
            .attribute("text-anchor", "middle");
        xml.attribute("font-size", &SMALL.size.to_string());
        xml.attribute("fill", "#4a555a").text(&arrow.label).close();
    }
}

fn node(xml: &mut Xml, own: &Box, ink: &Ink) {
    let [x, y, width, height] = [own.x, own.y, own.width, own.height].map(|it| it.to_string());
    xml.line()
        .open("rect")
        .attribute("x", &x)
        .attribute("y", &y);
    xml.attribute("width", &width).attribute("height", &height);
    xml.attribute("rx", "7").attribute("fill", ink.fill);
    xml.attribute("stroke", ink.line).close();
    let mut y = own.y + PAD;
    lines(xml, own, &own.above, (SMALL, ink.line), &mut y);
    lines(xml, own, &own.words, (WORDS, ink.text), &mut y);
    lines(xml, own, &own.below, (SMALL, "#4a555a"), &mut y);
}

/// Writes lines of one style as one text, so that it is selected and found as a whole.
fn lines(xml: &mut Xml, own: &Box, lines: &[Line], style: (Style, &str), y: &mut u32) {
    let (Style { size, line }, fill) = style;
    if lines.is_empty() {
        return;
    }
    xml.line()
        .open("text")
        .attribute("font-size", &size.to_string());
    xml.attribute("fill", fill);
    for it in lines {
        // Where a line sits on, three quarters down.
        let base = y.saturating_add(line * 3 / 4);
        xml.open("tspan");
        let x = if it.is_rtl() {
            xml.attribute("direction", "rtl");
            own.x + own.width - PAD
        } else {
            own.x + PAD
        };
        xml.attribute("x", &x.to_string())
            .attribute("y", &base.to_string());
        xml.text(&it.text).close();
        *y = y.saturating_add(line);
    }
    xml.close();
}
