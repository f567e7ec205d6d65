//! The Links board, what analysts say of links, and gaps that are made of nodes.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::PageView;
use super::cards::CardView;
use super::record_schema::Object;
use super::records::said;
use crate::base::id::{MapId, RecordId, SessionId};
use crate::base::invalid::Invalid;
use crate::base::text::on_one_line;
use crate::catalogue::handle::Target;
use crate::catalogue::json::change;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::NewRecord;
use crate::http::error::ApiError;
use crate::http::extract::{Json, Path, PathNode, PathNodeTarget, Query};
use crate::http::identity::{Credential, May, Visitor, WriteCatalogue, enter, right_of};
use crate::http::state::App;
use crate::hub::NotWritten;
use crate::store::{
    BoardFilter, BoardNode, By, LinkFilter, LinkState, Origin, PageRequest, StoreError,
};
use crate::workshop::role::{Act, Who, may};

/// Letters of a node that become the title of its gap.
const TITLE_CHARS: usize = 300;

/// Which nodes are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BoardQuery {
    /// Only nodes that are linked so: `none`, `proposed` or `confirmed`.
    linked: Option<String>,
    /// The order: `votes`, the most first. There is no other.
    sort: Option<String>,
    /// Only nodes that contain these words.
    q: Option<String>,
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// A link of a node.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BoardLinkView {
    /// As the link says it.
    target: String,
    /// proposed, confirmed or rejected.
    state: &'static str,
    card: CardView,
}

/// A node and what it is linked to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BoardNode)]
pub(crate) struct BoardNodeView {
    #[schema(value_type = String, format = "uuid")]
    map: MapId,
    map_title: String,
    node: String,
    text: String,
    /// What the node is in the discussion; null where that is not said.
    #[schema(required)]
    kind: Option<String>,
    /// The words of what it hangs under, the central topic first.
    path: Vec<String>,
    /// The votes that it got in votes that are closed.
    votes: i64,
    links: Vec<BoardLinkView>,
}

/// The live nodes of a session's maps with their links, those with the most votes first.
#[utoipa::path(get, path = "/api/v1/sessions/{id}/links", tag = "links",
    params(("id" = String, Path), BoardQuery),
    responses((status = OK, body = PageView<BoardNodeView>)))]
pub(crate) async fn board(
    State(app): State<App>,
    Path(session): Path<SessionId>,
    Query(query): Query<BoardQuery>,
    credential: Credential,
) -> Result<axum::Json<PageView<BoardNodeView>>, ApiError> {
    app.store.session(session).await?;
    let visitor = Visitor::in_session(&app, session, &credential, Act::ReadMap).await?;
    let page = PageRequest::new(query.limit, query.cursor, query.q.as_deref())?;
    if said(query.sort.as_deref()).is_some_and(|it| it != "votes") {
        return Err(Invalid::new("sort", "must be votes").into());
    }
    let linked = said(query.linked.as_deref());
    let linked = linked.map(LinkFilter::try_from).transpose()?;
    app.hub.settle_links(None).await;
    let filter = BoardFilter { session, linked };
    let board = app.store.links_board(&filter, &page).await?;
    let links = board.items.iter().flat_map(|it| &it.links);
    let targets: BTreeSet<Target> = links.filter_map(|it| it.target.parse().ok()).collect();
    let cards = app.store.cards(&targets).await?;
    let cards = cards.into_iter().map(|it| CardView::of(it, visitor.who));
    let cards: BTreeMap<String, CardView> = cards.map(|it| (it.target.clone(), it)).collect();
    Ok(PageView::of(board, |it| node_view(it, &cards)))
}

fn node_view(node: BoardNode, cards: &BTreeMap<String, CardView>) -> BoardNodeView {
    let links = node.links.into_iter().filter_map(|it| {
        Some(BoardLinkView {
            card: cards.get(&it.target)?.clone(),
            target: it.target,
            state: it.state.as_str(),
        })
    });
    BoardNodeView {
        map: node.map,
        map_title: node.map_title,
        node: node.node,
        text: node.text,
        kind: Some(node.kind).filter(|it| !it.is_empty()),
        path: node.path,
        votes: node.votes,
        links: links.collect(),
    }
}

/// What an analyst says of a link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JudgeBody {
    /// proposed, confirmed or rejected.
    state: String,
}

/// A link, as it is judged now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LinkView {
    target: String,
    /// proposed, confirmed or rejected.
    state: &'static str,
}

/// Confirms a link, rejects it, or takes either back. A rejected link stays in the map and is listed
/// as rejected.
#[utoipa::path(put, path = "/api/v1/maps/{id}/nodes/{node}/links/{target}", tag = "links",
    params(("id" = String, Path), ("node" = String, Path), ("target" = String, Path)),
    request_body = JudgeBody, responses((status = OK, body = LinkView)))]
pub(crate) async fn judge(
    State(app): State<App>,
    user: May<WriteCatalogue>,
    PathNodeTarget(map, node, target): PathNodeTarget,
    Json(body): Json<JudgeBody>,
) -> Result<axum::Json<LinkView>, ApiError> {
    let state = LinkState::try_from(body.state.as_str())?;
    app.store.map(map).await?;
    app.hub.settle_links(Some(map)).await;
    let by = user.by();
    app.store.judge_link(map, &node, target, state, &by).await?;
    Ok(axum::Json(LinkView {
        target: target.to_string(),
        state: state.as_str(),
    }))
}

