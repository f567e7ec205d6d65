//! For whoever runs the server: is it up, does it take commits, what does it measure.

use std::time::Duration;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use tokio::time::timeout;

use super::error::ApiError;
use super::state::App;

/// Whoever asks whether the server is ready waits no longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// `GET /healthz`: the process is up.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database takes commits at this moment.
pub(super) async fn readyz(State(app): State<App>) -> Result<&'static str, ApiError> {
    let ping = timeout(PATIENCE, app.store.ping_write(app.clock.now())).await;
    ping.map_err(|_| ApiError::busy("the database takes no commits"))??;
    if !app.hub.is_healthy() {
        return Err(ApiError::busy("the last edits could not be saved"));
    }
    Ok("ready\n")
}

/// `GET /metrics`: for Prometheus.
pub(super) async fn metrics(State(app): State<App>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, kind)], app.metrics.text()).into_response()
}
