//! Suggestions from the catalogue as it stands: an index in memory that follows the database.
//!
//! A question first looks for what changed and waits a moment for it; a large import is taken in
//! piece by piece beside the questions that come meanwhile. What people said in nodes counts for the
//! record that they are linked to, once an analyst has confirmed the link. What changed is found by time of change,
//! and now and then by comparing all versions, so that what another process wrote late, or deleted,
//! is noticed too.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use crate::base::id::RecordId;
use crate::base::time::Timestamp;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::store::{RecordVersion, Said, Store, StoreError};
use crate::suggest::document::{Document, FitLink};
use crate::suggest::index::Index;
use crate::suggest::{Question, Suggestion};

/// How long a question waits for news to be taken in.
const PATIENCE: Duration = Duration::from_millis(300);
/// How long it waits while the catalogue is read for the first time.
const FIRST_PATIENCE: Duration = Duration::from_secs(5);
/// How late a change may be committed after the time that it bears, to be seen at once.
const LATE: i64 = 30_000;
/// How often all versions are compared.
const SWEEP_EVERY: Duration = Duration::from_secs(60);
/// How often confirmed links are read.
const LISTEN_EVERY: Duration = Duration::from_millis(500);
/// How many records are read at once, and how many are taken in while questions wait.
const READ_AT_ONCE: usize = 400;
const TAKEN_AT_ONCE: usize = 40;

/// What the index rests on.
const KINDS: [RecordKind; 3] = [RecordKind::Gap, RecordKind::Solution, RecordKind::Fit];

/// The index, and what keeps it up to date. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Suggester {
    store: Store,
    index: Arc<RwLock<Index>>,
    known: Arc<Mutex<Known>>,
}

/// What the index has taken in.
#[derive(Debug, Default)]
struct Known {
    versions: HashMap<RecordId, (RecordKind, i64)>,
    latest: i64,
    said: Arc<Said>,
    /// When it was last looked for news, when all versions were last compared, and when confirmed
    /// links were last read.
    looked: Option<Instant>,
    swept: Option<Instant>,
    listened: Option<Instant>,
}

/// What a question found.
#[derive(Debug)]
pub enum Found {
    /// These, the best first.
    Suggestions(Vec<Suggestion>),
    /// The catalogue is still being read for the first time.
    NotYet,
}

impl Suggester {
    /// An index of nothing yet; it reads the catalogue when it is asked, or told to.
    pub fn new(store: Store) -> Self {
        Self {
            store,
            index: Arc::default(),
            known: Arc::default(),
        }
    }

