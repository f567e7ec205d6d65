//! `/api/v1/gaps`: the catalogue's gaps.

use axum::extract::State;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::record_schema::{GapBody, GapPatch, GapView, HistoryView};
use super::records::{self, became, filter, is, lacking, said};
use super::{Created, PageView, created};
use crate::base::id::GroupId;
use crate::catalogue::coverage::Light;
use crate::catalogue::handle::Handle;
use crate::catalogue::kind::RecordKind;
use crate::http::error::ApiError;
use crate::http::extract::{IfMatch, Json, ListQuery, Path, Query};
use crate::http::identity::{May, ReadCatalogue, ReviewCatalogue, WriteCatalogue};
use crate::http::state::App;
use crate::store::Condition;
use crate::store::PageRequest;

const KIND: RecordKind = RecordKind::Gap;

/// Which gaps are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct GapQuery {
    /// Only what has all these words, each as the beginning of one of its own.
    q: Option<String>,
    /// Only what is in this state. Unless this says `merged`, merged records are left out.
    state: Option<String>,
    /// Only what has this label.
    tlp: Option<String>,
    /// Only gaps with this tag.
    tag: Option<String>,
    /// Only gaps of this group.
    #[param(value_type = Option<String>, format = "uuid")]
    group: Option<GroupId>,
    /// Only gaps with this light: green, amber, red or grey.
    coverage: Option<String>,
    /// Only gaps in this dimension: technology, human, organisational or regulatory.
    thor: Option<String>,
    /// `none`: only gaps without a live fit.
    fits: Option<String>,
    /// `none`: only gaps without evidence.
    evidence: Option<String>,
    /// Only what became part of this record; asked for with the state `merged`.
    merged_into: Option<String>,
    /// The order: newest, number, changed, title, impact, urgency or votes.
    sort: Option<String>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
}

/// The gaps of the catalogue.
#[utoipa::path(get, path = "/api/v1/gaps", tag = "gaps", params(GapQuery),
    responses((status = OK, body = PageView<GapView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ReadCatalogue>,
    Query(query): Query<GapQuery>,
) -> Result<axum::Json<PageView<GapView>>, ApiError> {
    let page = PageRequest::new(query.limit, query.cursor.clone(), query.q.as_deref())?;
    let (sort, q) = (query.sort.as_deref(), query.q.as_deref());
    let (state, tlp) = (query.state.as_deref(), query.tlp.as_deref());
    let mut filter = filter(KIND, sort, q, state, tlp)?;
    filter = is(filter, "thor", query.thor.as_deref())?;
    if let Some(tag) = said(query.tag.as_deref()) {
        filter = filter.with(Condition::Tag(tag.to_owned()));
    }
    if let Some(group) = query.group {
        filter = filter.with(Condition::Group(group));
    }
    if let Some(light) = said(query.coverage.as_deref()) {
        filter = filter.with(Condition::Light(Light::try_from(light)?));
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
    records::list(&app, &filter, &page, GapView).await
}

/// One of them, by id or number. The number of one that was merged gives what it became.
#[utoipa::path(get, path = "/api/v1/gaps/{id}", tag = "gaps", params(("id" = String, Path)),
    responses((status = OK, body = GapView)))]
pub(crate) async fn show(
    State(app): State<App>,
    _: May<ReadCatalogue>,
    Path(id): Path<Handle>,
) -> Result<axum::Json<GapView>, ApiError> {
    let shown = records::show(&app, KIND, id).await?;
    Ok(axum::Json(GapView(shown)))
}

/// Makes a gap.
#[utoipa::path(post, path = "/api/v1/gaps", tag = "gaps", request_body = GapBody,
    responses((status = CREATED, body = GapView)))]
pub(crate) async fn create(
    State(app): State<App>,
    user: May<WriteCatalogue>,
    Json(GapBody(body)): Json<GapBody>,
) -> Result<Created<GapView>, ApiError> {
    let (id, made) = records::create(&app, KIND, body, &user.by()).await?;
    Ok(created("gaps", id, GapView(made)))
}

/// Changes a gap. Reviewers may say a state that judges, with a reason, and nothing else.
#[utoipa::path(patch, path = "/api/v1/gaps/{id}", tag = "gaps", params(("id" = String, Path)),
    request_body = GapPatch, responses((status = OK, body = GapView)))]
pub(crate) async fn update(
    State(app): State<App>,
    user: May<ReviewCatalogue>,
    Path(id): Path<Handle>,
    version: IfMatch,
    Json(GapPatch(mut body)): Json<GapPatch>,
) -> Result<axum::Json<GapView>, ApiError> {
    let version = version.or(records::take_version(&mut body)?);
    let by = (user.account.role, user.by());
    let changed = records::update(&app, (KIND, id), version, body, by).await?;
    Ok(axum::Json(GapView(changed)))
}

/// How a gap changed, the last change first.
#[utoipa::path(get, path = "/api/v1/gaps/{id}/history", tag = "gaps",
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

/// Into what a gap is merged.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MergeGap)]
pub(crate) struct MergeBody {
    /// Id or number of the one that stays.
    into: String,
}

/// Merges a gap into another one: fits and evidence move, and the old number leads to the other.
#[utoipa::path(post, path = "/api/v1/gaps/{id}/merge", tag = "gaps",
    params(("id" = String, Path)), request_body = MergeBody,
    responses((status = OK, body = GapView)))]
pub(crate) async fn merge(
    State(app): State<App>,
    user: May<WriteCatalogue>,
    Path(id): Path<Handle>,
    Json(body): Json<MergeBody>,
) -> Result<axum::Json<GapView>, ApiError> {
    let merged = records::merge(&app, KIND, id, &body.into, &user.by()).await?;
    Ok(axum::Json(GapView(merged)))
}
