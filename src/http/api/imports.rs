//! `/api/v1/imports`: files on their way into the catalogue.

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::StreamExt;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};

use super::import_views::{GlanceView, ImportView, RowView};
use super::{Created, PageView, created};
use crate::base::id::ImportId;
use crate::base::invalid::Invalid;
use crate::http::crowd::cut_off;
use crate::http::error::{ApiError, Code};
use crate::http::extract::{self, ListQuery, Path, Query};
use crate::http::identity::{Import, May};
use crate::http::state::App;
use crate::import::mapping::{Mapping, MappingText, delimiter};
use crate::import::rows::{Source, look};
use crate::import::table::Format;
use crate::import::text::Encoding;
use crate::store::{By, Decision, ImportState, PageRequest, hex};

/// How a file lies in the database.
const PART_BYTES: usize = 256 * 1024;
/// How many lines a look at a file shows.
const SAMPLE_ROWS: usize = 10;
/// How many decisions come at once.
const MAX_DECISIONS: usize = 1000;

/// What a file is called.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct UploadQuery {
    /// The file's name.
    file_name: String,
}

/// Takes a file in, as the whole body. Nothing is done with it before it is previewed.
#[utoipa::path(post, path = "/api/v1/imports", tag = "imports", params(UploadQuery),
    request_body(content = String, content_type = "application/octet-stream"),
    responses((status = CREATED, body = ImportView)))]
pub(crate) async fn upload(
    State(app): State<App>,
    user: May<Import>,
    Query(query): Query<UploadQuery>,
    body: Body,
) -> Result<Created<ImportView>, ApiError> {
    let by = user.by();
    let id = app.store.create_import(&query.file_name, &by).await?;
    if let Err(refused) = receive(&app, id, body, &by).await {
        app.store
            .end_import(id, ImportState::Cancelled, "", &by)
            .await?;
        return Err(refused);
    }
    Ok(created("imports", id, view(&app, id).await?))
}

/// Lays the body down piece by piece: what is in memory is one piece.
async fn receive(app: &App, id: ImportId, body: Body, by: &By) -> Result<(), ApiError> {
    let mut stream = body.into_data_stream();
    let mut hash = Sha256::new();
    let (mut waiting, mut place, mut n_bytes) = (Vec::with_capacity(PART_BYTES), 0, 0_u64);
    while let Some(piece) = stream.next().await {
        let not_whole = || {
            let detail = "the file did not come whole";
            ApiError::new(StatusCode::BAD_REQUEST, Code::Invalid, detail)
        };
        let piece = piece.map_err(|error| cut_off(&error, not_whole()))?;
        n_bytes += piece.len() as u64;
        if app.intake.options.max_bytes < n_bytes {
            let most = app.intake.options.max_bytes >> 20;
            let detail = format!("a file may have at most {most} MiB");
            return Err(ApiError::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                Code::TooLarge,
                detail,
            ));
        }
        hash.update(&piece);
        waiting.extend_from_slice(&piece);
        if PART_BYTES <= waiting.len() {
            app.store.add_import_part(id, place, &waiting).await?;
            waiting.clear();
            place += 1;
        }
    }
    if !waiting.is_empty() {
        app.store.add_import_part(id, place, &waiting).await?;
    }
    if n_bytes == 0 {
        return Err(Invalid::new("file", "must not be empty").into());
    }
    let hash = hex(&hash.finalize().into());
    Ok(app.store.finish_import_file(id, &hash, by).await?)
}

async fn view(app: &App, id: ImportId) -> Result<ImportView, ApiError> {
    let import = app.store.import(id, app.clock.now()).await?;
    let touched = app.store.touched_by_import(id).await?;
    Ok(ImportView::of(import, Some(touched)))
}

/// All imports, newest first.
#[utoipa::path(get, path = "/api/v1/imports", tag = "imports", params(ListQuery),
    responses((status = OK, body = PageView<ImportView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<Import>,
    Query(query): Query<ListQuery>,
) -> Result<axum::Json<PageView<ImportView>>, ApiError> {
    let imports = app.store.imports(&query.page()?, app.clock.now()).await?;
    Ok(PageView::of(imports, |it| ImportView::of(it, None)))
}

/// One of them: where it stands, and what became of its rows so far.
#[utoipa::path(get, path = "/api/v1/imports/{id}", tag = "imports", params(("id" = String, Path)),
    responses((status = OK, body = ImportView)))]
