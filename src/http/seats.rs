//! How many sockets one participant may hold, and how often open one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;

use crate::base::id::ParticipantId;
use crate::base::lock::lock;
use crate::workshop::role::MapRole;

/// What each participant holds and does. Limits go by who it is, never by address: a hundred
/// people sit behind one.
#[derive(Debug, Default)]
pub(super) struct Seats(Mutex<HashMap<ParticipantId, Taken>>);

/// What one participant has.
#[derive(Clone, Copy, Debug)]
struct Taken {
    n_seats: u32,
    /// Until when what was opened so far is paid for: each opening takes its time.
    paid: Instant,
}

/// What one participant may have.
struct Allowance {
    /// Connections.
    seats: u32,
    /// What an opening takes of the time; a page that lost its server tries again more slowly.
    each: Duration,
    /// How far openings may run ahead of it.
    ahead: Duration,
}

const SEATS: Allowance = Allowance {
    seats: 32,
    each: Duration::from_millis(500),
    ahead: Duration::from_secs(60),
};
/// Enough for a facilitator to test a server's load with one token.
const LEADING_SEATS: Allowance = Allowance {
    seats: 5000,
    each: Duration::from_millis(5),
    ahead: Duration::from_secs(60),
};
/// Those who left are forgotten when so many are known, as soon as what they opened is paid for.
const KNOWN: usize = 1024;

impl Seats {
    /// A place, unless this participant holds too many, or takes one too often.
    pub(super) fn take(
        self: &Arc<Self>,
        participant: ParticipantId,
        role: MapRole,
        now: Instant,
    ) -> Option<Place> {
        let allowed = match role {
            MapRole::Facilitator => LEADING_SEATS,
            _ => SEATS,
        };
        let mut all = lock(&self.0);
        if KNOWN <= all.len() {
            all.retain(|_, it| 0 < it.n_seats || now < it.paid);
        }
        let none = Taken {
            n_seats: 0,
            paid: now,
        };
        let taken = all.entry(participant).or_insert(none);
        let paid = taken.paid.max(now) + allowed.each;
        if allowed.seats <= taken.n_seats || now + allowed.ahead < paid {
            return None;
        }
        *taken = Taken {
            n_seats: taken.n_seats + 1,
            paid,
        };
        Some(Place {
            seats: self.clone(),
            participant,
        })
    }
}

/// One connection's place; given back when dropped.
pub(super) struct Place {
    seats: Arc<Seats>,
    participant: ParticipantId,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut all = lock(&self.seats.0);
        if let Some(taken) = all.get_mut(&self.participant) {
            taken.n_seats -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_opens_and_drops_in_a_loop_waits_and_nobody_else_does() {
        let seats = Arc::new(Seats::default());
        let (eve, ann, start) = (ParticipantId::new(), ParticipantId::new(), Instant::now());
        let knock = |who, at| seats.take(who, MapRole::Editor, at).is_some();

        let let_in = (0..1000).filter(|_| knock(eve, start)).count();

        assert_eq!(let_in, 120);
        assert!(knock(ann, start));
        assert!(!knock(eve, start + Duration::from_millis(400)));
        assert!(knock(eve, start + Duration::from_millis(600)));
    }

    #[test]
    fn who_was_here_once_is_forgotten() {
        let seats = Arc::new(Seats::default());
        let start = Instant::now();
        for n in 0..10 * KNOWN {
            let at = start + Duration::from_secs(n as u64);
            drop(seats.take(ParticipantId::new(), MapRole::Editor, at));
        }

        assert!(lock(&seats.0).len() <= KNOWN);
    }
}
