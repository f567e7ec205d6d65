//! `/api/v1/maps`: mind maps, as records and as trees.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::words::{MapRoleWord, MapStateWord};
use super::{Created, OfSession, PageView, created, time};
use crate::base::id::{MapId, ParticipantId, SessionId};
use crate::http::error::ApiError;
use crate::http::extract::{IfMatch, Json, Path, Query};
use crate::http::identity::{Credential, ManageMaps, May, Visitor, enter, right_of};
use crate::http::state::App;
use crate::hub::Purge;
use crate::mindmap::edit;
use crate::store::{HistoryRow, PageRequest};
use crate::workshop::map::{Map, MapChange, MapState, MapTitle};
use crate::workshop::role::Act;

/// A mind map's record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Map)]
pub(crate) struct MapView {
    #[schema(value_type = String, format = "uuid")]
    id: MapId,
    #[schema(value_type = String, format = "uuid")]
    session: SessionId,
    title: String,
    /// open, locked or archived.
    #[schema(value_type = MapStateWord)]
    state: &'static str,
    /// Which history its document is in; another one is never merged with it.
    epoch: u64,
    version: i64,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    changed_at: String,
}

impl From<Map> for MapView {
    fn from(map: Map) -> Self {
        Self {
            id: map.id,
            session: map.session,
            title: map.title,
            state: map.state.as_str(),
            epoch: map.epoch,
            version: map.version,
            created_at: time(map.created_at),
            changed_at: time(map.changed_at),
        }
    }
}

/// Who asks, on this map.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeOnMap {
    #[schema(value_type = String, format = "uuid")]
    participant: ParticipantId,
    pseudonym: String,
    /// viewer, editor or facilitator, as the session's state leaves it.
    #[schema(value_type = MapRoleWord)]
    role: &'static str,
}

/// A map, and who asks for it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MapWithMe {
    #[serde(flatten)]
    map: MapView,
    me: MeOnMap,
}

/// A map to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MapBody {
    #[schema(value_type = String, format = "uuid")]
    session: SessionId,
    title: String,
}

/// What changes; the rest stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MapPatch {
    title: Option<String>,
    /// open, locked or archived.
    #[schema(value_type = Option<MapStateWord>)]
    state: Option<String>,
    /// The version that the change was made from; `If-Match` says the same.
    version: Option<i64>,
}

/// A session's maps, newest first; its participants may see them too.
#[utoipa::path(get, path = "/api/v1/maps", tag = "maps", params(OfSession),
    responses((status = OK, body = PageView<MapView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    Query(query): Query<OfSession>,
    credential: Credential,
) -> Result<axum::Json<PageView<MapView>>, ApiError> {
    Visitor::in_session(&app, query.session, &credential, Act::ReadSession).await?;
    let maps = app
        .store
        .maps(query.session, &query.page(&app).await?)
        .await?;
    Ok(PageView::of(maps, MapView::from))
}

/// Makes a map with nothing but its central topic.
#[utoipa::path(post, path = "/api/v1/maps", tag = "maps", request_body = MapBody,
    responses((status = CREATED, body = MapView)))]
pub(crate) async fn create(
    State(app): State<App>,
    user: May<ManageMaps>,
    Json(body): Json<MapBody>,
) -> Result<Created<MapView>, ApiError> {
    let title = MapTitle::try_from(body.title.as_str())?;
    let by = user.by();
    let document = edit::new_document(title.as_str(), None, by.at);
    let map = app
        .store
        .create_map(body.session, &title, document, &by)
        .await?;
    Ok(created("maps", map.id, map.into()))
}

/// One map, and who is asking.
#[utoipa::path(get, path = "/api/v1/maps/{id}", tag = "maps",
    params(("id" = String, Path)), responses((status = OK, body = MapWithMe)))]
pub(crate) async fn show(
    State(app): State<App>,
    Path(id): Path<MapId>,
    credential: Credential,
) -> Result<axum::Json<MapWithMe>, ApiError> {
    let entry = enter(&app, id, &credential).await?;
    let map = app.store.map(id).await?;
    let session = app.store.session(entry.session).await?;
    Ok(axum::Json(MapWithMe {
        map: map.into(),
        me: MeOnMap {
            participant: entry.participant,
            pseudonym: entry.pseudonym,
            role: session.state.limits(entry.role).as_str(),
        },
    }))
}

