//! OPML 2.0, for outliners.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::sheet::{Link, Node, Sheet};
use super::words::signed;
use super::xml::Xml;
use crate::base::time::Timestamp;

pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let mut xml = Xml::default();
    xml.declare().open("opml").attribute("version", "2.0");
    xml.line().open("head");
    let title = format!("{} ({})", sheet.title, sheet.label());
    xml.open("title").text(&title).close();
    if let Some(at) = rfc822(sheet.at) {
        xml.open("dateCreated").text(&at).close();
    }
    xml.close().line().open("body").line();
    let base = xml.depth();
    for node in &sheet.nodes {
        xml.close_to(base + node.depth);
        open(&mut xml, node);
        if node.depth == 0 {
            xml.attribute("tlp", sheet.tlp.as_str());
            xml.attribute("session", &sheet.session);
        }
        xml.line();
    }
    xml.finish()
}

/// `_note` is a convention that outliners share; other attributes the standard leaves free.
fn open(xml: &mut Xml, node: &Node) {
    let links: Vec<String> = node.links.iter().map(Link::words).collect();
    xml.open("outline")
        .attribute("text", &node.text)
        .maybe("category", node.kind.map(|it| it.as_str()))
        .maybe("_note", Some(&node.note))
        .maybe("colour", node.colour.map(|it| it.as_str()))
        .maybe("links", Some(&links.join("; ")));
    for (name, n) in [("votes", node.votes), ("comments", signed(node.comments))] {
        if n != 0 {
            xml.attribute(name, &n.to_string());
        }
    }
}

fn rfc822(at: Timestamp) -> Option<String> {
    let at = OffsetDateTime::from_unix_timestamp(at.0.div_euclid(1000)).ok()?;
    at.format(&Rfc2822).ok()
}
