//! The states of a kind of record, and the steps from one to another.

use super::scale::Scale;
use crate::base::invalid::Invalid;

/// The word of a state, from the tables.
pub type StateName = &'static str;

/// The state of a record that became another one.
pub const MERGED: StateName = "merged";

/// A state, as its kind's table has it. The first in a table is where records begin.
#[derive(Debug)]
pub struct State {
    /// The word for it in the API and the database.
    pub name: StateName,
    /// To which states a record can go from here.
    pub next: Scale,
    /// Whether going there is a judgement on the record, which a reviewer may make.
    pub is_review: bool,
}

impl State {
    /// A state that whoever writes the catalogue may set.
    pub const fn of(name: StateName, next: Scale) -> Self {
        Self {
            name,
            next,
            is_review: false,
        }
    }

    /// A state that is a judgement.
    pub const fn review(name: StateName, next: Scale) -> Self {
        Self {
            name,
            next,
            is_review: true,
        }
    }

    /// The state that a merge leaves behind; nothing else leads there, and nothing leads out.
    pub const fn merged() -> Self {
        Self::of(MERGED, &[])
    }
}

/// The state of this name.
///
/// # Errors
///
/// [`Invalid`] on `state` when the table has none.
pub fn find(states: &'static [State], name: &str) -> Result<&'static State, Invalid> {
    states
        .iter()
        .find(|it| it.name == name)
        .ok_or_else(|| Invalid::new("state", format!("must be one of: {}", names(states))))
}

/// A step from one state to another; staying is one too.
///
/// # Errors
///
/// [`Invalid`] on `state` when there is no such step.
pub fn step(
    states: &'static [State],
    from: StateName,
    to: StateName,
) -> Result<StateName, Invalid> {
    let state = find(states, from)?;
    if from == to || state.next.contains(&to) {
        return Ok(to);
    }
    let reason = if state.next.is_empty() {
        format!("cannot change any more: it is {from}")
    } else {
        format!(
            "cannot go from {from} to {to}, but to: {}",
            state.next.join(", ")
        )
    };
    Err(Invalid::new("state", reason))
}

fn names(states: &[State]) -> String {
    let names: Vec<&str> = states.iter().map(|it| it.name).collect();
    names.join(", ")
}
