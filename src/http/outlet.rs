//! A connection whose writing side is shared: by the task that owns the socket, and by the room,
//! which sends news without waking that task. Waking it would cost as much as the news.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;

use super::patience::Patience;
use crate::base::lock::lock;
use crate::sync::delivery::{Outlet, Sent};

/// A client that takes nothing for so long is gone.
const PATIENCE: Duration = Duration::from_secs(60);

/// The writing side.
///
/// # Invariants
///
/// * Everybody writes whole websocket frames. What the system did not take of one is in `left`,
///   and goes before anything else.
#[derive(Debug)]
struct Shared {
    tcp: TcpStream,
    left: Mutex<Vec<u8>>,
}

impl Shared {
    fn left(&self) -> MutexGuard<'_, Vec<u8>> {
        lock(&self.left)
    }

    /// Writes now what the system takes now, and keeps the rest; an error when it takes nothing.
    fn write_now(&self, left: &mut Vec<u8>, frames: &[u8]) -> io::Result<()> {
        let n_taken = self.tcp.try_write(frames)?;
        left.extend_from_slice(&frames[n_taken..]);
        Ok(())
    }

    /// Reads what has come. Where that is less than there is space for, nothing more has come, and
    /// nobody has to ask the system once more to find that out.
    fn read_now(&self, into: &mut [u8]) -> io::Result<usize> {
        let mut n_read = 0;
        let tried = self.tcp.try_io(Interest::READABLE, || {
            n_read = self.tcp.try_read(into)?;
            if (1..into.len()).contains(&n_read) {
                // Read, and empty by now.
                return Err(io::ErrorKind::WouldBlock.into());
            }
            Ok(())
        });
        match tried {
            Err(error) if n_read == 0 => Err(error),
            _ => Ok(n_read),
        }
    }

    /// Writes on with what is left.
    fn poll_left(&self, cx: &mut Context<'_>, patience: &mut Patience) -> Poll<io::Result<()>> {
        loop {
            // Asked for first: whoever is told to wait is woken then.
            let is_ready = self.tcp.poll_write_ready(cx);
            ready!(patience.bound(cx, is_ready))?;
            let mut left = self.left();
            if left.is_empty() {
                return Poll::Ready(Ok(()));
            }
            match self.tcp.try_write(&left) {
                Ok(n_taken) if n_taken == left.len() => *left = Vec::new(),
                Ok(n_taken) => drop(left.drain(..n_taken)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl Outlet for Shared {
    fn try_send(&self, frames: &[u8]) -> Sent {
        let mut left = self.left();
        if !left.is_empty() || self.write_now(&mut left, frames).is_err() {
            // Full or gone: the task that owns the socket finds out which.
            return Sent::Nothing;
        }
        if left.is_empty() {
            Sent::All
        } else {
            Sent::Partly
        }
    }
}

/// The connection, as the task that owns the socket has it. Dropping it ends the connection.
#[derive(Debug)]
pub(super) struct Io {
    shared: Arc<Shared>,
    /// What was read with the request that asked for the websocket.
    read: Bytes,
    /// Bytes given to whoever reads since they were last counted, and how many those may become.
    given: usize,
    most: usize,
    patience: Patience,
}

/// A message takes no more bytes than this for each of its own, in however many pieces it comes; what
/// its pieces say of themselves is counted too.
const BYTES_PER_BYTE: usize = 2;
/// So many more, for messages that are short.
const BESIDES: usize = 16 * 1024;

impl Io {
    /// A connection of which `read` was read already, for messages of at most `message_bytes`.
    pub(super) fn new(tcp: TcpStream, read: Bytes, message_bytes: usize) -> Self {
        let left = Mutex::default();
        let shared = Arc::new(Shared { tcp, left });
        // Copied, because the web server's whole read buffer hangs on it.
        let read = Bytes::copy_from_slice(&read);
        Self {
            shared,
            read,
            given: 0,
            most: message_bytes
                .saturating_mul(BYTES_PER_BYTE)
                .saturating_add(BESIDES),
            patience: Patience::of(PATIENCE),
        }
    }

    /// How many bytes were read since this was last asked: what came before the end of a message,
    /// whatever the message itself has kept of it.
    pub(super) fn counted(&mut self) -> usize {
        std::mem::take(&mut self.given)
    }

    /// Whether so much was read that it can be no message any more, such as one that comes in pieces
    /// of nothing and never ends. Nothing more is read then.
    pub(super) fn is_overfull(&self) -> bool {
        self.most <= self.given
    }

    /// The writing side, for as long as the connection lasts.
    pub(super) fn outlet(&self) -> Weak<dyn Outlet> {
        let shared: Weak<Shared> = Arc::downgrade(&self.shared);
        shared
    }
}

impl AsyncRead for Io {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.is_overfull() {
            let why = "a message that does not end";
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::FileTooLarge, why)));
        }
        if !self.read.is_empty() {
            let n_given = self.read.len().min(into.remaining());
            into.put_slice(&self.read[..n_given]);
            self.read.advance(n_given);
            self.given += n_given;
            return Poll::Ready(Ok(()));
        }
        loop {
            ready!(self.shared.tcp.poll_read_ready(cx))?;
            match self.shared.read_now(into.initialize_unfilled()) {
                Ok(n_read) => {
                    into.advance(n_read);
                    self.given += n_read;
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for Io {
    /// Takes all of `frames` or nothing, so that nobody else's frames come between.
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        frames: &[u8],
    ) -> Poll<io::Result<usize>> {
        let Self {
            shared, patience, ..
        } = &mut *self;
        loop {
            ready!(shared.poll_left(cx, patience))?;
            let mut left = shared.left();
            if !left.is_empty() {
                continue;
            }
            match shared.write_now(&mut left, frames) {
                Ok(()) => return Poll::Ready(Ok(frames.len())),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Self {
            shared, patience, ..
        } = &mut *self;
        if shared.left().is_empty() {
            return Poll::Ready(Ok(()));
        }
        shared.poll_left(cx, patience)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;
    use tokio::time::Instant;

    use super::*;

    #[tokio::test]
    async fn frames_of_two_writers_arrive_whole_however_slowly_they_are_read() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut reader = TcpStream::connect(listener.local_addr().unwrap())
            .await
            .unwrap();
        let mut io = Io::new(listener.accept().await.unwrap().0, Bytes::new(), 1024);
        let outlet = io.outlet().upgrade().unwrap();
        let mut n_sent = 0;
        // Until the system is full, and holds half a frame.
        let last = loop {
            match outlet.try_send(&[1; 30_011]) {
                Sent::All => n_sent += 1,
                other => break other,
            }
        };
        n_sent += usize::from(last == Sent::Partly);
        assert_eq!(outlet.try_send(&[3; 9]), Sent::Nothing);

        let writing = async {
            io.write_all(&[2; 7]).await.unwrap();
            io.flush().await.unwrap();
            drop((io, outlet));
        };
        let mut read = Vec::new();
        let (_, n_read) = tokio::join!(writing, reader.read_to_end(&mut read));

        assert_eq!(n_read.unwrap(), n_sent * 30_011 + 7);
        let (first, second) = read.split_at(n_sent * 30_011);
        assert!(first.iter().all(|it| *it == 1));
        assert_eq!(second, [2; 7]);
    }

    #[tokio::test(start_paused = true)]
    async fn who_reads_nothing_for_a_minute_is_given_up() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let reader = TcpStream::connect(listener.local_addr().unwrap()).await;
        let mut io = Io::new(listener.accept().await.unwrap().0, Bytes::new(), 1024);
        let outlet = io.outlet().upgrade().unwrap();
        while outlet.try_send(&[1; 30_011]) == Sent::All {}
        let since = Instant::now();

        let refused = io.flush().await.unwrap_err();

        assert_eq!(refused.kind(), io::ErrorKind::TimedOut);
        assert!((60..62).contains(&since.elapsed().as_secs()));
        drop(reader);
    }
}
