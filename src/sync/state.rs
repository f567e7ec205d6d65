//! What the session of a map is doing, as clients are told (message 115): whole, on joining and
//! whenever something of it changes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::workshop::grants::Grants;

/// What the session of a map is doing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct State {
    /// The session's state: `live`, `closed` and so on.
    pub phase: &'static str,
    /// The map's state: `open`, `locked` and so on.
    pub map: &'static str,
    /// The map's epoch.
    pub epoch: u64,
    /// Whether this client may not write now, though its role may.
    pub locked: bool,
    /// The server's time, in milliseconds since 1970, as are all times here.
    pub time: i64,
    /// The round that is on.
    pub round: Option<RoundState>,
    /// What this client may do while the map is not locked.
    pub grants: GrantsState,
    /// The locked branches, by their top nodes.
    pub locks: Vec<String>,
    /// Where everybody was called to last.
    pub call: Option<Call>,
    /// Whom to follow.
    pub follow: Option<Follow>,
    /// How many ideas wait to be revealed; for facilitators only.
    pub silent: Option<Silent>,
    /// The vote that is on.
    pub vote: Option<Vote>,
    /// The votes that nodes got in votes that are closed.
    pub tallies: BTreeMap<String, i64>,
    /// Another number when a card of one of the map's links may be another.
    pub catalogue: u64,
}

/// The round that is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundState {
    /// Its id.
    pub id: String,
    /// Which of the agenda it is, from 1 on.
    pub n: usize,
    /// How many the agenda has.
    pub of: usize,
    /// What it is called.
    pub title: String,
    /// How it is worked in.
    pub method: &'static str,
    /// What participants are asked.
    pub prompt: String,
    /// When its timer runs out; none without a timer and while that is paused.
    pub ends: Option<i64>,
    /// Milliseconds that are left, while the timer is paused.
    pub left: Option<i64>,
    /// Whether what was written in it in silence stands in a map by now.
    pub revealed: bool,
}

/// What one client may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct GrantsState {
    add: bool,
    edit: &'static str,
    link: bool,
    vote: bool,
}

impl From<Grants> for GrantsState {
    fn from(grants: Grants) -> Self {
        Self {
            add: grants.add,
            edit: grants.edit.as_str(),
            link: grants.link,
            vote: grants.vote,
        }
    }
}

/// A call to come to a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Greater with every call.
    pub n: i64,
    /// The node; none for the map as a whole.
    pub node: Option<String>,
}

/// Somebody who is followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Follow {
    /// The participant's id.
    pub participant: String,
}

/// Ideas that wait to be revealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Silent {
    /// The round that they were written in.
    pub round: String,
    /// How many ideas there are.
    pub ideas: i64,
    /// Of how many people.
    pub people: i64,
}

/// A vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Vote {
    /// The round's id.
    pub id: String,
    /// How many votes each person has.
    pub votes: i64,
    /// The kind of node that is voted on; none for any.
    pub kind: Option<String>,
    /// How many have voted; for facilitators only.
    pub voters: Option<i64>,
}
