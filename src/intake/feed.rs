//! Where the rows come from: a thread of its own reads and parses, and waits while nobody wants
//! more.

use std::io::Read;
use std::path::PathBuf;

use tokio::sync::mpsc;

use crate::base::id::ImportId;
use crate::import::draft::Row;
use crate::import::rows::{Rows, Source};
use crate::import::trouble::{FileRefused, Rejection, Trouble};
use crate::store::Store;

/// How many batches and pieces of the file wait at most.
const WAITING: usize = 2;

/// Rows of one kind, one after another, and what was wrong between them.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) rows: Vec<Row>,
    pub(super) rejected: Vec<Rejection>,
    /// Lines that say nothing of a record.
    pub(super) idle: i64,
}

impl Batch {
    fn len(&self) -> usize {
        self.rows.len() + self.rejected.len()
    }

    fn is_full(&self, of: usize) -> bool {
        of <= self.len() || 1000 <= self.idle
    }
}

pub(super) type Batches = mpsc::Receiver<Result<Batch, FileRefused>>;

/// Reads rows off a blocking reader, `of` so many together at most.
pub(super) fn batches(
    source: Source,
    open: impl FnOnce() -> Input + Send + 'static,
    of: usize,
) -> Batches {
    let (to, batches) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let done = open().map_err(FileRefused::from).and_then(|input| {
            let rows = Rows::open(&source, input)?;
            send(rows, &to, of)
        });
        if let Err(refused) = done {
            let _ = to.blocking_send(Err(refused));
        }
    });
    batches
}

/// What a file is read from.
pub type Input = std::io::Result<Box<dyn Read + Send>>;

fn send(
    rows: impl Iterator<Item = Result<Option<Row>, Trouble>>,
    to: &mpsc::Sender<Result<Batch, FileRefused>>,
    of: usize,
) -> Result<(), FileRefused> {
    let mut batch = Batch::default();
    for row in rows {
        match row {
            Ok(Some(row)) => batch.rows.push(row),
            Ok(None) => batch.idle += 1,
            Err(Trouble::Row(rejection)) => batch.rejected.push(rejection),
            Err(Trouble::File(refused)) => return Err(refused),
        }
        if batch.is_full(of) && to.blocking_send(Ok(std::mem::take(&mut batch))).is_err() {
            return Ok(());
        }
    }
    let _ = to.blocking_send(Ok(batch));
    Ok(())
}

/// A file that lies in the database.
pub(super) fn stored(store: Store, import: ImportId) -> impl FnOnce() -> Input + Send + 'static {
    let (to, pieces) = mpsc::channel(WAITING);
    tokio::spawn(async move {
        for place in 0.. {
            let piece = match store.import_part(import, place).await {
                Ok(Some(piece)) => Ok(piece),
                Ok(None) => return,
                Err(error) => Err(std::io::Error::other(error)),
            };
            let failed = piece.is_err();
            if to.send(piece).await.is_err() || failed {
                return;
            }
        }
    });
    move || {
        let none = std::io::Cursor::new(Vec::new());
        Ok(Box::new(Pieces { pieces, now: none }))
    }
}

/// A file on this machine's disk.
pub fn read_file(path: PathBuf) -> impl FnOnce() -> Input + Send + 'static {
    move || Ok(Box::new(std::fs::File::open(path)?))
}

struct Pieces {
    pieces: mpsc::Receiver<std::io::Result<Vec<u8>>>,
    now: std::io::Cursor<Vec<u8>>,
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let n = self.now.read(into)?;
            if 0 < n || into.is_empty() {
                return Ok(n);
            }
            match self.pieces.blocking_recv() {
                Some(piece) => self.now = std::io::Cursor::new(piece?),
                None => return Ok(0),
            }
        }
    }
}
