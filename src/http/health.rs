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

/// `GET /readyz`: the database took a commit within the last second or so.
pub(super) async fn readyz(State(app): State<App>) -> Result<&'static str, ApiError> {
    let check = async {
        match timeout(PATIENCE, app.store.ping_write(app.clock.now())).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                tracing::error!(%error, "the database is not available");
                Err("the database is not available")
            }
            Err(_) => Err("the database takes no commits"),
        }
    };
    let answer = app.readiness.shared(check).await;
    answer.map_err(ApiError::busy)?;
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
