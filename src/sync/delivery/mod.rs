//! A connection's side of a room: answers to it alone, and its place in the stream of all.

use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use super::framing;
use super::protocol::{self, Ack, CloseReason};
use crate::base::lock::lock;
use outbox::Outbox;

mod outbox;
mod tab;

pub use super::stream::{ConnectionId, News, Place, Stream};
pub use outbox::Latest;
pub use tab::Tab;

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
    /// What it costs.
    tab: Arc<Tab>,
    outlet: Option<Weak<dyn Outlet>>,
    outbox: Mutex<Outbox>,
    bell: Notify,
    ended: Notify,
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
    /// A connection that has not been told anything yet, with a tab of its own.
    pub fn new(id: ConnectionId, extended: bool, outlet: Option<Weak<dyn Outlet>>) -> Self {
        Self {
            id,
            extended,
            tab: Arc::default(),
            outlet,
            outbox: Mutex::default(),
            bell: Notify::new(),
            ended: Notify::new(),
        }
    }

    /// The same on this tab, which others may share.
    #[must_use]
    pub fn on(self, tab: Arc<Tab>) -> Self {
        Self { tab, ..self }
    }

    /// What this connection, and those that share its tab, have cost so far.
    pub fn tab(&self) -> &Arc<Tab> {
        &self.tab
    }

    /// From when on its client may be read, if that may run ahead for so long.
    pub fn reads_from(&self, ahead: Duration) -> Instant {
        let until = self.tab.until();
        until.checked_sub(ahead).unwrap_or(until)
    }

    /// Waits until there may be something to take.
    pub async fn rung(&self) {
        self.bell.notified().await;
    }

    /// Tells the socket that there may be something to take.
    pub fn ring(&self) {
        self.bell.notify_one();
    }

    /// Adds an answer to this client alone, of which each counts: a refusal, a greeting. A client
    /// that reads none and asks on is sent away.
    pub fn answer(&self, frame: Bytes) {
        let fits = lock(&self.outbox).add(frame);
        if fits {
            self.ring();
        } else {
            self.close(CloseReason::TryAgain);
        }
    }

    /// Gives an answer that makes an earlier one of its kind needless, if that was not taken yet.
    pub fn tell_latest(&self, kind: Latest, frame: Bytes) {
        lock(&self.outbox).put(kind, frame);
        self.ring();
    }

    /// Gives the state a client asked for, whole; it follows the stream from `place` on. Who asks
    /// again before that was taken says anew what it has, and gets the later answer only.
    pub fn catch_up(&self, frames: impl IntoIterator<Item = Bytes>, place: Place) {
        let frames: Vec<Bytes> = frames.into_iter().collect();
        self.tab.spend_answer(frames.iter().map(Bytes::len).sum());
        let mut outbox = lock(&self.outbox);
        outbox.place = Some(place);
        outbox.state = frames;
        drop(outbox);
        self.ring();
    }

    /// Notes that the client wants what is missing from a state vector; whether the room has to be
    /// told. Who asks on before the room has listened has asked once.
    pub fn wants_map(&self, state_vector: Bytes) -> bool {
        lock(&self.outbox).wants_map.replace(state_vector).is_none()
    }

    /// From which state vector on the client wants the map.
    pub fn wanted_map(&self) -> Option<Bytes> {
        lock(&self.outbox).wants_map.take()
    }

    /// Notes that the client wants something again; whether the room has to be told.
    pub fn wants(&self, kind: Latest) -> bool {
        lock(&self.outbox).wants.insert(kind)
    }

    /// Whether the client wants that, for who gives it now.
    pub fn wanted(&self, kind: Latest) -> bool {
        lock(&self.outbox).wants.remove(&kind)
    }

    /// Says how many of the connection's numbered messages are durable or refused.
    pub fn acknowledge(&self, ack: Ack) {
        if !self.extended {
            return;
        }
        let mut outbox = lock(&self.outbox);
        let sent = match outbox.is_idle() {
            true => self.send(&framing::encode([&protocol::ack(ack)])),
            false => Sent::Nothing,
        };
        if sent == Sent::Nothing {
            outbox.ack = Some(ack);
        }
        drop(outbox);
        if sent != Sent::All {
            self.ring();
        }
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

    /// Tells the client of news, and how many of its own messages are durable or refused: straight
    /// away if that is all there is to send, else its socket is told.
    pub(super) fn tell(&self, news: &News, ack: Option<Ack>) {
        if !self.push(news, ack.filter(|_| self.extended)) {
            self.ring();
        }
    }

    fn push(&self, news: &News, ack: Option<Ack>) -> bool {
        let mut outbox = lock(&self.outbox);
        let place = outbox.place.as_ref().filter(|_| outbox.is_idle());
        let is_next = place.is_some_and(|it| news.is_next_at(it, outbox.presence_tick));
        let sent = match is_next {
            true => self.send(&news.frames_for(self.id, ack)),
            false => Sent::Nothing,
        };
        if sent == Sent::Nothing {
            outbox.ack = ack.or(outbox.ack);
        } else {
            let (place, tick) = news.after();
            outbox.place = Some(place);
            outbox.presence_tick = tick;
        }
        sent == Sent::All
    }

    /// Sends whole frames as far as the system takes them now.
    fn send(&self, frames: &[u8]) -> Sent {
        if frames.is_empty() {
            return Sent::All;
        }
        let outlet = self.outlet.as_ref().and_then(Weak::upgrade);
        outlet.map_or(Sent::Nothing, |it| it.try_send(frames))
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
            frames: outbox.take_answers(),
            check: std::mem::take(&mut outbox.check),
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
mod tests;
