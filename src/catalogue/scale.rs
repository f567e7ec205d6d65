//! The closed scales that fields choose from. Where a scale has an order, it goes upwards.

/// The words of a scale.
pub type Scale = &'static [&'static str];

/// The dimensions in which something can be missing.
pub const THOR: Scale = &["technology", "human", "organisational", "regulatory"];
/// How much it matters.
pub const MOSCOW: Scale = &["must", "should", "could", "wont"];
/// How it could be bought.
pub const PROCUREMENT: Scale = &["none", "pcp", "ppi", "joint", "off_the_shelf"];
/// Where a gap comes from.
pub const ORIGIN: Scale = &["desk", "node", "import"];
/// What a solution is.
pub const KIND: Scale = &[
    "technology",
    "platform",
    "standard",
    "training",
    "guidance",
    "practice",
    "service",
    "network",
    "procurement",
    "dataset",
    "policy",
    "technology_class",
];
/// The kinds whose maturity is told by a technology readiness level.
pub const TECHNOLOGIES: Scale = &["technology", "platform", "technology_class"];
/// On what a technology readiness level rests, the better later.
pub const TRL_BASIS: Scale = &[
    "not_stated",
    "target_stated",
    "self_declared",
    "assessed",
    "tested",
];
/// How strong the evidence is for what is not technology.
pub const STRENGTH: Scale = &["unrated", "pioneering", "prudent", "promising", "effective"];
/// How far a solution has come.
pub const LIFECYCLE: Scale = &[
    "unknown",
    "planned",
    "in_progress",
    "completed",
    "in_use",
    "published",
    "withdrawn",
];
/// Whether it can be had.
pub const MARKET: Scale = &[
    "unknown",
    "in_research",
    "pre_commercial",
    "available_restricted",
    "on_market",
    "available_public",
    "withdrawn",
    "not_applicable",
];
/// What an analyst found about artificial intelligence in it.
pub const AI_CHECK: Scale = &[
    "not_ai",
    "to_check",
    "annex_iii_candidate",
    "prohibited_risk",
    "checked",
];
/// Yes, no, or nobody knows.
pub const KNOWN: Scale = &["yes", "no", "unknown"];
/// What an analyst should look at before recommending it.
pub const REVIEW_FLAGS: Scale = &["ai_act", "dpia", "fundamental_rights", "safeguarding"];
/// How well a solution fits a gap.
pub const DEGREE: Scale = &["none", "partial", "good", "full"];
/// What a piece of evidence is.
pub const EVIDENCE: Scale = &[
    "official_record",
    "project_page",
    "deliverable",
    "paper",
    "vendor_claim",
    "trial_result",
    "notice",
    "practitioner_statement",
    "other",
];
/// How sure somebody is.
pub const CONFIDENCE: Scale = &["low", "medium", "high"];

/// The place of a word in its scale: what comes later is more.
pub fn rank(scale: Scale, word: &str) -> Option<usize> {
    scale.iter().position(|it| *it == word)
}
