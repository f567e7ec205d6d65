//! A row in the making: cells put under the names of fields, with what files do to values undone.

use std::collections::BTreeMap;

use super::date;
use super::trouble::Rejection;
use crate::base::invalid::Invalid;
use crate::catalogue::change::Change;
use crate::catalogue::field::Fields;
use crate::catalogue::field::{Field, FieldName, Takes};
use crate::catalogue::kind::RecordKind;
use crate::catalogue::scale::DEGREE;
use crate::catalogue::shape;
use crate::catalogue::value::Value;

/// What a row is, as far as finding its record goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A result: others may share its grant.
    Result,
    /// A project: the one with its grant.
    Project,
    /// More about a record that must be there.
    Known,
}

/// A fit that a row proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The gap, as the file calls it.
    pub gap: String,
    /// How well the row's solution fits it.
    pub degree: String,
}

/// A fact with its source, which becomes evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// What it says.
    pub text: String,
    /// What the file calls its sources.
    pub sources: String,
}

/// What a file says of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where in the file.
    pub line: u64,
    /// Of what kind.
    pub kind: RecordKind,
    /// What it says of it.
    pub said: Fields,
    /// What is said only where it makes the record: its state, its label, values that the file
    /// implies and does not state.
    pub first: Change,
    /// What the file itself calls it, for its other rows to point at.
    pub key: Option<String>,
    /// Groups by name.
    pub groups: Vec<String>,
    /// Fits that it proposes.
    pub links: Vec<Link>,
    /// What was read somewhere about it.
    pub fact: Fact,
    /// What it is.
    pub scope: Scope,
}

impl Row {
    /// A row that says nothing yet.
    pub fn new(line: u64, kind: RecordKind) -> Self {
        Self {
            line,
            kind,
            said: Fields::new(),
            first: Change::new(kind),
            key: None,
            groups: Vec::new(),
            links: Vec::new(),
            fact: Fact::default(),
            scope: Scope::Result,
        }
    }

    /// Puts a cell into a field of this name, or in one of the places beside the fields: `key`,
    /// `groups`, `links`, `fact`, `sources`, `state`, `tlp`.
    ///
    /// # Errors
    ///
    /// [`Rejection`] on `column` when the cell is none for that place.
    pub fn put(&mut self, place: &str, column: &str, cell: &str) -> Result<(), Rejection> {
        let refused = |it: Invalid| Rejection::new(self.line, column, it.reason.as_ref());
        let cell = plain(cell).map_err(|it| Rejection::new(self.line, column, it))?;
        if cell.is_empty() {
            return Ok(());
        }
        match place {
            "key" => self.key = Some(cell.chars().take(200).collect()),
            "groups" => self.groups.extend(items(cell)),
            "links" => {
                let line = self.line;
                for item in items(cell) {
                    self.links
                        .push(link(&item).map_err(|it| Rejection::new(line, column, it))?);
                }
            }
            "fact" => self.fact.text = cell.chars().take(10_000).collect(),
            "sources" => self.fact.sources = items(cell).collect::<Vec<_>>().join(", "),
            "state" => self.first.set_state(&word(cell)).map_err(refused)?,
            "tlp" => self.first.set_tlp(&cell.to_uppercase()).map_err(refused)?,
            _ => {
                let field = shape::field(self.kind, place).map_err(refused)?;
                let value = read(field, cell).map_err(refused)?;
                if let Some(value) = value {
                    self.said.insert(field.name, value);
                }
            }
        }
        Ok(())
    }

    /// Says what holds only where the row makes its record.
    pub fn suppose(&mut self, name: &str, text: &str) {
        let value = shape::find(self.kind, name).and_then(|field| {
            let value = field.text(text).ok()?;
            Some((field.name, value?))
        });
        if let Some((name, value)) = value {
            self.first.fields.insert(name, Some(value));
        }
    }

    /// Levels that are only aimed at go where targets stand.
    pub fn settle(mut self) -> Self {
        let is_target =
            self.said.get("trl_basis").and_then(Value::as_text) == Some("target_stated");
        if is_target && !self.said.contains_key("trl_target_low") {
            for (from, to) in [
                ("trl_low", "trl_target_low"),
                ("trl_high", "trl_target_high"),
            ] {
                if let Some(level) = self.said.remove(from) {
                    self.said.insert(to, level);
                }
            }
        }
        self
    }

