//! The table of fits: how well a solution fits a gap.

use super::field::{Field, Takes};
use super::kind::RecordKind;
use super::scale::{DEGREE, Scale, THOR};
use super::state::{State, StateName};
use crate::base::invalid::Invalid;

/// What a fit says.
pub const FIELDS: &[Field] = &[
    Field::new("gap", Takes::One(RecordKind::Gap), "The gap.")
        .required()
        .fixed()
        .listed(),
    Field::new(
        "solution",
        Takes::One(RecordKind::Solution),
        "The solution.",
    )
    .required()
    .fixed()
    .listed(),
    Field::new("degree", Takes::Choice(DEGREE), "How well it fits.")
        .required()
        .listed(),
    Field::new(
        "thor",
        Takes::Choices(THOR),
        "Which dimensions of the gap it covers.",
    ),
    Field::new("rationale", Takes::Text(10_000), "Why it fits.").required(),
    Field::new("limits", Takes::Text(10_000), "Where it does not."),
    Field::new("reason", Takes::Text(2000), "Why it was rejected."),
];

/// The life of a fit.
pub const STATES: &[State] = &[
    State::of("proposed", &["under_review", "accepted", "rejected"]),
    State::review("under_review", &["proposed", "accepted", "rejected"]),
    State::review("accepted", &["under_review", "rejected", "superseded"]),
    State::review("rejected", &["proposed", "under_review"]),
    State::of("superseded", &[]),
];

/// The states of which a gap and a solution have one fit at most.
pub const LIVE: Scale = &["proposed", "under_review", "accepted"];

/// What several people score, each from 1 to 5.
pub const CRITERIA: [&str; 5] = [
    "operational_priority",
    "maturity",
    "standardisation",
    "interoperability",
    "current_use",
];

/// One person's scores in the order of [`CRITERIA`]; none for "not my domain".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores(pub [Option<i64>; 5]);

impl Scores {
    /// Scores that are each 1 to 5 or not given.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on the criterion.
    pub fn new(scores: [Option<i64>; 5]) -> Result<Self, Invalid> {
        for (criterion, score) in CRITERIA.into_iter().zip(scores) {
            if score.is_some_and(|it| !(1..=5).contains(&it)) {
                return Err(Invalid::new(criterion, "must be from 1 to 5, or null"));
            }
        }
        Ok(Self(scores))
    }
}

/// Which of two live fits of the same gap and solution stays when a merge brings them together:
/// the one that came further; the first where they came equally far.
pub fn first_stays(first: StateName, second: StateName) -> bool {
    let came = |state| LIVE.iter().position(|it| *it == state);
    came(second) <= came(first)
}
