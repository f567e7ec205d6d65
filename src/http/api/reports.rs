//! `/api/v1/reports`: the Report, from its draft to its files.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::export::ExportFormats;
use super::report_views::{ReportBody, ReportPatch, ReportView, StepBody};
use super::words::ReportStateWord;
use super::{Created, PageView, base_url, created};
use crate::export::{ReportFormat, content_disposition};
use crate::http::error::ApiError;
use crate::http::extract::{IfMatch, Json, Path, Query};
use crate::http::identity::{May, ReadReports, WriteReports};
use crate::http::state::App;
use crate::hub;
use crate::report::{Language, Naming, Report, ReportHandle, ReportState, Snapshot};
use crate::store::{PageRequest, ReportFilter, ReportRecord, ReportStep, StoreError};
use crate::workshop::role::{Act, Who, may};

/// What a browser does with a report that it shows: nothing but show it, as a page of nobody's.
const SANDBOX: &str = "sandbox allow-popups allow-popups-to-escape-sandbox \
                       allow-top-navigation-by-user-activation; default-src 'none'; \
                       style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                       frame-ancestors 'self'";

/// Which reports.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportQuery {
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// Only reports whose title contains these words.
    q: Option<String>,
    /// Only reports in this state.
    #[param(value_type = Option<ReportStateWord>)]
    state: Option<String>,
}

/// All reports, newest first.
#[utoipa::path(get, path = "/api/v1/reports", tag = "reports", params(ReportQuery),
    responses((status = OK, body = PageView<ReportView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ReadReports>,
    Query(query): Query<ReportQuery>,
) -> Result<axum::Json<PageView<ReportView>>, ApiError> {
    let page = PageRequest::new(query.limit, query.cursor, query.q.as_deref())?;
    let state = query.state.as_deref().filter(|it| !it.is_empty());
    let state = state.map(ReportState::try_from).transpose()?;
    let reports = app.store.reports(ReportFilter { state }, &page).await?;
    Ok(PageView::of(reports, ReportView::from))
}

/// One report, without its content.
#[utoipa::path(get, path = "/api/v1/reports/{id}", tag = "reports",
    params(("id" = String, Path)), responses((status = OK, body = ReportView)))]
pub(crate) async fn show(
    State(app): State<App>,
    _: May<ReadReports>,
    Path(id): Path<ReportHandle>,
) -> Result<axum::Json<ReportView>, ApiError> {
    Ok(axum::Json(app.store.report(id).await?.into()))
}

/// Makes a report, as a draft.
#[utoipa::path(post, path = "/api/v1/reports", tag = "reports", request_body = ReportBody,
    responses((status = CREATED, body = ReportView)))]
pub(crate) async fn create(
    State(app): State<App>,
    user: May<WriteReports>,
    Json(body): Json<ReportBody>,
) -> Result<Created<ReportView>, ApiError> {
    let (draft, previous) = body.draft()?;
    let made = app
        .store
        .create_report(&draft, previous, &user.by())
        .await?;
    Ok(created("reports", made.id, made.into()))
}

/// Changes a draft.
#[utoipa::path(patch, path = "/api/v1/reports/{id}", tag = "reports",
    params(("id" = String, Path)), request_body = ReportPatch,
    responses((status = OK, body = ReportView)))]
pub(crate) async fn update(
    State(app): State<App>,
    user: May<WriteReports>,
    Path(id): Path<ReportHandle>,
    version: IfMatch,
    Json(body): Json<ReportPatch>,
) -> Result<axum::Json<ReportView>, ApiError> {
    let before = app.store.report(id).await?;
    if version
        .or(body.version)
        .is_some_and(|it| it != before.version)
    {
        return Err(StoreError::Stale.into());
    }
    let (draft, previous) = body.over(&before)?;
    let after = app
        .store
        .change_report(before.id, before.version, &draft, previous, &user.by())
        .await?;
    Ok(axum::Json(after.into()))
}

/// Deletes a draft; what was once submitted is kept.
#[utoipa::path(delete, path = "/api/v1/reports/{id}", tag = "reports",
    params(("id" = String, Path)), responses((status = NO_CONTENT)))]
pub(crate) async fn delete(
    State(app): State<App>,
    user: May<WriteReports>,
    Path(id): Path<ReportHandle>,
    version: IfMatch,
) -> Result<StatusCode, ApiError> {
    let before = app.store.report(id).await?;
    let version = version.or(None).unwrap_or(before.version);
    app.store
        .delete_report(before.id, version, &user.by())
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a report a step on, or back: to review, to approval by a second person, to publication.
#[utoipa::path(post, path = "/api/v1/reports/{id}/state", tag = "reports",
    params(("id" = String, Path)), request_body = StepBody,
    responses((status = OK, body = ReportView)))]
