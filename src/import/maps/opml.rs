//! OPML, as outliners write it.

use super::build::{At, Builder};
use super::colour::colour;
use super::loss::Loss;
use super::xml::{Element, Piece, Xml};
use crate::import::trouble::FileRefused;
use crate::mindmap::schema::Kind;

pub(super) fn read(text: &str, into: &mut Builder) -> Result<(), FileRefused> {
    let mut xml = Xml::new(text);
    let (mut depth, mut is_opml, mut in_body) = (0, false, false);
    loop {
        match xml.next()? {
            Piece::End if is_opml => return Ok(()),
            Piece::End => return Err(FileRefused::new("this is no OPML: it has no <opml>")),
            Piece::Open(element) => match element.name.as_str() {
                "opml" => is_opml = true,
                _ if !is_opml => {
                    return Err(xml.refuse("this is no OPML: it does not begin with <opml>"));
                }
                "head" => {}
                "title" if !in_body => {
                    let title = xml.text()?;
                    into.set_title(&title);
                }
                "body" => in_body = true,
                "outline" if in_body => {
                    outline(&element, depth, into)?;
                    depth += 1;
                }
                _ => xml.skip()?,
            },
            Piece::Close(name) => {
                if name == "outline" {
                    depth -= 1;
                }
            }
            Piece::Text(_) => {}
        }
    }
}

fn outline(element: &Element, depth: usize, into: &mut Builder) -> Result<(), FileRefused> {
    let text = element.get("text").or(element.get("title"));
    let node = into.add(depth, text.unwrap_or_default())?;
    for (name, value) in element.attributes() {
        attribute(name, value, node, into);
    }
    Ok(())
}

fn attribute(name: &str, value: &str, node: At, into: &mut Builder) {
    match name {
        "_note" | "note" | "url" | "htmlUrl" | "xmlUrl" => into.add_note(node, value),
        "category" => {
            for category in value.split(',') {
                match Kind::parse(category.trim().trim_matches('/')) {
                    Some(kind) => into.set_kind(node, kind),
                    None => into.lose(node, Loss::Labels),
                }
            }
        }
        "colour" | "color" | "_color" => match colour(value) {
            Some(colour) => into.set_colour(node, colour),
            None => into.lose(node, Loss::Styles),
        },
        "links" => into.lose(node, Loss::Links),
        "votes" => into.lose(node, Loss::Votes),
        "comments" => into.lose(node, Loss::Comments),
        "_complete" | "complete" | "checked" | "_status" => into.lose(node, Loss::Tasks),
        // The words themselves, and what is said of the file as a whole.
        "text" | "title" | "type" | "created" | "tlp" | "session" => {}
        _ => into.lose(node, Loss::Attributes),
    }
}
