//! The door of a session and of its maps.

use super::credential::{Credential, NOBODY};
use crate::base::id::{MapId, ParticipantId, SessionId};
use crate::base::time::Timestamp;
use crate::base::turns::Asker;
use crate::http::error::ApiError;
use crate::http::state::App;
use crate::sync::room::Right;
use crate::workshop::account::Account;
use crate::workshop::anonymity::Anonymity;
use crate::workshop::participant::Participant;
use crate::workshop::role::{Act, MapRole, Who, may};

/// Somebody who is in a session, by account or by invite.
pub(crate) struct Visitor {
    pub(crate) who: Who,
    pub(crate) account: Option<Account>,
    pub(crate) participant: Option<Participant>,
    expires_at: Option<Timestamp>,
}

impl Visitor {
    /// Finds out who asks and whether they may do this in the session.
    pub(crate) async fn in_session(
        app: &App,
        session: SessionId,
        credential: &Credential,
        act: Act,
    ) -> Result<Self, ApiError> {
        let visitor = Self::find(app, session, credential).await?;
        if may(visitor.who, act) {
            Ok(visitor)
        } else {
            Err(ApiError::forbidden("your role may not do this"))
        }
    }

    /// Who did something, as whoever this is may be told.
    pub(crate) fn told(
        &self,
        names: Anonymity,
        who: Option<ParticipantId>,
    ) -> Option<ParticipantId> {
        let own = self.participant.as_ref().map(|it| it.id);
        who.filter(|it| names.tells(self.role(), own == Some(*it)))
    }

    /// Who they are where others wait for them.
    pub(crate) fn asker(&self) -> Option<Asker> {
        let account = self.account.as_ref().map(|it| Asker::Account(it.id));
        let participant = self.participant.as_ref();
        account.or_else(|| participant.map(|it| Asker::Participant(it.id, it.session)))
    }

    /// What they may do on the session's maps.
    pub(crate) fn role(&self) -> MapRole {
        match self.who {
            Who::Account(role) => role.on_maps(),
            Who::Participant(role) => role,
        }
    }

    async fn find(
        app: &App,
        session: SessionId,
        credential: &Credential,
    ) -> Result<Self, ApiError> {
        if let Some(signed_in) = credential.account(app).await? {
            return Ok(Self {
                who: Who::Account(signed_in.account.role),
                account: Some(signed_in.account),
                participant: None,
                expires_at: Some(signed_in.expires_at),
            });
        }
        let (participant, expires_at) = match credential.token_participant(app).await? {
            Some((participant, expires_at)) => (Some(participant), Some(expires_at)),
            None => match credential.device_cookie() {
                Some(device) => (
                    app.store.participant_of_device(session, device).await?,
                    None,
                ),
                None => (None, None),
            },
        };
        let participant = match participant {
            Some(it) if it.session != session => {
                return Err(ApiError::forbidden("this belongs to another session"));
            }
            Some(it) => it,
            None if credential.participants(app).await?.is_empty() => {
                return Err(credential.refusal());
            }
            None => return Err(ApiError::forbidden("join this session first")),
        };
        if let Some(why) = participant.barred() {
            return Err(ApiError::forbidden(why));
        }
        Ok(Self {
            who: Who::Participant(participant.role),
            account: None,
            participant: Some(participant),
            expires_at,
        })
    }

    /// The participant that this is. An account gets a pseudonym the first time.
    async fn participant(self, app: &App, session: SessionId) -> Result<Participant, ApiError> {
        let participant = match (self.participant, self.account) {
            (Some(participant), _) => participant,
            (None, Some(account)) => {
                let now = app.clock.now();
                app.store
                    .participant_of_account(session, &account, now)
                    .await?
            }
            (None, None) => return Err(ApiError::unauthenticated(NOBODY)),
        };
        if let Some(why) = participant.barred() {
            return Err(ApiError::forbidden(why));
        }
        Ok(participant)
    }
}

/// Who takes part in a session, as a participant: whoever may write ideas and vote there.
///
/// # Errors
///
/// [`ApiError`] with 401 when the credential is nobody's, 403 when they may not.
pub(crate) async fn taking_part(
    app: &App,
    session: SessionId,
    credential: &Credential,
) -> Result<ParticipantId, ApiError> {
    let visitor = Visitor::in_session(app, session, credential, Act::TakePart).await?;
    Ok(visitor.participant(app, session).await?.id)
}

/// A participant at the door of a map: who they are there, and what they may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The map.
    pub map: MapId,
    /// The session that it belongs to.
    pub session: SessionId,
    /// Who they are.
    pub participant: ParticipantId,
    /// What the others see.
    pub pseudonym: String,
    /// What they may do while map and session are open. What is left of it now, the room tells.
    pub role: MapRole,
    /// Until when what they showed is good.
    pub expires_at: Option<Timestamp>,
}

/// Lets whoever shows `credential` into a map, or says why not.
///
/// An account is a participant like everybody else here: it gets a pseudonym in the session the
/// first time, so that the log always names a participant.
///
/// # Errors
///
/// [`ApiError`] with 401 when it is nobody's, 403 when they may not read the map, 404 when there is
/// no such map.
pub async fn enter(app: &App, map: MapId, credential: &Credential) -> Result<Entry, ApiError> {
    let session = app.store.map_session(map).await?;
    let visitor = Visitor::in_session(app, session, credential, Act::ReadMap).await?;
    let expires_at = visitor.expires_at;
    let participant = visitor.participant(app, session).await?;
    Ok(Entry {
        map,
        session,
        participant: participant.id,
        pseudonym: participant.pseudonym,
        role: participant.role,
        expires_at,
    })
}

/// What a role on maps amounts to in a room.
pub(in crate::http) fn right_of(role: MapRole) -> Right {
    match role {
        MapRole::Viewer => Right::Read,
        MapRole::Editor => Right::Write,
        MapRole::Facilitator => Right::Lead,
    }
}
