//! Imports as the API shows them.

use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::time;
use crate::base::id::ImportId;
use crate::import::rows::Glance;
use crate::store::{Decision, Import, ImportNote, PreviewRow};

/// An import.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Import)]
pub(crate) struct ImportView {
    #[schema(value_type = String, format = "uuid")]
    id: ImportId,
    /// uploading, uploaded, reading, ready, applying, applied, stopped, undoing, undone, cancelled
    /// or failed.
    state: &'static str,
    file_name: String,
    bytes: i64,
    /// SHA-256 of the file.
    hash: String,
    /// gaps, solutions, cordis, openaire or mapped; empty before it was said.
    source: String,
    /// The name of the saved mapping, if it was one.
    mapping: String,
    /// Why the file was refused, or the work ended.
    problem: String,
    /// What becomes of conflicts that nobody decides: `yours`, the file's value, or `theirs`.
    otherwise: &'static str,
    /// Rows read so far.
    read: i64,
    /// Rows of the file; 0 before it was read to its end.
    total: i64,
    /// Rows that make a record.
    created: i64,
    /// Rows that change one.
    changed: i64,
    /// Rows that say nothing new.
    same: i64,
    /// Rows that meet a value which nothing beats.
    conflicts: i64,
    /// Rows that are not taken.
    rejected: i64,
    /// Remarks on rows that are taken.
    remarks: i64,
    /// Records that an undo would take back; null in lists, for which nobody counts them.
    #[schema(required)]
    touched: Option<i64>,
    /// Records that an undo left as they were.
    left: i64,
    created_at: String,
    created_by: String,
    #[schema(required)]
    finished_at: Option<String>,
}

impl ImportView {
    pub(super) fn of(it: Import, touched: Option<i64>) -> Self {
        Self {
            id: it.id,
            state: it.state.as_str(),
            file_name: it.file_name,
            bytes: it.bytes,
            hash: it.hash,
            source: it.source,
            mapping: it.mapping_name,
            problem: it.problem,
            otherwise: if it.takes_undecided {
                "yours"
            } else {
                "theirs"
            },
            read: it.tally.read,
            total: it.total,
            created: it.tally.created,
            changed: it.tally.changed,
            same: it.tally.same,
            conflicts: it.tally.conflicts,
            rejected: it.tally.rejected,
            remarks: it.tally.notes,
            touched,
            left: it.left,
            created_at: time(it.created_at),
            created_by: it.created_by,
            finished_at: it.finished_at.map(time),
        }
    }
}

/// What can be seen of a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportSample)]
pub(crate) struct GlanceView {
    /// The source that it seems to come from.
    #[schema(required)]
    guess: Option<&'static str>,
    /// The columns' names.
    columns: Vec<String>,
    /// The first lines.
    rows: Vec<Vec<String>>,
    /// Why it cannot be read as a table.
    #[schema(required)]
    problem: Option<String>,
}

impl From<Glance> for GlanceView {
    fn from(it: Glance) -> Self {
        Self {
            guess: it.guess,
            columns: it.names,
            rows: it.rows,
            problem: it.problem,
        }
    }
}

/// A field that changes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportChange)]
pub(crate) struct ChangeSchema {
    field: String,
    before: Json,
    after: Json,
}

/// A field in which a row meets a value that nothing beats.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportClash)]
pub(crate) struct ClashSchema {
    field: String,
    /// The file's value.
    yours: Json,
    /// The record's value.
    theirs: Json,
}

/// On what a side's values rest.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportBasis)]
pub(crate) struct BasisSchema {
    last_checked: String,
    trl_basis: String,
}

/// A field that a person decided about.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportDecided)]
pub(crate) struct DecidedView {
    field: String,
    /// yours or theirs.
    takes: &'static str,
}

/// What a row would do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportRow)]
pub(crate) struct RowView {
    line: i64,
    /// create or change.
    verdict: String,
    kind: String,
    /// The record's number; empty for one that would be made.
    number: String,
    title: String,
    #[schema(value_type = Vec<ChangeSchema>)]
    changes: Json,
    #[schema(value_type = Vec<ClashSchema>)]
    conflicts: Json,
    /// Fields whose value in the record is newer, or rests on more, and stays.
    #[schema(value_type = Vec<String>)]
    kept: Json,
    /// The file's side.
    #[schema(value_type = Option<BasisSchema>, required)]
    yours: Json,
    /// The record's side.
    #[schema(value_type = Option<BasisSchema>, required)]
    theirs: Json,
    decided: Vec<DecidedView>,
}

impl RowView {
    pub(super) fn of(row: PreviewRow, decided: &[Decision]) -> Self {
        let mut detail = detail(&row.detail);
        let mut take = |name: &str| detail.get_mut(name).map(Json::take).unwrap_or_default();
        let decided = decided.iter().filter(|it| it.line == row.line);
        Self {
            line: row.line,
            verdict: row.verdict,
            kind: row.kind,
            number: take("number").as_str().unwrap_or_default().to_owned(),
            title: row.title,
            changes: take("changes"),
            conflicts: take("conflicts"),
            kept: take("kept"),
            yours: take("yours"),
            theirs: take("theirs"),
            decided: decided
                .map(|it| DecidedView {
                    field: it.field.clone(),
                    takes: if it.takes_yours { "yours" } else { "theirs" },
                })
                .collect(),
        }
    }
}

/// A line or record, and what was wrong.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportNote)]
pub(crate) struct NoteView {
    /// rejected, remark or left.
    kind: &'static str,
    /// The line; 0 for a record.
    line: u64,
    /// The column, or the record's number.
    column: String,
    reason: String,
}

impl From<ImportNote> for NoteView {
    fn from(it: ImportNote) -> Self {
        Self {
            kind: it.kind.as_str(),
            line: it.on.line,
            column: it.on.column,
            reason: it.on.reason,
        }
    }
}

/// The detail of a row, as it was kept.
fn detail(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_default()
}
