//! The sheets of gaps and solutions.

use super::{Body, Cell, Span, To, Tone, anchor, capital, here, named};
use crate::catalogue::coverage::Light;
use crate::report::language::Language;
use crate::report::sheet::{
    EvidenceLine, Fact, FitLine, GapSheet, MentionLine, ScoreLine, SolutionSheet,
};
use crate::report::value::Report;

pub(super) fn gaps(body: &mut Body, report: &Report) {
    let language = body.language;
    body.heading(1, "gaps", language.the_gaps());
    if report.gaps.is_empty() {
        body.say(language.there_is_none());
        return;
    }
    body.say(language.by_weight());
    for gap in &report.gaps {
        self::gap(body, gap);
    }
}

fn gap(body: &mut Body, gap: &GapSheet) {
    let language = body.language;
    let is = &gap.is;
    body.heading(
        2,
        &anchor(&is.number),
        format!("{} {}", is.number, is.title),
    );
    let meaning = Light::try_from(gap.light).map_or("", |it| language.meaning(it));
    let mut facts = vec![
        (
            language.coverage().to_owned(),
            vec![
                Span::strong(capital(language.light(gap.light))),
                Span::plain(format!("{}{meaning}", language.colon())),
            ],
        ),
        (
            language.in_the_catalogue().to_owned(),
            vec![
                Span::link(&is.number, To::App(is.href.clone())),
                Span::plain(format!(", {}", gap.tlp)),
            ],
        ),
    ];
    if !gap.groups.is_empty() {
        facts.push(plain(language.the_groups(), gap.groups.join(", ")));
    }
    if 0 < gap.votes {
        facts.push(plain(language.votes_in_sessions(), gap.votes.to_string()));
    }
    if let Some(level) = gap.best_trl {
        facts.push(plain(language.best_level(), format!("TRL {level}")));
    }
    facts.extend(gap.facts.iter().map(|it| plain(it.label, it.value.clone())));
    body.facts(facts);
    texts(body, &gap.texts);
    let rows = gap
        .fits
        .iter()
        .map(|it| fit_row(language, it, named(&it.solution)));
    let columns = [
        (language.a_solution(), 30),
        (language.a_fit(), 13),
        (language.readiness(), 19),
        (language.why_and_limits(), 38),
    ];
    body.table(language.known_to_fit(&is.number), &columns, rows.collect());
    if gap.fits.is_empty() {
        body.say(language.nothing_linked());
    }
    if !gap.mentions.is_empty() {
        let places = language.places(gap.mentions.len());
        body.text(vec![Span::strong(language.named_in(places))]);
        let mut lines: Vec<&MentionLine> = gap.mentions.iter().collect();
        // Sorted once more: those with most votes came first, in whatever session.
        lines.sort_by(|one, other| one.session.cmp(&other.session));
        let sessions = lines.chunk_by(|one, other| one.session == other.session);
        body.list(sessions.map(|it| mentions(language, it)).collect());
    }
    evidence(body, &gap.evidence);
}

fn plain(label: &str, text: String) -> (String, Vec<Span>) {
    (label.to_owned(), vec![Span::plain(text)])
}

fn texts(body: &mut Body, texts: &[Fact]) {
    for it in texts {
        body.text(vec![
            Span::strong(format!("{}. ", it.label)),
            Span::plain(&it.value),
        ]);
    }
}

fn fit_row(language: Language, it: &FitLine, first: Vec<Span>) -> Vec<Cell> {
    let degree = language.degree(&it.degree);
    let degree = match it.left_out {
        None => language.counts(degree),
        Some("not_accepted") => format!("{degree} ({})", language.word(&it.state)),
        Some(_) => degree,
    };
    let mut why = it.rationale.clone();
    if !it.limits.is_empty() {
        why.push_str(&language.limits(&it.limits));
    }
    if let Some(most) = it.scores.iter().map(|it| it.n).max() {
        let scores = it.scores.iter().map(|it| score(language, it));
        let scores = scores.collect::<Vec<_>>().join(parting(language));
        why.push_str(&language.scores(most, scores));
    }
    vec![
        Cell::of(first),
        Cell::of(vec![Span::link(degree, To::App(it.href.clone()))]).toned(tone(it)),
        Cell::plain(&it.maturity),
        Cell::plain(why),
    ]
}

/// What a criterion got on average.
fn score(language: Language, it: &ScoreLine) -> String {
    let criterion = language.word(&it.criterion);
    format!("{criterion} {}", language.decimal(it.mean))
}

/// What parts numbers, some of which may have a comma in them.
fn parting(language: Language) -> &'static str {
    match language {
        Language::English => ", ",
        Language::French => "\u{a0}; ",
    }
}