    /// What makes a new record of this row.
    pub fn change(&self) -> Change {
        let mut change = self.first.clone();
        for (name, value) in &self.said {
            change.fields.insert(name, Some(value.clone()));
        }
        change
    }

    /// The fields it says, by name.
    pub fn values(&self) -> &BTreeMap<FieldName, Value> {
        &self.said
    }
}

/// Undoes what spreadsheets and we do to a cell: an apostrophe before what looks like a formula. A
/// formula itself is no value.
fn plain(cell: &str) -> Result<&str, &'static str> {
    let cell = cell.trim();
    if cell.starts_with('=') && 1 < cell.len() {
        return Err("is a formula: save values in its place");
    }
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => Ok(rest),
        _ => Ok(cell),
    }
}

fn items(cell: &str) -> impl Iterator<Item = String> + '_ {
    cell.split('|')
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .map(|it| it.chars().take(300).collect())
}

fn link(item: &str) -> Result<Link, &'static str> {
    let (gap, degree) = item.split_once(':').unwrap_or((item, "partial"));
    let degree = word(degree);
    match DEGREE.contains(&degree.as_str()) && !gap.trim().is_empty() {
        true => Ok(Link {
            gap: gap.trim().to_owned(),
            degree,
        }),
        false => Err("must be gaps with a degree such as GAP-01:partial"),
    }
}

/// A word as scales write it.
fn word(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

fn read(field: &Field, cell: &str) -> Result<Option<Value>, Invalid> {
    match field.takes {
        Takes::Choice(_) => {
            let word = word(cell);
            let word = match word.as_str() {
                "assessed_by_analyst" => "assessed",
                "tested_by_practitioners" => "tested",
                other => other,
            };
            field.read_text(word)
        }
        Takes::Choices(scale) => {
            let words = items(cell).map(|it| {
                let word = word(&it);
                // One letter stands for a word where only one begins so.
                let begun: Vec<_> = scale.iter().filter(|it| it.starts_with(&word)).collect();
                match begun[..] {
                    [only] if word.len() == 1 => (*only).to_owned(),
                    _ => word,
                }
            });
            let words: Vec<String> = words.collect();
            field.list(words.iter().map(String::as_str))
        }
        Takes::Whole(..) => {
            let whole = cell
                .split_once(['.', ','])
                .filter(|(_, rest)| rest.bytes().all(|it| it == b'0'))
                .map_or(cell, |it| it.0);
            field.read_text(whole)
        }
        Takes::Day | Takes::When => field.read_text(&date::normal(cell)),
        _ => field.read_text(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(place: &str, cell: &str) -> Result<Row, Rejection> {
        let mut row = Row::new(3, RecordKind::Solution);
        row.put(place, "Column", cell)?;
        Ok(row)
    }

    #[test]
    fn a_formula_is_rejected_and_what_only_looked_like_one_is_text() {
        let refused = put("name", "=HYPERLINK(\"x\")").unwrap_err();

        assert_eq!((refused.line, refused.column.as_str()), (3, "Column"));
        assert_eq!(
            put("name", "'+46 helpline").unwrap().said["name"].as_text(),
            Some("+46 helpline")
        );
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        let value = |place: &str, cell: &str| put(place, cell).unwrap().said[place].clone();

        assert_eq!(value("trl_low", "7,0"), Value::Number(7));
        assert!(put("trl_low", "7,5").is_err());
        assert_eq!(
            value("kind", "Technology class").as_text(),
            Some("technology_class")
        );
        assert_eq!(
            value("trl_basis", "assessed_by_analyst").as_text(),
            Some("assessed")
        );
        assert_eq!(value("end", "31/12/2022").as_text(), Some("2022-12-31"));
        let links = put("links", "GAP-01:good | GAP-02").unwrap().links;
        assert_eq!(
            (links[0].degree.as_str(), links[1].degree.as_str()),
            ("good", "partial")
        );
        assert!(put("links", "GAP-01:perfect").is_err());
    }

    #[test]
    fn a_level_that_is_aimed_at_is_a_target() {
        let mut row = put("trl_low", "7").unwrap();
        row.put("trl_basis", "", "target_stated").unwrap();

        let said = row.settle().said;

        assert_eq!(said["trl_target_low"], Value::Number(7));
        assert!(!said.contains_key("trl_low"));
    }
}
