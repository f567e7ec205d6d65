//! A websocket between its client and a room: reads frames in, writes what the room has ready.
//!
//! One task a socket. It reads nothing while its room is busy or its budget is spent, so pressure
//! goes back to the client that makes it; and it writes what is ready together, flushed once.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use tokio::io::AsyncWriteExt;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_util::sync::CancellationToken;

use super::upgrade::Socket;

use crate::hub::Joined;
use crate::sync::delivery::Taken;
use crate::sync::framing::{self, Part};
use crate::sync::protocol::{self, CloseReason, Incoming};

/// What one connection may send. Over it, the server reads more slowly; nothing is refused.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Messages a second, in the long run: those in one websocket message count each.
    pub frames_per_second: f64,
    /// Bytes a second, in the long run.
    pub bytes_per_second: f64,
    /// For how many seconds' worth a connection may run ahead.
    pub burst_seconds: f64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            frames_per_second: 1000.0,
            bytes_per_second: 1024.0 * 1024.0,
            burst_seconds: 10.0,
        }
    }
}

/// How long the other side may take to read why it is sent away.
const FAREWELL: Duration = Duration::from_secs(2);
/// The server asks for a sign of life this often, and gives up after missing two.
const PING_EVERY: Duration = Duration::from_secs(30);

impl Budget {
    /// What so many messages cost of a client's time.
    fn cost(&self, bytes: usize, n_messages: usize) -> Duration {
        #[expect(
            clippy::cast_precision_loss,
            reason = "frames are far smaller than 2^52 bytes"
        )]
        let (bytes, n_messages) = (bytes as f64, n_messages as f64);
        let by_number = n_messages / self.frames_per_second;
        Duration::from_secs_f64(by_number.max(bytes / self.bytes_per_second))
    }
}

/// What a socket's owner is asked, besides what the room decides.
pub(super) trait Door {
    /// Cancelled when the server stops and can wait no longer.
    fn stop(&self) -> CancellationToken;

    /// When [`Self::due`] has to be asked, unless something changes before.
    fn due_at(&self) -> Option<Instant>;
    /// Whether the right to be here goes on; says why not.
    fn due(&mut self) -> impl Future<Output = Result<(), CloseReason>> + Send;

    /// Takes a fresh token, or says why it is no good for this seat.
    fn renew(&mut self, token: String) -> impl Future<Output = Result<(), CloseReason>> + Send;

    /// Makes sure that what the client came with is still good.
    fn check(&mut self) -> impl Future<Output = Result<(), CloseReason>> + Send;
}

/// Runs a socket until either side ends it, in a task that is no larger than that takes.
pub(super) fn start(
    mut socket: Socket,
    joined: Joined,
    budget: Budget,
    mut door: impl Door + Send + 'static,
) {
    // Lent, since a function that is given them has a place for what it is given and one for what
    // it works with.
    tokio::spawn(async move { run(&mut socket, joined, budget, &mut door).await });
}

async fn run(socket: &mut Socket, joined: Joined, budget: Budget, door: &mut impl Door) {
    let stop = door.stop();
    let reason = tokio::select! {
        reason = converse(socket, &joined, budget, door) => reason,
        // Also where it waits for a client that reads nothing, or for a room that is stuck.
        reason = joined.connection.overdue() => Some(reason),
        () = stop.cancelled() => Some(CloseReason::TryAgain),
    };
    if let Some(reason) = reason {
        // Nothing may follow the reason.
        joined.connection.close(reason);
        drop(joined);
        close(socket, reason).await;
    }
}

/// Says to a stock client that it may not come in.
pub(super) async fn deny(socket: &mut Socket, reason: &str) {
    let message = Message::Binary(protocol::denied(reason));
    let _ = timeout(FAREWELL, socket.send(message)).await;
}

/// Closes a socket, and waits no longer than a moment for the other side to take note.
pub(super) async fn close(socket: &mut Socket, reason: CloseReason) {
    let frame = CloseFrame {
        code: reason.code().into(),
        reason: reason.text().into(),
    };
    let farewell = async {
        let _ = socket.send(Message::Close(Some(frame))).await;
        // What still comes is thrown away, not left unread: a connection that ends over unread
        // bytes is reset, and a reset may overtake the reason.
        while let Some(Ok(_)) = socket.next().await {}
        if reason == CloseReason::TooLarge {
            // The library reads no further than the head of such a message.
            std::future::pending().await
        }
    };
    let _ = timeout(FAREWELL, farewell).await;
}

