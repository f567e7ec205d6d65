//! A table with a row a node, for spreadsheets.

use super::sheet::{Link, Node, Sheet};
use crate::base::text::on_one_line;
use crate::catalogue::table::csv_line;

/// How many of a node's ancestors its path names: all of them would be quadratic on a long chain.
const STEPS: usize = 20;
/// Characters of each of them.
const STEP_CHARS: usize = 80;
/// By this spreadsheets know the encoding.
pub(super) const BOM: &str = "\u{feff}";

const COLUMNS: [&str; 13] = [
    "id",
    "parent_id",
    "level",
    "number",
    "path",
    "text",
    "note",
    "kind",
    "colour",
    "links",
    "votes",
    "comments",
    "tlp",
];

pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let mut lines = BOM.to_owned();
    lines.push_str(&csv_line(COLUMNS.map(str::to_owned)));
    for (at, node) in sheet.nodes.iter().enumerate() {
        lines.push_str(&csv_line(row(sheet, at, node)));
    }
    lines.into_bytes()
}

fn row(sheet: &Sheet, at: usize, node: &Node) -> [String; 13] {
    let parent = node.parent.map(|it| sheet.nodes[it].id.to_string());
    let links: Vec<String> = node.links.iter().map(Link::words).collect();
    [
        node.id.to_string(),
        parent.unwrap_or_default(),
        node.depth.to_string(),
        (at + 1).to_string(),
        path(sheet, node),
        node.text.clone(),
        node.note.clone(),
        node.kind.map_or("", |it| it.as_str()).to_owned(),
        node.colour.map_or("", |it| it.as_str()).to_owned(),
        links.join("; "),
        if sheet.parts.votes {
            node.votes.to_string()
        } else {
            String::new()
        },
        node.comments.to_string(),
        sheet.tlp.as_str().to_owned(),
    ]
}

/// The words above a node, the top first.
fn path(sheet: &Sheet, node: &Node) -> String {
    let above = std::iter::successors(node.parent, |it| sheet.nodes[*it].parent);
    let mut steps: Vec<String> = above
        .take(STEPS + 1)
        .map(|it| on_one_line(&sheet.nodes[it].text))
        .map(|it| it.chars().take(STEP_CHARS).collect())
        .collect();
    if STEPS < steps.len() {
        steps[STEPS] = "…".to_owned();
    }
    steps.reverse();
    steps.join(" / ")
}
