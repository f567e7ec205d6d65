//! The steps of a report: to review, back, approved by a second person, published.

use sqlx::{Any, Transaction};

use super::records::{ReportRecord, load, snapshot_of};
use crate::base::id::ReportId;
use crate::base::time::Timestamp;
use crate::report::snapshot::hash_of;
use crate::report::{ReportHandle, ReportState, Snapshot};
use crate::store::audit::{By, record};
use crate::store::error::StoreError;
use crate::store::open::Store;

/// A step that somebody asks for.
#[derive(Clone, Debug)]
pub struct ReportStep {
    /// Where to.
    pub to: ReportState,
    /// The version that whoever asks has seen; none overwrites what it finds.
    pub version: Option<i64>,
    /// Where the server is reached, for the links in files.
    pub base: String,
}

impl Store {
    /// Takes a report a step on, or back to being a draft.
    ///
    /// Going to review keeps what it is made of; going back forgets that.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`]; [`StoreError::Stale`]; [`StoreError::Invalid`] on `state` when
    /// there is no such step; [`StoreError::Conflict`] when whoever approves is who made the report
    /// or sent it to review.
    pub async fn step_report(
        &self,
        report: ReportId,
        step: &ReportStep,
        by: &By,
    ) -> Result<ReportRecord, StoreError> {
        let seen = self.report(ReportHandle::Id(report)).await?;
        if step.version.is_some_and(|it| it != seen.version) {
            return Err(StoreError::Stale);
        }
        let to = seen.state.step_to(step.to)?;
        // Read before the transaction that writes, which everybody else would have to wait for.
        let packed = match to {
            ReportState::InReview => {
                let snapshot = self
                    .report_as_it_stands(&seen, &step.base, false, by.at)
                    .await?;
                Some(snapshot.pack())
            }
            _ => None,
        };
        let mut tx = self.begin().await?;
        let before = load(&mut tx, ReportHandle::Id(report)).await?;
        if before.version != seen.version {
            return Err(StoreError::Stale);
        }
        write(&mut tx, &before, to, packed, by).await?;
        if to == ReportState::Published {
            supersede(&mut tx, &before, by).await?;
        }
        let action = format!("report.{}", to.as_str());
        record(&mut tx, by, &action, &format!("report:{report}"), "").await?;
        tx.commit().await?;
        self.report(ReportHandle::Id(report)).await
    }

    /// What a report is made of: what was kept, from its review on, or else what stands now, which
    /// is marked as a preview.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`]; [`StoreError::Corrupt`] when it is not what was kept.
    pub async fn report_content(
        &self,
        report: &ReportRecord,
        base: &str,
        at: Timestamp,
    ) -> Result<Snapshot, StoreError> {
        let kept = snapshot_of(&mut *self.read.acquire().await?, report.id).await?;
        match kept {
            Some(snapshot) => Ok(snapshot),
            None => self.report_as_it_stands(report, base, true, at).await,
        }
    }
}

async fn write(
    tx: &mut Transaction<'static, Any>,
    before: &ReportRecord,
    to: ReportState,
    packed: Option<String>,
    by: &By,
) -> Result<(), StoreError> {
    let actor = by.actor.to_string();
    if to == ReportState::Approved {
        let authors = [Some(&before.created_by), before.submitted_by.as_ref()];
        if authors.into_iter().flatten().any(|it| *it == actor) {
            return Err(StoreError::Conflict(
                "a second person has to approve a report: you made it or sent it to review",
            ));
        }
    }
    let is_kept = to != ReportState::Draft;
    let is = |state: ReportState| i64::from(to == state);
    let hash = packed.as_deref().map(hash_of);
    let changed = sqlx::query(
        "UPDATE report
         SET state = $3, version = version + 1, changed_at = $4, changed_by = $5,
             snapshot = CASE WHEN $6 = 0 THEN NULL ELSE COALESCE($10, snapshot) END,
             snapshot_hash = CASE WHEN $6 = 0 THEN NULL ELSE COALESCE($11, snapshot_hash) END,
             submitted_at = CASE WHEN $6 = 0 THEN NULL WHEN $7 = 1 THEN $4 ELSE submitted_at END,
             submitted_by = CASE WHEN $6 = 0 THEN NULL WHEN $7 = 1 THEN $5 ELSE submitted_by END,
             approved_at = CASE WHEN $6 = 0 THEN NULL WHEN $8 = 1 THEN $4 ELSE approved_at END,
             approved_by = CASE WHEN $6 = 0 THEN NULL WHEN $8 = 1 THEN $5 ELSE approved_by END,
             published_at = CASE WHEN $9 = 1 THEN $4 ELSE published_at END
         WHERE id = $1 AND version = $2",
    )
    .bind(before.id.to_string())
    .bind(before.version)
    .bind(to.as_str())
    .bind(by.at.0)
    .bind(actor)
    .bind(i64::from(is_kept))
    .bind(is(ReportState::InReview))
    .bind(is(ReportState::Approved))
    .bind(is(ReportState::Published))
    .bind(packed)
    .bind(hash)
    .execute(&mut **tx)
    .await?;
    match changed.rows_affected() {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

/// The report that this one follows is no longer the one to go by.
async fn supersede(
    tx: &mut Transaction<'static, Any>,
    report: &ReportRecord,
    by: &By,
) -> Result<(), StoreError> {
    let Some(previous) = report.previous else {
        return Ok(());
    };
    let changed = sqlx::query(
        "UPDATE report SET state = 'superseded', version = version + 1, changed_at = $2,
                           changed_by = $3
         WHERE id = $1 AND state = 'published'",
    )
    .bind(previous.to_string())
    .bind(by.at.0)
    .bind(by.actor.to_string())
    .execute(&mut **tx)
    .await?;
    if 0 < changed.rows_affected() {
        record(
            tx,
            by,
            "report.superseded",
            &format!("report:{previous}"),
            "",
        )
        .await?;
    }
    Ok(())
}
