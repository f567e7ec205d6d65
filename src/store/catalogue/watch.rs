//! Totals of the whole catalogue: coverage, and what somebody should look at.

use std::collections::BTreeMap;

use sqlx::{AnyConnection, Row};

use super::lights;
use super::list::{Condition, RecordFilter};
use crate::base::id::GroupId;
use crate::catalogue::coverage::{LeftOut, Light};
use crate::catalogue::kind::RecordKind;
use crate::store::columns::{id, word};
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::statement::Statement;

/// How the gaps are covered. Merged and rejected gaps are not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many gaps have each light.
    pub lights: BTreeMap<Light, i64>,
    /// The same for each group; a gap of two groups counts in both.
    pub groups: Vec<(GroupId, String, BTreeMap<Light, i64>)>,
    /// How many fits do not count, by the reason.
    pub left_out: BTreeMap<LeftOut, i64>,
}

/// What somebody should look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// Gaps without a live fit.
    pub unlinked_gaps: i64,
    /// Solutions without a live fit.
    pub unlinked_solutions: i64,
    /// Solutions whose next check is over.
    pub stale: i64,
    /// Evidence that another source contradicts.
    pub contradictory: i64,
    /// Gaps without evidence.
    pub gaps_without_evidence: i64,
    /// Solutions without evidence.
    pub solutions_without_evidence: i64,
    /// Fits that wait for somebody's judgement.
    pub to_review: i64,
    /// How many solutions are at each level, on each basis; level 0 where none is stated.
    pub levels: Vec<(i64, String, i64)>,
}

impl Store {
    /// How the gaps are covered, and what the report's rule leaves out.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn coverage_totals(&self) -> Result<Totals, StoreError> {
        let mut on = self.read.acquire().await?;
        let mut totals = Totals::default();
        let counted = "state NOT IN ('merged', 'rejected')";
        let all = Statement::new(&format!(
            "SELECT light, COUNT(*) AS n FROM gap WHERE {counted} GROUP BY light"
        ));
        for row in all.fetch(&mut on).await? {
            let light: String = row.try_get("light")?;
            totals.lights.insert(word(&light)?, row.try_get("n")?);
        }
        let by_group = Statement::new(&format!(
            "SELECT p.id, p.name, g.light, COUNT(*) AS n FROM gap AS g
             JOIN gap_group AS gg ON gg.gap = g.id
             JOIN practitioner_group AS p ON p.id = gg.practitioner_group
             WHERE g.{counted} GROUP BY p.id, p.name, g.light ORDER BY p.name, p.id"
        ));
        for row in by_group.fetch(&mut on).await? {
            let group: GroupId = id(&row.try_get::<String, _>("id")?)?;
            if totals.groups.last().is_none_or(|it| it.0 != group) {
                totals
                    .groups
                    .push((group, row.try_get("name")?, BTreeMap::new()));
            }
            let light: String = row.try_get("light")?;
            if let Some((.., lights)) = totals.groups.last_mut() {
                lights.insert(word(&light)?, row.try_get("n")?);
            }
        }
        for coverage in lights::of_all(&mut on).await?.into_values() {
            for reason in coverage.left_out {
                *totals.left_out.entry(reason).or_default() += 1;
            }
        }
        Ok(totals)
    }

    /// What somebody should look at, on this day.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn watch(&self, today: &str) -> Result<Watch, StoreError> {
        let count = async |kind, condition| {
            self.count_records(&RecordFilter::new(kind).with(condition))
                .await
        };
        let (gap, solution) = (RecordKind::Gap, RecordKind::Solution);
        let proposed = count(RecordKind::Fit, Condition::State("proposed".to_owned())).await?;
        let under_review = Condition::State("under_review".to_owned());
        let mut on = self.read.acquire().await?;
        let levels = levels(&mut on).await?;
        drop(on);
        Ok(Watch {
            unlinked_gaps: count(gap, Condition::WithoutFits).await?,
            unlinked_solutions: count(solution, Condition::WithoutFits).await?,
            stale: count(solution, Condition::Stale(today.to_owned(), true)).await?,
            contradictory: count(RecordKind::Evidence, Condition::Flag("conflict", true)).await?,
            gaps_without_evidence: count(gap, Condition::WithoutEvidence).await?,
            solutions_without_evidence: count(solution, Condition::WithoutEvidence).await?,
            to_review: proposed + count(RecordKind::Fit, under_review).await?,
            levels,
        })
    }
}

async fn levels(on: &mut AnyConnection) -> Result<Vec<(i64, String, i64)>, StoreError> {
    let statement = Statement::new(
        "SELECT CASE trl_low WHEN 0 THEN trl_high ELSE trl_low END AS level, trl_basis,
                COUNT(*) AS n
         FROM solution WHERE state <> 'merged'
         GROUP BY CASE trl_low WHEN 0 THEN trl_high ELSE trl_low END, trl_basis
         ORDER BY level, trl_basis",
    );
    let rows = statement.fetch(on).await?;
    let level = |row: &sqlx::any::AnyRow| {
        Ok((
            row.try_get("level")?,
            row.try_get("trl_basis")?,
            row.try_get("n")?,
        ))
    };
    rows.iter().map(level).collect()
}
