//! Mappings that were given a name.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::base::id::MappingId;
use crate::base::text::one_line;
use crate::import::mapping::Mapping;
use crate::store::audit::{By, record};
use crate::store::columns::id;
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::statement::Statement;

/// Mappings there may be: one page shows them all.
const MAX_MAPPINGS: usize = 200;

/// A mapping with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedMapping {
    /// Its id.
    pub id: MappingId,
    /// Its name.
    pub name: String,
    /// What it says.
    pub mapping: Mapping,
    /// Counts its changes.
    pub version: i64,
}

fn read(row: &AnyRow) -> Result<SavedMapping, StoreError> {
    let text: String = row.try_get("mapping")?;
    Ok(SavedMapping {
        id: id(&row.try_get::<String, _>("id")?)?,
        name: row.try_get("name")?,
        mapping: Mapping::from_json(&text).map_err(|it| StoreError::Corrupt(it.to_string()))?,
        version: row.try_get("version")?,
    })
}

const SELECT: &str = "SELECT id, name, mapping, version FROM import_mapping";

impl Store {
    /// All mappings, by name.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn mappings(&self) -> Result<Vec<SavedMapping>, StoreError> {
        let mut statement = Statement::new(SELECT);
        statement.sql(" ORDER BY LOWER(name), id");
        let rows = statement.fetch(&mut *self.read.acquire().await?).await?;
        rows.iter().map(read).collect()
    }

    /// The mapping with this id or this name.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn mapping(&self, named: &str) -> Result<SavedMapping, StoreError> {
        let mut statement = Statement::new(SELECT);
        statement.sql(" WHERE id = ").arg(named);
        statement.sql(" OR name = ").arg(named);
        let rows = statement.fetch(&mut *self.read.acquire().await?).await?;
        read(rows.first().ok_or(StoreError::NotFound("mapping"))?)
    }

    /// Keeps a mapping under a name, over the one that has it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] on the name; [`StoreError::Conflict`] when there are too many.
    pub async fn save_mapping(
        &self,
        name: &str,
        mapping: &Mapping,
        by: &By,
    ) -> Result<SavedMapping, StoreError> {
        let name = one_line("name", name, 120)?;
        if MAX_MAPPINGS <= self.mappings().await?.len() {
            return Err(StoreError::Conflict(
                "there are 200 mappings: delete one first",
            ));
        }
        let mut tx = self.begin().await?;
        let mut statement = Statement::new(
            "INSERT INTO import_mapping (id, name, mapping, version, created_at, changed_at)
             VALUES ",
        );
        statement
            .list([
                crate::store::statement::Arg::from(MappingId::new().to_string()),
                name.into(),
                mapping.to_json().into(),
                1_i64.into(),
                by.at.0.into(),
                by.at.0.into(),
            ])
            .sql(
                " ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping,
                  version = import_mapping.version + 1, changed_at = excluded.changed_at
                  RETURNING id, name, mapping, version",
            );
        let rows = statement.fetch(&mut tx).await?;
        let saved = read(rows.first().ok_or(StoreError::NotFound("mapping"))?)?;
        let target = format!("mapping:{}", saved.id);
        record(&mut tx, by, "mapping.save", &target, "").await?;
        tx.commit().await?;
        Ok(saved)
    }

    /// Deletes a mapping. What was read by it keeps what it said.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn delete_mapping(&self, mapping: MappingId, by: &By) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let mut statement = Statement::new("DELETE FROM import_mapping WHERE id = ");
        statement.arg(mapping.to_string());
        if statement.execute(&mut tx).await? == 0 {
            return Err(StoreError::NotFound("mapping"));
        }
        let target = format!("mapping:{mapping}");
        record(&mut tx, by, "mapping.delete", &target, "").await?;
        Ok(tx.commit().await?)
    }
}
