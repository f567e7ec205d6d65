//! `gapmap import map`: a map from another program becomes one of a session, also beside a running
//! server.

use anyhow::{Context, bail};

use super::config::ImportOptions;
use crate::base::id::ParticipantId;
use crate::base::time::Clock;
use crate::import::maps::{MAX_BYTES, MapFile};
use crate::intake::maps::{make_map, read_map};
use crate::store::{By, Mode, Store};

/// Reads a file and makes a map of it, or only says what that would be.
pub(super) async fn import(database: &str, options: &ImportOptions) -> anyhow::Result<()> {
    let Some(session) = options.session else {
        bail!("--session says which session the map becomes one of");
    };
    if options.mapping.is_some() || options.take_conflicts {
        bail!("--mapping and --take-conflicts go with records, not with a map");
    }
    let path = &options.path;
    let cannot_read = || format!("cannot read {}", path.display());
    let about = std::fs::metadata(path).with_context(cannot_read)?;
    if !about.is_file() {
        bail!("{} is no file", path.display());
    }
    if MAX_BYTES as u64 <= about.len() {
        bail!("{} has more than {} MiB", path.display(), MAX_BYTES >> 20);
    }
    let bytes = std::fs::read(path).with_context(cannot_read)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let store = Store::open(database, Mode::Existing).await?;
    store.session(session).await?;
    let file = read_map(&store, bytes, &name, options.format).await;
    let mut file = file.with_context(|| path.display().to_string())?;
    let told = told(&file);
    let not_kept = std::mem::take(&mut file.not_kept);
    if options.dry_run {
        println!("{}: {told} would be a new map", path.display());
    } else {
        let by = By::command(Clock::System.now());
        // Nobody who takes part made it; an id of its own says so, and that it was one person.
        let maker = (&by, ParticipantId::new());
        let title = options.title.as_deref();
        let map = make_map(&store, session, title, file, maker).await?;
        println!("{}: {told} are the map {}", path.display(), map.id);
    }
    for it in &not_kept {
        let places: Vec<String> = it.places.iter().map(|it| format!("{it:?}")).collect();
        let (count, what) = (it.count, it.what.as_str().replace('_', " "));
        println!("not kept: {count} {what}, such as at {}", places.join(", "));
    }
    store.close().await;
    Ok(())
}

fn told(file: &MapFile) -> String {
    let (nodes, levels) = (file.brought.nodes.len(), file.brought.n_levels());
    format!("{}, {nodes} nodes on {levels} levels", file.format.as_str())
}
