//! Texts as other programs take them.

use crate::base::time::Timestamp;

/// A text without characters that XML 1.0 does not allow, and with one kind of line break.
pub(super) fn legal(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace(|it: char| !is_legal(it), "")
}

/// Whether XML 1.0 allows a character (section 2.2). Rust's characters are never surrogates.
fn is_legal(it: char) -> bool {
    let is_odd_control = it < ' ' && !matches!(it, '\t' | '\n');
    !is_odd_control && !matches!(it, '\u{fffe}' | '\u{ffff}')
}

/// How many of something, in English: `1 vote`, `3 votes`.
pub(super) fn count(n: impl Into<i64>, what: &str) -> String {
    let n = n.into();
    let ending = if n == 1 { "" } else { "s" };
    format!("{n} {what}{ending}")
}

/// A number of things for [`count`]; more than there can be is as many as there can be.
pub(super) fn signed(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A day and a time of day, for people.
pub(super) fn minute(at: Timestamp) -> String {
    let text: String = at.to_rfc3339().chars().take(16).collect();
    format!("{} UTC", text.replace('T', " "))
}
