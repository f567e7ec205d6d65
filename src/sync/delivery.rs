//! How committed updates reach connections: one stream a room, one place in it a connection.
//!
//! A connection has no queue of edits. It remembers where it is in the room's stream; the room
//! keeps a bounded window of the newest updates, each encoded once and shared. Who falls out of the
//! window gets one diff from where it was, made when it can take it. So a slow reader costs the
//! server the same few KiB as a fast one, and is never skipped.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::Notify;

use super::protocol::{self, Ack, CloseReason};

/// One socket's number, never used twice while the server runs.
pub type ConnectionId = u64;

/// Updates kept for connections to copy; older ones are given as a diff.
const WINDOW_ENTRIES: usize = 1024;
/// Bytes kept likewise.
const WINDOW_BYTES: usize = 512 * 1024;
/// A state vector is noted each time so many updates went by.
const MARK_EVERY: u64 = 128;
/// What a connection takes at once before it writes: enough to fill a socket's buffer.
const TAKE_BYTES: usize = 64 * 1024;
/// Answers that may wait for one connection; a client that reads none and asks on is cut off.
const MAX_ANSWERS: usize = 1024;

/// A state vector that the stream went past, from which a diff can be made.
type Mark = Arc<[u8]>;

/// The committed updates of one room, newest last.
///
/// # Invariants
///
/// * Only committed updates are in it.
/// * `marks` holds the newest mark at or before each place from `first` on.
#[derive(Debug)]
pub struct Stream {
    window: Mutex<Window>,
}

#[derive(Debug)]
struct Window {
    first: u64,
    entries: VecDeque<Entry>,
    bytes: usize,
    marks: VecDeque<(u64, Mark)>,
    presence: Presence,
}

#[derive(Debug)]
struct Entry {
    author: ConnectionId,
    frame: Bytes,
}

/// What changed in the room's presence last.
#[derive(Clone, Debug, Default)]
struct Presence {
    tick: u64,
    frame: Bytes,
}

/// Where a connection is in the stream.
#[derive(Clone, Debug)]
pub struct Place {
    next: u64,
    mark: Mark,
}

impl Place {
    /// A state vector that this connection has certainly been given.
    pub fn state_vector(&self) -> &[u8] {
        &self.mark
    }
}

impl Stream {
    /// An empty stream that begins at a document with this state vector.
    pub fn new(state_vector: &[u8]) -> Self {
        Self {
            window: Mutex::new(Window {
                first: 0,
                entries: VecDeque::new(),
                bytes: 0,
                marks: VecDeque::from([(0, state_vector.into())]),
                presence: Presence::default(),
            }),
        }
    }

    /// The end of the stream: what comes next is the next commit.
    pub fn end(&self) -> Place {
        let window = lock(&self.window);
        Place {
            next: window.next(),
            mark: window.mark_at(window.next()),
        }
    }

    /// Adds messages with committed updates, each with the connection that made it. `state_vector` is asked for
    /// the document's state vector after all of them, when a mark is due.
    pub fn publish(
        &self,
        messages: impl IntoIterator<Item = (ConnectionId, Bytes)>,
        state_vector: impl FnOnce() -> Vec<u8>,
    ) {
        let mut window = lock(&self.window);
        for (author, frame) in messages {
            window.bytes += frame.len();
            window.entries.push_back(Entry { author, frame });
        }
        let next = window.next();
        let marked = window.marks.back().map_or(0, |(at, _)| *at);
        if next - marked >= MARK_EVERY || window.is_over() {
            window.marks.push_back((next, state_vector().into()));
        }
        window.trim();
    }

    /// Replaces what everybody is told about presence next.
    pub fn publish_presence(&self, frame: Bytes) {
        let mut window = lock(&self.window);
        window.presence.tick += 1;
        window.presence.frame = frame;
    }

