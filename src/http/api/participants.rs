//! `/api/v1/participants`: who takes part, by pseudonym.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::{OfSession, PageView, time};
use crate::base::id::{ParticipantId, SessionId};
use crate::http::error::ApiError;
use crate::http::extract::{Path, Query};
use crate::http::identity::{ManageParticipants, May, ReadParticipants};
use crate::http::state::App;
use crate::workshop::anonymity::Anonymity;
use crate::workshop::participant::Participant;
use crate::workshop::role::MapRole;

/// A pseudonym in one session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Person)]
pub(crate) struct PersonView {
    #[schema(value_type = String, format = "uuid")]
    id: ParticipantId,
    pseudonym: String,
    /// viewer, editor or facilitator.
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
    role: &'static str,
    #[schema(value_type = String, format = "uuid")]
    session: SessionId,
    #[schema(format = "date-time")]
    joined_at: String,
    #[schema(required, format = "date-time")]
    removed_at: Option<String>,
}

impl ParticipantView {
    fn of(participant: Participant, names: Anonymity, reader: MapRole) -> Self {
        Self {
            id: participant.id,
            pseudonym: names
                .shows_names_to(reader)
                .then_some(participant.pseudonym),
            role: participant.role.as_str(),
            session: participant.session,
            joined_at: time(participant.joined_at),
            removed_at: participant.removed_at.map(time),
        }
    }
}

/// Who takes part in a session, newest first.
#[utoipa::path(get, path = "/api/v1/participants", tag = "participants", params(OfSession),
    responses((status = OK, body = PageView<ParticipantView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    user: May<ReadParticipants>,
    Query(query): Query<OfSession>,
) -> Result<axum::Json<PageView<ParticipantView>>, ApiError> {
    let participants = app
        .store
        .participants(query.session, &query.page()?)
        .await?;
    let names = app.store.session(query.session).await?.anonymity;
    let reader = user.account.role.on_maps();
    Ok(PageView::of(participants, |it| {
        ParticipantView::of(it, names, reader)
    }))
}

/// Removes a participant. What they wrote stays; they cannot come back on the same device.
#[utoipa::path(delete, path = "/api/v1/participants/{id}", tag = "participants",
    params(("id" = String, Path)), responses((status = NO_CONTENT)))]
pub(crate) async fn remove(
    State(app): State<App>,
    user: May<ManageParticipants>,
    Path(id): Path<ParticipantId>,
) -> Result<StatusCode, ApiError> {
    app.store.remove_participant(id, &user.by()).await?;
    app.hub.revoke(id).await;
    Ok(StatusCode::NO_CONTENT)
}
