//! How long a report of 300 gaps, 1,000 solutions and 5,000 fits takes, in each format, and how much
//! memory: `cargo bench --bench report`.
//!
//! `GAPMAP_BENCH_GAPS` makes it smaller or larger; the rest grows with it.

mod made;

use std::time::{Duration, Instant};

use gapmap::base::time::Timestamp;
use gapmap::catalogue::kind::RecordKind;
use gapmap::export::ReportFormat;
use gapmap::hub::{Typesetter, write_report};
use gapmap::report::{Cover, Draft, Language, Level, Report, RuleSet, Scope};
use gapmap::store::{By, Mode, Store};
use made::fill;
use serde_json::json;

/// What `make typeset` builds. Its memory is its own, and not in the figures here.
const TYPESETTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/release/gapmap-typeset");

const TEXT: &str = "Officers on scene secure digital traces with whatever is at hand, and what \
                    they wrote down does not travel with what they secured. A record that both \
                    sides can check would keep the thread from the scene to the court.";

async fn catalogue(store: &Store, n_gaps: usize) {
    let gaps = fill(store, RecordKind::Gap, n_gaps, |n| {
        json!({ "title": format!("Ability number {n} to keep a record"), "description": TEXT,
                "current_practice": TEXT, "impact": 1 + n % 5, "urgency": 1 + n % 4,
                "last_searched": "2026-11-20", "state": "accepted" })
    });
    let gaps = gaps.await;
    let solutions = fill(store, RecordKind::Solution, n_gaps * 10 / 3, |n| {
        json!({ "name": format!("Tool number {n}"), "kind": "technology", "summary": TEXT,
                "trl_low": 1 + n % 9, "trl_basis": "assessed", "provider": "A consortium" })
    });
    let solutions = solutions.await;
    // Each gap with solutions that lie apart, so that no pair comes twice.
    fill(store, RecordKind::Fit, n_gaps * 50 / 3, |n| {
        let (gap, turn) = (n % gaps.len(), n / gaps.len());
        let solution = (gap * 3 + turn * 59) % solutions.len();
        let degree = ["partial", "good", "full"][n % 3];
        json!({ "gap": gaps[gap].id, "solution": solutions[solution].id, "rationale": TEXT,
                "degree": degree, "state": "accepted" })
    })
    .await;
    fill(store, RecordKind::Evidence, n_gaps * 10 / 3, |n| {
        json!({ "target": format!("solution:{}", solutions[n].id), "fact": TEXT,
                "title": format!("Source {}", n / 2), "date_checked": "2026-11-20" })
    })
    .await;
}

/// The most memory that this process had at a time, in MB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|it| it.starts_with("VmHWM"));
    let words = line.and_then(|it| it.split_whitespace().nth(1));
    words.and_then(|it| it.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn told(what: &str, took: Duration, bytes: usize) {
    println!(
        "{what:10} {:6.2} s  {:6.1} MB  peak {} MB",
        took.as_secs_f64(),
        bytes as f64 / 1e6,
        peak()
    );
}

#[tokio::main]
async fn main() {
    let n_gaps = std::env::var("GAPMAP_BENCH_GAPS").ok();
    let n_gaps = n_gaps.and_then(|it| it.parse().ok()).unwrap_or(300);
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}/bench.db", folder.path().display());
    let store = Store::open(&url, Mode::Command).await.expect("it opens");
    catalogue(&store, n_gaps).await;
    let draft = Draft {
        title: "What fits".to_owned(),
        edition: "1.0".to_owned(),
        level: Level::Public,
        scope: Scope::default(),
        rule: RuleSet::default(),
        cover: Cover::default(),
        language: Language::default(),
    };
    let by = By::command(Timestamp(1_795_426_200_000));
    let report = store
        .create_report(&draft, None, &by)
        .await
        .expect("it is made");
    told("catalogue", Duration::ZERO, 0);

    let start = Instant::now();
    let snapshot = store
        .report_content(&report, "https://example.org", by.at)
        .await;
    let snapshot = snapshot.expect("it is read");
    told("snapshot", start.elapsed(), snapshot.pack().len());
    for format in ReportFormat::ALL {
        let snapshot = snapshot.clone();
        let start = Instant::now();
        let report = Report::of(snapshot).expect("it is made");
        let file = format.write(&report);
        told(format.as_str(), start.elapsed(), file.len());
    }
    let typesetter = Typesetter::at(TYPESETTER);
    let start = Instant::now();
    match write_report(&typesetter, snapshot, ReportFormat::Pdf, None).await {
        Ok(file) => told("pdf, set", start.elapsed(), file.bytes.len()),
        Err(error) => println!("pdf: {error}"),
    }
}
