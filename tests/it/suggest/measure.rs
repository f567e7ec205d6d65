//! How good suggestions are on the labelled set, over the demonstration's catalogue.
//!
//! Shared by the test that keeps them good and by the benchmark.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use gapmap::base::id::RecordId;
use gapmap::base::time::Timestamp;
use gapmap::base::tlp::Tlp;
use gapmap::catalogue::json::change;
use gapmap::catalogue::kind::RecordKind;
use gapmap::catalogue::record::{NewRecord, Record};
use gapmap::suggest::document::{Document, FitLink};
use gapmap::suggest::index::Index;
use gapmap::suggest::rank::Weights;
use gapmap::suggest::{Question, Suggestion};
use serde::Deserialize;
use serde_json::{Value, json};

use super::plain::Plain;

/// A labelled question.
#[derive(Debug, Deserialize)]
pub(crate) struct Labelled {
    pub(crate) id: String,
    pub(crate) lang: String,
    pub(crate) path: Vec<String>,
    pub(crate) text: String,
    #[serde(default)]
    gaps: BTreeMap<String, u8>,
    #[serde(default)]
    solutions: BTreeMap<String, u8>,
}

impl Labelled {
    /// The grades of the records of a kind, or of both.
    pub(crate) fn grades(&self, kind: Option<RecordKind>) -> BTreeMap<&str, u8> {
        let gaps = self
            .gaps
            .iter()
            .filter(|_| kind != Some(RecordKind::Solution));
        let solutions = self
            .solutions
            .iter()
            .filter(|_| kind != Some(RecordKind::Gap));
        gaps.chain(solutions)
            .map(|(name, grade)| (name.as_str(), *grade))
            .collect()
    }

    pub(crate) fn question(&self) -> Question {
        Question {
            text: self.text.clone(),
            path: self.path.clone(),
            limit: 10,
            ..Question::default()
        }
    }
}

/// The demonstration's catalogue, in both ways of ranking.
pub(crate) struct Demo {
    pub(crate) index: Index,
    pub(crate) plain: Plain,
    pub(crate) names: HashMap<RecordId, String>,
    pub(crate) documents: HashMap<RecordId, Document>,
    pub(crate) set: Vec<Labelled>,
    /// Questions that nothing in the catalogue fits.
    pub(crate) nothing: Vec<Labelled>,
}

fn questions(path: &str) -> Vec<Labelled> {
    serde_json::from_value(read(path)["queries"].take()).unwrap()
}

