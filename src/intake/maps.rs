//! Maps from other programs: read away from the runtime's threads, and made maps of ours.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, LazyLock};

use crate::base::id::{ParticipantId, SessionId};
use crate::base::invalid::Invalid;
use crate::base::turns::{Asker, Turns};
use crate::catalogue::handle::Target;
use crate::import::maps::{Loss, MapFile, MapFormat, NotKept, PLACES, place, read};
use crate::import::trouble::FileRefused;
use crate::mindmap::edit::brought_document;
use crate::mindmap::limits::Limits;
use crate::mindmap::schema::Mark;
use crate::store::{By, Store, StoreError};
use crate::workshop::map::{Map, MapTitle};

/// Files read at a time. Each is in memory several times over; more at once would be no faster.
static TURNS: LazyLock<Turns> = LazyLock::new(|| Turns::new(2));

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// What is in it.
    #[error(transparent)]
    File(#[from] FileRefused),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads a file. Links to records that are not in this catalogue are not kept.
///
/// # Errors
///
/// [`NotTaken`].
pub async fn read_map(
    store: &Store,
    bytes: impl AsRef<[u8]> + Send + 'static,
    name: &str,
    format: Option<MapFormat>,
    asker: Option<Asker>,
) -> Result<MapFile, NotTaken> {
    let name = name.to_owned();
    let turn = TURNS.take(asker).await.map_err(StoreError::from)?;
    let reading = turn.run(move || read(bytes.as_ref(), &name, format));
    let read = reading.await.map_err(|error| {
        tracing::error!(%error, "a map could not be read");
        FileRefused::new("the file cannot be read")
    })?;
    let mut file = read?;
    drop_unknown_links(store, &mut file).await?;
    Ok(file)
}

async fn drop_unknown_links(store: &Store, file: &mut MapFile) -> Result<(), StoreError> {
    let links = file.brought.links();
    let targets: BTreeSet<Target> = links.filter_map(|it| it.parse().ok()).collect();
    if targets.is_empty() {
        return Ok(());
    }
    let facts = store.card_facts(&targets).await?;
    let known: HashSet<String> = facts.keys().map(Target::to_string).collect();
    let (mut count, mut places) = (0, Vec::new());
    for node in &mut file.brought.nodes {
        let n_before = node.links.len();
        node.links.retain(|(target, _)| known.contains(target));
        let n_gone = n_before - node.links.len();
        count += n_gone;
        if 0 < n_gone && places.len() < PLACES {
            places.push(place(&node.text));
        }
    }
    if 0 < count {
        file.not_kept.push(NotKept {
            what: Loss::Links,
            count,
            places,
        });
    }
    Ok(())
}

/// Makes a map of a file, in somebody's name; called as the file is unless `title` says otherwise.
///
/// # Errors
///
/// [`StoreError::Invalid`] on the title or on the file's size, [`StoreError::NotFound`] when there
/// is no such session.
pub async fn make_map(
    store: &Store,
    session: SessionId,
    title: Option<&str>,
    file: MapFile,
    (by, maker): (&By, ParticipantId),
) -> Result<Map, StoreError> {
    let short: String = file.title.chars().take(200).collect();
    let title = MapTitle::try_from(title.unwrap_or(&short))?;
    let mark = Mark {
        at: by.at,
        by: Arc::from(maker.to_string()),
    };
    let words = title.as_str().to_owned();
    let writing =
        tokio::task::spawn_blocking(move || brought_document(&words, file.brought, &mark));
    let document = writing
        .await
        .map_err(|it| StoreError::Corrupt(format!("a map cannot be written: {it}")))?;
    if Limits::default().encoded_bytes < document.len() {
        return Err(Invalid::new("file", "would make a map that is too large").into());
    }
    store.create_map(session, &title, document, by).await
}
