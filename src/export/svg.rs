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
const TOP: u32 = 84;
/// Room for the label and the title, however small the map is.
const NARROWEST: u32 = 520;

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

pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let layout = layout(sheet, MARGIN, TOP);
    let width = layout.width.max(NARROWEST).saturating_add(MARGIN);
    let height = layout.height.saturating_add(MARGIN);
    let [width, height] = [width, height].map(|it| it.to_string());
    let mut xml = Xml::default();
    xml.declare()
        .open("svg")
        .attribute("xmlns", "http://www.w3.org/2000/svg")
        .attribute("width", &width)
        .attribute("height", &height)
        .attribute("viewBox", &format!("0 0 {width} {height}"))
        .attribute(
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
    head(&mut xml, sheet);
    let colours = colours(sheet);
    for (at, node) in sheet.nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            edge(
                &mut xml,
                &layout.boxes[parent],
                &layout.boxes[at],
                &ink(colours[at]),
            );
        }
    }
    arrows(&mut xml, sheet, &layout);
    for (own, colour) in layout.boxes.iter().zip(&colours) {
        node(&mut xml, own, &ink(*colour));
    }
    xml.line();
    xml.finish()
}

/// The label, the title, and where it comes from.
fn head(xml: &mut Xml, sheet: &Sheet) {
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
    let from = [&*sheet.title, &*sheet.session, &*minute(sheet.at)].join(" · ");
    xml.text(&from).close();
}

/// The colour of each node: its own, or that of the nearest above it that has one.
fn colours(sheet: &Sheet) -> Vec<Option<Colour>> {
    let mut colours: Vec<Option<Colour>> = Vec::with_capacity(sheet.nodes.len());
    for node in &sheet.nodes {
        let inherited = node.parent.and_then(|it| colours[it]);
        colours.push(node.colour.or(inherited));
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
fn arrows(xml: &mut Xml, sheet: &Sheet, layout: &Layout) {
    let at: HashMap<&str, usize> = sheet.nodes.iter().map(|it| &*it.id).zip(0..).collect();
    for arrow in &sheet.arrows {
        let ends = at.get(&*arrow.from).zip(at.get(&*arrow.to));
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
