//! A server on a socket, that can be asked to stop.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::accept;
use super::router::router;
use super::state::App;

/// Connections that may wait to be accepted; the system may allow fewer.
const BACKLOG: u32 = 4096;
/// How long requests that are under way when the server stops may take to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running server. Dropping it stops it too, without waiting for anything.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    app: App,
}

impl Server {
    /// Listens on `address` (port 0 takes a free one) and serves from now on.
    ///
    /// # Errors
    ///
    /// The system's reason why it cannot listen there.
    pub async fn start(app: App, address: SocketAddr) -> std::io::Result<Self> {
        let listener = listen(address)?;
        let address = listener.local_addr()?;
        let stop = CancellationToken::new();
        let serving = tokio::spawn(accept::serve(
            listener,
            router(app.clone()),
            app.options.connections,
            app.metrics.clone(),
            stop.clone(),
        ));
        Ok(Self {
            address,
            stop,
            serving,
            app,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no new connections, lets every room commit what it has, tells every socket to come
    /// again, lets what is under way end, and closes the database. A database that does not answer
    /// is waited for no longer than half a minute in all.
    pub async fn stop(mut self) {
        self.stop.cancel();
        self.app.hub.shutdown().await;
        self.app.sockets.end().await;
        if timeout(PATIENCE, &mut self.serving).await.is_err() {
            tracing::warn!("some requests did not end in time");
            self.serving.abort();
        }
        if timeout(PATIENCE, self.app.store.close()).await.is_err() {
            tracing::warn!("the database did not end what it had begun");
        }
    }
}

/// Listens with room for a whole workshop that comes back at the same moment. A connection that
/// finds the queue full is tried again by its system only after a second.
fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.cancel();
        self.serving.abort();
    }
}
