//! `/api/v1/participants/{id}/erase` and `/api/v1/maps/{id}/redact`: what somebody asks to be gone.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::participants::ParticipantView;
use crate::base::id::{MapId, ParticipantId};
use crate::base::invalid::Invalid;
use crate::http::error::ApiError;
use crate::http::extract::{Json, Path};
use crate::http::identity::{Credential, ManageMaps, ManageParticipants, May, enter};
use crate::http::state::App;
use crate::hub::Purge;
use crate::mindmap::edit::Redaction;

/// Erases who a participant is: the link to an account, the device, the tokens and the name. What
/// they wrote stays, as the words of nobody.
#[utoipa::path(post, path = "/api/v1/participants/{id}/erase", tag = "participants",
    params(("id" = String, Path)), responses((status = OK, body = ParticipantView)))]
pub(crate) async fn erase(
    State(app): State<App>,
    user: May<ManageParticipants>,
    Path(id): Path<ParticipantId>,
) -> Result<axum::Json<ParticipantView>, ApiError> {
    let erased = app.store.erase_participant(id, &user.by()).await?;
    app.hub.revoke(id).await;
    let names = app.store.session(erased.session).await?.anonymity;
    let reader = user.account.role.on_maps();
    Ok(axum::Json(ParticipantView::of(erased, names, reader)))
}

/// Which words are to go.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RedactBody {
    /// Nodes that lose their text, their note and the words of their comments.
    #[serde(default)]
    nodes: Vec<String>,
    /// Words: everything that holds them is redacted, whole. Capitals make no difference.
    text: Option<String>,
    /// Only say what would be redacted.
    #[serde(default)]
    preview: bool,
}

/// What was redacted, or would be.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Redacted {
    /// The map's history from now on.
    epoch: u64,
    /// The nodes, in reading order.
    nodes: Vec<String>,
    /// How many comments.
    comments: usize,
    /// How many arrows' labels; the map's inner title counts as one.
    labels: usize,
}

/// Takes words out of a map for good: "[redacted]" stands in their place, and the map begins a new
/// history without them and without its trash. Everybody connected loads it afresh.
#[utoipa::path(post, path = "/api/v1/maps/{id}/redact", tag = "maps",
    params(("id" = String, Path)), request_body = RedactBody,
    responses((status = OK, body = Redacted)))]
pub(crate) async fn redact(
    State(app): State<App>,
    _: May<ManageMaps>,
    Path(id): Path<MapId>,
    credential: Credential,
    Json(body): Json<RedactBody>,
) -> Result<axum::Json<Redacted>, ApiError> {
    let field = if body.text.is_some() { "text" } else { "nodes" };
    let redaction = Redaction::new(body.nodes, body.text.as_deref())?;
    let entry = enter(&app, id, &credential).await?;
    let what = if body.preview {
        Purge::Preview(redaction)
    } else {
        Purge::Words(redaction)
    };
    let purged = app.hub.purge(id, entry.participant, what).await?;
    if !body.preview && purged.redacted.is_empty() {
        return Err(Invalid::new(field, "is nowhere in this map").into());
    }
    Ok(axum::Json(Redacted {
        epoch: purged.epoch,
        nodes: purged.redacted.nodes,
        comments: purged.redacted.comments,
        labels: purged.redacted.labels,
    }))
}
