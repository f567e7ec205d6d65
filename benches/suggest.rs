//! How good suggestions are, what each part of the ranking brings, and how fast they are on a large
//! catalogue: `cargo bench --bench suggest`. docs/suggestions.md reports what this prints.

#![expect(clippy::unwrap_used, reason = "a program that prints figures")]

#[path = "../tests/it/suggest/measure.rs"]
mod measure;
#[path = "../tests/it/suggest/plain.rs"]
mod plain;

use std::time::Instant;

use gapmap::base::id::RecordId;
use gapmap::catalogue::kind::RecordKind;
use gapmap::suggest::document::Document;
use gapmap::suggest::index::Index;
use gapmap::suggest::rank::Weights;
use measure::{Demo, Figures};

const RECORDS: usize = 100_000;

fn main() {
    let demo = Demo::load();
    quality(&demo);
    parts(&demo);
    speed(&demo);
}

fn line(name: &str, figures: &Figures) {
    let (recall, ndcg) = (figures.recall(), figures.ndcg());
    let (noise, silent, empty) = (figures.noise, figures.silent, figures.empty);
    println!(
        "{name:32} recall@5 {recall:.3}  nDCG@10 {ndcg:.3}  nothing for {silent} of {empty} empty, \
         {noise} for the others"
    );
}

fn quality(demo: &Demo) {
    let ours = || demo.ours(Weights::default());
    for kind in [None, Some(RecordKind::Gap), Some(RecordKind::Solution)] {
        let name = kind.map_or("both", RecordKind::as_str);
        let plain = demo.measure(kind, |_| true, |it| demo.plain.suggest(it));
        line(&format!("BM25, {name}"), &plain);
        line(
            &format!("ours, {name}"),
            &demo.measure(kind, |_| true, ours()),
        );
    }
    for language in ["en", "de", "fr", "nl"] {
        let plain = demo.measure(None, |it| it.lang == language, |it| demo.plain.suggest(it));
        line(&format!("BM25, {language}"), &plain);
        let figures = demo.measure(None, |it| it.lang == language, ours());
        line(&format!("ours, {language}"), &figures);
    }
    for (name, odd) in [("odd", 1), ("even", 0)] {
        let number = |it: &measure::Labelled| it.id[1..].parse::<u32>().unwrap();
        let figures = demo.measure(None, |it| number(it) % 2 == odd, ours());
        line(&format!("ours, {name} numbers"), &figures);
    }
}

fn parts(demo: &Demo) {
    let all = Weights::default();
    for (name, weights) in [
        (
            "without the thesaurus",
            Weights {
                concepts: 0.0,
                ..all
            },
        ),
        ("without related concepts", Weights { near: 0.0, ..all }),
        ("without words", Weights { words: 0.0, ..all }),
        ("without the branch", Weights { path: 0.0, ..all }),
        (
            "without fits",
            Weights {
                gap_to_solution: 0.0,
                solution_to_gap: 0.0,
                ..all
            },
        ),
        (
            "without mending words",
            Weights {
                mends: false,
                ..all
            },
        ),
        (
            "without a floor",
            Weights {
                floor: (0.0, 0.0),
                sure: (0.0, 0.0),
                ..all
            },
        ),
    ] {
        line(name, &demo.measure(None, |_| true, demo.ours(weights)));
    }
}

/// Records made of the sentences of real ones, mixed, with a number that makes each its own.
fn speed(demo: &Demo) {
    let mut real: Vec<&Document> = demo.documents.values().collect();
    real.sort_by_key(|it| demo.names[&it.id].as_str());
    let mut state = 7_usize;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let before = resident();
    let began = Instant::now();
    let mut index = Index::default();
    for number in 0..RECORDS {
        let mut texts = vec![(2.0, format!("Record {number}"))];
        for _ in 0..4 {
            let from = real[random(real.len())];
            texts.push(from.texts[random(from.texts.len())].clone());
        }
        let kind = if number % 11 == 0 {
            RecordKind::Gap
        } else {
            RecordKind::Solution
        };
        index.put(&Document {
            kind,
            id: RecordId::new(),
            is_offered: true,
            texts,
        });
    }
    let built = began.elapsed();
    println!(
        "{RECORDS} records: built in {:.1} s, {} MiB",
        built.as_secs_f64(),
        resident() - before
    );
    let mut times: Vec<f64> = Vec::new();
    for _ in 0..2 {
        for labelled in &demo.set {
            let began = Instant::now();
            let found = index.suggest(&labelled.question());
            times.push(began.elapsed().as_secs_f64() * 1000.0);
            std::hint::black_box(found);
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[(times.len() as f64 * share) as usize];
    println!(
        "a question: p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms",
        at(0.5),
        at(0.95),
        at(0.99)
    );
}

/// The memory of this process in MiB; 0 where the system does not say.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split(' ').nth(1).and_then(|it| it.parse::<u64>().ok());
    pages.unwrap_or_default() * 4 / 1024
}
