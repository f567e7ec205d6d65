//! What a report is about, and by which rule it counts.

use serde::{Deserialize, Serialize};

use crate::base::id::{GroupId, SessionId};
use crate::base::invalid::Invalid;
use crate::base::time::day;
use crate::catalogue::coverage::Rule;
use crate::catalogue::scale::{LIFECYCLE, MARKET, Scale};

const MAX_GROUPS: usize = 100;
const MAX_SESSIONS: usize = 500;

/// Which part of the catalogue a report is about; what is empty asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scope {
    /// Gaps and sessions of these groups only.
    pub groups: Vec<GroupId>,
    /// These sessions only, and the gaps that were named in them.
    pub sessions: Vec<SessionId>,
    /// Sessions on this day or later only.
    pub from: Option<String>,
    /// Sessions on this day or earlier only.
    pub to: Option<String>,
}

impl Scope {
    /// The scope, checked, without repetitions.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `scope`.
    pub fn checked(mut self) -> Result<Self, Invalid> {
        self.groups.sort_unstable();
        self.groups.dedup();
        self.sessions.sort_unstable();
        self.sessions.dedup();
        if MAX_GROUPS < self.groups.len() {
            return Err(Invalid::new("scope", "must name at most 100 groups"));
        }
        if MAX_SESSIONS < self.sessions.len() {
            return Err(Invalid::new("scope", "must name at most 500 sessions"));
        }
        self.from = day("scope", self.from.as_deref())?.flatten();
        self.to = day("scope", self.to.as_deref())?.flatten();
        if let (Some(from), Some(to)) = (&self.from, &self.to)
            && to < from
        {
            return Err(Invalid::new("scope", "must not end before it begins"));
        }
        Ok(self)
    }

    /// Whether a session on this day is within the period; one without a day is, where no period
    /// is said.
    pub fn holds_day(&self, day: Option<&str>) -> bool {
        match day {
            None => self.from.is_none() && self.to.is_none(),
            Some(day) => {
                self.from.as_deref().is_none_or(|from| from <= day)
                    && self.to.as_deref().is_none_or(|to| day <= to)
            }
        }
    }
}

/// The rule by which a report counts fits, as people set it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RuleSet {
    /// The lowest technology readiness level that counts.
    pub trl_from: i64,
    /// The highest.
    pub trl_to: i64,
    /// Where what is not technology has to be in its life.
    pub lifecycles: Vec<String>,
    /// Which market statuses count whatever the level.
    pub markets: Vec<String>,
}

impl Default for RuleSet {
    fn default() -> Self {
        let rule = Rule::default();
        Self {
            trl_from: rule.trl_from,
            trl_to: rule.trl_to,
            lifecycles: rule.lifecycles,
            markets: rule.markets,
        }
    }
}

impl RuleSet {
    /// The rule, checked.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `rule`.
    pub fn checked(mut self) -> Result<Self, Invalid> {
        let is_level = |it: i64| (1..=9).contains(&it);
        if !is_level(self.trl_from) || !is_level(self.trl_to) {
            return Err(Invalid::new("rule", "must have levels from 1 to 9"));
        }
        if self.trl_to < self.trl_from {
            return Err(Invalid::new("rule", "must not end below its first level"));
        }
        of_scale(&mut self.lifecycles, LIFECYCLE)?;
        of_scale(&mut self.markets, MARKET)?;
        Ok(self)
    }

    /// The same for [`crate::catalogue::coverage`].
    pub fn rule(&self) -> Rule {
        Rule {
            trl_from: self.trl_from,
            trl_to: self.trl_to,
            lifecycles: self.lifecycles.clone(),
            markets: self.markets.clone(),
        }
    }
}

/// Leaves out repetitions, and refuses words that the scale does not have.
fn of_scale(words: &mut Vec<String>, scale: Scale) -> Result<(), Invalid> {
    if words.iter().any(|it| !scale.contains(&it.as_str())) {
        let reason = format!("must have words of: {}", scale.join(", "));
        return Err(Invalid::new("rule", reason));
    }
    let mut known = std::collections::BTreeSet::new();
    words.retain(|it| known.insert(it.clone()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_nothing_set_is_that_of_coverage() {
        assert_eq!(RuleSet::default().rule(), Rule::default());
        assert_eq!(RuleSet::default().checked(), Ok(RuleSet::default()));
    }

    #[test]
    fn a_rule_or_a_scope_that_makes_no_sense_is_refused() {
        let rule = |trl_from, trl_to| RuleSet {
            trl_from,
            trl_to,
            ..RuleSet::default()
        };
        assert!(rule(9, 7).checked().is_err());
        assert!(rule(0, 7).checked().is_err());
        let markets = vec!["cheap".to_owned()];
        let odd = RuleSet {
            markets,
            ..RuleSet::default()
        };
        assert!(odd.checked().is_err());
        let scope = Scope {
            from: Some("2026-12-01".to_owned()),
            to: Some("2026-11-01".to_owned()),
            ..Scope::default()
        };
        assert!(scope.checked().is_err());
    }

    #[test]
    fn a_period_holds_its_first_and_last_day_and_no_unknown_one() {
        let scope = Scope {
            from: Some("2026-11-01".to_owned()),
            to: Some("2026-11-30".to_owned()),
            ..Scope::default()
        };

        assert!(scope.holds_day(Some("2026-11-01")) && scope.holds_day(Some("2026-11-30")));
        assert!(!scope.holds_day(Some("2026-12-01")) && !scope.holds_day(None));
        assert!(Scope::default().holds_day(None));
    }
}
