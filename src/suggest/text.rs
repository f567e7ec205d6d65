//! Reading a text: its words, and the concepts that they stand for.

use unicode_normalization::char::is_combining_mark;

use super::language::{Language, small_words_of};
use super::spelling::Spelling;
use super::thesaurus::{Hit, Thesaurus};
use crate::catalogue::words::normalise;

/// How many words of a text are read; what is beyond says nothing new.
const MAX_WORDS: usize = 2000;
/// Parts of joined words that are shorter than this are not looked for.
const PART: usize = 4;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// As it was written.
    pub written: &'a str,
    /// In lower case, without accents.
    pub plain: String,
    /// Its stem in the text's language.
    pub stem: String,
    /// Whether it only holds the sentence together.
    pub is_small: bool,
}

/// A text that was read.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// Its words.
    pub words: Vec<Word<'a>>,
    /// What they stand for.
    pub hits: Vec<Hit>,
    /// The language that it is most likely in.
    pub language: Language,
}

/// The words of a text as they stand there.
pub fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric() && !is_combining_mark(it))
        .filter(|it| !it.is_empty())
        .take(MAX_WORDS)
}

/// Reads a text. `spelling` mends words that nobody knows; `context` is read along to find out the
/// language, and for nothing else.
pub fn read<'a>(
    thesaurus: &Thesaurus,
    spelling: Option<&Spelling>,
    text: &'a str,
    context: &str,
) -> Reading<'a> {
    let written: Vec<&str> = words_of(text).collect();
    let mut plain: Vec<String> = written
        .iter()
        .map(|it| normalise(it).replace(' ', ""))
        .collect();
    let around: Vec<String> = words_of(context).map(normalise).collect();
    let counted: Vec<&str> = plain.iter().chain(&around).map(String::as_str).collect();
    let small = small_words_of(&counted);
    if let Some(spelling) = spelling {
        for word in &mut plain {
            if let Some(mended) = spelling.mend(word) {
                *word = mended;
            }
        }
    }
    let words: Vec<&str> = plain.iter().map(String::as_str).collect();
    let mut found: Vec<(Language, Vec<Hit>)> = Vec::new();
    for language in Language::ALL {
        found.push((language, hits(thesaurus, &words, language)));
    }
    let sure = sureness(&found, &small);
    let best = Language::ALL.into_iter().rev();
    let language = best.max_by(|a, b| sure[*a as usize].total_cmp(&sure[*b as usize]));
    let language = language.unwrap_or(Language::English);
    let hits = found.into_iter().flat_map(|(of, hits)| {
        let sure = sure[of as usize];
        hits.into_iter()
            .filter(move |_| 0.0 < sure)
            .map(move |it| Hit {
                weight: it.weight * sure,
                ..it
            })
    });
    let hits = hits.collect();
    let word = |(written, plain): (&'a str, String)| Word {
        written,
        stem: language.stem(&plain),
        is_small: language.is_small(&plain) || Language::English.is_small(&plain),
        plain,
    };
    let words = written.into_iter().zip(plain).map(word).collect();
    Reading {
        words,
        hits,
        language,
    }
}

/// How far words of each language count, from 0 to 1: those of the likeliest fully; English, whose
/// words stand in all others, nearly; those that cannot be told apart from the likeliest somewhat.
fn sureness(found: &[(Language, Vec<Hit>)], small: &[f32; 9]) -> [f32; 9] {
    let mut points = [0.0_f32; 9];
    for (language, hits) in found {
        let mut words: Vec<usize> = hits.iter().map(|it| it.first).collect();
        words.sort_unstable();
        words.dedup();
        points[*language as usize] = small[*language as usize] * 1.5 + words.len() as f32;
    }
    let most = points.iter().copied().fold(0.0, f32::max);
    let english = points[Language::English as usize];
    let mut sure = [0.0; 9];
    for language in Language::ALL {
        let own = points[language as usize];
        sure[language as usize] = if own <= 0.0 {
            0.0
        } else if own == most {
            1.0
        } else if language == Language::English {
            0.8
        } else if own + 1.0 < most || english == most {
            0.0
        } else {
            0.5
        };
    }
    sure
}

/// What words stand for in one language.
fn hits(thesaurus: &Thesaurus, words: &[&str], language: Language) -> Vec<Hit> {
    let stems: Vec<String> = words.iter().map(|it| language.stem(it)).collect();
    let mut found = Vec::new();
    for at in 0..words.len() {
        thesaurus.hits_at(words, &stems, at, language, &mut found);
        if language.joins_words() {
            parts(thesaurus, words[at], at, language, &mut found);
        }
    }
    found
}

/// What the later parts of a joined word stand for: the longest that stands for something.
fn parts(thesaurus: &Thesaurus, word: &str, at: usize, language: Language, found: &mut Vec<Hit>) {
    let starts: Vec<usize> = word.char_indices().map(|it| it.0).collect();
    if starts.len() < 2 * PART {
        return;
    }
    for start in &starts[PART - 1..=starts.len() - PART] {
        let part = &word[*start..];
        let mut of_part = Vec::new();
        thesaurus.hits_at(&[part], &[language.stem(part)], 0, language, &mut of_part);
        of_part.retain(|it| it.first == it.last);
        if !of_part.is_empty() {
            found.extend(of_part.into_iter().map(|it| Hit {
                first: at,
                last: at,
                weight: 0.8 * it.weight,
                ..it
            }));
            return;
        }
    }
}
