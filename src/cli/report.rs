//! `gapmap report`: a report as a file, also while the server runs.

use super::export::put;
use super::file_options::ReportFile;
use crate::base::time::Clock;
use crate::hub::{self, Typesetter};
use crate::store::{Mode, Store};

/// Writes a report to a file, or to standard output: what was kept of it, or for a draft what it
/// would be now.
pub(super) async fn write(
    database: &str,
    wanted: &ReportFile,
    typesetter: &Typesetter,
) -> anyhow::Result<()> {
    let store = Store::open(database, Mode::Existing).await?;
    let report = store.report(wanted.report).await?;
    // Nobody knows here where the server is reached.
    let (base, now) = ("", Clock::System.now());
    let snapshot = store.report_content(&report, base, now).await?;
    let snapshot = snapshot.said_in(wanted.language);
    let file = hub::write_report(typesetter, snapshot, wanted.format, None).await?;
    store.close().await;
    put(wanted.output.as_deref(), &file.bytes)
}
