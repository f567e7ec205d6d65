//! What each participant costs this server, on whatever sockets and in whatever maps.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::seat::Seat;
use crate::base::id::ParticipantId;
use crate::base::lock::lock;
use crate::sync::delivery::Tab;
use crate::sync::room::Right;

/// When so many are known, those who owe nothing and are not here are forgotten.
const KNOWN: usize = 1024;

/// Everybody's tab.
#[derive(Debug, Default)]
pub(super) struct Tabs(Mutex<HashMap<ParticipantId, Arc<Tab>>>);

impl Tabs {
    /// The tab of whoever takes a seat. All sockets of a participant share one; those of somebody
    /// who leads have one each, so that a script can test a server's load.
    pub(super) fn for_seat(&self, seat: &Seat) -> Arc<Tab> {
        match seat.right {
            Right::Lead => Arc::default(),
            Right::Read | Right::Write => self.of(seat.participant),
        }
    }

    /// A participant's tab. It outlives their sockets while something is owed: coming again pays
    /// nothing.
    pub(super) fn of(&self, participant: ParticipantId) -> Arc<Tab> {
        let mut all = lock(&self.0);
        if KNOWN <= all.len() && !all.contains_key(&participant) {
            all.retain(|_, it| 1 < Arc::strong_count(it) || !it.is_paid());
        }
        all.entry(participant).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_owes_something_is_known_when_coming_again_and_the_others_are_forgotten() {
        let (tabs, eve) = (Tabs::default(), ParticipantId::new());
        tabs.of(eve).spend(Duration::from_secs(60));

        for _ in 0..10 * KNOWN {
            tabs.of(ParticipantId::new());
        }

        assert!(!tabs.of(eve).is_paid());
        assert!(lock(&tabs.0).len() <= KNOWN);
    }
}
