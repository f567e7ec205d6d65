//! Recommendations by addressee, each by a rule that can be read here.

use super::facts::{Facts, FitFact, reference};
use super::summary::near_miss;
use crate::catalogue::coverage::Light;
use crate::catalogue::record::Record;
use crate::report::value::{Addressee, Finding};

/// How many recommendations one addressee gets; more are counted.
const MOST: usize = 12;

/// What to do, by whom. Addressees for whom there is nothing are left out.
pub(super) fn recommendations(facts: &Facts) -> Vec<Addressee> {
    let all = [
        ("practitioners", practitioners(facts)),
        ("procurement", procurement(facts)),
        ("standardisation", standardisation(facts)),
        ("research", research(facts)),
        ("policy", policy(facts)),
    ];
    let addressee = |(addressee, mut items): (&'static str, Vec<Finding>)| {
        let more = items.len().saturating_sub(MOST);
        items.truncate(MOST);
        Addressee {
            addressee,
            items,
            more,
        }
    };
    let all = all.into_iter().filter(|it| !it.1.is_empty());
    all.map(addressee).collect()
}

/// What can be taken up today: the best fit of each gap that is covered.
fn practitioners(facts: &Facts) -> Vec<Finding> {
    let language = facts.language();
    each_gap(facts, |at, gap| {
        let fits = facts.live_fits_of_gap(at);
        let best = fits.into_iter().find(|it| it.left_out.is_none())?;
        Some(about_fit(facts, best, |solution| {
            let degree = language.degree(best.record.text("degree"));
            language.try_it(solution.title(), degree, gap.title())
        }))
    })
}

/// Gaps for which somebody is interested in buying.
fn procurement(facts: &Facts) -> Vec<Finding> {
    let language = facts.language();
    each_gap(facts, |at, gap| {
        let how = gap.text("procurement_interest");
        let is_covered = facts.coverage[at].light == Light::Green;
        let text = match how {
            "" | "none" => return None,
            how if is_covered => language.compare_and_buy(language.word(how), gap.title()),
            how => language.prepare(language.word(how), gap.title()),
        };
        Some(about_gap(gap, text))
    })
}

/// Gaps for which a standard is missing.
fn standardisation(facts: &Facts) -> Vec<Finding> {
    each_gap(facts, |_, gap| {
        let need = gap.text("standardisation_need");
        let colon = facts.language().colon();
        let text = || format!("{}{colon}{need}", gap.title());
        (!need.is_empty()).then(|| about_gap(gap, text()))
    })
}

/// Gaps that nothing fits, and solutions that are on their way.
fn research(facts: &Facts) -> Vec<Finding> {
    let language = facts.language();
    let mut found = each_gap(facts, |at, gap| {
        let is_open = facts.coverage[at].light == Light::Red;
        let text = || language.call_for_work(gap.title());
        is_open.then(|| about_gap(gap, text()))
    });
    found.extend(each_gap(facts, |at, gap| {
        if facts.coverage[at].light == Light::Green {
            return None;
        }
        let on_its_way = |it: &&FitFact| {
            let miss = near_miss(facts, it).map(|it| it.1);
            matches!(miss, Some("trl_4_to_6" | "target_only"))
        };
        let fit = facts.live_fits_of_gap(at).into_iter().find(on_its_way)?;
        Some(about_fit(facts, fit, |solution| {
            language.help_to_be_tested(solution.title(), gap.title())
        }))
    }));
    found
}

/// Gaps in rules and organisations, and solutions that need a look before they are used.
fn policy(facts: &Facts) -> Vec<Finding> {
    let language = facts.language();
    let mut found = each_gap(facts, |at, gap| {
        let is_regulatory = gap.list("thor").iter().any(|it| it == "regulatory");
        let is_covered = facts.coverage[at].light == Light::Green;
        let text = || language.look_at_the_rules(gap.title());
        (is_regulatory && !is_covered).then(|| about_gap(gap, text()))
    });
    for (at, solution) in facts.solutions.iter().enumerate() {
        let flags = solution.list("review_flags");
        let counts = facts.of_solution[at].iter();
        let counts = counts
            .filter(|it| facts.fits[**it].left_out.is_none())
            .count();
        if flags.is_empty() || counts == 0 {
            continue;
        }
        let flags: Vec<String> = flags.iter().map(|it| language.word(it)).collect();
        found.push(Finding {
            text: language.look_before_use(solution.title(), flags.join(", ")),
            about: vec![reference(solution)],
            more: 0,
        });
    }
    found
}

/// What is said of gaps, what weighs most first.
fn each_gap(facts: &Facts, said: impl Fn(usize, &Record) -> Option<Finding>) -> Vec<Finding> {
    let order = facts.order.iter();
    order.filter_map(|at| said(*at, &facts.gaps[*at])).collect()
}

fn about_gap(gap: &Record, text: String) -> Finding {
    Finding {
        text,
        about: vec![reference(gap)],
        more: 0,
    }
}

fn about_fit(facts: &Facts, fit: &FitFact, text: impl Fn(&Record) -> String) -> Finding {
    let solution = &facts.solutions[fit.solution];
    Finding {
        text: text(solution),
        about: vec![reference(&facts.gaps[fit.gap]), reference(solution)],
        more: 0,
    }
}
