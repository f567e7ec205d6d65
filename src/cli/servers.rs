//! `gapmap servers`: who of several servers is there, and who has which map; as in their logs, where
//! each says at its start what it is called.

use anyhow::ensure;

use super::say::say;
use crate::base::id::MapId;
use crate::store::{Kind, Mode, Store};

/// Prints a line for each server, or the one server that has a map.
pub(super) async fn show(database: &str, map: Option<MapId>) -> anyhow::Result<()> {
    let store = Store::open(database, Mode::Existing).await?;
    ensure!(
        store.kind() == Kind::Postgres,
        "no servers share an SQLite database: the one that uses it has every map"
    );
    match map {
        Some(map) => match store.server_of(map).await? {
            Some(server) => say!("{server}")?,
            None => say!("no server has this map: the first that needs it takes it")?,
        },
        None => {
            let servers = store.maps_of_servers().await?;
            if servers.is_empty() {
                say!("no servers share this database now")?;
            }
            for (server, n_maps) in servers {
                let maps = if n_maps == 1 { "map" } else { "maps" };
                say!("{server}: {n_maps} {maps}")?;
            }
        }
    }
    store.close().await;
    Ok(())
}
