//! Which of a record's own words made it fit.

use std::collections::HashSet;

use super::Question;
use super::document::Document;
use super::index::Index;
use super::text;

/// How many words are shown.
const MOST: usize = 6;

impl Index {
    /// The words of a record that answer a question, as they stand in the record: also where the
    /// question said the same in other words or in another language. Words that stand for the same
    /// are shown once.
    pub fn matched(&self, question: &Question, document: &Document) -> Vec<String> {
        let branch = question.path.join(" / ");
        let spelling = Some(&self.spelling);
        let asked = text::read(self.thesaurus, spelling, &question.text, &branch);
        let mut concepts: HashSet<usize> = asked.hits.iter().map(|it| it.concept).collect();
        let mut stems: HashSet<&str> = HashSet::new();
        stems.extend(
            asked
                .words
                .iter()
                .filter(|it| !it.is_small)
                .map(|it| it.stem.as_str()),
        );
        let mut shown: Vec<String> = Vec::new();
        for (_, text) in &document.texts {
            let reading = text::read(self.thesaurus, None, text, "");
            for (at, word) in reading.words.iter().enumerate() {
                let here = reading.hits.iter().filter(|it| it.first == at);
                let here = here.filter(|it| concepts.contains(&it.concept));
                let longest = here.max_by_key(|it| it.last);
                let is_same = !word.is_small && stems.remove(word.stem.as_str());
                let words = match longest {
                    Some(hit) => {
                        let (first, last) = (hit.first, hit.last);
                        let words = reading.words[first..=last].iter();
                        words.map(|it| it.written).collect::<Vec<_>>().join(" ")
                    }
                    None if is_same => word.written.to_owned(),
                    None => continue,
                };
                for hit in reading.hits.iter().filter(|it| it.first == at) {
                    concepts.remove(&hit.concept);
                }
                if !shown.iter().any(|it| it.eq_ignore_ascii_case(&words)) {
                    shown.push(words);
                }
                if shown.len() == MOST {
                    return shown;
                }
            }
        }
        shown
    }
}
