//! What a room answers one client, or everybody, without changing the map.

use std::sync::Arc;

use bytes::Bytes;
use tokio::time::Instant;

use super::actor::{Actor, NO_CLOCKS, Open};
use super::document::{SMALL, read_document};
use super::error::HubError;
use super::message::Join;
use super::metrics::Code;
use super::seat::Seat;
use crate::mindmap;
use crate::mindmap::tree::Tree;
use crate::store::Hold;
use crate::sync::delivery::{Connection, ConnectionId, Latest, Place};
use crate::sync::protocol::{self, CloseReason, Hello, HelloLimits, Nack};
use crate::sync::room::{Member, Room};

impl Actor {
    pub(super) fn join(&mut self, open: &mut Open, join: Join) {
        let Join {
            seat,
            connection,
            answer,
        } = join;
        let room = &mut open.room;
        if seat.epoch.is_some_and(|epoch| epoch != room.epoch) {
            let _ = answer.send(Err(HubError::WrongEpoch));
            return;
        }
        if seat.extended {
            connection.answer(protocol::hello(&self.hello(open, &seat)));
            connection.tell_latest(Latest::Session, self.state_for(&open.room, seat.right));
        }
        let room = &mut open.room;
        room.ask_for_missing(&connection);
        if !room.presence.is_empty() {
            connection.tell_latest(Latest::Everybody, room.presence.everybody());
        }
        if answer
            .send(Ok((room.stream.clone(), self.inbox.clone())))
            .is_ok()
        {
            let member = Member {
                connection: connection.clone(),
                participant: seat.participant,
                persona: seat.persona,
                right: seat.right,
            };
            room.members.insert(connection.id, member);
        }
    }

    fn hello(&self, open: &Open, seat: &Seat) -> Hello {
        let limits = open.room.limits();
        Hello {
            epoch: open.room.epoch,
            seq: open.head.seq,
            role: seat.persona.role,
            participant: seat.participant.to_string(),
            limits: HelloLimits {
                frame_bytes: limits.frame_bytes,
                text_chars: limits.text_chars,
                note_chars: limits.note_chars,
                nodes: limits.nodes,
            },
            time: self.shared.clock.now().to_rfc3339(),
        }
    }

    pub(super) fn presence(&mut self, room: &mut Room, from: ConnectionId, states: &[u8]) {
        let taken = room.update_presence(from, states);
        let Some(member) = room.members.get(&from) else {
            return;
        };
        match taken {
            // Everybody is sent it: a few KB that go to a hundred are more than an answer.
            Ok(bytes) => {
                let tab = member.connection.tab();
                tab.spend_answer(bytes * room.members.len());
            }
            Err(error) => {
                let message = error.to_string();
                self.refuse(&member.connection, 0, "presence", message, false);
            }
        }
    }

    /// Tells one client that a message of its is refused.
    pub(super) fn refuse(
        &self,
        connection: &Connection,
        frame: u64,
        code: &'static str,
        message: String,
        retryable: bool,
    ) {
        let label = Code { code };
        self.shared.metrics.refusals.get_or_create(&label).inc();
        if connection.extended {
            connection.answer(protocol::nack(&Nack {
                frame,
                code,
                message,
                retryable,
            }));
        } else if frame > 0 && !retryable {
            connection.answer(protocol::denied(&message));
            connection.close(CloseReason::Forbidden);
        }
    }

    /// Gives one client something of which only the latest counts, if it still wants that.
    pub(super) fn give(&self, room: &mut Room, to: ConnectionId, what: Latest) {
        let Some(member) = room.members.get(&to) else {
            return;
        };
        let (connection, right) = (member.connection.clone(), member.right);
        if !connection.wanted(what) {
            return;
        }
        let answer = match what {
            Latest::Session => self.state_for(room, right),
            Latest::Step1 => protocol::step1(&room.state_vector()),
            Latest::Everybody => room.presence.everybody(),
        };
        connection.tab().spend_answer(answer.len());
        connection.tell_latest(what, answer);
    }