/// Renames a map, locks it, opens it again or archives it.
#[utoipa::path(patch, path = "/api/v1/maps/{id}", tag = "maps",
    params(("id" = String, Path)), request_body = MapPatch,
    responses((status = OK, body = MapView)))]
pub(crate) async fn update(
    State(app): State<App>,
    user: May<ManageMaps>,
    Path(id): Path<MapId>,
    version: IfMatch,
    Json(body): Json<MapPatch>,
) -> Result<axum::Json<MapView>, ApiError> {
    let change = MapChange {
        title: body.title.as_deref().map(MapTitle::try_from).transpose()?,
        state: body.state.as_deref().map(MapState::try_from).transpose()?,
    };
    let version = version.or(body.version);
    let map = app
        .store
        .change_map(id, version, &change, &user.by())
        .await?;
    app.hub.map_changed(id).await;
    Ok(axum::Json(map.into()))
}

/// A map's tree as everybody sees it, without what is in the trash; `votes` are those of all votes
/// that are closed.
#[utoipa::path(get, path = "/api/v1/maps/{id}/tree", tag = "maps",
    params(("id" = String, Path)),
    responses((status = OK, description = "`{id, text, kind, note, links, votes, children}`")))]
pub(crate) async fn tree(
    State(app): State<App>,
    Path(id): Path<MapId>,
    credential: Credential,
) -> Result<Response, ApiError> {
    let entry = enter(&app, id, &credential).await?;
    let by = (entry.participant, right_of(entry.role));
    let tree = app.hub.tree(id, Some(by)).await?;
    let tallies = app.store.tallies(id).await?;
    let json = tree.to_json(|node| tallies.get(node).copied().unwrap_or(0));
    Ok(([(CONTENT_TYPE, "application/json")], json).into_response())
}

/// What a purge left behind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Purged {
    /// The map's new history.
    epoch: u64,
}

/// Erases what is in the trash, for good: the map begins a new history without it, and everybody
/// connected loads it afresh.
#[utoipa::path(post, path = "/api/v1/maps/{id}/purge", tag = "maps",
    params(("id" = String, Path)), responses((status = OK, body = Purged)))]
pub(crate) async fn purge(
    State(app): State<App>,
    _: May<ManageMaps>,
    Path(id): Path<MapId>,
    credential: Credential,
) -> Result<axum::Json<Purged>, ApiError> {
    let entry = enter(&app, id, &credential).await?;
    let purged = app.hub.purge(id, entry.participant, Purge::Trash).await?;
    let epoch = purged.epoch;
    Ok(axum::Json(Purged { epoch }))
}

/// One accepted update.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HistoryView {
    seq: u64,
    epoch: u64,
    #[schema(format = "date-time")]
    at: String,
    /// Who made it; null for the server, and where the session does not show names to whoever asks.
    #[schema(value_type = Option<String>, format = "uuid")]
    participant: Option<ParticipantId>,
    /// Null where `participant` is.
    pseudonym: Option<String>,
    /// genesis or edit.
    kind: String,
    /// How large it is.
    bytes: i64,
}

impl From<HistoryRow> for HistoryView {
    fn from(row: HistoryRow) -> Self {
        Self {
            seq: row.seq,
            epoch: row.epoch,
            at: time(row.at),
            participant: row.participant,
            pseudonym: row.pseudonym,
            kind: row.kind,
            bytes: row.bytes,
        }
    }
}

/// Which page of a map's history.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HistoryQuery {
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// Who changed a map, and when, newest first.
#[utoipa::path(get, path = "/api/v1/maps/{id}/history", tag = "maps",
    params(("id" = String, Path), HistoryQuery),
    responses((status = OK, body = PageView<HistoryView>)))]
pub(crate) async fn history(
    State(app): State<App>,
    Path(id): Path<MapId>,
    Query(query): Query<HistoryQuery>,
    credential: Credential,
) -> Result<axum::Json<PageView<HistoryView>>, ApiError> {
    let session = app.store.map_session(id).await?;
    let visitor = Visitor::in_session(&app, session, &credential, Act::ReadHistory).await?;
    let names = app.store.session(session).await?.anonymity;
    let page = PageRequest::new(query.limit, query.cursor, None)?;
    let rows = app.store.history(id, &page).await?;
    Ok(PageView::of(rows, |mut row| {
        row.participant = visitor.told(names, row.participant);
        row.pseudonym = row.pseudonym.filter(|_| row.participant.is_some());
        row.into()
    }))
}
