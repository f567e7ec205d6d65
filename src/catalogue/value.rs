//! What a field holds.

/// A value that is there: no text is empty, no list is empty, no flag is down. What is not there
/// has no value at all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Text, a word of a scale, a day, an address, or an id.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A flag that is up.
    Flag,
    /// Several texts, in their order and none twice.
    List(Vec<String>),
}

impl Value {
    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, where it is one.
    pub fn as_number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The list, where it is one.
    pub fn as_list(&self) -> &[String] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }
}
