//! What stands in the executive summary, and the lists that follow from the same numbers.

use super::facts::{Facts, FitFact, reference};
use super::sheets::line;
use crate::catalogue::coverage::{LeftOut, Light};
use crate::report::sheet::Ref;
use crate::report::value::{CoverageRow, Figure, Finding, NearMiss, Uncovered};

/// How many of a kind of findings the summary has.
const TOP: usize = 5;

/// The numbers, each with where it comes from.
pub(super) fn numbers(facts: &Facts, n_solutions: usize) -> Vec<Figure> {
    let language = facts.language();
    let plain = |name, about, n, href: &str| Figure {
        name,
        about,
        n,
        href: href.to_owned(),
    };
    let gaps = facts.gaps.len();
    let mut numbers = vec![plain(
        "gaps",
        language.gaps_in_scope(),
        gaps,
        "/catalogue/gaps",
    )];
    numbers.extend(lights(facts));
    let accepted = facts.fits.iter().filter(|it| it.fits()).count();
    let counted = facts.fits.iter().filter(|it| it.left_out.is_none()).count();
    let checked = facts.snapshot.evidence.iter();
    let checked = checked.filter(|it| it.state == "current").count();
    let sessions = facts.snapshot.sessions.len();
    let places = facts.gaps.iter().map(|it| facts.mentions(it).count()).sum();
    let [solutions, fits, counted_fits, evidence, held, named] = [
        language.candidate_solutions(),
        language.accepted_fits(),
        language.counted_fits(),
        language.pieces_of_evidence(),
        language.sessions_held(),
        language.places_of_gaps(),
    ];
    let accepted_at = "/catalogue/fits?state=accepted";
    numbers.extend([
        plain("solutions", solutions, n_solutions, "/catalogue/solutions"),
        plain("fits", fits, accepted, accepted_at),
        plain("counted", counted_fits, counted, "/catalogue/coverage"),
        plain("evidence", evidence, checked, "/catalogue/evidence"),
        plain("sessions", held, sessions, "/"),
        plain("mentions", named, places, "/catalogue/gaps"),
    ]);
    numbers
}

/// How many gaps have each light.
fn lights(facts: &Facts) -> [Figure; 4] {
    let language = facts.language();
    let of_light = |name, about, light: Light| Figure {
        name,
        about,
        n: facts.coverage.iter().filter(|it| it.light == light).count(),
        href: format!("/catalogue/gaps?coverage={}", light.as_str()),
    };
    [
        of_light("green", language.gaps_green(), Light::Green),
        of_light("amber", language.gaps_amber(), Light::Amber),
        of_light("red", language.gaps_red(), Light::Red),
        of_light("grey", language.gaps_grey(), Light::Grey),
    ]
}

/// The gaps of each group by their lights, and the sum.
pub(super) fn coverage(facts: &Facts) -> Vec<CoverageRow> {
    let row = |name: &str, href: Option<String>, has: &dyn Fn(usize) -> bool| {
        let mut row = CoverageRow {
            group: name.to_owned(),
            href,
            ..CoverageRow::default()
        };
        for (_, coverage) in facts.coverage.iter().enumerate().filter(|it| has(it.0)) {
            row.gaps += 1;
            match coverage.light {
                Light::Green => row.green += 1,
                Light::Amber => row.amber += 1,
                Light::Red => row.red += 1,
                Light::Grey => row.grey += 1,
            }
        }
        row
    };
    let groups: Vec<Vec<_>> = facts.gaps.iter().map(Facts::groups_of).collect();
    let mut rows = Vec::new();
    for group in &facts.snapshot.groups {
        let href = Some(format!("/catalogue/gaps?group={}", group.id));
        rows.push(row(&group.name, href, &|at| groups[at].contains(&group.id)));
    }
    rows.push(row(facts.language().without_a_group(), None, &|at| {
        groups[at].is_empty()
    }));
    rows.retain(|it| 0 < it.gaps);
    rows.push(row(facts.language().all_groups(), None, &|_| true));
    rows
}

