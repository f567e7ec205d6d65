//! Text in a picture, without the font that will draw it: widths are guessed, and rather too wide.

/// How the text of a box is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// Height of the letters, in pixels.
    pub(super) size: u32,
    /// Height of a line.
    pub(super) line: u32,
}

/// A line of text and its width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) width: u32,
}

/// Breaks a text into lines of at most `max` pixels, between words where that can be.
pub(super) fn wrap(text: &str, style: Style, max: u32) -> Vec<Line> {
    let mut lines = Vec::new();
    for paragraph in text.trim_end().lines() {
        let mut line = Line::empty();
        for word in paragraph.split_whitespace() {
            let gap = if line.text.is_empty() {
                0
            } else {
                style.size / 3
            };
            let width = width(word, style);
            if line.width + gap + width <= max {
                if gap != 0 {
                    line.text.push(' ');
                }
                line.text.push_str(word);
                line.width += gap + width;
                continue;
            }
            if !line.text.is_empty() {
                lines.push(std::mem::replace(&mut line, Line::empty()));
            }
            line = break_word(word, style, max, &mut lines);
        }
        lines.push(line);
    }
    lines
}

/// Breaks a word that may be too long for a line; what is left of it begins the next line.
fn break_word(word: &str, style: Style, max: u32, lines: &mut Vec<Line>) -> Line {
    let mut line = Line::empty();
    for letter in word.chars() {
        let width = letter_width(letter, style);
        if max < line.width + width && !line.text.is_empty() {
            lines.push(std::mem::replace(&mut line, Line::empty()));
        }
        line.text.push(letter);
        line.width += width;
    }
    line
}

fn width(text: &str, style: Style) -> u32 {
    text.chars().map(|it| letter_width(it, style)).sum()
}

/// Sixteenths of the size that a letter may take in a plain sans-serif.
fn letter_width(letter: char, style: Style) -> u32 {
    let sixteenths = match letter {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '('
        | ')' => 6,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 16,
        'A'..='Z' | '0'..='9' => 11,
        // Marks on the letter before.
        '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{200d}' => 0,
        '\0'..='\u{2e7f}' => 10,
        // Ideographs and emoji.
        _ => 17,
    };
    // Rounded up to whole pixels by the sixteenth.
    (sixteenths * style.size).div_ceil(16)
}

impl Line {
    fn empty() -> Self {
        Self {
            text: String::new(),
            width: 0,
        }
    }

    /// Whether it reads from right to left: by its first letter that says so.
    pub(super) fn is_rtl(&self) -> bool {
        let letter = self.text.chars().find(|it| it.is_alphabetic());
        letter.is_some_and(|it| {
            matches!(it, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { size: 16, line: 20 };

    fn lines(text: &str, max: u32) -> Vec<String> {
        let lines = wrap(text, STYLE, max).into_iter();
        lines.map(|it| it.text).collect()
    }

    #[test]
    fn text_breaks_between_words_and_long_words_break_where_they_must() {
        assert_eq!(lines("aa bb cc", 50), ["aa bb", "cc"]);
        assert_eq!(lines("aaaaaa b", 40), ["aaaa", "aa b"]);
        assert_eq!(lines("one\n\ntwo", 500), ["one", "", "two"]);
        assert_eq!(lines("", 500), [""; 0]);
    }

    #[test]
    fn a_line_reads_the_way_its_letters_do() {
        let is_rtl = |text: &str| wrap(text, STYLE, 500)[0].is_rtl();

        assert!(is_rtl("12 שלום abc"));
        assert!(!is_rtl("12 abc שלום"));
    }
}