/// The colour of a fit.
pub(super) fn tone(it: &FitLine) -> Tone {
    match (it.left_out, &*it.degree) {
        (None, "full") => Tone::Full,
        (None, _) => Tone::Good,
        (Some("not_accepted"), _) => Tone::Open,
        _ => Tone::Partial,
    }
}

/// The places in one session, each leading to its node, and the votes that they got.
fn mentions(language: Language, session: &[&MentionLine]) -> Vec<Span> {
    let title = session.first().map_or("", |it| &it.session);
    let mut spans = vec![Span::plain(format!("{title}{}", language.colon()))];
    for (at, it) in session.iter().enumerate() {
        let parting = if at == 0 { "" } else { ", " };
        spans.push(Span::plain(parting));
        let place = language.place_of(at + 1);
        spans.push(Span::link(place, To::App(it.href.clone())));
    }
    let votes: i64 = session.iter().map(|it| it.votes).sum();
    if 0 < votes {
        let votes = usize::try_from(votes).unwrap_or_default();
        spans.push(Span::plain(format!(" ({})", language.votes(votes))));
    }
    spans
}

fn evidence(body: &mut Body, lines: &[EvidenceLine]) {
    if lines.is_empty() {
        return;
    }
    let language = body.language;
    body.text(vec![Span::strong(language.the_evidence())]);
    let line = |it: &EvidenceLine| {
        let mut spans = vec![Span::link(&*it.number, To::App(it.href.clone()))];
        if !it.fact.is_empty() {
            spans.push(Span::plain(format!(" {}", it.fact)));
        }
        if it.conflict {
            spans.push(Span::strong(format!(" {}", language.contradicted())));
        }
        spans.push(Span::plain(" "));
        spans.push(Span::link(
            format!("[{}]", it.source),
            To::Here("sources".to_owned()),
        ));
        spans
    };
    body.list(lines.iter().map(line).collect());
}

pub(super) fn solutions(body: &mut Body, report: &Report) {
    let language = body.language;
    body.heading(1, "solutions", language.the_solutions());
    if report.solutions.is_empty() {
        body.say(language.there_is_none());
        return;
    }
    for solution in &report.solutions {
        self::solution(body, solution);
    }
}

fn solution(body: &mut Body, solution: &SolutionSheet) {
    let language = body.language;
    let is = &solution.is;
    body.heading(
        2,
        &anchor(&is.number),
        format!("{} {}", is.number, is.title),
    );
    let mut facts = vec![
        plain(language.kind(), solution.kind.clone()),
        plain(language.state(), solution.state.clone()),
        plain(language.meets_rule_for(), language.gaps(solution.covers)),
        (
            language.in_the_catalogue().to_owned(),
            vec![
                Span::link(&is.number, To::App(is.href.clone())),
                Span::plain(format!(", {}", solution.tlp)),
            ],
        ),
    ];
    if let Some(parent) = &solution.parent {
        // It has a sheet only where it fits a gap itself.
        let number = Span::link(&*parent.number, To::App(parent.href.clone()));
        let title = Span::plain(format!(" {}", parent.title));
        facts.push((language.result_of().to_owned(), vec![number, title]));
    }
    if !solution.url.is_empty() {
        let link = Span::link(&*solution.url, To::Web(solution.url.clone()));
        facts.push((language.address().to_owned(), vec![link]));
    }
    if 0 < solution.mentions {
        facts.push(plain(
            language.named_in_maps(),
            language.times(solution.mentions),
        ));
    }
    facts.extend(
        solution
            .facts
            .iter()
            .map(|it| plain(it.label, it.value.clone())),
    );
    body.facts(facts);
    texts(body, &solution.texts);
    let rows = solution.fits.iter().map(|it| {
        let row = fit_row(language, it, named(&it.gap));
        row.into_iter()
            .enumerate()
            .filter(|it| it.0 != 2)
            .map(|it| it.1)
            .collect()
    });
    let columns = [
        (language.a_gap(), 39),
        (language.a_fit(), 15),
        (language.why_and_limits(), 46),
    ];
    body.table(language.what_it_fits(&is.number), &columns, rows.collect());
    evidence(body, &solution.evidence);
}

/// The numbers of records, each leading to its sheet.
pub(super) fn numbers<'a>(refs: impl Iterator<Item = &'a crate::report::sheet::Ref>) -> Vec<Span> {
    let mut spans = Vec::new();
    for it in refs {
        if !spans.is_empty() {
            spans.push(Span::plain(", "));
        }
        spans.push(here(it));
    }
    spans
}
