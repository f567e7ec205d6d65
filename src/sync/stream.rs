//! The committed updates of one room, from which every connection copies.
//!
//! A connection has no queue of edits. It remembers where it is in the room's stream; the room
//! keeps a bounded window of the newest updates, each encoded once and shared. Who falls out of the
//! window gets one diff from where it was, made when it can take it. So a slow reader costs the
//! server the same few KiB as a fast one, and is never skipped.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use bytes::Bytes;

use super::framing;
use super::protocol::{self, Ack};
use crate::base::lock::lock;

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

#[derive(Clone, Debug)]
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
        lock(&self.window).end()
    }

    /// Adds messages with committed updates, each with the connection that made it. `state_vector` is asked for
    /// the document's state vector after all of them, when a mark is due. Returns them as news for
    /// who was at the end.
    pub fn publish(
        &self,
        messages: impl IntoIterator<Item = (ConnectionId, Bytes)>,
        state_vector: impl FnOnce() -> Vec<u8>,
    ) -> News {
        let mut window = lock(&self.window);
        let from = window.next();
        let n_before = window.entries.len();
        for (author, frame) in messages {
            window.bytes += frame.len();
            window.entries.push_back(Entry { author, frame });
        }
        let fresh = window.entries.range(n_before..);
        let entries: Vec<Entry> = fresh.cloned().collect();
        let frames = framing::encode(entries.iter().map(|entry| &entry.frame));
        let next = window.next();
        let marked = window.marks.back().map_or(0, |(at, _)| *at);
        if next - marked >= MARK_EVERY || window.is_over() {
            window.marks.push_back((next, state_vector().into()));
        }
        window.trim();
        News {
            from,
            end: window.end(),
            seen: window.presence.tick,
            tick: window.presence.tick,
            entries,
            frames,
        }
    }

    /// Replaces what everybody is told about presence next. Returns it as news for who was at the
    /// end.
    pub fn publish_presence(&self, frame: Bytes) -> News {
        let mut window = lock(&self.window);
        let seen = window.presence.tick;
        let frames = framing::encode([&frame]);
        window.presence.tick += 1;
        window.presence.frame = frame;
        News {
            from: window.next(),
            end: window.end(),
            seen,
            tick: window.presence.tick,
            entries: Vec::new(),
            frames,
        }
    }

    /// Copies for `reader` what is behind its place and not its own, and moves the place on; none
    /// when the window has gone past it.
    pub(super) fn copy(
        &self,
        reader: ConnectionId,
        place: &mut Place,
        presence_tick: &mut u64,
    ) -> Option<Copied> {
        let window = lock(&self.window);
        let from = place.next.checked_sub(window.first)?;
        let mut copied = Copied {
            frames: Vec::new(),
            is_more: false,
            missed_presence: false,
        };
        let mut bytes = 0;
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        for entry in window.entries.iter().skip(from) {
            if bytes > TAKE_BYTES {
                copied.is_more = true;
                break;
            }
            place.next += 1;
            if entry.author != reader {
                bytes += entry.frame.len();
                copied.frames.push(entry.frame.clone());
            }
        }
        place.mark = window.mark_at(place.next);
        match window.presence.tick - *presence_tick {
            0 => {}
            1 if !window.presence.frame.is_empty() => {
                copied.frames.push(window.presence.frame.clone());
            }
            _ => copied.missed_presence = true,
        }
        *presence_tick = window.presence.tick;
        Some(copied)
    }

    /// Forgets the window; who has not taken it gets a diff.
    pub fn forget(&self, state_vector: &[u8]) {
        let end = lock(&self.window).next();
        self.begin_again_at(end, state_vector);
    }

    /// Forgets the window, and gives a diff to those too who have taken all of it.
    pub fn break_off(&self, state_vector: &[u8]) {
        let end = lock(&self.window).next();
        self.begin_again_at(end + 1, state_vector);
    }

    fn begin_again_at(&self, next: u64, state_vector: &[u8]) {
        let mut window = lock(&self.window);
        window.first = next;
        window.bytes = 0;
        window.entries = VecDeque::new();
        window.marks = VecDeque::from([(next, state_vector.into())]);
        window.presence.frame = Bytes::new();
    }
}

