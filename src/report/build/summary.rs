//! What stands in the executive summary, and the lists that follow from the same numbers.

use super::facts::{Facts, FitFact, reference};
use super::sheets::line;
use crate::catalogue::coverage::{LeftOut, Light};
use crate::report::value::{CoverageRow, Figure, Finding, NearMiss, Ref, Uncovered};
use crate::report::words::count;

/// How many of a kind of findings the summary has.
const TOP: usize = 5;

/// The numbers, each with where it comes from.
pub(super) fn numbers(facts: &Facts, n_solutions: usize) -> Vec<Figure> {
    let lit = |light: Light| facts.coverage.iter().filter(|it| it.light == light).count();
    let of_light = |name, about, light: Light| Figure {
        name,
        about,
        n: lit(light),
        href: format!("/catalogue/gaps?coverage={}", light.as_str()),
    };
    let plain = |name, about, n, href: &str| Figure {
        name,
        about,
        n,
        href: href.to_owned(),
    };
    let accepted = facts.fits.iter().filter(|it| it.fits()).count();
    let counted = facts.fits.iter().filter(|it| it.left_out.is_none()).count();
    let checked = facts
        .snapshot
        .evidence
        .iter()
        .filter(|it| it.state == "current");
    let places = facts.gaps.iter().map(|it| facts.mentions(it).count()).sum();
    vec![
        plain("gaps", "gaps in scope", facts.gaps.len(), "/catalogue/gaps"),
        of_light("green", "gaps that are covered", Light::Green),
        of_light("amber", "gaps that are covered in part", Light::Amber),
        of_light("red", "gaps that nothing fits", Light::Red),
        of_light("grey", "gaps that nobody searched for yet", Light::Grey),
        plain(
            "solutions",
            "candidate solutions",
            n_solutions,
            "/catalogue/solutions",
        ),
        plain(
            "fits",
            "accepted fits",
            accepted,
            "/catalogue/fits?state=accepted",
        ),
        plain(
            "counted",
            "fits that meet the rule",
            counted,
            "/catalogue/coverage",
        ),
        plain(
            "evidence",
            "pieces of evidence",
            checked.count(),
            "/catalogue/evidence",
        ),
        plain("sessions", "sessions", facts.snapshot.sessions.len(), "/"),
        plain(
            "mentions",
            "places in maps where a gap is named",
            places,
            "/catalogue/gaps",
        ),
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
    rows.push(row("Without a group", None, &|at| groups[at].is_empty()));
    rows.retain(|it| 0 < it.gaps);
    rows.push(row("All groups", None, &|_| true));
    rows
}

/// What weighs most: what nothing fits, what is covered, what covers most.
pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    let open: Vec<Ref> = of_light(facts, &[Light::Red]);
    add(&mut findings, open, |n| {
        let verb = if n == 1 { "has" } else { "have" };
        format!(
            "{} {verb} been searched for without finding anything that fits",
            count(n, "gap")
        )
    });
    let covered = of_light(facts, &[Light::Green]);
    add(&mut findings, covered, |n| {
        let verb = if n == 1 { "has" } else { "have" };
        format!(
            "{} {verb} at least one solution that meets the rule",
            count(n, "gap")
        )
    });
    let part = of_light(facts, &[Light::Amber]);
    add(&mut findings, part, |n| {
        let verb = if n == 1 { "is" } else { "are" };
        format!(
            "{} {verb} covered in part only, or by what is not known to be ripe",
            count(n, "gap")
        )
    });
    add(&mut findings, widest(facts), |n| {
        let verb = if n == 1 { "meets" } else { "meet" };
        format!(
            "{} {verb} the rule for at least one gap",
            count(n, "solution")
        )
    });
    let grey = of_light(facts, &[Light::Grey]);
    add(&mut findings, grey, |n| {
        let verb = if n == 1 { "has" } else { "have" };
        format!(
            "{} {verb} not been searched for yet: nothing can be said of them",
            count(n, "gap")
        )
    });
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
