//! Connections: how many there may be at once, and how long one may take to say what it wants.
//!
//! Whoever holds connections open and says nothing, or opens them faster than they end, takes from
//! what all others need: descriptors and memory. So they are counted in all, and never by address: a
//! whole workshop sits behind one.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower_service::Service;

use super::connections::{ConnectionPlace, Connections};
use super::limits::ConnectionLimits;
use super::metrics::Metrics;
use super::patience::{Patient, prepare};

/// Bytes of a request's head and of an answer that one connection keeps; a longer head is refused.
const BUFFER: usize = 32 * 1024;

/// A connection, as the web server has it.
pub(super) type Wire = TokioIo<Patient<TcpStream>>;

/// Those who are one too many and are told so, at once. More than these learn it by being cut off.
const FAREWELLS: usize = 64;
/// How long such a one may take to read it.
const FAREWELL: Duration = Duration::from_secs(1);
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\n\
    content-type: application/problem+json\r\nretry-after: 2\r\nconnection: close\r\n\
    content-length: 148\r\n\r\n\
    {\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"code\":\"busy\",\
    \"detail\":\"the server holds as many connections as it can: try again\"}";
/// How long to wait where the system has no descriptor left for a new connection.
const BREATH: Duration = Duration::from_millis(50);

/// Serves every connection until `stop`; then lets what is under way end.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: ConnectionLimits,
    metrics: Metrics,
    stop: CancellationToken,
) {
    let places = Connections::new(limits.at_once);
    let farewells = Arc::new(Semaphore::new(FAREWELLS));
    let open = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        let tcp = match accepted {
            Ok((tcp, _)) => tcp,
            Err(error) => {
                // One that went away again costs nothing; anything else is the system's trouble.
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(BREATH).await;
                continue;
            }
        };
        if let Err(error) = prepare(&tcp) {
            tracing::debug!(%error, "a connection that is not set up");
        }
        let Some(place) = places.take().await else {
            metrics.turned_away();
            if let Ok(one) = farewells.clone().try_acquire_owned() {
                tokio::spawn(turn_away(tcp, one));
            }
            continue;
        };
        let (router, stop) = (router.clone(), stop.clone());
        open.spawn(converse(tcp, router, limits, place, stop));
    }
    drop(listener);
    open.close();
    open.wait().await;
}

/// Says that there is no place, and reads what came, so that the answer is not lost with it.
async fn turn_away(mut tcp: TcpStream, _one: OwnedSemaphorePermit) {
    let farewell = async {
        tcp.write_all(FULL).await?;
        tcp.shutdown().await?;
        let mut rest = [0; 1024];
        while 0 < tcp.read(&mut rest).await? {}
        Ok::<(), std::io::Error>(())
    };
    let _ = timeout(FAREWELL, farewell).await;
}

/// Answers what one connection asks, one request after the other.
async fn converse(
    tcp: TcpStream,
    router: Router,
    limits: ConnectionLimits,
    place: ConnectionPlace,
    stop: CancellationToken,
) {
    let given_up = place.given_up();
    let service = service_fn(move |mut request: Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(place.clone());
        router.clone().call(request.map(Body::new))
    });
    let wire = Wire::new(Patient::new(tcp, limits.unread));
    // The version is not guessed: that would wait for the first bytes without end.
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.patience)
        .max_buf_size(BUFFER)
        .serve_connection(wire, service)
        .with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
        () = given_up => Ok(()),
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests {
    use super::FULL;

    #[test]
    fn the_farewell_is_as_long_as_it_says() {
        let text = std::str::from_utf8(FULL).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();

        assert!(head.ends_with(&format!("content-length: {}", body.len())));
    }
}
