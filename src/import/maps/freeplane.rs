//! Maps of Freeplane, and of FreeMind, whose files are like them.

use super::build::{At, Builder};
use super::colour::colour;
use super::html;
use super::loss::Loss;
use super::xml::{Element, Piece, Xml};
use crate::import::trouble::FileRefused;
use crate::mindmap::schema::Kind;

pub(super) fn read(text: &str, into: &mut Builder) -> Result<(), FileRefused> {
    let mut xml = Xml::new(text);
    let mut open: Vec<At> = Vec::new();
    let mut is_map = false;
    loop {
        match xml.next()? {
            Piece::End if is_map => return Ok(()),
            Piece::End => return Err(FileRefused::new("this is no mind map: it has no <map>")),
            Piece::Open(element) if element.name == "map" => is_map = true,
            Piece::Open(_) if !is_map => {
                return Err(xml.refuse("this is no mind map: it does not begin with <map>"));
            }
            Piece::Open(element) if element.name == "node" => {
                open.push(begin(&element, open.len(), into)?);
            }
            Piece::Open(element) => match open.last() {
                Some(node) => part(&mut xml, &element, *node, into)?,
                None => xml.skip()?,
            },
            Piece::Close(name) => {
                if name == "node" {
                    open.pop();
                }
            }
            Piece::Text(_) => {}
        }
    }
}

fn begin(element: &Element, depth: usize, into: &mut Builder) -> Result<At, FileRefused> {
    let node = into.add(depth, element.get("TEXT").unwrap_or_default())?;
    if let Some(id) = element.get("ID") {
        into.name(node, id);
    }
    if element.get("FOLDED") == Some("true") {
        into.lose(node, Loss::Folding);
    }
    match element.get("LINK") {
        None => {}
        Some(link) => match link.strip_prefix('#') {
            Some(id) => into.arrow_from(node, id, ""),
            None => into.add_note(node, link),
        },
    }
    // That of the letters is the stronger one.
    let said = ["COLOR", "BACKGROUND_COLOR"].map(|it| element.get(it));
    let mut said = said.into_iter().flatten();
    match said.clone().find_map(colour) {
        Some(colour) => into.set_colour(node, colour),
        None if said.all(is_plain) => {}
        None => into.lose(node, Loss::Styles),
    }
    Ok(node)
}

/// Black and white are how nodes look anyway.
fn is_plain(colour: &str) -> bool {
    matches!(
        colour.to_lowercase().as_str(),
        "#000000" | "#ffffff" | "#111111" | "#333333"
    )
}

/// What hangs on a node and is none.
fn part(
    xml: &mut Xml<'_>,
    element: &Element,
    node: At,
    into: &mut Builder,
) -> Result<(), FileRefused> {
    let get = |name| element.get(name);
    match element.name.as_str() {
        "richcontent" => return rich(xml, element, node, into),
        "attribute" => attribute(
            get("NAME").unwrap_or_default(),
            get("VALUE").unwrap_or_default(),
            node,
            into,
        ),
        "arrowlink" => {
            let labels = ["MIDDLE_LABEL", "SOURCE_LABEL", "TARGET_LABEL"].map(get);
            let label = labels.into_iter().flatten().next();
            let to = get("DESTINATION").unwrap_or_default();
            into.arrow_from(node, to, label.unwrap_or_default());
        }
        "icon" => into.lose(node, Loss::Icons),
        "edge" => match get("COLOR").map(colour) {
            Some(Some(colour)) => into.set_colour(node, colour),
            _ => into.lose(node, Loss::Styles),
        },
        "hook" if get("NAME") == Some("MapStyle") => {}
        "hook" if get("URI").is_some() => into.lose(node, Loss::Images),
        "attribute_layout" | "linktarget" => {}
        _ => into.lose(node, Loss::Styles),
    }
    xml.skip()
}

fn rich(
    xml: &mut Xml<'_>,
    element: &Element,
    node: At,
    into: &mut Builder,
) -> Result<(), FileRefused> {
    let (words, has_image) = html::words(xml)?;
    if has_image {
        into.lose(node, Loss::Images);
    }
    match element.get("TYPE") {
        Some("NODE") => into.set_text(node, &words),
        _ => into.add_note(node, &words),
    }
    Ok(())
}

fn attribute(name: &str, value: &str, node: At, into: &mut Builder) {
    match (name, Kind::parse(value)) {
        ("kind", Some(kind)) => into.set_kind(node, kind),
        // Of the file as a whole, and said of the map anyway.
        ("TLP" | "session", _) => {}
        ("link", _) => into.lose(node, Loss::Links),
        ("votes", _) => into.lose(node, Loss::Votes),
        ("comments", _) => into.lose(node, Loss::Comments),
        _ => into.lose(node, Loss::Attributes),
    }
}
