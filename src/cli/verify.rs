//! `gapmap verify`: proves that no log was cut or altered, and that every snapshot is what its log
//! makes.

use std::collections::HashMap;
use std::fmt;

use anyhow::{Context, bail, ensure};

use super::say::say;
use crate::base::id::MapId;
use crate::mindmap::digest::digest;
use crate::mindmap::limits::Limits;
use crate::store::log::{Hash, NO_HASH, RowKind, StoredRow};
use crate::store::{Checkpoint, Mode, Snapshot, Store};
use crate::sync::replica::{Replica, Unreadable};

/// Rows read at a time.
const PAGE: i64 = 1000;

/// What was found to be whole.
pub(super) struct Verified {
    n_maps: usize,
    n_rows: u64,
    n_signed: usize,
    /// `None` where the audit log was not looked at.
    n_events: Option<i64>,
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { n_maps, n_rows, .. } = self;
        write!(f, "{n_maps} maps, {n_rows} updates: every chain is whole")?;
        if self.n_signed > 0 {
            let n_signed = self.n_signed;
            write!(
                f,
                "\n{n_signed} sign-offs of closed sessions: each map was what it is signed as"
            )?;
        }
        if let Some(n_events) = self.n_events {
            write!(f, "\n{n_events} audit events: the chain is whole")?;
        }
        Ok(())
    }
}

/// Checks one map, or all of them and the audit log, and prints what it found.
pub(super) async fn verify(database: &str, map: Option<MapId>) -> anyhow::Result<()> {
    let store = Store::open(database, Mode::Existing).await?;
    say!("{}", check(&store, map).await?)?;
    Ok(())
}

/// Checks one map, or all of them and the audit log.
pub(super) async fn check(store: &Store, map: Option<MapId>) -> anyhow::Result<Verified> {
    let maps = match map {
        Some(map) => vec![store.map(map).await?.id],
        None => store.all_maps().await?,
    };
    let (mut n_rows, mut n_signed) = (0, 0);
    for map in &maps {
        let (rows, signed) = verify_map(store, *map)
            .await
            .with_context(|| format!("map {map}"))?;
        n_rows += rows;
        n_signed += signed;
    }
    let n_events = match map {
        Some(_) => None,
        None => Some(store.verify_audit().await?),
    };
    Ok(Verified {
        n_maps: maps.len(),
        n_rows,
        n_signed,
        n_events,
    })
}

/// Walks one map's log; how many rows it has, and how often it was signed off.
async fn verify_map(store: &Store, map: MapId) -> anyhow::Result<(u64, usize)> {
    loop {
        let epoch = store.map(map).await?.epoch;
        let outcome = verify_history(store, map, epoch).await;
        // A purge in the meantime has emptied rows while they were being read.
        if store.map(map).await?.epoch == epoch {
            return outcome;
        }
    }
}

async fn verify_history(store: &Store, map: MapId, epoch: u64) -> anyhow::Result<(u64, usize)> {
    // What the log is held against is read before it: a session may close while it is read.
    let snapshot = store.snapshot(map, epoch).await?;
    let signed_off = store.signed_off(map).await?;
    let mut last = (0, NO_HASH);
    let mut document: Vec<StoredRow> = Vec::new();
    let mut hashes = HashMap::new();
    loop {
        let rows = store.log_after(map, last.0, PAGE).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            last = check_row(&row, last, epoch)?;
            hashes.insert(last.0, last.1);
            if row.row.epoch == epoch {
                document.push(row);
            }
        }
    }
    let begins = document
        .first()
        .is_some_and(|it| it.row.kind == RowKind::Genesis);
    ensure!(begins, "no update up to {} begins epoch {epoch}", last.0);
    let limits = Limits::default();
    let updates = |until: u64| {
        let rows = document.iter().filter(move |it| it.row.seq <= until);
        rows.map(|it| &it.row.body[..])
    };
    Replica::load(updates(u64::MAX), &limits)
        .with_context(|| format!("updates up to {}", last.0))?;
    if let Some(Snapshot { seq, state, .. }) = snapshot {
        ensure!(seq <= last.0, "update {} is missing", last.0 + 1);
        let kept = Replica::load([&state[..]], &limits)
            .with_context(|| format!("the snapshot at update {seq}"))?;
        let made = Replica::load(updates(seq), &limits)?;
        ensure!(
            kept.holds_the_same_as(&made),
            "the snapshot at update {seq} is not what the log makes"
        );
    }
    verify_sign_offs(&signed_off, &hashes, epoch, |seq| {
        Replica::load(updates(seq), &limits)
    })?;
    Ok((last.0, signed_off.len()))
}

/// Holds the log against what was signed off when sessions closed.
fn verify_sign_offs(
    signed_off: &[Checkpoint],
    hashes: &HashMap<u64, Hash>,
    epoch: u64,
    state_at: impl Fn(u64) -> Result<Replica, Unreadable>,
) -> anyhow::Result<()> {
    for checkpoint in signed_off {
        let Checkpoint { seq, title, .. } = checkpoint;
        let Some(signed) = &checkpoint.signed else {
            continue;
        };
        let hash = hashes.get(seq);
        let hash = hash.with_context(|| format!("update {seq} is missing, and was signed off"))?;
        ensure!(
            *hash == signed.log,
            "update {seq} is not what was signed off as {title:?}"
        );
        // What a purge left of an older history has no content any more.
        if checkpoint.epoch == epoch {
            ensure!(
                digest(state_at(*seq)?.doc()) == signed.state,
                "the map at update {seq} is not what was signed off as {title:?}"
            );
        }
    }
    Ok(())
}

/// Checks one row against the one before it; its place and hash.
fn check_row(row: &StoredRow, last: (u64, Hash), epoch: u64) -> anyhow::Result<(u64, Hash)> {
    let (seq, prev_hash) = last;
    if row.row.seq != seq + 1 {
        bail!("update {} is missing", seq + 1);
    }
    ensure!(
        row.prev_hash == prev_hash,
        "update {} does not follow the one before",
        row.row.seq
    );
    // A purge empties the rows of older epochs and leaves their hashes.
    let purged = row.row.epoch < epoch && row.row.body.is_empty();
    if !purged {
        ensure!(
            row.row.hash(&prev_hash) == row.hash,
            "update {} was altered",
            row.row.seq
        );
    }
    Ok((row.row.seq, row.hash))
}
