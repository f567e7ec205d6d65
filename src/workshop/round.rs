//! A round: one item of a session's agenda, and what participants may do while it is on.

use super::grants::{Authorship, Grants, Scope};
use crate::base::id::RoundId;
use crate::base::invalid::Invalid;
use crate::base::text::{lines, one_line};

const TITLE_CHARS: usize = 200;
const PROMPT_CHARS: usize = 2000;
const NODE_CHARS: usize = 64;
/// A day; a round is over long before.
pub(super) const MAX_MINUTES: i64 = 24 * 60;
const MAX_VOTES: i64 = 100;
/// For each person, where the agenda does not say how many.
const USUAL_VOTES: i64 = 3;
/// More rounds than anybody gets through.
pub const MAX_ROUNDS: usize = 50;

/// How a round is worked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Everybody writes into the map.
    Collect,
    /// Everybody writes alone; nothing shows until it is revealed.
    Silent,
    /// What was written alone appears, and everybody reads.
    Reveal,
    /// What belongs together is put together.
    Group,
    /// Nodes are linked to gaps and solutions.
    Link,
    /// Everybody gives their votes to nodes.
    Vote,
    /// Everybody talks, and writes down what comes of it.
    Discuss,
    /// The round in which a session ends: everybody reads.
    Close,
}

impl Method {
    /// All of them, in the order of a usual session.
    pub const ALL: [Self; 8] = [
        Self::Collect,
        Self::Silent,
        Self::Reveal,
        Self::Group,
        Self::Link,
        Self::Vote,
        Self::Discuss,
        Self::Close,
    ];

    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Silent => "silent",
            Self::Reveal => "reveal",
            Self::Group => "group",
            Self::Link => "link",
            Self::Vote => "vote",
            Self::Discuss => "discuss",
            Self::Close => "close",
        }
    }

    /// What participants may do in a round of this method, unless the round says otherwise.
    pub fn grants(self) -> Grants {
        match self {
            Self::Collect | Self::Discuss | Self::Group => Grants {
                add: true,
                edit: Scope::All,
                ..Grants::NONE
            },
            Self::Silent | Self::Reveal | Self::Close => Grants::NONE,
            Self::Link => Grants {
                link: true,
                ..Grants::NONE
            },
            Self::Vote => Grants {
                vote: true,
                ..Grants::NONE
            },
        }
    }
}

impl TryFrom<&str> for Method {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == word);
        found.ok_or_else(|| {
            let reason = "must be collect, silent, reveal, group, link, vote, discuss or close";
            Invalid::new("method", reason)
        })
    }
}

/// What a round says of who may do what; none is as its method says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Whether participants make nodes.
    pub add: Option<bool>,
    /// Whose nodes they change.
    pub edit: Option<Scope>,
    /// Whether they link nodes.
    pub link: Option<bool>,
}

/// What somebody says about a round.
#[derive(Clone, Debug, Default)]
pub struct RoundDraft<'a> {
    /// What it is called.
    pub title: &'a str,
    /// How it is worked in.
    pub method: &'a str,
    /// What participants are asked.
    pub prompt: &'a str,
    /// How long it is to take.
    pub minutes: Option<i64>,
    /// How many votes each person has.
    pub votes: Option<i64>,
    /// The kind of node that is voted on.
    pub vote_kind: Option<&'a str>,
    /// The node under which ideas appear.
    pub target: Option<&'a str>,
    /// Whether participants make nodes.
    pub may_add: Option<bool>,
    /// Whose nodes they change.
    pub may_edit: Option<&'a str>,
    /// Whether they link nodes.
    pub may_link: Option<bool>,
}

/// A round as it is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundPlan {
    /// What it is called.
    pub title: String,
    /// How it is worked in.
    pub method: Method,
    /// What participants are asked.
    pub prompt: String,
    /// How long it is to take; none without a timer.
    pub minutes: Option<i64>,
    /// How many votes each person has.
    pub votes: Option<i64>,
    /// The kind of node that is voted on; none for any.
    pub vote_kind: Option<String>,
    /// The node under which ideas appear; none for the root.
    pub target: Option<String>,
    /// What it says of who may do what.
    pub overrides: Overrides,
}

impl RoundPlan {
    /// How many votes each person has, by what is planned.
    pub fn votes_each(planned: Option<i64>) -> i64 {
        planned.unwrap_or(USUAL_VOTES)
    }
}

