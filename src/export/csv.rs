//! A table with a row a node, for spreadsheets.

use super::sheet::{Link, Node, Sheet};
use super::words::one_line;

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
    let mut writer = ::csv::Writer::from_writer(BOM.as_bytes().to_vec());
    // Into memory: there is nothing that could fail but memory itself.
    let mut written = writer.write_record(COLUMNS);
    for (at, node) in sheet.nodes.iter().enumerate() {
        written = written.and(writer.write_record(row(sheet, at, node)));
    }
    debug_assert!(written.is_ok());
    writer.into_inner().unwrap_or_default()
}

fn row(sheet: &Sheet, at: usize, node: &Node) -> [String; 13] {
    let parent = node.parent.map(|it| sheet.nodes[it].id.to_string());
    let links: Vec<String> = node.links.iter().map(Link::words).collect();
    let cells = [
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
    ];
    cells.map(neutral)
}

/// The words above a node, the top first.
fn path(sheet: &Sheet, node: &Node) -> String {
    let above = std::iter::successors(node.parent, |it| sheet.nodes[*it].parent);
    let mut steps: Vec<String> = above
        .take(STEPS + 1)
        .map(|it| one_line(&sheet.nodes[it].text))
        .map(|it| it.chars().take(STEP_CHARS).collect())
        .collect();
    if STEPS < steps.len() {
        steps[STEPS] = "…".to_owned();
    }
    steps.reverse();
    steps.join(" / ")
}

/// A cell that no spreadsheet takes for a formula: an apostrophe ahead makes it text.
fn neutral(cell: String) -> String {
    let begins = cell.trim_start_matches([' ', '\n']).chars().next();
    match begins {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell,
    }
}
