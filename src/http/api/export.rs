//! `/api/v1/maps/{id}/export`: a map as a file for other programs.

use axum::extract::State;
use axum::http::HeaderName;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cards::most_known;
use crate::base::id::MapId;
use crate::export::{FileType, Format, Parts, content_disposition};
use crate::http::error::ApiError;
use crate::http::extract::{Path, Query};
use crate::http::identity::{Credential, Visitor};
use crate::http::state::App;
use crate::hub::{self, Reader, Typesetter};
use crate::workshop::role::Act;

/// To how many hundredths of its size a picture was scaled down.
const SHRUNK: HeaderName = HeaderName::from_static("gapmap-percent");

/// What to export.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExportQuery {
    /// One of the list at `/api/v1/maps/{id}/export/formats`.
    format: String,
    /// Only the branch under this node; the whole map unless said.
    branch: Option<String>,
    /// Whether notes go too; yes unless said.
    notes: Option<bool>,
    /// Whether links to the catalogue go too; yes unless said.
    links: Option<bool>,
    /// Whether the sums of closed votes go too; yes unless said.
    votes: Option<bool>,
}

/// A format that maps or reports can be written as.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExportFormat {
    /// What `format` says for it.
    format: &'static str,
    /// Its name, the same in every language.
    name: &'static str,
    /// How its files end, without the dot.
    extension: &'static str,
    /// Its media type.
    media_type: &'static str,
    /// Whether this server can make it: PDF and PNG need a program beside it.
    is_available: bool,
}

/// What a map or a report can be written as.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExportFormats {
    /// In the order in which people are shown them.
    items: Vec<ExportFormat>,
}

impl ExportFormats {
    /// These, on a server with this typesetter.
    pub(super) fn of(types: &[FileType], typesetter: &Typesetter) -> Self {
        let is_there = typesetter.is_there();
        let format = |it: &FileType| ExportFormat {
            format: it.word,
            name: it.name,
            extension: it.extension,
            media_type: it.media_type,
            is_available: it.typeset.is_none() || is_there,
        };
        Self {
            items: types.iter().map(format).collect(),
        }
    }
}

/// A map, or a branch of it, as a file: without what is in the trash, and without names of people.
#[utoipa::path(get, path = "/api/v1/maps/{id}/export", tag = "maps",
    params(("id" = String, Path), ExportQuery),
    responses((status = OK, description = "the file, in the media type of its format; where a bitmap \
        of it would be too large, `gapmap-percent` says to how much it was scaled down")))]
pub(crate) async fn export(
    State(app): State<App>,
    Path(id): Path<MapId>,
    Query(query): Query<ExportQuery>,
    credential: Credential,
) -> Result<Response, ApiError> {
    let visitor = may_read(&app, id, &credential).await?;
    let format = Format::try_from(&*query.format)?;
    let parts = Parts {
        branch: query.branch,
        notes: query.notes.unwrap_or(true),
        links: query.links.unwrap_or(true),
        votes: query.votes.unwrap_or(true),
    };
    let typesetter = &app.options.typesetter;
    let reader = Reader {
        most: most_known(visitor.who),
        asker: visitor.asker(),
    };
    let now = app.clock.now();
    let file = hub::export(&app.store, typesetter, id, format, parts, reader, now).await?;
    let headers = [
        (CONTENT_TYPE, file.media_type.to_owned()),
        (CONTENT_DISPOSITION, content_disposition(&file.name)),
    ];
    let shrunk = file.shrunk.map(|it| [(SHRUNK, it.to_string())]);
    Ok((headers, shrunk, file.bytes).into_response())
}

/// What a map can be exported as.
#[utoipa::path(get, path = "/api/v1/maps/{id}/export/formats", tag = "maps",
    params(("id" = String, Path)), responses((status = OK, body = ExportFormats)))]
pub(crate) async fn export_formats(
    State(app): State<App>,
    Path(id): Path<MapId>,
    credential: Credential,
) -> Result<axum::Json<ExportFormats>, ApiError> {
    may_read(&app, id, &credential).await?;
    let formats = Format::ALL.map(Format::file_type);
    let typesetter = &app.options.typesetter;
    Ok(axum::Json(ExportFormats::of(&formats, typesetter)))
}

async fn may_read(app: &App, map: MapId, credential: &Credential) -> Result<Visitor, ApiError> {
    let session = app.store.map_session(map).await?;
    Visitor::in_session(app, session, credential, Act::ReadMap).await
}
