//! For whoever runs the server: is it up, does it take commits, what does it measure.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::error::ApiError;
use super::state::App;

/// `GET /healthz`: the process is up.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database takes commits at this moment.
pub(super) async fn readyz(State(app): State<App>) -> Result<&'static str, ApiError> {
    app.store.ping_write(app.clock.now()).await?;
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
