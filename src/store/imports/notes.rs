//! What was not taken, taken with a remark, or left by an undo. Of each import the first ones are
//! kept; all of them are counted.

use sqlx::{AnyConnection, Row};

use crate::base::id::ImportId;
use crate::base::invalid::Invalid;
use crate::import::trouble::Rejection;
use crate::store::columns::word;
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::page::{Page, PageRequest};
use crate::store::statement::{Statement, insert};

/// How many notes of an import are kept.
const MAX_NOTES: i64 = 10_000;

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// A line that was not taken.
    Rejected,
    /// A line that was taken, and what was left out of it.
    Remark,
    /// A record that an undo left as it was.
    Left,
}

impl NoteKind {
    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::Remark => "remark",
            Self::Left => "left",
        }
    }
}

impl TryFrom<&str> for NoteKind {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        match word {
            "rejected" => Ok(Self::Rejected),
            "remark" => Ok(Self::Remark),
            "left" => Ok(Self::Left),
            _ => Err(Invalid::new("kind", "must be rejected, remark or left")),
        }
    }
}

/// A note on an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportNote {
    /// Its place, from 1.
    pub place: i64,
    /// What it is about.
    pub kind: NoteKind,
    /// The line, the column or the number of a record, and why.
    pub on: Rejection,
}

/// Writes notes behind those that are there.
pub(in crate::store) async fn write(
    on: &mut AnyConnection,
    import: ImportId,
    notes: &[(NoteKind, Rejection)],
) -> Result<(), StoreError> {
    if notes.is_empty() {
        return Ok(());
    }
    let mut statement =
        Statement::new("SELECT COALESCE(MAX(place), 0) AS place FROM import_note WHERE import = ");
    statement.arg(import.to_string());
    let rows = statement.fetch(on).await?;
    let last: i64 = rows.first().map_or(Ok(0), |it| it.try_get("place"))?;
    let room = usize::try_from(MAX_NOTES - last).unwrap_or(0);
    let kept = (last + 1..).zip(notes.iter().take(room));
    let rows = kept.map(|(place, (kind, on))| {
        vec![
            import.to_string().into(),
            place.into(),
            kind.as_str().into(),
            i64::try_from(on.line).unwrap_or(i64::MAX).into(),
            on.column.as_str().into(),
            on.reason.as_str().into(),
        ]
    });
    let into = "INSERT INTO import_note (import, place, kind, line, name, reason)";
    insert(on, into, rows.collect(), "").await
}

impl Store {
    /// The notes of an import, in their order.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`]; [`StoreError::Invalid`] for a cursor that is none.
    pub async fn import_notes(
        &self,
        import: ImportId,
        kind: Option<NoteKind>,
        page: &PageRequest,
    ) -> Result<Page<ImportNote>, StoreError> {
        let mut statement = Statement::new(
            "SELECT place, kind, line, name, reason FROM import_note WHERE import = ",
        );
        statement.arg(import.to_string());
        if let Some(kind) = kind {
            statement.sql(" AND kind = ").arg(kind.as_str());
        }
        statement
            .sql(" AND place > ")
            .arg(page.after_number()?.unwrap_or(0))
            .sql(" ORDER BY place LIMIT ")
            .arg(page.fetch());
        let mut notes = Vec::new();
        for row in statement.fetch(&mut *self.read.acquire().await?).await? {
            let kind: String = row.try_get("kind")?;
            let line: i64 = row.try_get("line")?;
            notes.push(ImportNote {
                place: row.try_get("place")?,
                kind: word(&kind)?,
                on: Rejection {
                    line: line.cast_unsigned(),
                    column: row.try_get("name")?,
                    reason: row.try_get("reason")?,
                },
            });
        }
        Ok(page.page(notes, |it| it.place.to_string()))
    }
}
