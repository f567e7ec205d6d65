//! A connection's side of a room: answers to it alone, and its place in the stream of all.

use std::collections::VecDeque;
use std::sync::{Mutex, Weak};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Notify;
use tokio::time::sleep;

use super::protocol::{self, Ack, CloseReason};
use crate::base::lock::lock;

pub use super::stream::{ConnectionId, News, Place, Stream};

/// Answers that may wait for one connection; a client that reads none and asks on is cut off.
const MAX_ANSWERS: usize = 1024;

/// For so long a connection that was told to end may write what was left to say. Who is removed
/// is gone within a second.
const MOMENT: Duration = Duration::from_millis(500);

/// The writing side of a socket, for who does not wait.
pub trait Outlet: std::fmt::Debug + Send + Sync {
    /// Sends whole websocket frames now, or as much of them as the system takes now; what it did
    /// not take follows before anything else.
    fn try_send(&self, frames: &[u8]) -> Sent;
}

/// What became of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// They are on their way.
    All,
    /// A part is on its way; the rest goes when the socket's task flushes.
    Partly,
    /// Nothing was sent.
    Nothing,
}

/// A room's side of one socket.
///
/// The room puts answers in and rings; the socket takes what is ready and writes it. News for a
/// socket that has nothing else to write goes straight to its outlet.
#[derive(Debug)]
pub struct Connection {
    /// This socket's number.
    pub id: ConnectionId,
    /// Whether the client understands messages above 110.
    pub extended: bool,
    outlet: Option<Weak<dyn Outlet>>,
    outbox: Mutex<Outbox>,
    bell: Notify,
    ended: Notify,
}

#[derive(Debug, Default)]
struct Outbox {
    answers: VecDeque<Bytes>,
    /// The map, or what the client lacks of it: as many messages as that takes.
    state: Vec<Bytes>,
    ack: Option<Ack>,
    place: Option<Place>,
    presence_tick: u64,
    check: bool,
    close: Option<CloseReason>,
    /// What was taken is being written: nothing may overtake it.
    writing: bool,
}

impl Outbox {
    /// Nothing waits, and nothing is being written.
    fn is_idle(&self) -> bool {
        !self.writing
            && self.answers.is_empty()
            && self.state.is_empty()
            && self.ack.is_none()
            && !self.check
            && self.close.is_none()
    }
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
    /// Make sure that the client may still be here.
    pub check: bool,
    /// Write the frames, then close.
    pub close: Option<CloseReason>,
}

impl Connection {
    /// A connection that has not been told anything yet.
    pub fn new(id: ConnectionId, extended: bool, outlet: Option<Weak<dyn Outlet>>) -> Self {
        Self {
            id,
            extended,
            outlet,
            outbox: Mutex::default(),
            bell: Notify::new(),
            ended: Notify::new(),
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
            drop(outbox);
            self.ring();
        } else {
            drop(outbox);
            self.close(CloseReason::TryAgain);
        }
    }

    /// Gives the state a client asked for, whole; it follows the stream from `place` on. Who asks
    /// again before that was taken says anew what it has, and gets the later answer only.
    pub fn catch_up(&self, frames: impl IntoIterator<Item = Bytes>, place: Place) {
        let mut outbox = lock(&self.outbox);
        outbox.place = Some(place);
        outbox.state = frames.into_iter().collect();
        drop(outbox);
        self.ring();
    }

    /// Says that the connection's first `frames` numbered messages are durable or refused.
    pub fn acknowledge(&self, frames: u64, seq: u64) {
        lock(&self.outbox).ack = Some(Ack { frames, seq });
        self.ring();
    }

    /// Asks whether the client may still be here.
    pub fn check(&self) {
        lock(&self.outbox).check = true;
        self.ring();
    }

    /// Ends the connection once what is waiting has been written.
    pub fn close(&self, reason: CloseReason) {
        lock(&self.outbox).close.get_or_insert(reason);
        self.ended.notify_one();
        self.ring();
    }

    /// Waits until the connection should have ended: it was told to, and a moment has passed.
    pub async fn overdue(&self) -> CloseReason {
        self.ended.notified().await;
        sleep(MOMENT).await;
        let close = lock(&self.outbox).close;
        close.unwrap_or(CloseReason::TryAgain)
    }

    /// Sends news straight to the socket, if they are all there is to send. If not, the socket must
    /// be told.
    pub(super) fn push(&self, news: &News) -> bool {
        let mut outbox = lock(&self.outbox);
        let place = outbox.place.as_ref().filter(|_| outbox.is_idle());
        let tick = outbox.presence_tick;
        if !place.is_some_and(|place| news.is_next_for(self.id, place, tick)) {
            return false;
        }
        let outlet = self.outlet.as_ref().and_then(Weak::upgrade);
        let sent = outlet.map_or(Sent::Nothing, |it| it.try_send(&news.frames));
        if sent != Sent::Nothing {
            let (place, tick) = news.after();
            outbox.place = Some(place);
            outbox.presence_tick = tick;
        }
        sent == Sent::All
    }

