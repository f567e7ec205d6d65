//! Practitioners' Groups.

use super::audit::{By, record};
use super::columns::{id, word};
use super::error::StoreError;
use super::open::Store;
use super::page::{Page, PageRequest};
use crate::base::id::GroupId;
use crate::base::time::Timestamp;
use crate::workshop::group::{Group, GroupChange, GroupState, NewGroup};

macro_rules! columns {
    () => {
        "id, name, scope, origin, state, version, created_at, changed_at"
    };
}

#[derive(sqlx::FromRow)]
struct GroupRow {
    id: String,
    name: String,
    scope: String,
    origin: String,
    state: String,
    version: i64,
    created_at: i64,
    changed_at: i64,
}

impl TryFrom<GroupRow> for Group {
    type Error = StoreError;

    fn try_from(row: GroupRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id(&row.id)?,
            state: word(&row.state)?,
            name: row.name,
            scope: row.scope,
            origin: row.origin,
            version: row.version,
            created_at: Timestamp(row.created_at),
            changed_at: Timestamp(row.changed_at),
        })
    }
}

impl Store {
    /// Makes a group.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn create_group(&self, group: &NewGroup, by: &By) -> Result<Group, StoreError> {
        let mut tx = self.begin().await?;
        let row: GroupRow = sqlx::query_as(concat!(
            "INSERT INTO practitioner_group
                 (id, name, scope, origin, state, version, created_at, changed_at)
             VALUES ($1, $2, $3, $4, 'active', 1, $5, $5) RETURNING ",
            columns!()
        ))
        .bind(GroupId::new().to_string())
        .bind(&group.name)
        .bind(&group.scope)
        .bind(&group.origin)
        .bind(by.at.0)
        .fetch_one(&mut *tx)
        .await?;
        let target = format!("group:{}", row.id);
        record(&mut tx, by, "group.create", &target, "").await?;
        tx.commit().await?;
        row.try_into()
    }

    /// The group with this id.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn group(&self, group: GroupId) -> Result<Group, StoreError> {
        let row: Option<GroupRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM practitioner_group WHERE id = $1"
        ))
        .bind(group.to_string())
        .fetch_optional(&self.read)
        .await?;
        row.ok_or(StoreError::NotFound("group"))?.try_into()
    }

    /// All groups, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn groups(&self, page: &PageRequest) -> Result<Page<Group>, StoreError> {
        let rows: Vec<GroupRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM practitioner_group
             WHERE (CAST($1 AS TEXT) IS NULL OR id < $1)
               AND (CAST($2 AS TEXT) IS NULL OR lower(name) LIKE $2 ESCAPE '\\')
             ORDER BY id DESC LIMIT $3"
        ))
        .bind(page.after())
        .bind(page.like())
        .bind(page.fetch())
        .fetch_all(&self.read)
        .await?;
        let groups: Vec<Group> = rows
            .into_iter()
            .map(Group::try_from)
            .collect::<Result<_, _>>()?;
        Ok(page.page(groups, |it| it.id.to_string()))
    }

    /// Changes what `change` names.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`], [`StoreError::Stale`] when `version` is given and is not the
    /// current one.
    pub async fn change_group(
        &self,
        group: GroupId,
        version: Option<i64>,
        change: &GroupChange,
        by: &By,
    ) -> Result<Group, StoreError> {
        let mut tx = self.begin().await?;
        let row: Option<GroupRow> = sqlx::query_as(concat!(
            "UPDATE practitioner_group
             SET name = COALESCE($3, name), scope = COALESCE($4, scope),
                 origin = COALESCE($5, origin), state = COALESCE($6, state),
                 version = version + 1, changed_at = $7
             WHERE id = $1 AND (CAST($2 AS BIGINT) IS NULL OR version = $2) RETURNING ",
            columns!()
        ))
        .bind(group.to_string())
        .bind(version)
        .bind(change.name.as_deref())
        .bind(change.scope.as_deref())
        .bind(change.origin.as_deref())
        .bind(change.state.map(GroupState::as_str))
        .bind(by.at.0)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = row else {
            drop(tx);
            self.group(group).await?;
            return Err(StoreError::Stale);
        };
        let target = format!("group:{}", row.id);
        record(&mut tx, by, "group.change", &target, &row.state).await?;
        tx.commit().await?;
        row.try_into()
    }
}