/// What the gap is called.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MakeGapBody {
    /// Unless said, the node's words.
    title: Option<String>,
}

/// Makes a gap of a node and links the node to it, both or neither. A node becomes one gap: asked
/// again, this answers the gap that is there, with 200, and links the node where it is not linked.
#[utoipa::path(post, path = "/api/v1/maps/{id}/nodes/{node}/gap", tag = "links",
    params(("id" = String, Path), ("node" = String, Path)), request_body = MakeGapBody,
    responses((status = CREATED, body = CardView), (status = OK, body = CardView)))]
pub(crate) async fn make_gap(
    State(app): State<App>,
    PathNode(map, node): PathNode,
    credential: Credential,
    Json(body): Json<MakeGapBody>,
) -> Result<(StatusCode, axum::Json<CardView>), ApiError> {
    let session = app.store.map_session(map).await?;
    let visitor = Visitor::in_session(&app, session, &credential, Act::Propose).await?;
    let by = match &visitor.account {
        Some(account) => By::account(account.id, app.clock.now()),
        None => By::participant(
            enter(&app, map, &credential).await?.participant,
            app.clock.now(),
        ),
    };
    app.hub.settle_links(Some(map)).await;
    let text = app.store.node_text(map, &node).await?;
    if let Some(gap) = app.store.gap_of_node(map, &node).await? {
        link(&app, map, &credential, (&node, gap), None).await?;
        return Ok((StatusCode::OK, card(&app, gap, visitor.who).await?));
    }
    let title = said(body.title.as_deref()).unwrap_or(&text);
    let new = gap_of(&app, session, (map, &node), title, visitor.who).await?;
    let origin = Origin {
        gap: RecordId::new(),
        number: app.store.reserve_number(RecordKind::Gap).await?,
        new,
        by,
        node: node.clone(),
    };
    let gap = origin.gap;
    let made = link(&app, map, &credential, (&node, gap), Some(origin)).await;
    let there = app.store.gap_of_node(map, &node).await?;
    match (made, there) {
        (Ok(()), Some(it)) if it == gap => {
            Ok((StatusCode::CREATED, card(&app, gap, visitor.who).await?))
        }
        // Somebody made it at the same time.
        (_, Some(gap)) => Ok((StatusCode::OK, card(&app, gap, visitor.who).await?)),
        (Err(refused), None) => Err(refused),
        (Ok(()), None) => Err(ApiError::busy("the gap could not be made; try again")),
    }
}

/// What the gap of a node says: its words, its session's groups and label, and where it comes from.
/// Those who keep the catalogue propose it; what others make is a draft.
async fn gap_of(
    app: &App,
    session: SessionId,
    (map, node): (MapId, &str),
    title: &str,
    who: Who,
) -> Result<NewRecord, ApiError> {
    let session = app.store.session(session).await?;
    let line = on_one_line(title);
    let title: String = line.chars().take(TITLE_CHARS).collect();
    if title.is_empty() {
        return Err(Invalid::new("title", "must be said: the node has no words").into());
    }
    let state = match may(who, Act::WriteCatalogue) {
        true => "proposed",
        false => "draft",
    };
    let groups: Vec<String> = session.groups.iter().map(|it| it.0.to_string()).collect();
    let said = json!({ "title": title, "state": state, "origin": "node",
        "origin_node": format!("{map}/{node}"), "groups": groups,
        "tlp": session.tlp.as_str() });
    let said: Object = said.as_object().cloned().unwrap_or_default();
    Ok(NewRecord::new(&change(RecordKind::Gap, &said)?)?)
}

/// Writes the link, as an edit of whoever asks.
async fn link(
    app: &App,
    map: MapId,
    credential: &Credential,
    (node, gap): (&str, RecordId),
    made: Option<Origin>,
) -> Result<(), ApiError> {
    let entry = enter(app, map, credential).await?;
    let session = app.store.session(entry.session).await?;
    let right = right_of(session.state.limits(entry.role));
    let id = gap;
    let kind = RecordKind::Gap;
    let link = (node.to_owned(), Target { kind, id }.to_string());
    let by = (entry.participant, right);
    match app.hub.link(map, by, link, made).await? {
        Ok(_) => Ok(()),
        Err(NotWritten::Invalid(refused)) if refused.field == "node" => {
            Err(StoreError::NotFound("node").into())
        }
        Err(why) => Err(why.into()),
    }
}

async fn card(app: &App, gap: RecordId, who: Who) -> Result<axum::Json<CardView>, ApiError> {
    let (kind, id) = (RecordKind::Gap, gap);
    let cards = app
        .store
        .cards(&BTreeSet::from([Target { kind, id }]))
        .await?;
    let card = cards
        .into_iter()
        .next()
        .ok_or(StoreError::NotFound("gap"))?;
    Ok(axum::Json(CardView::of(card, who)))
}
