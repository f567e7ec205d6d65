//! Our own tables of gaps and solutions: the fields by their names, and a few names beside them.

use super::draft::{Row, Scope};
use super::record::Record;
use super::trouble::Rejection;
use crate::catalogue::field::Takes;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::shape;

/// Columns with a name of their own, and where their cells go; `""` for what is read and left out.
const ALIASES: &[(&str, &str)] = &[
    ("gap_id", "key"),
    ("solution_id", "key"),
    ("practitioner_group", "groups"),
    ("group_origin", ""),
    ("thor_dimension", "thor"),
    ("status", "state"),
    ("source_note", "fact"),
    ("public_fact", "fact"),
    ("source_ids", "sources"),
    ("date_checked", "last_checked"),
    ("call_or_topic", "call"),
    ("start_year", "start"),
    ("end_year", "end"),
    ("record_url", "url"),
    ("proposed_gap_links", "links"),
];
/// The places beside the fields, by their own names.
pub const PLACES: &[&str] = &["key", "groups", "links", "fact", "sources", "state", "tlp"];

/// Where the cells of a column go; nothing for a column that means nothing here.
pub fn place(kind: RecordKind, column: &str) -> Option<&str> {
    let alias = ALIASES.iter().find(|it| it.0 == column).map(|it| it.1);
    let name = alias.unwrap_or(column);
    // Other records by their ids in this database: no file can know them.
    let is_field = |it: &str| {
        shape::find(kind, it)
            .is_some_and(|it| !matches!(it.takes, Takes::One(_) | Takes::Target | Takes::Groups))
    };
    let is_place = name.is_empty() || PLACES.contains(&name) || is_field(name);
    (is_place && (kind == RecordKind::Solution || name != "links")).then_some(name)
}

/// Whether a file with these columns can be one of ours.
pub fn is_own(kind: RecordKind, names: &[String]) -> bool {
    let title = shape::title(kind).unwrap_or_default();
    names.iter().any(|it| it == title)
}

/// What a line says.
///
/// # Errors
///
/// [`Rejection`] on the column that makes no sense.
pub fn row(kind: RecordKind, record: &Record) -> Result<Row, Rejection> {
    let mut row = Row::new(record.line, kind);
    row.scope = Scope::Result;
    for (column, cell) in record.said() {
        match (column, place(kind, column)) {
            ("ai_involved", _) => {
                let check = match cell.to_lowercase().as_str() {
                    "yes" => "to_check",
                    "no" => "not_ai",
                    _ => "",
                };
                row.suppose("ai_check", check);
            }
            (_, None | Some("")) => {}
            (_, Some(place)) => row.put(place, column, cell)?,
        }
    }
    if kind == RecordKind::Gap {
        row.suppose("origin", "import");
        row.said.remove("origin");
        row.said.remove("origin_node");
    }
    Ok(row.settle())
}
