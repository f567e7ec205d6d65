//! How a report came about: groups, sessions, rule, limits, and what is not in it.

use std::collections::BTreeMap;

use super::facts::Facts;
use crate::catalogue::coverage::{LeftOut, Light};
use crate::report::level::Level;
use crate::report::snapshot::{RoundFact, SessionFact};
use crate::report::value::{GroupLine, LeftOutRow, Method, RoleCount, SessionSheet};
use crate::report::words::capital;

/// Fewer people than this are not counted by what they are: each could be known by it.
const FEWEST: i64 = 3;

pub(super) fn method(facts: &Facts) -> Method {
    let groups = facts.snapshot.groups.iter().map(|it| GroupLine {
        name: it.name.clone(),
        scope: it.scope.clone(),
    });
    let sessions = facts.snapshot.sessions.iter();
    Method {
        groups: groups.collect(),
        sessions: sessions.map(|it| session(facts, it)).collect(),
        rule: rule(facts),
        scope: scope(facts),
        limits: limits(facts),
        left_out: left_out(facts),
        withheld: facts.withheld,
    }
}

fn session(facts: &Facts, session: &SessionFact) -> SessionSheet {
    let language = facts.language();
    let round = |it: &RoundFact| {
        let method = language.word(&it.method);
        match it.minutes {
            Some(minutes) => {
                let minutes = language.minutes(usize::try_from(minutes).unwrap_or_default());
                format!("{} ({method}, {minutes})", it.title)
            }
            None => format!("{} ({method})", it.title),
        }
    };
    let total: i64 = session.people.iter().map(|it| it.1).sum();
    let roles = session.people.iter().filter(|it| 0 < it.1);
    let each_is_many = roles.clone().all(|it| FEWEST <= it.1);
    let roles = roles.filter(|_| each_is_many).map(|(role, n)| RoleCount {
        role: language.word(role),
        n: *n,
    });
    SessionSheet {
        title: session.title.clone(),
        href: format!("/sessions/{}", session.id),
        tlp: format!("TLP:{}", session.tlp.0.as_str()),
        held_on: session.held_on.clone().unwrap_or_default(),
        place: session.place.clone(),
        groups: facts.group_names(&session.groups),
        theme: session.theme.clone(),
        house_rule: session.house_rule,
        rounds: session.rounds.iter().map(round).collect(),
        people: Some(total).filter(|it| FEWEST <= *it),
        roles: roles.collect(),
        nodes: session.nodes,
        votes: session.votes,
    }
}

fn rule(facts: &Facts) -> Vec<String> {
    let rule = &facts.snapshot.draft.rule;
    let language = facts.language();
    let listed = |words: &[String]| {
        let words: Vec<String> = words.iter().map(|it| language.word(it)).collect();
        words.join(", ")
    };
    let mut lines = vec![
        language.rule_counts().to_owned(),
        language.rule_levels(rule.trl_from, rule.trl_to),
    ];
    if !rule.lifecycles.is_empty() {
        lines.push(language.rule_lifecycles(listed(&rule.lifecycles)));
    }
    if !rule.markets.is_empty() {
        lines.push(language.rule_markets(listed(&rule.markets)));
    }
    for light in Light::ALL {
        let name = capital(language.light(light.as_str()));
        let (colon, meaning) = (language.colon(), language.meaning(light));
        lines.push(format!("{name}{colon}{meaning}."));
    }
    lines
}

fn scope(facts: &Facts) -> Vec<String> {
    let scope = &facts.snapshot.draft.scope;
    let language = facts.language();
    let mut lines = vec![match scope.groups.is_empty() {
        true => language.scope_all().to_owned(),
        false => language.scope_groups(facts.group_names(&scope.groups).join(", ")),
    }];
    if !scope.sessions.is_empty() {
        let n = language.chosen_sessions(scope.sessions.len());
        lines.push(language.scope_sessions(n));
    }
    let day = |it: &Option<String>| it.as_deref().map(|it| language.day(it));
    match (day(&scope.from), day(&scope.to)) {
        (None, None) => {}
        (Some(from), None) => lines.push(language.scope_from(from)),
        (None, Some(to)) => lines.push(language.scope_to(to)),
        (Some(from), Some(to)) => lines.push(language.scope_period(from, to)),
    }
    lines.push(language.scope_states().to_owned());
    let day = language.day(&facts.snapshot.cut_off.day());
    lines.push(language.scope_cut_off(day));
    lines
}

fn limits(facts: &Facts) -> Vec<String> {
    let language = facts.language();
    let mut lines = vec![
        language.limit_catalogue().to_owned(),
        language.limit_sources().to_owned(),
    ];
    let withheld = facts.withheld.total();
    if 0 < withheld {
        let items = language.items(withheld);
        lines.push(match facts.snapshot.draft.level {
            Level::Public => language.limit_public(items),
            Level::Sensitive => language.limit_sensitive(items),
        });
    }
    let rules = facts
        .snapshot
        .sessions
        .iter()
        .filter(|it| it.house_rule)
        .count();
    if 0 < rules {
        lines.push(language.limit_house_rule(language.sessions_were_held(rules)));
    }
    lines
}

fn left_out(facts: &Facts) -> Vec<LeftOutRow> {
    let language = facts.language();
    let mut rows = Vec::new();
    let mut reasons: BTreeMap<LeftOut, usize> = BTreeMap::new();
    for reason in facts.fits.iter().filter_map(|it| it.left_out) {
        *reasons.entry(reason).or_default() += 1;
    }
    for (reason, n) in reasons {
        rows.push(LeftOutRow {
            what: "fits",
            reason: reason.as_str().to_owned(),
            why: language.left_out(reason).to_owned(),
            n,
        });
    }
    for (state, n) in &facts.snapshot.gaps_by_state {
        rows.push(LeftOutRow {
            what: "gaps",
            reason: state.clone(),
            why: match state.as_str() {
                "not_named" => language.out_not_named().to_owned(),
                state => language.out_in_state(language.word(state)),
            },
            n: *n,
        });
    }
    if 0 < facts.snapshot.sessions_to_come {
        rows.push(LeftOutRow {
            what: "sessions",
            reason: "not_begun".to_owned(),
            why: language.out_not_begun().to_owned(),
            n: facts.snapshot.sessions_to_come,
        });
    }
    rows
}
