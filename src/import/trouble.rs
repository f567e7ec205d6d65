//! What is wrong with a line, and what is wrong with a file.

/// A line that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Where it begins in the file, from 1.
    pub line: u64,
    /// The column it is about; empty where it is about the whole line.
    pub column: String,
    /// Why, in words for whoever made the file.
    pub reason: String,
}

impl Rejection {
    /// A rejection of what stands in a column. Both texts are cut: they repeat what a file says.
    pub fn new(line: u64, column: &str, reason: impl AsRef<str>) -> Self {
        Self {
            line,
            column: column.chars().take(60).collect(),
            reason: reason.as_ref().chars().take(300).collect(),
        }
    }
}

/// A file of which nothing more can be read.
#[derive(Debug, thiserror::Error)]
pub enum FileRefused {
    /// It is not what it should be.
    #[error("{0}")]
    Content(String),
    /// It cannot be read.
    #[error("the file cannot be read")]
    Io(#[from] std::io::Error),
}

impl FileRefused {
    /// A refusal in words.
    pub fn new(words: impl Into<String>) -> Self {
        Self::Content(words.into())
    }
}

/// What comes in the place of a row.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// This line is out; the next one may be fine.
    #[error("line {}: {} {}", .0.line, .0.column, .0.reason)]
    Row(Rejection),
    /// Nothing comes after this.
    #[error(transparent)]
    File(#[from] FileRefused),
}

impl From<Rejection> for Trouble {
    fn from(it: Rejection) -> Self {
        Self::Row(it)
    }
}
