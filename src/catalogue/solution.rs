//! The table of solutions.

use super::field::{Field, Takes};
use super::kind::RecordKind;
use super::scale::{AI_CHECK, KIND, KNOWN, LIFECYCLE, MARKET, REVIEW_FLAGS, STRENGTH, TRL_BASIS};
use super::state::State;

const TEXT: Takes = Takes::Text(10_000);
const LEVEL: Takes = Takes::Whole(1, 9);
const LIST: Takes = Takes::List(200);

/// What a solution says.
pub const FIELDS: &[Field] = &[
    Field::new("name", Takes::Line(300), "What it is called.")
        .required()
        .listed(),
    Field::new("kind", Takes::Choice(KIND), "What it is.")
        .required()
        .listed(),
    Field::new("summary", TEXT, "What it does, in a few sentences."),
    Field::new(
        "provider",
        Takes::Text(2000),
        "Who offers it: a provider or a consortium.",
    ),
    Field::new(
        "programme",
        Takes::Line(200),
        "The programme that paid for it.",
    )
    .listed(),
    Field::new("grant_number", Takes::Line(60), "The number of the grant.").listed(),
    Field::new("call", Takes::Line(200), "The call or topic."),
    Field::new(
        "start",
        Takes::When,
        "When it began: a year, a month or a day.",
    ),
    Field::new("end", Takes::When, "When it ended or will end."),
    Field::new("url", Takes::Url, "Where more is to be read."),
    Field::new(
        "contact",
        Takes::Line(200),
        "A functional contact; never a person.",
    ),
    Field::new(
        "trl_low",
        LEVEL,
        "Its technology readiness level now, at least.",
    )
    .listed(),
    Field::new(
        "trl_high",
        LEVEL,
        "Its technology readiness level now, at most.",
    )
    .listed(),
    Field::new("trl_target_low", LEVEL, "The level it aims at, at least.").listed(),
    Field::new("trl_target_high", LEVEL, "The level it aims at, at most.").listed(),
    Field::new(
        "trl_basis",
        Takes::Choice(TRL_BASIS),
        "On what the level rests.",
    )
    .listed(),
    Field::new("trl_date", Takes::Day, "When the level was stated."),
    Field::new(
        "evidence_strength",
        Takes::Choice(STRENGTH),
        "For what is not technology.",
    ),
    Field::new("evidence_note", TEXT, "What is known of its effect."),
    Field::new(
        "lifecycle",
        Takes::Choice(LIFECYCLE),
        "How far it has come.",
    )
    .listed(),
    Field::new(
        "market_status",
        Takes::Choice(MARKET),
        "Whether it can be had.",
    )
    .listed(),
    Field::new("access", Takes::Text(2000), "Who gets it, and how."),
    Field::new("licence", Takes::Line(200), "Under which licence."),
    Field::new("cost_band", Takes::Line(120), "Roughly what it costs."),
    Field::new("languages", LIST, "In which languages it is there."),
    Field::new("user_organisations", LIST, "Which organisations use it."),
    Field::new("standards_met", LIST, "Which standards it meets."),
    Field::new(
        "ai_check",
        Takes::Choice(AI_CHECK),
        "An analyst's check; no legal verdict.",
    ),
    Field::new(
        "dpia",
        Takes::Choice(KNOWN),
        "Whether a data protection assessment is needed.",
    ),
    Field::new(
        "review_flags",
        Takes::Choices(REVIEW_FLAGS),
        "What an analyst should look at.",
    ),
    Field::new("ethics_note", TEXT, "What speaks for care."),
    Field::new("tags", Takes::Tags, "Tags: a name, or scheme:name."),
    Field::new(
        "parent",
        Takes::One(RecordKind::Solution),
        "The project it is a result of.",
    )
    .listed(),
    Field::new(
        "external_ids",
        Takes::ExternalIds,
        "Its ids elsewhere: scheme:value.",
    ),
    Field::new(
        "last_checked",
        Takes::Day,
        "When what this says was last checked.",
    )
    .listed(),
    Field::new(
        "next_check",
        Takes::Day,
        "When it should be checked again; after it: stale.",
    )
    .listed(),
];

/// The life of a solution.
pub const STATES: &[State] = &[
    State::of(
        "candidate",
        &["screened", "documented", "not_recommended", "withdrawn"],
    ),
    State::of(
        "screened",
        &["candidate", "documented", "not_recommended", "withdrawn"],
    ),
    State::of(
        "documented",
        &["screened", "verified", "not_recommended", "withdrawn"],
    ),
    State::review(
        "verified",
        &["documented", "recommended", "not_recommended", "withdrawn"],
    ),
    State::review("recommended", &["verified", "not_recommended", "withdrawn"]),
    State::review(
        "not_recommended",
        &["documented", "verified", "recommended", "withdrawn"],
    ),
    State::of("withdrawn", &["candidate", "documented"]),
    State::merged(),
];
