//! The thesaurus: concepts of the field, and the words and phrases for them in several languages.
//!
//! It lies in text files beside this one, in a form that people can read and extend:
//!
//! ```text
//! # A comment.
//! [video]                          a concept
//! near: image 0.4, backlog 0.2     related concepts, and how near they are, above 0 to 1
//! en: footage, video*, hours of    words and phrases in a language; a * ends the beginning of words
//! de: aufnahme, aufnahmen
//! ```
//!
//! Case and accents make no difference. A word without a star stands for its inflected forms too.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use super::language::Language;
use crate::catalogue::words::normalise;

/// The files, by name.
const FILES: &[(&str, &str)] = &[
    ("analysis", include_str!("thesaurus/analysis.txt")),
    ("evidence", include_str!("thesaurus/evidence.txt")),
    ("organisation", include_str!("thesaurus/organisation.txt")),
    ("policing", include_str!("thesaurus/policing.txt")),
    ("support", include_str!("thesaurus/support.txt")),
];

static STANDARD: LazyLock<Thesaurus> =
    LazyLock::new(|| Thesaurus::read(FILES).expect("a test reads the files that are built in"));

/// The shortest beginning of words that may stand for all of them.
const SHORTEST: usize = 3;

/// One word of a term.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pattern {
    /// A word with this stem.
    Stem(String),
    /// A word that begins so.
    Begin(String),
}

impl Pattern {
    fn fits(&self, word: &str, stem: &str) -> bool {
        match self {
            Self::Stem(it) => it == stem,
            Self::Begin(it) => word.starts_with(it.as_str()),
        }
    }
}

/// What a first word leads to: a concept, if the other words follow.
#[derive(Clone, Debug)]
struct Term {
    concept: usize,
    rest: Vec<Pattern>,
}

/// A concept that a text speaks of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Which.
    pub concept: usize,
    /// In which language.
    pub language: Language,
    /// The first of its words in the text.
    pub first: usize,
    /// The last of them.
    pub last: usize,
    /// How sure it is.
    pub weight: f32,
}

/// All concepts with their words.
#[derive(Debug, Default)]
pub struct Thesaurus {
    names: Vec<String>,
    near: Vec<Vec<(usize, f32)>>,
    stems: HashMap<(Language, String), Vec<Term>>,
    begins: HashMap<(Language, String), Vec<Term>>,
    /// Every single word and beginning, for spelling.
    pub(super) spellings: BTreeSet<(Language, String)>,
}

