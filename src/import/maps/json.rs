//! Our own JSON, as the export writes it.

use std::collections::HashMap;

use serde::Deserialize;

use super::build::{At, Builder};
use super::loss::Loss;
use crate::import::trouble::FileRefused;
use crate::mindmap::schema::{Colour, Fit, Kind, is_link_target};

/// The newest version of the format that is read.
const VERSION: u64 = 1;

#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: String,
    #[serde(default)]
    version: u64,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    title: String,
    nodes: Vec<Node>,
    #[serde(default)]
    relations: Vec<Relation>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    parent: Option<String>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    note: String,
    kind: Option<String>,
    colour: Option<String>,
    #[serde(default)]
    links: Vec<Link>,
    #[serde(default)]
    votes: i64,
    #[serde(default)]
    comments: u64,
}

#[derive(Deserialize)]
struct Link {
    target: String,
    fit: Option<String>,
}

#[derive(Deserialize)]
struct Relation {
    from: String,
    to: String,
    #[serde(default)]
    label: String,
}

pub(super) fn read(text: &str, into: &mut Builder) -> Result<(), FileRefused> {
    let malformed =
        |error: serde_json::Error| FileRefused::new(format!("line {}: {error}", error.line()));
    let head: Head = serde_json::from_str(text).map_err(malformed)?;
    if head.format != "gapmap-map" {
        let words = "line 1: this JSON is no map of ours: \"format\" is not \"gapmap-map\"";
        return Err(FileRefused::new(words));
    }
    if head.version != VERSION {
        let words = format!(
            "line 1: version {} of the format is not read, only {VERSION}",
            head.version
        );
        return Err(FileRefused::new(words));
    }
    let file: File = serde_json::from_str(text).map_err(malformed)?;
    into.set_title(&file.title);
    for (at, depth) in in_reading_order(&file.nodes)? {
        add(&file.nodes[at], depth, into)?;
    }
    for relation in &file.relations {
        into.arrow(&relation.from, &relation.to, &relation.label);
    }
    Ok(())
}

/// The nodes' places in the list and their depths, each before its children.
fn in_reading_order(nodes: &[Node]) -> Result<Vec<(usize, usize)>, FileRefused> {
    let mut places = HashMap::new();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    let mut tops = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let number = at + 1;
        match &node.parent {
            None => tops.push(at),
            // Only what stands before is known, so that nothing can hang under itself.
            Some(parent) => match places.get(parent.as_str()) {
                Some(parent) => {
                    let parent: &mut Vec<usize> = &mut children[*parent];
                    parent.push(at);
                }
                None => {
                    let words = format!("node {number}: its parent does not stand before it");
                    return Err(FileRefused::new(words));
                }
            },
        }
        if places.insert(node.id.as_str(), at).is_some() {
            let words = format!("node {number}: its id is that of another node");
            return Err(FileRefused::new(words));
        }
    }
    let mut ahead: Vec<(usize, usize)> = tops.iter().rev().map(|it| (*it, 0)).collect();
    let mut ordered = Vec::with_capacity(nodes.len());
    while let Some((at, depth)) = ahead.pop() {
        ordered.push((at, depth));
        ahead.extend(children[at].iter().rev().map(|it| (*it, depth + 1)));
    }
    Ok(ordered)
}

fn add(node: &Node, depth: usize, into: &mut Builder) -> Result<(), FileRefused> {
    let at = into.add(depth, &node.text)?;
    into.name(at, &node.id);
    into.add_note(at, &node.note);
    match node.kind.as_deref().map(Kind::parse) {
        Some(Some(kind)) => into.set_kind(at, kind),
        Some(None) => into.lose(at, Loss::Labels),
        None => {}
    }
    match node.colour.as_deref().map(Colour::parse) {
        Some(Some(colour)) => into.set_colour(at, colour),
        Some(None) => into.lose(at, Loss::Styles),
        None => {}
    }
    for link in &node.links {
        add_link(link, at, into);
    }
    for (n, what) in [
        (node.votes, Loss::Votes),
        (
            i64::try_from(node.comments).unwrap_or(i64::MAX),
            Loss::Comments,
        ),
    ] {
        if n != 0 {
            into.lose(at, what);
        }
    }
    Ok(())
}

fn add_link(link: &Link, at: At, into: &mut Builder) {
    let fit = link.fit.as_deref().and_then(Fit::parse);
    match is_link_target(&link.target) {
        true => into.add_link(at, link.target.clone(), fit),
        false => into.lose(at, Loss::Links),
    }
}
