//! Text that people type into forms: trimmed, bounded, free of what no keyboard types.

use crate::base::invalid::Invalid;

/// One line of 1 to `max` characters, trimmed.
///
/// # Errors
///
/// [`Invalid`] on `field` when nothing of it shows, or it is too long, or holds a line break or control character.
pub fn one_line(field: &'static str, text: &str, max: usize) -> Result<String, Invalid> {
    let text = text.trim();
    if !text.chars().any(shows) {
        return Err(Invalid::new(field, "must not be empty"));
    }
    if text.chars().any(|it| it.is_control() || turns_text(it)) {
        return Err(Invalid::new(field, "must be one line of plain text"));
    }
    bounded(field, text, max)
}

/// Any number of lines, also none, of at most `max` characters together.
///
/// # Errors
///
/// [`Invalid`] on `field` when it is too long or holds control characters.
pub fn lines(field: &'static str, text: &str, max: usize) -> Result<String, Invalid> {
    let text = text.trim();
    let breaks = |it: char| matches!(it, '\n' | '\r' | '\t');
    let odd = |it: char| (it.is_control() && !breaks(it)) || turns_text(it);
    if text.chars().any(odd) {
        return Err(Invalid::new(field, "must be plain text"));
    }
    bounded(field, text, max)
}

/// Line separators, and the marks that turn the direction of what follows: with them a name could
/// be made to look like another, or rewrite the line it stands in.
fn turns_text(it: char) -> bool {
    matches!(it, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character leaves a mark. A name of spaces without width would be nobody's.
fn shows(it: char) -> bool {
    let is_blank = matches!(
        it,
        '\u{ad}'
            | '\u{34f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'..='\u{2065}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
    );
    !is_blank && !it.is_whitespace()
}

fn bounded(field: &'static str, text: &str, max: usize) -> Result<String, Invalid> {
    if max < text.chars().count() {
        let reason = format!("must have at most {max} characters");
        return Err(Invalid::new(field, reason));
    }
    Ok(text.to_owned())
}

/// The number in `GAP-12` or `12`, where `is_prefix` knows what stands before the dash.
pub fn number_in(text: &str, is_prefix: impl Fn(&str) -> bool) -> Option<i64> {
    let digits = match text.split_once('-') {
        Some((prefix, digits)) => is_prefix(prefix).then_some(digits)?,
        None => text,
    };
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_counted_in_characters() {
        assert_eq!(one_line("name", "  Größe ", 5), Ok("Größe".to_owned()));
        assert!(one_line("name", "Größen", 5).is_err());
    }

    #[test]
    fn a_line_break_or_nothing_is_no_line() {
        assert!(one_line("name", "a\nb", 9).is_err());
        assert!(one_line("name", "  ", 9).is_err());
        assert!(one_line("name", "\u{200b}\u{feff} \u{2060}", 9).is_err());
        assert!(one_line("name", "👩\u{200d}🚒", 9).is_ok());
        assert!(one_line("name", "a\u{202e}b", 9).is_err());
        assert_eq!(lines("theme", "a\nb", 9), Ok("a\nb".to_owned()));
        assert!(lines("theme", "a\u{0}b", 9).is_err());
    }
}
