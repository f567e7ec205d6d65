//! The three works on an import: previewing it, carrying it out, taking it back.

use std::collections::HashMap;
use std::time::Duration;

use super::feed::{Batch, Input, batches, stored};
use crate::base::id::ImportId;
use crate::base::time::Clock;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::value::Value;
use crate::import::draft::Row;
use crate::import::mapping::Mapping;
use crate::import::rows::Source;
use crate::import::trouble::Rejection;
use crate::store::{
    By, Import, ImportState, NoteKind, PageRequest, Seen, Store, StoreError, Tally,
};

/// How many rows are judged together at most where nothing is written but what they would do.
const LOOKED: usize = 500;
/// How many are taken together: for as long as that lasts, nobody else writes.
const TAKEN: usize = 200;

/// What an import may cost.
#[derive(Clone, Copy, Debug)]
pub struct IntakeOptions {
    /// The most bytes of a file.
    pub max_bytes: u64,
    /// The most rows of a file.
    pub max_rows: i64,
    /// How long others have the database to themselves after each batch: SQLite has one writer, and
    /// one in another process has no place in a queue.
    pub pause: Duration,
}

impl Default for IntakeOptions {
    fn default() -> Self {
        Self {
            max_bytes: 200 << 20,
            max_rows: 1_000_000,
            pause: Duration::from_millis(2),
        }
    }
}

/// Works on imports.
#[derive(Clone, Debug)]
pub struct Intake {
    store: Store,
    clock: Clock,
    /// What an import may cost.
    pub options: IntakeOptions,
}

/// How a work ended.
enum End {
    Done,
    Stopped,
    Refused(String),
}

impl Intake {
    /// One over this database.
    pub fn new(store: Store, clock: Clock, options: IntakeOptions) -> Self {
        Self {
            store,
            clock,
            options,
        }
    }

    /// What made an import's file, as it was said.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] when it was not said.
    pub fn source(import: &Import) -> Result<Source, StoreError> {
        let mapping = match import.mapping.is_empty() {
            true => None,
            false => Some(Mapping::from_json(&import.mapping)?),
        };
        Ok(Source::named(&import.source, mapping)?)
    }

    /// Begins a work and goes on with it in a task; the import says where it stands.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`], [`StoreError::Taken`] when it does not stand where this begins.
    pub async fn begin(&self, id: ImportId, to: ImportState, by: By) -> Result<(), StoreError> {
        let import = self.store.import(id, by.at).await?;
        if to != ImportState::Undoing {
            Self::source(&import)?;
            if import.n_parts == 0 {
                let words = "the import's file is not here any more".to_owned();
                return Err(StoreError::Taken(words));
            }
        }
        self.store.begin_import(id, to, &by).await?;
        let this = self.clone();
        tokio::spawn(async move {
            let done = match to {
                ImportState::Undoing => this.undo(id, by).await,
                _ => {
                    let input = stored(this.store.clone(), id);
                    this.read(id, to, input, by).await
                }
            };
            if let Err(error) = done {
                tracing::error!(import = %id, cause = %error, "an import failed");
            }
        });
        Ok(())
    }

    fn now(&self, by: By) -> By {
        let at = self.clock.now();
        By { at, ..by }
    }

    /// Previews or carries out an import that was begun, from this input, to its end.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`]; what was taken until then stands and is remembered.
    pub async fn read(
        &self,
        id: ImportId,
        to: ImportState,
        input: impl FnOnce() -> Input + Send + 'static,
        by: By,
    ) -> Result<Import, StoreError> {
        let takes = to == ImportState::Applying;
        let end = self.feed(id, takes, input, by).await;
        let by = self.now(by);
        let (state, problem) = match &end {
            Ok(End::Done) if takes => (ImportState::Applied, String::new()),
            Ok(End::Done) => (ImportState::Ready, String::new()),
            Ok(End::Stopped) if takes => (ImportState::Stopped, String::new()),
            Ok(End::Stopped) => (ImportState::Uploaded, String::new()),
            Ok(End::Refused(words)) if takes => (ImportState::Stopped, words.clone()),
            Ok(End::Refused(words)) => (ImportState::Failed, words.clone()),
            Err(_) if takes => (
                ImportState::Stopped,
                "the database did not answer".to_owned(),
            ),
            Err(_) => (
                ImportState::Uploaded,
                "the database did not answer".to_owned(),
            ),
        };
        self.store.end_import(id, state, &problem, &by).await?;
        end?;
        self.store.import(id, by.at).await
    }

