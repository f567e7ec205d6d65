//! The words around what was found.

use super::words::normalise;

/// How many words stand before the first that was found.
const BEFORE: usize = 8;
/// How many words an excerpt has.
const WORDS: usize = 30;
/// No word of an excerpt is longer.
const WORD_CHARS: usize = 60;

/// A few words of that text in which one of the words asked for comes first; of the first text that
/// says anything, where none has them.
pub fn excerpt(texts: &[String], asked: &[String]) -> String {
    let found = texts.iter().find_map(|text| {
        let at = text.split_whitespace().position(|it| begins(it, asked))?;
        Some((text, at))
    });
    let first = || texts.iter().find(|it| !it.trim().is_empty());
    let Some((text, at)) = found.or_else(|| first().map(|it| (it, 0))) else {
        return String::new();
    };
    let from = at.saturating_sub(BEFORE);
    let mut words = text.split_whitespace().skip(from);
    let some: Vec<String> = words
        .by_ref()
        .take(WORDS)
        .map(|it| it.chars().take(WORD_CHARS).collect())
        .collect();
    let before = if from == 0 { "" } else { "… " };
    let after = if words.next().is_some() { " …" } else { "" };
    format!("{before}{}{after}", some.join(" "))
}

/// Whether one of the words in `text` begins with one that is asked for.
fn begins(text: &str, asked: &[String]) -> bool {
    let normal = normalise(text);
    normal
        .split(' ')
        .any(|word| asked.iter().any(|it| word.starts_with(it.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn an_excerpt_stands_around_what_was_found() {
        let long = format!(
            "{}the Größe of a phone {}",
            "a ".repeat(20),
            "b ".repeat(40)
        );

        let found = excerpt(&texts(&["", "nothing here", &long]), &texts(&["gross"]));

        assert!(found.starts_with("… a a"), "{found}");
        assert!(found.contains("the Größe of a phone"), "{found}");
        assert!(found.ends_with("b …"), "{found}");
    }

    #[test]
    fn what_is_found_elsewhere_shows_the_first_words() {
        assert_eq!(
            excerpt(&texts(&[" ", "As it is"]), &texts(&["x"])),
            "As it is"
        );
        assert_eq!(excerpt(&[], &texts(&["x"])), "");
        let endless = "x".repeat(5000);
        assert_eq!(excerpt(&[endless], &texts(&["x"])).len(), WORD_CHARS);
    }
}
