//! A map as it was, and who wrote what in it: read from its log, without its room.

use std::sync::LazyLock;

use super::document::read_document_at;
use super::error::HubError;
use super::request::{NotWritten, Writing, Written};
use super::rooms::Hub;
use crate::base::id::{MapId, ParticipantId};
use crate::base::invalid::Invalid;
use crate::base::turns::{Asker, Turns};
use crate::mindmap;
use crate::mindmap::edit::{Operation, PastBranch};
use crate::mindmap::limits::Limits;
use crate::mindmap::tree::Tree;
use crate::store::log::LogRow;
use crate::store::{Store, StoreError};
use crate::sync::authors::Authors;
use crate::sync::backlog::Backlog;
use crate::sync::replica::Unreadable;
use crate::sync::rewind::Deeds;
use crate::sync::room::Right;

/// Maps that are read as they were, at a time: each holds a log and a document.
static TURNS: LazyLock<Turns> = LazyLock::new(|| Turns::new(2));

/// Rows of the log that are read at a time.
const PAGE: i64 = 1000;

impl Hub {
    /// Tells something of two trees of a map: as it was after one update of its present history, and
    /// after another. Both are read in one turn, so that nobody waits with one of them in hand.
    ///
    /// # Errors
    ///
    /// [`HubError`]; inside, [`Invalid`] on `from` or `to` when that history has no such update.
    pub async fn compare<T: Send + 'static>(
        &self,
        map: MapId,
        (from, to): (u64, u64),
        asker: Option<Asker>,
        tell: impl FnOnce(&Tree, &Tree) -> T + Send + 'static,
    ) -> Result<Result<T, Invalid>, HubError> {
        let store = &self.shared().store;
        let epoch = epoch_of(store, map).await?;
        let turn = TURNS.take(asker).await?;
        let mut backlogs = Vec::new();
        for (field, seq) in [("from", from), ("to", to)] {
            match backlog_at(store, map, epoch, (field, seq)).await? {
                Ok(backlog) => backlogs.push(backlog),
                Err(refused) => return Ok(Err(refused)),
            }
        }
        let telling = turn.run(move || {
            let read = |backlog: Backlog| {
                let then = backlog.build(&Limits::default())?;
                Ok::<_, Unreadable>(mindmap::tree::read(then.doc()))
            };
            let trees: Result<Vec<Tree>, _> = backlogs.into_iter().map(read).collect();
            trees.map(|it| tell(&it[0], &it[1]))
        });
        let told = telling.await.map_err(|it| failed(map, &it))?;
        told.map(Ok).map_err(|it| failed(map, &it))
    }

    /// Brings a branch of a map back as it was after an update, as a new edit.
    ///
    /// # Errors
    ///
    /// As [`Hub::write`]; [`HubError::WrongEpoch`] when the map has begun another history meanwhile.
    pub async fn restore(
        &self,
        map: MapId,
        (by, asker): (ParticipantId, Asker),
        seq: u64,
        node: String,
    ) -> Result<Result<Written, NotWritten>, HubError> {
        let store = &self.shared().store;
        let epoch = epoch_of(store, map).await?;
        let turn = TURNS.take(Some(asker)).await?;
        let backlog = match backlog_at(store, map, epoch, ("seq", seq)).await? {
            Ok(backlog) => backlog,
            Err(refused) => return Ok(Err(refused.into())),
        };
        // May be a long replay, so not among the requests.
        let reading = turn.run(move || {
            let then = backlog.build(&Limits::default());
            then.map(|then| PastBranch::of(then.doc(), &node))
        });
        let read = reading.await.map_err(|it| failed(map, &it))?;
        match read.map_err(|it| failed(map, &it))? {
            Ok(branch) => {
                let operation = Operation::Restore(branch);
                self.write_of(map, by, epoch, operation).await
            }
            Err(refused) => Ok(Err(refused.into())),
        }
    }

    /// Reads who wrote what in a map's present history, up to the end of its log.
    ///
    /// # Errors
    ///
    /// [`HubError`].
    pub async fn authors<T>(
        &self,
        map: MapId,
        read: impl FnOnce(&Authors) -> T,
    ) -> Result<T, HubError> {
        let shared = self.shared();
        let known = shared.authors.of(map);
        let mut known = known.lock().await;
        let authors = bring_up(&shared.store, map, known.take()).await?;
        Ok(read(&known.insert(authors).1))
    }

    /// Takes back what a participant did in a map, as far as nobody has changed it since.
    ///
    /// # Errors
    ///
    /// As [`Hub::restore`].
    pub async fn take_back(
        &self,
        map: MapId,
        (by, asker): (ParticipantId, Asker),
        participant: ParticipantId,
    ) -> Result<Result<Written, NotWritten>, HubError> {
        let store = &self.shared().store;
        let epoch = epoch_of(store, map).await?;
        let turn = TURNS.take(Some(asker)).await?;
        let deeds = Deeds::of(participant);
        let deeds = through(store, map, epoch, 0, deeds, |deeds, row| {
            deeds.extend(row.participant, &row.body)
        });
        let what = deeds.await?.take_back();
        drop(turn);
        let operation = Operation::TakeBack(what);
        self.write_of(map, by, epoch, operation).await
    }

    /// Writes what was made of a map's past, unless the map has begun another history since.
    async fn write_of(
        &self,
        map: MapId,
        by: ParticipantId,
        epoch: u64,
        operation: Operation,
    ) -> Result<Result<Written, NotWritten>, HubError> {
        let what = Writing {
            by,
            right: Right::Lead,
            epoch: Some(epoch),
            along: None,
            operation,
        };
        self.have_written(map, what).await
    }
}

