//! A session: one workshop sitting, its state, and how freely its content may travel.

use super::anonymity::Anonymity;
use super::grants::Authorship;
use super::role::MapRole;
use crate::base::id::{GroupId, SessionId};
use crate::base::invalid::Invalid;
use crate::base::text::{lines, one_line};
use crate::base::time::{Timestamp, day};

pub use crate::base::tlp::Tlp;

const TITLE_CHARS: usize = 200;
const THEME_CHARS: usize = 4000;
const PLACE_CHARS: usize = 200;
const MAX_GROUPS: usize = 50;

/// Where a session is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// Being prepared; nobody can join yet.
    Draft,
    /// Announced: participants may come in and look.
    Scheduled,
    /// Under way.
    Live,
    /// Interrupted: only facilitators write.
    Paused,
    /// Over: everybody reads.
    Closed,
    /// Put away.
    Archived,
}

/// How a session's door stands for somebody who comes by an invite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// They come in.
    Open,
    /// The session is still being prepared.
    NotYet,
    /// It is over, and they have not taken part.
    Over,
}

impl SessionState {
    /// How the door stands. Who takes part already (`is_known`) also comes back to read what is
    /// over.
    pub fn door(self, is_known: bool) -> Door {
        match self {
            Self::Draft => Door::NotYet,
            Self::Closed | Self::Archived if !is_known => Door::Over,
            _ => Door::Open,
        }
    }

    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Live => "live",
            Self::Paused => "paused",
            Self::Closed => "closed",
            Self::Archived => "archived",
        }
    }

    /// What is left of a role on the session's maps while the session is in this state.
    pub fn limits(self, role: MapRole) -> MapRole {
        match (self, role) {
            (Self::Live, role)
            | (Self::Draft | Self::Scheduled | Self::Paused, role @ MapRole::Facilitator) => role,
            _ => MapRole::Viewer,
        }
    }

    /// What the audit calls a change that leaves a session in the state `next`.
    pub fn step_name(self, next: Self) -> &'static str {
        let is_over = |state| matches!(state, Self::Closed | Self::Archived);
        match (is_over(self), is_over(next)) {
            (false, true) => "session.close",
            (true, false) => "session.reopen",
            _ => "session.change",
        }
    }

    /// Refuses a step back before the beginning, and out of the archive into anything but closed.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `state`.
    pub fn step_to(self, next: Self) -> Result<Self, Invalid> {
        let begun = !matches!(self, Self::Draft | Self::Scheduled);
        if begun && matches!(next, Self::Draft | Self::Scheduled) {
            return Err(Invalid::new(
                "state",
                "cannot go back: the session has begun",
            ));
        }
        if self == Self::Archived && !matches!(next, Self::Archived | Self::Closed) {
            return Err(Invalid::new(
                "state",
                "must be closed first: the session is archived",
            ));
        }
        Ok(next)
    }
}

impl TryFrom<&str> for SessionState {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        Ok(match word {
            "draft" => Self::Draft,
            "scheduled" => Self::Scheduled,
            "live" => Self::Live,
            "paused" => Self::Paused,
            "closed" => Self::Closed,
            "archived" => Self::Archived,
            _ => {
                let reason = "must be draft, scheduled, live, paused, closed or archived";
                return Err(Invalid::new("state", reason));
            }
        })
    }
}

/// A session as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub theme: String,
    /// Where it is in its life.
    pub state: SessionState,
    /// How far its content may travel.
    pub tlp: Tlp,
    /// Whether it is held under the Chatham House rule.
    pub house_rule: bool,
    /// The day it is held on, such as `2026-11-23`.
    pub date: Option<String>,
    /// Where it is held; empty where that is not known.
    pub place: String,
    /// Who sees whose pseudonym.
    pub anonymity: Anonymity,
    /// Whose nodes participants change.
    pub authorship: Authorship,
    /// The day after which its content may not be kept; none without an end.
    pub retain_until: Option<String>,
    /// When its content was deleted because that day was over.
    pub cleared_at: Option<Timestamp>,
    /// Whom it is for: id and name of each group, in the order they were given.
    pub groups: Vec<(GroupId, String)>,
    /// Counts its changes.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// What somebody says about a session: to make one (with a title) or to change one.
#[derive(Clone, Debug, Default)]
pub struct SessionDraft<'a> {
    /// What it is called.
    pub title: Option<&'a str>,
    /// What it is about.
    pub theme: Option<&'a str>,
    /// Where it is in its life.
    pub state: Option<&'a str>,
    /// How far its content may travel.
    pub tlp: Option<&'a str>,
    /// Whether it is held under the Chatham House rule.
    pub house_rule: Option<bool>,
    /// The day it is held on; empty for "not known".
    pub date: Option<&'a str>,
    /// Where it is held, or "online".
    pub place: Option<&'a str>,
    /// Who sees whose pseudonym.
    pub anonymity: Option<&'a str>,
    /// Whose nodes participants change.
    pub authorship: Option<&'a str>,
    /// The day after which its content may not be kept; empty for "no end".
    pub retain_until: Option<&'a str>,
}

