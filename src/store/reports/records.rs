//! Reports as records.

use sqlx::AnyConnection;

use crate::base::id::ReportId;
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;
use crate::report::snapshot::hash_of;
use crate::report::{Draft, ReportHandle, ReportState, Snapshot};
use crate::store::audit::{By, record};
use crate::store::catalogue::reserve;
use crate::store::columns::{id, word};
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::page::{Page, PageRequest};

macro_rules! columns {
    () => {
        "id, number, version, state, draft, previous, created_at, created_by, changed_at,
         changed_by, submitted_at, submitted_by, approved_at, approved_by, published_at,
         snapshot_hash"
    };
}

#[derive(sqlx::FromRow)]
struct ReportRow {
    id: String,
    number: i64,
    version: i64,
    state: String,
    draft: String,
    previous: Option<String>,
    created_at: i64,
    created_by: String,
    changed_at: i64,
    changed_by: String,
    submitted_at: Option<i64>,
    submitted_by: Option<String>,
    approved_at: Option<i64>,
    approved_by: Option<String>,
    published_at: Option<i64>,
    snapshot_hash: Option<String>,
}

/// A report as it stands, without what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRecord {
    /// Its id.
    pub id: ReportId,
    /// The number that people see; it never changes.
    pub number: i64,
    /// Counts its changes.
    pub version: i64,
    /// Where it is in its life.
    pub state: ReportState,
    /// What people decided of it.
    pub draft: Draft,
    /// The report that it follows.
    pub previous: Option<ReportId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom, as the audit writes it.
    pub created_by: String,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
    /// When it went to review.
    pub submitted_at: Option<Timestamp>,
    /// By whom.
    pub submitted_by: Option<String>,
    /// When it was approved.
    pub approved_at: Option<Timestamp>,
    /// By whom.
    pub approved_by: Option<String>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// The SHA-256 of its snapshot, where it has one.
    pub snapshot_hash: Option<String>,
}

impl TryFrom<ReportRow> for ReportRecord {
    type Error = StoreError;

    fn try_from(row: ReportRow) -> Result<Self, StoreError> {
        let draft = serde_json::from_str(&row.draft);
        Ok(Self {
            id: id(&row.id)?,
            number: row.number,
            version: row.version,
            state: word(&row.state)?,
            draft: draft.map_err(|error| StoreError::Corrupt(error.to_string()))?,
            previous: row.previous.as_deref().map(id).transpose()?,
            created_at: Timestamp(row.created_at),
            created_by: row.created_by,
            changed_at: Timestamp(row.changed_at),
            changed_by: row.changed_by,
            submitted_at: row.submitted_at.map(Timestamp),
            submitted_by: row.submitted_by,
            approved_at: row.approved_at.map(Timestamp),
            approved_by: row.approved_by,
            published_at: row.published_at.map(Timestamp),
            snapshot_hash: row.snapshot_hash,
        })
    }
}

/// Which reports a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReportFilter {
    /// Only those in this state.
    pub state: Option<ReportState>,
}

