//! Reports as values and files: made away from the threads that sockets run on, few at a time.

use super::export::{ExportError, Exported, failed, finished};
use super::typesetter::Typesetter;
use crate::base::id::SessionId;
use crate::base::turns::Turns;
use crate::export::{ReportFormat, report_file_name};
use crate::report::{Naming, Report, Snapshot, naming};
use crate::store::{Store, StoreError};

/// Reports at a time. Each holds a catalogue several times over; more at once would be no faster.
static TURNS: Turns = Turns::new(2);

/// The report that a snapshot makes.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when the snapshot does not hold what it should.
pub async fn make_report(snapshot: Snapshot) -> Result<Report, StoreError> {
    work(move || of(snapshot)).await
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
) -> Result<Exported, ExportError> {
    let writing = work(move || {
        let report = of(snapshot)?;
        Ok(Exported {
            name: report_file_name(&report, format),
            media_type: format.file_type().media_type,
            bytes: format.write(&report),
            shrunk: None,
        })
    });
    finished(typesetter, format.file_type(), writing).await
}

/// Where a report names somebody who took part in its sessions.
///
/// # Errors
///
/// As [`make_report`], and [`StoreError::Unavailable`].
pub async fn names_in_report(store: &Store, snapshot: Snapshot) -> Result<Vec<Naming>, StoreError> {
    let sessions: Vec<SessionId> = snapshot.sessions.iter().map(|it| it.id).collect();
    let names = store.names_in(&sessions).await?;
    let find = move || naming(snapshot, &names);
    work(move || find().map_err(|error| StoreError::Corrupt(error.to_string()))).await
}

fn of(snapshot: Snapshot) -> Result<Report, StoreError> {
    Report::of(snapshot).map_err(|error| StoreError::Corrupt(error.to_string()))
}

async fn work<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = TURNS.take().await?.run(work).await;
    done.map_err(|error| failed(&error))?
}
