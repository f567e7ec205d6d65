//! `/api/v1/participants`: who takes part, by pseudonym.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::ideas::tell_counts;
use super::words::MapRoleWord;
use super::{ListQuery, OfSession, PageView, time};
use crate::base::id::{MapId, ParticipantId, SessionId};
use crate::base::invalid::Invalid;
use crate::http::error::ApiError;
use crate::http::extract::{Path, Query};
use crate::http::identity::{Credential, ManageParticipants, May, ReadParticipants, Visitor};
use crate::http::state::App;
use crate::store::{By, Page};
use crate::workshop::anonymity::Anonymity;
use crate::workshop::participant::Participant;
use crate::workshop::role::{Act, MapRole};

/// A pseudonym in one session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Person)]
pub(crate) struct PersonView {
    #[schema(value_type = String, format = "uuid")]
    id: ParticipantId,
    pseudonym: String,
    /// viewer, editor or facilitator.
    #[schema(value_type = MapRoleWord)]
    role: &'static str,
    #[schema(value_type = String, format = "uuid")]
    session: SessionId,
}

impl From<Participant> for PersonView {
    fn from(participant: Participant) -> Self {
        Self {
            id: participant.id,
            pseudonym: participant.pseudonym,
            role: participant.role.as_str(),
            session: participant.session,
        }
    }
}

/// A pseudonym in one session, as its facilitator sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Participant)]
pub(crate) struct ParticipantView {
    #[schema(value_type = String, format = "uuid")]
    id: ParticipantId,
    /// Null where the session shows names to nobody.
    #[schema(required)]
    pseudonym: Option<String>,
    /// viewer, editor or facilitator.
    #[schema(value_type = MapRoleWord)]
    role: &'static str,
    #[schema(value_type = String, format = "uuid")]
    session: SessionId,
    #[schema(format = "date-time")]
    joined_at: String,
    #[schema(required, format = "date-time")]
    removed_at: Option<String>,
    /// When all that could say who it is was deleted.
    #[schema(required, format = "date-time")]
    erased_at: Option<String>,
}

impl ParticipantView {
    pub(super) fn of(participant: Participant, names: Anonymity, reader: MapRole) -> Self {
        Self {
            id: participant.id,
            pseudonym: names
                .shows_names_to(reader)
                .then_some(participant.pseudonym),
            role: participant.role.as_str(),
            session: participant.session,
            joined_at: time(participant.joined_at),
            removed_at: participant.removed_at.map(time),
            erased_at: participant.erased_at.map(time),
        }
    }
}

/// Who takes part in a session, newest first. Where the session shows no names to whoever asks, nobody
/// is searched for by one.
#[utoipa::path(get, path = "/api/v1/participants", tag = "participants", params(OfSession),
    responses((status = OK, body = PageView<ParticipantView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    user: May<ReadParticipants>,
    Query(query): Query<OfSession>,
) -> Result<axum::Json<PageView<ParticipantView>>, ApiError> {
    let page = query.page(&app).await?;
    let names = app.store.session(query.session).await?.anonymity;
    let reader = user.account.role.on_maps();
    if page.asks() && !names.shows_names_to(reader) {
        // Whoever is found by a name has it.
        return Err(Invalid::new("q", "asks for names, which this session does not show").into());
    }
    let participants = app.store.participants(query.session, &page).await?;
    Ok(PageView::of(participants, |it| {
        ParticipantView::of(it, names, reader)
    }))
}

/// Somebody by their pseudonym alone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Author {
    #[schema(value_type = String, format = "uuid")]
    id: ParticipantId,
    pseudonym: String,
}

/// Who may have written in a map: all who ever took part in its session, newest first. The map
/// itself holds their ids and no names. Where the session does not show names to whoever asks, this
/// is nobody but themselves.
#[utoipa::path(get, path = "/api/v1/maps/{id}/people", tag = "participants",
    params(("id" = String, Path), ListQuery),
    responses((status = OK, body = PageView<Author>)))]
pub(crate) async fn people(
    State(app): State<App>,
    Path(id): Path<MapId>,
    Query(query): Query<ListQuery>,
    credential: Credential,
) -> Result<axum::Json<PageView<Author>>, ApiError> {
    let session = app.store.map_session(id).await?;
    let visitor = Visitor::in_session(&app, session, &credential, Act::ReadHistory).await?;
    let names = app.store.session(session).await?.anonymity;
    let page = query.page()?;
    let all = if names.shows_names_to(visitor.role()) {
        app.store.participants(session, &page).await?
    } else {
        Page {
            items: visitor.participant.into_iter().collect(),
            next: None,
        }
    };
    Ok(PageView::of(all, |it| Author {
        id: it.id,
        pseudonym: it.pseudonym,
    }))
}

/// Leaves a session: this device, and whoever has the participant's tokens, is nobody there any
/// more. What they wrote stays, under their pseudonym. Who comes back by a link is somebody new.
#[utoipa::path(post, path = "/api/v1/sessions/{id}/leave", tag = "participants",
    params(("id" = String, Path)), responses((status = NO_CONTENT)))]
pub(crate) async fn leave(
    State(app): State<App>,
    Path(id): Path<SessionId>,
    credential: Credential,
) -> Result<StatusCode, ApiError> {
    let visitor = Visitor::in_session(&app, id, &credential, Act::Leave).await?;
    if let Some(participant) = visitor.participant {
        let by = By::participant(participant.id, app.clock.now());
        app.store.leave(participant.id, &by).await?;
        app.hub.revoke(participant.id).await;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Removes a participant; they cannot come back on the same device. What they wrote in maps stays.
/// Their ideas that are not revealed yet go, and so do their votes in a vote that is on.
#[utoipa::path(delete, path = "/api/v1/participants/{id}", tag = "participants",
    params(("id" = String, Path)), responses((status = NO_CONTENT)))]
pub(crate) async fn remove(
    State(app): State<App>,
    user: May<ManageParticipants>,
    Path(id): Path<ParticipantId>,
) -> Result<StatusCode, ApiError> {
    app.store.remove_participant(id, &user.by()).await?;
    app.hub.revoke(id).await;
    // Of their hidden ideas and votes none is left.
    tell_counts(&app, app.store.participant(id).await?.session).await?;
    Ok(StatusCode::NO_CONTENT)
}
