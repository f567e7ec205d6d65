//! A way between two programs, which a test can cut and mend.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, split};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;
use url::Url;

use super::sieve::Sieve;

/// Where a way leads.
#[derive(Clone, Debug)]
enum Target {
    Tcp { address: String, is_nats: bool },
    Unix(PathBuf),
}

/// What a way does with what goes over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Open,
    /// Connections are broken off, and new ones refused.
    Cut,
    /// Nothing is broken off and nothing comes through, until it is mended.
    Silent,
    /// Of the messages of NATS, one in so many is lost.
    Losing(usize),
    /// What is said takes this long, there and back.
    Slow(Duration),
}

/// A port that leads elsewhere. Gone when it is dropped.
pub(crate) struct Proxy {
    way: watch::Sender<Way>,
    target: Arc<Mutex<Target>>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// A way to the server at `url`, and the address that leads there by it.
    pub(crate) async fn to(url: &str) -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut near = Url::parse(url).unwrap();
        near.set_query(None);
        near.set_host(Some("127.0.0.1")).unwrap();
        let port = listener.local_addr().unwrap().port();
        near.set_port(Some(port)).unwrap();
        let (way, _) = watch::channel(Way::Open);
        let target = Arc::new(Mutex::new(Target::of(url)));
        let accepting = tokio::spawn(accept(listener, target.clone(), way.clone()));
        let proxy = Self {
            way,
            target,
            accepting,
        };
        (proxy, near.to_string())
    }

    /// Leads to another server from the next connection on.
    pub(crate) fn lead_to(&self, url: &str) {
        *self.target.lock().unwrap() = Target::of(url);
    }

    /// Breaks all connections off and refuses new ones.
    pub(crate) fn cut(&self) {
        self.way.send_replace(Way::Cut);
    }

    /// Holds back all that is said, and breaks nothing off.
    pub(crate) fn silence(&self) {
        self.way.send_replace(Way::Silent);
    }

    /// Loses one message of NATS in `n` on its way from NATS.
    pub(crate) fn lose_one_in(&self, n: usize) {
        self.way.send_replace(Way::Losing(n));
    }

    /// Takes this long for what is said, and as long for the answer.
    pub(crate) fn delay(&self, by: Duration) {
        self.way.send_replace(Way::Slow(by));
    }

    /// Lets everything through again.
    pub(crate) fn mend(&self) {
        self.way.send_replace(Way::Open);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.cut();
    }
}

impl Target {
    /// Where an address leads.
    fn of(url: &str) -> Self {
        let url = Url::parse(url).unwrap();
        let socket = url.query_pairs().find(|(name, _)| name == "host");
        match socket {
            Some((_, folder)) => {
                let port = url.port().unwrap_or(5432);
                Self::Unix(format!("{folder}/.s.PGSQL.{port}").into())
            }
            None => {
                let (host, port) = (url.host_str().unwrap(), url.port().unwrap_or(5432));
                Self::Tcp {
                    address: format!("{host}:{port}"),
                    is_nats: url.scheme() == "nats",
                }
            }
        }
    }
}

async fn accept(listener: TcpListener, target: Arc<Mutex<Target>>, way: watch::Sender<Way>) {
    loop {
        let Ok((near, _)) = listener.accept().await else {
            return;
        };
        if *way.borrow() == Way::Cut {
            continue;
        }
        let target = target.lock().unwrap().clone();
        let way = way.subscribe();
        tokio::spawn(async move {
            let _ = near.set_nodelay(true);
            match target {
                Target::Tcp { address, is_nats } => {
                    let sieve = is_nats.then(Sieve::default);
                    if let Ok(far) = TcpStream::connect(address).await {
                        let _ = far.set_nodelay(true);
                        join(near, far, way, sieve).await;
                    }
                }
                Target::Unix(path) => {
                    if let Ok(far) = UnixStream::connect(path).await {
                        join(near, far, way, None).await;
                    }
                }
            }
        });
    }
}

async fn join(
    near: TcpStream,
    far: impl AsyncRead + AsyncWrite,
    way: watch::Receiver<Way>,
    sieve: Option<Sieve>,
) {
    let mut cut = way.clone();
    let (near_reads, near_writes) = near.into_split();
    let (far_reads, far_writes) = split(far);
    tokio::select! {
        () = pass(near_reads, far_writes, way.clone(), None) => {}
        () = pass(far_reads, near_writes, way, sieve) => {}
        _ = cut.wait_for(|it| *it == Way::Cut) => {}
    }
}

/// Passes on what comes, until one side ends.
async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut way: watch::Receiver<Way>,
    mut sieve: Option<Sieve>,
) {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let n = match from.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(n) => n,
        };
        let Ok(way) = way.wait_for(|it| *it != Way::Silent).await.map(|it| *it) else {
            return;
        };
        if let Way::Slow(by) = way {
            sleep(by).await;
        }
        let passed = match &mut sieve {
            Some(sieve) => {
                let one_in = match way {
                    Way::Losing(one_in) => Some(one_in),
                    _ => None,
                };
                to.write_all(&sieve.pass(&buffer[..n], one_in)).await
            }
            None => to.write_all(&buffer[..n]).await,
        };
        if passed.is_err() {
            return;
        }
    }
}
