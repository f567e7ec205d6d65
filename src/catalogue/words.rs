//! Words as both databases search them: lower case, without accents, letters and digits only.
//!
//! What is stored and what is asked for go through the same function, so that the databases only
//! compare words and cannot disagree about languages.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::field::Fields;
use super::field::Takes;
use super::kind::RecordKind;
use super::shape;
use super::value::Value;

/// What a record's index keeps at most, in bytes; what is beyond is not found.
const MAX_BYTES: usize = 60_000;
/// Longer words are cut, when stored and when asked for.
const WORD_CHARS: usize = 60;
/// How many words of a question count.
const QUERY_WORDS: usize = 12;

/// The words of a text, with one space between them: `Größe, Café` gives `grosse cafe`.
pub fn normalise(text: &str) -> String {
    if text.is_ascii() {
        return normalise_ascii(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut length = 0;
    for letter in text.nfkd().filter(|it| !is_combining_mark(*it)) {
        if !letter.is_alphanumeric() {
            length = 0;
            continue;
        }
        if length == 0 && !out.is_empty() {
            if MAX_BYTES < out.len() {
                break;
            }
            out.push(' ');
        }
        length += 1;
        if WORD_CHARS < length {
            continue;
        }
        match letter {
            'ß' | 'ẞ' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'þ' | 'Þ' => out.push_str("th"),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            other => out.extend(other.to_lowercase().filter(|it| it.is_alphanumeric())),
        }
    }
    out
}

/// The same where nothing has to be taken apart, which is most of what comes here.
fn normalise_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|it: char| !it.is_ascii_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            if MAX_BYTES < out.len() {
                break;
            }
            out.push(' ');
        }
        let begin = out.len();
        out.push_str(&word[..word.len().min(WORD_CHARS)]);
        out[begin..].make_ascii_lowercase();
    }
    out
}

/// The words that are asked for, each once. A record has to have all of them, each as the beginning
/// of one of its words.
pub fn query(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in normalise(text).split(' ').filter(|it| !it.is_empty()) {
        if !words.iter().any(|it| it == word) && words.len() < QUERY_WORDS {
            words.push(word.to_owned());
        }
    }
    words
}

/// What a record is found by: the words of what it is called, and all the others.
pub fn of_record(kind: RecordKind, fields: &Fields) -> (String, String) {
    let (mut title, mut body) = (String::new(), String::new());
    for field in shape::fields(kind) {
        let is_title = shape::title(kind) == Some(field.name);
        let text = if is_title { &mut title } else { &mut body };
        let value = fields.get(field.name).filter(|_| is_word(field.takes));
        match value {
            Some(Value::Text(value)) => push(text, value),
            Some(Value::List(items)) => items.iter().for_each(|it| push(text, it)),
            Some(Value::Number(_) | Value::Flag) | None => {}
        }
    }
    (normalise(&title), normalise(&body))
}

/// Whether what such a field holds are words that somebody may look for.
pub fn is_word(takes: Takes) -> bool {
    !matches!(
        takes,
        Takes::One(_) | Takes::Target | Takes::Groups | Takes::Day | Takes::When
    )
}

fn push(text: &mut String, more: &str) {
    text.push_str(more);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn plain_letters_are_read_as_all_others_are(text in "[ -~\n]{0,200}( [a-z]{55,65})?") {
            // One letter that is not plain, so that the whole text is read letter by letter.
            let other = normalise(&format!("{text} é"));

            let plain = format!("{} e", normalise(&text));
            prop_assert_eq!(plain.trim_start(), other);
        }
    }

    #[test]
    fn accents_case_and_signs_make_no_difference() {
        assert_eq!(
            normalise("Größe, Café-Münze!  ŁÓDŹ"),
            "grosse cafe munze lodz"
        );
        assert_eq!(normalise("ﬁnd № 12"), "find no 12");
        assert_eq!(normalise(" \t«»"), "");
    }

    #[test]
    fn a_question_is_a_few_different_words() {
        assert_eq!(query("Phone phone PHONES"), ["phone", "phones"]);
        assert_eq!(query(&"a b c d e f g h i j k l m n".repeat(2)).len(), 12);
        assert_eq!(query("\" OR 1=1 --"), ["or", "1"]);
    }

    #[test]
    fn an_endless_text_is_cut_and_an_endless_word_too() {
        assert_eq!(normalise(&"x".repeat(500)).len(), WORD_CHARS);
        assert!(normalise(&"word ".repeat(50_000)).len() < MAX_BYTES + WORD_CHARS);
    }
}
