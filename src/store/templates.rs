//! Templates that somebody saved.

use std::collections::HashMap;

use super::audit::{By, record};
use super::columns::id;
use super::error::StoreError;
use super::open::Store;
use super::page::MAX_LIMIT;
use super::rounds::PlanRow;
use crate::base::id::TemplateId;
use crate::base::time::Timestamp;
use crate::workshop::round::RoundPlan;
use crate::workshop::template::Template;

#[derive(sqlx::FromRow)]
struct TemplateRow {
    id: String,
    name: String,
    outline: String,
    created_at: i64,
}

#[derive(sqlx::FromRow)]
struct TemplateRoundRow {
    template: String,
    #[sqlx(flatten)]
    plan: PlanRow,
}

impl Store {
    /// The saved templates, newest first; no more than a page holds.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn templates(&self) -> Result<Vec<Template>, StoreError> {
        self.templates_like(None).await
    }

    /// The saved template with this id.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn template(&self, template: TemplateId) -> Result<Template, StoreError> {
        let mut found = self.templates_like(Some(template)).await?;
        found.pop().ok_or(StoreError::NotFound("template"))
    }

    async fn templates_like(&self, only: Option<TemplateId>) -> Result<Vec<Template>, StoreError> {
        let only = only.map(|it| it.to_string());
        let rows: Vec<TemplateRow> = sqlx::query_as(
            "SELECT id, name, outline, created_at FROM template
             WHERE CAST($1 AS TEXT) IS NULL OR id = $1 ORDER BY id DESC LIMIT $2",
        )
        .bind(only.as_deref())
        .bind(MAX_LIMIT)
        .fetch_all(&self.read)
        .await?;
        let plans: Vec<TemplateRoundRow> = sqlx::query_as(
            "SELECT template, title, method, prompt, minutes, votes, vote_kind,
                 CAST(NULL AS TEXT) AS target, may_add, may_edit, may_link
             FROM template_round WHERE CAST($1 AS TEXT) IS NULL OR template = $1
             ORDER BY template, place",
        )
        .bind(only.as_deref())
        .fetch_all(&self.read)
        .await?;
        let mut rounds: HashMap<String, Vec<RoundPlan>> = HashMap::new();
        for TemplateRoundRow { template, plan } in plans {
            rounds.entry(template).or_default().push(plan.try_into()?);
        }
        let template = |row: TemplateRow| {
            Ok(Template {
                id: id(&row.id)?,
                rounds: rounds.remove(&row.id).unwrap_or_default(),
                name: row.name,
                outline: row.outline,
                created_at: Timestamp(row.created_at),
            })
        };
        rows.into_iter().map(template).collect()
    }

    /// Saves a template. Nodes that its rounds name belong to another map and are left out.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn save_template(
        &self,
        name: &str,
        rounds: &[RoundPlan],
        outline: &str,
        by: &By,
    ) -> Result<Template, StoreError> {
        let made = TemplateId::new();
        let mut tx = self.begin().await?;
        sqlx::query("INSERT INTO template (id, name, outline, created_at) VALUES ($1, $2, $3, $4)")
            .bind(made.to_string())
            .bind(name)
            .bind(outline)
            .bind(by.at.0)
            .execute(&mut *tx)
            .await?;
        for (place, plan) in (1_i64..).zip(rounds) {
            sqlx::query(
                "INSERT INTO template_round (template, place, title, method, prompt, minutes,
                     votes, vote_kind, may_add, may_edit, may_link)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            )
            .bind(made.to_string())
            .bind(place)
            .bind(&plan.title)
            .bind(plan.method.as_str())
            .bind(&plan.prompt)
            .bind(plan.minutes)
            .bind(plan.votes)
            .bind(plan.vote_kind.as_deref())
            .bind(plan.overrides.add.map(i16::from))
            .bind(plan.overrides.edit.map(|it| it.as_str()))
            .bind(plan.overrides.link.map(i16::from))
            .execute(&mut *tx)
            .await?;
        }
        let target = format!("template:{made}");
        record(&mut tx, by, "template.save", &target, "").await?;
        tx.commit().await?;
        self.template(made).await
    }

    /// Deletes a saved template. Sessions that began with it stay as they are.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn delete_template(&self, template: TemplateId, by: &By) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let deleted = sqlx::query("DELETE FROM template WHERE id = $1")
            .bind(template.to_string())
            .execute(&mut *tx)
            .await?;
        if deleted.rows_affected() == 0 {
            return Err(StoreError::NotFound("template"));
        }
        let target = format!("template:{template}");
        record(&mut tx, by, "template.delete", &target, "").await?;
        Ok(tx.commit().await?)
    }
}
