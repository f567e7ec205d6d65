//! A sheet for each gap and each solution.

use super::facts::{Facts, FitFact, href, reference};
use super::sources::Sources;
use crate::catalogue::record::Record;
use crate::catalogue::scale::TECHNOLOGIES;
use crate::report::language::Language;
use crate::report::sheet::{Fact, FitLine, GapSheet, MentionLine, ScoreLine, SolutionSheet};
use crate::report::snapshot::ScoreFact;

/// How a field is told.
#[derive(Clone, Copy)]
enum Told {
    /// As it is.
    Plain,
    /// As a word of a scale, or several.
    Words,
    /// As one of five.
    OfFive,
    /// As a day, a month or a year.
    Day,
}

type Row = (&'static str, fn(Language) -> &'static str, Told);

const GAP_FACTS: &[Row] = &[
    ("thor", Language::field_thor, Told::Words),
    ("impact", Language::field_impact, Told::OfFive),
    ("urgency", Language::field_urgency, Told::OfFive),
    ("moscow", Language::field_moscow, Told::Words),
    ("votes", Language::field_votes, Told::Plain),
    ("score_basis", Language::field_score_basis, Told::Plain),
    (
        "procurement_interest",
        Language::field_procurement,
        Told::Words,
    ),
    ("tags", Language::field_tags, Told::Plain),
    ("last_searched", Language::field_last_searched, Told::Day),
    ("last_checked", Language::field_last_checked, Told::Day),
    ("origin", Language::field_origin, Told::Words),
];
const GAP_TEXTS: &[Row] = &[
    ("description", Language::field_description, Told::Plain),
    (
        "current_practice",
        Language::field_current_practice,
        Told::Plain,
    ),
    (
        "desired_outcome",
        Language::field_desired_outcome,
        Told::Plain,
    ),
    ("constraints", Language::field_constraints, Told::Plain),
    (
        "standardisation_need",
        Language::field_standardisation,
        Told::Plain,
    ),
];
const SOLUTION_FACTS: &[Row] = &[
    ("provider", Language::field_provider, Told::Plain),
    ("programme", Language::field_programme, Told::Plain),
    ("grant_number", Language::field_grant_number, Told::Plain),
    ("call", Language::field_call, Told::Plain),
    ("start", Language::field_start, Told::Day),
    ("end", Language::field_end, Told::Day),
    ("lifecycle", Language::field_lifecycle, Told::Words),
    ("market_status", Language::field_market_status, Told::Words),
    ("evidence_strength", Language::field_strength, Told::Words),
    ("licence", Language::field_licence, Told::Plain),
    ("cost_band", Language::field_cost, Told::Plain),
    ("languages", Language::field_languages, Told::Plain),
    ("user_organisations", Language::field_users, Told::Plain),
    ("standards_met", Language::field_standards, Told::Plain),
    ("ai_check", Language::field_ai_check, Told::Words),
    ("dpia", Language::field_dpia, Told::Words),
    ("review_flags", Language::field_flags, Told::Words),
    ("contact", Language::field_contact, Told::Plain),
    ("tags", Language::field_tags, Told::Plain),
    ("external_ids", Language::field_external_ids, Told::Plain),
    ("last_checked", Language::field_last_checked, Told::Day),
    ("next_check", Language::field_next_check, Told::Day),
];
const SOLUTION_TEXTS: &[Row] = &[
    ("summary", Language::field_summary, Told::Plain),
    ("access", Language::field_access, Told::Plain),
    ("evidence_note", Language::field_evidence_note, Told::Plain),
    ("ethics_note", Language::field_ethics, Told::Plain),
];

/// The sheets of the gaps, what weighs most first.
pub(super) fn gaps(facts: &Facts, sources: &Sources) -> Vec<GapSheet> {
    let sheet = |at: &usize| {
        let gap = &facts.gaps[*at];
        let coverage = &facts.coverage[*at];
        GapSheet {
            is: reference(gap),
            tlp: format!("TLP:{}", gap.tlp.as_str()),
            light: coverage.light.as_str(),
            groups: facts.group_names(&Facts::groups_of(gap)),
            solutions: coverage.solutions,
            best_trl: coverage.best_trl,
            votes: facts.votes(gap),
            facts: told(facts.language(), gap, GAP_FACTS),
            texts: told(facts.language(), gap, GAP_TEXTS),
            fits: lines(facts, facts.live_fits_of_gap(*at)),
            mentions: mentions(facts, gap),
            evidence: sources.on(gap),
        }
    };
    facts.order.iter().map(sheet).collect()
}