/// What was published just now, as it goes to everybody who had all that came before.
#[derive(Debug)]
pub struct News {
    from: u64,
    end: Place,
    seen: u64,
    tick: u64,
    entries: Vec<Entry>,
    /// All of it as whole websocket frames.
    frames: Vec<u8>,
}

impl News {
    /// Whether these are all that a reader at this place lacks, and not too much at once.
    pub(super) fn is_next_at(&self, place: &Place, presence_tick: u64) -> bool {
        place.next == self.from && presence_tick == self.seen && self.frames.len() <= TAKE_BYTES
    }

    /// What `reader` is sent: all but its own, and what is known of its own.
    pub(super) fn frames_for(&self, reader: ConnectionId, ack: Option<Ack>) -> Cow<'_, [u8]> {
        let is_own = |entry: &&Entry| entry.author == reader;
        if ack.is_none() && !self.entries.iter().any(|it| is_own(&it)) {
            return Cow::Borrowed(&self.frames);
        }
        let ack = ack.map(protocol::ack);
        let others = self.entries.iter().filter(|it| !is_own(it));
        let messages = ack.iter().chain(others.map(|it| &it.frame));
        Cow::Owned(framing::encode(messages))
    }

    /// Where a reader is who has taken these.
    pub(super) fn after(&self) -> (Place, u64) {
        (self.end.clone(), self.tick)
    }
}

/// What a reader takes from the stream at once.
pub(super) struct Copied {
    /// The updates of others, and the latest news of presence.
    pub(super) frames: Vec<Bytes>,
    /// There is more to take.
    pub(super) is_more: bool,
    /// News of presence went by that is not there any more.
    pub(super) missed_presence: bool,
}

impl Window {
    fn end(&self) -> Place {
        Place {
            next: self.next(),
            mark: self.mark_at(self.next()),
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_small_however_much_goes_by() {
        let stream = Stream::new(&[0]);

        for _ in 0..100 {
            stream.publish([(1, vec![0; WINDOW_BYTES / 10].into())], || vec![9]);
        }

        let window = lock(&stream.window);
        assert!(window.bytes <= WINDOW_BYTES);
        assert_eq!(window.next(), 100);
        assert!(window.marks.len() <= window.entries.len() + 1);
    }

    #[test]
    fn a_mark_is_never_newer_than_the_place() {
        let stream = Stream::new(&[0]);
        let (mut place, mut tick) = (stream.end(), 0);
        for n in 0..=MARK_EVERY {
            stream.publish([(1, Bytes::from_static(&[1]))], || {
                vec![u8::try_from(n).unwrap()]
            });
        }
        assert_eq!(place.state_vector(), [0]);

        stream.copy(2, &mut place, &mut tick).unwrap();

        let newest = u8::try_from(MARK_EVERY - 1).unwrap();
        assert_eq!(place.state_vector(), [newest]);
    }

    #[test]
    fn a_broken_stream_leaves_nobody_where_they_were() {
        let stream = Stream::new(&[0]);
        let (mut place, mut tick) = (stream.end(), 0);

        stream.forget(&[1]);
        assert!(stream.copy(2, &mut place, &mut tick).is_some());
        stream.break_off(&[1]);

        assert!(stream.copy(2, &mut place, &mut tick).is_none());
        assert!(stream.copy(2, &mut stream.end(), &mut tick).is_some());
    }

    #[test]
    fn what_is_too_much_at_once_is_taken_in_parts() {
        let stream = Stream::new(&[0]);
        let (mut place, mut tick) = (stream.end(), 0);
        for _ in 0..3 {
            stream.publish([(1, vec![0; TAKE_BYTES].into())], || vec![9]);
        }

        let first = stream.copy(2, &mut place, &mut tick).unwrap();
        let rest = stream.copy(2, &mut place, &mut tick).unwrap();

        assert_eq!((first.frames.len(), first.is_more), (2, true));
        assert_eq!((rest.frames.len(), rest.is_more), (1, false));
    }
}
