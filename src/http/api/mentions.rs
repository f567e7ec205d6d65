//! Where gaps and solutions are named.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::time;
use crate::base::id::{MapId, SessionId};
use crate::catalogue::handle::{Handle, Target};
use crate::catalogue::kind::RecordKind;
use crate::http::error::ApiError;
use crate::http::extract::{ListQuery, Path, Query};
use crate::http::identity::{May, ReadCatalogue};
use crate::http::state::App;
use crate::store::{Mention, Named, NamedIn, PageRequest};
use crate::workshop::role::MapRole;

/// What a link says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MentionLink {
    /// How well the record fits, where that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    fit: Option<String>,
    /// The id of the participant who made it, where the session shows names to whoever asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[schema(format = "date-time")]
    at: String,
    /// proposed, confirmed or rejected.
    state: &'static str,
    /// As the link says it; of a record that was merged, the old id.
    target: String,
}

/// A node that names the record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mention)]
pub(crate) struct MentionView {
    #[schema(value_type = String, format = "uuid")]
    map: MapId,
    map_title: String,
    #[schema(value_type = String, format = "uuid")]
    session: SessionId,
    session_title: String,
    node: String,
    text: String,
    /// The words of what it hangs under, the central topic first.
    path: Vec<String>,
    /// The votes that it got in votes that are closed.
    votes: i64,
    link: MentionLink,
}

impl MentionView {
    /// As somebody with this role sees it.
    fn of(it: Mention, reader: MapRole) -> Self {
        Self {
            map: it.map,
            map_title: it.map_title,
            session: it.session,
            session_title: it.session_title,
            node: it.node,
            text: it.text,
            path: it.path,
            votes: it.votes,
            link: MentionLink {
                fit: it.fit,
                by: it.by.filter(|_| it.names.tells(reader, false)),
                at: time(it.at),
                state: it.state.as_str(),
                target: it.target,
            },
        }
    }
}

/// How often the record was named in one session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NamedInView {
    #[schema(value_type = String, format = "uuid")]
    session: SessionId,
    title: String,
    nodes: i64,
    votes: i64,
}

impl From<NamedIn> for NamedInView {
    fn from(it: NamedIn) -> Self {
        Self {
            session: it.session,
            title: it.title,
            nodes: it.nodes,
            votes: it.votes,
        }
    }
}

/// How often the record was named in all; links that were rejected do not count.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NamedView {
    /// By session, the newest first.
    sessions: Vec<NamedInView>,
    /// How many groups these sessions are of.
    groups: i64,
    /// How many main branches of maps.
    branches: i64,
    nodes: i64,
    /// The votes that these nodes got.
    votes: i64,
}

impl From<Named> for NamedView {
    fn from(it: Named) -> Self {
        Self {
            sessions: it.sessions.into_iter().map(Into::into).collect(),
            groups: it.groups,
            branches: it.branches,
            nodes: it.nodes,
            votes: it.votes,
        }
    }
}

/// Where a record is named.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Mentions {
    /// The nodes, those of the newest map first.
    items: Vec<MentionView>,
    /// The `cursor` of the next page; null at the end.
    #[schema(required)]
    next: Option<String>,
    /// All pages together.
    named: NamedView,
}

/// Every node of every session that names a gap, or one that was merged into it.
#[utoipa::path(get, path = "/api/v1/gaps/{id}/mentions", tag = "gaps",
    params(("id" = String, Path), ListQuery), responses((status = OK, body = Mentions)))]
pub(crate) async fn of_gap(
    State(app): State<App>,
    user: May<ReadCatalogue>,
    Path(id): Path<Handle>,
    Query(query): Query<ListQuery>,
) -> Result<axum::Json<Mentions>, ApiError> {
    let reader = user.account.role.on_maps();
    mentions(&app, reader, RecordKind::Gap, id, &query.page()?).await
}

/// Every node of every session that names a solution, or one that was merged into it.
#[utoipa::path(get, path = "/api/v1/solutions/{id}/mentions", tag = "solutions",
    params(("id" = String, Path), ListQuery), responses((status = OK, body = Mentions)))]
pub(crate) async fn of_solution(
    State(app): State<App>,
    user: May<ReadCatalogue>,
    Path(id): Path<Handle>,
    Query(query): Query<ListQuery>,
) -> Result<axum::Json<Mentions>, ApiError> {
    let reader = user.account.role.on_maps();
    mentions(&app, reader, RecordKind::Solution, id, &query.page()?).await
}

async fn mentions(
    app: &App,
    reader: MapRole,
    kind: RecordKind,
    handle: Handle,
    page: &PageRequest,
) -> Result<axum::Json<Mentions>, ApiError> {
    let id = app.store.record_id(kind, handle).await?;
    let record = Target { kind, id };
    app.hub.settle_links(None).await;
    let found = app.store.mentions(record, page).await?;
    let named = app.store.named(record).await?;
    let items = found.items.into_iter();
    Ok(axum::Json(Mentions {
        items: items.map(|it| MentionView::of(it, reader)).collect(),
        next: found.next,
        named: named.into(),
    }))
}