/// The sheets of the solutions that have a fit which was not rejected.
pub(super) fn solutions(facts: &Facts, sources: &Sources) -> Vec<SolutionSheet> {
    let language = facts.language();
    let sheet = |(at, solution): (usize, &Record)| {
        let fits = facts.live_fits_of_solution(at);
        if fits.is_empty() {
            return None;
        }
        let mut short = told(language, solution, SOLUTION_FACTS);
        short.insert(
            0,
            Fact {
                label: language.readiness_level(),
                value: maturity(language, solution),
            },
        );
        let parent = facts.solutions.iter();
        let mut parent = parent.filter(|it| it.id.to_string() == solution.text("parent"));
        Some(SolutionSheet {
            is: reference(solution),
            tlp: format!("TLP:{}", solution.tlp.as_str()),
            kind: language.word(solution.text("kind")),
            state: language.word(solution.state),
            parent: parent.next().map(reference),
            url: solution.text("url").to_owned(),
            covers: fits.iter().filter(|it| it.left_out.is_none()).count(),
            facts: short,
            texts: told(language, solution, SOLUTION_TEXTS),
            fits: lines(facts, fits),
            mentions: facts.mentions(solution).count(),
            evidence: sources.on(solution),
        })
    };
    let solutions = facts.solutions.iter().enumerate();
    solutions.filter_map(sheet).collect()
}

/// All fits that have not been rejected, by gap and solution.
pub(super) fn fits(facts: &Facts) -> Vec<FitLine> {
    let mut live: Vec<&FitFact> = facts.fits.iter().filter(|it| it.is_live()).collect();
    live.sort_by_key(|it| (it.gap, it.solution, it.record.number));
    lines(facts, live)
}

fn lines(facts: &Facts, fits: Vec<&FitFact>) -> Vec<FitLine> {
    fits.into_iter().map(|it| line(facts, it)).collect()
}

/// A fit as it is told.
pub(super) fn line(facts: &Facts, fit: &FitFact) -> FitLine {
    let solution = &facts.solutions[fit.solution];
    FitLine {
        number: fit.record.kind.number(fit.record.number),
        href: href(&fit.record),
        gap: reference(&facts.gaps[fit.gap]),
        solution: reference(solution),
        degree: fit.record.text("degree").to_owned(),
        state: fit.record.state.to_owned(),
        left_out: fit.left_out.map(|it| it.as_str()),
        maturity: maturity(facts.language(), solution),
        rationale: fit.record.text("rationale").to_owned(),
        limits: fit.record.text("limits").to_owned(),
        scores: scores(facts, fit),
    }
}

fn scores(facts: &Facts, fit: &FitFact) -> Vec<ScoreLine> {
    let known = facts.snapshot.scores.get(&fit.record.id);
    let line = |it: &ScoreFact| ScoreLine {
        criterion: it.criterion.clone(),
        n: it.n,
        mean: it.mean,
    };
    known.into_iter().flatten().map(line).collect()
}

/// How ripe a solution is, with what that rests on: `TRL 7-8, tested by practitioners`.
pub(super) fn maturity(language: Language, solution: &Record) -> String {
    let range = |low: &str, high: &str| {
        let ends = (solution.whole(low), solution.whole(high));
        match ends {
            (Some(low), Some(high)) if low != high => Some(format!("{low}-{high}")),
            (Some(one), _) | (None, Some(one)) => Some(one.to_string()),
            (None, None) => None,
        }
    };
    let basis = solution.text("trl_basis");
    let basis = if basis.is_empty() {
        "not_stated"
    } else {
        basis
    };
    let now = range("trl_low", "trl_high").map(|it| language.now_at(it, language.word(basis)));
    let target = range("trl_target_low", "trl_target_high").map(|it| language.aims_at(it));
    let parts: Vec<String> = [now, target].into_iter().flatten().collect();
    match parts.is_empty() {
        false => parts.join("; "),
        true if TECHNOLOGIES.contains(&solution.text("kind")) => {
            language.trl_not_stated().to_owned()
        }
        true => match solution.text("lifecycle") {
            "" => language.lifecycle_not_stated().to_owned(),
            lifecycle => language.not_technology(language.word(lifecycle)),
        },
    }
}

fn told(language: Language, record: &Record, rows: &[Row]) -> Vec<Fact> {
    let fact = |(field, label, told): &Row| {
        let value = match told {
            Told::Plain if record.list(field).is_empty() => match record.whole(field) {
                Some(n) => n.to_string(),
                None => record.text(field).to_owned(),
            },
            Told::Plain => record.list(field).join(", "),
            Told::Words if record.list(field).is_empty() => language.word(record.text(field)),
            Told::Words => {
                let words = record.list(field).iter().map(|it| language.word(it));
                words.collect::<Vec<_>>().join(", ")
            }
            Told::OfFive => match record.whole(field) {
                Some(n) => language.of_five(n),
                None => String::new(),
            },
            Told::Day => language.day(record.text(field)),
        };
        let label = label(language);
        (!value.is_empty()).then_some(Fact { label, value })
    };
    rows.iter().filter_map(fact).collect()
}

fn mentions(facts: &Facts, gap: &Record) -> Vec<MentionLine> {
    let session = |id| facts.snapshot.sessions.iter().find(move |it| it.id == id);
    let line = |it: &crate::report::snapshot::MentionFact| MentionLine {
        href: format!("/maps/{}?node={}", it.map, it.node),
        session: session(it.session).map_or_else(String::new, |it| it.title.clone()),
        votes: it.votes,
    };
    let mut lines: Vec<MentionLine> = facts.mentions(gap).map(line).collect();
    lines.sort_by_key(|it| std::cmp::Reverse(it.votes));
    lines
}
