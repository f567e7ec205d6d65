//! `/api/v1/imports/{id}/notes`: what was not taken, and why.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::IntoParams;

use super::PageView;
use super::import_views::NoteView;
use crate::base::id::ImportId;
use crate::catalogue::table::csv_line;
use crate::http::error::ApiError;
use crate::http::extract::{Path, Query};
use crate::http::identity::{Import, May};
use crate::http::state::App;
use crate::store::{NoteKind, PageRequest};

/// Which notes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NoteQuery {
    /// Only `rejected` lines, `remark`s on lines that were taken, or records that an undo `left`.
    kind: Option<String>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
}

/// Lines that were not taken, or not whole, with the reasons: the first 10,000.
#[utoipa::path(get, path = "/api/v1/imports/{id}/notes", tag = "imports",
    params(("id" = String, Path), NoteQuery), responses((status = OK, body = PageView<NoteView>)))]
pub(crate) async fn notes(
    State(app): State<App>,
    _: May<Import>,
    Path(id): Path<ImportId>,
    Query(query): Query<NoteQuery>,
) -> Result<axum::Json<PageView<NoteView>>, ApiError> {
    app.store.import(id, app.clock.now()).await?;
    let kind = query.kind.as_deref().filter(|it| !it.is_empty());
    let kind = kind.map(NoteKind::try_from).transpose()?;
    let page = PageRequest::new(query.limit, query.cursor, None)?;
    let notes = app.store.import_notes(id, kind, &page).await?;
    Ok(PageView::of(notes, NoteView::from))
}

/// The same as a table.
#[utoipa::path(get, path = "/api/v1/imports/{id}/notes.csv", tag = "imports",
    params(("id" = String, Path)),
    responses((status = OK, body = String, content_type = "text/csv")))]
pub(crate) async fn table(
    State(app): State<App>,
    _: May<Import>,
    Path(id): Path<ImportId>,
) -> Result<impl IntoResponse, ApiError> {
    app.store.import(id, app.clock.now()).await?;
    let mut table = csv_line(["kind", "line", "column", "reason"].map(str::to_owned));
    let mut cursor = None;
    loop {
        let page = PageRequest::new(Some(500), cursor, None)?;
        let notes = app.store.import_notes(id, None, &page).await?;
        for it in notes.items {
            let cells = [
                it.kind.as_str().to_owned(),
                it.on.line.to_string(),
                it.on.column,
                it.on.reason,
            ];
            table.push_str(&csv_line(cells));
        }
        cursor = notes.next;
        if cursor.is_none() {
            break;
        }
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"import-notes.csv\"",
        ),
    ];
    Ok((headers, table))
}
