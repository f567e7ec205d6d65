//! What everybody in a room is told of the session: its rounds, its locks, whom to follow.

use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::actor::Actor;
use super::error::HubError;
use super::show::Show;
use crate::base::id::ParticipantId;
use crate::store::{HiddenIdeas, Stage, StageRound};
use crate::sync::delivery::Latest;
use crate::sync::protocol;
use crate::sync::room::{Right, Room};
use crate::sync::rules::Rules;
use crate::sync::state::{Call, Follow, RoundState, Silent, State, Vote};
use crate::workshop::grants::Grants;
use crate::workshop::map::MapState;
use crate::workshop::role::MapRole;
use crate::workshop::round::{Method, RoundPlan};

/// What the room goes by and could not be read is read again after this.
const AGAIN: Duration = Duration::from_secs(2);

impl Actor {
    /// Reads again what the room goes by, and tells those with this right or a greater one; all,
    /// where more changed than was said.
    ///
    /// # Errors
    ///
    /// [`HubError::NotFound`] when the map was deleted: the room ends, and everybody has left.
    pub(super) async fn changed(&mut self, room: &mut Room, least: Right) -> Result<(), HubError> {
        if let Some(before) = self.read_stage(room).await? {
            let is_said = without_counts(before) == without_counts(self.stage.clone());
            self.tell_state(room, if is_said { least } else { Right::Read });
        }
        Ok(())
    }

    /// The same where nobody said that something changed.
    ///
    /// # Errors
    ///
    /// As [`Self::changed`].
    pub(super) async fn may_have_changed(&mut self, room: &mut Room) -> Result<(), HubError> {
        let before = self.read_stage(room).await?;
        if before.is_some_and(|it| it != self.stage) {
            self.tell_everybody(room);
        }
        Ok(())
    }

    /// Reads what the room goes by, and gives what that was before; none where it cannot be read, which
    /// is tried again then: a session that is over must not go on here.
    async fn read_stage(&mut self, room: &mut Room) -> Result<Option<Stage>, HubError> {
        match self.shared.store.stage(self.map).await {
            Ok(stage) => {
                self.stage_due = None;
                let before = std::mem::replace(&mut self.stage, stage);
                self.set_stage(room);
                Ok(Some(before))
            }
            Err(error) => {
                let why = self.unavailable(&error);
                if why != HubError::NotFound {
                    self.stage_due = Some(Instant::now() + AGAIN);
                    return Ok(None);
                }
                for (_, member) in room.members.drain() {
                    member.connection.close(why.close_reason());
                }
                Err(why)
            }
        }
    }

    /// Has the room go by the stage.
    pub(super) fn set_stage(&self, room: &mut Room) {
        room.writable_by = writable_by(&self.stage);
        room.set_rules(Rules {
            grants: self.stage.grants(),
            locks: self.stage.locks.clone(),
        });
        room.presence
            .show_names(self.stage.anonymity.shows_names_to_all());
    }

    /// Shows something for the moment; whether that can be.
    pub(super) fn show(&mut self, room: &Room, what: Show) -> Result<bool, HubError> {
        match what {
            Show::Call(node) => {
                // Beyond those of a room that closed meanwhile, of which clients may know.
                let now = self.shared.clock.now().0;
                let n = self.ephemeral.call.as_ref().map_or(now, |it| it.n + 1);
                self.ephemeral.call = Some(Call {
                    n: n.max(now),
                    node,
                });
            }
            Show::Follow(participant) if !is_there(room, participant) => return Ok(false),
            Show::Follow(participant) => self.ephemeral.follow = Some(participant),
            Show::FollowNobody => self.ephemeral.follow = None,
        }
        self.tell_everybody(room);
        self.say_shown();
        Ok(true)
    }

    /// Takes in which cards the map's links have now, and tells everybody when they are others.
    pub(super) fn catalogue_is(&mut self, room: &Room, number: u64) {
        if self.catalogue != number {
            self.catalogue = number;
            self.tell_state(room, Right::Read);
        }
    }

    /// Has nobody follow somebody who is gone.
    pub(super) fn follow_nobody_gone(&mut self, room: &Room) {
        if self.ephemeral.follow.is_some_and(|it| !is_there(room, it)) {
            self.ephemeral.follow = None;
            self.tell_state(room, Right::Read);
        }
    }

