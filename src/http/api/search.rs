//! `/api/v1/search`: one search over records and maps.

use axum::extract::{RawQuery, State};
use serde::Serialize;
use url::form_urlencoded;
use utoipa::{IntoParams, ToSchema};

use super::PageView;
use crate::base::id::{MapId, SessionId};
use crate::base::invalid::Invalid;
use crate::catalogue::words;
use crate::http::error::ApiError;
use crate::http::identity::{Credential, Visitor};
use crate::http::state::App;
use crate::store::{Hit, HitKind, PageRequest, SearchFilter};
use crate::workshop::role::{Act, Who, may};

/// What is searched.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchQuery {
    /// The words. All have to be there, each as the beginning of a word; accents and capitals make
    /// no difference.
    q: String,
    /// Only results of these kinds: gap, solution, evidence or node. All unless said, as far as
    /// whoever asks may see them.
    #[param(required = false)]
    kind: Vec<String>,
    /// Only nodes of this session.
    #[param(value_type = Option<String>, format = "uuid")]
    session: Option<SessionId>,
    /// How many results, 1 to 500; 50 unless said.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

impl SearchQuery {
    /// Reads what stands behind the question mark, where `kind` may stand more than once.
    fn read(query: &str) -> Result<Self, Invalid> {
        let mut read = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match &*name {
                "q" => read.q = value.to_owned(),
                "kind" => read.kind.push(value.to_owned()),
                "session" => {
                    let odd = |_| Invalid::new("session", "must be a UUID");
                    read.session = Some(value.parse().map_err(odd)?);
                }
                "limit" => {
                    let odd = |_| Invalid::new("limit", "must be from 1 to 500");
                    read.limit = Some(value.parse().map_err(odd)?);
                }
                "cursor" => read.cursor = Some(value.to_owned()),
                _ => {}
            }
        }
        Ok(read)
    }
}

/// Something that was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SearchHit)]
pub(crate) struct HitView {
    /// gap, solution, evidence or node.
    kind: &'static str,
    /// The id of the record; of a node, its id in its map.
    id: String,
    /// The number of a record, such as GAP-12.
    #[serde(skip_serializing_if = "Option::is_none")]
    handle: Option<String>,
    /// What the record is called, or what the node says.
    title: String,
    /// A few words around what was found beyond the title.
    excerpt: String,
    /// Of a node: its map.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "uuid")]
    map: Option<MapId>,
    /// Of a node: its session.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "uuid")]
    session: Option<SessionId>,
    /// Of a node: its id in its map.
    #[serde(skip_serializing_if = "Option::is_none")]
    node: Option<String>,
}

impl From<Hit> for HitView {
    fn from(hit: Hit) -> Self {
        let handle = match hit.kind {
            HitKind::Record(kind) => hit.number.map(|it| kind.number(it)),
            HitKind::Node => None,
        };
        Self {
            kind: hit.kind.as_str(),
            handle,
            title: hit.title,
            excerpt: hit.excerpt,
            map: hit.place.map(|it| it.0),
            session: hit.place.map(|it| it.1),
            node: hit.place.map(|_| hit.id.clone()),
            id: hit.id,
        }
    }
}

/// What words are found in: gaps, solutions, evidence and the nodes of maps, the best first. Those
/// who take part in a session search its nodes and nothing else.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(SearchQuery),
    responses((status = OK, body = PageView<HitView>)))]
pub(crate) async fn search(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    credential: Credential,
) -> Result<axum::Json<PageView<HitView>>, ApiError> {
    let query = SearchQuery::read(query.as_deref().unwrap_or_default())?;
    let page = PageRequest::new(query.limit, query.cursor.clone(), Some(&query.q))?;
    let mut filter = within(&app, &credential, &query).await?;
    filter.words = words::query(&query.q);
    if filter.words.is_empty() {
        return Err(Invalid::new("q", "must have a word").into());
    }
    if filter.kinds.contains(&HitKind::Node) {
        app.hub.settle_links(None).await;
    }
    let found = app.store.search(&filter, &page).await?;
    Ok(PageView::of(found, Into::into))
}

/// Where whoever asks may search, as far as they want to.
async fn within(
    app: &App,
    credential: &Credential,
    query: &SearchQuery,
) -> Result<SearchFilter, ApiError> {
    let kinds = query.kind.iter().map(|it| HitKind::try_from(it.as_str()));
    let mut kinds: Vec<HitKind> = kinds.collect::<Result<_, _>>()?;
    let mut sessions = None;
    if let Some(session) = query.session {
        app.store.session(session).await?;
        Visitor::in_session(app, session, credential, Act::ReadMap).await?;
        sessions = Some(vec![session]);
    }
    let account = credential.account(app).await?;
    let reads_all = account.is_some_and(|it| {
        let who = Who::Account(it.account.role);
        may(who, Act::ReadCatalogue) && may(who, Act::ListSessions)
    });
    if reads_all {
        if kinds.is_empty() {
            kinds = match sessions {
                Some(_) => vec![HitKind::Node],
                None => HitKind::ALL.to_vec(),
            };
        }
    } else {
        if kinds.iter().any(|it| *it != HitKind::Node) {
            return Err(ApiError::forbidden("you may search the nodes of your maps"));
        }
        kinds = vec![HitKind::Node];
        let own = credential.participants(app).await?;
        let own = own.iter().filter(|it| it.barred().is_none());
        let own: Vec<SessionId> = own.map(|it| it.session).collect();
        if own.is_empty() {
            return Err(credential.refusal());
        }
        sessions = Some(sessions.unwrap_or(own));
    }
    Ok(SearchFilter {
        words: Vec::new(),
        kinds,
        sessions,
    })
}