/// A checked change; what is `None` stays.
#[derive(Clone, Debug)]
pub struct SessionChange {
    pub(crate) title: Option<String>,
    pub(crate) theme: Option<String>,
    pub(crate) state: Option<SessionState>,
    pub(crate) tlp: Option<Tlp>,
    pub(crate) house_rule: Option<bool>,
    /// The outer `Some` says that it changes, the inner `None` that the day is not known.
    pub(crate) date: Option<Option<String>>,
    pub(crate) place: Option<String>,
    pub(crate) anonymity: Option<Anonymity>,
    pub(crate) authorship: Option<Authorship>,
    /// As `date`.
    pub(crate) retain_until: Option<Option<String>>,
}

impl TryFrom<&SessionDraft<'_>> for SessionChange {
    type Error = Invalid;

    fn try_from(draft: &SessionDraft<'_>) -> Result<Self, Invalid> {
        Ok(Self {
            title: draft
                .title
                .map(|it| one_line("title", it, TITLE_CHARS))
                .transpose()?,
            theme: draft
                .theme
                .map(|it| lines("theme", it, THEME_CHARS))
                .transpose()?,
            state: draft.state.map(SessionState::try_from).transpose()?,
            tlp: draft.tlp.map(Tlp::try_from).transpose()?,
            house_rule: draft.house_rule,
            date: day("date", draft.date)?,
            place: draft
                .place
                .map(|it| lines("place", it, PLACE_CHARS))
                .transpose()?,
            anonymity: draft.anonymity.map(Anonymity::try_from).transpose()?,
            authorship: draft.authorship.map(Authorship::try_from).transpose()?,
            retain_until: day("retain_until", draft.retain_until)?,
        })
    }
}

/// A session as it is to be made.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub(crate) title: String,
    pub(crate) theme: String,
    pub(crate) state: SessionState,
    pub(crate) tlp: Tlp,
    pub(crate) house_rule: bool,
    pub(crate) date: Option<String>,
    pub(crate) place: String,
    pub(crate) anonymity: Anonymity,
    pub(crate) authorship: Authorship,
    pub(crate) retain_until: Option<String>,
    pub(crate) groups: Vec<GroupId>,
}

impl NewSession {
    /// A session for these groups: live at once and AMBER unless the draft says otherwise.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on the field that was refused.
    pub fn new(draft: &SessionDraft<'_>, groups: &[GroupId]) -> Result<Self, Invalid> {
        let said = SessionChange::try_from(draft)?;
        if MAX_GROUPS < groups.len() {
            return Err(Invalid::new("groups", "must be 50 at most"));
        }
        let mut unique = Vec::new();
        for group in groups {
            if !unique.contains(group) {
                unique.push(*group);
            }
        }
        Ok(Self {
            title: said
                .title
                .ok_or_else(|| Invalid::new("title", "must not be empty"))?,
            theme: said.theme.unwrap_or_default(),
            state: said.state.unwrap_or(SessionState::Live),
            tlp: said.tlp.unwrap_or(Tlp::Amber),
            house_rule: said.house_rule.unwrap_or(true),
            date: said.date.flatten(),
            place: said.place.unwrap_or_default(),
            anonymity: said.anonymity.unwrap_or_default(),
            authorship: said.authorship.unwrap_or_default(),
            retain_until: said.retain_until.flatten(),
            groups: unique,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(title: &str) -> SessionDraft<'_> {
        SessionDraft {
            title: Some(title),
            ..SessionDraft::default()
        }
    }

    #[test]
    fn a_session_is_live_and_amber_unless_said_otherwise() {
        let session = NewSession::new(&titled("Drones near crowds"), &[]).unwrap();

        assert_eq!(session.state, SessionState::Live);
        assert_eq!(session.tlp, Tlp::Amber);
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_refused() {
        for date in ["2026-02-30", "23.11.2026", "2026-11-23T09:00:00Z"] {
            let draft = SessionDraft {
                date: Some(date),
                ..titled("x")
            };

            assert_eq!(
                NewSession::new(&draft, &[]).unwrap_err().field,
                "date",
                "{date}"
            );
        }
    }

    #[test]
    fn a_session_that_has_begun_cannot_be_a_draft_again() {
        assert!(SessionState::Live.step_to(SessionState::Draft).is_err());
        assert!(SessionState::Draft.step_to(SessionState::Live).is_ok());
        assert!(SessionState::Archived.step_to(SessionState::Live).is_err());
        assert!(SessionState::Archived.step_to(SessionState::Closed).is_ok());
    }

    #[test]
    fn a_closed_session_is_read_only_and_a_paused_one_is_the_facilitators() {
        use MapRole::{Editor, Facilitator, Viewer};

        assert_eq!(SessionState::Live.limits(Editor), Editor);
        assert_eq!(SessionState::Paused.limits(Editor), Viewer);
        assert_eq!(SessionState::Paused.limits(Facilitator), Facilitator);
        assert_eq!(SessionState::Closed.limits(Facilitator), Viewer);
    }
}
