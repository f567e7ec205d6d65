//! One who appends to a map's log as a room does, without a room.

use bytes::Bytes;
use gapmap::base::id::{MapId, ParticipantId};
use gapmap::base::time::Timestamp;
use gapmap::mindmap::edit::without_trash;
use gapmap::mindmap::limits::Limits;
use gapmap::store::log::{Batch, LogRow, RowKind, StoredRow};
use gapmap::store::{By, EpochReason, Hold, Opened, Snapshot, Store, StoreError};
use gapmap::sync::replica::Replica;
use yrs::Doc;

use crate::live::scene::{new_map, new_session, stored};
use crate::pen;

/// When everything happens.
pub(crate) const NOW: Timestamp = Timestamp(1_795_426_200_000);

/// The owner of a map.
pub(crate) struct Scribe {
    store: Store,
    /// The map.
    pub(crate) map: MapId,
    /// Who writes.
    pub(crate) participant: ParticipantId,
    /// What it opened the map with; the head moves along.
    pub(crate) opened: Opened,
    /// The document so far.
    pub(crate) doc: Doc,
}

impl Scribe {
    /// The number by which it owns the map.
    pub(crate) fn fence(&self) -> i64 {
        match self.opened.hold {
            Hold::Own(fence) => fence,
            Hold::Follow(_) => panic!("no other server has the map"),
        }
    }

    /// Makes a map and takes it over.
    pub(crate) async fn new(store: &Store) -> Self {
        let by = By::command(NOW);
        let session = new_session(store, &by).await;
        let map = new_map(store, session, &by).await;
        Self::of(store, map).await
    }

    /// Takes a map over.
    pub(crate) async fn of(store: &Store, map: MapId) -> Self {
        Self {
            store: store.clone(),
            map,
            participant: ParticipantId::new(),
            opened: store.open_map(map).await.unwrap(),
            doc: stored(store, map).await,
        }
    }

    /// The row that this update is, behind the last one.
    pub(crate) fn row(&mut self, body: impl Into<Bytes>) -> StoredRow {
        let head = &mut self.opened.head;
        let row = LogRow {
            map: self.map,
            seq: head.seq + 1,
            epoch: self.opened.epoch,
            at: NOW,
            participant: Some(self.participant),
            kind: RowKind::Edit,
            body: body.into(),
        };
        let row = StoredRow::following(&head.hash, row);
        (head.seq, head.hash) = (row.row.seq, row.hash);
        row
    }

    /// So many new nodes, each a row, to be appended at once.
    pub(crate) fn batch(&mut self, n_rows: usize) -> Batch {
        let rows = (0..n_rows).map(|_| {
            let id = format!("n{}", self.opened.head.seq);
            let update = pen::add(&self.doc, &id, "Chain of custody");
            self.row(update)
        });
        Batch {
            rows: rows.collect(),
            fence: self.fence(),
            clients: Vec::new(),
            along: None,
        }
    }

    /// Appends so many new nodes.
    pub(crate) async fn writes(&mut self, n_rows: usize) -> Result<(), StoreError> {
        let batch = self.batch(n_rows);
        self.store.append(&[batch]).await
    }

    /// Begins a new history with the document as it stands.
    pub(crate) async fn purges(&mut self) -> Result<(), StoreError> {
        self.opened.epoch += 1;
        let document = without_trash(&self.doc);
        self.doc = pen::blank();
        pen::apply(&self.doc, &document);
        let mut genesis = self.row(document);
        genesis.row.kind = RowKind::Genesis;
        let genesis = StoredRow::following(&genesis.prev_hash, genesis.row);
        self.opened.head.hash = genesis.hash;
        let by = By::command(NOW);
        self.store
            .begin_epoch(&genesis, self.fence(), EpochReason::Purge, &by)
            .await
    }

    /// What the log makes up to this place.
    pub(crate) async fn snapshot_at(&self, seq: u64) -> Snapshot {
        let rows = self.store.log_after(self.map, 0, i64::MAX).await.unwrap();
        let rows = rows
            .iter()
            .filter(|it| it.row.seq <= seq && it.row.epoch == self.opened.epoch);
        let replica = Replica::load(rows.map(|it| &it.row.body[..]), &Limits::default());
        let replica = replica.expect("what was appended reads back");
        Snapshot {
            epoch: self.opened.epoch,
            seq,
            state_vector: replica.state_vector(),
            state: replica.state(),
        }
    }
}
