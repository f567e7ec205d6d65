//! How any table is read: which column goes where, and what its words mean. Kept as data under a
//! name, so that the next file of the same making needs no thought.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::draft::{Row, Scope};
use super::own;
use super::record::Record;
use super::table::{Format, MAX_COLUMNS};
use super::text::Encoding;
use super::trouble::Rejection;
use crate::base::invalid::Invalid;
use crate::base::text::one_line;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::shape;

const MAX_WORDS: usize = 200;

/// A column's way into a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnRule {
    /// The column by its name in the file.
    pub column: String,
    /// The field, or a place beside the fields.
    pub field: String,
    /// Which words of the column stand for which values.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
}

/// A mapping as people write it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingText {
    /// Of what kind the rows are: `gap` or `solution`.
    pub kind: String,
    /// What stands between cells: one sign, `tab`, or empty to have it told from the header.
    #[serde(default)]
    pub delimiter: String,
    /// `auto`, `utf-8` or `windows-1252`.
    #[serde(default)]
    pub encoding: String,
    /// Which line has the columns' names.
    #[serde(default = "first_row")]
    pub header_row: u32,
    /// Whether each row is a project, so that its grant alone names its record.
    #[serde(default)]
    pub projects: bool,
    /// The columns that are read.
    pub columns: Vec<ColumnRule>,
    /// Fields with the same value in every row.
    #[serde(default)]
    pub always: BTreeMap<String, String>,
}

fn first_row() -> u32 {
    1
}

/// A mapping that makes sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    text: MappingText,
    kind: RecordKind,
    format: Format,
}

impl Mapping {
    /// Checks a mapping.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on what makes no sense.
    pub fn new(mut text: MappingText) -> Result<Self, Invalid> {
        let kind = match text.kind.as_str() {
            "gap" => RecordKind::Gap,
            "solution" => RecordKind::Solution,
            _ => return Err(Invalid::new("kind", "must be gap or solution")),
        };
        let format = Format {
            delimiter: delimiter(&text.delimiter)?,
            encoding: Encoding::try_from(text.encoding.as_str())?,
            header_row: text.header_row,
        };
        if !(1..=100).contains(&text.header_row) {
            return Err(Invalid::new("header_row", "must be from 1 to 100"));
        }
        if text.columns.is_empty() || MAX_COLUMNS < text.columns.len() {
            return Err(Invalid::new("columns", "must name from 1 to 500 columns"));
        }
        for rule in &mut text.columns {
            rule.column = one_line("columns", &rule.column, 200)?.to_lowercase();
            check_place(kind, &rule.field)?;
            if MAX_WORDS < rule.words.len() {
                return Err(Invalid::new("words", "must be at most 200 a column"));
            }
            let words = std::mem::take(&mut rule.words).into_iter();
            rule.words = words
                .map(|(from, to)| (from.trim().to_lowercase(), to))
                .collect();
        }
        for name in text.always.keys() {
            check_place(kind, name)?;
        }
        let title = shape::title(kind).unwrap_or_default();
        let has_title = text.columns.iter().any(|it| it.field == title);
        if !has_title && !text.always.contains_key(title) {
            let words = format!("must have a column for {title}");
            return Err(Invalid::new("columns", words));
        }
        Ok(Self { text, kind, format })
    }

    /// Reads what [`Mapping::to_json`] wrote.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is none.
    pub fn from_json(text: &str) -> Result<Self, Invalid> {
        let refused = |it: serde_json::Error| Invalid::new("mapping", format!("is none: {it}"));
        Self::new(serde_json::from_str(text).map_err(refused)?)
    }

    /// As the database keeps it.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.text).unwrap_or_default()
    }

    /// As people wrote it.
    pub fn text(&self) -> &MappingText {
        &self.text
    }

    /// Of what kind the rows are.
    pub fn kind(&self) -> RecordKind {
        self.kind
    }

    /// How the table is written.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The columns that the table lacks.
    pub fn missing<'a>(&'a self, names: &[String]) -> Vec<&'a str> {
        let columns = self.text.columns.iter().map(|it| it.column.as_str());
        columns
            .filter(|it| !names.iter().any(|name| name == it))
            .collect()
    }

    /// What a line says.
    ///
    /// # Errors
    ///
    /// [`Rejection`] on the column that makes no sense.
    pub fn row(&self, record: &Record) -> Result<Row, Rejection> {
        let mut row = Row::new(record.line, self.kind);
        if self.text.projects {
            row.scope = Scope::Project;
        }
        for (field, text) in &self.text.always {
            row.put(field, field, text)?;
        }
        for rule in &self.text.columns {
            let cell = record.get(&rule.column);
            let known = rule.words.get(&cell.to_lowercase());
            row.put(
                &rule.field,
                &rule.column,
                known.map_or(cell, String::as_str),
            )?;
        }
        Ok(row.settle())
    }
}

fn check_place(kind: RecordKind, name: &str) -> Result<(), Invalid> {
    match own::place(kind, name) {
        Some(place) if place == name => Ok(()),
        _ => {
            let name: String = name.chars().take(60).collect();
            Err(Invalid::new(
                "field",
                format!("must be one that a file can fill, and not {name:?}"),
            ))
        }
    }
}

/// What stands between cells, from how people write it.
///
/// # Errors
///
/// [`Invalid`] on `delimiter`.
pub fn delimiter(text: &str) -> Result<Option<u8>, Invalid> {
    match text.as_bytes() {
        [] => Ok(None),
        b"tab" => Ok(Some(b'\t')),
        [one @ (b',' | b';' | b'\t' | b'|' | b':')] => Ok(Some(*one)),
        _ => Err(Invalid::new(
            "delimiter",
            "must be one of: , ; | : tab, or empty",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(json: &str) -> Result<Mapping, Invalid> {
        Mapping::from_json(json)
    }

    #[test]
    fn a_mapping_turns_columns_and_words_into_values() {
        let mapping = mapping(
            r#"{"kind":"solution","columns":[{"column":"Titel","field":"name"},
                {"column":"Art","field":"kind","words":{"Kurs":"training"}}],
                "always":{"programme":"National"}}"#,
        )
        .unwrap();
        let record = Record {
            line: 2,
            names: vec!["titel".to_owned(), "art".to_owned()].into(),
            cells: vec!["Erste Hilfe".to_owned(), "kurs".to_owned()],
        };

        let row = mapping.row(&record).unwrap();

        assert_eq!(row.said["kind"].as_text(), Some("training"));
        assert_eq!(row.said["programme"].as_text(), Some("National"));
        assert_eq!(Mapping::from_json(&mapping.to_json()), Ok(mapping));
    }

    #[test]
    fn a_mapping_that_makes_no_sense_is_refused_by_name() {
        let field = |json: &str| mapping(json).unwrap_err().field;

        assert_eq!(field(r#"{"kind":"map","columns":[]}"#), "kind");
        assert_eq!(field(r#"{"kind":"gap","columns":[]}"#), "columns");
        let odd = r#"{"kind":"gap","columns":[{"column":"a","field":"colour"}]}"#;
        assert_eq!(field(odd), "field");
        let untitled = r#"{"kind":"gap","columns":[{"column":"a","field":"description"}]}"#;
        assert_eq!(field(untitled), "columns");
        assert_eq!(field("{"), "mapping");
    }
}
