//! How many sockets one participant may hold.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use crate::base::id::ParticipantId;
use crate::base::lock::lock;
use crate::workshop::role::MapRole;

/// How many connections a participant holds. Limits go by who it is, never by address: a hundred
/// people sit behind one.
#[derive(Debug, Default)]
pub(super) struct Seats(Mutex<HashMap<ParticipantId, u32>>);

/// Connections of one participant.
const SEATS: u32 = 32;
/// Connections of one facilitator: enough to test a server's load with one token.
const LEADING_SEATS: u32 = 5000;

impl Seats {
    /// A place, unless this participant holds too many.
    pub(super) fn take(
        self: &Arc<Self>,
        participant: ParticipantId,
        role: MapRole,
    ) -> Option<Place> {
        let most = if role == MapRole::Facilitator {
            LEADING_SEATS
        } else {
            SEATS
        };
        let mut taken = lock(&self.0);
        let count = taken.entry(participant).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
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
        let mut taken = lock(&self.seats.0);
        if let Some(count) = taken.get_mut(&self.participant) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.participant);
            }
        }
    }
}
