//! `GET /sync/{map_id}`: the door from a websocket to a room.
//!
//! Who may not come in gets a close code, not a status: a page cannot see the status of a websocket
//! that fails, and needs to know whether trying again makes sense.

use std::sync::Weak;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::connections::Busy;
use super::error::ApiError;
use super::guard::origin_is_ours;
use super::identity::{Credential, Entry, enter, right_of};
use super::pump::{self, Door};
use super::seats::Place;
use super::sockets::OpenSocket;
use super::state::App;
use super::upgrade::{Socket, Upgrade};
use crate::base::id::MapId;
use crate::base::time::{Clock, Timestamp};
use crate::hub::{Joined, Seat};
use crate::sync::delivery::Outlet;
use crate::sync::presence::Persona;
use crate::sync::protocol::CloseReason;

/// How long to wait before it is asked again whether somebody may be here.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// What stands behind the question mark.
#[derive(Debug, Deserialize)]
pub(super) struct SyncQuery {
    /// An API token's or a participant's secret, where there are no cookies.
    token: Option<String>,
    /// Set by clients that understand messages above 110.
    gapmap: Option<String>,
    /// The history of the map that the client has.
    epoch: Option<u64>,
}

/// Takes the connection, and seats it or says why not.
pub(super) async fn sync(
    State(app): State<App>,
    Path(map): Path<String>,
    Query(query): Query<SyncQuery>,
    headers: HeaderMap,
    upgrade: Upgrade,
) -> Response {
    if query.token.is_none() && !origin_is_ours(&headers, &app.options) {
        return ApiError::forbidden("this request comes from another site").into_response();
    }
    let credential = Credential::from_parts(&headers, query.token.as_deref());
    let frame_bytes = app.options.hub.limits.frame_bytes;
    upgrade.serve(frame_bytes, move |socket, place| {
        serve(app, map, query, credential, socket, place)
    })
}

async fn serve(
    app: App,
    map: String,
    query: SyncQuery,
    credential: Credential,
    mut socket: Socket,
    connection: Option<Busy>,
) {
    let outlet = socket.get_ref().outlet();
    match seat(&app, &map, &query, credential, outlet).await {
        Ok((joined, mut door)) => {
            door.connection = connection;
            pump::start(socket, joined, app.options.budget, door);
        }
        Err(reason) => {
            if query.gapmap.is_none() {
                pump::deny(&mut socket, reason.text()).await;
            }
            pump::close(&mut socket, reason).await;
        }
    }
}

async fn seat(
    app: &App,
    map: &str,
    query: &SyncQuery,
    credential: Credential,
    outlet: Weak<dyn Outlet>,
) -> Result<(Joined, MapDoor), CloseReason> {
    let map: MapId = map.parse().map_err(|_| CloseReason::NotFound)?;
    let revocations = app.hub.revocations();
    let entry = enter(app, map, &credential)
        .await
        .map_err(|it| close_reason(&it))?;
    let place = app
        .seats
        .take(entry.participant, entry.role, Instant::now());
    let place = place.ok_or(CloseReason::TryAgain)?;
    let seat = Seat {
        participant: entry.participant,
        persona: Persona {
            id: entry.participant.to_string(),
            name: entry.pseudonym.clone(),
            role: entry.role.as_str(),
        },
        right: right_of(entry.role),
        extended: query.gapmap.is_some(),
        epoch: query.epoch,
        outlet: Some(outlet),
    };
    let joined = app.hub.join(map, seat).await;
    let joined = joined.map_err(|it| it.close_reason())?;
    let mut door = MapDoor {
        app: app.clone(),
        ends_at: entry.expires_at.and_then(|it| instant(&app.clock, it)),
        look_at: None,
        papers: Box::new((entry, credential)),
        socket: app.sockets.open(),
        connection: None,
        _place: place,
    };
    if app.hub.revocations() != revocations {
        door.check().await?;
    }
    Ok((joined, door))
}

fn close_reason(error: &ApiError) -> CloseReason {
    match error.status() {
        StatusCode::UNAUTHORIZED => CloseReason::Unknown,
        StatusCode::FORBIDDEN => CloseReason::Forbidden,
        StatusCode::NOT_FOUND | StatusCode::GONE => CloseReason::NotFound,
        _ => CloseReason::TryAgain,
    }
}

/// When that is by the clock of timers; nothing where no timer reaches so far.
fn instant(clock: &Clock, at: Timestamp) -> Option<Instant> {
    let left = at.0.saturating_sub(clock.now().0).max(0);
    Instant::now().checked_add(Duration::from_millis(left.unsigned_abs()))
}

/// Who is in the seat, and until when.
struct MapDoor {
    app: App,
    /// Boxed: looked at rarely, and every connection keeps them.
    papers: Box<(Entry, Credential)>,
    ends_at: Option<Instant>,
    /// When to look again whether they may be here, where nobody could tell.
    look_at: Option<Instant>,
    socket: OpenSocket,
    /// Given back when the socket ends.
    connection: Option<Busy>,
    _place: Place,
}

impl pump::Door for MapDoor {
    fn stop(&self) -> CancellationToken {
        self.socket.stop()
    }

    fn due_at(&self) -> Option<Instant> {
        [self.ends_at, self.look_at].into_iter().flatten().min()
    }

    async fn due(&mut self) -> Result<(), CloseReason> {
        match self.ends_at {
            Some(end) if end <= Instant::now() => Err(CloseReason::Unknown),
            _ => self.check().await,
        }
    }

    async fn renew(&mut self, token: String) -> Result<(), CloseReason> {
        self.show(Credential::from_parts(&HeaderMap::new(), Some(&token)))
            .await
    }

    async fn check(&mut self) -> Result<(), CloseReason> {
        match self.show(self.papers.1.clone()).await {
            // Nobody can tell at the moment, and nobody has said no: asked once more in a while, since
            // whoever asked for this may have taken that right away.
            Err(CloseReason::TryAgain) => {
                self.look_at = Some(Instant::now() + LOOK_AGAIN);
                Ok(())
            }
            told => told,
        }
    }
}

impl MapDoor {
    /// Takes a credential in the place of the one before, if it opens this seat.
    async fn show(&mut self, credential: Credential) -> Result<(), CloseReason> {
        let (seated, kept) = &mut *self.papers;
        let entry = enter(&self.app, seated.map, &credential).await;
        let entry = entry.map_err(|it| close_reason(&it))?;
        // Somebody else, or the same with another role, needs a connection of their own.
        if (entry.participant, entry.role) != (seated.participant, seated.role) {
            return Err(CloseReason::Unknown);
        }
        self.ends_at = entry.expires_at.and_then(|it| instant(&self.app.clock, it));
        self.look_at = None;
        *kept = credential;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_is_signed_in_for_two_weeks_is_not_sent_away_before() {
        let clock = Clock::default();
        let day = 86_400_000;
        let in_two_weeks = Timestamp(clock.now().0 + 14 * day);

        let ends_at = instant(&clock, in_two_weeks).unwrap();

        let left = ends_at.duration_since(Instant::now());
        assert!(Duration::from_secs(13 * 86_400) < left, "{left:?}");
        assert!(instant(&clock, Timestamp(i64::MAX)).is_none_or(|it| ends_at < it));
    }
}
