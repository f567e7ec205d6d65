//! Text that people type into forms: trimmed, bounded, free of what no keyboard types.

use unicode_normalization::UnicodeNormalization;

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
    !is_unseen(it) && !it.is_whitespace()
}

/// Whether a character is shown as nothing: what Unicode calls default ignorable, and an empty cell of
/// Braille.
fn is_unseen(it: char) -> bool {
    matches!(
        it,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// What a line looks like: the same for two that can be told apart only by capitals, by the width of
/// letters, spaces or dashes, by how accents are written, or by what is not seen at all. Letters of
/// different scripts stay different.
pub fn likeness(line: &str) -> String {
    let seen = line.nfkc().filter(|it| !is_unseen(*it));
    // By way of capitals, since some small letters have theirs in common.
    let folded = seen
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .map(|it| if is_dash(it) { '-' } else { it });
    // Letters that were kept apart by something unseen may belong together.
    let folded: String = folded.nfkc().collect();
    on_one_line(&folded)
}

/// The words of any text on one line, one space between each two.
pub fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_dash(it: char) -> bool {
    matches!(
        it,
        '\u{2d7}' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}'
    )
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
    fn lines_that_look_alike_are_alike() {
        for (one, other) in [
            ("Ana", "ANA"),
            ("Ana", "A\u{200b}n\u{ad}a\u{fe0f}"),
            ("Ana", "\u{ff21}\u{ff4e}\u{ff41}"),
            ("Ana 2", "Ana\u{a0}\u{2003}2"),
            ("Badger-07", "badger\u{2011}07"),
            ("\u{c1}na", "a\u{200d}\u{301}na"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
        ] {
            assert_eq!(likeness(one), likeness(other), "{one:?} {other:?}");
        }
        assert_ne!(likeness("Ana"), likeness("\u{410}na"));
        assert_ne!(likeness("Ana"), likeness("Áná"));
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
