//! `/api/v1/solutions`: the catalogue's solutions.

use axum::extract::State;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::record_schema::{HistoryView, SolutionBody, SolutionPatch, SolutionView};
use super::records::{self, became, filter, is, lacking, said};
use super::{Created, PageView, created};
use crate::catalogue::handle::Handle;
use crate::catalogue::kind::RecordKind;
use crate::http::error::ApiError;
use crate::http::extract::{IfMatch, Json, ListQuery, Path, Query};
use crate::http::identity::{May, ReadCatalogue, ReviewCatalogue, WriteCatalogue};
use crate::http::state::App;
use crate::store::Condition;
use crate::store::PageRequest;

const KIND: RecordKind = RecordKind::Solution;

/// Which solutions are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SolutionQuery {
    /// Only what has all these words, each as the beginning of one of its own.
    q: Option<String>,
    /// Only what is in this state. Unless this says `merged`, merged records are left out.
    state: Option<String>,
    /// Only what has this label.
    tlp: Option<String>,
    /// Only solutions with this tag.
    tag: Option<String>,
    /// Only solutions of this kind.
    kind: Option<String>,
    /// Only solutions at this technology readiness level or above.
    trl_min: Option<i64>,
    /// Only solutions with this market status.
    market: Option<String>,
    /// Only solutions at this point of their life.
    lifecycle: Option<String>,
    /// Only solutions whose next check is over, or is not.
    stale: Option<bool>,
    /// Only results of this solution: id or number.
    parent: Option<String>,
    /// `none`: only solutions without a live fit.
    fits: Option<String>,
    /// `none`: only solutions without evidence.
    evidence: Option<String>,
    /// Only what became part of this record; asked for with the state `merged`.
    merged_into: Option<String>,
    /// The order: newest, number, changed, title, trl or checked.
    sort: Option<String>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
}

/// The solutions of the catalogue.
#[utoipa::path(get, path = "/api/v1/solutions", tag = "solutions", params(SolutionQuery),
    responses((status = OK, body = PageView<SolutionView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ReadCatalogue>,
    Query(query): Query<SolutionQuery>,
) -> Result<axum::Json<PageView<SolutionView>>, ApiError> {
    let page = PageRequest::new(query.limit, query.cursor.clone(), query.q.as_deref())?;
    let (sort, q) = (query.sort.as_deref(), query.q.as_deref());
    let (state, tlp) = (query.state.as_deref(), query.tlp.as_deref());
    let mut filter = filter(KIND, sort, q, state, tlp)?;
    filter = is(filter, "kind", query.kind.as_deref())?;
    filter = is(filter, "market_status", query.market.as_deref())?;
    filter = is(filter, "lifecycle", query.lifecycle.as_deref())?;
    if let Some(tag) = said(query.tag.as_deref()) {
        filter = filter.with(Condition::Tag(tag.to_owned()));
    }
    if let Some(least) = query.trl_min {
        filter = filter.with(Condition::AtLeast("trl_low", least));
    }
    if let Some(stale) = query.stale {
        filter = filter.with(Condition::Stale(records::today(&app), stale));
    }
    if let Some(parent) = said(query.parent.as_deref()) {
        let parent = app.store.record_id(KIND, parent.parse()?).await?;
        filter = filter.with(Condition::Is("parent", parent.to_string()));
    }
    filter = lacking(
        filter,
        "fits",
        query.fits.as_deref(),
        Condition::WithoutFits,
    )?;
    let evidence = query.evidence.as_deref();
    filter = lacking(filter, "evidence", evidence, Condition::WithoutEvidence)?;
    filter = became(&app, filter, query.merged_into.as_deref()).await?;
    records::list(&app, &filter, &page, SolutionView).await
}

/// One of them, by id or number. The number of one that was merged gives what it became.
#[utoipa::path(get, path = "/api/v1/solutions/{id}", tag = "solutions", params(("id" = String, Path)),
    responses((status = OK, body = SolutionView)))]
pub(crate) async fn show(
    State(app): State<App>,
    _: May<ReadCatalogue>,
    Path(id): Path<Handle>,
) -> Result<axum::Json<SolutionView>, ApiError> {
    let shown = records::show(&app, KIND, id).await?;
    Ok(axum::Json(SolutionView(shown)))
}

/// Makes a solution.
#[utoipa::path(post, path = "/api/v1/solutions", tag = "solutions", request_body = SolutionBody,
    responses((status = CREATED, body = SolutionView)))]
pub(crate) async fn create(
    State(app): State<App>,
    user: May<WriteCatalogue>,
    Json(SolutionBody(body)): Json<SolutionBody>,
) -> Result<Created<SolutionView>, ApiError> {
    let (id, made) = records::create(&app, KIND, body, &user.by()).await?;
    Ok(created("solutions", id, SolutionView(made)))
}

/// Changes a solution. Reviewers may say a state that judges, with a reason, and nothing else.
#[utoipa::path(patch, path = "/api/v1/solutions/{id}", tag = "solutions", params(("id" = String, Path)),
    request_body = SolutionPatch, responses((status = OK, body = SolutionView)))]
pub(crate) async fn update(
    State(app): State<App>,
    user: May<ReviewCatalogue>,
    Path(id): Path<Handle>,
    version: IfMatch,
    Json(SolutionPatch(mut body)): Json<SolutionPatch>,
) -> Result<axum::Json<SolutionView>, ApiError> {
    let version = version.or(records::take_version(&mut body)?);
    let by = (user.account.role, user.by());
    let changed = records::update(&app, (KIND, id), version, body, by).await?;
    Ok(axum::Json(SolutionView(changed)))
}

/// How a solution changed, the last change first.
#[utoipa::path(get, path = "/api/v1/solutions/{id}/history", tag = "solutions",
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

/// Into what a solution is merged.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MergeSolution)]
pub(crate) struct MergeBody {
    /// Id or number of the one that stays.
    into: String,
}

/// Merges a solution into another one: fits and evidence move, and the old number leads to the other.
#[utoipa::path(post, path = "/api/v1/solutions/{id}/merge", tag = "solutions",
    params(("id" = String, Path)), request_body = MergeBody,
    responses((status = OK, body = SolutionView)))]
pub(crate) async fn merge(
    State(app): State<App>,
    user: May<WriteCatalogue>,
    Path(id): Path<Handle>,
    Json(body): Json<MergeBody>,
) -> Result<axum::Json<SolutionView>, ApiError> {
    let merged = records::merge(&app, KIND, id, &body.into, &user.by()).await?;
    Ok(axum::Json(SolutionView(merged)))
}
