//! One live map: what is known of its document, who is connected, and what was committed.
//!
//! A room does no IO. The hub opens it from the log, hands it frames, commits what it admits, and
//! tells it when that is done. Everything here is synchronous and owned by one task.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::authorship::Withdrawn;
use super::backlog::{Backlog, Stored};
use super::clocks;
use super::delivery::{Connection, ConnectionId, Latest, Stream};
use super::lib0::Malformed;
use super::presence::{Persona, Presence, PresenceError};
use super::protocol::{self, Ack, CloseReason};
use super::replica::Replica;
use super::rules::{Rules, Watch};
use crate::base::id::ParticipantId;
use crate::mindmap::limits::Limits;

/// What a connection may do in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Right {
    /// See.
    Read,
    /// See and write, while the map is open.
    Write,
    /// Write though the map is locked.
    Lead,
}

/// One connection in a room. When it is dropped, for whatever reason, the connection ends.
#[derive(Debug)]
pub struct Member {
    /// The room's side of the socket.
    pub connection: Arc<Connection>,
    /// Whose edits these are.
    pub participant: ParticipantId,
    /// What the others see.
    pub persona: Persona,
    /// What it may do.
    pub right: Right,
}

impl Drop for Member {
    fn drop(&mut self) {
        self.connection.close(CloseReason::TryAgain);
    }
}

/// One map, live.
///
/// # Invariants
///
/// * `clocks` and `replica` hold what was admitted; between two commits that is what is committed.
/// * `backlog`, where it is there, is what is committed.
/// * Nothing reaches `stream` before the log has it.
pub struct Room {
    /// Which history of the map this is.
    pub epoch: u64,
    /// The least right with which one may write; none while nobody may.
    pub writable_by: Option<Right>,
    /// What participants may do; facilitators are not limited.
    pub(super) rules: Rules,
    /// Everybody connected.
    pub members: HashMap<ConnectionId, Member>,
    /// Who shows what.
    pub presence: Presence,
    /// What connections copy from.
    pub stream: Arc<Stream>,
    pub(super) limits: Limits,
    pub(super) clocks: HashMap<u64, u32>,
    pub(super) owners: HashMap<u64, ParticipantId>,
    pub(super) replica: Option<Replica>,
    /// What keeping the rules takes; none while they withhold nothing.
    pub(super) watch: Option<Watch>,
    /// What was said of people and is there no more.
    pub(super) withdrawn: Withdrawn,
    backlog: Option<Backlog>,
    /// What the updates weigh.
    pub(super) bytes: usize,
    /// The same when it was looked at last what the document weighs, if it was.
    pub(super) measured: usize,
}

impl Room {
    /// A room without its document, which is loaded when somebody needs it.
    pub fn new(
        epoch: u64,
        stored: Stored,
        owners: HashMap<u64, ParticipantId>,
        limits: Limits,
    ) -> Self {
        let stream = Stream::new(&clocks::write(&stored.clocks));
        Self {
            epoch,
            writable_by: Some(Right::Write),
            rules: Rules::default(),
            members: HashMap::new(),
            presence: Presence::default(),
            stream: Arc::new(stream),
            bytes: stored.weight,
            measured: 0,
            limits,
            clocks: stored.clocks,
            owners,
            replica: None,
            watch: None,
            withdrawn: Withdrawn::default(),
            backlog: Some(stored.backlog),
        }
    }

    /// Changes what participants may do.
    pub fn set_rules(&mut self, rules: Rules) {
        if rules.withhold_nothing() {
            self.watch = None;
        }
        self.rules = rules;
    }

    /// Which clocks are admitted, encoded.
    pub fn state_vector(&self) -> Vec<u8> {
        clocks::write(&self.clocks)
    }

    /// What a client's state vector has in common with the document's: what it lacks is what comes
    /// after that. None where it cannot be read.
    pub fn clocks_in(&self, state_vector: &[u8]) -> Option<Vec<u8>> {
        clocks::common(&self.clocks, state_vector)
    }

    /// What the updates weigh that the document is made of: their bytes, or more.
    pub fn n_bytes(&self) -> usize {
        self.bytes
    }

    /// Whether the document is in memory.
    pub fn is_loaded(&self) -> bool {
        self.replica.is_some()
    }

    /// Whether the committed bytes are in memory.
    pub fn has_backlog(&self) -> bool {
        self.backlog.is_some()
    }

    /// The committed bytes, to build the document from.
    pub fn backlog(&self) -> Option<&Backlog> {
        self.backlog.as_ref()
    }

