//! What a room answers one client, or everybody, without changing the map.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use tokio::time::Instant;

use super::actor::{Actor, NO_CLOCKS, Open};
use super::document::read_document;
use super::error::HubError;
use super::metrics::Code;
use super::seat::{Join, Seat};
use crate::mindmap;
use crate::mindmap::tree::Tree;
use crate::store::Hold;
use crate::sync::delivery::{Connection, ConnectionId, Place};
use crate::sync::protocol::{self, CloseReason, Hello, HelloLimits, Nack};
use crate::sync::room::{Member, Room};

/// A document of fewer bytes is built in less time than another thread takes to wake up.
pub(super) const SMALL: usize = 32 * 1024;
/// Diffs kept for clients that come back from the same place at the same time.
const DIFFS: usize = 16;

/// What was made of the document as it stands, for whoever asks for the same.
#[derive(Default)]
pub(super) struct Views {
    /// What is lacked from these state vectors on.
    diffs: HashMap<Bytes, Bytes>,
    /// A vote asks for it, and a hundred people vote at once.
    tree: Option<Arc<Tree>>,
}

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
            connection.answer(self.state_for(&open.room, seat.right));
        }
        let room = &mut open.room;
        connection.answer(protocol::step1(&room.state_vector()));
        if !room.presence.is_empty() {
            connection.answer(room.presence.everybody());
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
        if let (Err(error), Some(member)) = (taken, room.members.get(&from)) {
            let message = error.to_string();
            self.refuse(&member.connection, 0, "presence", message, false);
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

    /// Answers a client with what it lacks, from what is committed.
    pub(super) async fn answer_step1(
        &mut self,
        open: &mut Open,
        from: ConnectionId,
        state_vector: Bytes,
    ) -> Result<(), HubError> {
        self.used = Instant::now();
        let Some(member) = open.room.members.get(&from) else {
            return Ok(());
        };
        let connection = member.connection.clone();
        let place = open.room.stream.end();
        if state_vector[..] == *NO_CLOCKS {
            self.need_backlog(open).await?;
            let messages: Vec<Bytes> = match open.room.everything() {
                Some(backlog) => backlog.messages().collect(),
                None => return Err(HubError::Unavailable),
            };
            connection.catch_up(messages, place);
            return Ok(());
        }
        if let Some(diff) = self.views.diffs.get(&state_vector) {
            connection.catch_up([diff.clone()], place);
            return Ok(());
        }
        self.need_replica(open).await?;
        match open.room.replica().and_then(|it| it.diff(&state_vector)) {
            Some(diff) => {
                let diff = protocol::step2(&diff);
                if self.views.diffs.len() < DIFFS {
                    self.views.diffs.insert(state_vector, diff.clone());
                }
                connection.catch_up([diff], place);
            }
            None => {
                let message = "that is no state vector".to_owned();
                self.refuse(&connection, 0, "malformed", message, false);
            }
        }
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
        self.need_replica(open).await?;
        let (Some(member), Some(replica)) = (open.room.members.get(&from), open.room.replica())
        else {
            return Ok(());
        };
        if let Some(diff) = replica.diff(place.state_vector()) {
            let end = open.room.stream.end();
            member.connection.catch_up([protocol::update(&diff)], end);
            self.shared.metrics.resyncs.inc();
        }
        Ok(())
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
        let stored = read_document(&self.shared.store, self.map, open.room.epoch);
        let backlog = stored.await.map_err(|error| self.unavailable(&error))?;
        let kept = open.room.keep_backlog(backlog);
        if kept.is_err() && matches!(open.hold, Hold::Follow(_)) {
            // The owner has committed more than was heard of here.
            self.rebuild(open).await?;
            open.room.send_diffs();
            return Ok(());
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
            Room::build(&backlog, &limits)
        } else {
            let building = tokio::task::spawn_blocking(move || Room::build(&backlog, &limits));
            building.await.map_err(|error| self.unreadable(&error))?
        };
        let replica = built.map_err(|error| self.unreadable(&error))?;
        open.room.keep_replica(replica);
        self.shared.metrics.documents.inc();
        Ok(())
    }
}