async fn converse(
    socket: &mut Socket,
    joined: &Joined,
    budget: Budget,
    door: &mut impl Door,
) -> Option<CloseReason> {
    let now = Instant::now();
    let ahead = Duration::from_secs_f64(budget.burst_seconds);
    let mut numbered = 0;
    let mut silent = 0;
    let mut pings = interval(PING_EVERY);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pings.reset();
    // One timer for as long as it holds: a new one at each turn would cost more than the turn.
    let mut due_at = door.due_at();
    let due = sleep_until(due_at.unwrap_or(now));
    tokio::pin!(due);
    loop {
        let read_from = joined.connection.reads_from(ahead);
        let ready_to_read = read_from <= Instant::now();
        if due_at != door.due_at() {
            due_at = door.due_at();
            due.as_mut().reset(due_at.unwrap_or(now));
        }
        tokio::select! {
            () = joined.connection.rung() => {
                if let Err(reason) = write(socket, joined, door).await {
                    return reason;
                }
            }
            message = socket.next(), if ready_to_read => {
                silent = 0;
                let message = match message {
                    Some(Ok(message)) => message,
                    Some(Err(error)) => return why_ended(&error, socket),
                    None => return None,
                };
                // What came, not what is left of it: pieces of nothing cost their sender, too.
                let bytes = socket.get_mut().counted();
                joined.connection.tab().spend(budget.cost(bytes, 1));
                if let Err(reason) = take(message, joined, budget, &mut numbered, door).await {
                    return reason;
                }
            }
            () = sleep_until(read_from), if !ready_to_read => {}
            _ = pings.tick() => {
                silent += 1;
                if silent > 2 {
                    return Some(CloseReason::TryAgain);
                }
                if socket.send(Message::Ping(Bytes::new())).await.is_err() {
                    return None;
                }
            }
            () = &mut due, if due_at.is_some() => {
                if let Err(reason) = Box::pin(door.due()).await {
                    return Some(reason);
                }
            }
        }
    }
}

/// What to say where reading failed; nothing to who is gone.
fn why_ended(error: &Error, socket: &Socket) -> Option<CloseReason> {
    let is_too_large = matches!(error, Error::Capacity(_)) || socket.get_ref().is_overfull();
    is_too_large.then_some(CloseReason::TooLarge)
}

/// Hands one websocket message to the room.
async fn take(
    message: Message,
    joined: &Joined,
    budget: Budget,
    numbered: &mut u64,
    door: &mut impl Door,
) -> Result<(), Option<CloseReason>> {
    let tab = joined.connection.tab();
    let frame = match message {
        Message::Binary(frame) => frame,
        Message::Close(_) => return Err(None),
        Message::Text(_) => return Err(Some(CloseReason::Malformed)),
        Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => return Ok(()),
    };
    let messages = protocol::decode(&frame).map_err(|_| Some(CloseReason::Malformed))?;
    if let Some(more) = messages.len().checked_sub(1) {
        tab.spend(budget.cost(0, more));
    }
    for message in messages {
        match message {
            Incoming::Update(update) => {
                *numbered += 1;
                joined.edit(*numbered, update).await;
            }
            Incoming::Step1(state_vector) => joined.step1(state_vector).await,
            Incoming::Awareness(states) => joined.presence(states).await,
            Incoming::QueryAwareness => joined.want_presence().await,
            Incoming::Resync => joined.resync().await,
            Incoming::Token(token) => {
                let begun = Instant::now();
                // Boxed: it is long and rare, and every connection would set memory aside for it.
                Box::pin(door.renew(token)).await.map_err(Some)?;
                tab.spend_wait(begun.elapsed());
            }
            Incoming::Other => {}
        }
    }
    Ok(())
}

/// Bytes that are written at once. What the system does not take of them is kept for a client that
/// reads nothing, so they are not many.
const AT_ONCE: usize = 8 * 1024;

/// Writes messages together, large ones in fragments. Past the websocket library, which would keep
/// a buffer as large as what it ever wrote.
async fn send(socket: &mut Socket, messages: &[Bytes]) -> io::Result<()> {
    let io = socket.get_mut();
    let mut out = Vec::new();
    for message in messages {
        let mut fragments = message.chunks(AT_ONCE).peekable();
        let mut part = Part::First;
        loop {
            let fragment = fragments.next().unwrap_or_default();
            let is_last = fragments.peek().is_none();
            framing::put(&mut out, fragment, part, is_last);
            part = Part::Next;
            if AT_ONCE <= out.len() {
                io.write_all(&out).await?;
                out.clear();
            }
            if is_last {
                break;
            }
        }
    }
    if !out.is_empty() {
        io.write_all(&out).await?;
    }
    io.flush().await
}

/// Writes what the room has ready for this socket.
async fn write(
    socket: &mut Socket,
    joined: &Joined,
    door: &mut impl Door,
) -> Result<(), Option<CloseReason>> {
    let Taken {
        frames,
        behind,
        missed_presence,
        check,
        close,
    } = joined.connection.take(&joined.stream);
    if check {
        Box::pin(door.check()).await.map_err(Some)?;
    }
    // Flushed also where there is nothing new: what the room sent may be half on its way.
    match send(socket, &frames).await {
        Ok(()) => joined.connection.written(),
        Err(error) if error.kind() == io::ErrorKind::TimedOut => {
            return Err(Some(CloseReason::TryAgain));
        }
        Err(_) => return Err(None),
    }
    if let Some(place) = behind {
        joined.behind(place).await;
    }
    if missed_presence {
        joined.want_presence().await;
    }
    close.map_or(Ok(()), |reason| Err(Some(reason)))
}
