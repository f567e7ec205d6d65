//! Places for connections. Where there is none for one more, a connection on which nothing is worked
//! on gives way, the one that has been so for longest: whoever holds connections and says nothing,
//! or does not end what it says, keeps nobody out who does.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::base::lock::lock;

/// How long one that is told to give way may take to be gone.
const BREATH: Duration = Duration::from_millis(50);

/// The places of a server.
#[derive(Debug)]
pub(super) struct Connections {
    places: Arc<Semaphore>,
    idle: Mutex<Idle>,
}

/// Those that may give way, the longest idle first.
#[derive(Debug, Default)]
struct Idle {
    n_so_far: u64,
    ends: BTreeMap<u64, CancellationToken>,
}

impl Connections {
    pub(super) fn new(at_once: usize) -> Arc<Self> {
        Arc::new(Self {
            places: Arc::new(Semaphore::new(at_once)),
            idle: Mutex::default(),
        })
    }

    /// A place, unless all others are needed.
    pub(super) async fn take(self: &Arc<Self>) -> Option<ConnectionPlace> {
        let counted = match self.places.clone().try_acquire_owned() {
            Ok(counted) => counted,
            Err(_) => {
                let (_, end) = lock(&self.idle).ends.pop_first()?;
                end.cancel();
                let freed = timeout(BREATH, self.places.clone().acquire_owned()).await;
                freed.ok()?.ok()?
            }
        };
        let place = ConnectionPlace(Arc::new(Held {
            connections: self.clone(),
            idle_since: AtomicU64::new(0),
            end: CancellationToken::new(),
            _counted: counted,
        }));
        place.0.rest();
        Some(place)
    }
}

/// What one of the connections holds for as long as it lasts, as a websocket too.
#[derive(Clone, Debug)]
pub(super) struct ConnectionPlace(Arc<Held>);

#[derive(Debug)]
struct Held {
    connections: Arc<Connections>,
    /// Its key among those that are idle, when it is.
    idle_since: AtomicU64,
    end: CancellationToken,
    _counted: OwnedSemaphorePermit,
}

impl Held {
    fn rest(&self) {
        let mut idle = lock(&self.connections.idle);
        idle.n_so_far += 1;
        let since = idle.n_so_far;
        self.idle_since.store(since, Ordering::Relaxed);
        idle.ends.insert(since, self.end.clone());
    }

    fn wake(&self) {
        let mut idle = lock(&self.connections.idle);
        let since = self.idle_since.load(Ordering::Relaxed);
        idle.ends.remove(&since);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.wake();
    }
}

impl ConnectionPlace {
    /// Waits until this one has to give way.
    pub(super) fn given_up(&self) -> impl Future<Output = ()> + use<> {
        self.0.end.clone().cancelled_owned()
    }

    /// Keeps it from giving way for as long as the answer is held.
    pub(super) fn busy(&self) -> Busy {
        self.0.wake();
        Busy(self.clone())
    }
}

/// A connection on which something is worked on.
#[derive(Debug)]
pub(super) struct Busy(ConnectionPlace);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.0.rest();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_longest_idle_gives_way_and_none_that_is_busy() {
        let connections = Connections::new(3);
        let mut held = Vec::new();
        for _ in 0..3 {
            held.push(connections.take().await.unwrap());
        }
        let [first, second, third] = held.try_into().unwrap();
        let busy = first.busy();
        drop(third.busy());

        let ends = tokio::spawn(async move {
            second.given_up().await;
            drop(second);
        });
        let fourth = connections.take().await;

        ends.await.unwrap();
        let fourth_busy = fourth.map(|it| it.busy());
        let third_busy = third.busy();
        assert!(fourth_busy.is_some());
        assert!(connections.take().await.is_none());
        drop((busy, fourth_busy, third_busy, first, third));
        assert!(lock(&connections.idle).ends.is_empty());
        assert_eq!(connections.places.available_permits(), 3);
    }
}
