//! Records that an undo withdrew: they stay with their number, and come back when a file brings
//! them again.

use sqlx::AnyConnection;

use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::catalogue::state::StateName;
use crate::store::catalogue::changes::Cause;
use crate::store::error::StoreError;
use crate::store::statement::Statement;

/// The state that says that a record does not count.
pub(super) fn end(kind: RecordKind) -> StateName {
    match kind {
        RecordKind::Gap | RecordKind::Fit => "rejected",
        RecordKind::Solution | RecordKind::Evidence => "withdrawn",
    }
}

/// Whether the last thing that happened to a record is that an undo withdrew it.
pub(super) async fn is_undone(on: &mut AnyConnection, record: &Record) -> Result<bool, StoreError> {
    if record.state != end(record.kind) {
        return Ok(false);
    }
    let mut statement = Statement::new("SELECT cause FROM record_change WHERE kind = ");
    statement
        .arg(record.kind.as_str())
        .sql(" AND id = ")
        .arg(record.id.to_string())
        .sql(" AND version = ")
        .arg(record.version)
        .sql(" AND cause = ")
        .arg(Cause::Undo.as_str());
    Ok(!statement.fetch(on).await?.is_empty())
}
