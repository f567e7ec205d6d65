//! Maps read into tables: what their documents say of the catalogue, and the words of their nodes.
//!
//! It is done apart from the rooms, from what is stored, a moment after the last of a burst of edits,
//! and never before they are committed; rooms only say that there is something new. A map is read
//! again where its log goes further than the tables do, so nothing is lost by a crash in between.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep_until, timeout};

use super::document::read_document;
use crate::base::id::MapId;
use crate::base::lock::lock;
use crate::mindmap::limits::Limits;
use crate::mindmap::schema::Kind;
use crate::mindmap::tree::{Standing, read_all};
use crate::store::{MentionRow, NodeRow, Reading, Store, StoreError};
use crate::sync::replica::Unreadable;

/// A burst is over when nothing came for so long.
const QUIET: Duration = Duration::from_millis(300);
/// Of a burst that does not end, so much is waited for.
const LONGEST: Duration = Duration::from_secs(3);
/// Reading maps takes this part of one core's time at most, however many, busy and large they are: a
/// fiftieth, so that edits have the machine.
const SHARE: u32 = 50;
/// While somebody waits for what the tables say, a tenth.
const ASKED_SHARE: u32 = 10;
/// Whoever asks what the tables say waits no longer for what is new.
const PATIENCE: Duration = Duration::from_secs(2);
/// After a failure, it is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// A map that waits to be read.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    first: Instant,
    last: Instant,
    is_urgent: bool,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: HashMap<MapId, Waiting>,
    /// The one that is being read.
    under_way: Option<MapId>,
    /// When the last reading ended, and how long it took.
    done: Option<(Instant, Duration)>,
}

/// Reads maps, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Readings {
    queue: Arc<Mutex<Queue>>,
    news: Arc<Notify>,
    /// Counts the maps that were read.
    done: watch::Sender<u64>,
    /// Held while a map is read, and while what was purged is cleared away.
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// Why a map was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadingError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The document.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The server stops.
    #[error("the reading was broken off")]
    Stopped(#[from] tokio::task::JoinError),
}

impl Readings {
    /// Starts the work on the current runtime; `linked` is told when a map is linked to other
    /// records than before.
    pub(super) fn start(store: Store, limits: Limits, linked: Arc<Notify>) -> Self {
        let readings = Self {
            queue: Arc::default(),
            news: Arc::default(),
            done: watch::Sender::new(0),
            turn: Arc::default(),
        };
        tokio::spawn(readings.clone().work(store, limits, linked));
        readings
    }

    /// Says that a map's log goes further now.
    pub(super) fn ask(&self, map: MapId) {
        let now = Instant::now();
        let mut queue = self.lock();
        let waiting = queue.waiting.entry(map).or_insert_with(|| {
            self.news.notify_one();
            Waiting {
                first: now,
                last: now,
                is_urgent: false,
            }
        });
        waiting.last = now;
    }

    /// Lets the map that is being read be read to its end, and none begin while this is held: what
    /// is read then could not be cleared away.
    pub(super) async fn pause(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// Waits until what was committed before now is in the tables: of one map, or of all.
    pub(super) async fn settle(&self, map: Option<MapId>) {
        let mut done = self.done.subscribe();
        let mut wanted: BTreeSet<MapId> = BTreeSet::new();
        {
            let mut queue = self.lock();
            // What is under way may have begun before the last commit; then it waits once more.
            wanted.extend(queue.under_way);
            for (id, waiting) in &mut queue.waiting {
                if map.is_none_or(|it| it == *id) {
                    waiting.is_urgent = true;
                    wanted.insert(*id);
                }
            }
        }
        wanted.retain(|it| map.is_none_or(|map| map == *it));
        if wanted.is_empty() {
            return;
        }
        self.news.notify_one();
        let settled = async {
            while self.lock().holds_any(&wanted) {
                if done.changed().await.is_err() {
                    return;
                }
            }
        };
        // What is not read by then is told as it was before.
        let _ = timeout(PATIENCE, settled).await;
    }

    async fn work(self, store: Store, limits: Limits, linked: Arc<Notify>) {
        match store.maps_behind().await {
            Ok(maps) => maps.into_iter().for_each(|it| self.ask(it)),
            Err(error) => tracing::error!(%error, "nobody knows which maps are to be read again"),
        }
        // It ends when nobody is left who could ask, or with its runtime.
        while 1 < Arc::strong_count(&self.queue) {
            let next = self.lock().take();
            let map = match next {
                Ok(map) => map,
                Err(due) => {
                    tokio::select! {
                        () = self.news.notified() => {}
                        () = sleep_until(due) => {}
                    }
                    continue;
                }
            };
            let turn = self.turn.lock().await;
            let begin = Instant::now();
            let read = read_into_tables(&store, map, &limits).await;
            drop(turn);
            match read {
                Ok(true) => linked.notify_one(),
                Ok(false) => {}
                Err(ReadingError::Store(StoreError::NotFound(_))) => {}
                Err(ReadingError::Store(StoreError::Stale)) => self.ask(map),
                Err(error) => {
                    tracing::error!(%map, %error, "a map's words were not read; again later");
                    self.later(map);
                }
            }
            let now = Instant::now();
            let mut queue = self.lock();
            queue.under_way = None;
            queue.done = Some((now, now - begin));
            drop(queue);
            self.done.send_modify(|it| *it += 1);
        }
    }

    fn later(&self, map: MapId) {
        let at = Instant::now() + AGAIN;
        self.lock().waiting.entry(map).or_insert(Waiting {
            first: at,
            last: at,
            is_urgent: false,
        });
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        lock(&self.queue)
    }
}

impl Queue {
    fn holds_any(&self, maps: &BTreeSet<MapId>) -> bool {
        let waits = |it: &MapId| self.waiting.get(it).is_some_and(|it| it.is_urgent);
        maps.iter()
            .any(|it| self.under_way == Some(*it) || waits(it))
    }

