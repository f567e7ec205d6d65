//! Gaps without a solution, near misses, recommendations, and the annexes.

use super::front::finding;
use super::sheets::numbers;
use super::{Body, Cell, Span, To, Tone, here, named};
use crate::report::sheet::Ref;
use crate::report::value::{Changes, NearMiss, Report, Source};

pub(super) fn uncovered(body: &mut Body, report: &Report) {
    let language = body.language;
    body.heading(1, "uncovered", language.uncovered());
    if report.uncovered.is_empty() {
        // That nothing was asked is not that all is answered.
        body.say(match report.gaps.is_empty() {
            true => language.no_gap(),
            false => language.none_uncovered(),
        });
        return;
    }
    body.say(language.red_is_not_grey());
    let rows = report.uncovered.iter().map(|it| {
        vec![
            Cell::of(named(&it.gap)),
            Cell::plain(language.light(it.light)).toned(Tone::of_light(it.light)),
            Cell::plain(language.day(&it.searched)),
            Cell::number(it.votes),
        ]
    });
    let columns = [
        (language.a_gap(), 58),
        (language.light_head(), 12),
        (language.field_last_searched(), 18),
        (language.the_votes(), 12),
    ];
    body.table(language.uncovered(), &columns, rows.collect());
}

pub(super) fn near_misses(body: &mut Body, report: &Report) {
    let language = body.language;
    body.heading(1, "near-misses", language.near_misses());
    if report.near_misses.is_empty() {
        body.say(language.there_is_none());
        return;
    }
    body.say(language.near_misses_are());
    for (at, misses) in report
        .near_misses
        .chunk_by(|one, other| one.reason == other.reason)
        .enumerate()
    {
        let reason = language.near_miss(misses[0].reason);
        body.heading(2, &format!("near-{}", at + 1), reason);
        let row = |it: &NearMiss| {
            vec![
                Cell::of(named(&it.fit.gap)),
                Cell::of(named(&it.fit.solution)),
                Cell::of(vec![Span::link(
                    language.degree(&it.fit.degree),
                    To::App(it.fit.href.clone()),
                )]),
                Cell::plain(&it.fit.maturity),
            ]
        };
        let columns = [
            (language.a_gap(), 34),
            (language.a_solution(), 32),
            (language.a_fit(), 10),
            (language.readiness(), 24),
        ];
        body.table(reason, &columns, misses.iter().map(row).collect());
    }
}

pub(super) fn recommendations(body: &mut Body, report: &Report) {
    let language = body.language;
    body.heading(1, "recommendations", language.recommendations());
    if report.recommendations.is_empty() {
        body.say(language.there_is_none());
    }
    for it in &report.recommendations {
        body.heading(
            2,
            &format!("for-{}", it.addressee),
            language.addressee(it.addressee),
        );
        let items = it.items.iter().map(|it| finding(language, it));
        body.list(items.collect());
        if 0 < it.more {
            body.say(language.others_in_the_sheets(it.more));
        }
    }
}

pub(super) fn annexes(body: &mut Body, report: &Report) {
    let language = body.language;
    body.heading(1, "annexes", language.annexes());
    body.heading(2, "sources", language.sources());
    sources(body, &report.sources);
    body.heading(2, "changes", language.changes());
    match &report.changes {
        None => body.say(language.no_report_before()),
        Some(changes) => self::changes(body, changes),
    }
    body.heading(2, "glossary", language.glossary());
    body.facts(pairs(language.glossary_words()));
    body.heading(2, "scales", language.scales());
    for (title, scale) in language.scales_told() {
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
    let language = body.language;
    if sources.is_empty() {
        body.say(language.there_is_none());
        return;
    }
    let row = |it: &Source| {
        let mut what = vec![match it.url.is_empty() {
            true => Span::plain(&it.title),
            false => Span::link(&*it.title, To::Web(it.url.clone())),
        }];
        let published = language.day(&it.published);
        let after = [&it.publisher, &published, &it.kind].into_iter();
        for text in after.filter(|text| !text.is_empty()) {
            what.push(Span::plain(format!(", {text}")));
        }
        if it.conflict {
            what.push(Span::strong(format!(". {}", language.contradicted())));
        }
        let checked = match it.date_checked.is_empty() {
            true => language.not_stated().to_owned(),
            false => language.day(&it.date_checked),
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
        (language.no(), 8),
        (language.source(), 62),
        (language.date_checked(), 18),
        (language.used(), 12),
    ];
    body.table(
        language.sources(),
        &columns,
        sources.iter().map(row).collect(),
    );
}

fn changes(body: &mut Body, changes: &Changes) {
    let since = &changes.since;
    let language = body.language;
    let cut_off = language.day(&since.cut_off);
    body.say(language.compared_with(&since.number, &since.edition, cut_off));
    let mut items: Vec<Vec<Span>> = Vec::new();
    let mut add = |words: &str, refs: &[Ref], leads: bool| {
        if refs.is_empty() {
            return;
        }
        let mut spans = vec![Span::plain(format!(
            "{words} ({}){}",
            refs.len(),
            language.colon()
        ))];
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
    add(language.gaps_new(), &changes.gaps_added, true);
    add(language.gaps_gone(), &changes.gaps_gone, false);
    add(language.solutions_new(), &changes.solutions_added, true);
    add(language.solutions_gone(), &changes.solutions_gone, false);
    for it in &changes.lights {
        items.push(vec![
            here(&it.gap),
            Span::plain(language.went(language.light(&it.before), language.light(it.after))),
        ]);
    }
    match items.is_empty() {
        true => body.say(language.nothing_changed()),
        false => body.list(items),
    }
}
