//! `/api/v1/rounds/{id}/votes`: what somebody gives in a vote. Nobody reads what others gave, nor
//! how the vote stands, before it is closed.

use std::collections::BTreeMap;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ideas::{part_of, tell_counts};
use crate::base::id::{MapId, ParticipantId, RoundId, SessionId};
use crate::base::invalid::Invalid;
use crate::http::error::ApiError;
use crate::http::extract::{Json, Path};
use crate::http::identity::Credential;
use crate::http::state::App;
use crate::mindmap::schema::{Kind, is_id};
use crate::store::Ballot;
use crate::sync::room::Right;
use crate::workshop::round::RoundPlan;

/// What I give in a vote.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MyVotes {
    /// How many votes for which node.
    votes: BTreeMap<String, i64>,
    /// How many I have left.
    left: i64,
    /// How many each person has.
    of: i64,
}

/// Votes for a node, in place of those that I gave it before.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BallotBody {
    node: String,
    /// How many; 0 takes them back.
    n: i64,
}

async fn mine(
    app: &App,
    round: RoundId,
    me: ParticipantId,
) -> Result<axum::Json<MyVotes>, ApiError> {
    let (_, plan) = app.store.round(round).await?;
    let of = RoundPlan::votes_each(plan.votes);
    let votes = app.store.votes_of(round, me).await?;
    let left = (of - votes.values().sum::<i64>()).max(0);
    Ok(axum::Json(MyVotes { votes, left, of }))
}

/// What I have given. Once the vote is closed that is nowhere, and this is empty.
#[utoipa::path(get, path = "/api/v1/rounds/{id}/votes", tag = "votes",
    params(("id" = String, Path)), responses((status = OK, body = MyVotes)))]
pub(crate) async fn show(
    State(app): State<App>,
    Path(id): Path<RoundId>,
    credential: Credential,
) -> Result<axum::Json<MyVotes>, ApiError> {
    let (_, me) = part_of(&app, id, &credential).await?;
    mine(&app, id, me).await
}

/// Gives a node votes, or takes them back, while the vote is on.
#[utoipa::path(put, path = "/api/v1/rounds/{id}/votes", tag = "votes",
    params(("id" = String, Path)), request_body = BallotBody,
    responses((status = OK, body = MyVotes)))]
pub(crate) async fn vote(
    State(app): State<App>,
    Path(id): Path<RoundId>,
    credential: Credential,
    Json(body): Json<BallotBody>,
) -> Result<axum::Json<MyVotes>, ApiError> {
    let (session, me) = part_of(&app, id, &credential).await?;
    if !is_id(&body.node) {
        return Err(Invalid::new("node", "must be the id of a node").into());
    }
    let node = &*body.node;
    if body.n == 0 {
        app.store.take_back_votes(id, me, node).await?;
    } else {
        let map = ballot_box(&app, (session, me), id, node).await?;
        let ballot = Ballot {
            map,
            node,
            n: body.n,
        };
        app.store.vote(id, me, ballot).await?;
    }
    tell_counts(&app, session).await?;
    mine(&app, id, me).await
}

/// The map of the session that has this node, where it may be voted on.
async fn ballot_box(
    app: &App,
    (session, me): (SessionId, ParticipantId),
    round: RoundId,
    node: &str,
) -> Result<MapId, ApiError> {
    let (_, plan) = app.store.round(round).await?;
    for map in app.store.maps_of(session).await? {
        let tree = app.hub.tree(map, Some((me, Right::Write))).await?;
        let mut others = tree.nodes.iter().filter(|it| it.parent.is_some());
        let Some(found) = others.find(|it| *it.id == *node) else {
            continue;
        };
        if plan.vote_kind.is_some() && plan.vote_kind.as_deref() != found.kind.map(Kind::as_str) {
            return Err(Invalid::new("node", "must be of the kind that is voted on").into());
        }
        return Ok(map);
    }
    Err(Invalid::new(
        "node",
        "must be a node of the session's maps, and not the root",
    )
    .into())
}
