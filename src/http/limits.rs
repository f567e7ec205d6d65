//! What connections and requests may cost.

use std::time::Duration;

/// What connections may cost, and what is asked for on them.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// Connections at once, of any kind. Over it, new ones are told to come again.
    pub at_once: usize,
    /// How long a connection may take to say all of what it asks for, or to ask again; and how long
    /// a file that comes may pause.
    pub patience: Duration,
    /// How long a client may take nothing of an answer that it asked for.
    pub unread: Duration,
    /// How long a file may take to come in all.
    pub arriving: Duration,
    /// Requests that are worked on at once, but for those below.
    pub requests: Shares,
    /// Sign-ins that are worked on at once where that takes long: by a password, and by an identity
    /// provider.
    pub sign_ins: Shares,
    /// Files that come at once. Some are in memory whole.
    pub uploads: Shares,
    /// Files that are made at once, or wait for their turn, or are being read.
    pub downloads: Shares,
}

/// How many places there are, and how many of them one may hold.
#[derive(Clone, Copy, Debug)]
pub struct Shares {
    /// In all.
    pub in_all: usize,
    /// All together of whom it is not known who they are.
    pub strangers: usize,
    /// All together who take part in one session by an invite.
    pub session: usize,
    /// One participant.
    pub participant: usize,
    /// One account.
    pub account: usize,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            at_once: 10_000,
            patience: Duration::from_secs(30),
            unread: Duration::from_secs(60),
            arriving: Duration::from_secs(30 * 60),
            requests: Shares {
                in_all: 512,
                // A few hundred people who join at once are strangers, too.
                strangers: 256,
                session: 192,
                participant: 32,
                // Enough for a facilitator to test a server's load with one token.
                account: 64,
            },
            sign_ins: Shares {
                in_all: 80,
                strangers: 64,
                session: 16,
                participant: 2,
                account: 4,
            },
            uploads: Shares {
                in_all: 12,
                strangers: 2,
                session: 4,
                participant: 2,
                account: 3,
            },
            downloads: Shares {
                in_all: 128,
                strangers: 8,
                session: 40,
                participant: 4,
                account: 4,
            },
        }
    }
}
