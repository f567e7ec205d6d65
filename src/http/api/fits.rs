//! `/api/v1/fits`: the catalogue's fits.

use axum::extract::State;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::record_schema::{FitBody, FitPatch, FitView, HistoryView};
use super::records::{self, filter, is, said};
use super::{Created, PageView, created};
use crate::catalogue::fit::Scores;
use crate::catalogue::handle::Handle;
use crate::catalogue::kind::RecordKind;
use crate::http::error::ApiError;
use crate::http::extract::{IfMatch, Json, ListQuery, Path, Query};
use crate::http::identity::{May, ReadCatalogue, ReviewCatalogue, WriteCatalogue};
use crate::http::state::App;
use crate::store::Condition;
use crate::store::PageRequest;

const KIND: RecordKind = RecordKind::Fit;

/// Which fits are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FitQuery {
    /// Only what has all these words, each as the beginning of one of its own.
    q: Option<String>,
    /// Only what is in this state. Unless this says `merged`, merged records are left out.
    state: Option<String>,
    /// Only what has this label.
    tlp: Option<String>,
    /// Only fits of this gap: id or number.
    gap: Option<String>,
    /// Only fits of this solution: id or number.
    solution: Option<String>,
    /// Only fits of this degree: none, partial, good or full.
    degree: Option<String>,
    /// The order: newest, number or changed.
    sort: Option<String>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
}

/// The fits of the catalogue.
#[utoipa::path(get, path = "/api/v1/fits", tag = "fits", params(FitQuery),
    responses((status = OK, body = PageView<FitView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ReadCatalogue>,
    Query(query): Query<FitQuery>,
) -> Result<axum::Json<PageView<FitView>>, ApiError> {
    let page = PageRequest::new(query.limit, query.cursor.clone(), query.q.as_deref())?;
    let (sort, q) = (query.sort.as_deref(), query.q.as_deref());
    let (state, tlp) = (query.state.as_deref(), query.tlp.as_deref());
    let mut filter = filter(KIND, sort, q, state, tlp)?;
    filter = is(filter, "degree", query.degree.as_deref())?;
    let ends = [
        (RecordKind::Gap, "gap", &query.gap),
        (RecordKind::Solution, "solution", &query.solution),
    ];
    for (kind, name, text) in ends {
        if let Some(text) = said(text.as_deref()) {
            let id = app.store.record_id(kind, text.parse()?).await?;
            filter = filter.with(Condition::Is(name, id.to_string()));
        }
    }
    records::list(&app, &filter, &page, FitView).await
}

/// One of them, by id or number. The number of one that was merged gives what it became.
#[utoipa::path(get, path = "/api/v1/fits/{id}", tag = "fits", params(("id" = String, Path)),
    responses((status = OK, body = FitView)))]
pub(crate) async fn show(
    State(app): State<App>,
    _: May<ReadCatalogue>,
    Path(id): Path<Handle>,
) -> Result<axum::Json<FitView>, ApiError> {
    let shown = records::show(&app, KIND, id).await?;
    Ok(axum::Json(FitView(shown)))
}

/// Makes a fit.
#[utoipa::path(post, path = "/api/v1/fits", tag = "fits", request_body = FitBody,
    responses((status = CREATED, body = FitView)))]
pub(crate) async fn create(
    State(app): State<App>,
    user: May<WriteCatalogue>,
    Json(FitBody(body)): Json<FitBody>,
) -> Result<Created<FitView>, ApiError> {
    let (id, made) = records::create(&app, KIND, body, &user.by()).await?;
    Ok(created("fits", id, FitView(made)))
}

/// Changes a fit. Reviewers may say a state that judges, with a reason, and nothing else.
#[utoipa::path(patch, path = "/api/v1/fits/{id}", tag = "fits", params(("id" = String, Path)),
    request_body = FitPatch, responses((status = OK, body = FitView)))]
pub(crate) async fn update(
    State(app): State<App>,
    user: May<ReviewCatalogue>,
    Path(id): Path<Handle>,
    version: IfMatch,
    Json(FitPatch(mut body)): Json<FitPatch>,
) -> Result<axum::Json<FitView>, ApiError> {
    let version = version.or(records::take_version(&mut body)?);
    let by = (user.account.role, user.by());
    let changed = records::update(&app, (KIND, id), version, body, by).await?;
    Ok(axum::Json(FitView(changed)))
}

/// How a fit changed, the last change first.
#[utoipa::path(get, path = "/api/v1/fits/{id}/history", tag = "fits",
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

/// What one person scores a fit, each from 1 to 5; null for "not my domain".
#[derive(Debug, Deserialize, serde::Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FitScores)]
pub(crate) struct ScoresBody {
    #[schema(required)]
    operational_priority: Option<i64>,
    #[schema(required)]
    maturity: Option<i64>,
    #[schema(required)]
    standardisation: Option<i64>,
    #[schema(required)]
    interoperability: Option<i64>,
    #[schema(required)]
    current_use: Option<i64>,
}

/// What I scored a fit.
#[utoipa::path(get, path = "/api/v1/fits/{id}/scores", tag = "fits",
    params(("id" = String, Path)), responses((status = OK, body = ScoresBody)))]
pub(crate) async fn scores(
    State(app): State<App>,
    user: May<ReviewCatalogue>,
    Path(id): Path<Handle>,
) -> Result<axum::Json<ScoresBody>, ApiError> {
    let Scores(scores) = app.store.scores_of(id, user.account.id).await?;
    let [
        operational_priority,
        maturity,
        standardisation,
        interoperability,
        current_use,
    ] = scores;
    Ok(axum::Json(ScoresBody {
        operational_priority,
        maturity,
        standardisation,
        interoperability,
        current_use,
    }))
}

/// Scores a fit, over what I scored before; the answer has everybody's.
#[utoipa::path(put, path = "/api/v1/fits/{id}/scores", tag = "fits",
    params(("id" = String, Path)), request_body = ScoresBody,
    responses((status = OK, body = FitView)))]
pub(crate) async fn score(
    State(app): State<App>,
    user: May<ReviewCatalogue>,
    Path(id): Path<Handle>,
    Json(body): Json<ScoresBody>,
) -> Result<axum::Json<FitView>, ApiError> {
    let scores = Scores::new([
        body.operational_priority,
        body.maturity,
        body.standardisation,
        body.interoperability,
        body.current_use,
    ])?;
    let (account, by) = (user.account.id, user.by());
    app.store.score_fit(id, account, scores, &by).await?;
    Ok(axum::Json(FitView(records::show(&app, KIND, id).await?)))
}