    /// What was taken has been written: news may go straight to the socket again.
    pub fn written(&self) {
        lock(&self.outbox).writing = false;
    }

    /// Takes what is ready: answers first, then the stream from this connection's place on,
    /// without its own updates. Until [`Self::written`], nothing goes past what was taken.
    pub fn take(&self, stream: &Stream) -> Taken {
        let mut outbox = lock(&self.outbox);
        outbox.writing = true;
        let mut taken = Taken {
            frames: outbox.answers.drain(..).collect(),
            check: std::mem::take(&mut outbox.check),
            close: outbox.close,
            ..Taken::default()
        };
        taken.frames.append(&mut outbox.state);
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
        match stream.copy(self.id, place, presence_tick) {
            Some(copied) => {
                taken.frames.extend(copied.frames);
                taken.missed_presence = copied.missed_presence;
                if copied.is_more {
                    self.ring();
                }
            }
            None => taken.behind = outbox.place.take(),
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn joined(stream: &Stream, id: ConnectionId) -> Connection {
        let connection = Connection::new(id, true, None);
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
    fn who_reads_nothing_falls_behind_and_is_sent_nothing_of_it() {
        let stream = Stream::new(&[0]);
        let slow = joined(&stream, 2);

        for _ in 0..100 {
            publish(&stream, 1, 100_000);
        }

        let taken = slow.take(&stream);
        assert!(taken.frames.is_empty());
        assert_eq!(taken.behind.unwrap().state_vector(), [0]);
    }

    #[test]
    fn who_asks_on_and_on_and_reads_nothing_gets_the_map_once() {
        let stream = Stream::new(&[0]);
        let connection = Connection::new(1, true, None);

        for _ in 0..10_000 {
            connection.catch_up(vec![Bytes::new(); 500], stream.end());
        }

        assert_eq!(connection.take(&stream).frames.len(), 500);
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

    /// A socket that takes what it is told to take.
    #[derive(Debug)]
    struct Taker(Mutex<(Sent, Vec<u8>)>);

    impl Outlet for Taker {
        fn try_send(&self, frames: &[u8]) -> Sent {
            let mut state = lock(&self.0);
            if state.0 != Sent::Nothing {
                state.1.extend_from_slice(frames);
            }
            state.0
        }
    }

    fn with_taker(stream: &Stream, sent: Sent) -> (Connection, Arc<Taker>) {
        let taker = Arc::new(Taker(Mutex::new((sent, Vec::new()))));
        let outlet: Arc<dyn Outlet> = taker.clone();
        let connection = Connection::new(2, true, Some(Arc::downgrade(&outlet)));
        connection.catch_up([], stream.end());
        connection.take(stream);
        connection.written();
        (connection, taker)
    }

    #[test]
    fn who_has_all_that_came_before_gets_news_without_being_woken() {
        let stream = Stream::new(&[0]);
        let (connection, taker) = with_taker(&stream, Sent::All);

        let news = stream.publish([(1, Bytes::from_static(&[7]))], || vec![9]);

        assert!(connection.push(&news));
        assert_eq!(lock(&taker.0).1, [0x82, 1, 7]);
        assert!(connection.take(&stream).frames.is_empty());
    }

    #[test]
    fn nothing_overtakes_what_is_being_written() {
        let stream = Stream::new(&[0]);
        let (connection, taker) = with_taker(&stream, Sent::All);
        connection.answer(Bytes::from_static(&[1]));
        let first = stream.publish([(1, Bytes::from_static(&[2]))], || vec![9]);
        assert!(!connection.push(&first), "an answer waits");
        connection.take(&stream);

        let second = stream.publish([(1, Bytes::from_static(&[3]))], || vec![9]);
        assert!(!connection.push(&second), "it is being written");
        connection.take(&stream);
        connection.written();
        let own = stream.publish([(2, Bytes::from_static(&[4]))], || vec![9]);
        assert!(!connection.push(&own), "its own");
        connection.take(&stream);
        connection.written();

        let last = stream.publish([(1, Bytes::from_static(&[5]))], || vec![9]);
        assert!(connection.push(&last));
        assert_eq!(lock(&taker.0).1, [0x82, 1, 5]);
    }

    #[test]
    fn what_went_half_is_not_given_again() {
        let stream = Stream::new(&[0]);
        let (connection, _taker) = with_taker(&stream, Sent::Partly);

        let news = stream.publish([(1, Bytes::from_static(&[7]))], || vec![9]);

        assert!(!connection.push(&news), "its task has to flush the rest");
        assert!(connection.take(&stream).frames.is_empty());
    }
}
