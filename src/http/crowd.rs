//! What a request passes before it is worked on: it has come, and there is a place for it.
//!
//! A place is held until the answer has gone out. Whoever lets a body or an answer take its time
//! holds a place of their own share meanwhile; strangers, who have a share in common, hold none
//! before their body is there.

use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, timeout};
use tower_http::timeout::TimeoutError;

use super::connections::{Busy, ConnectionPlace};
use super::error::{ApiError, Code};
use super::identity::Credential;
use super::places::{Place, Places, Who};
use super::state::App;

/// Enough to sign in or to join.
const STRANGERS_BYTES: usize = 16 * 1024;
/// Bytes of an answer that are handed on at a time. With what one connection keeps, it is what has
/// still to go out when its place is free.
const PIECE: usize = 32 * 1024;
/// Whoever is looked up waits no longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Tells a request to come again where there is no place for it.
pub(super) async fn crowd(
    State((app, places)): State<(App, Arc<Places>)>,
    request: Request,
    next: Next,
) -> Response {
    let credential = Credential::from_parts(request.headers(), None);
    let (mut request, place) = match admit(&app, &places, &credential, request).await {
        Ok(admitted) => admitted,
        Err(refused) => {
            if refused.code() == Code::Busy {
                app.metrics.turned_away();
            }
            return refused.into_response();
        }
    };
    let busy = request.extensions().get().map(ConnectionPlace::busy);
    let place = Arc::new(place);
    request.extensions_mut().insert(place.clone());
    let response = next.run(request).await;
    if response.status() == StatusCode::UNAUTHORIZED {
        app.known.forget(credential.secrets());
    }
    response.map(|body| Body::new(Answer::new(body, (place, busy))))
}

async fn admit(
    app: &App,
    places: &Arc<Places>,
    credential: &Credential,
    request: Request,
) -> Result<(Request, Place), ApiError> {
    let who = who(app, credential).await?;
    let request = match who {
        Who::Stranger => arrived(request, app, credential).await?,
        Who::Participant(..) | Who::Account(_) => request,
    };
    Ok((request, places.take(who)?))
}

/// Who asks. One whose secrets are not known takes a stranger's place while the database is asked:
/// who makes them up is a stranger.
async fn who(app: &App, credential: &Credential) -> Result<Who, ApiError> {
    if credential.secrets().next().is_none() {
        return Ok(Who::Stranger);
    }
    if let Some(who) = app.known.find(credential.secrets(), Instant::now()) {
        return Ok(who);
    }
    let _place = app.places.requests.take(Who::Stranger)?;
    let proven = timeout(PATIENCE, credential.proven(app)).await;
    let proven = proven.map_err(|_| ApiError::busy("the database does not answer"))?;
    Ok(match proven? {
        Some((secret, who)) => {
            app.known.add(secret, who, Instant::now());
            who
        }
        None => Who::Stranger,
    })
}

/// The request with its whole body in hand.
async fn arrived(
    request: Request,
    app: &App,
    credential: &Credential,
) -> Result<Request, ApiError> {
    let (parts, body) = request.into_parts();
    if (STRANGERS_BYTES as u64) < body.size_hint().lower() {
        // Whoever may send that much has shown who they are.
        return Err(credential.refusal());
    }
    let body = timeout(
        app.options.connections.patience,
        to_bytes(body, STRANGERS_BYTES),
    )
    .await;
    let body = body.map_err(|_| ApiError::too_slow())?;
    let body = body.map_err(|_| credential.refusal())?;
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// Why a body ended before it was whole: it took too much time, or else this.
pub(super) fn cut_off(error: &(dyn Error + 'static), otherwise: ApiError) -> ApiError {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<TimeoutError>() {
            return ApiError::too_slow();
        }
        cause = error.source();
    }
    otherwise
}

/// An answer on its way out, and the place that it holds. It goes in pieces: handed over at once, a
/// large one would be the connection's, and its place free, before anybody has read of it.
struct Answer {
    body: Body,
    waiting: Bytes,
    _held: (Arc<Place>, Option<Busy>),
}

impl Answer {
    fn new(body: Body, held: (Arc<Place>, Option<Busy>)) -> Self {
        Self {
            body,
            waiting: Bytes::new(),
            _held: held,
        }
    }
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.waiting.is_empty() {
            let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
            match frame.map(|it| it.map(Frame::into_data)) {
                Some(Ok(Ok(data))) => self.waiting = data,
                Some(Ok(Err(other))) => return Poll::Ready(Some(Ok(other))),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        let n_next = self.waiting.len().min(PIECE);
        let next = self.waiting.split_to(n_next);
        Poll::Ready(Some(Ok(Frame::data(next))))
    }

    fn is_end_stream(&self) -> bool {
        self.waiting.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (mut hint, n_waiting) = (self.body.size_hint(), self.waiting.len() as u64);
        let upper = hint.upper().map(|it| it + n_waiting);
        hint.set_lower(hint.lower() + n_waiting);
        if let Some(upper) = upper {
            hint.set_upper(upper);
        }
        hint
    }
}
