//! For whoever runs the server: is it up, does it take commits, what does it measure.

use std::time::Duration;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use super::error::ApiError;
use super::state::App;

/// Whoever asks whether the server is ready waits no longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// `GET /healthz`: the process is up.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// What the database said when it was last asked whether it takes commits, and when that was.
pub(super) type Said = Mutex<Option<(Instant, bool)>>;

/// `GET /readyz`: the database takes commits at this moment.
pub(super) async fn readyz(State(app): State<App>) -> Result<&'static str, ApiError> {
    if !takes_commits(&app).await {
        return Err(ApiError::busy("the database takes no commits"));
    }
    if !app.hub.is_healthy() {
        return Err(ApiError::busy("the last edits could not be saved"));
    }
    Ok("ready\n")
}

/// Whether it does. One asks at a time, and tells all who came before it did: each of them could
/// otherwise have a commit made that those who write wait for.
async fn takes_commits(app: &App) -> bool {
    let came = Instant::now();
    let mut said = app.ready.lock().await;
    if let Some((asked, takes)) = *said
        && came <= asked
    {
        return takes;
    }
    let asked = Instant::now();
    let ping = timeout(PATIENCE, app.store.ping_write(app.clock.now())).await;
    let takes = match ping {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database takes no commits");
            false
        }
        Err(_) => false,
    };
    *said = Some((asked, takes));
    takes
}

/// `GET /metrics`: for Prometheus.
pub(super) async fn metrics(State(app): State<App>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, kind)], app.metrics.text()).into_response()
}
