//! `/api/v1/join`: from a code to a participant, without signing in.

use axum::extract::State;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, StatusCode};
use axum_extra::extract::CookieJar;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::me::device_cookie;
use super::participants::PersonView;
use super::sessions::GroupName;
use super::words::InviteRoleWord;
use crate::base::id::{MapId, SessionId};
use crate::http::error::ApiError;
use crate::http::extract::{Json, Path, Query};
use crate::http::identity::Credential;
use crate::http::state::App;
use crate::store::{Join, MAX_LIMIT, PageRequest, Secret, StoreError};
use crate::workshop::invite::Code;
use crate::workshop::map::Map;
use crate::workshop::notice::{self, Language, notice};
use crate::workshop::pseudonym;
use crate::workshop::session::Door;

/// What a code leads to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JoinOffer)]
pub(crate) struct JoinOffer {
    session: SessionName,
    /// editor or viewer.
    #[schema(value_type = InviteRoleWord)]
    role: &'static str,
    /// A pseudonym that is free.
    pseudonym: String,
    /// What to know before joining, a sentence or two a line.
    notice: String,
    /// Who this device already is in the session.
    #[schema(required)]
    me: Option<PersonView>,
    /// The session's maps, newest first.
    maps: Vec<MapName>,
}

/// A map by its title.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MapName {
    #[schema(value_type = String, format = "uuid")]
    id: MapId,
    title: String,
}

/// What somebody who comes in may open.
async fn maps_of(app: &App, session: SessionId) -> Result<Vec<MapName>, ApiError> {
    let page = PageRequest::new(Some(MAX_LIMIT), None, None)?;
    let maps = app.store.maps(session, &page).await?.items;
    let named = |Map { id, title, .. }| MapName { id, title };
    Ok(maps.into_iter().map(named).collect())
}

/// A session by its name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionName {
    #[schema(value_type = String, format = "uuid")]
    id: SessionId,
    title: String,
    groups: Vec<GroupName>,
}

/// Somebody at the door.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JoinBody {
    /// The code.
    invite: String,
    /// A name for this session; without one, a pseudonym is made up.
    name: Option<String>,
}

/// Somebody who is in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Joined {
    participant: PersonView,
    /// For clients that keep no cookie: opens the session's maps.
    token: String,
    /// The session's maps, newest first.
    maps: Vec<MapName>,
}

/// In which language.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfferQuery {
    /// The notice's language, such as fr; what the browser asks for (Accept-Language) unless said.
    lang: Option<String>,
}

/// What a code leads to.
#[utoipa::path(get, path = "/api/v1/join/{code}", tag = "join",
    params(("code" = String, Path), OfferQuery),
    responses((status = OK, body = JoinOffer)))]
pub(crate) async fn show(
    State(app): State<App>,
    Path(code): Path<Code>,
    Query(query): Query<OfferQuery>,
    headers: HeaderMap,
    credential: Credential,
) -> Result<axum::Json<JoinOffer>, ApiError> {
    let invite = app.store.invite_by_code(&code).await?;
    let me = match credential.device_cookie() {
        Some(device) => {
            app.store
                .participant_of_device(invite.session, device)
                .await?
        }
        None => None,
    };
    let me = me.filter(|it| it.barred().is_none());
    // Who is in already may use a link that is used up.
    let closed = invite.closed(app.clock.now());
    if let Some(why) = closed.filter(|it| me.is_none() || *it != "is used up") {
        return Err(StoreError::Gone {
            what: "invite",
            why,
        }
        .into());
    }
    let session = app.store.session(invite.session).await?;
    if session.state.door(me.is_some()) == Door::Over {
        return Err(StoreError::Gone {
            what: "session",
            why: "is over",
        }
        .into());
    }
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok());
    let language = Language::wanted(query.lang.as_deref().or(asked).unwrap_or_default());
    Ok(axum::Json(JoinOffer {
        role: invite.role.as_str(),
        pseudonym: app.store.free_pseudonym(session.id).await?,
        notice: notice(language, session.retain_until.as_deref()),
        me: me.map(PersonView::from),
        maps: maps_of(&app, session.id).await?,
        session: SessionName {
            id: session.id,
            title: session.title,
            groups: GroupName::all(session.groups),
        },
    }))
}

/// Joins a session. The same device is the same participant, however often it joins. Who comes by a
/// link that hundreds have come by within minutes is told when to try again (429, `Retry-After`).
#[utoipa::path(post, path = "/api/v1/join", tag = "join", request_body = JoinBody,
    responses((status = CREATED, body = Joined)))]
pub(crate) async fn join(
    State(app): State<App>,
    credential: Credential,
    cookies: CookieJar,
    Json(body): Json<JoinBody>,
) -> Result<(StatusCode, CookieJar, axum::Json<Joined>), ApiError> {
    let code = Code::try_from(body.invite.as_str())?;
    let name = body.name.as_deref().filter(|it| !it.trim().is_empty());
    let name = name.map(pseudonym::chosen).transpose()?;
    let device = Secret::of_device(credential.device_cookie());
    let now = app.clock.now();
    let invite = app.store.invite_by_code(&code).await?;
    let session = invite.session;
    let paced = match app
        .store
        .participant_of_device(session, device.expose())
        .await?
    {
        Some(known) => app.joins.again(known.id, now),
        None => app.joins.first(invite.id, now),
    };
    paced.map_err(ApiError::crowded)?;
    let join = Join {
        code: &code,
        device: device.expose(),
        name: name.as_deref(),
        notice: notice::VERSION,
    };
    let (participant, token) = app.store.join(&join, now).await?;
    let answer = Joined {
        maps: maps_of(&app, participant.session).await?,
        participant: participant.into(),
        token: token.expose().to_owned(),
    };
    let cookies = cookies.add(device_cookie(&app.options, &device));
    Ok((StatusCode::CREATED, cookies, axum::Json(answer)))
}
