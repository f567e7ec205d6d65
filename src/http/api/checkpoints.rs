//! `/api/v1/maps/{id}/checkpoints`: places in a map's log that have a name.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Created, PageView, created, time};
use crate::base::id::{CheckpointId, MapId, RoundId};
use crate::http::error::ApiError;
use crate::http::extract::{Json, ListQuery, Path, Query};
use crate::http::identity::{Credential, May, RunSession, Visitor};
use crate::http::state::App;
use crate::store::{Checkpoint, hex};
use crate::workshop::map::MapTitle;
use crate::workshop::role::Act;

/// A place in a map's log that has a name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Checkpoint)]
pub(crate) struct CheckpointView {
    #[schema(value_type = String, format = "uuid")]
    id: CheckpointId,
    #[schema(value_type = String, format = "uuid")]
    map: MapId,
    /// The last update that is in it.
    seq: u64,
    /// The history that it belongs to.
    epoch: u64,
    title: String,
    #[schema(format = "date-time")]
    at: String,
    /// The round that ended there; null for one made by hand.
    #[schema(required, value_type = Option<String>, format = "uuid")]
    round: Option<RoundId>,
    /// What proves it, where the session was closed there; else null.
    #[schema(required)]
    signed: Option<SignedView>,
}

/// What proves what a map was: `gapmap verify` holds the log against it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Signed)]
pub(crate) struct SignedView {
    /// SHA-256 of the last update, which is also over all before it.
    log: String,
    /// SHA-256 of the map's content.
    state: String,
}

impl From<Checkpoint> for CheckpointView {
    fn from(checkpoint: Checkpoint) -> Self {
        Self {
            id: checkpoint.id,
            map: checkpoint.map,
            seq: checkpoint.seq,
            epoch: checkpoint.epoch,
            title: checkpoint.title,
            at: time(checkpoint.at),
            round: checkpoint.round,
            signed: checkpoint.signed.map(|it| SignedView {
                log: hex(&it.log),
                state: hex(&it.state),
            }),
        }
    }
}

/// A checkpoint to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckpointBody {
    title: String,
}

/// A map's checkpoints, newest first. The server makes one at the end of each round.
#[utoipa::path(get, path = "/api/v1/maps/{id}/checkpoints", tag = "checkpoints",
    params(("id" = String, Path), ListQuery),
    responses((status = OK, body = PageView<CheckpointView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    Path(id): Path<MapId>,
    Query(query): Query<ListQuery>,
    credential: Credential,
) -> Result<axum::Json<PageView<CheckpointView>>, ApiError> {
    let session = app.store.map_session(id).await?;
    Visitor::in_session(&app, session, &credential, Act::ReadHistory).await?;
    let rows = app.store.checkpoints(id, &query.page()?).await?;
    Ok(PageView::of(rows, CheckpointView::from))
}

/// Gives the map as it is now a name to come back to.
#[utoipa::path(post, path = "/api/v1/maps/{id}/checkpoints", tag = "checkpoints",
    params(("id" = String, Path)), request_body = CheckpointBody,
    responses((status = CREATED, body = CheckpointView)))]
pub(crate) async fn make(
    State(app): State<App>,
    user: May<RunSession>,
    Path(id): Path<MapId>,
    Json(body): Json<CheckpointBody>,
) -> Result<Created<CheckpointView>, ApiError> {
    let title = MapTitle::try_from(body.title.as_str())?;
    let made = app
        .store
        .make_checkpoint(id, title.as_str(), &user.by())
        .await?;
    let resource = format!("maps/{id}/checkpoints");
    Ok(created(&resource, made.id, made.into()))
}
