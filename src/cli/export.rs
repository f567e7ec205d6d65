//! `gapmap export`: a map as a file, also while the server runs.

use std::path::Path;

use anyhow::Context;

use super::file_options::MapExport;
use super::say::{complain, put_out};
use crate::base::time::Clock;
use crate::base::tlp::Tlp;
use crate::export::Parts;
use crate::hub::{self, Reader, Typesetter};
use crate::store::{Mode, Store};

/// Writes a map to a file, or to standard output.
pub(super) async fn map(
    database: &str,
    wanted: &MapExport,
    typesetter: &Typesetter,
) -> anyhow::Result<()> {
    let store = Store::open(database, Mode::Existing).await?;
    let parts = Parts {
        branch: wanted.branch.clone(),
        notes: !wanted.no_notes,
        links: !wanted.no_links,
        votes: !wanted.no_votes,
    };
    let reader = Reader {
        most: Tlp::Red,
        asker: None,
    };
    let now = Clock::System.now();
    let (map, format) = (wanted.map, wanted.format);
    let exporting = hub::export(&store, typesetter, map, format, parts, reader, now);
    let file = exporting.await?;
    store.close().await;
    if let Some(percent) = file.shrunk {
        complain(format_args!(
            "the picture is scaled down to {percent} %; as PDF or SVG it is whole"
        ));
    }
    put(wanted.output.as_deref(), &file.bytes)
}

/// Writes to a file, or to standard output.
pub(super) fn put(output: Option<&Path>, bytes: &[u8]) -> anyhow::Result<()> {
    match output {
        Some(path) => {
            std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
        }
        None => put_out(bytes),
    }
}
