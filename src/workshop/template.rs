//! Templates: an agenda and the first branches of a map, to begin a session with.

use super::round::{RoundDraft, RoundPlan};
use crate::base::id::TemplateId;
use crate::base::invalid::Invalid;
use crate::base::text::one_line;
use crate::base::time::Timestamp;

const NAME_CHARS: usize = 200;

/// A template that comes with Gapmap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its word in the API.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// The first branches, as indented text.
    pub outline: &'static str,
    rounds: &'static [Line],
}

/// A round of a template that comes with Gapmap.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    title: &'static str,
    method: &'static str,
    prompt: &'static str,
    minutes: i64,
    votes: Option<i64>,
}

const fn line(
    title: &'static str,
    method: &'static str,
    minutes: i64,
    prompt: &'static str,
) -> Line {
    Line {
        title,
        method,
        prompt,
        minutes,
        votes: None,
    }
}

const fn vote(title: &'static str, minutes: i64, votes: i64, prompt: &'static str) -> Line {
    Line {
        votes: Some(votes),
        ..line(title, "vote", minutes, prompt)
    }
}

impl BuiltIn {
    /// Its agenda.
    ///
    /// # Errors
    ///
    /// [`Invalid`] never: a test reads them all.
    pub fn rounds(&self) -> Result<Vec<RoundPlan>, Invalid> {
        let plan = |it: &Line| {
            RoundPlan::try_from(&RoundDraft {
                title: it.title,
                method: it.method,
                prompt: it.prompt,
                minutes: Some(it.minutes),
                votes: it.votes,
                ..RoundDraft::default()
            })
        };
        self.rounds.iter().map(plan).collect()
    }
}

/// The templates that come with Gapmap.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        id: "blank",
        name: "Blank",
        description: "A central topic, and no agenda.",
        outline: "",
        rounds: &[],
    },
    BuiltIn {
        id: "challenge-gap-need",
        name: "Challenge, gap, need",
        description: "From what is hard in daily work to what is missing and what would help.",
        outline: "[theme] [red] Challenges\n[theme] [orange] Gaps\n[theme] [green] Needs\n\
                  [theme] [blue] Parked",
        rounds: &[
            line(
                "What is hard",
                "silent",
                10,
                "What is hard in your daily work? One thing on each line.",
            ),
            line("Everybody's challenges", "reveal", 10, "Read them all."),
            line(
                "Put together",
                "group",
                15,
                "Put together what says the same.",
            ),
            line(
                "What is missing",
                "collect",
                20,
                "What would you have to be able to do, and cannot?",
            ),
            vote("What matters most", 5, 5, "Give your votes to gaps."),
            line(
                "What might help",
                "link",
                15,
                "Link gaps to solutions that you know.",
            ),
            line("What we take home", "close", 5, ""),
        ],
    },
    BuiltIn {
        id: "thor",
        name: "THOR",
        description: "One question from four sides: technology, people, organisation, law.",
        outline: "[theme] [blue] Technology\n[theme] [green] Human\n\
                  [theme] [orange] Organisational\n[theme] [purple] Regulatory",
        rounds: &[
            line(
                "From four sides",
                "collect",
                25,
                "What stands in the way: technology, people, organisation, law?",
            ),
            line(
                "Put together",
                "group",
                15,
                "Put together what says the same.",
            ),
            line(
                "Talk it over",
                "discuss",
                20,
                "Which of these could be changed within a year?",
            ),
            vote(
                "What matters most",
                5,
                5,
                "Give your votes to what should be changed first.",
            ),
            line("What we take home", "close", 5, ""),
        ],
    },
    BuiltIn {
        id: "solution-clinic",
        name: "Solution clinic",
        description: "What is known to help, looked at by those who would use it.",
        outline: "[theme] [green] What we know\n[theme] [blue] What it would take\n\
                  [theme] [red] What speaks against it\n[theme] [orange] Open questions",
        rounds: &[
            line(
                "What we know",
                "collect",
                15,
                "Which solutions have you seen at work?",
            ),
            line(
                "Which gap does it close",
                "link",
                15,
                "Link each solution to the gap that it is for.",
            ),
            line(
                "What it would take",
                "discuss",
                25,
                "Money, training, law, partners: what would it take at your place?",
            ),
            vote(
                "Worth a trial",
                5,
                3,
                "Give your votes to what you would try.",
            ),
            line("What we take home", "close", 5, ""),
        ],
    },
];

/// The built-in template with this word.
pub fn built_in(id: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().find(|it| it.id == id)
}

/// What a saved template may be called: one line.
///
/// # Errors
///
/// [`Invalid`] on `name`.
pub fn name(text: &str) -> Result<String, Invalid> {
    one_line("name", text, NAME_CHARS)
}

/// A template that somebody saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// What it is called.
    pub name: String,
    /// The agenda.
    pub rounds: Vec<RoundPlan>,
    /// The first branches, as indented text.
    pub outline: String,
    /// When it was saved.
    pub created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_round_of_every_template_is_one_that_people_could_have_planned() {
        for template in BUILT_IN {
            let rounds = template.rounds().unwrap();

            assert_eq!(
                rounds.is_empty(),
                template.outline.is_empty(),
                "{}",
                template.id
            );
            assert_eq!(built_in(template.id), Some(template));
        }
        assert_eq!(BUILT_IN.len(), 4);
    }
}