impl Store {
    /// Makes a report, as a draft.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] on what it names and is not there.
    pub async fn create_report(
        &self,
        draft: &Draft,
        previous: Option<ReportId>,
        by: &By,
    ) -> Result<ReportRecord, StoreError> {
        let mut tx = self.begin().await?;
        let made = ReportId::new();
        check(&mut tx, draft, made, previous).await?;
        let number = reserve(&mut tx, "report", 1).await?;
        sqlx::query(
            "INSERT INTO report (id, number, version, state, title, level, draft, previous,
                                 created_at, created_by, changed_at, changed_by)
             VALUES ($1, $2, 1, 'draft', $3, $4, $5, $6, $7, $8, $7, $8)",
        )
        .bind(made.to_string())
        .bind(number)
        .bind(&draft.title)
        .bind(draft.level.as_str())
        .bind(pack(draft))
        .bind(previous.map(|it| it.to_string()))
        .bind(by.at.0)
        .bind(by.actor.to_string())
        .execute(&mut *tx)
        .await?;
        let level = draft.level.as_str();
        record(
            &mut tx,
            by,
            "report.create",
            &format!("report:{made}"),
            level,
        )
        .await?;
        tx.commit().await?;
        self.report(ReportHandle::Id(made)).await
    }

    /// The report behind a handle.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn report(&self, handle: ReportHandle) -> Result<ReportRecord, StoreError> {
        let mut on = self.read.acquire().await?;
        load(&mut on, handle).await
    }

    /// The reports that `filter` shows, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn reports(
        &self,
        filter: ReportFilter,
        page: &PageRequest,
    ) -> Result<Page<ReportRecord>, StoreError> {
        let rows: Vec<ReportRow> = sqlx::query_as(concat!(
            "SELECT ",
            columns!(),
            " FROM report
             WHERE (CAST($1 AS TEXT) IS NULL OR id < $1)
               AND (CAST($2 AS TEXT) IS NULL OR lower(title) LIKE $2 ESCAPE '\\')
               AND (CAST($3 AS TEXT) IS NULL OR state = $3)
             ORDER BY id DESC LIMIT $4"
        ))
        .bind(page.after())
        .bind(page.like())
        .bind(filter.state.map(ReportState::as_str))
        .bind(page.fetch())
        .fetch_all(&self.read)
        .await?;
        let records: Vec<ReportRecord> = rows
            .into_iter()
            .map(TryInto::try_into)
            .collect::<Result<_, _>>()?;
        Ok(page.page(records, |it| it.id.to_string()))
    }

    /// Writes what people decided of a draft anew.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`]; [`StoreError::Stale`] when `version` is not the current one;
    /// [`StoreError::Conflict`] when the report is no draft any more; [`StoreError::Invalid`] on
    /// what it names and is not there.
    pub async fn change_report(
        &self,
        report: ReportId,
        version: i64,
        draft: &Draft,
        previous: Option<ReportId>,
        by: &By,
    ) -> Result<ReportRecord, StoreError> {
        let mut tx = self.begin().await?;
        let otherwise =
            "this report is no draft any more: it has to go back before it can be changed";
        draft_of(&mut tx, report, version, otherwise).await?;
        check(&mut tx, draft, report, previous).await?;
        let changed = sqlx::query(
            "UPDATE report SET title = $3, level = $4, draft = $5, previous = $6,
                               version = version + 1, changed_at = $7, changed_by = $8
             WHERE id = $1 AND version = $2",
        )
        .bind(report.to_string())
        .bind(version)
        .bind(&draft.title)
        .bind(draft.level.as_str())
        .bind(pack(draft))
        .bind(previous.map(|it| it.to_string()))
        .bind(by.at.0)
        .bind(by.actor.to_string())
        .execute(&mut *tx)
        .await?;
        if changed.rows_affected() == 0 {
            return Err(StoreError::Stale);
        }
        record(
            &mut tx,
            by,
            "report.change",
            &format!("report:{report}"),
            "",
        )
        .await?;
        tx.commit().await?;
        self.report(ReportHandle::Id(report)).await
    }

    /// Deletes a draft. Its number is not given again.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`]; [`StoreError::Stale`] when `version` is not the current one;
    /// [`StoreError::Conflict`] when the report is no draft.
    pub async fn delete_report(
        &self,
        report: ReportId,
        version: i64,
        by: &By,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let otherwise = "only a draft can be deleted: what was submitted is kept";
        let before = draft_of(&mut tx, report, version, otherwise).await?;
        // Nothing follows a draft: only what is published is followed.
        let deleted = sqlx::query("DELETE FROM report WHERE id = $1 AND version = $2")
            .bind(report.to_string())
            .bind(version)
            .execute(&mut *tx)
            .await?;
        if deleted.rows_affected() == 0 {
            return Err(StoreError::Stale);
        }
        let number = ReportHandle::number(before.number);
        let target = format!("report:{report}");
        record(&mut tx, by, "report.delete", &target, &number).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// A draft of this version; what is said where it is a draft no more.
async fn draft_of(
    on: &mut AnyConnection,
    report: ReportId,
    version: i64,
    otherwise: &'static str,
) -> Result<ReportRecord, StoreError> {
    let before = load(on, ReportHandle::Id(report)).await?;
    if before.version != version {
        return Err(StoreError::Stale);
    }
    match before.state {
        ReportState::Draft => Ok(before),
        _ => Err(StoreError::Conflict(otherwise)),
    }
}

/// What a report is made of, where that was kept, checked against its hash.
pub(super) async fn snapshot_of(
    on: &mut AnyConnection,
    report: ReportId,
) -> Result<Option<Snapshot>, StoreError> {
    let row: Option<(Option<String>, Option<String>)> =
        sqlx::query_as("SELECT snapshot, snapshot_hash FROM report WHERE id = $1")
            .bind(report.to_string())
            .fetch_optional(on)
            .await?;
    let (Some(packed), Some(hash)) = row.ok_or(StoreError::NotFound("report"))? else {
        return Ok(None);
    };
    if hash_of(&packed) != hash {
        let words = format!("the snapshot of report {report} is not the one that was kept");
        return Err(StoreError::Corrupt(words));
    }
    let snapshot = Snapshot::unpack(&packed);
    snapshot
        .map(Some)
        .map_err(|error| StoreError::Corrupt(error.to_string()))
}

pub(super) async fn load(
    on: &mut AnyConnection,
    handle: ReportHandle,
) -> Result<ReportRecord, StoreError> {
    let (id, number) = match handle {
        ReportHandle::Id(id) => (Some(id.to_string()), None),
        ReportHandle::Number(number) => (None, Some(number)),
    };
    let row: Option<ReportRow> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM report WHERE id = CAST($1 AS TEXT) OR number = CAST($2 AS BIGINT)"
    ))
    .bind(id)
    .bind(number)
    .fetch_optional(on)
    .await?;
    row.ok_or(StoreError::NotFound("report"))?.try_into()
}