    /// Forgets the window; who has not taken it gets a diff.
    pub fn forget(&self, state_vector: &[u8]) {
        let mut window = lock(&self.window);
        let next = window.next();
        window.first = next;
        window.bytes = 0;
        window.entries = VecDeque::new();
        window.marks = VecDeque::from([(next, state_vector.into())]);
        window.presence.frame = Bytes::new();
    }
}

impl Window {
    fn next(&self) -> u64 {
        self.first + self.entries.len() as u64
    }

    fn is_over(&self) -> bool {
        self.entries.len() > WINDOW_ENTRIES || self.bytes > WINDOW_BYTES
    }

    fn trim(&mut self) {
        while self.is_over() {
            let Some(gone) = self.entries.pop_front() else {
                break;
            };
            self.bytes -= gone.frame.len();
            self.first += 1;
        }
        while self.marks.get(1).is_some_and(|(at, _)| *at <= self.first) {
            self.marks.pop_front();
        }
    }

    fn mark_at(&self, place: u64) -> Mark {
        let after = self.marks.partition_point(|(at, _)| *at <= place);
        let (_, mark) = &self.marks[after.saturating_sub(1)];
        mark.clone()
    }
}

/// A room's side of one socket.
///
/// The room puts answers in and rings; the socket takes what is ready and writes it.
#[derive(Debug)]
pub struct Connection {
    /// This socket's number.
    pub id: ConnectionId,
    /// Whether the client understands messages above 110.
    pub extended: bool,
    outbox: Mutex<Outbox>,
    bell: Notify,
}

#[derive(Debug, Default)]
struct Outbox {
    answers: VecDeque<Bytes>,
    ack: Option<Ack>,
    place: Option<Place>,
    presence_tick: u64,
    close: Option<CloseReason>,
}

/// What a socket shall do next.
#[derive(Debug, Default)]
pub struct Taken {
    /// Websocket messages to write together.
    pub frames: Vec<Bytes>,
    /// The connection is out of the window: ask the room for a diff from here.
    pub behind: Option<Place>,
    /// Presence was missed: ask the room for everybody's.
    pub missed_presence: bool,
    /// Write the frames, then close.
    pub close: Option<CloseReason>,
}

impl Connection {
    /// A connection that has not been told anything yet.
    pub fn new(id: ConnectionId, extended: bool) -> Self {
        Self {
            id,
            extended,
            outbox: Mutex::default(),
            bell: Notify::new(),
        }
    }

    /// Waits until there may be something to take.
    pub async fn rung(&self) {
        self.bell.notified().await;
    }

    /// Tells the socket that there may be something to take.
    pub fn ring(&self) {
        self.bell.notify_one();
    }

    /// Adds an answer to this client alone.
    pub fn answer(&self, frame: Bytes) {
        let mut outbox = lock(&self.outbox);
        if outbox.answers.len() < MAX_ANSWERS {
            outbox.answers.push_back(frame);
        } else {
            outbox.close = Some(CloseReason::TryAgain);
        }
        drop(outbox);
        self.ring();
    }

    /// Adds the state a client asked for, whole; it follows the stream from `place` on.
    pub fn catch_up(&self, frames: impl IntoIterator<Item = Bytes>, place: Place) {
        let mut outbox = lock(&self.outbox);
        outbox.place = Some(place);
        outbox.answers.extend(frames);
        drop(outbox);
        self.ring();
    }

    /// Says that the connection's first `frames` numbered messages are durable or refused.
    pub fn acknowledge(&self, frames: u64, seq: u64) {
        lock(&self.outbox).ack = Some(Ack { frames, seq });
        self.ring();
    }

    /// Ends the connection once what is waiting has been written.
    pub fn close(&self, reason: CloseReason) {
        lock(&self.outbox).close.get_or_insert(reason);
        self.ring();
    }

