//! The sheets of gaps and solutions.

use super::{Body, Cell, Span, To, Tone, anchor, here, named};
use crate::catalogue::coverage::Light;
use crate::report::sheet::{
    EvidenceLine, Fact, FitLine, GapSheet, MentionLine, ScoreLine, SolutionSheet,
};
use crate::report::value::Report;
use crate::report::words::{self, count, word};

pub(super) fn gaps(body: &mut Body, report: &Report) {
    body.heading(1, "gaps", "Gaps");
    if report.gaps.is_empty() {
        body.say("There is none.");
        return;
    }
    body.say("What weighs most comes first: impact and urgency, then votes.");
    for gap in &report.gaps {
        self::gap(body, gap);
    }
}

fn gap(body: &mut Body, gap: &GapSheet) {
    let is = &gap.is;
    body.heading(
        2,
        &anchor(&is.number),
        format!("{} {}", is.number, is.title),
    );
    let light = Light::try_from(gap.light).map_or("", words::light);
    let mut facts = vec![
        (
            "Coverage".to_owned(),
            vec![
                Span::strong(capital_light(gap.light)),
                Span::plain(format!(": {light}")),
            ],
        ),
        (
            "In the catalogue".to_owned(),
            vec![
                Span::link(&is.number, To::App(is.href.clone())),
                Span::plain(format!(", {}", gap.tlp)),
            ],
        ),
    ];
    if !gap.groups.is_empty() {
        facts.push(plain("Groups", gap.groups.join(", ")));
    }
    if 0 < gap.votes {
        facts.push(plain("Votes in sessions", gap.votes.to_string()));
    }
    if let Some(level) = gap.best_trl {
        facts.push(plain("Best level reached", format!("TRL {level}")));
    }
    facts.extend(gap.facts.iter().map(|it| plain(it.label, it.value.clone())));
    body.facts(facts);
    texts(body, &gap.texts);
    let rows = gap.fits.iter().map(|it| fit_row(it, named(&it.solution)));
    let columns = [
        ("Solution", 30),
        ("Fit", 13),
        ("Readiness", 19),
        ("Why, and its limits", 38),
    ];
    body.table(
        format!("What is known to fit {}", is.number),
        &columns,
        rows.collect(),
    );
    if gap.fits.is_empty() {
        body.say("No solution is linked to it.");
    }
    if !gap.mentions.is_empty() {
        let n = count(gap.mentions.len(), "place");
        body.text(vec![Span::strong(format!("Named in {n}"))]);
        let mut lines: Vec<&MentionLine> = gap.mentions.iter().collect();
        // Sorted once more: those with most votes came first, in whatever session.
        lines.sort_by(|one, other| one.session.cmp(&other.session));
        let sessions = lines.chunk_by(|one, other| one.session == other.session);
        body.list(sessions.map(mentions).collect());
    }
    evidence(body, &gap.evidence);
}

/// A light's word with a large letter.
fn capital_light(light: &str) -> String {
    super::capital(light)
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

fn fit_row(it: &FitLine, first: Vec<Span>) -> Vec<Cell> {
    let degree = match it.left_out {
        None => format!("{} (counts)", it.degree),
        Some("not_accepted") => format!("{} ({})", it.degree, word(&it.state)),
        Some(_) => it.degree.clone(),
    };
    let mut why = it.rationale.clone();
    if !it.limits.is_empty() {
        why.push_str(&format!(" Limits: {}", it.limits));
    }
    if let Some(most) = it.scores.iter().map(|it| it.n).max() {
        let scores = it.scores.iter().map(score).collect::<Vec<_>>().join(", ");
        why.push_str(&format!(" Scores, 1 to 5, by up to {most}: {scores}."));
    }
    vec![
        Cell::of(first),
        Cell::of(vec![Span::link(degree, To::App(it.href.clone()))]).toned(tone(it)),
        Cell::plain(&it.maturity),
        Cell::plain(why),
    ]
}

/// What a criterion got on average.
fn score(it: &ScoreLine) -> String {
    format!("{} {:.1}", word(&it.criterion), it.mean)
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
fn mentions(session: &[&MentionLine]) -> Vec<Span> {
    let title = session.first().map_or("", |it| &it.session);
    let mut spans = vec![Span::plain(format!("{title}: "))];
    for (at, it) in session.iter().enumerate() {
        let parting = if at == 0 { "" } else { ", " };
        spans.push(Span::plain(parting));
        let place = format!("place {}", at + 1);
        spans.push(Span::link(place, To::App(it.href.clone())));
    }
    let votes: i64 = session.iter().map(|it| it.votes).sum();
    if 0 < votes {
        let votes = usize::try_from(votes).unwrap_or_default();
        spans.push(Span::plain(format!(" ({})", count(votes, "vote"))));
    }
    spans
}

fn evidence(body: &mut Body, lines: &[EvidenceLine]) {
    if lines.is_empty() {
        return;
    }
    body.text(vec![Span::strong("Evidence")]);
    let line = |it: &EvidenceLine| {
        let mut spans = vec![Span::link(&*it.number, To::App(it.href.clone()))];
        if !it.fact.is_empty() {
            spans.push(Span::plain(format!(" {}", it.fact)));
        }
        if it.conflict {
            spans.push(Span::strong(" Another source says otherwise."));
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
    body.heading(1, "solutions", "Solutions");
    if report.solutions.is_empty() {
        body.say("There is none.");
        return;
    }
    for solution in &report.solutions {
        self::solution(body, solution);
    }
}

fn solution(body: &mut Body, solution: &SolutionSheet) {
    let is = &solution.is;
    body.heading(
        2,
        &anchor(&is.number),
        format!("{} {}", is.number, is.title),
    );
    let mut facts = vec![
        plain("Kind", solution.kind.clone()),
        plain("State", solution.state.clone()),
        plain("Meets the rule for", count(solution.covers, "gap")),
        (
            "In the catalogue".to_owned(),
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
        facts.push(("Result of".to_owned(), vec![number, title]));
    }
    if !solution.url.is_empty() {
        let link = Span::link(&*solution.url, To::Web(solution.url.clone()));
        facts.push(("Address".to_owned(), vec![link]));
    }
    if 0 < solution.mentions {
        facts.push(plain("Named in maps", count(solution.mentions, "time")));
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
        let row = fit_row(it, named(&it.gap));
        row.into_iter()
            .enumerate()
            .filter(|it| it.0 != 2)
            .map(|it| it.1)
            .collect()
    });
    let columns = [("Gap", 39), ("Fit", 15), ("Why, and its limits", 46)];
    body.table(format!("What {} fits", is.number), &columns, rows.collect());
    evidence(body, &solution.evidence);
}

/// The numbers of records, each leading to its sheet.
pub(super) fn numbers<'a>(refs: impl Iterator<Item = &'a crate::report::value::Ref>) -> Vec<Span> {
    let mut spans = Vec::new();
    for it in refs {
        if !spans.is_empty() {
            spans.push(Span::plain(", "));
        }
        spans.push(here(it));
    }
    spans
}