pub(crate) async fn show(
    State(app): State<App>,
    _: May<Import>,
    Path(id): Path<ImportId>,
) -> Result<axum::Json<ImportView>, ApiError> {
    Ok(axum::Json(view(&app, id).await?))
}

/// How a table is written, for a look at it.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SampleQuery {
    /// What stands between cells; told from the header unless said.
    delimiter: Option<String>,
    /// auto, utf-8 or windows-1252.
    encoding: Option<String>,
    /// Which line has the columns' names; the first unless said.
    header_row: Option<u32>,
}

/// The first lines of a file, and what it seems to be.
#[utoipa::path(get, path = "/api/v1/imports/{id}/sample", tag = "imports",
    params(("id" = String, Path), SampleQuery), responses((status = OK, body = GlanceView)))]
pub(crate) async fn sample(
    State(app): State<App>,
    _: May<Import>,
    Path(id): Path<ImportId>,
    Query(query): Query<SampleQuery>,
) -> Result<axum::Json<GlanceView>, ApiError> {
    app.store.import(id, app.clock.now()).await?;
    let format = Format {
        delimiter: delimiter(query.delimiter.as_deref().unwrap_or_default())?,
        encoding: Encoding::try_from(query.encoding.as_deref().unwrap_or_default())?,
        header_row: query.header_row.unwrap_or(1).clamp(1, 100),
    };
    let part = app.store.import_part(id, 0).await?;
    let gone = || {
        ApiError::new(
            StatusCode::GONE,
            Code::Gone,
            "the file is not here any more",
        )
    };
    let glance = look(&part.ok_or_else(gone)?, format, SAMPLE_ROWS);
    Ok(axum::Json(glance.into()))
}

/// What made the file, and how it is read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewBody {
    /// gaps, solutions, cordis, openaire or mapped.
    source: String,
    /// For mapped: the id or name of a saved mapping.
    mapping: Option<String>,
    /// For mapped: a mapping that is not saved.
    #[schema(value_type = Option<super::mappings::MappingSchema>)]
    columns: Option<MappingText>,
}

/// Begins to look what the file would do; the import says how far that is.
#[utoipa::path(post, path = "/api/v1/imports/{id}/preview", tag = "imports",
    params(("id" = String, Path)), request_body = PreviewBody,
    responses((status = ACCEPTED, body = ImportView)))]
pub(crate) async fn preview(
    State(app): State<App>,
    user: May<Import>,
    Path(id): Path<ImportId>,
    extract::Json(body): extract::Json<PreviewBody>,
) -> Result<(StatusCode, axum::Json<ImportView>), ApiError> {
    let (mapping, name) = match (&body.mapping, body.columns) {
        (_, Some(text)) => (Some(Mapping::new(text)?), String::new()),
        (Some(named), None) => {
            let saved = app.store.mapping(named).await?;
            (Some(saved.mapping), saved.name)
        }
        (None, None) => (None, String::new()),
    };
    let json = mapping.as_ref().map_or_else(String::new, Mapping::to_json);
    let source = Source::named(&body.source, mapping)?;
    let json = match source {
        Source::Mapped(_) => json,
        _ => String::new(),
    };
    let by = user.by();
    app.store
        .set_import_source(id, source.as_str(), &json, &name, by.at)
        .await?;
    begin(&app, id, ImportState::Reading, by).await
}

async fn begin(
    app: &App,
    id: ImportId,
    to: ImportState,
    by: By,
) -> Result<(StatusCode, axum::Json<ImportView>), ApiError> {
    app.intake.begin(id, to, by).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(view(app, id).await?)))
}

/// Begins to carry the import out.
#[utoipa::path(post, path = "/api/v1/imports/{id}/apply", tag = "imports",
    params(("id" = String, Path)), responses((status = ACCEPTED, body = ImportView)))]
pub(crate) async fn apply(
    State(app): State<App>,
    user: May<Import>,
    Path(id): Path<ImportId>,
) -> Result<(StatusCode, axum::Json<ImportView>), ApiError> {
    begin(&app, id, ImportState::Applying, user.by()).await
}

