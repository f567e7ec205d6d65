//! Edits that came from another server, and the one answer to all that came together.

use std::sync::{Arc, Mutex};

use super::wire::{self, Answer, Decided, Refused};
use crate::base::id::ParticipantId;
use crate::base::lock::lock;
use crate::broker::Reply;
use crate::sync::delivery::ConnectionId;
use crate::sync::room::Right;

/// Whose edit it is, where that is not told by a connection of this server's room.
#[derive(Clone, Debug)]
pub(in crate::hub) struct Behalf {
    /// Who.
    pub(in crate::hub) by: ParticipantId,
    /// What they may do.
    pub(in crate::hub) right: Right,
    /// Where the answer goes; none where the connection is this server's after all.
    pub(in crate::hub) desk: Option<Arc<Desk>>,
}

/// Gathers what becomes of edits that came together, and answers when nobody has one of them any
/// more. What was not decided on by then is sent again.
#[derive(Debug)]
pub(in crate::hub) struct Desk {
    reply: Reply,
    decided: Mutex<(u64, Vec<Decided>)>,
}

impl Desk {
    /// Nothing is decided yet.
    pub(in crate::hub) fn new(reply: Reply) -> Self {
        Self {
            reply,
            decided: Mutex::default(),
        }
    }

    /// An edit is in the log, which is this long.
    pub(in crate::hub) fn saved(&self, from: ConnectionId, number: u64, seq: u64) {
        let mut decided = lock(&self.decided);
        decided.0 = seq;
        decided.1.push(Decided {
            from,
            number,
            refused: None,
        });
    }

    /// An edit is refused.
    pub(in crate::hub) fn refused(&self, from: ConnectionId, number: u64, why: Refused) {
        lock(&self.decided).1.push(Decided {
            from,
            number,
            refused: Some(why),
        });
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let (seq, decided) = std::mem::take(&mut *lock(&self.decided));
        self.reply
            .give(wire::encode(&Answer::Decided(seq, decided)));
    }
}
