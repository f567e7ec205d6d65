//! Coverage: what is known to fill a gap, by the rule that the report follows. Computed, never
//! typed.

use super::record::{Record, trl_now};
use super::scale;

pub use super::light::{LeftOut, Light};

/// What the report asks of a fit that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The lowest technology readiness level.
    pub trl_from: i64,
    /// The highest.
    pub trl_to: i64,
    /// Where what is not technology has to be in its life.
    pub lifecycles: Vec<String>,
    /// Which market statuses count whatever the level.
    pub markets: Vec<String>,
}

impl Default for Rule {
    fn default() -> Self {
        let words = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect();
        Self {
            trl_from: 7,
            trl_to: 9,
            lifecycles: words(&["in_use", "published"]),
            markets: words(&["on_market", "available_restricted", "available_public"]),
        }
    }
}

/// What coverage needs to know of a fit and its solution; words as their fields hold them, empty
/// where they hold nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// The fit's state.
    pub state: &'a str,
    /// How well it fits.
    pub degree: &'a str,
    /// The solution's state.
    pub solution_state: &'a str,
    /// What the solution is.
    pub kind: &'a str,
    /// Its level now, at least.
    pub trl_low: Option<i64>,
    /// Its level now, at most.
    pub trl_high: Option<i64>,
    /// On what that rests.
    pub trl_basis: &'a str,
    /// Whether it aims at a level.
    pub has_target: bool,
    /// How far it has come.
    pub lifecycle: &'a str,
    /// Whether it can be had.
    pub market: &'a str,
}

impl<'a> Candidate<'a> {
    /// A fit and the solution that it names.
    pub fn of(fit: &'a Record, solution: &'a Record) -> Self {
        let targets = ["trl_target_low", "trl_target_high"];
        Self {
            state: fit.state,
            degree: fit.text("degree"),
            solution_state: solution.state,
            kind: solution.text("kind"),
            trl_low: solution.whole("trl_low"),
            trl_high: solution.whole("trl_high"),
            trl_basis: solution.text("trl_basis"),
            has_target: targets.iter().any(|it| solution.whole(it).is_some()),
            lifecycle: solution.text("lifecycle"),
            market: solution.text("market_status"),
        }
    }

    /// The level that is known to be reached.
    pub fn trl(&self) -> Option<i64> {
        trl_now(self.trl_low, self.trl_high, self.trl_basis)
    }

    /// Whether it is accepted, its solution is still offered, and it fits at least in part.
    pub fn fits(&self) -> bool {
        !matches!(
            judge(self, &Rule::default()),
            Some(LeftOut::Rejected | LeftOut::NotAccepted | LeftOut::Withdrawn | LeftOut::NoFit)
        )
    }
}

/// A gap's coverage, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The light.
    pub light: Light,
    /// How many accepted fits fit at least in part.
    pub solutions: usize,
    /// The highest level that one of those solutions is known to have reached.
    pub best_trl: Option<i64>,
    /// Why each fit that does not count is left out, in the order of the fits.
    pub left_out: Vec<LeftOut>,
}

/// Why a fit does not count; `None` when it meets the rule.
pub fn judge(fit: &Candidate<'_>, rule: &Rule) -> Option<LeftOut> {
    match fit.state {
        "accepted" => {}
        "rejected" | "superseded" => return Some(LeftOut::Rejected),
        _ => return Some(LeftOut::NotAccepted),
    }
    if matches!(fit.solution_state, "withdrawn" | "merged") {
        return Some(LeftOut::Withdrawn);
    }
    match fit.degree {
        "good" | "full" => {}
        "partial" => return Some(LeftOut::Partial),
        _ => return Some(LeftOut::NoFit),
    }
    if rule.markets.iter().any(|it| it == fit.market) {
        return None;
    }
    if !scale::TECHNOLOGIES.contains(&fit.kind) {
        let is_used = rule.lifecycles.iter().any(|it| it == fit.lifecycle);
        // A practice too may state a level, and then it counts like technology's.
        return match judge_level(fit, rule) {
            None => None,
            Some(_) if is_used => None,
            Some(LeftOut::TargetOnly) => Some(LeftOut::TargetOnly),
            Some(_) => Some(LeftOut::NotInUse),
        };
    }
    judge_level(fit, rule)
}

fn judge_level(fit: &Candidate<'_>, rule: &Rule) -> Option<LeftOut> {
    let states_level = fit.trl_low.or(fit.trl_high).is_some();
    let is_target = fit.trl_basis == "target_stated";
    match fit.trl() {
        None if fit.has_target || (is_target && states_level) => Some(LeftOut::TargetOnly),
        None => Some(LeftOut::TrlNotStated),
        Some(_) if scale::rank(scale::TRL_BASIS, fit.trl_basis).unwrap_or(0) == 0 => {
            Some(LeftOut::TrlNotStated)
        }
        Some(level) if (rule.trl_from..=rule.trl_to).contains(&level) => None,
        Some(_) => Some(LeftOut::TrlOutside),
    }
}

