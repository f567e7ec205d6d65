//! What an import would do, row by row, and what a person decided about it.

use std::collections::HashMap;

use sqlx::{AnyConnection, Row};

use crate::base::id::ImportId;
use crate::base::invalid::Invalid;
use crate::store::audit::{By, record};
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::page::{Page, PageRequest};
use crate::store::statement::{Statement, insert};

/// A row of a file, and what it would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRow {
    /// Where it begins in the file.
    pub line: i64,
    /// `create` or `change`.
    pub verdict: String,
    /// Of what kind of record.
    pub kind: String,
    /// The record's id; empty where it would be made.
    pub record: String,
    /// What it is called.
    pub title: String,
    /// In how many fields it meets a value that nothing beats.
    pub conflicts: i64,
    /// JSON: `changes`, `conflicts` and `kept`.
    pub detail: String,
}

/// What a person decided about a field of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The row, by its line.
    pub line: i64,
    /// The field.
    pub field: String,
    /// Whether the file's value is taken.
    pub takes_yours: bool,
}

/// Decisions by line and field.
pub(in crate::store) type Decided = HashMap<(i64, String), bool>;

/// The decisions on these lines.
pub(in crate::store) async fn decided(
    on: &mut AnyConnection,
    import: ImportId,
    from: i64,
    to: i64,
) -> Result<Decided, StoreError> {
    let mut statement =
        Statement::new("SELECT line, field, takes FROM import_decision WHERE import = ");
    statement
        .arg(import.to_string())
        .sql(" AND line >= ")
        .arg(from)
        .sql(" AND line <= ")
        .arg(to);
    let mut found = Decided::new();
    for row in statement.fetch(on).await? {
        let takes: String = row.try_get("takes")?;
        let place = (row.try_get("line")?, row.try_get("field")?);
        found.insert(place, takes == "yours");
    }
    Ok(found)
}

/// Keeps rows for the preview.
pub(in crate::store) async fn keep(
    on: &mut AnyConnection,
    import: ImportId,
    rows: &[PreviewRow],
) -> Result<(), StoreError> {
    let row = |it: &PreviewRow| {
        vec![
            import.to_string().into(),
            it.line.into(),
            it.verdict.as_str().into(),
            it.kind.as_str().into(),
            it.record.as_str().into(),
            it.title.as_str().into(),
            it.conflicts.into(),
            it.detail.as_str().into(),
        ]
    };
    let into = "INSERT INTO import_row
                    (import, line, verdict, kind, record, title, conflicts, detail)";
    insert(on, into, rows.iter().map(row).collect(), "").await
}

impl Store {
    /// What an import would do, in the order of the file.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] for a cursor that is none.
    pub async fn preview_rows(
        &self,
        import: ImportId,
        verdict: Option<&str>,
        conflicts_only: bool,
        page: &PageRequest,
    ) -> Result<Page<PreviewRow>, StoreError> {
        let mut statement = Statement::new(
            "SELECT line, verdict, kind, record, title, conflicts, detail FROM import_row
             WHERE import = ",
        );
        statement.arg(import.to_string());
        if let Some(verdict) = verdict {
            statement.sql(" AND verdict = ").arg(verdict);
        }
        if conflicts_only {
            statement.sql(" AND conflicts > 0");
        }
        statement
            .sql(" AND line > ")
            .arg(page.after_number()?.unwrap_or(-1))
            .sql(" ORDER BY line LIMIT ")
            .arg(page.fetch());
        let mut rows = Vec::new();
        for row in statement.fetch(&mut *self.read.acquire().await?).await? {
            rows.push(PreviewRow {
                line: row.try_get("line")?,
                verdict: row.try_get("verdict")?,
                kind: row.try_get("kind")?,
                record: row.try_get("record")?,
                title: row.try_get("title")?,
                conflicts: row.try_get("conflicts")?,
                detail: row.try_get("detail")?,
            });
        }
        Ok(page.page(rows, |it| it.line.to_string()))
    }

    /// The decisions on the lines from one to another.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn import_decisions(
        &self,
        import: ImportId,
        from: i64,
        to: i64,
    ) -> Result<Vec<Decision>, StoreError> {
        let mut on = self.read.acquire().await?;
        let found = decided(&mut on, import, from, to).await?;
        let decision = |((line, field), takes_yours)| Decision {
            line,
            field,
            takes_yours,
        };
        Ok(found.into_iter().map(decision).collect())
    }

    /// Decides conflicts, and what becomes of those that nobody decides.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] on `state` when there is no preview to decide on.
    pub async fn decide_import(
        &self,
        import: ImportId,
        decisions: &[Decision],
        takes_undecided: Option<bool>,
        by: &By,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let mut statement = Statement::new("UPDATE import SET otherwise = ");
        match takes_undecided {
            Some(true) => statement.arg("take"),
            Some(false) => statement.arg("keep"),
            None => statement.sql("otherwise"),
        };
        statement
            .sql(" WHERE state IN ('ready', 'stopped') AND id = ")
            .arg(import.to_string());
        if statement.execute(&mut tx).await? == 0 {
            return Err(Invalid::new("state", "is not one in which conflicts are decided").into());
        }
        let row = |it: &Decision| {
            let takes = match it.takes_yours {
                true => "yours",
                false => "theirs",
            };
            vec![
                import.to_string().into(),
                it.line.into(),
                it.field.as_str().into(),
                takes.into(),
            ]
        };
        let into = "INSERT INTO import_decision (import, line, field, takes)";
        let end = " ON CONFLICT (import, line, field) DO UPDATE SET takes = excluded.takes";
        insert(&mut tx, into, decisions.iter().map(row).collect(), end).await?;
        let target = format!("import:{import}");
        let detail = decisions.len().to_string();
        record(&mut tx, by, "import.decide", &target, &detail).await?;
        Ok(tx.commit().await?)
    }
}
