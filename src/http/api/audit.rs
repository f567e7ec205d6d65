//! `/api/v1/audit`: who did what, for administrators.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{PageView, time};
use crate::base::time::Timestamp;
use crate::http::error::ApiError;
use crate::http::extract::Query;
use crate::http::identity::{May, ReadAudit};
use crate::http::state::App;
use crate::store::{AuditEvent, AuditFilter, PageRequest, StoreError};

/// One line of the audit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEvent)]
pub(crate) struct EventView {
    /// Its place, from 1 and without gaps.
    seq: i64,
    #[schema(format = "date-time")]
    at: String,
    /// `account:` and an id, `participant:` and an id, `command` or `server`.
    actor: String,
    /// What was done, such as invite.revoke.
    action: String,
    /// On what: kind and id.
    target: String,
    /// What else is worth knowing.
    detail: String,
}

impl From<AuditEvent> for EventView {
    fn from(event: AuditEvent) -> Self {
        Self {
            seq: event.seq,
            at: time(event.at),
            actor: event.actor,
            action: event.action,
            target: event.target,
            detail: event.detail,
        }
    }
}

/// Whether the audit is as it was written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditCheck {
    /// Whether no event was changed, cut out or put in.
    whole: bool,
    /// How many events there are; null where the chain is broken.
    #[schema(required)]
    events: Option<i64>,
    /// Where it is broken, in words.
    #[schema(required)]
    problem: Option<String>,
}

/// Walks the whole chain of hashes, and says whether anybody has altered an event.
#[utoipa::path(get, path = "/api/v1/audit/check", tag = "audit",
    responses((status = OK, body = AuditCheck)))]
pub(crate) async fn check(
    State(app): State<App>,
    _: May<ReadAudit>,
) -> Result<axum::Json<AuditCheck>, ApiError> {
    let (events, problem) = match app.store.verify_audit().await {
        Ok(events) => (Some(events), None),
        Err(StoreError::Corrupt(problem)) => (None, Some(problem)),
        Err(error) => return Err(error.into()),
    };
    Ok(axum::Json(AuditCheck {
        whole: events.is_some(),
        events,
        problem,
    }))
}

/// Which page of which events.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditQuery {
    /// Only what was done by these: a kind, such as account, or one of them, such as account: and
    /// an id.
    actor: Option<String>,
    /// Only such acts: a kind, such as invite, or one, such as invite.revoke.
    action: Option<String>,
    /// Only what was done on these: a kind, such as session, or one, such as session: and an id.
    target: Option<String>,
    /// Only what was done at this time or later, such as 2026-11-23T00:00:00Z.
    from: Option<String>,
    /// Only what was done before this time.
    before: Option<String>,
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// Only rows that contain these words.
    q: Option<String>,
}

/// Who did what, newest first.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", params(AuditQuery),
    responses((status = OK, body = PageView<EventView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ReadAudit>,
    Query(query): Query<AuditQuery>,
) -> Result<axum::Json<PageView<EventView>>, ApiError> {
    let page = PageRequest::new(query.limit, query.cursor, query.q.as_deref())?;
    let instant = |field, said: Option<String>| {
        said.map(|it| Timestamp::from_rfc3339(field, &it))
            .transpose()
    };
    let filter = AuditFilter {
        from: instant("from", query.from)?,
        before: instant("before", query.before)?,
        actor: query.actor,
        action: query.action,
        target: query.target,
    };
    let events = app.store.audit_events(&filter, &page).await?;
    Ok(PageView::of(events, EventView::from))
}
