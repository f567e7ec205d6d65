//! A map's nodes and links, as its document has them and as the tables do.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{AnyConnection, Row};

use super::rows::{self, MentionRow, NodeRow, mention_cells, node_cells};
use crate::base::id::MapId;
use crate::catalogue::handle::Target;
use crate::store::columns::id;
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::search::{self, Entry};
use crate::store::statement::{Statement, insert};

/// Rows that one transaction writes at most: edits wait for no more than these.
const AT_ONCE: usize = 200;

/// All nodes and links of a map, at one place of its log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The map's history.
    pub epoch: u64,
    /// The last update that is in it.
    pub seq: u64,
    /// The nodes by their ids.
    pub nodes: BTreeMap<String, NodeRow>,
    /// The links by node and target.
    pub mentions: BTreeMap<(String, String), MentionRow>,
}

impl Store {
    /// What the tables say of a map; `None` where it was never read.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn reading(&self, map: MapId) -> Result<Option<Reading>, StoreError> {
        let mut on = self.read.acquire().await?;
        let mut statement = Statement::new("SELECT epoch, seq FROM map_read WHERE map = ");
        statement.arg(map.to_string());
        let found = statement.fetch(&mut on).await?;
        let Some(row) = found.first() else {
            return Ok(None);
        };
        let epoch: i64 = row.try_get("epoch")?;
        let seq: i64 = row.try_get("seq")?;
        Ok(Some(Reading {
            epoch: epoch.cast_unsigned(),
            seq: seq.cast_unsigned(),
            ..stored(&mut on, map).await?
        }))
    }

    /// Puts what a map's document says into the tables, in steps that keep nobody waiting for long;
    /// whether other records are linked now than before.
    ///
    /// # Errors
    ///
    /// [`StoreError::Stale`] when the map began another history meanwhile, or the tables say something
    /// newer by now.
    pub async fn write_reading(&self, map: MapId, reading: &Reading) -> Result<bool, StoreError> {
        let mut on = self.read.acquire().await?;
        let before = stored(&mut on, map).await?;
        drop(on);
        let nodes = Differences::between(&before.nodes, &reading.nodes);
        for gone in nodes.gone.chunks(AT_ONCE) {
            self.step(map, reading, async |on| {
                rows::delete_nodes(on, map, gone).await?;
                search::delete_nodes(on, map, gone).await
            })
            .await?;
        }
        for some in nodes.changed.chunks(AT_ONCE) {
            self.step(map, reading, async |on| write_nodes(on, map, some).await)
                .await?;
        }
        let mentions = Differences::between(&before.mentions, &reading.mentions);
        for gone in mentions.gone.chunks(AT_ONCE) {
            self.step(map, reading, async |on| {
                rows::delete_mentions(on, map, gone).await
            })
            .await?;
        }
        for some in mentions.changed.chunks(AT_ONCE) {
            self.step(map, reading, async |on| write_mentions(on, map, some).await)
                .await?;
        }
        self.step(map, reading, async |on| settle(on, map, reading).await)
            .await?;
        Ok(before.linked() != reading.linked())
    }

    /// One transaction of several, none of which is done once the map has another history, since what a
    /// purge took out must not come back; nor once the tables say something newer, which another
    /// process has read.
    async fn step(
        &self,
        map: MapId,
        reading: &Reading,
        act: impl AsyncFnOnce(&mut AnyConnection) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        // Holds the row, so that no purge comes in between.
        let mut statement = Statement::new("UPDATE map SET epoch = epoch WHERE id = ");
        statement.arg(map.to_string()).sql(" AND epoch = ");
        statement.arg(reading.epoch.cast_signed()).sql(
            " AND NOT EXISTS (SELECT 1 FROM map_read AS r
                 WHERE r.map = map.id AND r.epoch = map.epoch AND r.seq > ",
        );
        statement.arg(reading.seq.cast_signed()).sql(")");
        if statement.execute(&mut tx).await? == 0 {
            return Err(StoreError::Stale);
        }
        act(&mut tx).await?;
        Ok(tx.commit().await?)
    }

    /// The maps whose logs go further than what the tables say of them.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn maps_behind(&self) -> Result<Vec<MapId>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT map.id FROM map LEFT JOIN map_read ON map_read.map = map.id
             WHERE COALESCE(map_read.seq, 0) <
                 (SELECT MAX(seq) FROM update_log WHERE update_log.map = map.id)
             ORDER BY map.id DESC",
        )
        .fetch_all(&self.read)
        .await?;
        rows.iter().map(|(map,)| id(map)).collect()
    }

    /// What records became, by the targets that were asked about; those that were not merged, and
    /// those that are not there, lead to themselves.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn what_became(
        &self,
        targets: &BTreeSet<String>,
    ) -> Result<BTreeMap<String, String>, StoreError> {
        let mut on = self.read.acquire().await?;
        what_became(&mut on, targets).await
    }
}

impl Reading {
    /// The records that live nodes are linked to.
    pub fn linked(&self) -> BTreeSet<&str> {
        let live = self.mentions.values().filter(|it| it.is_live);
        live.map(|it| it.target.as_str()).collect()
    }
}

/// What differs between two states of a table.
struct Differences<'a, K, V> {
    gone: Vec<K>,
    changed: Vec<&'a V>,
}

