//! A value that was refused, in words for whoever typed it.

use std::borrow::Cow;

/// Says which field was refused, and what it must be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} {reason}")]
pub struct Invalid {
    /// The field's name as the caller wrote it.
    pub field: &'static str,
    /// The rest of the sentence that begins with the field, such as "must be a UUID".
    pub reason: Cow<'static, str>,
}

impl Invalid {
    /// The field, and the rest of the sentence that begins with it.
    pub fn new(field: &'static str, reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            field,
            reason: reason.into(),
        }
    }

    /// The field has to be one of these words.
    pub fn one_of(field: &'static str, words: &[&str]) -> Self {
        Self::new(field, format!("must be one of {}", words.join(", ")))
    }
}
