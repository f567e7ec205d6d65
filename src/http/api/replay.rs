//! How a map came about: its updates to be played again, and who wrote what.

use axum::extract::State;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::time;
use crate::base::id::{MapId, ParticipantId};
use crate::http::error::ApiError;
use crate::http::extract::{Path, Query};
use crate::http::identity::{Credential, Visitor};
use crate::http::state::App;
use crate::store::log::{RowKind, StoredRow};
use crate::sync::authors::{Deed, Entry};
use crate::workshop::anonymity::Anonymity;
use crate::workshop::role::Act;

/// Whose ids somebody is shown: those of whom they see the name.
struct Shown {
    visitor: Visitor,
    names: Anonymity,
}

impl Shown {
    async fn to(app: &App, map: MapId, credential: &Credential) -> Result<Self, ApiError> {
        let session = app.store.map_session(map).await?;
        let visitor = Visitor::in_session(app, session, credential, Act::ReadHistory).await?;
        let names = app.store.session(session).await?.anonymity;
        Ok(Self { visitor, names })
    }

    fn id(&self, participant: Option<ParticipantId>) -> Option<ParticipantId> {
        self.visitor.told(self.names, participant)
    }
}

/// One accepted update, to be applied to what the ones before it make.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Replayed {
    seq: u64,
    #[schema(format = "date-time")]
    at: String,
    /// Who made it; null for the server, and where the session does not show names to whoever asks.
    #[schema(required, value_type = Option<String>, format = "uuid")]
    participant: Option<ParticipantId>,
    /// Whether a history begins with it.
    genesis: bool,
    /// The Yjs update, v1, in base64.
    update: String,
}

/// A stretch of a map's log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Replay {
    /// Which history this is: after a purge, another one.
    epoch: u64,
    /// The updates, oldest first. As many as a page may hold; they end before that where they are
    /// large.
    items: Vec<Replayed>,
    /// The `from` of the next page; null at the end of the log.
    #[schema(required)]
    next: Option<u64>,
}

/// Which stretch of a map's log.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReplayQuery {
    /// The first update, by its place in the log; the beginning unless said.
    from: Option<u64>,
    /// How many updates, 1 to 1000; 1000 unless said.
    limit: Option<u16>,
}

/// A map's updates since it was last purged, oldest first: applied one after the other, they make
/// the map as it was at each time.
#[utoipa::path(get, path = "/api/v1/maps/{id}/replay", tag = "history",
    params(("id" = String, Path), ReplayQuery),
    responses((status = OK, body = Replay)))]
pub(crate) async fn replay(
    State(app): State<App>,
    Path(id): Path<MapId>,
    Query(query): Query<ReplayQuery>,
    credential: Credential,
) -> Result<axum::Json<Replay>, ApiError> {
    let shown = Shown::to(&app, id, &credential).await?;
    let after = query.from.unwrap_or(0).saturating_sub(1);
    let stretch = app.store.stretch(id, after, query.limit).await?;
    let next = stretch.rows.last().filter(|_| stretch.more);
    let replayed = |StoredRow { row, .. }: &StoredRow| Replayed {
        seq: row.seq,
        at: time(row.at),
        participant: shown.id(row.participant),
        genesis: row.kind == RowKind::Genesis,
        update: BASE64.encode(&row.body),
    };
    Ok(axum::Json(Replay {
        epoch: app.store.map(id).await?.epoch,
        next: next.map(|it| it.row.seq + 1),
        items: stretch.rows.iter().map(replayed).collect(),
    }))
}

/// Something that somebody did to a node, once or on and on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeedView {
    /// made, text, note, moved, kind, colour, links, deleted, restored or removed.
    what: &'static str,
    /// Who; null for the server, and where the session does not show names to whoever asks.
    #[schema(required, value_type = Option<String>, format = "uuid")]
    participant: Option<ParticipantId>,
    /// When it began.
    #[schema(format = "date-time")]
    at: String,
    /// When it was done last.
    #[schema(format = "date-time")]
    until: String,
    /// The last update that is in it.
    seq: u64,
}

/// Who wrote a node.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NodeAuthors {
    node: String,
    /// How it was made; null where that was before the map was last purged.
    #[schema(required)]
    made: Option<DeedView>,
    /// What was last done to it; null where nothing was.
    #[schema(required)]
    changed: Option<DeedView>,
    /// All that was done to it, oldest first, where one node is asked for; of much, the newest.
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Vec<DeedView>>,
}

/// Who wrote what in a map.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Authors {
    /// The last update that is in it.
    seq: u64,
    items: Vec<NodeAuthors>,
}

/// Of which node.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuthorsQuery {
    /// Only this node, with its history.
    node: Option<String>,
}

/// Who made each node and who changed it last, as the server knows it from whose connection each
/// update came: not as a document says of itself.
#[utoipa::path(get, path = "/api/v1/maps/{id}/authors", tag = "history",
    params(("id" = String, Path), AuthorsQuery),
    responses((status = OK, body = Authors)))]
pub(crate) async fn authors(
    State(app): State<App>,
    Path(id): Path<MapId>,
    Query(query): Query<AuthorsQuery>,
    credential: Credential,
) -> Result<axum::Json<Authors>, ApiError> {
    let shown = Shown::to(&app, id, &credential).await?;
    let told = app.hub.authors(id, |authors| {
        let items = match &query.node {
            Some(node) => vec![shown.node(node, authors.of(node), true)],
            None => {
                let mut nodes: Vec<_> = authors.nodes().collect();
                nodes.sort_by_key(|it| it.0);
                let nodes = nodes.into_iter();
                nodes
                    .map(|(node, of)| shown.node(node, of, false))
                    .collect()
            }
        };
        Authors {
            seq: authors.seq(),
            items,
        }
    });
    Ok(axum::Json(told.await?))
}

impl Shown {
    fn node(&self, node: &str, entries: &[Entry], with_history: bool) -> NodeAuthors {
        let made = entries.iter().rfind(|it| it.deed == Deed::Made);
        let changed = entries.last().filter(|it| it.deed != Deed::Made);
        NodeAuthors {
            node: node.to_owned(),
            made: made.map(|it| self.deed(it)),
            changed: changed.map(|it| self.deed(it)),
            history: with_history.then(|| entries.iter().map(|it| self.deed(it)).collect()),
        }
    }

    fn deed(&self, entry: &Entry) -> DeedView {
        DeedView {
            what: entry.deed.as_str(),
            participant: self.id(entry.by),
            at: time(entry.at),
            until: time(entry.until),
            seq: entry.seq,
        }
    }
}
