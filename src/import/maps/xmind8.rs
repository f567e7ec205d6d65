//! `content.xml`, as XMind 8 and its forerunners wrote it.

use super::build::{At, Builder};
use super::html;
use super::loss::Loss;
use super::xml::{Element, Piece, Xml};
use crate::import::trouble::FileRefused;
use crate::mindmap::schema::Kind;

/// A relationship that was begun.
struct Relationship {
    from: String,
    to: String,
}

pub(super) fn read(text: &str, into: &mut Builder) -> Result<(), FileRefused> {
    let mut xml = Xml::new(text);
    let mut open: Vec<At> = Vec::new();
    let mut relationship: Option<Relationship> = None;
    let mut is_content = false;
    loop {
        match xml.next()? {
            Piece::End => return Ok(()),
            Piece::Open(element) if !is_content => {
                is_content = element.name == "xmap-content";
                if !is_content {
                    return Err(xml.refuse("this does not begin with <xmap-content>"));
                }
            }
            Piece::Open(element) => match element.name.as_str() {
                "topic" => open.push(topic(&element, open.len(), into)?),
                "relationship" => {
                    let end = |name| element.get(name).unwrap_or_default().to_owned();
                    relationship = Some(Relationship {
                        from: end("end1"),
                        to: end("end2"),
                    });
                }
                "title" if relationship.is_some() => {
                    let label = xml.text()?;
                    arrow(relationship.take(), &label, into);
                }
                _ => match open.last() {
                    Some(topic) => part(&mut xml, &element, *topic, into)?,
                    None if element.name == "title" => {
                        let title = xml.text()?;
                        into.set_title(&title);
                    }
                    None => {}
                },
            },
            Piece::Close(name) => match name.as_str() {
                "topic" => drop(open.pop()),
                "relationship" => arrow(relationship.take(), "", into),
                _ => {}
            },
            Piece::Text(_) => {}
        }
    }
}

fn topic(element: &Element, depth: usize, into: &mut Builder) -> Result<At, FileRefused> {
    let at = into.add(depth, "")?;
    if let Some(id) = element.get("id") {
        into.name(at, id);
    }
    if element.get("branch") == Some("folded") {
        into.lose(at, Loss::Folding);
    }
    link(element.get("href"), at, into);
    Ok(at)
}

/// What stands in a topic and is none.
fn part(
    xml: &mut Xml<'_>,
    element: &Element,
    topic: At,
    into: &mut Builder,
) -> Result<(), FileRefused> {
    match element.name.as_str() {
        "title" => {
            let words = xml.text()?;
            into.set_text(topic, &words);
        }
        "plain" => {
            let words = xml.text()?;
            into.add_note(topic, &words);
        }
        // The same note once more, with what it looks like.
        "html" => drop(html::words(xml)?),
        "label" => {
            let label = xml.text()?;
            self::label(&label, topic, into);
        }
        "topics" if element.get("type") == Some("summary") => {
            into.lose(topic, Loss::Summaries);
            xml.skip()?;
        }
        "marker-ref" => lose(xml, topic, Loss::Icons, into)?,
        "img" => lose(xml, topic, Loss::Images, into)?,
        "boundary" => lose(xml, topic, Loss::Summaries, into)?,
        "children" | "topics" | "notes" | "labels" | "marker-refs" | "boundaries" => {}
        _ => xml.skip()?,
    }
    Ok(())
}

fn lose(xml: &mut Xml<'_>, topic: At, what: Loss, into: &mut Builder) -> Result<(), FileRefused> {
    into.lose(topic, what);
    xml.skip()
}

fn arrow(relationship: Option<Relationship>, label: &str, into: &mut Builder) {
    if let Some(Relationship { from, to }) = relationship {
        into.arrow(&from, &to, label);
    }
}

/// Where a topic leads: inside the workbook to another topic or to a file, else out of it.
pub(super) fn link(href: Option<&str>, at: At, into: &mut Builder) {
    let Some(href) = href.filter(|it| !it.is_empty()) else {
        return;
    };
    if let Some(id) = href.strip_prefix("xmind:#") {
        into.arrow_from(at, id, "");
    } else if href.starts_with("xap:") {
        into.lose(at, Loss::Images);
    } else {
        into.add_note(at, href);
    }
}

/// A label: the kind of the node, what our export says beside it, or what is not kept.
pub(super) fn label(label: &str, at: At, into: &mut Builder) {
    let is_count = |what: &str| {
        let (n, word) = label.split_once(' ').unwrap_or_default();
        n.parse::<i64>().is_ok() && word.trim_end_matches('s') == what
    };
    let is_link = ["GAP-", "SOL-"].iter().any(|it| label.starts_with(it));
    match Kind::parse(label) {
        Some(kind) => into.set_kind(at, kind),
        None if label.starts_with("TLP:") => {}
        None if is_count("vote") => into.lose(at, Loss::Votes),
        None if is_count("comment") => into.lose(at, Loss::Comments),
        None if is_link => into.lose(at, Loss::Links),
        None => into.lose(at, Loss::Labels),
    }
}