    /// The map whose turn it is, or when to look again.
    fn take(&mut self) -> Result<MapId, Instant> {
        let now = Instant::now();
        let waiting = self.waiting.iter();
        let turns = waiting.map(|(map, it)| (it.due(self.done), it.first, *map));
        let Some((due, _, map)) = turns.min() else {
            return Err(now + Duration::from_secs(3600));
        };
        if now < due {
            return Err(due);
        }
        self.waiting.remove(&map);
        self.under_way = Some(map);
        Ok(map)
    }
}

impl Waiting {
    /// After its burst, and after the rest that the reading before it asks for.
    fn due(&self, done: Option<(Instant, Duration)>) -> Instant {
        let (due, share) = match self.is_urgent {
            true => (self.first, ASKED_SHARE),
            false => ((self.last + QUIET).min(self.first + LONGEST), SHARE),
        };
        done.map_or(due, |(end, took)| due.max(end + took * (share - 1)))
    }
}

/// Puts into the tables what a map's document says; whether it is linked to other records than
/// before.
///
/// # Errors
///
/// [`ReadingError`]; a map that began another history meanwhile, or of which another process has read
/// something newer, is [`StoreError::Stale`].
pub async fn read_into_tables(
    store: &Store,
    map: MapId,
    limits: &Limits,
) -> Result<bool, ReadingError> {
    let reading = read_map(store, map, limits).await?;
    Ok(store.write_reading(map, &reading).await?)
}

/// What a map's document says, from what is stored of it.
///
/// # Errors
///
/// [`ReadingError`].
pub async fn read_map(store: &Store, map: MapId, limits: &Limits) -> Result<Reading, ReadingError> {
    let epoch = store.map(map).await?.epoch;
    let committed = read_document(store, map, epoch).await?;
    let limits = limits.clone();
    let said = tokio::task::spawn_blocking(move || {
        let replica = committed.stored.backlog.build(&limits)?;
        Ok::<_, Unreadable>(read_all(replica.doc()))
    });
    let mut reading = rows(said.await??);
    (reading.epoch, reading.seq) = (epoch, committed.seq);
    let targets = reading.mentions.values().map(|it| it.target.clone());
    let became = store.what_became(&targets.collect()).await?;
    for mention in reading.mentions.values_mut() {
        if let Some(record) = became.get(&mention.target) {
            mention.record.clone_from(record);
        }
    }
    Ok(reading)
}

fn rows(all: Vec<Standing>) -> Reading {
    let mut reading = Reading::default();
    let ids: Vec<String> = all.iter().map(|it| it.node.id.to_string()).collect();
    for standing in all {
        let Standing {
            node,
            branch,
            is_live,
        } = standing;
        let id = node.id.to_string();
        for (target, link) in &node.links {
            let row = MentionRow {
                node: id.clone(),
                target: target.to_string(),
                record: target.to_string(),
                branch: branch.to_string(),
                is_live,
                fit: link.fit.map_or("", |it| it.as_str()).to_owned(),
                maker: link.made.by.to_string(),
                at: link.made.at.0,
            };
            reading
                .mentions
                .insert((id.clone(), row.target.clone()), row);
        }
        let parent = node.parent.and_then(|it| ids.get(it)).cloned();
        let row = NodeRow {
            node: id.clone(),
            parent: parent.unwrap_or_default(),
            is_live,
            kind: node.kind.map_or("", Kind::as_str).to_owned(),
            text: storable(node.text),
            note: storable(node.note),
        };
        reading.nodes.insert(id, row);
    }
    reading
}

/// A text as every database takes it.
fn storable(text: String) -> String {
    if text.contains('\0') {
        return text.replace('\0', " ");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_waits_for_a_map_waits_a_fifth_as_long_and_comes_first() {
        let now = Instant::now();
        let (busy, asked) = (MapId::new(), MapId::new());
        let waiting = |is_urgent| Waiting {
            first: now,
            last: now,
            is_urgent,
        };
        let mut queue = Queue {
            waiting: HashMap::from([(busy, waiting(false)), (asked, waiting(true))]),
            under_way: None,
            done: Some((now, Duration::from_millis(100))),
        };

        assert_eq!(queue.take(), Err(now + Duration::from_millis(900)));
        tokio::time::advance(Duration::from_millis(900)).await;
        assert_eq!(queue.take(), Ok(asked));
        assert_eq!(queue.take(), Err(now + Duration::from_millis(4900)));
        tokio::time::advance(Duration::from_secs(4)).await;
        assert_eq!(queue.take(), Ok(busy));
    }
}
