//! How long a client may take nothing of what it is sent.
//!
//! What is looked at is whether anything goes out, never how long all of it takes: a large answer to
//! a slow line is no reason to end it, and one that nobody reads would be kept in memory until then.

use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// Bytes that the system takes over without having sent them. With more, it would hold megabytes
/// for each client that reads nothing, and say for minutes that there is no space while a slow one
/// reads on: it asks for more when a third of all is gone.
#[cfg(target_os = "linux")]
const UNSENT: u32 = 64 * 1024;

/// Sets a new connection up, so that what is sent is soon on its way, and seen to be.
pub(super) fn prepare(tcp: &TcpStream) -> io::Result<()> {
    // An edit is a few bytes that must go out now, not when a packet is full.
    tcp.set_nodelay(true)?;
    #[cfg(target_os = "linux")]
    socket2::SockRef::from(tcp).set_tcp_notsent_lowat(UNSENT)?;
    Ok(())
}

/// The time that a writer waits at a stretch.
#[derive(Debug)]
pub(super) struct Patience {
    most: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patience {
    pub(super) fn of(most: Duration) -> Self {
        let waiting = None;
        Self { most, waiting }
    }

    /// What came of trying to write; an error when that has led to nothing for too long.
    pub(super) fn bound<T>(
        &mut self,
        cx: &mut Context<'_>,
        tried: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if tried.is_ready() {
            self.waiting = None;
            return tried;
        }
        let most = self.most;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(most)));
        ready!(waiting.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

/// A connection that ends when its client takes nothing for too long.
#[derive(Debug)]
pub(super) struct Patient<T> {
    io: T,
    patience: Patience,
}

impl<T> Patient<T> {
    pub(super) fn new(io: T, most: Duration) -> Self {
        let patience = Patience::of(most);
        Self { io, patience }
    }

    pub(super) fn into_inner(self) -> T {
        self.io
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Patient<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_read(cx, into)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Patient<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let tried = Pin::new(&mut self.io).poll_write(cx, bytes);
        self.patience.bound(cx, tried)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let tried = Pin::new(&mut self.io).poll_write_vectored(cx, bytes);
        self.patience.bound(cx, tried)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
    use tokio::time::Instant;

    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[tokio::test(start_paused = true)]
    async fn who_takes_nothing_is_given_up_and_who_takes_little_is_not() {
        let (ours, mut theirs) = duplex(100);
        let mut io = Patient::new(ours, MINUTE);
        let (start, mut read) = (Instant::now(), [0; 100]);

        let reading = async {
            for _ in 0..50 {
                sleep(MINUTE - Duration::from_secs(1)).await;
                theirs.read_exact(&mut read).await.unwrap();
            }
            start.elapsed()
        };
        let (written, slowly) = tokio::join!(io.write_all(&[1; 5_100]), reading);
        let since = Instant::now();
        let more = io.write_all(&[1]).await.unwrap_err();

        assert!(written.is_ok() && 45 * MINUTE < slowly);
        assert_eq!(more.kind(), io::ErrorKind::TimedOut);
        assert_eq!(since.elapsed().as_secs(), MINUTE.as_secs());
    }
}