    /// Tells everybody what the session is doing.
    pub(super) fn tell_everybody(&self, room: &Room) {
        self.tell_state(room, Right::Read);
    }

    /// Tells those with this right or a greater one what the session is doing.
    fn tell_state(&self, room: &Room, least: Right) {
        let frames = [Right::Read, Right::Write, Right::Lead].map(|it| self.state_for(room, it));
        let [read, write, lead] = frames;
        let told = room.members.values();
        for member in told.filter(|it| it.connection.extended && least <= it.right) {
            let frame = match member.right {
                Right::Read => &read,
                Right::Write => &write,
                Right::Lead => &lead,
            };
            member
                .connection
                .tell_latest(Latest::Session, frame.clone());
        }
    }

    /// What the session is doing, for somebody with this right.
    pub(super) fn state_for(&self, room: &Room, right: Right) -> Bytes {
        let may_write = room.writable_by.is_some_and(|least| least <= right);
        let follow = self.ephemeral.follow.map(|it| Follow {
            participant: it.to_string(),
        });
        let leads = right == Right::Lead;
        let round = self.stage.round.as_ref();
        protocol::state(&State {
            phase: self.stage.session.as_str(),
            map: self.stage.map.as_str(),
            epoch: room.epoch,
            locked: right != Right::Read && !may_write,
            time: self.shared.clock.now().0,
            round: round.map(round_state),
            grants: grants_of(&self.stage, right).into(),
            locks: self.stage.locks.clone(),
            call: self.ephemeral.call.clone(),
            follow,
            silent: self.stage.hidden.as_ref().filter(|_| leads).map(silent),
            vote: round.and_then(|it| vote(it, leads)),
            tallies: self.stage.tallies.clone(),
            catalogue: self.catalogue,
        })
    }
}

/// A stage without what only those who lead are told of.
fn without_counts(stage: Stage) -> Stage {
    let round = stage.round.map(|it| StageRound { n_voters: 0, ..it });
    Stage {
        round,
        hidden: None,
        ..stage
    }
}

/// What somebody with this right may do while the map is not locked. Facilitators are not limited.
fn grants_of(stage: &Stage, right: Right) -> Grants {
    let participants = stage.grants();
    match right {
        Right::Read => Grants::NONE,
        Right::Write => participants,
        Right::Lead => Grants {
            vote: participants.vote,
            ..Grants::MAP
        },
    }
}

fn round_state(round: &StageRound) -> RoundState {
    RoundState {
        id: round.id.to_string(),
        n: round.n,
        of: round.of,
        title: round.plan.title.clone(),
        method: round.plan.method.as_str(),
        prompt: round.plan.prompt.clone(),
        ends: round.timer.runs_out().map(|it| it.0),
        left: round.timer.left,
        revealed: round.is_revealed,
    }
}

fn silent(hidden: &HiddenIdeas) -> Silent {
    Silent {
        round: hidden.round.to_string(),
        ideas: hidden.ideas,
        people: hidden.people,
    }
}

/// The vote, where the round is one. How many have voted, only those who lead are told: in a small
/// group the number says who has not.
fn vote(round: &StageRound, leads: bool) -> Option<Vote> {
    (round.plan.method == Method::Vote).then(|| Vote {
        id: round.id.to_string(),
        votes: RoundPlan::votes_each(round.plan.votes),
        kind: round.plan.vote_kind.clone(),
        voters: leads.then_some(round.n_voters),
    })
}

fn is_there(room: &Room, participant: ParticipantId) -> bool {
    let mut members = room.members.values();
    members.any(|it| it.participant == participant) || room.presence.has(participant)
}

/// The least right with which one may write, by the map's and the session's state.
fn writable_by(stage: &Stage) -> Option<Right> {
    let writes = |role| stage.session.limits(role) == role;
    match stage.map {
        MapState::Open if writes(MapRole::Editor) => Some(Right::Write),
        MapState::Open | MapState::Locked if writes(MapRole::Facilitator) => Some(Right::Lead),
        _ => None,
    }
}
