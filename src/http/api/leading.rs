//! What a facilitator does in a map while people work: lock branches, call everybody, be followed.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::base::id::{MapId, ParticipantId};
use crate::base::invalid::Invalid;
use crate::http::error::{ApiError, Code};
use crate::http::extract::{Json, Path};
use crate::http::identity::{Credential, May, RunSession, enter};
use crate::http::state::App;
use crate::hub::{NotWritten, Show, Written};
use crate::mindmap::edit::Operation;
use crate::mindmap::schema::is_id;

/// More locked branches than anybody keeps in mind.
const MAX_LOCKS: usize = 200;
/// More nodes than anybody reads to see that they say the same.
const MAX_MERGED: usize = 200;

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

/// Nodes that say the same.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MergeBody {
    /// The node that stays, and keeps its words.
    into: String,
    /// The others.
    nodes: Vec<String>,
}

/// Somebody whose changes are to be taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RollbackBody {
    #[schema(value_type = String, format = "uuid")]
    participant: ParticipantId,
}

/// What the server wrote into a map.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WrittenView {
    /// Where the map's log ends now.
    seq: u64,
    /// How many nodes, arrows and comments that changed; 0 where there was nothing to do.
    changed: usize,
}

impl WrittenView {
    pub(super) fn of(written: Result<Written, NotWritten>) -> Result<axum::Json<Self>, ApiError> {
        let Written { seq, changed } = written?;
        Ok(axum::Json(Self { seq, changed }))
    }
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

/// Makes one node of several that say the same. It keeps its words and gets the others' children
/// and links, and the votes that they got; their words are listed in its note, and they go to the
/// trash.
#[utoipa::path(post, path = "/api/v1/maps/{id}/merge", tag = "leading",
    params(("id" = String, Path)), request_body = MergeBody,
    responses((status = OK, body = WrittenView)))]
pub(crate) async fn merge(
    State(app): State<App>,
    _: May<RunSession>,
    Path(id): Path<MapId>,
    credential: Credential,
    Json(body): Json<MergeBody>,
) -> Result<axum::Json<WrittenView>, ApiError> {
    if MAX_MERGED < body.nodes.len() {
        return Err(Invalid::new("nodes", format!("must be {MAX_MERGED} at most")).into());
    }
    let by = enter(&app, id, &credential).await?.participant;
    let operation = Operation::Merge {
        into: body.into,
        nodes: body.nodes,
    };
    let written = WrittenView::of(app.hub.write(id, by, operation).await?)?;
    // The votes of the others are those of the one now.
    app.hub.map_changed(id).await;
    Ok(written)
}

/// Takes back what one participant did in the map. Nodes that they made go to the trash, and what
/// others hung under them moves up. Fields of other nodes that they were the last to change (text,
/// note, place, kind, colour, links, trash) get back what stood there before; what somebody else has
/// changed since stays. Arrows and comments that they made go, and nodes of others that they
/// took out altogether come back.
#[utoipa::path(post, path = "/api/v1/maps/{id}/rollback", tag = "leading",
    params(("id" = String, Path)), request_body = RollbackBody,
    responses((status = OK, body = WrittenView)))]
pub(crate) async fn rollback(
    State(app): State<App>,
    user: May<RunSession>,
    Path(id): Path<MapId>,
    credential: Credential,
    Json(body): Json<RollbackBody>,
) -> Result<axum::Json<WrittenView>, ApiError> {
    let entry = enter(&app, id, &credential).await?;
    let guest = app.store.participant(body.participant).await?;
    if guest.session != entry.session {
        return Err(ApiError::not_found("there is no such participant"));
    }
    let by = (entry.participant, user.asker());
    let written = app.hub.take_back(id, by, guest.id).await?;
    let written = WrittenView::of(written)?;
    app.store.note_rollback(id, guest.id, &user.by()).await?;
    Ok(written)
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
