//! A small report, and how it is built: which parts it has, in which order, with which numbers.

use serde_json::json;

use super::made_up;
use crate::report::document::{Block, Document, Span};
use crate::report::snapshot::{Item, Label, Snapshot};
use crate::report::{Language, Level, Report};

/// One gap that is covered, one that nothing fits, one that nobody searched for, and one that is
/// nearly covered.
fn small() -> Snapshot {
    let mut snapshot = made_up::snapshot(&[3; 40], Level::Public);
    snapshot.draft.title = "What fits".to_owned();
    snapshot.draft.language = Language::English;
    (snapshot.previous, snapshot.editions) = (None, Vec::new());
    (snapshot.sessions, snapshot.mentions) = (Vec::new(), Vec::new());
    let item = |number: i64, state: &str, fields: serde_json::Value| Item {
        id: crate::base::id::RecordId::new(),
        number,
        state: state.to_owned(),
        tlp: Label(crate::base::tlp::Tlp::Clear),
        fields: serde_json::from_value(fields).unwrap(),
    };
    let group = snapshot.groups[0].id;
    snapshot.groups.truncate(1);
    snapshot.groups[0].name = "Forensics".to_owned();
    let gap = |n: i64, title: &str, impact: i64, searched: &str| {
        let fields = json!({ "title": title, "impact": impact, "urgency": 3, "groups": [group],
                             "last_searched": searched });
        item(n, "accepted", fields)
    };
    snapshot.gaps = vec![
        gap(1, "Covered", 2, "2026-11-20"),
        gap(2, "Open", 5, "2026-11-20"),
        gap(3, "Unsearched", 1, ""),
        gap(4, "Nearly", 4, "2026-11-20"),
    ];
    let solution = |n: i64, name: &str, level: i64| {
        let fields = json!({ "name": name, "kind": "technology", "trl_low": level,
                             "trl_basis": "tested" });
        item(n, "verified", fields)
    };
    snapshot.solutions = vec![solution(1, "Ripe", 8), solution(2, "Unripe", 5)];
    let fit = |n: i64, gap: &Item, solution: &Item| {
        let fields = json!({ "gap": gap.id, "solution": solution.id, "degree": "good",
                             "rationale": "It was tried." });
        item(n, "accepted", fields)
    };
    snapshot.fits = vec![
        fit(1, &snapshot.gaps[0], &snapshot.solutions[0]),
        fit(2, &snapshot.gaps[3], &snapshot.solutions[1]),
    ];
    let on = |n: i64, title: &str| {
        let target = format!("gap:{}", snapshot.gaps[0].id);
        item(
            n,
            "current",
            json!({ "target": target, "title": title, "date_checked": "2026-11-21" }),
        )
    };
    // Two pieces of evidence on one source.
    snapshot.evidence = vec![on(1, "A paper"), on(2, "A paper")];
    snapshot
}

/// The parts of a document, a line each.
fn outline(document: &Document) -> Vec<String> {
    let line = |block: &Block| match block {
        Block::Heading(it) => Some(format!("{} {}", it.number, it.text)),
        Block::Table(it) => Some(format!(
            "table {}: {} ({} rows)",
            it.n,
            it.caption,
            it.rows.len()
        )),
        Block::Figure(it) => Some(format!("figure {}: {}", it.n, it.alt)),
        _ => None,
    };
    document.body.iter().filter_map(line).collect()
}

