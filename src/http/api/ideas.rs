//! `/api/v1/rounds/{id}/ideas`: what somebody writes alone, and nobody else reads until the
//! facilitator reveals it.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Created, created, time};
use crate::base::id::{IdeaId, MapId, ParticipantId, RoundId, SessionId};
use crate::base::invalid::Invalid;
use crate::http::error::ApiError;
use crate::http::extract::{Json, Path, PathPair};
use crate::http::identity::{Credential, May, RunSession, enter, taking_part};
use crate::http::state::App;
use crate::mindmap::edit::{Operation, Reveal, Unlabelled};
use crate::mindmap::schema::ROOT;
use crate::store::Idea;
use crate::workshop::idea::{IdeaChange, IdeaLimits, IdeaWords};

/// An idea of whoever asks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Idea)]
pub(crate) struct IdeaView {
    #[schema(value_type = String, format = "uuid")]
    id: IdeaId,
    text: String,
    /// Empty where there is none.
    note: String,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    changed_at: String,
}

impl From<Idea> for IdeaView {
    fn from(idea: Idea) -> Self {
        Self {
            id: idea.id,
            text: idea.words.text,
            note: idea.words.note,
            created_at: time(idea.created_at),
            changed_at: time(idea.changed_at),
        }
    }
}

/// The ideas of whoever asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ideas {
    /// The first first.
    items: Vec<IdeaView>,
}

/// An idea to write down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdeaBody {
    /// A UUID that the client makes up, so that asking again writes nothing twice; without one,
    /// the server makes it.
    #[schema(value_type = Option<String>, format = "uuid")]
    id: Option<IdeaId>,
    text: String,
    #[serde(default)]
    note: String,
}

/// What changes; the rest stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdeaPatch {
    text: Option<String>,
    note: Option<String>,
}

/// Where ideas are to appear.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RevealBody {
    /// The node to put them under; without, the round's target, or else the root.
    node: Option<String>,
    /// The map; without, the one that the session has.
    #[schema(value_type = Option<String>, format = "uuid")]
    map: Option<MapId>,
}

/// What appeared.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Revealed {
    #[schema(value_type = String, format = "uuid")]
    map: MapId,
    node: String,
    /// How many ideas; 0 when all had appeared before.
    ideas: usize,
    /// Where the map's log ends now.
    seq: u64,
}

/// Who asks about their part in a round.
pub(super) async fn part_of(
    app: &App,
    round: RoundId,
    credential: &Credential,
) -> Result<(SessionId, ParticipantId), ApiError> {
    let (session, _) = app.store.round(round).await?;
    Ok((session, taking_part(app, session, credential).await?))
}

/// Tells those who lead how far the round has come.
pub(super) async fn tell_counts(app: &App, session: SessionId) -> Result<(), ApiError> {
    for map in app.store.maps_of(session).await? {
        app.hub.counts_changed(map).await;
    }
    Ok(())
}

fn limits(app: &App) -> IdeaLimits {
    let limits = &app.options.hub.limits;
    IdeaLimits {
        text: limits.text_chars,
        note: limits.note_chars,
    }
}

/// What I wrote in a silent round. Nobody reads what others wrote before it is revealed, not even
/// a facilitator; afterwards this is empty.
#[utoipa::path(get, path = "/api/v1/rounds/{id}/ideas", tag = "ideas",
    params(("id" = String, Path)), responses((status = OK, body = Ideas)))]
pub(crate) async fn list(
    State(app): State<App>,
    Path(id): Path<RoundId>,
    credential: Credential,
) -> Result<axum::Json<Ideas>, ApiError> {
    let (_, me) = part_of(&app, id, &credential).await?;
    let ideas = app.store.ideas(id, me).await?;
    let items = ideas.into_iter().map(IdeaView::from).collect();
    Ok(axum::Json(Ideas { items }))
}

/// Writes an idea down, while the round is on: 200 a person, and 100,000 characters in all. Asked
/// again with an id that is there, it answers with the idea as it stands.
#[utoipa::path(post, path = "/api/v1/rounds/{id}/ideas", tag = "ideas",
    params(("id" = String, Path)), request_body = IdeaBody,
    responses((status = CREATED, body = IdeaView)))]