    /// Keeps the committed bytes that were read from the log again.
    ///
    /// # Errors
    ///
    /// [`Malformed`] when they are not what this room has committed.
    pub fn keep_backlog(&mut self, stored: Stored) -> Result<(), Malformed> {
        if stored.clocks != self.clocks {
            return Err(Malformed("the log holds something else by now"));
        }
        self.backlog = Some(stored.backlog);
        Ok(())
    }

    /// Keeps the document that was built from the committed bytes.
    pub fn keep_replica(&mut self, replica: Replica) {
        self.replica = Some(replica);
    }

    /// Drops the document and the bytes: an idle room needs neither.
    pub fn unload(&mut self) {
        self.replica = None;
        self.watch = None;
        self.backlog = None;
        self.clocks.shrink_to_fit();
        self.stream.forget(&self.state_vector());
    }

    /// The limits that this room keeps.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Tells everybody of updates that the log has now, and authors how many of their frames have
    /// been decided on, up to place `seq`.
    pub fn publish(
        &mut self,
        committed: &[(ConnectionId, Bytes)],
        processed: &HashMap<ConnectionId, u64>,
        seq: u64,
    ) {
        let messages: Vec<(ConnectionId, Bytes)> = committed
            .iter()
            .map(|(author, update)| (*author, protocol::update(update)))
            .collect();
        if let Some(backlog) = &mut self.backlog {
            backlog.extend(messages.iter().map(|(_, it)| it.clone()));
            if !backlog.is_short() {
                self.backlog = None;
            }
        }
        let clocks = &self.clocks;
        let news = self.stream.publish(messages, || clocks::write(clocks));
        for (id, member) in &self.members {
            let frames = processed.get(id);
            let ack = frames.map(|&frames| Ack { frames, seq });
            member.connection.tell(&news, ack);
        }
    }

    /// Tells everybody what changed in presence.
    pub fn publish_presence(&mut self) {
        if let Some(news) = self.presence.news() {
            let news = self.stream.publish_presence(news);
            for member in self.members.values() {
                member.connection.tell(&news, None);
            }
        }
    }

    /// Gives everybody what they lack as a diff, in place of what comes next in the stream: the
    /// document may hold what was never published.
    pub fn send_diffs(&self) {
        self.stream.break_off(&self.state_vector());
        self.ring();
    }

    /// Tells authors how many of their frames have been decided on, where there is no other news.
    pub fn acknowledge(&self, processed: &HashMap<ConnectionId, u64>, seq: u64) {
        for (id, &frames) in processed {
            if let Some(member) = self.members.get(id) {
                member.connection.acknowledge(Ack { frames, seq });
            }
        }
    }

    /// Asks a client for what the server lacks.
    pub fn ask_for_missing(&self, connection: &Connection) {
        connection.tell_latest(Latest::Step1, protocol::step1(&self.state_vector()));
    }

    fn ring(&self) {
        for member in self.members.values() {
            member.connection.ring();
        }
    }

    /// What a client with nothing gets: the committed bytes as they are, encoded anew only when
    /// there is too much behind them. None when neither bytes nor document are in memory.
    pub fn everything(&mut self) -> Option<&Backlog> {
        if self.backlog.is_none() {
            self.backlog = Some(Backlog::of(&self.replica.as_ref()?.state()));
        }
        self.backlog.as_ref()
    }

    /// The document, where it is loaded.
    pub fn replica(&self) -> Option<&Replica> {
        self.replica.as_ref()
    }

    /// Takes what a member says of itself, of which everybody is told so many bytes. An awareness id
    /// may be one that nobody has edited with, or one of the member's own.
    ///
    /// # Errors
    ///
    /// [`PresenceError`]; nothing has changed then.
    pub fn update_presence(
        &mut self,
        from: ConnectionId,
        states: &[u8],
    ) -> Result<usize, PresenceError> {
        let Some(member) = self.members.get(&from) else {
            return Ok(0);
        };
        let (owners, participant) = (&self.owners, member.participant);
        let is_free = |id| owners.get(&id).is_none_or(|it| *it == participant);
        self.presence.update(from, &member.persona, states, is_free)
    }

    /// Takes over what another room of the same map knows of the document; members stay. Where that
    /// holds more than was published, they lack it until [`Self::send_diffs`].
    pub fn take_document(&mut self, other: Room) {
        self.epoch = other.epoch;
        self.writable_by = other.writable_by;
        self.clocks = other.clocks;
        self.owners = other.owners;
        self.replica = other.replica;
        self.watch = None;
        self.rules = other.rules;
        self.backlog = other.backlog;
        self.bytes = other.bytes;
        self.measured = other.measured;
    }
}
