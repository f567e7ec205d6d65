//! Places for requests that are worked on: so many in all, and a share of them for each who asks.
//!
//! Limits go by who it is, never by address: a hundred people sit behind one. Who shows nothing that
//! is known to be good shares a few with all others who do not, and with them nobody else's.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::limits::{ConnectionLimits, Shares};
use crate::base::id::{ParticipantId, SessionId, UserId};
use crate::base::lock::lock;

/// Who asks, as far as it matters for how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Nobody that is known.
    Stranger,
    /// Somebody who came by an invite to this session.
    Participant(ParticipantId, SessionId),
    /// Somebody with an account.
    Account(UserId),
}

/// For whom places are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Holder {
    All,
    Strangers,
    Session(SessionId),
    Participant(ParticipantId),
    Account(UserId),
}

impl Who {
    /// For whom a place of theirs is counted, themselves first.
    fn holders(self) -> impl Iterator<Item = Holder> {
        let (own, shared) = match self {
            Self::Stranger => (None, Some(Holder::Strangers)),
            Self::Participant(who, session) => (
                Some(Holder::Participant(who)),
                Some(Holder::Session(session)),
            ),
            Self::Account(who) => (Some(Holder::Account(who)), None),
        };
        own.into_iter().chain(shared).chain([Holder::All])
    }
}

/// The places of one kind of requests.
#[derive(Debug)]
pub(super) struct Places {
    shares: Shares,
    held: Mutex<HashMap<Holder, usize>>,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Full {
    /// Whoever asks holds their share.
    Own,
    /// Others hold what there is.
    Others,
}

impl Places {
    pub(super) fn new(shares: Shares) -> Arc<Self> {
        let held = Mutex::default();
        Arc::new(Self { shares, held })
    }

    /// A place, unless there is none for whoever asks.
    pub(super) fn take(self: &Arc<Self>, who: Who) -> Result<Place, Full> {
        let mut held = lock(&self.held);
        for holder in who.holders() {
            if self.most(holder) <= held.get(&holder).copied().unwrap_or(0) {
                return Err(match holder {
                    Holder::Participant(_) | Holder::Account(_) => Full::Own,
                    Holder::All | Holder::Strangers | Holder::Session(_) => Full::Others,
                });
            }
        }
        for holder in who.holders() {
            *held.entry(holder).or_insert(0) += 1;
        }
        drop(held);
        let places = self.clone();
        Ok(Place { places, who })
    }

    fn most(&self, holder: Holder) -> usize {
        match holder {
            Holder::All => self.shares.in_all,
            Holder::Strangers => self.shares.strangers,
            Holder::Session(_) => self.shares.session,
            Holder::Participant(_) => self.shares.participant,
            Holder::Account(_) => self.shares.account,
        }
    }
}

/// One request's place; given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    who: Who,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut held = lock(&self.places.held);
        for holder in self.who.holders() {
            if let Some(n_held) = held.get_mut(&holder) {
                *n_held -= 1;
                if *n_held == 0 {
                    // Nobody is remembered for having been here.
                    held.remove(&holder);
                }
            }
        }
    }
}

/// The places of a server, by the kind of request.
#[derive(Clone, Debug)]
pub(super) struct Kinds {
    pub(super) requests: Arc<Places>,
    pub(super) sign_ins: Arc<Places>,
    pub(super) uploads: Arc<Places>,
    pub(super) downloads: Arc<Places>,
}

impl Kinds {
    pub(super) fn new(limits: &ConnectionLimits) -> Self {
        Self {
            requests: Places::new(limits.requests),
            sign_ins: Places::new(limits.sign_ins),
            uploads: Places::new(limits.uploads),
            downloads: Places::new(limits.downloads),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Arc<Places> {
        Places::new(Shares {
            in_all: 10,
            strangers: 3,
            session: 6,
            participant: 2,
            account: 4,
        })
    }

    /// As many places as there are for this one.
    fn all(places: &Arc<Places>, who: Who) -> (Vec<Place>, Full) {
        let mut held = Vec::new();
        loop {
            match places.take(who) {
                Ok(place) => held.push(place),
                Err(full) => return (held, full),
            }
        }
    }

    fn participant(session: SessionId) -> Who {
        Who::Participant(ParticipantId::new(), session)
    }

    #[test]
    fn strangers_keep_out_strangers_and_nobody_else() {
        let places = places();

        let (held, full) = all(&places, Who::Stranger);

        assert_eq!((held.len(), full), (3, Full::Others));
        assert!(places.take(participant(SessionId::new())).is_ok());
        assert!(places.take(Who::Account(UserId::new())).is_ok());
    }

    #[test]
    fn one_holds_a_share_and_a_session_a_larger_one() {
        let places = places();
        let session = SessionId::new();

        let (eve, full) = all(&places, participant(session));
        // Who joins again and again is somebody new each time, in the same session.
        let others = [(); 2].map(|()| all(&places, participant(session)).0);

        assert_eq!((eve.len(), full), (2, Full::Own));
        assert_eq!(others.each_ref().map(Vec::len), [2, 2]);
        assert_eq!(places.take(participant(session)).err(), Some(Full::Others));
        assert!(places.take(participant(SessionId::new())).is_ok());
        drop(eve);
        assert!(places.take(participant(session)).is_ok());
    }

    #[test]
    fn what_is_given_back_is_forgotten() {
        let places = places();

        for _ in 0..100 {
            drop(all(&places, Who::Account(UserId::new())));
            drop(all(&places, participant(SessionId::new())));
            drop(all(&places, Who::Stranger));
        }

        assert!(lock(&places.held).is_empty());
    }
}
