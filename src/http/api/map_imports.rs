//! Maps from other programs: into a map, or as a new one of a session.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::words::{LossWord, MapFormatWord};
use crate::base::id::{MapId, SessionId};
use crate::base::invalid::Invalid;
use crate::base::turns::Asker;
use crate::http::crowd::cut_off;
use crate::http::error::{ApiError, Code};
use crate::http::extract::{Path, Query};
use crate::http::identity::{Credential, Visitor, enter, right_of, taking_part};
use crate::http::state::App;
use crate::import::maps::{Loss, MAX_BYTES, MapFile, MapFormat, NotKept};
use crate::intake::maps::{NotTaken, make_map, read_map};
use crate::mindmap::schema::ROOT;
use crate::store::By;
use crate::workshop::role::Act;

/// How to read a file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MapFileQuery {
    /// What the file is called: its ending tells the format, and a map without a title gets its name.
    name: Option<String>,
    /// freeplane (also FreeMind), xmind (also XMind 8), opml, markdown, text or json (our own); told
    /// from the name and the content unless said.
    format: Option<String>,
    /// Only read the file and say what would come of it; no unless said.
    preview: Option<bool>,
    /// Into a map: the node under which it comes, behind what is there; the central topic unless
    /// said.
    under: Option<String>,
    /// As a new map: what it is called; as the file says unless said.
    title: Option<String>,
}

/// What of one kind a map has no place for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NotKept)]
pub(crate) struct NotKeptView {
    /// What that is.
    #[schema(value_type = LossWord)]
    what: &'static str,
    /// How many.
    count: usize,
    /// The words of the first nodes that had some.
    places: Vec<String>,
}

/// What was read of a file, and what came of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportedMap)]
pub(crate) struct ImportedMapView {
    /// Whether nothing was written.
    preview: bool,
    /// What it was read as.
    #[schema(value_type = MapFormatWord)]
    format: &'static str,
    /// What the file calls the map.
    title: String,
    /// How many nodes there are.
    nodes: usize,
    /// On how many levels.
    levels: usize,
    /// How many arrows between nodes.
    arrows: usize,
    not_kept: Vec<NotKeptView>,
    /// The map that it is in; null in a preview of a new one.
    #[schema(required, value_type = Option<String>, format = "uuid")]
    map: Option<MapId>,
    /// The nodes that stand under the one that was said; none in a preview and in a new map.
    tops: Vec<String>,
}

impl ImportedMapView {
    fn of(file: &MapFile, map: Option<MapId>) -> Self {
        let not_kept = |it: &NotKept| NotKeptView {
            what: Loss::as_str(it.what),
            count: it.count,
            places: it.places.clone(),
        };
        Self {
            preview: true,
            format: file.format.as_str(),
            title: file.title.clone(),
            nodes: file.brought.nodes.len(),
            levels: file.brought.n_levels(),
            arrows: file.brought.arrows.len(),
            not_kept: file.not_kept.iter().map(not_kept).collect(),
            map,
            tops: Vec::new(),
        }
    }
}

/// Puts a map from another program under a node, as one edit of whoever asks: what the round, a lock
/// or the map's limits withhold from them is refused, and then nothing is written.
#[utoipa::path(post, path = "/api/v1/maps/{id}/import", tag = "maps",
    params(("id" = String, Path), MapFileQuery),
    request_body(content = String, content_type = "application/octet-stream"),
    responses((status = OK, body = ImportedMapView)))]
pub(crate) async fn into_map(
    State(app): State<App>,
    Path(map): Path<MapId>,
    Query(query): Query<MapFileQuery>,
    credential: Credential,
    body: Body,
) -> Result<axum::Json<ImportedMapView>, ApiError> {
    let session = app.store.map_session(map).await?;
    let visitor = Visitor::in_session(&app, session, &credential, Act::WriteMap).await?;
    let under = query.under.clone().unwrap_or_else(|| ROOT.to_owned());
    let file = take(&app, &query, body, visitor.asker()).await?;
    let mut view = ImportedMapView::of(&file, Some(map));
    let entry = enter(&app, map, &credential).await?;
    if query.preview.unwrap_or(false) {
        let by = (entry.participant, right_of(entry.role));
        let tree = app.hub.tree(map, Some(by)).await?;
        if !tree.nodes.iter().any(|it| *it.id == *under) {
            let reason = "must be a node of this map that is not in the trash";
            return Err(Invalid::new("under", reason).into());
        }
        return Ok(axum::Json(view));
    }
    let state = app.store.session(session).await?.state;
    let by = (entry.participant, right_of(state.limits(entry.role)));
    view.preview = false;
    view.tops = file.brought.tops().map(|it| it.to_string()).collect();
    let what = Arc::new(file.brought);
    app.hub.bring(map, by, under, what).await??;
    Ok(axum::Json(view))
}

/// Makes a map of one from another program.
#[utoipa::path(post, path = "/api/v1/sessions/{id}/maps/import", tag = "maps",
    params(("id" = String, Path), MapFileQuery),
    request_body(content = String, content_type = "application/octet-stream"),
    responses((status = CREATED, body = ImportedMapView), (status = OK, body = ImportedMapView,
        description = "a preview: nothing was made")))]
pub(crate) async fn as_map(
    State(app): State<App>,
    Path(session): Path<SessionId>,
    Query(query): Query<MapFileQuery>,
    credential: Credential,
    body: Body,
) -> Result<(StatusCode, axum::Json<ImportedMapView>), ApiError> {
    app.store.session(session).await?;
    let visitor = Visitor::in_session(&app, session, &credential, Act::ManageMaps).await?;
    let account = visitor.account.as_ref();
    let account = account.ok_or_else(|| ApiError::forbidden("this needs an account"))?;
    let by = By::account(account.id, app.clock.now());
    let file = take(&app, &query, body, visitor.asker()).await?;
    let mut view = ImportedMapView::of(&file, None);
    if query.preview.unwrap_or(false) {
        return Ok((StatusCode::OK, axum::Json(view)));
    }
    let maker = taking_part(&app, session, &credential).await?;
    let title = query.title.as_deref();
    let map = make_map(&app.store, session, title, file, (&by, maker)).await?;
    view.preview = false;
    view.map = Some(map.id);
    Ok((StatusCode::CREATED, axum::Json(view)))
}

/// Reads the file that is the body.
async fn take(
    app: &App,
    query: &MapFileQuery,
    body: Body,
    asker: Option<Asker>,
) -> Result<MapFile, ApiError> {
    let format = query.format.as_deref().filter(|it| !it.is_empty());
    let format = format.map(MapFormat::try_from).transpose()?;
    let too_large = || {
        let detail = format!(
            "the file did not come whole, or has more than {} MiB",
            MAX_BYTES >> 20
        );
        ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge, detail)
    };
    // In memory whole: there are few places for such requests.
    let bytes: Bytes = to_bytes(body, MAX_BYTES)
        .await
        .map_err(|error| cut_off(&error, too_large()))?;
    let name = query.name.as_deref().unwrap_or_default();
    let taken = read_map(&app.store, bytes, name, format, asker).await;
    taken.map_err(|error| match error {
        NotTaken::File(refused) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            ApiError::new(status, Code::Invalid, refused.to_string())
        }
        NotTaken::Store(error) => error.into(),
    })
}
