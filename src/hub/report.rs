//! Reports as values and files: made away from the threads that sockets run on, few at a time.

use std::sync::LazyLock;

use super::export::{ExportError, Exported, failed, finished};
use super::typesetter::Typesetter;
use crate::base::id::SessionId;
use crate::base::turns::{Asker, Turns};
use crate::export::{ReportFormat, report_file_name};
use crate::report::{Naming, Report, Snapshot, naming};
use crate::store::{Store, StoreError};

/// Reports at a time. Each holds a catalogue several times over; more at once would be no faster.
static TURNS: LazyLock<Turns> = LazyLock::new(|| Turns::new(2));

/// The report that a snapshot makes.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when the snapshot does not hold what it should.
pub async fn make_report(snapshot: Snapshot, asker: Asker) -> Result<Report, StoreError> {
    work(Some(asker), move || of(snapshot)).await
}

/// The report that a snapshot makes, as a file.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when the snapshot does not hold what it should; where the typesetter
/// makes the file, what it does not do.
pub async fn write_report(
    typesetter: &Typesetter,
    snapshot: Snapshot,
    format: ReportFormat,
    asker: Option<Asker>,
) -> Result<Exported, ExportError> {
    let writing = work(asker, move || {
        let report = of(snapshot)?;
        Ok(Exported {
            name: report_file_name(&report, format),
            media_type: format.file_type().media_type,
            bytes: format.write(&report),
            shrunk: None,
        })
    });
    finished(typesetter, format.file_type(), asker, writing).await
}

/// Where a report names somebody who took part in its sessions.
///
/// # Errors
///
/// As [`make_report`], and [`StoreError::Unavailable`].
pub async fn names_in_report(
    store: &Store,
    snapshot: Snapshot,
    asker: Asker,
) -> Result<Vec<Naming>, StoreError> {
    let sessions: Vec<SessionId> = snapshot.sessions.iter().map(|it| it.id).collect();
    let names = store.names_in(&sessions).await?;
    let find = move || naming(snapshot, &names);
    work(Some(asker), move || {
        find().map_err(|error| StoreError::Corrupt(error.to_string()))
    })
    .await
}

fn of(snapshot: Snapshot) -> Result<Report, StoreError> {
    Report::of(snapshot).map_err(|error| StoreError::Corrupt(error.to_string()))
}

async fn work<T: Send + 'static>(
    asker: Option<Asker>,
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = TURNS.take(asker).await?.run(work).await;
    done.map_err(|error| failed(&error))?
}
