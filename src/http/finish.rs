//! What changes something goes on to its end, also where whoever asked for it is gone by then, or was
//! told that it takes too long.
//!
//! A change is committed first, and told to rooms and sockets then. Were it broken off in between, a
//! room would go by what is no more, and whoever was removed would stay in it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;
use tracing::{Instrument, Span};

use super::error::ApiError;
use super::places::Place;

/// Only where the database never answers does a change take longer, and holds what others need.
const MOST: Duration = Duration::from_secs(120);

/// Works on a change in a task of its own, which holds the place of whoever asked until it is done;
/// for so long at most.
pub(super) async fn finish(request: Request, next: Next) -> Response {
    if only_reads(&request) {
        return next.run(request).await;
    }
    let place = request.extensions().get::<Arc<Place>>().cloned();
    let work = async move {
        let done = timeout(MOST, next.run(request)).await;
        drop(place);
        done.unwrap_or_else(|_| ApiError::busy("this took too long").into_response())
    };
    match tokio::spawn(work.instrument(Span::current())).await {
        Ok(response) => response,
        Err(broken) => ApiError::from(broken).into_response(),
    }
}

/// Goes on when the whole body is here: what goes on to its end must not wait for whoever asked.
pub(super) async fn arrive(request: Request, next: Next) -> Response {
    if only_reads(&request) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let coming = Request::from_parts(parts.clone(), body);
    match Bytes::from_request(coming, &()).await {
        Ok(body) => next.run(Request::from_parts(parts, Body::from(body))).await,
        Err(refused) => ApiError::from(refused).into_response(),
    }
}

fn only_reads(request: &Request) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD)
}