pub(crate) async fn create(
    State(app): State<App>,
    Path(id): Path<RoundId>,
    credential: Credential,
    Json(body): Json<IdeaBody>,
) -> Result<Created<IdeaView>, ApiError> {
    let (session, me) = part_of(&app, id, &credential).await?;
    let words = IdeaWords::new(&body.text, &body.note, limits(&app))?;
    let now = app.clock.now();
    let idea = body.id.unwrap_or_else(IdeaId::new);
    let idea = app.store.add_idea((id, idea), me, &words, now).await?;
    tell_counts(&app, session).await?;
    Ok(created(&format!("rounds/{id}/ideas"), idea.id, idea.into()))
}

/// Changes an idea of mine, while the round is on.
#[utoipa::path(patch, path = "/api/v1/rounds/{id}/ideas/{idea}", tag = "ideas",
    params(("id" = String, Path), ("idea" = String, Path)), request_body = IdeaPatch,
    responses((status = OK, body = IdeaView)))]
pub(crate) async fn update(
    State(app): State<App>,
    PathPair(id, idea): PathPair<RoundId, IdeaId>,
    credential: Credential,
    Json(body): Json<IdeaPatch>,
) -> Result<axum::Json<IdeaView>, ApiError> {
    let (_, me) = part_of(&app, id, &credential).await?;
    let (text, note) = (body.text.as_deref(), body.note.as_deref());
    let change = IdeaChange::new(text, note, limits(&app))?;
    let now = app.clock.now();
    let changed = app.store.change_idea((id, idea), me, &change, now).await?;
    Ok(axum::Json(changed.into()))
}

/// Takes an idea of mine back, while the round is on.
#[utoipa::path(delete, path = "/api/v1/rounds/{id}/ideas/{idea}", tag = "ideas",
    params(("id" = String, Path), ("idea" = String, Path)),
    responses((status = NO_CONTENT)))]
pub(crate) async fn delete(
    State(app): State<App>,
    PathPair(id, idea): PathPair<RoundId, IdeaId>,
    credential: Credential,
) -> Result<StatusCode, ApiError> {
    let (session, me) = part_of(&app, id, &credential).await?;
    app.store.delete_idea((id, idea), me).await?;
    tell_counts(&app, session).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Has all ideas of a round appear under a node, in random order and under nobody's name: their
/// nodes say nothing of who made them, and the log names the facilitator. From then on the round
/// takes no ideas, and who wrote which is nowhere. Asked twice, they still appear once.
#[utoipa::path(post, path = "/api/v1/rounds/{id}/reveal", tag = "ideas",
    params(("id" = String, Path)), request_body = RevealBody,
    responses((status = OK, body = Revealed)))]
pub(crate) async fn reveal(
    State(app): State<App>,
    user: May<RunSession>,
    Path(id): Path<RoundId>,
    credential: Credential,
    Json(body): Json<RevealBody>,
) -> Result<axum::Json<Revealed>, ApiError> {
    let (session, plan) = app.store.round(id).await?;
    let map = map_for(&app, session, body.map).await?;
    let node = body.node.or(plan.target).unwrap_or_else(|| ROOT.to_owned());
    let tree = app.hub.tree(map, None).await?;
    // Before anything changes: a round whose ideas have nowhere to go stays open.
    if !tree.nodes.iter().any(|it| *it.id == *node) {
        return Err(Invalid::new("node", "must be a node of the map").into());
    }
    let by = enter(&app, map, &credential).await?.participant;
    let ideas = app.store.reveal_ideas(id, &user.by()).await?;
    let ideas = ideas.into_iter().map(|it| Unlabelled {
        node: it.node,
        text: it.words.text,
        note: it.words.note,
    });
    let reveal = Reveal {
        round: id,
        under: node.clone(),
        ideas: ideas.collect(),
    };
    let written = app.hub.write(map, by, Operation::Reveal(reveal)).await??;
    super::tell_maps(&app, session).await?;
    Ok(axum::Json(Revealed {
        map,
        node,
        ideas: written.changed,
        seq: written.seq,
    }))
}

/// The map that was named, or the only one that there is.
async fn map_for(app: &App, session: SessionId, named: Option<MapId>) -> Result<MapId, ApiError> {
    let maps = app.store.maps_of(session).await?;
    match (named, maps.as_slice()) {
        (Some(map), all) if all.contains(&map) => Ok(map),
        (None, [only]) => Ok(*only),
        (Some(_), _) => Err(Invalid::new("map", "must be a map of the session").into()),
        (None, []) => Err(Invalid::new("map", "needs a map, and the session has none").into()),
        (None, _) => Err(Invalid::new("map", "must say which: the session has several").into()),
    }
}
