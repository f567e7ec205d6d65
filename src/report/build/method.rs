//! How a report came about: groups, sessions, rule, limits, and what is not in it.

use std::collections::BTreeMap;

use super::facts::Facts;
use crate::catalogue::coverage::{LeftOut, Light};
use crate::report::level::Level;
use crate::report::snapshot::{RoundFact, SessionFact};
use crate::report::value::{GroupLine, LeftOutRow, Method, RoleCount, SessionSheet};
use crate::report::words::{self, count, word};

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
    let round = |it: &RoundFact| match it.minutes {
        Some(minutes) => format!("{} ({}, {})", it.title, word(&it.method), count_of(minutes)),
        None => format!("{} ({})", it.title, word(&it.method)),
    };
    let total: i64 = session.people.iter().map(|it| it.1).sum();
    let roles = session.people.iter().filter(|it| 0 < it.1);
    let each_is_many = roles.clone().all(|it| FEWEST <= it.1);
    let roles = roles.filter(|_| each_is_many).map(|(role, n)| RoleCount {
        role: word(role),
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

fn count_of(minutes: i64) -> String {
    count(usize::try_from(minutes).unwrap_or_default(), "minute")
}

fn rule(facts: &Facts) -> Vec<String> {
    let rule = &facts.snapshot.draft.rule;
    let listed = |words: &[String]| {
        let words: Vec<String> = words.iter().map(|it| word(it)).collect();
        words.join(", ")
    };
    let mut lines = vec![
        "A fit counts when it is accepted, its degree is good or full, and its solution is ripe \
         by one of the following."
            .to_owned(),
        format!(
            "Its technology readiness level now is {} to {}, on a basis better than \u{201c}not \
             stated\u{201d}. A level that is only a target does not count.",
            rule.trl_from, rule.trl_to
        ),
    ];
    if !rule.lifecycles.is_empty() {
        lines.push(format!(
            "It is not technology, and its lifecycle is: {}.",
            listed(&rule.lifecycles)
        ));
    }
    if !rule.markets.is_empty() {
        lines.push(format!("Its market status is: {}.", listed(&rule.markets)));
    }
    for light in Light::ALL {
        lines.push(format!(
            "{}: {}.",
            capital(light.as_str()),
            words::light(light)
        ));
    }
    lines
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn scope(facts: &Facts) -> Vec<String> {
    let scope = &facts.snapshot.draft.scope;
    let mut lines = Vec::new();
    match scope.groups.is_empty() {
        true => lines.push("All groups.".to_owned()),
        false => {
            let names = facts.group_names(&scope.groups);
            lines.push(format!("Gaps and sessions of: {}.", names.join(", ")));
        }
    }
    if !scope.sessions.is_empty() {
        let n = count(scope.sessions.len(), "chosen session");
        lines.push(format!("Gaps that were named in {n}."));
    }
    match (&scope.from, &scope.to) {
        (None, None) => {}
        (Some(from), None) => lines.push(format!("Sessions from {from} on.")),
        (None, Some(to)) => lines.push(format!("Sessions up to {to}.")),
        (Some(from), Some(to)) => lines.push(format!("Sessions from {from} to {to}.")),
    }
    lines.push("Of gaps, those that are accepted, prioritised or closed.".to_owned());
    let day = facts.snapshot.cut_off.day();
    lines.push(format!("All of it as it stood at the cut-off, {day}."));
    lines
}

fn limits(facts: &Facts) -> Vec<String> {
    let mut lines = vec![
        "It tells what the catalogue knew at the cut-off. A solution that nobody entered is not \
         in it, and none is warranted by being in it."
            .to_owned(),
        "Levels and market statuses are as their sources state them; the basis is told beside \
         each."
            .to_owned(),
    ];
    let withheld = facts.withheld.total();
    if 0 < withheld {
        let n = count(withheld, "item");
        lines.push(match facts.snapshot.draft.level {
            Level::Public => format!(
                "This is the public edition: {n} with a label above TLP:CLEAR or resting on such \
                 a one, and everything about those who took part, are left out. Lights and \
                 counts rest on what is in this edition alone."
            ),
            Level::Sensitive => format!(
                "{n} with the label TLP:RED, or resting on such a one, are left out. Lights and \
                 counts rest on what is in this edition alone."
            ),
        });
    }
    let rules = facts
        .snapshot
        .sessions
        .iter()
        .filter(|it| it.house_rule)
        .count();
    if 0 < rules {
        lines.push(format!(
            "{} under the Chatham House rule: what was said may be used, and who said it is not \
             told.",
            match rules {
                1 => "1 session was held".to_owned(),
                n => format!("{n} sessions were held"),
            }
        ));
    }
    lines
}

fn left_out(facts: &Facts) -> Vec<LeftOutRow> {
    let mut rows = Vec::new();
    let mut reasons: BTreeMap<LeftOut, usize> = BTreeMap::new();
    for reason in facts.fits.iter().filter_map(|it| it.left_out) {
        *reasons.entry(reason).or_default() += 1;
    }
    for (reason, n) in reasons {
        rows.push(LeftOutRow {
            what: "fits",
            reason: reason.as_str().to_owned(),
            why: words::left_out(reason).to_owned(),
            n,
        });
    }
    for (state, n) in &facts.snapshot.gaps_by_state {
        rows.push(LeftOutRow {
            what: "gaps",
            reason: state.clone(),
            why: match state.as_str() {
                "not_named" => "not named in the chosen sessions".to_owned(),
                state => format!("in the state \u{201c}{}\u{201d}", word(state)),
            },
            n: *n,
        });
    }
    if 0 < facts.snapshot.sessions_to_come {
        rows.push(LeftOutRow {
            what: "sessions",
            reason: "not_begun".to_owned(),
            why: "not begun at the cut-off".to_owned(),
            n: facts.snapshot.sessions_to_come,
        });
    }
    rows
}
