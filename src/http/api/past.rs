//! A map as it was: compared with another time, brought back, signed off.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::leading::WrittenView;
use crate::base::id::{CheckpointId, MapId};
use crate::base::invalid::Invalid;
use crate::http::error::ApiError;
use crate::http::extract::{Json, Path, Query};
use crate::http::identity::{Credential, May, RunSession, Visitor, enter};
use crate::http::state::App;
use crate::mindmap::compare::{self, Difference, Stood};
use crate::store::{By, StoreError};
use crate::workshop::role::Act;
use crate::workshop::session::{Session, SessionState};

/// Differences told in one answer.
const MAX_DIFFERENCES: usize = 2000;

/// Which times to compare.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CompareQuery {
    /// The earlier time: a checkpoint's id, or an update's place in the log.
    from: String,
    /// The later time, likewise; the end of the log unless said.
    to: Option<String>,
}

/// A field of a node, before and after.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldChange {
    /// Null where there was none.
    #[schema(required)]
    before: Option<String>,
    /// Null where there is none any more.
    #[schema(required)]
    after: Option<String>,
}

/// What became of a node.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NodeDifference {
    node: String,
    /// added, deleted or changed.
    what: &'static str,
    /// Its words; of one that is deleted, as they were.
    words: String,
    /// The words of what it hangs under, the central topic first; of one that is deleted, as it was.
    path: Vec<String>,
    /// Its words before and after, where they are others.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<FieldChange>,
    /// Its note, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<FieldChange>,
    /// Its kind, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<FieldChange>,
    /// Its colour, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    colour: Option<FieldChange>,
    /// Whether its links are others.
    links: bool,
    /// Where it hung before, where it was moved under another node; as in `path`.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_from: Option<Vec<String>>,
}

/// What differs between a map at one time and at another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Comparison {
    /// The earlier update.
    from: u64,
    /// The later update.
    to: u64,
    /// The nodes that differ: those that are there in the order of the map, then those that are
    /// gone. Another place among the same siblings is no difference.
    items: Vec<NodeDifference>,
    /// How many more differ than are told here.
    more: usize,
}

/// What came, went, moved and was rewritten between two times of a map.
#[utoipa::path(get, path = "/api/v1/maps/{id}/compare", tag = "history",
    params(("id" = String, Path), CompareQuery),
    responses((status = OK, body = Comparison)))]
pub(crate) async fn compare(
    State(app): State<App>,
    Path(id): Path<MapId>,
    Query(query): Query<CompareQuery>,
    credential: Credential,
) -> Result<axum::Json<Comparison>, ApiError> {
    let session = app.store.map_session(id).await?;
    let visitor = Visitor::in_session(&app, session, &credential, Act::ReadHistory).await?;
    let from = place_in(&app, id, "from", &query.from).await?;
    let to = match &query.to {
        Some(to) => place_in(&app, id, "to", to).await?,
        None => app.store.head(id).await?.seq,
    };
    let comparing = app
        .hub
        .compare(id, (from, to), visitor.asker(), move |before, after| {
            let all = compare::compare(before, after);
            Comparison {
                from,
                to,
                more: all.len().saturating_sub(MAX_DIFFERENCES),
                items: all.iter().take(MAX_DIFFERENCES).filter_map(told).collect(),
            }
        });
    Ok(axum::Json(comparing.await??))
}

/// The update that a checkpoint or a number means.
async fn place_in(app: &App, map: MapId, field: &'static str, text: &str) -> Result<u64, ApiError> {
    if let Ok(seq) = text.parse() {
        return Ok(seq);
    }
    let Ok(checkpoint) = text.parse::<CheckpointId>() else {
        return Err(Invalid::new(field, "must be a checkpoint or an update").into());
    };
    checkpoint_in(app, map, checkpoint).await
}

async fn checkpoint_in(app: &App, map: MapId, id: CheckpointId) -> Result<u64, ApiError> {
    let checkpoint = app.store.checkpoint(id).await?;
    if checkpoint.map != map {
        return Err(StoreError::NotFound("checkpoint").into());
    }
    Ok(checkpoint.seq)
}