impl TryFrom<&RoundDraft<'_>> for RoundPlan {
    type Error = Invalid;

    fn try_from(draft: &RoundDraft<'_>) -> Result<Self, Invalid> {
        let within = |field, value: Option<i64>, most| match value {
            Some(it) if !(1..=most).contains(&it) => {
                Err(Invalid::new(field, format!("must be from 1 to {most}")))
            }
            it => Ok(it),
        };
        let short =
            |field, text: Option<&str>| text.map(|it| one_line(field, it, NODE_CHARS)).transpose();
        Ok(Self {
            title: one_line("title", draft.title, TITLE_CHARS)?,
            method: Method::try_from(draft.method)?,
            prompt: lines("prompt", draft.prompt, PROMPT_CHARS)?,
            minutes: within("minutes", draft.minutes, MAX_MINUTES)?,
            votes: within("votes", draft.votes, MAX_VOTES)?,
            vote_kind: short("vote_kind", draft.vote_kind)?,
            target: short("target", draft.target)?,
            overrides: Overrides {
                add: draft.may_add,
                edit: draft.may_edit.map(Scope::try_from).transpose()?,
                link: draft.may_link,
            },
        })
    }
}

/// Where a round is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundState {
    /// Still to come.
    Waiting,
    /// On now; at most one of a session.
    Running,
    /// Over.
    Done,
}

impl RoundState {
    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
        }
    }
}

impl TryFrom<&str> for RoundState {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        match word {
            "waiting" => Ok(Self::Waiting),
            "running" => Ok(Self::Running),
            "done" => Ok(Self::Done),
            _ => Err(Invalid::new("state", "must be waiting, running or done")),
        }
    }
}

/// A round of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Its id.
    pub id: RoundId,
    /// What was planned.
    pub plan: RoundPlan,
    /// Where it is in its life.
    pub state: RoundState,
    /// Whether what was written in it alone is revealed: nobody adds to it any more.
    pub is_revealed: bool,
}

/// What participants may do in a session with this authorship, in this round or in none.
///
/// What the round itself says wins; else it is what its method gives, where the authorship leaves
/// that.
pub fn grants_in(authorship: Authorship, round: Option<&RoundPlan>) -> Grants {
    let given = round.map_or(Grants::MAP, |it| it.method.grants());
    let most = match authorship {
        Authorship::Everyone => Scope::All,
        Authorship::Own => Scope::Own,
    };
    let said = round.map(|it| it.overrides).unwrap_or_default();
    Grants {
        add: said.add.unwrap_or(given.add),
        edit: said.edit.unwrap_or(given.edit.min(most)),
        link: said.link.unwrap_or(given.link),
        vote: given.vote,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(draft: RoundDraft<'_>) -> Result<RoundPlan, Invalid> {
        RoundPlan::try_from(&RoundDraft {
            title: "A round",
            method: if draft.method.is_empty() {
                "collect"
            } else {
                draft.method
            },
            ..draft
        })
    }

    #[test]
    fn a_method_reads_back_as_its_word() {
        for method in Method::ALL {
            assert_eq!(Method::try_from(method.as_str()), Ok(method));
        }
        assert_eq!(Method::try_from("x").unwrap_err().field, "method");
    }

    #[test]
    fn outside_of_rounds_everybody_writes_and_only_their_own_where_the_session_says_so() {
        let open = grants_in(Authorship::Everyone, None);
        let own = grants_in(Authorship::Own, None);

        assert!(open.is_whole_map());
        assert_eq!((own.add, own.edit), (true, Scope::Own));
    }

    #[test]
    fn a_round_withholds_and_what_it_says_itself_wins() {
        let silent = plan(RoundDraft {
            method: "silent",
            ..RoundDraft::default()
        });
        let group = plan(RoundDraft {
            method: "group",
            may_edit: Some("all"),
            may_add: Some(false),
            ..RoundDraft::default()
        });

        let silent = grants_in(Authorship::Everyone, Some(&silent.unwrap()));
        let group = grants_in(Authorship::Own, Some(&group.unwrap()));
        assert_eq!(silent, Grants::NONE);
        assert_eq!((group.add, group.edit), (false, Scope::All));
    }

    #[test]
    fn a_round_of_no_minutes_or_of_a_hundred_votes_too_many_is_refused() {
        for (field, draft) in [
            (
                "minutes",
                RoundDraft {
                    minutes: Some(0),
                    ..RoundDraft::default()
                },
            ),
            (
                "votes",
                RoundDraft {
                    votes: Some(101),
                    ..RoundDraft::default()
                },
            ),
        ] {
            assert_eq!(plan(draft).unwrap_err().field, field);
        }
    }
}
