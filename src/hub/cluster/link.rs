//! What ties a room to the same map's rooms on other servers.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::mpsc::WeakSender;
use tokio::time::Instant;
use tokio_util::task::AbortOnDropHandle;

use super::among::Among;
use super::others::Cluster;
use super::pending::Pending;
use super::wire::{self, Ask, Told};
use crate::base::id::{MapId, ServerId};
use crate::broker::{Topic, Unanswered};
use crate::hub::actor::{Actor, Open};
use crate::hub::error::HubError;
use crate::hub::message::Message;
use crate::store::Hold;
use crate::sync::delivery::Connection;

/// A follower looks into the log this often, in case that what was said last was lost.
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// All who are there are said this often, likewise, and what the room goes by is read again.
const REPEAT_EVERY: Duration = Duration::from_secs(10);
/// Each time, one in so many of those who are here shows again that they may be: that takes some
/// questions to the database for each.
const PARTS: u64 = 3;

/// A room's side of what servers say about its map.
#[derive(Debug)]
pub(in crate::hub) struct Link {
    pub(super) cluster: Cluster,
    map: MapId,
    mailbox: WeakSender<Message>,
    _ear: AbortOnDropHandle<()>,
    /// Edits that the owner has not decided on yet.
    pub(in crate::hub) pending: Pending,
    /// Whether the owner has some of them and has not answered.
    pub(super) is_asking: bool,
    /// When to send them again.
    pub(super) retry_at: Option<Instant>,
    /// When to look into the log.
    pub(super) look_at: Instant,
    /// When to say again who is there.
    pub(super) repeat_at: Instant,
    n_repeats: u64,
    /// When a server last said who is there.
    pub(super) heard: HashMap<ServerId, Instant>,
}

impl Link {
    /// Begins to listen to what is said about a map, which goes to its room's mailbox.
    pub(in crate::hub) async fn open(
        cluster: Cluster,
        map: MapId,
        mailbox: WeakSender<Message>,
    ) -> Result<Self, Unanswered> {
        let mut listener = cluster.broker.listen(Topic::Map(map)).await?;
        let room = mailbox.clone();
        let ear = tokio::spawn(async move {
            while let Some(heard) = listener.next().await {
                let (Some(told), Some(room)) = (wire::decode(&heard.what), room.upgrade()) else {
                    continue;
                };
                let message = Message::Among(Box::new(Among::Told(told)));
                if room.send(message).await.is_err() {
                    return;
                }
            }
        });
        let now = Instant::now();
        Ok(Self {
            cluster,
            map,
            mailbox,
            _ear: AbortOnDropHandle::new(ear),
            pending: Pending::default(),
            is_asking: false,
            retry_at: None,
            look_at: now + LOOK_EVERY,
            repeat_at: now + REPEAT_EVERY,
            n_repeats: 0,
            heard: HashMap::new(),
        })
    }

    /// Tells the other servers that have the map open.
    pub(super) fn say(&self, told: &Told) {
        let topic = Topic::Map(self.map);
        self.cluster.broker.say(topic, wire::encode(told));
    }

    /// Asks the map's owner; the answer comes by the room's mailbox.
    pub(super) fn ask(&mut self, owner: ServerId, question: Vec<u8>, patience: Duration) {
        self.is_asking = true;
        let (cluster, room) = (self.cluster.clone(), self.mailbox.clone());
        tokio::spawn(async move {
            let answer = cluster.ask(owner, question, patience).await;
            if let Some(room) = room.upgrade() {
                let message = Among::Answered(answer);
                let _ = room.send(Message::Among(Box::new(message))).await;
            }
        });
    }

    /// Has the room look into the log soon.
    pub(super) fn look_soon(&mut self) {
        self.look_at = Instant::now() + Duration::from_millis(500);
    }
}

impl Actor {
    /// Takes in what comes from other servers.
    ///
    /// # Errors
    ///
    /// [`HubError`] when the room cannot go on.
    pub(in crate::hub) async fn among(
        &mut self,
        open: &mut Open,
        what: Among,
    ) -> Result<(), HubError> {
        match what {
            Among::Told(told) => self.told(open, told).await,
            Among::Asked(Ask::Edits(epoch, edits), reply) => {
                self.take_forwarded(open, (epoch, edits), reply);
                Ok(())
            }
            Among::Asked(Ask::HandOver(to), reply) => self.hand_over(open, to, &reply).await,
            Among::Answered(answer) => self.answered(open, answer).await,
            Among::Gone(server) => {
                open.room.presence.lose(server);
                self.follow_nobody_gone(&open.room);
                self.may_take(open).await
            }
            Among::LeaseWasOver => self.must_still_own(open).await,
            Among::Look => {
                let members = open.room.members.values();
                members.for_each(|it| Connection::check(&it.connection));
                self.may_have_changed(&mut open.room).await?;
                self.say_everybody(open);
                self.look(open).await
            }
        }
    }

    async fn told(&mut self, open: &mut Open, told: Told) -> Result<(), HubError> {
        match told {
            Told::Rows(rows) => return self.hear_rows(open, rows).await,
            Told::Released => return self.may_take(open).await,
            Told::Presence(server, changes) => {
                self.heard(server);
                open.room.presence.hear(server, changes);
                self.follow_nobody_gone(&open.room);
            }
            Told::Everybody(server, shown) => {
                self.heard(server);
                open.room.presence.hear_all(server, shown);
                self.follow_nobody_gone(&open.room);
            }
            Told::WhoIsThere => {
                self.say_everybody(open);
                // Who has just come knows of nothing, and must not say that there is nothing.
                if !self.ephemeral.is_nothing() {
                    self.say_shown();
                }
            }
            Told::Shown(call, follow) => self.is_shown(&open.room, call, follow),
        }
        Ok(())
    }

    /// When there is something to do for the other servers' sake.
    pub(in crate::hub) fn among_due(&self, open: &Open) -> Option<Instant> {
        let link = self.link.as_ref()?;
        if open.room.members.is_empty() && link.pending.is_empty() {
            return None;
        }
        let follows = matches!(open.hold, Hold::Follow(_));
        let look = Some(link.look_at).filter(|_| follows);
        let retry = link.retry_at.filter(|_| follows && !link.is_asking);
        [look, retry, Some(link.repeat_at)]
            .into_iter()
            .flatten()
            .min()
    }

    /// Whether edits wait for another server to take them.
    pub(in crate::hub) fn waits_for_owner(&self) -> bool {
        self.link.as_ref().is_some_and(|it| !it.pending.is_empty())
    }

    /// Does what is due.
    ///
    /// # Errors
    ///
    /// [`HubError`] when the room cannot go on.
    pub(in crate::hub) async fn among_tick(&mut self, open: &mut Open) -> Result<(), HubError> {
        let now = Instant::now();
        let Some(link) = &mut self.link else {
            return Ok(());
        };
        let is_look_due = link.look_at <= now;
        if link.repeat_at <= now {
            link.repeat_at = now + REPEAT_EVERY;
            link.n_repeats += 1;
            let part = link.n_repeats % PARTS;
            let members = open.room.members.values().map(|it| &it.connection);
            members
                .filter(|it| it.id % PARTS == part)
                .for_each(|it| it.check());
            self.say_everybody(open);
            self.forget_silent_servers(&mut open.room);
            self.may_have_changed(&mut open.room).await?;
        }
        if is_look_due {
            if let Some(link) = &mut self.link {
                link.look_at = now + LOOK_EVERY;
            }
            self.look(open).await?;
        }
        self.forward(open).await
    }
}