/// What a map was made of after an update of this history; [`Invalid`] on `field` where that has no
/// such update.
async fn backlog_at(
    store: &Store,
    map: MapId,
    epoch: u64,
    (field, seq): (&'static str, u64),
) -> Result<Result<Backlog, Invalid>, HubError> {
    let found = read_document_at(store, map, epoch, seq).await;
    let found = found.map_err(|it| failed(map, &it))?;
    let found = found.filter(|it| it.seq == seq);
    let reason = "must be an update since the map was last purged";
    Ok(found.map_or_else(
        || Err(Invalid::new(field, reason)),
        |it| Ok(it.stored.backlog),
    ))
}

/// Takes in what came since.
async fn bring_up(
    store: &Store,
    map: MapId,
    known: Option<(u64, Authors)>,
) -> Result<(u64, Authors), HubError> {
    let epoch = epoch_of(store, map).await?;
    let known = known.filter(|it| it.0 == epoch);
    let authors = known.map(|it| it.1).unwrap_or_default();
    let seq = authors.seq();
    let authors = through(store, map, epoch, seq, authors, |authors, row| {
        authors.extend(row.seq, row.at, row.participant, &row.body)
    });
    Ok((epoch, authors.await?))
}

/// Goes through the rows of one epoch after a place, to the end of the log: page by page, since a long
/// log may be larger than memory, and not among the requests.
async fn through<T: Send + 'static, E: std::error::Error + Send + 'static>(
    store: &Store,
    map: MapId,
    epoch: u64,
    mut seq: u64,
    mut reader: T,
    read: fn(&mut T, &LogRow) -> Result<(), E>,
) -> Result<T, HubError> {
    loop {
        let rows = store.log_after(map, seq, PAGE).await;
        let rows = rows.map_err(|it| failed(map, &it))?;
        let Some(last) = rows.last() else {
            return Ok(reader);
        };
        seq = last.row.seq;
        let reading = tokio::task::spawn_blocking(move || {
            let mut rows = rows.iter().filter(|it| it.row.epoch == epoch);
            rows.try_for_each(|it| read(&mut reader, &it.row))?;
            Ok::<_, E>(reader)
        });
        let done = reading.await.map_err(|it| failed(map, &it))?;
        reader = done.map_err(|it| failed(map, &it))?;
    }
}

async fn epoch_of(store: &Store, map: MapId) -> Result<u64, HubError> {
    match store.map(map).await {
        Ok(map) => Ok(map.epoch),
        Err(StoreError::NotFound(_)) => Err(HubError::NotFound),
        Err(error) => Err(failed(map, &error)),
    }
}

fn failed(map: MapId, error: &dyn std::error::Error) -> HubError {
    tracing::error!(%map, %error, "the log cannot be read");
    HubError::Unavailable
}
