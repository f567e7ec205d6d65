//! The table of gaps.

use super::field::{Field, Takes};
use super::scale::{MOSCOW, ORIGIN, PROCUREMENT, THOR};
use super::state::State;

const TEXT: Takes = Takes::Text(10_000);
const ONE_TO_FIVE: Takes = Takes::Whole(1, 5);

/// What a gap says.
pub const FIELDS: &[Field] = &[
    Field::new(
        "title",
        Takes::Line(300),
        "What is missing: the ability to ...",
    )
    .required()
    .listed(),
    Field::new("description", TEXT, "What is hard, in a few sentences."),
    Field::new("current_practice", TEXT, "What people do today."),
    Field::new("desired_outcome", TEXT, "What would be good."),
    Field::new("groups", Takes::Groups, "Whose gap it is: ids of groups."),
    Field::new(
        "thor",
        Takes::Choices(THOR),
        "In which dimensions something is missing.",
    )
    .listed(),
    Field::new("constraints", TEXT, "What any solution has to respect."),
    Field::new("tags", Takes::Tags, "Tags: a name, or scheme:name."),
    Field::new("impact", ONE_TO_FIVE, "How much it hurts, 1 to 5.").listed(),
    Field::new("urgency", ONE_TO_FIVE, "How soon it matters, 1 to 5.").listed(),
    Field::new("moscow", Takes::Choice(MOSCOW), "Its priority in one word."),
    Field::new(
        "votes",
        Takes::Whole(0, 1_000_000),
        "Votes that were counted elsewhere.",
    )
    .listed(),
    Field::new(
        "score_basis",
        Takes::Line(120),
        "Where impact, urgency and votes come from.",
    ),
    Field::new(
        "standardisation_need",
        Takes::Text(2000),
        "Which standard is missing, if one is.",
    ),
    Field::new(
        "procurement_interest",
        Takes::Choice(PROCUREMENT),
        "How it could be bought.",
    ),
    Field::new(
        "last_searched",
        Takes::Day,
        "When somebody last looked for solutions.",
    )
    .listed(),
    Field::new(
        "last_checked",
        Takes::Day,
        "When what this says was last checked.",
    ),
    Field::new("origin", Takes::Choice(ORIGIN), "Where it comes from.").fixed(),
    Field::new(
        "origin_node",
        Takes::Line(120),
        "The map and the node it comes from: map/node.",
    )
    .fixed(),
];

/// The life of a gap.
pub const STATES: &[State] = &[
    State::of("draft", &["proposed", "rejected"]),
    State::of("proposed", &["draft", "accepted", "rejected"]),
    State::review(
        "accepted",
        &["proposed", "prioritised", "closed", "rejected"],
    ),
    State::review("prioritised", &["accepted", "closed", "rejected"]),
    State::review("closed", &["accepted"]),
    State::merged(),
    State::review("rejected", &["draft", "proposed"]),
];