pub(crate) async fn step(
    State(app): State<App>,
    user: May<ReadReports>,
    Path(id): Path<ReportHandle>,
    version: IfMatch,
    headers: HeaderMap,
    Json(body): Json<StepBody>,
) -> Result<axum::Json<ReportView>, ApiError> {
    let to = ReportState::try_from(&*body.state)?;
    let before = app.store.report(id).await?;
    // Who reviews says yes or sends it back; all other steps are the writers'.
    let is_judgement = to == ReportState::Approved
        || (before.state, to) == (ReportState::InReview, ReportState::Draft);
    let act = if is_judgement {
        Act::ApproveReports
    } else {
        Act::WriteReports
    };
    if !may(Who::Account(user.account.role), act) {
        return Err(ApiError::forbidden("your role may not take a report there"));
    }
    if to == ReportState::InReview {
        app.hub.settle_links(None).await;
    }
    let step = ReportStep {
        to,
        version: version.or(body.version),
        base: base_url(&app.options, &headers),
    };
    let after = app.store.step_report(before.id, &step, &user.by()).await?;
    Ok(axum::Json(after.into()))
}

/// A report's content as JSON: of a draft, as the records stand now.
#[utoipa::path(get, path = "/api/v1/reports/{id}/preview", tag = "reports",
    params(("id" = String, Path)), responses((status = OK, body = Report)))]
pub(crate) async fn preview(
    State(app): State<App>,
    user: May<ReadReports>,
    Path(id): Path<ReportHandle>,
    headers: HeaderMap,
) -> Result<axum::Json<Report>, ApiError> {
    let report = app.store.report(id).await?;
    let snapshot = content(&app, &report, &headers).await?;
    Ok(axum::Json(hub::make_report(snapshot, user.asker()).await?))
}

/// Where a report names those who took part.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportNamings)]
pub(crate) struct NamingsView {
    /// The texts, the cover's first; whose name it is stays with the text.
    items: Vec<Naming>,
}

/// Where the texts of a report name somebody who took part in its sessions. A public report is to
/// name nobody, and nothing but a person can tell a name from a word.
#[utoipa::path(get, path = "/api/v1/reports/{id}/namings", tag = "reports",
    params(("id" = String, Path)), responses((status = OK, body = NamingsView)))]
pub(crate) async fn namings(
    State(app): State<App>,
    user: May<ReadReports>,
    Path(id): Path<ReportHandle>,
    headers: HeaderMap,
) -> Result<axum::Json<NamingsView>, ApiError> {
    let report = app.store.report(id).await?;
    let snapshot = content(&app, &report, &headers).await?;
    let items = hub::names_in_report(&app.store, snapshot, user.asker()).await?;
    Ok(axum::Json(NamingsView { items }))
}

/// What to download.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DownloadQuery {
    /// One of the list at `/api/v1/reports/{id}/formats`.
    format: String,
    /// In which language it is laid out; the report's own unless said.
    #[param(value_type = Option<Language>)]
    language: Option<String>,
    /// `inline` to show it in the browser, for `html`; else it is saved.
    view: Option<String>,
}

/// A report as a file: of a draft, as the records stand now, and marked as a preview.
#[utoipa::path(get, path = "/api/v1/reports/{id}/download", tag = "reports",
    params(("id" = String, Path), DownloadQuery),
    responses((status = OK, description = "the file, in the media type of its format")))]
pub(crate) async fn download(
    State(app): State<App>,
    user: May<ReadReports>,
    Path(id): Path<ReportHandle>,
    Query(query): Query<DownloadQuery>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let format = ReportFormat::try_from(&*query.format)?;
    let language = query.language.as_deref().map(Language::try_from);
    let language = language.transpose()?;
    let report = app.store.report(id).await?;
    let snapshot = content(&app, &report, &headers).await?.said_in(language);
    let (typesetter, asker) = (&app.options.typesetter, Some(user.asker()));
    let file = hub::write_report(typesetter, snapshot, format, asker).await?;
    let is_shown = query.view.as_deref() == Some("inline") && format == ReportFormat::Html;
    let disposition = match is_shown {
        true => "inline".to_owned(),
        false => content_disposition(&file.name),
    };
    let mut response = (
        [
            (CONTENT_TYPE, file.media_type.to_owned()),
            (CONTENT_DISPOSITION, disposition),
        ],
        file.bytes,
    )
        .into_response();
    if format == ReportFormat::Html {
        let policy = axum::http::HeaderValue::from_static(SANDBOX);
        response
            .headers_mut()
            .insert(CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

/// What a report can be downloaded as.
#[utoipa::path(get, path = "/api/v1/reports/{id}/formats", tag = "reports",
    params(("id" = String, Path)), responses((status = OK, body = ExportFormats)))]
pub(crate) async fn formats(
    State(app): State<App>,
    _: May<ReadReports>,
    Path(id): Path<ReportHandle>,
) -> Result<axum::Json<ExportFormats>, ApiError> {
    app.store.report(id).await?;
    let formats = ReportFormat::ALL.map(ReportFormat::file_type);
    let typesetter = &app.options.typesetter;
    Ok(axum::Json(ExportFormats::of(&formats, typesetter)))
}

/// What a report is made of: what was kept, or what stands now.
async fn content(
    app: &App,
    report: &ReportRecord,
    headers: &HeaderMap,
) -> Result<Snapshot, ApiError> {
    if report.snapshot_hash.is_none() {
        app.hub.settle_links(None).await;
    }
    let base = base_url(&app.options, headers);
    let now = app.clock.now();
    Ok(app.store.report_content(report, &base, now).await?)
}