fn told(difference: &Difference<'_>) -> Option<NodeDifference> {
    let Difference { before, after } = difference;
    let stood = after.or(*before)?;
    let changes = difference.changes();
    let path = |stood: &Stood<'_>| stood.path().into_iter().map(str::to_owned).collect();
    let (was, is) = (before.map(|it| it.node()), after.map(|it| it.node()));
    let change = |differs: bool, before: Option<&str>, after: Option<&str>| {
        differs.then(|| FieldChange {
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        })
    };
    Some(NodeDifference {
        node: stood.node().id.to_string(),
        what: match (before, after) {
            (None, _) => "added",
            (_, None) => "deleted",
            _ => "changed",
        },
        words: stood.node().text.clone(),
        path: path(&stood),
        text: change(
            changes.text,
            was.map(|it| &*it.text),
            is.map(|it| &*it.text),
        ),
        note: change(
            changes.note,
            was.map(|it| &*it.note),
            is.map(|it| &*it.note),
        ),
        kind: change(
            changes.kind,
            was.and_then(|it| it.kind).map(|it| it.as_str()),
            is.and_then(|it| it.kind).map(|it| it.as_str()),
        ),
        colour: change(
            changes.colour,
            was.and_then(|it| it.colour).map(|it| it.as_str()),
            is.and_then(|it| it.colour).map(|it| it.as_str()),
        ),
        links: changes.links,
        moved_from: before.filter(|_| changes.parent).map(|it| path(&it)),
    })
}

/// A branch to bring back, and as of when.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RestoreBody {
    /// The branch's top node.
    node: String,
    /// As it was after this update.
    seq: Option<u64>,
    /// As it was at this checkpoint; either this or `seq`.
    #[schema(value_type = Option<String>, format = "uuid")]
    checkpoint: Option<CheckpointId>,
}

/// Brings a branch back as it was, as a new edit that everybody sees. Each node that stood in it
/// then has again the words, note, kind, colour and place that it had; links that it had are added
/// to those that it has. A node is the same node wherever it is by now: one that was moved elsewhere
/// is moved back, one in the trash comes out of it, and one that is gone is made again; nothing is
/// there twice. Nodes that came into the branch since stay in it. If what the branch hung under is
/// no longer there, it hangs under the next node above that which is.
#[utoipa::path(post, path = "/api/v1/maps/{id}/restore", tag = "history",
    params(("id" = String, Path)), request_body = RestoreBody,
    responses((status = OK, body = WrittenView)))]
pub(crate) async fn restore(
    State(app): State<App>,
    user: May<RunSession>,
    Path(id): Path<MapId>,
    credential: Credential,
    Json(body): Json<RestoreBody>,
) -> Result<axum::Json<WrittenView>, ApiError> {
    let by = enter(&app, id, &credential).await?.participant;
    let seq = match (body.seq, body.checkpoint) {
        (Some(seq), None) => seq,
        (None, Some(checkpoint)) => checkpoint_in(&app, id, checkpoint).await?,
        _ => return Err(Invalid::new("seq", "or a checkpoint must be said, and not both").into()),
    };
    let by = (by, user.asker());
    WrittenView::of(app.hub.restore(id, by, seq, body.node).await?)
}

/// Signs off the maps of a session that is over: each leaves a checkpoint that proves what it was.
/// What fails is tried again when the session is next changed.
pub(super) async fn sign_off(app: &App, session: &Session, by: &By) {
    if !matches!(session.state, SessionState::Closed | SessionState::Archived) {
        return;
    }
    let maps = app.store.maps_of(session.id).await.unwrap_or_default();
    for map in maps {
        match app.hub.sign_off(map).await {
            Ok(stands) => {
                if let Err(error) = app.store.sign_off(map, &stands, by).await {
                    tracing::error!(%map, %error, "a map was not signed off");
                }
            }
            Err(error) => tracing::error!(%map, %error, "a map was not signed off"),
        }
    }
}
