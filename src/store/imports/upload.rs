//! A file on its way in, piece by piece, and out again to whoever reads it.

use super::course::where_may_begin;
use super::state::ImportState;
use crate::base::id::ImportId;
use crate::base::invalid::Invalid;
use crate::base::text::one_line;
use crate::base::time::Timestamp;
use crate::store::audit::{By, record};
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::statement::Statement;

impl Store {
    /// Begins an import with a file of this name, of which nothing is here yet.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] on the name.
    pub async fn create_import(&self, file_name: &str, by: &By) -> Result<ImportId, StoreError> {
        let name = one_line("file_name", file_name, 200)?;
        let import = ImportId::new();
        let mut tx = self.begin().await?;
        let mut statement = Statement::new(
            "INSERT INTO import (id, state, stop, beat, file_name, bytes, hash, source, mapping,
                 mapping_name, otherwise, problem, n_parts, n_read, n_created, n_changed, n_same,
                 n_conflicts, n_rejected, n_notes, n_total, n_left, created_at, created_by)
             VALUES (",
        );
        statement
            .arg(import.to_string())
            .sql(", 'uploading', 0, ")
            .arg(by.at.0)
            .sql(", ")
            .arg(name)
            .sql(", 0, '', '', '', '', 'keep', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ")
            .arg(by.at.0)
            .sql(", ")
            .arg(by.actor.to_string())
            .sql(")");
        statement.execute(&mut tx).await?;
        record(
            &mut tx,
            by,
            "import.create",
            &format!("import:{import}"),
            "",
        )
        .await?;
        tx.commit().await?;
        Ok(import)
    }

    /// Adds a piece of the file.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when the file is complete, or this piece is there.
    pub async fn add_import_part(
        &self,
        import: ImportId,
        place: i64,
        body: &[u8],
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let n_bytes = i64::try_from(body.len()).unwrap_or(i64::MAX);
        let done = sqlx::query(
            "UPDATE import SET n_parts = n_parts + 1, bytes = bytes + $1
             WHERE id = $2 AND state = 'uploading' AND n_parts = $3",
        )
        .bind(n_bytes)
        .bind(import.to_string())
        .bind(place)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Conflict("the import takes no piece here"));
        }
        sqlx::query("INSERT INTO import_part (import, place, body) VALUES ($1, $2, $3)")
            .bind(import.to_string())
            .bind(place)
            .bind(body.to_vec())
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// The file is complete.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when it was before.
    pub async fn finish_import_file(
        &self,
        import: ImportId,
        hash: &str,
        by: &By,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let mut statement = Statement::new("UPDATE import SET state = 'uploaded', hash = ");
        statement
            .arg(hash)
            .sql(" WHERE state = 'uploading' AND id = ")
            .arg(import.to_string());
        if statement.execute(&mut tx).await? == 0 {
            return Err(StoreError::Conflict("the file is complete already"));
        }
        record(
            &mut tx,
            by,
            "import.upload",
            &format!("import:{import}"),
            hash,
        )
        .await?;
        Ok(tx.commit().await?)
    }

    /// A piece of the file; nothing behind the last.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn import_part(
        &self,
        import: ImportId,
        place: i64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let row: Option<(Vec<u8>,)> =
            sqlx::query_as("SELECT body FROM import_part WHERE import = $1 AND place = $2")
                .bind(import.to_string())
                .bind(place)
                .fetch_optional(&self.read)
                .await?;
        Ok(row.map(|it| it.0))
    }

    /// Says what made the file, and how it is read; what was seen of it in another way counts no more.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] on `state` when somebody works on the import, or it is over.
    pub async fn set_import_source(
        &self,
        import: ImportId,
        source: &str,
        mapping: &str,
        mapping_name: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let mut statement = Statement::new("UPDATE import SET state = 'uploaded', source = ");
        statement
            .arg(source)
            .sql(", mapping = ")
            .arg(mapping)
            .sql(", mapping_name = ")
            .arg(mapping_name)
            .sql(" WHERE id = ")
            .arg(import.to_string());
        where_may_begin(&mut statement, ImportState::Reading, now);
        if statement.execute(&mut tx).await? == 0 {
            let words = "is not one in which the file can be read";
            return Err(Invalid::new("state", words).into());
        }
        for table in ["import_row", "import_decision", "import_note"] {
            let mut statement = Statement::new(&format!("DELETE FROM {table} WHERE import = "));
            statement.arg(import.to_string());
            statement.execute(&mut tx).await?;
        }
        Ok(tx.commit().await?)
    }
}