    /// Takes in what the index does not have yet.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn catch_up(self) -> Result<(), StoreError> {
        let asked = Instant::now();
        let mut known = self.known.lock().await;
        if known.looked.is_some_and(|it| asked <= it) {
            return Ok(());
        }
        let began = Instant::now();
        if known.listened.is_none_or(|it| LISTEN_EVERY <= it.elapsed()) {
            self.listen(&mut known).await?;
            known.listened = Some(began);
        }
        let sweeps = known.swept.is_none_or(|it| SWEEP_EVERY <= it.elapsed());
        let since = if sweeps {
            i64::MIN
        } else {
            known.latest - LATE
        };
        for kind in KINDS {
            let versions = self.store.record_versions(kind, Timestamp(since)).await?;
            if sweeps {
                self.forget_deleted(kind, &versions, &mut known).await;
            }
            let is_new =
                |it: &&RecordVersion| known.versions.get(&it.id).map(|it| it.1) != Some(it.version);
            let new: Vec<RecordVersion> = versions.iter().filter(is_new).copied().collect();
            self.take_in(kind, &new, &mut known).await?;
        }
        if sweeps {
            known.swept = Some(began);
        }
        known.looked = Some(began);
        Ok(())
    }

    async fn take_in(
        &self,
        kind: RecordKind,
        new: &[RecordVersion],
        known: &mut Known,
    ) -> Result<(), StoreError> {
        for some in new.chunks(READ_AT_ONCE) {
            let ids: Vec<RecordId> = some.iter().map(|it| it.id).collect();
            let records = self.store.records_of(kind, &ids).await?;
            for record in &records {
                known.versions.insert(record.id, (kind, record.version));
            }
            for it in some {
                known.latest = known.latest.max(it.at.0);
            }
            self.put(records, known.said.clone()).await;
        }
        Ok(())
    }

    /// Takes in anew the records of which people said something else than before.
    async fn listen(&self, known: &mut Known) -> Result<(), StoreError> {
        let said = Arc::new(self.store.said_of_records().await?);
        let before = &known.said;
        let of_either: BTreeSet<&RecordId> = before.keys().chain(said.keys()).collect();
        let differs = |it: &&RecordId| before.get(*it) != said.get(*it);
        let changed: Vec<RecordId> = of_either.into_iter().filter(differs).copied().collect();
        for kind in [RecordKind::Gap, RecordKind::Solution] {
            let of_kind = |it: &&RecordId| known.versions.get(*it).is_some_and(|it| it.0 == kind);
            let ids: Vec<RecordId> = changed.iter().filter(of_kind).copied().collect();
            for some in ids.chunks(READ_AT_ONCE) {
                let records = self.store.records_of(kind, some).await?;
                self.put(records, said.clone()).await;
            }
        }
        known.said = said;
        Ok(())
    }

    async fn forget_deleted(
        &self,
        kind: RecordKind,
        versions: &[RecordVersion],
        known: &mut Known,
    ) {
        let there: HashSet<RecordId> = versions.iter().map(|it| it.id).collect();
        let mut gone = Vec::new();
        known.versions.retain(|id, (of, _)| {
            let stays = *of != kind || there.contains(id);
            if !stays {
                gone.push(*id);
            }
            stays
        });
        let forget = |index: &mut Index, id: RecordId| {
            index.remove(id);
            index.remove_fit(id);
        };
        self.write(gone, forget).await;
    }

    /// Takes records in, with what people said of them.
    async fn put(&self, records: Vec<Record>, said: Arc<Said>) {
        let put = move |index: &mut Index, record: Record| {
            if let Some(document) = Document::of(&record) {
                let ways = said.get(&record.id).into_iter().flatten();
                index.put(&document.said(ways.cloned()));
            }
            if let Some(fit) = FitLink::of(&record) {
                index.put_fit(fit);
            }
        };
        self.write(records, put).await;
    }

    /// Changes the index on a thread that may take its time: a little at a time, so that questions
    /// come in between.
    async fn write<T: Send + 'static>(
        &self,
        news: Vec<T>,
        take: impl Fn(&mut Index, T) + Send + 'static,
    ) {
        let index = self.index.clone();
        let write = move || {
            let mut news = news.into_iter().peekable();
            while news.peek().is_some() {
                let mut index = index.write().unwrap_or_else(PoisonError::into_inner);
                for it in news.by_ref().take(TAKEN_AT_ONCE) {
                    take(&mut index, it);
                }
            }
        };
        // Called off is what a server does that ends.
        if let Err(error) = tokio::task::spawn_blocking(write).await
            && !error.is_cancelled()
        {
            tracing::error!(%error, "the index of suggestions could not be changed");
        }
    }

    /// The records that fit a question.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn suggest(&self, question: Question) -> Result<Found, StoreError> {
        let is_first = match self.known.try_lock() {
            Ok(known) => known.swept.is_none(),
            Err(_) => self.index(|it| it.is_empty()).await.unwrap_or(true),
        };
        let patience = if is_first { FIRST_PATIENCE } else { PATIENCE };
        // It goes on when nobody waits for it any longer.
        let news = tokio::spawn(self.clone().catch_up());
        match timeout(patience, news).await {
            Ok(Ok(done)) => done?,
            Ok(Err(error)) => tracing::error!(%error, "looking for changed records failed"),
            Err(_) if is_first => return Ok(Found::NotYet),
            Err(_) => {}
        }
        let found = self.index(move |it| it.suggest(&question)).await;
        Ok(Found::Suggestions(found.unwrap_or_default()))
    }

    /// The own words of records that answer a question; never those of nodes.
    pub async fn matched(&self, question: Question, records: Vec<Record>) -> Vec<Vec<String>> {
        let words = self.index(move |index| {
            let words = |it: &Record| match Document::of(it) {
                Some(document) => index.matched(&question, &document),
                None => Vec::new(),
            };
            records.iter().map(words).collect()
        });
        words.await.unwrap_or_default()
    }

    /// Reads the index on a thread that may take its time.
    async fn index<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Index) -> T + Send + 'static,
    ) -> Option<T> {
        let index = self.index.clone();
        let read = move || read(&index.read().unwrap_or_else(PoisonError::into_inner));
        match tokio::task::spawn_blocking(read).await {
            Ok(it) => Some(it),
            Err(error) => {
                tracing::error!(%error, "the index of suggestions could not be read");
                None
            }
        }
    }
}
