//! What one line or object of a file says: texts by the names of their columns.

use std::sync::Arc;

/// One line of a table, or one object of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Where it begins in the file, from 1.
    pub line: u64,
    /// The columns' names, in lower case.
    pub names: Arc<[String]>,
    /// What stands in them; as many as there are names.
    pub cells: Vec<String>,
}

impl Record {
    /// The text in a column, trimmed; empty where there is no such column.
    pub fn get(&self, name: &str) -> &str {
        let place = self.names.iter().position(|it| it == name);
        place.map_or("", |it| self.cells[it].trim())
    }

    /// All columns that say something.
    pub fn said(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.names.iter().zip(&self.cells);
        pairs
            .map(|(name, cell)| (name.as_str(), cell.trim()))
            .filter(|(name, cell)| !name.is_empty() && !cell.is_empty())
    }
}
