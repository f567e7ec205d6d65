//! A sheet for each gap and each solution.

use super::facts::{Facts, FitFact, href, reference};
use super::sources::Sources;
use crate::catalogue::record::Record;
use crate::catalogue::scale::TECHNOLOGIES;
use crate::report::sheet::{Fact, FitLine, GapSheet, MentionLine, ScoreLine, SolutionSheet};
use crate::report::snapshot::ScoreFact;
use crate::report::words::word;

/// How a field is told.
#[derive(Clone, Copy)]
enum Told {
    /// As it is.
    Plain,
    /// As a word of a scale, or several.
    Words,
    /// As one of five.
    OfFive,
}

type Row = (&'static str, &'static str, Told);

const GAP_FACTS: &[Row] = &[
    ("thor", "What is missing (THOR)", Told::Words),
    ("impact", "Impact", Told::OfFive),
    ("urgency", "Urgency", Told::OfFive),
    ("moscow", "Priority (MoSCoW)", Told::Words),
    ("votes", "Votes counted elsewhere", Told::Plain),
    ("score_basis", "Basis of these scores", Told::Plain),
    ("procurement_interest", "Procurement interest", Told::Words),
    ("tags", "Tags", Told::Plain),
    ("last_searched", "Last searched", Told::Plain),
    ("last_checked", "Last checked", Told::Plain),
    ("origin", "Where it comes from", Told::Words),
];
const GAP_TEXTS: &[Row] = &[
    ("description", "Description", Told::Plain),
    ("current_practice", "Current practice", Told::Plain),
    ("desired_outcome", "Desired outcome", Told::Plain),
    ("constraints", "Constraints", Told::Plain),
    ("standardisation_need", "Need for a standard", Told::Plain),
];
const SOLUTION_FACTS: &[Row] = &[
    ("provider", "Provider or consortium", Told::Plain),
    ("programme", "Programme", Told::Plain),
    ("grant_number", "Grant number", Told::Plain),
    ("call", "Call", Told::Plain),
    ("start", "Start", Told::Plain),
    ("end", "End", Told::Plain),
    ("lifecycle", "Lifecycle", Told::Words),
    ("market_status", "Market status", Told::Words),
    ("evidence_strength", "Strength of the evidence", Told::Words),
    ("licence", "Licence", Told::Plain),
    ("cost_band", "Cost", Told::Plain),
    ("languages", "Languages", Told::Plain),
    ("user_organisations", "Who uses it", Told::Plain),
    ("standards_met", "Standards met", Told::Plain),
    ("ai_check", "AI Act check", Told::Words),
    ("dpia", "Data protection assessment needed", Told::Words),
    ("review_flags", "To look at before use", Told::Words),
    ("contact", "Contact", Told::Plain),
    ("tags", "Tags", Told::Plain),
    ("external_ids", "Known elsewhere as", Told::Plain),
    ("last_checked", "Last checked", Told::Plain),
    ("next_check", "Next check", Told::Plain),
];
const SOLUTION_TEXTS: &[Row] = &[
    ("summary", "What it does", Told::Plain),
    ("access", "Who gets it, and how", Told::Plain),
    ("evidence_note", "What is known of its effect", Told::Plain),
    ("ethics_note", "What speaks for care", Told::Plain),
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
            facts: told(gap, GAP_FACTS),
            texts: told(gap, GAP_TEXTS),
            fits: lines(facts, facts.live_fits_of_gap(*at)),
            mentions: mentions(facts, gap),
            evidence: sources.on(gap),
        }
    };
    facts.order.iter().map(sheet).collect()
}

/// The sheets of the solutions that have a fit which was not rejected.
pub(super) fn solutions(facts: &Facts, sources: &Sources) -> Vec<SolutionSheet> {
    let sheet = |(at, solution): (usize, &Record)| {
        let fits = facts.live_fits_of_solution(at);
        if fits.is_empty() {
            return None;
        }
        let mut short = told(solution, SOLUTION_FACTS);
        short.insert(
            0,
            Fact {
                label: "Readiness level",
                value: maturity(solution),
            },
        );
        let parent = facts.solutions.iter();
        let mut parent = parent.filter(|it| it.id.to_string() == solution.text("parent"));
        Some(SolutionSheet {
            is: reference(solution),
            tlp: format!("TLP:{}", solution.tlp.as_str()),
            kind: word(solution.text("kind")),
            state: word(solution.state),
            parent: parent.next().map(reference),
            url: solution.text("url").to_owned(),
            covers: fits.iter().filter(|it| it.left_out.is_none()).count(),
            facts: short,
            texts: told(solution, SOLUTION_TEXTS),
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
        maturity: maturity(solution),
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
pub(super) fn maturity(solution: &Record) -> String {
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
    let now = range("trl_low", "trl_high").map(|it| format!("TRL {it}, {}", word(basis)));
    let target = range("trl_target_low", "trl_target_high").map(|it| format!("aims at TRL {it}"));
    let parts: Vec<String> = [now, target].into_iter().flatten().collect();
    match parts.is_empty() {
        false => parts.join("; "),
        true if TECHNOLOGIES.contains(&solution.text("kind")) => "TRL not stated".to_owned(),
        true => match solution.text("lifecycle") {
            "" => "not technology; lifecycle not stated".to_owned(),
            lifecycle => format!("not technology; {}", word(lifecycle)),
        },
    }
}

fn told(record: &Record, rows: &[Row]) -> Vec<Fact> {
    let fact = |(field, label, told): &Row| {
        let value = match told {
            Told::Plain if record.list(field).is_empty() => match record.whole(field) {
                Some(n) => n.to_string(),
                None => record.text(field).to_owned(),
            },
            Told::Plain => record.list(field).join(", "),
            Told::Words if record.list(field).is_empty() => word(record.text(field)),
            Told::Words => {
                let words: Vec<String> = record.list(field).iter().map(|it| word(it)).collect();
                words.join(", ")
            }
            Told::OfFive => match record.whole(field) {
                Some(n) => format!("{n} of 5"),
                None => String::new(),
            },
        };
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
