//! What reaches a room: from its sockets, from requests, and from the rest of the server.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};

use super::cluster::Among;
use super::error::HubError;
use super::inbox::{Inbox, Space};
use super::request::{NotWritten, Purge, Purged, Requester, Writing, Written};
use super::seat::Seat;
use super::show::Show;
use crate::base::id::ParticipantId;
use crate::mindmap::tree::Tree;
use crate::store::SignOff;
use crate::sync::delivery::{Connection, ConnectionId, Latest, Place, Stream};
use crate::sync::room::Right;

/// Somebody at the door.
#[derive(Debug)]
pub(super) struct Join {
    pub(super) seat: Seat,
    pub(super) connection: Arc<Connection>,
    pub(super) answer: oneshot::Sender<Result<Seated, HubError>>,
}

/// What a room gives to who joins: what they copy from, and where they put edits.
pub(super) type Seated = (Arc<Stream>, Arc<Inbox>);

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