fn read(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn record(kind: RecordKind, number: i64, said: &Value, state: &'static str) -> Record {
    let new = NewRecord::new(&change(kind, said.as_object().unwrap()).unwrap()).unwrap();
    Record {
        kind,
        id: RecordId::new(),
        number,
        version: 1,
        state,
        tlp: Tlp::Clear,
        fields: new.fields().clone(),
        created_at: Timestamp(0),
        created_by: String::new(),
        changed_at: Timestamp(0),
        changed_by: String::new(),
        merged_into: None,
    }
}

impl Demo {
    pub(crate) fn load() -> Self {
        let file = read("demo/catalogue.json");
        let mut it = Self {
            index: Index::default(),
            plain: Plain::default(),
            names: HashMap::new(),
            documents: HashMap::new(),
            set: questions("tests/fixtures/suggest.json"),
            nothing: questions("tests/fixtures/suggest-nothing.json"),
        };
        let gaps = it.add(RecordKind::Gap, "GAP", file["gaps"].as_array().unwrap());
        let entries = file["solutions"].as_array().unwrap();
        let solutions = it.add(RecordKind::Solution, "SOL", entries);
        for (solution, entry) in solutions.iter().zip(entries) {
            for fit in entry["fits"].as_array().unwrap() {
                let gap = usize::try_from(fit["gap"].as_u64().unwrap()).unwrap() - 1;
                let state = if fit["state"] == "accepted" {
                    "accepted"
                } else {
                    "proposed"
                };
                let said = json!({ "gap": gaps[gap], "solution": solution, "rationale": "x",
                                   "degree": fit["degree"] });
                let fit = record(RecordKind::Fit, 1, &said, state);
                it.index.put_fit(FitLink::of(&fit).unwrap());
            }
        }
        it
    }

    fn add(&mut self, kind: RecordKind, prefix: &str, entries: &[Value]) -> Vec<RecordId> {
        let mut ids = Vec::new();
        for (number, entry) in (1..).zip(entries) {
            let record = record(kind, number, &entry["record"], "accepted");
            let document = Document::of(&record).unwrap();
            self.index.put(&document);
            self.plain.put(&document);
            self.names
                .insert(record.id, format!("{prefix}-{number:02}"));
            self.documents.insert(record.id, document);
            ids.push(record.id);
        }
        ids
    }

    /// The names of what is suggested, the best first; of one kind, or of both mixed.
    pub(crate) fn named(&self, mut found: Vec<Suggestion>, kind: Option<RecordKind>) -> Vec<&str> {
        found.retain(|it| kind.is_none_or(|kind| kind == it.kind));
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found.truncate(10);
        found.iter().map(|it| self.names[&it.id].as_str()).collect()
    }

    /// What is measured over the questions that `which` picks.
    pub(crate) fn measure(
        &self,
        kind: Option<RecordKind>,
        which: impl Fn(&Labelled) -> bool,
        rank: impl Fn(&Question) -> Vec<Suggestion>,
    ) -> Figures {
        let mut figures = Figures::default();
        for labelled in self.set.iter().chain(&self.nothing).filter(|it| which(it)) {
            let grades = labelled.grades(kind);
            let found = rank(&labelled.question());
            if labelled.grades(None).is_empty() {
                let n_offered = self.named(found, kind).len();
                figures.empty += 1;
                figures.silent += usize::from(n_offered == 0);
                figures.noise += n_offered;
                continue;
            }
            figures.add(&self.named(found, kind), &grades);
        }
        figures
    }

    pub(crate) fn ours(&self, weights: Weights) -> impl Fn(&Question) -> Vec<Suggestion> + '_ {
        move |it| self.index.suggest_by(it, &weights)
    }
}

/// Sums over questions.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Figures {
    recall: f64,
    n_recall: usize,
    gain: f64,
    n_gain: usize,
    /// Questions to which nothing fits, for how many of them nothing was offered, and what was for
    /// the others.
    pub(crate) empty: usize,
    pub(crate) silent: usize,
    pub(crate) noise: usize,
}

impl Figures {
    fn add(&mut self, found: &[&str], grades: &BTreeMap<&str, u8>) {
        let right = grades.values().filter(|it| **it == 2).count();
        if 0 < right {
            let hits = found
                .iter()
                .take(5)
                .filter(|it| grades.get(**it) == Some(&2));
            self.recall += hits.count() as f64 / right.min(5) as f64;
            self.n_recall += 1;
        }
        if !grades.is_empty() {
            let mut best: Vec<u8> = grades.values().copied().collect();
            best.sort_by(|a, b| b.cmp(a));
            let got = found.iter().map(|it| grades.get(it).copied().unwrap_or(0));
            self.gain += gain(got) / gain(best.into_iter().take(10));
            self.n_gain += 1;
        }
    }

    /// The share of the right records (grade 2) among the first five.
    pub(crate) fn recall(&self) -> f64 {
        self.recall / self.n_recall.max(1) as f64
    }

    /// nDCG at 10.
    pub(crate) fn ndcg(&self) -> f64 {
        self.gain / self.n_gain.max(1) as f64
    }
}

fn gain(grades: impl Iterator<Item = u8>) -> f64 {
    let gains = (2..).zip(grades);
    gains
        .map(|(place, grade)| (f64::from(1 << grade) - 1.0) / f64::from(place).log2())
        .sum()
}