fn pack(draft: &Draft) -> String {
    // Of texts, numbers and lists only: there is no way for this to fail.
    serde_json::to_string(draft).unwrap_or_default()
}

/// Refuses what is named and not there, and a report that would follow itself.
async fn check(
    on: &mut AnyConnection,
    draft: &Draft,
    own: ReportId,
    previous: Option<ReportId>,
) -> Result<(), StoreError> {
    for group in &draft.scope.groups {
        let sql = "SELECT COUNT(*) FROM practitioner_group WHERE id = $1";
        if !is_there(on, sql, &group.to_string()).await? {
            return Err(Invalid::new("scope", "names a group that is not there").into());
        }
    }
    for session in &draft.scope.sessions {
        let sql = "SELECT COUNT(*) FROM session WHERE id = $1";
        if !is_there(on, sql, &session.to_string()).await? {
            return Err(Invalid::new("scope", "names a session that is not there").into());
        }
    }
    let Some(previous) = previous else {
        return Ok(());
    };
    // What was kept is what changes are told from; and nothing that is kept can follow a draft.
    let before = match load(on, ReportHandle::Id(previous)).await {
        Ok(before) => before,
        Err(StoreError::NotFound(_)) => {
            return Err(Invalid::new("previous", "names a report that is not there").into());
        }
        Err(error) => return Err(error),
    };
    let is_out = matches!(
        before.state,
        ReportState::Published | ReportState::Superseded
    );
    if previous == own || !is_out {
        return Err(Invalid::new("previous", "must be a report that was published").into());
    }
    Ok(())
}

async fn is_there(on: &mut AnyConnection, sql: &'static str, id: &str) -> Result<bool, StoreError> {
    let (n,): (i64,) = sqlx::query_as(sql).bind(id).fetch_one(on).await?;
    Ok(n != 0)
}
