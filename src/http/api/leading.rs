//! What a facilitator does in a map while people work: lock branches, call everybody, be followed.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::base::id::MapId;
use crate::base::invalid::Invalid;
use crate::http::error::{ApiError, Code};
use crate::http::extract::{Json, Path};
use crate::http::identity::{Credential, May, RunSession, enter};
use crate::http::state::App;
use crate::hub::Show;
use crate::mindmap::schema::is_id;

/// More locked branches than anybody keeps in mind.
const MAX_LOCKS: usize = 200;

/// A branch to lock, or to open again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LockBody {
    /// The branch's top node.
    node: String,
    locked: bool,
}

/// The locked branches of a map.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Locks {
    /// Their top nodes.
    locks: Vec<String>,
}

/// A call to everybody.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallBody {
    /// The node to come to; null for the map as a whole.
    node: Option<String>,
}

/// Whether everybody is to follow whoever asks.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FollowBody {
    on: bool,
}

fn node_id(text: &str) -> Result<&str, Invalid> {
    if is_id(text) {
        return Ok(text);
    }
    Err(Invalid::new("node", "must be the id of a node"))
}

/// Locks a branch for everybody but facilitators, or opens it again.
#[utoipa::path(post, path = "/api/v1/maps/{id}/locks", tag = "leading",
    params(("id" = String, Path)), request_body = LockBody,
    responses((status = OK, body = Locks)))]
pub(crate) async fn lock(
    State(app): State<App>,
    user: May<RunSession>,
    Path(id): Path<MapId>,
    Json(body): Json<LockBody>,
) -> Result<axum::Json<Locks>, ApiError> {
    let node = node_id(&body.node)?;
    app.store.map(id).await?;
    if body.locked && MAX_LOCKS <= app.store.locks(id).await?.len() {
        return Err(Invalid::new("node", "would be one lock too many").into());
    }
    app.store
        .set_lock(id, node, body.locked, &user.by())
        .await?;
    app.hub.map_changed(id).await;
    let locks = app.store.locks(id).await?;
    Ok(axum::Json(Locks { locks }))
}

/// Calls everybody in the map to a node.
#[utoipa::path(post, path = "/api/v1/maps/{id}/call", tag = "leading",
    params(("id" = String, Path)), request_body = CallBody,
    responses((status = NO_CONTENT)))]
pub(crate) async fn call(
    State(app): State<App>,
    _: May<RunSession>,
    Path(id): Path<MapId>,
    Json(body): Json<CallBody>,
) -> Result<StatusCode, ApiError> {
    let node = body.node.as_deref().map(node_id).transpose()?;
    let call = Show::Call(node.map(str::to_owned));
    app.hub.show(id, call).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Has everybody's page follow whoever asks, or no longer. It ends when they leave the map.
#[utoipa::path(post, path = "/api/v1/maps/{id}/follow", tag = "leading",
    params(("id" = String, Path)), request_body = FollowBody,
    responses((status = NO_CONTENT)))]
pub(crate) async fn follow(
    State(app): State<App>,
    _: May<RunSession>,
    Path(id): Path<MapId>,
    credential: Credential,
    Json(body): Json<FollowBody>,
) -> Result<StatusCode, ApiError> {
    let participant = enter(&app, id, &credential).await?.participant;
    let follow = if body.on {
        Show::Follow(participant)
    } else {
        Show::FollowNobody
    };
    if app.hub.show(id, follow).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    let detail = "open the map first: only who is there can be followed";
    Err(ApiError::new(StatusCode::CONFLICT, Code::Conflict, detail))
}