    async fn feed(
        &self,
        id: ImportId,
        takes: bool,
        input: impl FnOnce() -> Input + Send + 'static,
        by: By,
    ) -> Result<End, StoreError> {
        let mut import = self.store.import(id, by.at).await?;
        import.tally = Tally::default();
        let groups = self.groups().await?;
        let mut seen = Seen::default();
        let of = if takes { TAKEN } else { LOOKED };
        let mut batches = batches(Self::source(&import)?, input, of);
        while let Some(batch) = batches.recv().await {
            let batch = match batch {
                Ok(batch) => batch,
                Err(refused) => return Ok(End::Refused(refused.to_string())),
            };
            let (rows, notes, mut counts) = sort(batch, &groups, &mut seen);
            let by = self.now(by);
            let store = &self.store;
            let goes_on = match takes {
                true => {
                    let done =
                        store.take_import(&import, &rows, notes, &mut counts, &mut seen, &by);
                    done.await?
                }
                false => {
                    let (rows, counts) = (&rows, &mut counts);
                    let done = store.preview_import(&import, rows, notes, counts, &mut seen, &by);
                    done.await?
                }
            };
            import.tally.add(counts);
            if !goes_on {
                return Ok(End::Stopped);
            }
            if self.options.max_rows < import.tally.read {
                let words = format!("the file has more than {} rows", self.options.max_rows);
                return Ok(End::Refused(words));
            }
            if takes {
                tokio::time::sleep(self.options.pause).await;
            }
        }
        Ok(End::Done)
    }

    /// Takes an import back that was begun, to its end.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`]; the rest can be taken back later.
    pub async fn undo(&self, id: ImportId, by: By) -> Result<Import, StoreError> {
        let end = loop {
            match self.store.undo_import_some(id, &self.now(by)).await {
                Ok((0, _)) => break Ok(ImportState::Undone),
                Ok((_, true)) => tokio::time::sleep(self.options.pause).await,
                Ok((_, false)) => break Ok(ImportState::Stopped),
                Err(error) => break Err(error),
            }
        };
        let by = self.now(by);
        let state = *end.as_ref().unwrap_or(&ImportState::Stopped);
        self.store.end_import(id, state, "", &by).await?;
        end?;
        self.store.import(id, by.at).await
    }

    /// The groups by their names.
    async fn groups(&self) -> Result<HashMap<String, String>, StoreError> {
        let page = PageRequest::new(Some(500), None, None)?;
        let groups = self.store.groups(&page).await?.items.into_iter();
        Ok(groups
            .map(|it| (it.name.to_lowercase(), it.id.to_string()))
            .collect())
    }
}

type Sorted = (Vec<Row>, Vec<(NoteKind, Rejection)>, Tally);

/// Tells the rows of a batch that can be judged from those that cannot, and puts groups by their
/// ids.
fn sort(batch: Batch, groups: &HashMap<String, String>, seen: &mut Seen) -> Sorted {
    let mut counts = Tally {
        read: i64::try_from(batch.rows.len() + batch.rejected.len()).unwrap_or(0) + batch.idle,
        same: batch.idle,
        ..Tally::default()
    };
    let rejected = batch.rejected.into_iter();
    let mut notes: Vec<_> = rejected.map(|it| (NoteKind::Rejected, it)).collect();
    let mut rows = Vec::with_capacity(batch.rows.len());
    for mut row in batch.rows {
        if let Some(line) = seen.line_like(&row) {
            let words = format!("names the same as line {line}");
            notes.push((NoteKind::Rejected, Rejection::new(row.line, "", words)));
            continue;
        }
        if row.kind == RecordKind::Gap {
            let unknown = put_groups(&mut row, groups);
            counts.notes += i64::try_from(unknown.len()).unwrap_or(0);
            notes.extend(unknown.into_iter().map(|it| (NoteKind::Remark, it)));
        }
        rows.push(row);
    }
    let rejected = notes.iter().filter(|it| it.0 == NoteKind::Rejected);
    counts.rejected = i64::try_from(rejected.count()).unwrap_or(0);
    (rows, notes, counts)
}

fn put_groups(row: &mut Row, groups: &HashMap<String, String>) -> Vec<Rejection> {
    let mut unknown = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    for name in std::mem::take(&mut row.groups) {
        match groups.get(&name.to_lowercase()) {
            Some(id) if ids.contains(id) => {}
            Some(id) => ids.push(id.clone()),
            None => {
                let words = format!("names {name:?}, a group that is not there: left out");
                unknown.push(Rejection::new(row.line, "groups", words));
            }
        }
    }
    if !ids.is_empty() {
        row.said.insert("groups", Value::List(ids));
    }
    unknown
}
