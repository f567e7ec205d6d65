//! The words of scales, reasons and annexes in reports, in English. The sentences of a section stand
//! where the section is made, in `build` and `document`, and nowhere else.

use crate::catalogue::coverage::{LeftOut, Light};

/// A word of a scale as people read it.
pub fn word(word: &str) -> String {
    let said = match word {
        "wont" => "won't",
        "pcp" => "pre-commercial procurement (PCP)",
        "ppi" => "public procurement of innovation (PPI)",
        "joint" => "joint procurement",
        "off_the_shelf" => "off the shelf",
        "not_stated" => "basis not stated",
        "target_stated" => "a target only",
        "self_declared" => "self-declared",
        "assessed" => "assessed by an analyst",
        "tested" => "tested by practitioners",
        "pre_commercial" => "pre-commercial",
        "available_restricted" => "available (restricted)",
        "available_public" => "available (public)",
        "not_ai" => "not AI",
        "annex_iii_candidate" => "candidate for Annex III of the AI Act",
        "prohibited_risk" => "risk of a prohibited practice",
        "ai_act" => "AI Act",
        "dpia" => "data protection impact assessment",
        "editor" => "participants",
        "viewer" => "observers",
        "facilitator" => "facilitators",
        "desk" => "desk research",
        "node" => "a workshop",
        other => return other.replace('_', " "),
    };
    said.to_owned()
}

/// Why a fit does not count.
pub fn left_out(reason: LeftOut) -> &'static str {
    match reason {
        LeftOut::Rejected => "rejected, or superseded by another",
        LeftOut::NotAccepted => "not accepted yet",
        LeftOut::Withdrawn => "the solution was withdrawn",
        LeftOut::NoFit => "does not fit",
        LeftOut::Partial => "fits in part only",
        LeftOut::TargetOnly => "the level is a target only: claimed, not verified",
        LeftOut::TrlNotStated => "the level, or what it rests on, is not stated",
        LeftOut::TrlOutside => "the level is outside of the rule",
        LeftOut::NotInUse => "not known to be in use",
    }
}

/// What a light means.
pub fn light(light: Light) -> &'static str {
    match light {
        Light::Green => "covered: something fits that meets the rule",
        Light::Amber => "covered in part: something fits in part, or is not known to be ripe",
        Light::Red => "open: somebody searched, and nothing fits",
        Light::Grey => "not searched yet",
    }
}

/// What a report of a level is, for its cover.
pub fn level(level: &str) -> &'static str {
    match level {
        "PU" => "PU - public",
        _ => "SEN - sensitive, limited under the conditions of the grant agreement",
    }
}

/// Whom a recommendation is for.
pub fn addressee(addressee: &str) -> &'static str {
    match addressee {
        "practitioners" => "For practitioners",
        "procurement" => "For procurement",
        "standardisation" => "For standardisation",
        "research" => "For research programming",
        _ => "For policy",
    }
}

/// What a near miss lacks.
pub fn near_miss(reason: &str) -> &'static str {
    match reason {
        "trl_4_to_6" => "Readiness level 4 to 6",
        "target_only" => "Claimed, not verified: the level is a target only",
        "trl_not_stated" => "Readiness level not stated, or not on what it rests",
        "not_in_use" => "Not known to be in use",
        _ => "Fits in part only",
    }
}

/// How many of something: `1 gap`, `3 gaps`.
pub fn count(n: usize, one: &str) -> String {
    let many = match one.strip_suffix('y') {
        _ if n == 1 || one.ends_with("evidence") => one.to_owned(),
        Some(stem) => format!("{stem}ies"),
        None => format!("{one}s"),
    };
    format!("{n} {many}")
}

/// The words that a reader may not know.
pub const GLOSSARY: &[(&str, &str)] = &[
    (
        "Coverage",
        "How well a gap is filled by what is known, as a light. It is computed from the accepted fits and never typed.",
    ),
    (
        "Evidence",
        "A source for something that this report says, with the day on which somebody last read it.",
    ),
    (
        "Fit",
        "How well a solution fits a gap: none, partial, good or full, with the reason for it.",
    ),
    (
        "Gap",
        "Something that practitioners need to be able to do and cannot, or cannot do well enough.",
    ),
    (
        "MoSCoW",
        "A priority in one word: must, should, could, or won't this time.",
    ),
    (
        "Near miss",
        "An accepted fit that would count if one thing were different.",
    ),
    (
        "PCP, PPI",
        "Pre-commercial procurement buys research; public procurement of innovation buys what is nearly on the market.",
    ),
    (
        "Practitioners' Group",
        "People of one line of work who name their gaps together.",
    ),
    (
        "Solution",
        "What might fill a gap: a technology, but also a training, a standard, a service, a practice or a network.",
    ),
    (
        "THOR",
        "The four dimensions in which something can be missing: technology, human, organisational, regulatory.",
    ),
    (
        "TLP",
        "Traffic Light Protocol: how far content may travel. CLEAR is for everybody.",
    ),
    ("TRL", "Technology readiness level, 1 to 9."),
];

/// The technology readiness levels, in our words after the General Annexes of Horizon Europe.
pub const LEVELS: &[(&str, &str)] = &[
    ("1", "Its basic principles have been observed."),
    ("2", "The concept is formulated."),
    ("3", "An experiment shows that the concept holds."),
    ("4", "It works in the laboratory."),
    ("5", "It works in an environment like the real one."),
    (
        "6",
        "It was demonstrated in an environment like the real one.",
    ),
    ("7", "A prototype was demonstrated in operation."),
    ("8", "The system is complete and qualified."),
    ("9", "The system has proved itself in operation."),
];

/// How strong the evidence is for what is not technology.
pub const STRENGTHS: &[(&str, &str)] = &[
    ("effective", "Its effect was shown by sound studies."),
    ("promising", "First studies show an effect."),
    (
        "prudent",
        "Experience and reasons speak for it; there are no studies yet.",
    ),
    ("pioneering", "It is new, and nobody knows yet."),
    ("unrated", "Nobody rated it."),
];

/// How well a solution fits.
pub const DEGREES: &[(&str, &str)] = &[
    ("full", "It does all that the gap asks for."),
    ("good", "It does most of it."),
    ("partial", "It does a part of it."),
    ("none", "Somebody looked, and it does not fit."),
];
