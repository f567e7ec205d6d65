//! A map as a file, read from what is stored: without its room, so that who exports takes nothing
//! from those who write, and so that it works beside a running server.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::document::read_document;
use super::typesetter::{TypesetError, Typesetter};
use crate::base::id::MapId;
use crate::base::time::Timestamp;
use crate::base::tlp::Tlp;
use crate::base::turns::{Asker, Turns};
use crate::catalogue::handle::Target;
use crate::export::{About, Card, FileType, Format, Parts, Sheet, file_name};
use crate::mindmap::limits::Limits;
use crate::mindmap::tree::{self, Tree};
use crate::store::{CardFacts, Store, StoreError};

/// Exports at a time. Each holds a map several times over; more at once would be no faster.
static TURNS: LazyLock<Turns> = LazyLock::new(|| Turns::new(2));

/// A map or a report as a file.
#[derive(Clone, Debug)]
pub struct Exported {
    /// What the file is called.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// To how many hundredths of its size it was scaled down; none where it was not.
    pub shrunk: Option<f64>,
}

/// For whom a map is written.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// Of records with a stricter label they are told the number and no more.
    pub most: Tlp,
    /// Whose turn it takes; a command's takes nobody's.
    pub asker: Option<Asker>,
}

/// Why something was not written as a file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be set.
    #[error(transparent)]
    Typeset(#[from] TypesetError),
}

/// Writes a map, or a branch of it, as a file.
///
/// # Errors
///
/// [`StoreError::NotFound`] when there is no such map, [`StoreError::Invalid`] on `branch` when it
/// has no such node; [`TypesetError`] where the typesetter makes the file and does not.
pub async fn export(
    store: &Store,
    typesetter: &Typesetter,
    map: MapId,
    format: Format,
    parts: Parts,
    reader: Reader,
    at: Timestamp,
) -> Result<Exported, ExportError> {
    let writing = write(store, map, format, parts, reader, at);
    finished(typesetter, format.file_type(), reader.asker, writing).await
}

/// Carries out what writes a file; where the typesetter makes that kind of file, has it make one of
/// what was written, once it is its turn.
pub(super) async fn finished(
    typesetter: &Typesetter,
    kind: FileType,
    asker: Option<Asker>,
    writing: impl Future<Output = Result<Exported, StoreError>>,
) -> Result<Exported, ExportError> {
    let Some(what) = kind.typeset else {
        return Ok(writing.await?);
    };
    let turn = typesetter.turn(asker).await?;
    let mut file = writing.await?;
    file.bytes = turn.set(what, file.bytes).await?;
    Ok(file)
}

/// What a format's writer makes of a map.
async fn write(
    store: &Store,
    map: MapId,
    format: Format,
    parts: Parts,
    reader: Reader,
    at: Timestamp,
) -> Result<Exported, StoreError> {
    let turn = TURNS.take(reader.asker).await?;
    let record = store.map(map).await?;
    let session = store.session(record.session).await?;
    let tree = read(store, map, record.epoch).await?;
    let about = About {
        title: record.title,
        session: session.title,
        tlp: session.tlp,
        at,
        votes: store.tallies(map).await?,
        cards: cards(store, &tree, reader.most).await?,
    };
    let writing = turn.run(move || {
        let sheet = Sheet::of(tree, &about, parts)?;
        Ok(Exported {
            name: file_name(&sheet, format),
            media_type: format.file_type().media_type,
            bytes: format.write(&sheet),
            shrunk: format.shrunk(&sheet),
        })
    });
    writing.await.map_err(|it| failed(&it))?
}

/// A map's tree as it is committed.
async fn read(store: &Store, map: MapId, epoch: u64) -> Result<Tree, StoreError> {
    let backlog = read_document(store, map, epoch).await?.stored.backlog;
    let reading = tokio::task::spawn_blocking(move || {
        let now = backlog.build(&Limits::default());
        now.map(|now| tree::read(now.doc()))
    });
    let read = reading.await.map_err(|it| failed(&it))?;
    read.map_err(|it| failed(&it))
}

/// What the records are called that a map links.
async fn cards(store: &Store, tree: &Tree, most: Tlp) -> Result<HashMap<String, Card>, StoreError> {
    let links = tree.nodes.iter().flat_map(|it| &it.links);
    let targets: BTreeSet<Target> = links.filter_map(|(it, _)| it.parse().ok()).collect();
    let facts = store.card_facts(&targets).await?.into_iter();
    let card = |(target, it): (Target, CardFacts)| {
        let card = Card {
            handle: target.kind.number(it.number),
            title: if it.tlp <= most {
                it.title
            } else {
                String::new()
            },
            // The file's label would tell, too.
            tlp: it.tlp.min(most),
        };
        (target.to_string(), card)
    };
    Ok(facts.map(card).collect())
}

pub(super) fn failed(error: &dyn std::error::Error) -> StoreError {
    StoreError::Corrupt(format!("this cannot be written as a file: {error}"))
}