#[test]
fn a_small_report_has_these_parts() {
    let report = Report::of(small()).unwrap();

    let outline = outline(&Document::of(&report));

    assert_eq!(
        outline,
        [
            "1 Executive summary",
            "table 1: Numbers at a glance (11 rows)",
            "1.1 Coverage of the gaps",
            "figure 1: Forensics: 1 green, 1 amber, 1 red, 1 grey; \
             All groups: 1 green, 1 amber, 1 red, 1 grey",
            "table 2: Gaps by group and light (2 rows)",
            "1.2 Main findings",
            "2 Method",
            "2.1 Scope",
            "2.2 Groups",
            "2.3 Sessions",
            "2.4 What counts",
            "2.5 What is left out",
            "table 3: What does not count, or is not in this report (3 rows)",
            "2.6 Limits",
            "3 Gaps",
            "3.1 GAP-2 Open",
            "3.2 GAP-4 Nearly",
            "table 4: What is known to fit GAP-4 (1 rows)",
            "3.3 GAP-1 Covered",
            "table 5: What is known to fit GAP-1 (1 rows)",
            "3.4 GAP-3 Unsearched",
            "4 Solutions",
            "4.1 SOL-1 Ripe",
            "table 6: What SOL-1 fits (1 rows)",
            "4.2 SOL-2 Unripe",
            "table 7: What SOL-2 fits (1 rows)",
            "5 Gaps by solutions",
            "figure 2: GAP-4: SOL-2 G; GAP-1: SOL-1 G",
            "table 8: Solutions for each gap (2 rows)",
            "6 Gaps without a solution",
            "table 9: Gaps without a solution (2 rows)",
            "7 Near misses",
            "7.1 Readiness level 4 to 6",
            "table 10: Readiness level 4 to 6 (1 rows)",
            "8 Recommendations",
            "8.1 For practitioners",
            "8.2 For research programming",
            "9 Annexes",
            "9.1 Sources",
            "table 11: Sources (1 rows)",
            "9.2 Changes since the last report",
            "9.3 Glossary",
            "9.4 Scales",
        ]
    );
}

#[test]
fn every_number_says_where_it_comes_from() {
    let report = Report::of(small()).unwrap();

    let numbers = report.numbers.iter().map(|it| (it.name, it.n));
    assert_eq!(
        numbers.collect::<Vec<_>>(),
        [
            ("gaps", 4),
            ("green", 1),
            ("amber", 1),
            ("red", 1),
            ("grey", 1),
            ("solutions", 2),
            ("fits", 2),
            ("counted", 1),
            ("evidence", 2),
            ("sessions", 0),
            ("mentions", 0),
        ]
    );
    assert!(report.numbers.iter().all(|it| it.href.starts_with('/')));
    assert_eq!((report.sources.len(), report.sources[0].used), (1, 2));
    assert_eq!(report.near_misses[0].reason, "trl_4_to_6");
    assert_eq!(report.fits[0].href, "/catalogue/fits/FIT-1");
}

/// Every text of a document that is not a person's.
fn said(document: &Document) -> Vec<String> {
    let spans = |spans: &[Span]| spans.iter().map(|it| it.text.clone()).collect::<String>();
    let said = |block: &Block| match block {
        Block::Heading(it) => vec![it.text.clone()],
        Block::Text(it) | Block::Note(it) => vec![spans(it)],
        Block::List(items) => items.iter().map(|it| spans(it)).collect(),
        Block::Facts(facts) => {
            let facts = facts.iter().flat_map(|it| [it.0.clone(), spans(&it.1)]);
            facts.collect()
        }
        Block::Table(it) => {
            let head = it.head.iter().map(|it| (*it).to_owned());
            let cells = it.rows.iter().flatten().map(|it| spans(&it.spans));
            head.chain(cells).chain([it.caption.clone()]).collect()
        }
        Block::Figure(it) => vec![it.caption.clone(), it.alt.clone()],
    };
    document
        .cover
        .iter()
        .chain(&document.body)
        .flat_map(said)
        .collect()
}

#[test]
fn a_french_report_has_the_same_parts_and_no_english_in_them() {
    let mut snapshot = small();
    snapshot.draft.cover.summary = String::new();
    let english = Document::of(&Report::of(snapshot.clone()).unwrap());
    let french = snapshot.said_in(Some(Language::French));
    let french = Document::of(&Report::of(french).unwrap());

    assert_eq!(french.body.len(), english.body.len());
    let numbers = |document: &Document| -> Vec<String> {
        let lines = outline(document).into_iter();
        lines
            .filter_map(|it| it.split(' ').next().map(str::to_owned))
            .collect()
    };
    let numbered = |of: &Document| {
        numbers(of)
            .into_iter()
            .filter(|it| it.contains('.'))
            .count()
    };
    assert_eq!(numbered(&french), numbered(&english));
    assert_eq!(outline(&french)[0], "1 Synthèse");
    let english_words = [
        "the", "of", "is", "are", "and", "not", "that", "gap", "fit", "from",
    ];
    for text in said(&french) {
        let own = text
            .replace("It was tried.", "")
            .replace("GAP-", "")
            .to_lowercase();
        let mut words = own.split(|it: char| !it.is_alphabetic());
        assert!(!words.any(|it| english_words.contains(&it)), "{text}");
    }
}