impl<'a, K: Ord + Clone, V: PartialEq> Differences<'a, K, V> {
    fn between(before: &BTreeMap<K, V>, after: &'a BTreeMap<K, V>) -> Self {
        let gone = before.keys().filter(|it| !after.contains_key(it));
        let changed = after
            .iter()
            .filter(|(key, value)| before.get(key) != Some(value));
        Self {
            gone: gone.cloned().collect(),
            changed: changed.map(|(_, value)| value).collect(),
        }
    }
}

async fn stored(on: &mut AnyConnection, map: MapId) -> Result<Reading, StoreError> {
    Ok(Reading {
        nodes: rows::nodes(on, map).await?,
        mentions: rows::mentions(on, map).await?,
        ..Reading::default()
    })
}

async fn write_nodes(
    on: &mut AnyConnection,
    map: MapId,
    nodes: &[&NodeRow],
) -> Result<(), StoreError> {
    let into = "INSERT INTO map_node (map, node, parent, live, kind, text, note)";
    let end = " ON CONFLICT (map, node) DO UPDATE SET parent = excluded.parent,
                live = excluded.live, kind = excluded.kind, text = excluded.text,
                note = excluded.note";
    let rows = nodes.iter().map(|it| node_cells(map, it));
    insert(on, into, rows.collect(), end).await?;
    let (live, gone): (Vec<&NodeRow>, Vec<&NodeRow>) = nodes.iter().partition(|it| it.is_live);
    let entries: Vec<Entry> = live
        .into_iter()
        .map(|it| Entry::of_node(map, &it.node, &it.text, &it.note))
        .collect();
    search::write(on, entries).await?;
    let gone: Vec<String> = gone.into_iter().map(|it| it.node.clone()).collect();
    search::delete_nodes(on, map, &gone).await
}

async fn write_mentions(
    on: &mut AnyConnection,
    map: MapId,
    mentions: &[&MentionRow],
) -> Result<(), StoreError> {
    // A merge may have come in between since they were read.
    let targets = mentions.iter().map(|it| it.target.clone()).collect();
    let became = what_became(on, &targets).await?;
    let into = "INSERT INTO mention (map, node, target, record, branch, live, fit, maker, at)";
    let end = " ON CONFLICT (map, node, target) DO UPDATE SET record = excluded.record,
                branch = excluded.branch, live = excluded.live, fit = excluded.fit,
                maker = excluded.maker, at = excluded.at";
    let rows = mentions.iter().map(|it| {
        let record = became.get(&it.target).unwrap_or(&it.record);
        mention_cells(map, it, record)
    });
    insert(on, into, rows.collect(), end).await
}

/// Says how far the log is read.
async fn settle(on: &mut AnyConnection, map: MapId, reading: &Reading) -> Result<(), StoreError> {
    let mut statement = Statement::new("INSERT INTO map_read (map, epoch, seq) VALUES ");
    statement.rows([vec![
        map.to_string().into(),
        reading.epoch.cast_signed().into(),
        reading.seq.cast_signed().into(),
    ]]);
    statement.sql(" ON CONFLICT (map) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq");
    statement.execute(on).await?;
    Ok(())
}

async fn what_became(
    on: &mut AnyConnection,
    targets: &BTreeSet<String>,
) -> Result<BTreeMap<String, String>, StoreError> {
    let mut became: BTreeMap<String, String> =
        targets.iter().map(|it| (it.clone(), it.clone())).collect();
    let mut ask: BTreeSet<String> = targets.clone();
    while !ask.is_empty() {
        let mut next = BTreeMap::new();
        for kind in ["gap", "solution"] {
            let of_kind = ask.iter().filter_map(|it| it.parse::<Target>().ok());
            let ids: Vec<String> = of_kind
                .filter(|it| it.kind.as_str() == kind)
                .map(|it| it.id.to_string())
                .collect();
            for some in ids.chunks(AT_ONCE) {
                let mut statement = Statement::new(&format!(
                    "SELECT id, merged_into FROM {kind} WHERE merged_into IS NOT NULL AND id IN "
                ));
                statement.list(some.iter().map(String::as_str));
                for row in statement.fetch(on).await? {
                    let from: String = row.try_get("id")?;
                    let into: String = row.try_get("merged_into")?;
                    next.insert(format!("{kind}:{from}"), format!("{kind}:{into}"));
                }
            }
        }
        for record in became.values_mut() {
            if let Some(into) = next.get(record) {
                record.clone_from(into);
            }
        }
        ask = next.into_values().collect();
    }
    Ok(became)
}

/// Moves the mentions of a record to the one that it became.
pub(in crate::store) async fn follow_merge(
    on: &mut AnyConnection,
    from: Target,
    into: Target,
) -> Result<(), StoreError> {
    let mut statement = Statement::new("UPDATE mention SET record = ");
    statement.arg(into.to_string()).sql(" WHERE record = ");
    statement.arg(from.to_string());
    statement.execute(on).await?;
    Ok(())
}

/// Takes a map out of all tables that hold its words.
pub(in crate::store) async fn forget(on: &mut AnyConnection, map: MapId) -> Result<(), StoreError> {
    for table in ["map_read", "map_node", "mention", "search_entry"] {
        let mut statement = Statement::new(&format!("DELETE FROM {table} WHERE map = "));
        statement.arg(map.to_string());
        statement.execute(on).await?;
    }
    Ok(())
}