/// A gap's coverage: from whether anybody searched, and from all its fits.
pub fn cover(is_searched: bool, fits: &[Candidate<'_>], rule: &Rule) -> Coverage {
    let judged: Vec<Option<LeftOut>> = fits.iter().map(|it| judge(it, rule)).collect();
    let fitting: Vec<&Candidate<'_>> = fits.iter().filter(|it| it.fits()).collect();
    let finds_nothing = judged.contains(&Some(LeftOut::NoFit));
    let light = if judged.contains(&None) {
        Light::Green
    } else if !fitting.is_empty() {
        Light::Amber
    } else if is_searched || finds_nothing {
        Light::Red
    } else {
        Light::Grey
    };
    Coverage {
        light,
        solutions: fitting.len(),
        best_trl: fitting.iter().filter_map(|it| it.trl()).max(),
        left_out: judged.into_iter().flatten().collect(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fitting() -> Candidate<'static> {
        Candidate {
            state: "accepted",
            degree: "good",
            solution_state: "verified",
            kind: "technology",
            trl_low: Some(8),
            trl_high: Some(9),
            trl_basis: "assessed",
            has_target: false,
            lifecycle: "completed",
            market: "in_research",
        }
    }

    fn reason(candidate: Candidate<'_>) -> Option<LeftOut> {
        judge(&candidate, &Rule::default())
    }

    #[test]
    fn grey_turns_red_when_somebody_has_searched() {
        let rule = Rule::default();

        assert_eq!(cover(false, &[], &rule).light, Light::Grey);
        assert_eq!(cover(true, &[], &rule).light, Light::Red);
        let proposed = Candidate {
            state: "proposed",
            ..fitting()
        };
        assert_eq!(cover(false, &[proposed], &rule).light, Light::Grey);
        let none = Candidate {
            degree: "none",
            ..fitting()
        };
        assert_eq!(cover(false, &[none], &rule).light, Light::Red);
    }

    #[test]
    fn a_level_counts_when_it_is_reached_and_somebody_stands_for_it() {
        let it = fitting();

        assert_eq!(reason(it), None);
        let target = Candidate {
            trl_basis: "target_stated",
            ..it
        };
        assert_eq!(reason(target), Some(LeftOut::TargetOnly));
        assert_eq!(
            reason(Candidate {
                trl_low: None,
                trl_high: None,
                has_target: true,
                ..it
            }),
            Some(LeftOut::TargetOnly)
        );
        assert_eq!(
            reason(Candidate {
                trl_basis: "not_stated",
                ..it
            }),
            Some(LeftOut::TrlNotStated)
        );
        assert_eq!(
            reason(Candidate {
                trl_basis: "",
                ..it
            }),
            Some(LeftOut::TrlNotStated)
        );
        assert_eq!(
            reason(Candidate {
                trl_low: Some(6),
                ..it
            }),
            Some(LeftOut::TrlOutside)
        );
        assert_eq!(
            reason(Candidate {
                trl_low: None,
                trl_high: Some(7),
                ..it
            }),
            None
        );
        assert_eq!(cover(true, &[target], &Rule::default()).best_trl, None);
    }

    #[test]
    fn what_is_not_technology_counts_when_it_is_in_use() {
        let it = Candidate {
            kind: "training",
            trl_low: None,
            trl_high: None,
            trl_basis: "",
            ..fitting()
        };

        assert_eq!(reason(it), Some(LeftOut::NotInUse));
        assert_eq!(
            reason(Candidate {
                lifecycle: "in_use",
                ..it
            }),
            None
        );
        assert_eq!(
            reason(Candidate {
                lifecycle: "published",
                ..it
            }),
            None
        );
        assert_eq!(
            reason(Candidate {
                kind: "platform",
                lifecycle: "in_use",
                ..it
            }),
            Some(LeftOut::TrlNotStated)
        );
        assert_eq!(
            reason(Candidate {
                kind: "platform",
                market: "on_market",
                ..it
            }),
            None
        );
    }

    fn word(scale: scale::Scale) -> impl Strategy<Value = &'static str> {
        prop_oneof![Just(""), proptest::sample::select(scale)]
    }

    fn candidate() -> impl Strategy<Value = Candidate<'static>> {
        let states = proptest::sample::select(
            &[
                "proposed",
                "under_review",
                "accepted",
                "rejected",
                "superseded",
            ][..],
        );
        let solution =
            proptest::sample::select(&["candidate", "verified", "withdrawn", "merged"][..]);
        let level = || proptest::option::of(1..=9_i64);
        let words = (
            word(scale::DEGREE),
            word(scale::KIND),
            word(scale::TRL_BASIS),
            word(scale::LIFECYCLE),
            word(scale::MARKET),
        );
        (states, solution, level(), level(), any::<bool>(), words).prop_map(
            |(state, solution_state, trl_low, trl_high, has_target, words)| Candidate {
                state,
                solution_state,
                trl_low,
                trl_high,
                has_target,
                degree: words.0,
                kind: words.1,
                trl_basis: words.2,
                lifecycle: words.3,
                market: words.4,
            },
        )
    }

    proptest! {
        #[test]
        fn every_fit_either_counts_or_has_its_reason(
            fits in prop::collection::vec(candidate(), 0..8), is_searched: bool,
        ) {
            let rule = Rule::default();
            let coverage = cover(is_searched, &fits, &rule);
            let counted = fits.iter().filter(|it| judge(it, &rule).is_none()).count();

            prop_assert_eq!(counted + coverage.left_out.len(), fits.len());
            prop_assert_eq!(coverage.light == Light::Green, 0 < counted);
            prop_assert!(counted <= coverage.solutions);
            prop_assert_eq!(coverage.light >= Light::Amber, 0 < coverage.solutions);
            prop_assert!(!is_searched || coverage.light != Light::Grey);
        }

        #[test]
        fn the_order_of_fits_makes_no_difference_and_one_more_never_dims_the_light(
            fits in prop::collection::vec(candidate(), 1..8), is_searched: bool,
        ) {
            let rule = Rule::default();
            let all = cover(is_searched, &fits, &rule);
            let fewer = cover(is_searched, &fits[1..], &rule);
            let mut turned = fits.clone();
            turned.reverse();
            let turned = cover(is_searched, &turned, &rule);

            prop_assert_eq!((all.light, all.solutions, all.best_trl), (turned.light, turned.solutions, turned.best_trl));
            prop_assert!(fewer.light <= all.light);
            prop_assert!(fewer.best_trl <= all.best_trl);
        }
    }
}