impl Thesaurus {
    /// The one that is built in.
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// Reads files; each with its name, for what is said of mistakes.
    ///
    /// # Errors
    ///
    /// A sentence with file and line: a concept or a term twice, an empty one, a word that is too
    /// short for its star, a related concept that is not there, a line that is none of all that.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, String> {
        let mut it = Self::default();
        let mut near: BTreeMap<usize, Vec<(String, f32, String)>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (file, text) in files {
            let mut concept = None;
            for (number, line) in (1..).zip(text.lines()) {
                let place = format!("{file}:{number}");
                let line = line.trim();
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                if let Some(name) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
                    concept = Some(it.add_concept(name, &place)?);
                    continue;
                }
                let of = concept.ok_or(format!("{place}: this stands before the first concept"))?;
                let (key, list) = line.split_once(':').ok_or(format!("{place}: no colon"))?;
                if key == "near" {
                    near.entry(of).or_default().extend(related(list, &place)?);
                    continue;
                }
                let language = Language::ALL.into_iter().find(|it| it.code() == key);
                let language = language.ok_or(format!("{place}: no language {key}"))?;
                for term in list.split(',') {
                    if !seen.insert((of, language, normalise(term), term.contains('*'))) {
                        return Err(format!("{place}: {} is here twice", term.trim()));
                    }
                    it.add_term(of, language, term, &place)?;
                }
            }
        }
        it.join(near)?;
        Ok(it)
    }

    fn add_concept(&mut self, name: &str, place: &str) -> Result<usize, String> {
        let is_name = |it: char| it.is_ascii_lowercase() || it == '-';
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(format!(
                "{place}: a concept's name is lower-case letters and -"
            ));
        }
        if self.names.iter().any(|it| it == name) {
            return Err(format!("{place}: {name} is here twice"));
        }
        self.names.push(name.to_owned());
        self.near.push(Vec::new());
        Ok(self.names.len() - 1)
    }

    fn add_term(
        &mut self,
        concept: usize,
        language: Language,
        term: &str,
        place: &str,
    ) -> Result<(), String> {
        let mut patterns = Vec::new();
        for part in term.split_whitespace() {
            let words = normalise(part);
            let mut words = words.split(' ').filter(|it| !it.is_empty()).peekable();
            while let Some(word) = words.next() {
                if words.peek().is_none() && part.ends_with('*') {
                    if word.chars().count() < SHORTEST {
                        return Err(format!("{place}: {part} is too short for a star"));
                    }
                    self.spellings.insert((language, word.to_owned()));
                    patterns.push(Pattern::Begin(word.to_owned()));
                } else {
                    if 1 < word.len() {
                        self.spellings.insert((language, word.to_owned()));
                    }
                    patterns.push(Pattern::Stem(language.stem(word)));
                }
            }
        }
        if patterns.is_empty() {
            return Err(format!("{place}: an empty term"));
        }
        let first = patterns.remove(0);
        let term = Term {
            concept,
            rest: patterns,
        };
        match first {
            Pattern::Stem(it) => self.stems.entry((language, it)).or_default().push(term),
            Pattern::Begin(it) => self.begins.entry((language, it)).or_default().push(term),
        }
        Ok(())
    }

    /// Writes down what is near what, both ways.
    fn join(&mut self, near: BTreeMap<usize, Vec<(String, f32, String)>>) -> Result<(), String> {
        for (from, list) in near {
            for (name, weight, place) in list {
                let to = self.names.iter().position(|it| *it == name);
                let to = to.ok_or(format!("{place}: there is no concept {name}"))?;
                for (a, b) in [(from, to), (to, from)] {
                    match self.near[a].iter_mut().find(|it| it.0 == b) {
                        Some(it) => it.1 = it.1.max(weight),
                        None => self.near[a].push((b, weight)),
                    }
                }
            }
        }
        Ok(())
    }

    /// How many concepts there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// What a concept is called.
    pub fn name(&self, concept: usize) -> &str {
        &self.names[concept]
    }

    /// The concepts near one.
    pub fn near(&self, concept: usize) -> &[(usize, f32)] {
        &self.near[concept]
    }

    /// What the word at `at` says in a language, alone or with those that follow it.
    pub(super) fn hits_at(
        &self,
        words: &[&str],
        stems: &[String],
        at: usize,
        language: Language,
        found: &mut Vec<Hit>,
    ) {
        let mut check = |terms: &[Term], certainty: f32| {
            for term in terms {
                if let Some(last) = follow(words, stems, at, &term.rest) {
                    let weight = certainty * if term.rest.is_empty() { 1.0 } else { PHRASE };
                    let concept = term.concept;
                    found.push(Hit {
                        concept,
                        language,
                        first: at,
                        last,
                        weight,
                    });
                }
            }
        };
        if let Some(terms) = self.stems.get(&(language, stems[at].clone())) {
            check(terms, 1.0);
        }
        let ends = words[at].char_indices().map(|(at, it)| at + it.len_utf8());
        for end in ends.skip(SHORTEST - 1) {
            if let Some(terms) = self.begins.get(&(language, words[at][..end].to_owned())) {
                check(terms, 1.0);
            }
        }
    }
}

/// How much more a phrase says than a word.
const PHRASE: f32 = 1.3;
/// How many other words may stand between two of a phrase.
const BETWEEN: usize = 2;

/// Where the last word of a phrase stands.
fn follow(words: &[&str], stems: &[String], at: usize, rest: &[Pattern]) -> Option<usize> {
    let mut last = at;
    for pattern in rest {
        let upto = (last + 2 + BETWEEN).min(words.len());
        last = (last + 1..upto).find(|it| pattern.fits(words[*it], &stems[*it]))?;
    }
    Some(last)
}

fn related(list: &str, place: &str) -> Result<Vec<(String, f32, String)>, String> {
    let one = |it: &str| {
        let (name, weight) = it.trim().rsplit_once(' ')?;
        let weight: f32 = weight.parse().ok()?;
        (0.0 < weight && weight <= 1.0).then(|| (name.to_owned(), weight, place.to_owned()))
    };
    let read = list.split(',').map(|it| {
        one(it).ok_or(format!(
            "{place}: near takes names with a number up to 1 behind each"
        ))
    });
    read.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_files_are_sound_and_speak_four_languages_throughout() {
        let thesaurus = Thesaurus::read(FILES).unwrap();

        assert!(100 < thesaurus.len());
        for code in ["en", "de", "fr", "nl"] {
            let lines = FILES.iter().flat_map(|it| it.1.lines());
            let n = lines
                .filter(|it| it.starts_with(&format!("{code}: ")))
                .count();
            assert!(
                thesaurus.len() - 3 <= n,
                "{code} has {n} of {}",
                thesaurus.len()
            );
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (text, said) in [
            ("en: word", "x:1: this stands before"),
            ("[a]\n[a]", "x:2: a is here twice"),
            ("[a]\nen: Café, cafe", "x:2: cafe is here twice"),
            ("[a]\nen: one,, two", "x:2: an empty term"),
            ("[a]\nen: ai*", "x:2: ai* is too short"),
            ("[a]\nnear: b 0.5", "x:2: there is no concept b"),
            ("[a]\nnear: b 2", "x:2: near takes"),
            ("[a]\nxx: b", "x:2: no language xx"),
            ("[A b]", "x:1: a concept's name"),
            ("[a]\nwords", "x:2: no colon"),
        ] {
            let error = Thesaurus::read(&[("x", text)]).unwrap_err();
            assert!(error.starts_with(said), "{error}");
        }
    }
}
