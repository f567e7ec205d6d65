//! `/api/v1/sessions`: workshop sittings.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::words::{SessionStateWord, TlpWord};
use super::{Created, PageView, created, null_or_value, past, tell_maps, templates, time};
use crate::base::id::{GroupId, SessionId};
use crate::base::time::day;
use crate::http::error::ApiError;
use crate::http::extract::{IfMatch, Json, Path, Query};
use crate::http::identity::{Credential, ListSessions, ManageSessions, May, Visitor};
use crate::http::state::App;
use crate::store::{Beginning, PageRequest, SessionFilter, SessionOrder};
use crate::workshop::role::Act;
use crate::workshop::session::{NewSession, Session, SessionChange, SessionDraft, SessionState};

/// A workshop sitting.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub(crate) struct SessionView {
    #[schema(value_type = String, format = "uuid")]
    id: SessionId,
    title: String,
    /// Whom it is for.
    groups: Vec<GroupName>,
    theme: String,
    /// draft, scheduled, live, paused, closed or archived.
    #[schema(value_type = SessionStateWord)]
    state: &'static str,
    /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
    #[schema(value_type = TlpWord)]
    tlp: &'static str,
    /// Whether it is held under the Chatham House rule.
    house_rule: bool,
    /// The day it is held on, such as 2026-11-23.
    #[schema(required)]
    date: Option<String>,
    /// Where it is held; empty where that is not known.
    place: String,
    /// Who sees whose pseudonym: all, facilitators or none.
    anonymity: &'static str,
    /// Whose nodes participants change: everyone or own.
    authorship: &'static str,
    /// The day after which its content may not be kept; null without an end.
    #[schema(required)]
    retain_until: Option<String>,
    /// When its content was deleted because that day was over; null while it is there.
    #[schema(required, format = "date-time")]
    cleared_at: Option<String>,
    version: i64,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    changed_at: String,
}

/// A group by its name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GroupName {
    #[schema(value_type = String, format = "uuid")]
    id: GroupId,
    name: String,
}

impl GroupName {
    pub(super) fn all(groups: Vec<(GroupId, String)>) -> Vec<Self> {
        let named = |(id, name)| Self { id, name };
        groups.into_iter().map(named).collect()
    }
}

impl From<Session> for SessionView {
    fn from(session: Session) -> Self {
        Self {
            id: session.id,
            title: session.title,
            groups: GroupName::all(session.groups),
            theme: session.theme,
            state: session.state.as_str(),
            tlp: session.tlp.as_str(),
            house_rule: session.house_rule,
            date: session.date,
            place: session.place,
            anonymity: session.anonymity.as_str(),
            authorship: session.authorship.as_str(),
            retain_until: session.retain_until,
            cleared_at: session.cleared_at.map(time),
            version: session.version,
            created_at: time(session.created_at),
            changed_at: time(session.changed_at),
        }
    }
}

/// A session to make: live at once unless it says otherwise.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SessionBody {
    title: String,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    groups: Vec<GroupId>,
    theme: Option<String>,
    /// draft, scheduled, live, paused, closed or archived.
    #[schema(value_type = Option<SessionStateWord>)]
    state: Option<String>,
    /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED; AMBER unless said.
    #[schema(value_type = Option<TlpWord>)]
    tlp: Option<String>,
    /// Whether it is held under the Chatham House rule; yes unless said.
    house_rule: Option<bool>,
    /// The day it is held on, such as 2026-11-23.
    date: Option<String>,
    /// Where it is held.
    place: Option<String>,
    /// Who sees whose pseudonym: all (unless said), facilitators or none.
    anonymity: Option<String>,
    /// Whose nodes participants change: everyone (unless said) or own.
    authorship: Option<String>,
    /// The day after which its content may not be kept.
    retain_until: Option<String>,
    /// The template to begin with: its agenda, and a first map with its branches.
    template: Option<String>,
}

/// What changes; the rest stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SessionPatch {
    title: Option<String>,
    theme: Option<String>,
    /// draft, scheduled, live, paused, closed or archived.
    #[schema(value_type = Option<SessionStateWord>)]
    state: Option<String>,
    /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
    #[schema(value_type = Option<TlpWord>)]
    tlp: Option<String>,
    house_rule: Option<bool>,
    /// A day such as 2026-11-23; null for "not known".
    #[serde(default, deserialize_with = "null_or_value")]
    #[schema(value_type = Option<String>)]
    date: Option<Option<String>>,
    place: Option<String>,
    /// all, facilitators or none.
    anonymity: Option<String>,
    /// everyone or own.
    authorship: Option<String>,
    /// A day such as 2026-11-23; null for "no end".
    #[serde(default, deserialize_with = "null_or_value")]
    #[schema(value_type = Option<String>)]
    retain_until: Option<Option<String>>,
    /// The version that the change was made from; `If-Match` says the same.
    version: Option<i64>,
}

