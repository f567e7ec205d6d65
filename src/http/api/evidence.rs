//! `/api/v1/evidence`: the catalogue's evidence.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::record_schema::{EvidenceBody, EvidencePatch, EvidenceView, HistoryView};
use super::records::{self, filter, said};
use super::{Created, PageView, created};
use crate::base::invalid::Invalid;
use crate::catalogue::handle::Handle;
use crate::catalogue::kind::RecordKind;
use crate::http::error::ApiError;
use crate::http::extract::{IfMatch, Json, ListQuery, Path, Query};
use crate::http::identity::{May, ReadCatalogue, ReviewCatalogue, WriteCatalogue};
use crate::http::state::App;
use crate::store::Condition;
use crate::store::PageRequest;

const KIND: RecordKind = RecordKind::Evidence;

/// Which evidence are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct EvidenceQuery {
    /// Only what has all these words, each as the beginning of one of its own.
    q: Option<String>,
    /// Only what is in this state. Unless this says `merged`, merged records are left out.
    state: Option<String>,
    /// Only what has this label.
    tlp: Option<String>,
    /// Only evidence on this record: `gap:ID`, `solution:ID` or `fit:ID`, with an id or a number.
    target: Option<String>,
    /// Only evidence that another source contradicts, or does not.
    conflict: Option<bool>,
    /// The order: newest, number, changed, title or checked.
    sort: Option<String>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
}

/// The evidence of the catalogue.
#[utoipa::path(get, path = "/api/v1/evidence", tag = "evidence", params(EvidenceQuery),
    responses((status = OK, body = PageView<EvidenceView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ReadCatalogue>,
    Query(query): Query<EvidenceQuery>,
) -> Result<axum::Json<PageView<EvidenceView>>, ApiError> {
    let page = PageRequest::new(query.limit, query.cursor.clone(), query.q.as_deref())?;
    let (sort, q) = (query.sort.as_deref(), query.q.as_deref());
    let (state, tlp) = (query.state.as_deref(), query.tlp.as_deref());
    let mut filter = filter(KIND, sort, q, state, tlp)?;
    if let Some(text) = said(query.target.as_deref()) {
        let target = records::target(&app, text).await?;
        let wrong = || Invalid::new("target", "must be a kind and an id: gap:ID");
        let target = target.ok_or_else(wrong)?;
        filter = filter.with(Condition::Is("target", target.to_string()));
    }
    if let Some(conflict) = query.conflict {
        filter = filter.with(Condition::Flag("conflict", conflict));
    }
    records::list(&app, &filter, &page, EvidenceView).await
}

/// One of them, by id or number. The number of one that was merged gives what it became.
#[utoipa::path(get, path = "/api/v1/evidence/{id}", tag = "evidence", params(("id" = String, Path)),
    responses((status = OK, body = EvidenceView)))]
pub(crate) async fn show(
    State(app): State<App>,
    _: May<ReadCatalogue>,
    Path(id): Path<Handle>,
) -> Result<axum::Json<EvidenceView>, ApiError> {
    let shown = records::show(&app, KIND, id).await?;
    Ok(axum::Json(EvidenceView(shown)))
}

/// Makes a piece of evidence.
#[utoipa::path(post, path = "/api/v1/evidence", tag = "evidence", request_body = EvidenceBody,
    responses((status = CREATED, body = EvidenceView)))]
pub(crate) async fn create(
    State(app): State<App>,
    user: May<WriteCatalogue>,
    Json(EvidenceBody(body)): Json<EvidenceBody>,
) -> Result<Created<EvidenceView>, ApiError> {
    let (id, made) = records::create(&app, KIND, body, &user.by()).await?;
    Ok(created("evidence", id, EvidenceView(made)))
}

/// Changes a piece of evidence. Reviewers may say a state that judges, with a reason, and nothing else.
#[utoipa::path(patch, path = "/api/v1/evidence/{id}", tag = "evidence", params(("id" = String, Path)),
    request_body = EvidencePatch, responses((status = OK, body = EvidenceView)))]
pub(crate) async fn update(
    State(app): State<App>,
    user: May<ReviewCatalogue>,
    Path(id): Path<Handle>,
    version: IfMatch,
    Json(EvidencePatch(mut body)): Json<EvidencePatch>,
) -> Result<axum::Json<EvidenceView>, ApiError> {
    let version = version.or(records::take_version(&mut body)?);
    let by = (user.account.role, user.by());
    let changed = records::update(&app, (KIND, id), version, body, by).await?;
    Ok(axum::Json(EvidenceView(changed)))
}

/// How a piece of evidence changed, the last change first.
#[utoipa::path(get, path = "/api/v1/evidence/{id}/history", tag = "evidence",
    params(("id" = String, Path), ListQuery),
    responses((status = OK, body = PageView<HistoryView>)))]
pub(crate) async fn history(
    State(app): State<App>,
    _: May<ReadCatalogue>,
    Path(id): Path<Handle>,
    Query(query): Query<ListQuery>,
) -> Result<axum::Json<PageView<HistoryView>>, ApiError> {
    records::history(&app, KIND, id, &query.page()?).await
}