/// Begins to take the import back. What somebody changed since stays, and is listed.
#[utoipa::path(post, path = "/api/v1/imports/{id}/undo", tag = "imports",
    params(("id" = String, Path)), responses((status = ACCEPTED, body = ImportView)))]
pub(crate) async fn undo(
    State(app): State<App>,
    user: May<Import>,
    Path(id): Path<ImportId>,
) -> Result<(StatusCode, axum::Json<ImportView>), ApiError> {
    begin(&app, id, ImportState::Undoing, user.by()).await
}

/// Stops what is going on. Rows that were taken stand, are counted, and can be taken back; an
/// import that did nothing yet is given up.
#[utoipa::path(post, path = "/api/v1/imports/{id}/cancel", tag = "imports",
    params(("id" = String, Path)), responses((status = OK, body = ImportView)))]
pub(crate) async fn cancel(
    State(app): State<App>,
    user: May<Import>,
    Path(id): Path<ImportId>,
) -> Result<axum::Json<ImportView>, ApiError> {
    app.store.stop_import(id, &user.by()).await?;
    Ok(axum::Json(view(&app, id).await?))
}

/// Which rows of a preview.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RowQuery {
    /// Only those that would `create` or `change` a record.
    verdict: Option<String>,
    /// Only those with conflicts.
    conflicts: Option<bool>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
}

/// What the rows would do: all that change a record, the first of those that make one.
#[utoipa::path(get, path = "/api/v1/imports/{id}/rows", tag = "imports",
    params(("id" = String, Path), RowQuery), responses((status = OK, body = PageView<RowView>)))]
pub(crate) async fn rows(
    State(app): State<App>,
    _: May<Import>,
    Path(id): Path<ImportId>,
    Query(query): Query<RowQuery>,
) -> Result<axum::Json<PageView<RowView>>, ApiError> {
    app.store.import(id, app.clock.now()).await?;
    let page = PageRequest::new(query.limit, query.cursor, None)?;
    let only = query.conflicts.unwrap_or(false);
    let rows = app
        .store
        .preview_rows(id, query.verdict.as_deref(), only, &page)
        .await?;
    let lines = rows.items.iter().map(|it| it.line);
    let (from, to) = (lines.clone().min().unwrap_or(0), lines.max().unwrap_or(-1));
    let decided = app.store.import_decisions(id, from, to).await?;
    Ok(PageView::of(rows, |it| RowView::of(it, &decided)))
}

/// What a person decides about a field of a row.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionBody {
    /// The row, by its line.
    line: i64,
    /// The field.
    field: String,
    /// `yours` takes the file's value, `theirs` keeps the record's.
    takes: String,
}

/// Decisions on conflicts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionsBody {
    /// At most 1000 at once.
    #[serde(default)]
    decisions: Vec<DecisionBody>,
    /// What becomes of the others: `yours` or `theirs`.
    otherwise: Option<String>,
}

/// Decides conflicts.
#[utoipa::path(put, path = "/api/v1/imports/{id}/decisions", tag = "imports",
    params(("id" = String, Path)), request_body = DecisionsBody,
    responses((status = OK, body = ImportView)))]
pub(crate) async fn decide(
    State(app): State<App>,
    user: May<Import>,
    Path(id): Path<ImportId>,
    extract::Json(body): extract::Json<DecisionsBody>,
) -> Result<axum::Json<ImportView>, ApiError> {
    if MAX_DECISIONS < body.decisions.len() {
        return Err(Invalid::new("decisions", "must be at most 1000").into());
    }
    let takes = |word: &str| match word {
        "yours" => Ok(true),
        "theirs" => Ok(false),
        _ => Err(Invalid::new("takes", "must be yours or theirs")),
    };
    let decision = |it: DecisionBody| {
        let takes_yours = takes(&it.takes)?;
        let field = it.field.chars().take(60).collect();
        Ok(Decision {
            line: it.line,
            field,
            takes_yours,
        })
    };
    let decisions: Result<Vec<Decision>, Invalid> =
        body.decisions.into_iter().map(decision).collect();
    let otherwise = body.otherwise.as_deref().map(takes).transpose()?;
    app.store
        .decide_import(id, &decisions?, otherwise, &user.by())
        .await?;
    Ok(axum::Json(view(&app, id).await?))
}
