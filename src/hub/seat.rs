//! A seat in a room, and the messages that reach the room from it.

use std::sync::{Arc, Weak};

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};

use super::cluster::{Among, Behalf};
use super::error::HubError;
use super::inbox::{Inbox, Space};
use super::metrics::Metrics;
use super::outcome::{NotWritten, Written};
use super::purge::{Purge, Purged};
use super::show::Show;
use super::write::Writing;
use crate::base::id::ParticipantId;
use crate::mindmap::tree::Tree;
use crate::store::SignOff;
use crate::sync::delivery::{Connection, ConnectionId, Latest, Outlet, Place, Stream};
use crate::sync::presence::Persona;
use crate::sync::protocol::CloseReason;
use crate::sync::room::Right;

/// Who joins, and as what.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Whose edits these will be.
    pub participant: ParticipantId,
    /// What the others see.
    pub persona: Persona,
    /// What this connection may do.
    pub right: Right,
    /// Whether the client understands messages above 110.
    pub extended: bool,
    /// The history that the client has, where it says so.
    pub epoch: Option<u64>,
    /// Where news can be sent without waking the socket's task.
    pub outlet: Option<Weak<dyn Outlet>>,
}

/// Whoever asks something of a room by a request, and not on a socket.
pub(super) type Requester = (ParticipantId, Right);

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

/// Somebody at the door.
#[derive(Debug)]
pub(super) struct Join {
    pub(super) seat: Seat,
    pub(super) connection: Arc<Connection>,
    pub(super) answer: oneshot::Sender<Result<Seated, HubError>>,
}

/// What a room gives to who joins: what they copy from, and where they put edits.
pub(super) type Seated = (Arc<Stream>, Arc<Inbox>);

/// A numbered frame that waits for its turn.
#[derive(Debug)]
pub(super) struct Edit {
    pub(super) from: ConnectionId,
    pub(super) number: u64,
    pub(super) update: Bytes,
    /// Whose it is, where that is not told by the connection.
    pub(super) behalf: Option<Behalf>,
}

/// What reaches a room's actor.
#[derive(Debug)]
pub(super) enum Message {
    // Boxed, because a mailbox sets aside room for its largest message.
    Join(Box<Join>),
    /// The client wants the map; its connection knows from where on.
    Step1 {
        from: ConnectionId,
    },
    Behind {
        from: ConnectionId,
        place: Place,
    },
    Presence {
        from: ConnectionId,
        states: Bytes,
        /// Given back once the room has taken it in.
        space: Space,
    },
    /// The client wants something of which only the latest counts.
    Want {
        from: ConnectionId,
        what: Latest,
    },
    Leave {
        from: ConnectionId,
    },
    Revoke {
        participant: ParticipantId,
    },
    Check {
        participant: ParticipantId,
    },
    /// What the room goes by changed in a way that those with this right are told of.
    Changed {
        least: Right,
    },
    Tree {
        /// Whose time it takes; nobody's of the server itself.
        by: Option<Requester>,
        answer: oneshot::Sender<Result<Arc<Tree>, HubError>>,
    },
    /// Where the map stands, for whoever signs it off.
    SignOff {
        answer: oneshot::Sender<Result<SignOff, HubError>>,
    },
    /// Shows everybody something for the moment; whether that can be.
    Show {
        what: Show,
        answer: oneshot::Sender<Result<bool, HubError>>,
    },
    /// The cards of the map's links are these now.
    Catalogue {
        number: u64,
    },
    /// Writes something in somebody's name.
    Write {
        what: Arc<Writing>,
        answer: oneshot::Sender<Result<Result<Written, NotWritten>, HubError>>,
    },
    /// What other servers say or ask. Boxed, like a join.
    Among(Box<Among>),
    Purge {
        by: ParticipantId,
        what: Arc<Purge>,
        answer: oneshot::Sender<Result<Purged, HubError>>,
    },
    Stop {
        done: oneshot::Sender<()>,
    },
}

impl Message {
    /// Whose it is, where a client has sent it.
    pub(super) fn from(&self) -> Option<ConnectionId> {
        match self {
            Self::Step1 { from }
            | Self::Behind { from, .. }
            | Self::Presence { from, .. }
            | Self::Want { from, .. } => Some(*from),
            _ => None,
        }
    }

    /// Who asks for it by a request, and with what right.
    pub(super) fn requester(&self) -> Option<Requester> {
        match self {
            Self::Tree { by, .. } => *by,
            Self::Write { what, .. } => Some((what.by, what.right)),
            _ => None,
        }
    }

    /// Puts it into a room's mailbox, and does not wait where that is full.
    pub(super) fn post(self, mailbox: &mpsc::Sender<Self>) {
        if let Err(mpsc::error::TrySendError::Full(message)) = mailbox.try_send(self) {
            let mailbox = mailbox.clone();
            tokio::spawn(async move { mailbox.send(message).await });
        }
    }

    /// Answers whoever waits, when the room cannot be opened.
    pub(super) fn refuse(self, error: HubError) {
        match self {
            Self::Join(join) => drop(join.answer.send(Err(error))),
            Self::Tree { answer, .. } => drop(answer.send(Err(error))),
            Self::SignOff { answer } => drop(answer.send(Err(error))),
            Self::Purge { answer, .. } => drop(answer.send(Err(error))),
            Self::Write { answer, .. } => drop(answer.send(Err(error))),
            Self::Show { answer, .. } => drop(answer.send(Err(error))),
            Self::Stop { done } => drop(done.send(())),
            _ => {}
        }
    }
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
