//! `gapmap rebuild`: writes the tables of nodes and links anew from the maps' documents, or proves
//! that they say the same.

use anyhow::{Context, bail};

use super::say::say;
use crate::base::id::MapId;
use crate::hub::{ReadingError, read_into_tables, read_map};
use crate::mindmap::limits::Limits;
use crate::store::{Mode, Reading, Store, StoreError};

/// Rebuilds one map's rows, or all; with `check`, only compares.
pub(super) async fn rebuild(database: &str, map: Option<MapId>, check: bool) -> anyhow::Result<()> {
    let store = Store::open(database, Mode::Existing).await?;
    let maps = match map {
        Some(map) => vec![store.map(map).await?.id],
        None => store.all_maps().await?,
    };
    let limits = Limits::default();
    let (mut nodes, mut mentions) = (0, 0);
    for map in &maps {
        if !check {
            let rebuilt = write(&store, *map, &limits).await;
            rebuilt.with_context(|| format!("map {map}"))?;
        }
        let told = compare(&store, *map, &limits).await;
        let told = told.with_context(|| format!("map {map}"))?;
        nodes += told.nodes.len();
        mentions += told.mentions.len();
    }
    say!(
        "{} maps, {nodes} nodes, {mentions} links: the tables say what the documents say",
        maps.len()
    )?;
    store.close().await;
    Ok(())
}

/// Writes a map's rows anew. One that a server has read meanwhile is read again.
async fn write(store: &Store, map: MapId, limits: &Limits) -> anyhow::Result<()> {
    for _ in 0..10 {
        match read_into_tables(store, map, limits).await {
            Err(ReadingError::Store(StoreError::Stale)) => {}
            other => return Ok(other.map(drop)?),
        }
    }
    bail!("somebody writes in it all the time: try again later");
}

/// What both say of a map; it is an error where they do not say the same. A map in which somebody
/// writes meanwhile is looked at again.
async fn compare(store: &Store, map: MapId, limits: &Limits) -> anyhow::Result<Reading> {
    for _ in 0..10 {
        let told = store.reading(map).await?;
        let is = read_map(store, map, limits).await?;
        let head = store.head(map).await?;
        let Some(told) = told else {
            bail!("it is in no table yet");
        };
        if told.seq < is.seq || is.seq < head.seq {
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            continue;
        }
        if let Some((node, _)) = differing(&told.nodes, &is.nodes) {
            bail!("the tables do not say of node {node} what its document says");
        }
        if let Some(((node, target), _)) = differing(&told.mentions, &is.mentions) {
            bail!(
                "the tables do not say of the link of node {node} to {target} what its document says"
            );
        }
        return Ok(is);
    }
    bail!("the tables are behind the log");
}

/// Something that is in one of the two and not the same in the other.
fn differing<'a, K: Ord, V: PartialEq>(
    one: &'a std::collections::BTreeMap<K, V>,
    other: &'a std::collections::BTreeMap<K, V>,
) -> Option<(&'a K, &'a V)> {
    let not_in =
        |it: &(&K, &V), there: &std::collections::BTreeMap<K, V>| there.get(it.0) != Some(it.1);
    let first = one.iter().find(|it| not_in(it, other));
    first.or_else(|| other.iter().find(|it| not_in(it, one)))
}
