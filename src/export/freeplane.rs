//! Freeplane's maps, which other mind-mapping programs read as well.
//!
//! Freeplane knows its files by their first characters: no declaration, `version` ahead of all
//! other attributes, and the lowest version that has what is used here, or it warns on opening.

use super::sheet::{Arrow, Node, Sheet};
use super::svg::ink;
use super::words::signed;
use super::xml::Xml;

pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let mut xml = Xml::default();
    xml.open("map").attribute("version", "freeplane 1.3.0");
    xml.line();
    let base = xml.depth();
    let arrows = by_start(sheet);
    for node in &sheet.nodes {
        xml.close_to(base + node.depth);
        open(&mut xml, node);
        if node.depth == 0 {
            attribute(&mut xml, "TLP", sheet.tlp.as_str());
            attribute(&mut xml, "session", &sheet.session);
        }
        for arrow in arrows.get(&*node.id).into_iter().flatten() {
            xml.open("arrowlink")
                .attribute("DESTINATION", &id(&arrow.to))
                .maybe("MIDDLE_LABEL", Some(&arrow.label))
                .close();
        }
        xml.line();
    }
    xml.finish()
}

fn by_start(sheet: &Sheet) -> std::collections::HashMap<&str, Vec<&Arrow>> {
    let mut by_start = std::collections::HashMap::new();
    for arrow in &sheet.arrows {
        let from: &mut Vec<&Arrow> = by_start.entry(&*arrow.from).or_default();
        from.push(arrow);
    }
    by_start
}

/// Begins a node, with all but what hangs under it.
fn open(xml: &mut Xml, node: &Node) {
    xml.open("node")
        .attribute("TEXT", &node.text)
        .attribute("ID", &id(&node.id));
    if node.depth == 1 {
        xml.attribute("POSITION", "right");
    }
    if let Some(colour) = node.colour {
        let ink = ink(Some(colour));
        xml.attribute("COLOR", ink.text);
        xml.attribute("BACKGROUND_COLOR", ink.fill);
        xml.open("edge").attribute("COLOR", ink.line).close();
    }
    if let Some(kind) = node.kind {
        attribute(xml, "kind", kind.as_str());
    }
    for link in &node.links {
        attribute(xml, "link", &link.words());
    }
    for (name, n) in [("votes", node.votes), ("comments", signed(node.comments))] {
        if n != 0 {
            attribute(xml, name, &n.to_string());
        }
    }
    if !node.note.is_empty() {
        xml.open("richcontent").attribute("TYPE", "NOTE");
        xml.open("html").open("head").close().open("body");
        for line in node.note.lines() {
            xml.open("p").text(line).close();
        }
        xml.close().close().close();
    }
}

fn attribute(xml: &mut Xml, name: &str, value: &str) {
    xml.open("attribute")
        .attribute("NAME", name)
        .attribute("VALUE", value)
        .close();
}

/// Freeplane's ids begin with these letters.
fn id(id: &str) -> String {
    format!("ID_{id}")
}