/// What weighs most: what nothing fits, what is covered, what covers most.
pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let language = facts.language();
    let mut findings = Vec::new();
    let open: Vec<Ref> = of_light(facts, &[Light::Red]);
    add(&mut findings, open, |n| language.gaps_are_open(n));
    let covered = of_light(facts, &[Light::Green]);
    add(&mut findings, covered, |n| language.gaps_are_covered(n));
    let part = of_light(facts, &[Light::Amber]);
    add(&mut findings, part, |n| {
        language.gaps_are_covered_in_part(n)
    });
    add(&mut findings, widest(facts), |n| {
        language.solutions_meet_the_rule(n)
    });
    let grey = of_light(facts, &[Light::Grey]);
    add(&mut findings, grey, |n| language.gaps_are_not_searched(n));
    findings
}

/// Adds a finding on these, naming the first of them; none where there are none.
fn add(findings: &mut Vec<Finding>, mut about: Vec<Ref>, text: impl Fn(usize) -> String) {
    if about.is_empty() {
        return;
    }
    let text = text(about.len());
    let more = about.len().saturating_sub(TOP);
    about.truncate(TOP);
    findings.push(Finding { text, about, more });
}

/// The gaps with one of these lights, what weighs most first.
pub(super) fn of_light(facts: &Facts, lights: &[Light]) -> Vec<Ref> {
    let lit = facts.order.iter();
    let lit = lit.filter(|at| lights.contains(&facts.coverage[**at].light));
    lit.map(|at| reference(&facts.gaps[*at])).collect()
}

/// The solutions that meet the rule, those that do so for most gaps first.
fn widest(facts: &Facts) -> Vec<Ref> {
    let covers = |own: &Vec<usize>| {
        let own = own.iter().filter(|it| facts.fits[**it].left_out.is_none());
        own.count()
    };
    let counts: Vec<usize> = facts.of_solution.iter().map(covers).collect();
    let mut order: Vec<usize> = (0..counts.len()).filter(|it| 0 < counts[*it]).collect();
    order.sort_by_key(|it| std::cmp::Reverse(counts[*it]));
    order
        .into_iter()
        .map(|at| reference(&facts.solutions[at]))
        .collect()
}

/// The gaps that nothing fits, what weighs most first.
pub(super) fn uncovered(facts: &Facts) -> Vec<Uncovered> {
    let row = |at: &usize| {
        let gap = &facts.gaps[*at];
        let light = facts.coverage[*at].light;
        matches!(light, Light::Red | Light::Grey).then(|| Uncovered {
            gap: reference(gap),
            light: light.as_str(),
            searched: gap.text("last_searched").to_owned(),
            votes: facts.votes(gap),
        })
    };
    facts.order.iter().filter_map(row).collect()
}

/// Accepted fits that would count if one thing were different, by what that is.
pub(super) fn near_misses(facts: &Facts) -> Vec<NearMiss> {
    let mut misses: Vec<(usize, NearMiss)> = Vec::new();
    for at in &facts.order {
        for fit in facts.live_fits_of_gap(*at) {
            if let Some((rank, reason)) = near_miss(facts, fit) {
                let fit = line(facts, fit);
                misses.push((rank, NearMiss { fit, reason }));
            }
        }
    }
    misses.sort_by_key(|it| it.0);
    misses.into_iter().map(|it| it.1).collect()
}

/// What a fit lacks; none where it counts, or is far from counting.
pub(super) fn near_miss(facts: &Facts, fit: &FitFact) -> Option<(usize, &'static str)> {
    let solution = &facts.solutions[fit.solution];
    let level = solution.whole("trl_low").or(solution.whole("trl_high"));
    match fit.left_out? {
        LeftOut::TrlOutside if level.is_some_and(|it| (4..=6).contains(&it)) => {
            Some((0, "trl_4_to_6"))
        }
        LeftOut::TargetOnly => Some((1, "target_only")),
        LeftOut::TrlNotStated => Some((2, "trl_not_stated")),
        LeftOut::NotInUse => Some((3, "not_in_use")),
        LeftOut::Partial => Some((4, "partial")),
        _ => None,
    }
}