    /// Answers a client with what it lacks, from what is committed.
    pub(super) async fn answer_step1(
        &mut self,
        open: &mut Open,
        from: ConnectionId,
    ) -> Result<(), HubError> {
        self.used = Instant::now();
        let Some(member) = open.room.members.get(&from) else {
            return Ok(());
        };
        let connection = member.connection.clone();
        let Some(wanted) = connection.wanted_map() else {
            return Ok(());
        };
        let place = open.room.stream.end();
        let Some(clocks) = open.room.clocks_in(&wanted) else {
            let message = "that is no state vector".to_owned();
            self.refuse(&connection, 0, "malformed", message, false);
            return Ok(());
        };
        if clocks[..] == *NO_CLOCKS {
            self.need_backlog(open).await?;
            let messages: Vec<Bytes> = match open.room.everything() {
                Some(backlog) => backlog.messages().collect(),
                None => return Err(HubError::Unavailable),
            };
            connection.catch_up(messages, place);
            return Ok(());
        }
        let diff = self.diff(open, &clocks, protocol::step2).await?;
        connection.catch_up(diff, place);
        Ok(())
    }

    /// Gives a slow connection one diff in place of all that it has not read.
    pub(super) async fn catch_up(
        &mut self,
        open: &mut Open,
        from: ConnectionId,
        place: &Place,
    ) -> Result<(), HubError> {
        self.used = Instant::now();
        let clocks = place.state_vector();
        let diff = self.diff(open, clocks, protocol::update).await?;
        if let (Some(diff), Some(member)) = (diff, open.room.members.get(&from)) {
            let end = open.room.stream.end();
            member.connection.catch_up([diff], end);
            self.shared.metrics.resyncs.inc();
        }
        Ok(())
    }

    /// What is lacked from a state vector on, as a message; none where that cannot be read.
    async fn diff(
        &mut self,
        open: &mut Open,
        state_vector: &[u8],
        message: fn(&[u8]) -> Bytes,
    ) -> Result<Option<Bytes>, HubError> {
        // Messages of two kinds are kept, under keys of two kinds.
        let key = message(state_vector);
        if let Some(diff) = self.views.diffs.get(&key) {
            return Ok(Some(diff.clone()));
        }
        self.need_replica(open).await?;
        let diff = open.room.replica().and_then(|it| it.diff(state_vector));
        let diff = diff.map(|it| message(&it));
        if let Some(diff) = &diff {
            self.views.keep(key, diff);
        }
        Ok(diff)
    }

    pub(super) async fn tree(&mut self, open: &mut Open) -> Result<Arc<Tree>, HubError> {
        self.used = Instant::now();
        if let Some(tree) = &self.views.tree {
            return Ok(tree.clone());
        }
        self.need_replica(open).await?;
        let replica = open.room.replica().ok_or(HubError::Unavailable)?;
        let tree = Arc::new(mindmap::tree::read(replica.doc()));
        Ok(self.views.tree.insert(tree).clone())
    }

    /// Reads the committed bytes again, where they are not in memory.
    pub(super) async fn need_backlog(&mut self, open: &mut Open) -> Result<(), HubError> {
        if open.room.has_backlog() || open.room.is_loaded() {
            return Ok(());
        }
        let read = read_document(&self.shared.store, self.map, open.room.epoch);
        let read = read.await.map_err(|error| self.unavailable(&error))?;
        let kept = open.room.keep_backlog(read.stored);
        if kept.is_err() && matches!(open.hold, Hold::Follow(_)) {
            // The owner has committed more than was heard of here.
            return self.rebuild(open).await;
        }
        kept.map_err(|error| self.unreadable(&error))
    }

    /// Builds the document, where it is not in memory.
    pub(super) async fn need_replica(&mut self, open: &mut Open) -> Result<(), HubError> {
        if open.room.is_loaded() {
            return Ok(());
        }
        self.need_backlog(open).await?;
        let backlog = open.room.backlog().cloned().ok_or(HubError::Unavailable)?;
        let limits = open.room.limits().clone();
        let built = if backlog.n_bytes() < SMALL {
            backlog.build(&limits)
        } else {
            let building = tokio::task::spawn_blocking(move || backlog.build(&limits));
            building.await.map_err(|error| self.unreadable(&error))?
        };
        let replica = built.map_err(|error| self.unreadable(&error))?;
        open.room.keep_replica(replica);
        self.shared.metrics.documents.inc();
        Ok(())
    }
}
