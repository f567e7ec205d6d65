//! What each participant costs this server, on whatever sockets and in whatever maps.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::request::Requester;
use super::seat::Seat;
use crate::base::id::ParticipantId;
use crate::base::lock::lock;
use crate::sync::delivery::{ConnectionId, Tab};
use crate::sync::room::Right;

/// When so many are known, those who owe nothing and are not here are forgotten.
const KNOWN: usize = 1024;

/// Everybody's tab.
#[derive(Debug, Default)]
pub(super) struct Tabs(Mutex<HashMap<Payer, Arc<Tab>>>);

/// Who has a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Payer {
    /// All sockets of a participant.
    Participant(ParticipantId),
    /// A socket at another server, of somebody who leads.
    Socket(ConnectionId),
}

impl Tabs {
    /// The tab of whoever takes a seat. All sockets of a participant share one; those of somebody
    /// who leads have one each, so that a script can test a server's load.
    pub(super) fn for_seat(&self, seat: &Seat) -> Arc<Tab> {
        match seat.right {
            Right::Lead => Arc::default(),
            Right::Read | Right::Write => self.of(Payer::Participant(seat.participant)),
        }
    }

    /// The tab of whoever asks by a request, which is that of their sockets. Who leads has none here.
    pub(super) fn for_requester(&self, (participant, right): Requester) -> Option<Arc<Tab>> {
        match right {
            Right::Lead => None,
            Right::Read | Right::Write => Some(self.of(Payer::Participant(participant))),
        }
    }

    /// The tab of a socket at another server, whose edits come here: shared as it is for those here.
    pub(super) fn of_socket(
        &self,
        socket: ConnectionId,
        participant: ParticipantId,
        right: Right,
    ) -> Arc<Tab> {
        self.of(match right {
            Right::Lead => Payer::Socket(socket),
            Right::Read | Right::Write => Payer::Participant(participant),
        })
    }

    /// It outlives sockets while something is owed: coming again pays nothing.
    fn of(&self, payer: Payer) -> Arc<Tab> {
        let mut all = lock(&self.0);
        if KNOWN <= all.len() && !all.contains_key(&payer) {
            all.retain(|_, it| 1 < Arc::strong_count(it) || !it.is_paid());
        }
        all.entry(payer).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_owes_something_is_known_when_coming_again_and_the_others_are_forgotten() {
        let (tabs, eve) = (Tabs::default(), Payer::Participant(ParticipantId::new()));
        tabs.of(eve).spend(Duration::from_secs(60));

        for _ in 0..10 * KNOWN {
            tabs.of(Payer::Participant(ParticipantId::new()));
        }

        assert!(!tabs.of(eve).is_paid());
        assert!(lock(&tabs.0).len() <= KNOWN);
    }

    #[tokio::test(start_paused = true)]
    async fn at_another_server_too_each_socket_pays_for_itself_where_somebody_leads() {
        let (tabs, who) = (Tabs::default(), ParticipantId::new());

        for right in [Right::Lead, Right::Write] {
            tabs.of_socket(1, who, right).spend(Duration::from_secs(60));
        }

        assert!(!tabs.of_socket(1, who, Right::Lead).is_paid());
        assert!(tabs.of_socket(2, who, Right::Lead).is_paid());
        assert!(!tabs.of_socket(2, who, Right::Write).is_paid());
    }
}