    /// Takes what is ready: answers first, then the stream from this connection's place on,
    /// without its own updates.
    pub fn take(&self, stream: &Stream) -> Taken {
        let mut outbox = lock(&self.outbox);
        let mut taken = Taken {
            frames: outbox.answers.drain(..).collect(),
            close: outbox.close,
            ..Taken::default()
        };
        if let Some(ack) = outbox.ack.take().filter(|_| self.extended) {
            taken.frames.push(protocol::ack(ack));
        }
        let Outbox {
            place: Some(place),
            presence_tick,
            ..
        } = &mut *outbox
        else {
            return taken;
        };
        let window = lock(&stream.window);
        if place.next < window.first {
            taken.behind = outbox.place.take();
            return taken;
        }
        let from = usize::try_from(place.next - window.first).unwrap_or(usize::MAX);
        let mut bytes = 0;
        for entry in window.entries.iter().skip(from) {
            if bytes > TAKE_BYTES {
                self.ring();
                break;
            }
            place.next += 1;
            if entry.author != self.id {
                bytes += entry.frame.len();
                taken.frames.push(entry.frame.clone());
            }
        }
        place.mark = window.mark_at(place.next);
        match window.presence.tick - *presence_tick {
            0 => {}
            1 if !window.presence.frame.is_empty() => {
                taken.frames.push(window.presence.frame.clone());
            }
            _ => taken.missed_presence = true,
        }
        *presence_tick = window.presence.tick;
        taken
    }
}

/// A lock that a panic elsewhere cannot take away: what it guards is replaced whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(stream: &Stream, id: ConnectionId) -> Connection {
        let connection = Connection::new(id, true);
        connection.catch_up([], stream.end());
        connection.take(stream);
        connection
    }

    fn publish(stream: &Stream, author: ConnectionId, bytes: usize) {
        stream.publish([(author, vec![0; bytes].into())], || vec![9]);
    }

    #[test]
    fn an_update_reaches_the_others_and_not_its_author() {
        let stream = Stream::new(&[0]);
        let (author, other) = (joined(&stream, 1), joined(&stream, 2));

        publish(&stream, 1, 10);

        assert!(author.take(&stream).frames.is_empty());
        assert_eq!(other.take(&stream).frames.len(), 1);
        assert!(other.take(&stream).frames.is_empty());
    }

    #[test]
    fn who_reads_nothing_falls_behind_and_holds_no_memory() {
        let stream = Stream::new(&[0]);
        let slow = joined(&stream, 2);

        for _ in 0..100 {
            publish(&stream, 1, WINDOW_BYTES / 10);
        }

        let taken = slow.take(&stream);
        assert!(taken.frames.is_empty());
        assert_eq!(taken.behind.unwrap().state_vector(), [0]);
        assert!(lock(&stream.window).bytes <= WINDOW_BYTES);
    }

    #[test]
    fn a_mark_is_never_newer_than_the_place() {
        let stream = Stream::new(&[0]);
        let connection = joined(&stream, 2);
        for n in 0..=MARK_EVERY {
            stream.publish([(1, Bytes::from_static(&[1]))], || {
                vec![u8::try_from(n).unwrap()]
            });
        }

        let before = lock(&connection.outbox).place.clone().unwrap();
        connection.take(&stream);
        let after = lock(&connection.outbox).place.clone().unwrap();

        assert_eq!(before.state_vector(), [0]);
        assert_eq!(
            after.state_vector(),
            [u8::try_from(MARK_EVERY - 1).unwrap()]
        );
    }

    #[test]
    fn missed_presence_is_asked_for_and_edits_come_first() {
        let stream = Stream::new(&[0]);
        let connection = joined(&stream, 2);
        publish(&stream, 1, 3);
        stream.publish_presence(Bytes::from_static(&[1]));
        let taken = connection.take(&stream);
        assert_eq!(taken.frames[1], Bytes::from_static(&[1]));

        stream.publish_presence(Bytes::from_static(&[2]));
        stream.publish_presence(Bytes::from_static(&[3]));

        assert!(connection.take(&stream).missed_presence);
    }
}
