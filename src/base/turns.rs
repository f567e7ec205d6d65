//! Long work, so many at a time, away from the threads that serve requests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, spawn_blocking};
use tokio::time::timeout;

use super::id::{ParticipantId, SessionId, UserId};
use super::lock::lock;

/// Nobody waits for longer: whoever asked would have gone, and what they hold is others' meanwhile.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who asks for something that takes long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asker {
    /// Somebody who came to this session by an invite.
    Participant(ParticipantId, SessionId),
    /// Somebody with an account.
    Account(UserId),
}

/// Those who have one turn at a time between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Party {
    /// One who asks.
    One(Asker),
    /// All who came to a session by invites: who joins again and again is somebody new each time.
    Guests(SessionId),
}

impl Asker {
    /// The parties that they belong to, in the order in which they wait for their turns.
    fn parties(self) -> Vec<Party> {
        match self {
            Self::Participant(_, session) => vec![Party::One(self), Party::Guests(session)],
            Self::Account(_) => vec![Party::One(self)],
        }
    }
}

/// How many of one kind may be worked on at a time: a `static` beside that work. Who comes later
/// waits, in order, and not without end.
///
/// Each who asks has one turn at a time and stands in the line once: whoever asks for much at once
/// waits for themselves, and others come in between. So it is with all guests of a session together,
/// who have each their turn at the session's. Clones are the same turns.
#[derive(Clone, Debug)]
pub struct Turns(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    all: Arc<Semaphore>,
    /// Of those who have or wait for a turn: how many of theirs do, and the one that they have.
    own: Mutex<HashMap<Party, (usize, Arc<Semaphore>)>>,
}

/// So many wait that there was no turn in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too much of this is asked for at once: try again")]
pub struct Crowded;

/// The right to do one of them.
///
/// Semaphores here are never closed; without a permit there would be no limit, but no harm either.
#[derive(Debug)]
pub struct Turn {
    _any: Option<OwnedSemaphorePermit>,
    _own: Vec<Own>,
}

/// A party's own place in the line.
#[derive(Debug)]
struct Own {
    _only: Option<OwnedSemaphorePermit>,
    _among: Among,
}

/// One of those that a party has asked for; with the last, nobody is remembered for having asked.
#[derive(Debug)]
struct Among {
    shared: Arc<Shared>,
    party: Party,
}

impl Turns {
    /// So many at a time.
    pub fn new(at_once: usize) -> Self {
        Self(Arc::new(Shared {
            all: Arc::new(Semaphore::new(at_once)),
            own: Mutex::default(),
        }))
    }

    /// Waits for a turn: before what the work needs is read, so that nobody waits with that in hand.
    /// A command, and whoever is not known yet, has nobody to wait for but the others.
    ///
    /// # Errors
    ///
    /// [`Crowded`] when there was none in time.
    pub async fn take(&self, asker: Option<Asker>) -> Result<Turn, Crowded> {
        let taking = async {
            let mut own = Vec::new();
            for party in asker.map(Asker::parties).unwrap_or_default() {
                own.push(self.own(party).await);
            }
            let any = self.0.all.clone().acquire_owned().await;
            Turn {
                _any: any.ok(),
                _own: own,
            }
        };
        timeout(PATIENCE, taking).await.map_err(|_| Crowded)
    }

    async fn own(&self, party: Party) -> Own {
        let shared = self.0.clone();
        let only = {
            let mut own = lock(&shared.own);
            let entry = own.entry(party);
            let (n_asked, only) = entry.or_insert_with(|| (0, Arc::new(Semaphore::new(1))));
            *n_asked += 1;
            only.clone()
        };
        let among = Among { shared, party };
        Own {
            _only: only.acquire_owned().await.ok(),
            _among: among,
        }
    }
}

impl Drop for Among {
    fn drop(&mut self) {
        let mut own = lock(&self.shared.own);
        if let Some((n_asked, _)) = own.get_mut(&self.party) {
            *n_asked -= 1;
            if *n_asked == 0 {
                own.remove(&self.party);
            }
        }
    }
}

impl Turn {
    /// Does the work on a thread of its own. The turn goes with the work, which goes on to its end
    /// also where whoever asked for it is gone.
    ///
    /// # Errors
    ///
    /// When the work panicked.
    pub async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let working = move || {
            let _turn = self;
            work()
        };
        spawn_blocking(working).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use futures_util::FutureExt;

    use super::*;

    fn somebody() -> Option<Asker> {
        guest_of(SessionId::new())
    }

    fn guest_of(session: SessionId) -> Option<Asker> {
        Some(Asker::Participant(ParticipantId::new(), session))
    }

    #[tokio::test]
    async fn a_turn_lasts_as_long_as_its_work_though_nobody_waits_for_it() {
        let turns = Turns::new(1);
        let (end, ended) = mpsc::channel::<()>();
        let (begin, mut begun) = tokio::sync::mpsc::channel(1);
        let turn = turns.take(somebody()).await.unwrap();
        let asked = tokio::spawn(turn.run(move || {
            begin.blocking_send(()).unwrap();
            ended.recv().unwrap();
        }));
        begun.recv().await.unwrap();

        asked.abort();
        assert!(asked.await.unwrap_err().is_cancelled());

        assert_eq!(turns.0.all.available_permits(), 0);
        end.send(()).unwrap();
        let _next = turns.take(somebody()).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_without_end() {
        let turns = Turns::new(1);
        let first = turns.take(None).await.unwrap();

        let second = turns.take(None).await;
        drop(first);
        let third = turns.take(None).await;

        assert_eq!(second.unwrap_err(), Crowded);
        assert!(third.is_ok());
    }

    #[tokio::test]
    async fn who_asks_for_much_at_once_waits_for_themselves_and_others_come_in_between() {
        let turns = Turns::new(2);
        let (eve, ann) = (somebody(), somebody());
        let first = turns.take(eve).await.unwrap();
        let mut second = Box::pin(turns.take(eve));
        let mut third = Box::pin(turns.take(eve));
        assert!((&mut second).now_or_never().is_none());
        assert!((&mut third).now_or_never().is_none());

        let of_ann = turns.take(ann).now_or_never();

        let of_ann = of_ann.expect("a turn is free").unwrap();
        drop(first);
        drop(second.await.unwrap());
        drop(third);
        drop(of_ann);
        assert!(lock(&turns.0.own).is_empty());
    }

    #[tokio::test]
    async fn whoever_joins_a_session_again_and_again_leaves_a_turn_to_the_others() {
        let turns = Turns::new(2);
        let session = SessionId::new();
        let first = turns.take(guest_of(session)).await.unwrap();
        let mut again = Box::pin(turns.take(guest_of(session)));
        assert!((&mut again).now_or_never().is_none());

        let account = turns.take(Some(Asker::Account(UserId::new())));
        let account = account.now_or_never();

        drop(account.expect("a turn is free").unwrap());
        drop(
            turns
                .take(somebody())
                .now_or_never()
                .expect("a turn is free"),
        );
        drop(first);
        drop(again.await.unwrap());
        assert!(lock(&turns.0.own).is_empty());
    }
}
