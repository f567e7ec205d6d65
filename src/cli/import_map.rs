//! `gapmap import map`: a map from another program becomes one of a session, also beside a running
//! server; or it is put into a map that is there, while no server has the database.

use std::sync::Arc;

use anyhow::{Context, anyhow, bail, ensure};
use clap::CommandFactory;
use clap::error::ErrorKind;

use super::config::Arguments;
use super::file_options::ImportOptions;
use super::say::say;
use crate::base::id::{MapId, ParticipantId, SessionId};
use crate::base::time::Clock;
use crate::hub::{Cluster, Hub, HubOptions, JoinError, read_map as read_nodes};
use crate::import::maps::{MAX_BYTES, MapFile, NotKept};
use crate::intake::maps::{make_map, read_map};
use crate::mindmap::limits::Limits;
use crate::mindmap::schema::ROOT;
use crate::store::{By, Mode, Store, StoreError};
use crate::sync::room::Right;
use crate::workshop::role::MapRole;

/// What a server does that has the map in memory, and a command cannot do beside it.
const THROUGH_IT: &str = "import the file there, on the map's page or with POST \
                          /api/v1/maps/ID/import, or stop it first";

/// Where the nodes of a file go.
enum Place<'a> {
    /// A new map of this session.
    Session(SessionId),
    /// A map that is there, under one of its nodes.
    Map(MapId, &'a str),
}

/// Reads a file and puts what is in it where it belongs, or only says what that would be.
pub(super) async fn import(database: &str, options: &ImportOptions) -> anyhow::Result<()> {
    let into = match (options.session, options.map) {
        (Some(session), _) => Place::Session(session),
        (None, Some(map)) => Place::Map(map, options.under.as_deref().unwrap_or(ROOT)),
        (None, None) => nowhere(),
    };
    if options.mapping.is_some() || options.take_conflicts {
        bail!("--mapping and --take-conflicts go with records, not with a map");
    }
    let bytes = bytes(options)?;
    let store = match into {
        Place::Map(..) if !options.dry_run => alone(database).await?,
        _ => Store::open(database, Mode::Existing).await?,
    };
    let at = &options.path.display();
    let name = options.path.file_name().unwrap_or_default();
    check(&store, &into).await?;
    let file = read_map(&store, bytes, &name.to_string_lossy(), options.format, None).await;
    let mut file = file.with_context(|| at.to_string())?;
    let told = told(&file);
    let not_kept = std::mem::take(&mut file.not_kept);
    match into {
        Place::Session(_) if options.dry_run => say!("{at}: {told} would be a new map")?,
        Place::Map(map, _) if options.dry_run => say!("{at}: {told} would go into {map}")?,
        Place::Session(session) => {
            let map = make(&store, session, options.title.as_deref(), file).await?;
            say!("{at}: {told} are the map {map}")?;
        }
        Place::Map(map, under) => {
            bring(&store, map, under, file).await?;
            say!("{at}: {told} are in the map {map}")?;
        }
    }
    print_losses(&not_kept)?;
    store.close().await;
    Ok(())
}

/// Ends the program as it does for arguments that make no sense.
fn nowhere() -> ! {
    let words = "a map needs --session, which it becomes a map of, or --map, which it is put into";
    let refused = Arguments::command().error(ErrorKind::MissingRequiredArgument, words);
    refused.exit()
}

fn bytes(options: &ImportOptions) -> anyhow::Result<Vec<u8>> {
    let path = &options.path;
    let cannot_read = || format!("cannot read {}", path.display());
    let about = std::fs::metadata(path).with_context(cannot_read)?;
    ensure!(about.is_file(), "{} is no file", path.display());
    if MAX_BYTES as u64 <= about.len() {
        bail!("{} has more than {} MiB", path.display(), MAX_BYTES >> 20);
    }
    std::fs::read(path).with_context(cannot_read)
}

/// The database, where no server is known to have it: what a command wrote into a map beside the
/// room that has it would be unknown to those in the room.
///
/// A lone server on PostgreSQL says of no map that it has it. There the map's fencing number keeps
/// order: such a room can append nothing more, those in it are told to come again, send what was
/// not saved, and see what was imported.
async fn alone(database: &str) -> anyhow::Result<Store> {
    let store = match Store::open(database, Mode::Leaving).await {
        Err(StoreError::InUse(path)) => {
            bail!("a gapmap serve uses {}: {THROUGH_IT}", path.display())
        }
        other => other?,
    };
    let shared = Cluster::none_share(&store).await;
    shared.map_err(|error| match error {
        JoinError::Alone => anyhow!("servers use this database: {THROUGH_IT}"),
        other => other.into(),
    })?;
    Ok(store)
}

/// Refuses a session or a map that is not there, one that is over, and a node that the map has not.
async fn check(store: &Store, into: &Place<'_>) -> anyhow::Result<()> {
    let (map, under) = match into {
        Place::Session(session) => return Ok(store.session(*session).await.map(drop)?),
        Place::Map(map, under) => (*map, *under),
    };
    let session = store.session(store.map_session(map).await?).await?;
    if session.state.limits(MapRole::Facilitator) != MapRole::Facilitator {
        bail!("the session of this map is {}", session.state.as_str());
    }
    let nodes = read_nodes(store, map, &Limits::default()).await?.nodes;
    if !nodes.get(under).is_some_and(|it| it.is_live) {
        bail!("--under must be a node of this map that is not in the trash");
    }
    Ok(())
}

async fn make(
    store: &Store,
    session: SessionId,
    title: Option<&str>,
    file: MapFile,
) -> anyhow::Result<MapId> {
    let by = By::command(Clock::System.now());
    // Nobody who takes part made it; an id of its own says so, and that it was one person.
    let maker = (&by, ParticipantId::new());
    Ok(make_map(store, session, title, file, maker).await?.id)
}

/// Puts nodes into a map as the server does: by its room, which is opened for this.
async fn bring(store: &Store, map: MapId, under: &str, file: MapFile) -> anyhow::Result<()> {
    let hub = Hub::new(store.clone(), HubOptions::default(), Clock::System);
    let by = (ParticipantId::new(), Right::Lead);
    let what = Arc::new(file.brought);
    let brought = hub.bring(map, by, under.to_owned(), what).await;
    hub.settle_links(Some(map)).await;
    hub.shutdown().await;
    brought??;
    Ok(())
}

fn told(file: &MapFile) -> String {
    let (nodes, levels) = (file.brought.nodes.len(), file.brought.n_levels());
    format!("{}, {nodes} nodes on {levels} levels", file.format.as_str())
}

fn print_losses(not_kept: &[NotKept]) -> anyhow::Result<()> {
    for it in not_kept {
        let places: Vec<String> = it.places.iter().map(|it| format!("{it:?}")).collect();
        let (count, what) = (it.count, it.what.as_str().replace('_', " "));
        say!("not kept: {count} {what}, such as at {}", places.join(", "))?;
    }
    Ok(())
}
