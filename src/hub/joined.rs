//! A seat taken, and how its socket speaks to the room.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::mpsc;

use super::inbox::{Edit, Inbox};
use super::message::{Message, Seated};
use super::metrics::Metrics;
use crate::sync::delivery::{Connection, Latest, Place, Stream};
use crate::sync::protocol::CloseReason;

/// A seat taken: dropping it leaves the room.
#[derive(Debug)]
pub struct Joined {
    /// The room's side of this socket.
    pub connection: Arc<Connection>,
    /// What it copies from.
    pub stream: Arc<Stream>,
    inbox: Arc<Inbox>,
    mailbox: mpsc::Sender<Message>,
    metrics: Metrics,
}

impl Joined {
    pub(super) fn new(
        connection: Arc<Connection>,
        (stream, inbox): Seated,
        mailbox: mpsc::Sender<Message>,
        metrics: Metrics,
    ) -> Self {
        metrics.connections.inc();
        Self {
            connection,
            stream,
            inbox,
            mailbox,
            metrics,
        }
    }

    async fn send(&self, message: Message) {
        // A room that is gone has closed this connection; the socket finds that out by itself.
        if self.mailbox.send(message).await.is_err() {
            self.connection.close(CloseReason::TryAgain);
        }
    }

    /// Hands an edit or a step 2 to the room: the `number`-th of this connection.
    pub async fn edit(&self, number: u64, update: Bytes) {
        let from = self.connection.id;
        let edit = Edit {
            from,
            number,
            update,
            behalf: None,
        };
        self.inbox.put(edit).await;
    }

    /// Asks for what is missing from a state vector.
    pub async fn step1(&self, state_vector: Bytes) {
        let from = self.connection.id;
        if self.connection.wants_map(state_vector) {
            self.send(Message::Step1 { from }).await;
        }
    }

    /// Asks for everything after a place that the stream no longer has.
    pub async fn behind(&self, place: Place) {
        let from = self.connection.id;
        self.send(Message::Behind { from, place }).await;
    }

    /// Passes on what this client says of itself.
    pub async fn presence(&self, states: Bytes) {
        let from = self.connection.id;
        let space = self.inbox.space_for_presence(&states).await;
        self.send(Message::Presence {
            from,
            states,
            space,
        })
        .await;
    }

    /// Asks for everybody's presence.
    pub async fn want_presence(&self) {
        self.want(Latest::Everybody).await;
    }

    /// Asks for the server's step 1.
    pub async fn resync(&self) {
        self.want(Latest::Step1).await;
    }

    async fn want(&self, what: Latest) {
        let from = self.connection.id;
        if self.connection.wants(what) {
            self.send(Message::Want { from, what }).await;
        }
    }
}

impl Drop for Joined {
    fn drop(&mut self) {
        self.metrics.connections.dec();
        let from = self.connection.id;
        Message::Leave { from }.post(&self.mailbox);
    }
}
