//! What everybody in a room is told of the session: its rounds, its locks, whom to follow.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::actor::Actor;
use super::error::HubError;
use crate::base::id::ParticipantId;
use crate::store::{Stage, StageRound};
use crate::sync::protocol;
use crate::sync::room::{Right, Room};
use crate::sync::rules::Rules;
use crate::sync::state::{Call, Follow, RoundState, State};
use crate::workshop::grants::Grants;
use crate::workshop::map::MapState;
use crate::workshop::role::MapRole;

/// What a facilitator shows everybody for the moment. Nothing of it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Show {
    /// Calls everybody to a node, or to the map as a whole.
    Call(Option<String>),
    /// Has everybody follow a participant, who must be in the room, until they leave.
    Follow(ParticipantId),
    /// Has nobody followed.
    FollowNobody,
}

/// What is shown for the moment.
#[derive(Debug, Default)]
pub(super) struct Ephemeral {
    call: Option<Call>,
    follow: Option<ParticipantId>,
}

impl Actor {
    /// Reads again what the room goes by, and tells everybody.
    ///
    /// # Errors
    ///
    /// [`HubError::NotFound`] when the map was deleted: the room ends, and everybody has left.
    pub(super) async fn changed(&mut self, room: &mut Room) -> Result<(), HubError> {
        match self.shared.store.stage(self.map).await {
            Ok(stage) => {
                self.stage = stage;
                self.set_stage(room);
                self.tell_state(room);
                Ok(())
            }
            Err(error) => {
                let why = self.unavailable(&error);
                if why != HubError::NotFound {
                    return Ok(());
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
        self.tell_state(room);
        Ok(true)
    }

    /// Has nobody follow somebody who is gone.
    pub(super) fn follow_nobody_gone(&mut self, room: &Room) {
        if self.ephemeral.follow.is_some_and(|it| !is_there(room, it)) {
            self.ephemeral.follow = None;
            self.tell_state(room);
        }
    }

    /// Tells everybody what the session is doing.
    fn tell_state(&self, room: &Room) {
        let frames = [Right::Read, Right::Write, Right::Lead].map(|it| self.state_for(room, it));
        let [read, write, lead] = frames;
        for member in room.members.values().filter(|it| it.connection.extended) {
            let frame = match member.right {
                Right::Read => &read,
                Right::Write => &write,
                Right::Lead => &lead,
            };
            member.connection.answer(frame.clone());
        }
    }

    /// What the session is doing, for somebody with this right.
    pub(super) fn state_for(&self, room: &Room, right: Right) -> Bytes {
        let may_write = room.writable_by.is_some_and(|least| least <= right);
        let follow = self.ephemeral.follow.map(|it| Follow {
            participant: it.to_string(),
        });
        protocol::state(&State {
            phase: self.stage.session.as_str(),
            epoch: room.epoch,
            locked: right != Right::Read && !may_write,
            time: self.shared.clock.now().0,
            round: self.stage.round.as_ref().map(round_state),
            grants: grants_of(&self.stage, right).into(),
            locks: self.stage.locks.clone(),
            call: self.ephemeral.call.clone(),
            follow,
            silent: None,
            vote: None,
            tallies: BTreeMap::new(),
        })
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
        ends: round.timer.ends.map(|it| it.0),
        left: round.timer.left,
    }
}

fn is_there(room: &Room, participant: ParticipantId) -> bool {
    let mut members = room.members.values();
    members.any(|it| it.participant == participant)
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