/// Which page of which sessions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SessionsQuery {
    /// Only those in this state.
    #[param(value_type = Option<SessionStateWord>)]
    state: Option<String>,
    /// Only those whose content is to be deleted when this day is over, or before.
    due_by: Option<String>,
    /// newest (unless said), changed (the last changed first) or title.
    sort: Option<String>,
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// Only those whose title or theme contains these words.
    q: Option<String>,
}

/// All sessions.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "sessions", params(SessionsQuery),
    responses((status = OK, body = PageView<SessionView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ListSessions>,
    Query(query): Query<SessionsQuery>,
) -> Result<axum::Json<PageView<SessionView>>, ApiError> {
    let state = query.state.as_deref().map(SessionState::try_from);
    let order = query.sort.as_deref().map(SessionOrder::try_from);
    let filter = SessionFilter {
        state: state.transpose()?,
        due_by: day("due_by", query.due_by.as_deref())?.flatten(),
        order: order.transpose()?.unwrap_or_default(),
    };
    let page = PageRequest::new(query.limit, query.cursor, query.q.as_deref())?;
    let sessions = app.store.sessions(&filter, &page).await?;
    Ok(PageView::of(sessions, SessionView::from))
}

/// One session; its participants may see it too.
#[utoipa::path(get, path = "/api/v1/sessions/{id}", tag = "sessions",
    params(("id" = String, Path)), responses((status = OK, body = SessionView)))]
pub(crate) async fn show(
    State(app): State<App>,
    Path(id): Path<SessionId>,
    credential: Credential,
) -> Result<axum::Json<SessionView>, ApiError> {
    Visitor::in_session(&app, id, &credential, Act::ReadSession).await?;
    Ok(axum::Json(app.store.session(id).await?.into()))
}

/// Makes a session.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "sessions", request_body = SessionBody,
    responses((status = CREATED, body = SessionView)))]
pub(crate) async fn create(
    State(app): State<App>,
    user: May<ManageSessions>,
    Json(body): Json<SessionBody>,
) -> Result<Created<SessionView>, ApiError> {
    let draft = SessionDraft {
        title: Some(&body.title),
        theme: body.theme.as_deref(),
        state: body.state.as_deref(),
        tlp: body.tlp.as_deref(),
        house_rule: body.house_rule,
        date: body.date.as_deref(),
        place: body.place.as_deref(),
        anonymity: body.anonymity.as_deref(),
        authorship: body.authorship.as_deref(),
        retain_until: body.retain_until.as_deref(),
    };
    let session = NewSession::new(&draft, &body.groups)?;
    let by = user.by();
    let beginning = match &body.template {
        Some(template) => templates::beginning(&app, template, &body.title).await?,
        None => Beginning::default(),
    };
    let session = app.store.begin_session(&session, beginning, &by).await?;
    Ok(created("sessions", session.id, session.into()))
}

/// Changes a session.
#[utoipa::path(patch, path = "/api/v1/sessions/{id}", tag = "sessions",
    params(("id" = String, Path)), request_body = SessionPatch,
    responses((status = OK, body = SessionView)))]
pub(crate) async fn update(
    State(app): State<App>,
    user: May<ManageSessions>,
    Path(id): Path<SessionId>,
    version: IfMatch,
    Json(body): Json<SessionPatch>,
) -> Result<axum::Json<SessionView>, ApiError> {
    let draft = SessionDraft {
        title: body.title.as_deref(),
        theme: body.theme.as_deref(),
        state: body.state.as_deref(),
        tlp: body.tlp.as_deref(),
        house_rule: body.house_rule,
        date: or_empty(body.date.as_ref()),
        place: body.place.as_deref(),
        anonymity: body.anonymity.as_deref(),
        authorship: body.authorship.as_deref(),
        retain_until: or_empty(body.retain_until.as_ref()),
    };
    let change = SessionChange::try_from(&draft)?;
    let version = version.or(body.version);
    let session = app
        .store
        .change_session(id, version, &change, &user.by())
        .await?;
    tell_maps(&app, id).await?;
    past::sign_off(&app, &session, &user.by()).await;
    Ok(axum::Json(session.into()))
}

/// A day that may be taken back, as drafts have it.
fn or_empty(day: Option<&Option<String>>) -> Option<&str> {
    day.map(|it| it.as_deref().unwrap_or_default())
}
