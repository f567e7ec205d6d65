//! Plain BM25 over words, to compare with.

use std::collections::HashMap;

use gapmap::base::id::RecordId;
use gapmap::catalogue::kind::RecordKind;
use gapmap::catalogue::words::normalise;
use gapmap::suggest::document::Document;
use gapmap::suggest::language::Language;
use gapmap::suggest::{Question, Suggestion};

/// BM25 (k1 1.2, b 0.75) over English stems, small words left out.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    documents: Vec<(RecordKind, RecordId, HashMap<String, f32>, f32)>,
    counts: HashMap<String, f32>,
}

fn stems(text: &str) -> Vec<String> {
    let text = normalise(text);
    let words = text
        .split(' ')
        .filter(|it| !it.is_empty() && !Language::English.is_small(it));
    words.map(|it| Language::English.stem(it)).collect()
}

impl Plain {
    pub(crate) fn put(&mut self, document: &Document) {
        let mut counts: HashMap<String, f32> = HashMap::new();
        for (_, text) in &document.texts {
            for stem in stems(text) {
                *counts.entry(stem).or_default() += 1.0;
            }
        }
        for stem in counts.keys() {
            *self.counts.entry(stem.clone()).or_default() += 1.0;
        }
        let length = counts.values().sum();
        self.documents
            .push((document.kind, document.id, counts, length));
    }

    pub(crate) fn suggest(&self, question: &Question) -> Vec<Suggestion> {
        let asked = stems(&format!("{} {}", question.path.join(" "), question.text));
        let n = self.documents.len() as f32;
        let average = self.documents.iter().map(|it| it.3).sum::<f32>() / n;
        let score = |counts: &HashMap<String, f32>, length: f32| -> f32 {
            let one = |stem: &String| {
                let tf = counts.get(stem).copied().unwrap_or(0.0);
                let df = self.counts.get(stem).copied().unwrap_or(0.0);
                let idf = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
                idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / average))
            };
            asked.iter().map(one).sum()
        };
        let mut found: Vec<Suggestion> = self
            .documents
            .iter()
            .map(|(kind, id, counts, length)| Suggestion {
                kind: *kind,
                id: *id,
                score: score(counts, *length),
            })
            .filter(|it| 0.0 < it.score)
            .collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found
    }
}
