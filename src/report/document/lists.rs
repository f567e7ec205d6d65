//! Gaps without a solution, near misses, recommendations, and the annexes.

use super::front::finding;
use super::sheets::numbers;
use super::{Body, Cell, Span, To, Tone, here, named};
use crate::report::value::{Changes, NearMiss, Ref, Report, Source};
use crate::report::words::{self, count};

pub(super) fn uncovered(body: &mut Body, report: &Report) {
    body.heading(1, "uncovered", "Gaps without a solution");
    if report.uncovered.is_empty() {
        body.say("There is none: each gap has at least one accepted solution that fits in part.");
        return;
    }
    body.say("Red: somebody searched, and nothing fits. Grey: nobody searched yet, which is not the same.");
    let rows = report.uncovered.iter().map(|it| {
        vec![
            Cell::of(named(&it.gap)),
            Cell::plain(it.light).toned(Tone::of_light(it.light)),
            Cell::plain(&it.searched),
            Cell::number(it.votes),
        ]
    });
    let columns = [
        ("Gap", 58),
        ("Light", 12),
        ("Last searched", 18),
        ("Votes", 12),
    ];
    body.table("Gaps without a solution", &columns, rows.collect());
}

pub(super) fn near_misses(body: &mut Body, report: &Report) {
    body.heading(1, "near-misses", "Near misses");
    if report.near_misses.is_empty() {
        body.say("There is none.");
        return;
    }
    body.say("These fits are accepted and would count if one thing were different.");
    for (at, misses) in report
        .near_misses
        .chunk_by(|one, other| one.reason == other.reason)
        .enumerate()
    {
        let reason = words::near_miss(misses[0].reason);
        body.heading(2, &format!("near-{}", at + 1), reason);
        let row = |it: &NearMiss| {
            vec![
                Cell::of(named(&it.fit.gap)),
                Cell::of(named(&it.fit.solution)),
                Cell::of(vec![Span::link(
                    &*it.fit.degree,
                    To::App(it.fit.href.clone()),
                )]),
                Cell::plain(&it.fit.maturity),
            ]
        };
        let columns = [
            ("Gap", 34),
            ("Solution", 32),
            ("Fit", 10),
            ("Readiness", 24),
        ];
        body.table(reason, &columns, misses.iter().map(row).collect());
    }
}

pub(super) fn recommendations(body: &mut Body, report: &Report) {
    body.heading(1, "recommendations", "Recommendations");
    if report.recommendations.is_empty() {
        body.say("There is none.");
    }
    for it in &report.recommendations {
        body.heading(
            2,
            &format!("for-{}", it.addressee),
            words::addressee(it.addressee),
        );
        body.list(it.items.iter().map(finding).collect());
        if 0 < it.more {
            body.say(format!(
                "{} of less weight are in the sheets.",
                count(it.more, "other")
            ));
        }
    }
}

pub(super) fn annexes(body: &mut Body, report: &Report) {
    body.heading(1, "annexes", "Annexes");
    body.heading(2, "sources", "Sources");
    sources(body, &report.sources);
    body.heading(2, "changes", "Changes since the last report");
    match &report.changes {
        None => body.say("There is no report before this one that it could be compared with."),
        Some(changes) => self::changes(body, changes),
    }
    body.heading(2, "glossary", "Glossary");
    body.facts(pairs(words::GLOSSARY));
    body.heading(2, "scales", "Scales");
    for (title, scale) in [
        ("Technology readiness level", words::LEVELS),
        (
            "Strength of the evidence, for what is not technology",
            words::STRENGTHS,
        ),
        ("How well a solution fits", words::DEGREES),
    ] {
        body.text(vec![Span::strong(title)]);
        body.facts(pairs(scale));
    }
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, Vec<Span>)> {
    let pairs = pairs.iter();
    pairs
        .map(|(word, text)| ((*word).to_owned(), vec![Span::plain(*text)]))
        .collect()
}

fn sources(body: &mut Body, sources: &[Source]) {
    if sources.is_empty() {
        body.say("There is none.");
        return;
    }
    let row = |it: &Source| {
        let mut what = vec![match it.url.is_empty() {
            true => Span::plain(&it.title),
            false => Span::link(&*it.title, To::Web(it.url.clone())),
        }];
        let after = [&it.publisher, &it.published, &it.kind].into_iter();
        for text in after.filter(|text| !text.is_empty()) {
            what.push(Span::plain(format!(", {text}")));
        }
        if it.conflict {
            what.push(Span::strong(". Another source says otherwise."));
        }
        let checked = match it.date_checked.is_empty() {
            true => "not stated",
            false => &*it.date_checked,
        };
        vec![
            Cell::number(it.n),
            Cell::of(what),
            Cell::plain(checked),
            Cell::of(vec![Span::link(
                it.used.to_string(),
                To::App(it.href.clone()),
            )]),
        ]
    };
    let columns = [
        ("No.", 8),
        ("Source", 62),
        ("Date checked", 18),
        ("Used", 12),
    ];
    body.table("Sources", &columns, sources.iter().map(row).collect());
}

fn changes(body: &mut Body, changes: &Changes) {
    let since = &changes.since;
    body.say(format!(
        "Compared with {}, version {}, cut-off {}.",
        since.number, since.edition, since.cut_off
    ));
    let mut items: Vec<Vec<Span>> = Vec::new();
    let mut add = |words: &str, refs: &[Ref], leads: bool| {
        if refs.is_empty() {
            return;
        }
        let mut spans = vec![Span::plain(format!("{words} ({}): ", refs.len()))];
        match leads {
            true => spans.extend(numbers(refs.iter())),
            // Their sheets are not in this report.
            false => spans.extend(refs.iter().enumerate().flat_map(|(at, it)| {
                let parting = if at == 0 { "" } else { ", " };
                [
                    Span::plain(parting),
                    Span::link(&*it.number, To::App(it.href.clone())),
                ]
            })),
        }
        items.push(spans);
    };
    add("Gaps that are new", &changes.gaps_added, true);
    add("Gaps that are no longer in it", &changes.gaps_gone, false);
    add("Solutions that are new", &changes.solutions_added, true);
    add(
        "Solutions that are no longer in it",
        &changes.solutions_gone,
        false,
    );
    for it in &changes.lights {
        items.push(vec![
            here(&it.gap),
            Span::plain(format!(" went from {} to {}", it.before, it.after)),
        ]);
    }
    match items.is_empty() {
        true => body.say("Nothing changed."),
        false => body.list(items),
    }
}
