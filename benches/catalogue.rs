//! How long lists, filters, searches and coverage take in a catalogue of 100,000 solutions and
//! 10,000 gaps, on SQLite in a file of its own: `cargo bench --bench catalogue`.
//!
//! `GAPMAP_BENCH_SOLUTIONS` makes it smaller; there is a tenth as many gaps.

mod made;

use std::time::{Duration, Instant};

use gapmap::catalogue::kind::RecordKind;
use gapmap::catalogue::words;
use gapmap::store::{Condition, HitKind, Mode, PageRequest, RecordFilter, SearchFilter, Store};
use made::fill;
use serde_json::json;

const WORDS: &[&str] = &[
    "custody",
    "record",
    "phone",
    "evidence",
    "border",
    "training",
    "officer",
    "laboratory",
    "trace",
    "video",
    "analysis",
    "helpline",
    "prevention",
    "guidance",
    "court",
    "network",
    "report",
    "vehicle",
    "sensor",
    "language",
    "witness",
    "support",
    "standard",
    "exchange",
];
/// How often each question is asked.
const ROUNDS: usize = 40;

/// Words that look as if somebody had written them; one in a thousand is rare.
fn text(n: usize, n_words: usize) -> String {
    let word = |at: usize| {
        let mixed = (n * 7919 + at * 104_729) ^ (n >> 3);
        match mixed % 1000 {
            0 => format!("rare{}", n % 50),
            other => WORDS[other % WORDS.len()].to_owned(),
        }
    };
    (0..n_words).map(word).collect::<Vec<_>>().join(" ")
}

/// Asks again and again, and says how long 19 of 20 answers took at most.
async fn measure(what: &str, ask: impl AsyncFn(usize)) {
    let mut took: Vec<Duration> = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        let begin = Instant::now();
        ask(round).await;
        took.push(begin.elapsed());
    }
    took.sort();
    let (median, p95) = (took[ROUNDS / 2], took[ROUNDS * 95 / 100]);
    println!("{what:<44} median {median:>9.1?}   p95 {p95:>9.1?}");
}

async fn ask_list(store: &Store, filter: &RecordFilter) {
    let page = PageRequest::new(Some(50), None, None).expect("a page");
    store.entries(filter, &page).await.expect("a list");
}

async fn ask_search(store: &Store, question: &str) {
    let page = PageRequest::new(Some(20), None, None).expect("a page");
    let filter = SearchFilter {
        words: words::query(question),
        kinds: HitKind::ALL.to_vec(),
        sessions: None,
    };
    store.search(&filter, &page).await.expect("results");
}

#[tokio::main]
async fn main() {
    let n = std::env::var("GAPMAP_BENCH_SOLUTIONS").ok();
    let n: usize = n.and_then(|it| it.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}/bench.db", folder.path().display());
    let store = Store::open(&url, Mode::Command).await.expect("a database");
    let begin = Instant::now();
    let solutions = fill(&store, RecordKind::Solution, n, |it| {
        json!({ "name": text(it, 5), "summary": text(it + 1, 25), "kind": "training",
                "lifecycle": (if it % 3 == 0 { "in_use" } else { "planned" }),
                "market_status": (if it % 20 == 0 { "on_market" } else { "in_research" }) })
    })
    .await;
    let gaps = fill(
        &store,
        RecordKind::Gap,
        n / 10,
        |it| json!({ "title": text(it + 7, 8), "description": text(it + 9, 30) }),
    )
    .await;
    fill(&store, RecordKind::Fit, n / 4, |it| {
        json!({ "gap": gaps[it % gaps.len()].id, "solution": solutions[it * 3 % n].id,
                "degree": "good", "rationale": "Because.", "state": "accepted" })
    })
    .await;
    println!(
        "{n} solutions, {} gaps, {} fits in {:.1?}",
        n / 10,
        n / 4,
        begin.elapsed()
    );

    ask_everything(&store).await;
    store.close().await;
}

async fn ask_everything(store: &Store) {
    let of = RecordFilter::new;
    let (gap, solution) = (RecordKind::Gap, RecordKind::Solution);
    let by_title = of(solution).sorted(Some("title")).expect("an order");
    measure("list solutions by title", async |_| {
        ask_list(store, &by_title).await
    })
    .await;
    let on_market = of(solution).with(Condition::Is("market_status", "on_market".to_owned()));
    measure("solutions on the market", async |_| {
        ask_list(store, &on_market).await
    })
    .await;
    let unlinked = of(solution).with(Condition::WithoutFits);
    measure("solutions without a fit", async |_| {
        ask_list(store, &unlinked).await
    })
    .await;
    let common = of(solution).asking(Some("custody evidence"));
    measure("list: two common words", async |_| {
        ask_list(store, &common).await
    })
    .await;
    let by_votes = of(gap)
        .sorted(Some("votes"))
        .expect("an order")
        .asking(Some("phone"));
    measure("gaps by votes, one word", async |_| {
        ask_list(store, &by_votes).await
    })
    .await;
    for (what, question) in [
        ("search: one common word", "custody"),
        ("search: one letter", "c"),
        ("search: three words", "custody evidence border"),
        ("search: a rare word", "rare7"),
    ] {
        measure(what, async |_| ask_search(store, question).await).await;
    }
    measure("coverage of all gaps", async |_| {
        store.coverage_totals().await.expect("totals");
    })
    .await;
}
