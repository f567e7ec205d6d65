//! The table of evidence.

use super::field::{Field, Takes};
use super::scale::{CONFIDENCE, EVIDENCE};
use super::state::State;

/// What a piece of evidence says.
pub const FIELDS: &[Field] = &[
    Field::new(
        "target",
        Takes::Target,
        "What it is about: gap:ID, solution:ID or fit:ID.",
    )
    .required()
    .fixed()
    .listed(),
    Field::new(
        "field",
        Takes::Line(60),
        "Which field of that it supports, if only one.",
    ),
    Field::new("kind", Takes::Choice(EVIDENCE), "What it is.").listed(),
    Field::new("title", Takes::Line(300), "What it is called.")
        .required()
        .listed(),
    Field::new("publisher", Takes::Line(300), "Who published it."),
    Field::new("url", Takes::Url, "Where it is to be read."),
    Field::new("published", Takes::When, "When it was published."),
    Field::new("date_checked", Takes::Day, "When somebody last read it.").listed(),
    Field::new("fact", Takes::Text(10_000), "What it says, in own words."),
    Field::new("confidence", Takes::Choice(CONFIDENCE), "How sure that is."),
    Field::new(
        "conflict",
        Takes::Flag,
        "Whether another source says otherwise.",
    )
    .listed(),
];

/// The life of a piece of evidence.
pub const STATES: &[State] = &[
    State::of("current", &["withdrawn"]),
    State::of("withdrawn", &["current"]),
];
