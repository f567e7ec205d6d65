//! This server's membership: its lease, what it hears of the others, and what it tells them.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};

use super::among::Among;
use super::wire::{self, Answer, Ask, News, Question};
use crate::base::id::ServerId;
use crate::base::lock::lock;
use crate::broker::{BadAddress, Broker, Heard, Topic, Unanswered};
use crate::hub::message::Message;
use crate::hub::shared::Shared;
use crate::store::{Kind, Store, StoreError};

/// A server of which nothing was heard for so long owns nothing any more.
const LEASE: Duration = Duration::from_millis(2500);
/// How often it says that it is there.
const BEAT: Duration = Duration::from_millis(500);
/// Servers that were cut off together say so one after the other, and are listened to together.
const BETWEEN_LOOKS: Duration = Duration::from_secs(2);

/// Why a server cannot be one of several.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// Several servers need a database that can be shared.
    #[error("--nats is for several servers on one database, which has to be PostgreSQL")]
    NotShared,
    /// A server without the broker, on a database that others share.
    #[error("other servers use this database with --nats: start this one with --nats too")]
    Alone,
    /// The broker's address.
    #[error(transparent)]
    Broker(#[from] BadAddress),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// This server among those that share its database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Cluster {
    pub(in crate::hub) id: ServerId,
    pub(in crate::hub) broker: Broker,
    store: Store,
    /// When it was last said that this server is there.
    renewed: Arc<Mutex<Instant>>,
    /// Whether it has left. Held while that is said, and while the lease is renewed: of the two, leaving
    /// is the last.
    has_left: Arc<tokio::sync::Mutex<bool>>,
    /// Told when another server may have said what was lost.
    missed: Arc<Notify>,
}

impl Cluster {
    /// Becomes one of the servers that share this database and speak over the NATS at `address`.
    ///
    /// # Errors
    ///
    /// [`JoinError`].
    pub async fn join(store: &Store, address: &str) -> Result<Self, JoinError> {
        if store.kind() != Kind::Postgres {
            return Err(JoinError::NotShared);
        }
        let name = store.cluster_name().await?;
        store.forget_servers().await?;
        let cluster = Self {
            id: ServerId::new(),
            broker: Broker::connect(address, &name).await?,
            store: store.clone(),
            renewed: Arc::new(Mutex::new(Instant::now())),
            has_left: Arc::default(),
            missed: Arc::default(),
        };
        cluster.renew().await?;
        tracing::info!(server = %cluster.id, "one of the servers that share this database");
        Ok(cluster)
    }

    /// Makes sure that no servers share this database over NATS, so that one may use it alone. One
    /// that was there a moment ago, and may have ended, is waited for.
    ///
    /// # Errors
    ///
    /// [`JoinError::Alone`], or [`JoinError::Store`].
    pub async fn none_share(store: &Store) -> Result<(), JoinError> {
        if store.kind() != Kind::Postgres || store.servers().await?.is_empty() {
            return Ok(());
        }
        sleep(LEASE).await;
        match store.servers().await?.is_empty() {
            true => Ok(()),
            false => Err(JoinError::Alone),
        }
    }

    async fn renew(&self) -> Result<(), StoreError> {
        let has_left = self.has_left.lock().await;
        if *has_left {
            return Ok(());
        }
        let begun = Instant::now();
        let lease = i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
        self.store.renew_lease(self.id, lease).await?;
        *lock(&self.renewed) = begun;
        Ok(())
    }

    /// Whether this is the server that does what one of them has to do: the one that has been there
    /// for longest.
    pub(in crate::hub) async fn is_first(&self) -> Result<bool, StoreError> {
        Ok(self.store.servers().await?.first() == Some(&self.id))
    }

    /// Ends the lease: others may have the maps at once. A database that does not answer is waited for
    /// no longer than until it ends by itself.
    pub(in crate::hub) async fn leave(&self) {
        let leaving = async {
            let mut has_left = self.has_left.lock().await;
            *has_left = true;
            self.store.end_lease(self.id).await
        };
        match timeout(LEASE, leaving).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(%error, "the lease could not be ended; it ends by itself");
            }
            Err(_) => tracing::warn!("the lease could not be ended in time; it ends by itself"),
        }
    }

    /// Asks another server something about a map; `question` is one, encoded.
    pub(super) async fn ask(
        &self,
        whom: ServerId,
        question: Vec<u8>,
        patience: Duration,
    ) -> Result<Answer, Unanswered> {
        let topic = Topic::Server(whom);
        let answer = self.broker.ask(topic, question, patience).await?;
        wire::decode(&answer).ok_or(Unanswered::Silence)
    }

    /// Tells every other server.
    pub(in crate::hub) fn tell(&self, news: News) {
        self.broker.say(Topic::Everybody, wire::encode(&news));
    }
}

/// Starts what a server among others does beside its rooms, until the hub is gone.
pub(in crate::hub) fn listen(shared: &Arc<Shared>, cluster: &Cluster) {
    let weak = Arc::downgrade(shared);
    tokio::spawn(keep_lease(weak.clone(), cluster.clone()));
    tokio::spawn(hear_news(weak.clone(), cluster.clone()));
    tokio::spawn(hear_questions(weak.clone(), cluster.clone()));
    tokio::spawn(look_after_absence(weak, cluster.clone()));
}

/// Says that this server is there, and has rooms look when another is there no more.
async fn keep_lease(shared: Weak<Shared>, cluster: Cluster) {
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut known: Vec<ServerId> = Vec::new();
    while shared.strong_count() > 0 {
        beat.tick().await;
        if *cluster.has_left.lock().await {
            return;
        }
        let before = *lock(&cluster.renewed);
        let renewed = cluster.renew().await;
        let Some(shared) = shared.upgrade() else {
            return;
        };
        shared.committer.has_heard(renewed.is_ok());
        let there = match renewed {
            Ok(()) => cluster.store.servers().await,
            Err(error) => Err(error),
        };
        let there = match there {
            Ok(there) => there,
            Err(error) => {
                tracing::warn!(%error, "the lease could not be renewed");
                continue;
            }
        };
        if LEASE <= before.elapsed() {
            tracing::warn!("the lease was over for a while: others may have taken maps");
            post_all(&shared, || Among::LeaseWasOver);
        }
        for gone in known.iter().filter(|it| !there.contains(it)) {
            tracing::info!(server = %gone, "a server is gone");
            post_all(&shared, || Among::Gone(*gone));
        }
        known = there;
    }
}

/// Tells every room, and waits for none: one that is stuck keeps nothing from the others, and does
/// not cost this server its lease.
fn post_all(shared: &Shared, what: impl Fn() -> Among) {
    for mailbox in shared.all() {
        Message::Among(Box::new(what())).post(&mailbox);
    }
}

async fn hear_news(shared: Weak<Shared>, cluster: Cluster) {
    let Ok(mut listener) = cluster.broker.listen(Topic::Everybody).await else {
        tracing::error!("NATS takes no subscriptions: this server hears no news");
        return;
    };
    while let Some(heard) = listener.next().await {
        let Some(shared) = shared.upgrade() else {
            return;
        };
        if let Some(news) = wire::decode(&heard.what) {
            // Not one after the other: a room that is stuck must not keep news from the others.
            let cluster = cluster.clone();
            tokio::spawn(async move { take_news(&shared, &cluster, news).await });
        }
    }
}

async fn take_news(shared: &Shared, cluster: &Cluster, news: News) {
    match news {
        News::Changed(map, least) => shared.changed(map, least).await,
        News::AllChanged => cluster.missed.notify_one(),
        News::Revoked(participant) => shared.revoke(participant).await,
        News::Check(participant) => shared.check(participant).await,
        News::Catalogue => shared.cards.notify_one(),
    }
}

async fn hear_questions(shared: Weak<Shared>, cluster: Cluster) {
    let Ok(mut listener) = cluster.broker.listen(Topic::Server(cluster.id)).await else {
        tracing::error!("NATS takes no subscriptions: this server can own no map for others");
        return;
    };
    while let Some(heard) = listener.next().await {
        let Some(shared) = shared.upgrade() else {
            return;
        };
        take_question(&shared, &cluster, heard).await;
    }
}

/// Puts a question to the map's room. Where none is open, the map is nobody's of this server.
async fn take_question(shared: &Shared, cluster: &Cluster, heard: Heard) {
    let (Some(question), Some(reply)) = (wire::decode::<Question>(&heard.what), heard.reply) else {
        return;
    };
    let mailbox = shared.rooms().get(&question.map).cloned();
    if let Some(mailbox) = mailbox.filter(|it| !it.is_closed()) {
        // A room that is too busy to listen is asked again.
        let asked = Among::Asked(question.what, reply);
        let _ = mailbox.try_send(Message::Among(Box::new(asked)));
        return;
    }
    let answer = match question.what {
        Ask::Edits(..) => Answer::NotMine,
        Ask::HandOver(to) => {
            let from = (cluster.id, None);
            match cluster.store.give_map(question.map, from, Some(to)).await {
                Ok(true) => Answer::Given,
                _ => Answer::NotMine,
            }
        }
    };
    reply.give(wire::encode(&answer));
}

/// Looks at everything of which messages may have been lost. After NATS was away from here, every
/// server has to: neither did this one hear what the others said, nor they what was said here.
async fn look_after_absence(shared: Weak<Shared>, cluster: Cluster) {
    let mut connections = cluster.broker.connections();
    if connections.changed().await.is_err() {
        return;
    }
    loop {
        tokio::select! {
            again = connections.changed() => {
                if again.is_err() {
                    return;
                }
                tracing::info!("NATS is back");
                cluster.tell(News::AllChanged);
            }
            () = cluster.missed.notified() => {}
        }
        let Some(shared) = shared.upgrade() else {
            return;
        };
        // Who takes a seat just now is looked at, too.
        shared.revocations.fetch_add(1, Ordering::SeqCst);
        post_all(&shared, || Among::Look);
        shared.cards.notify_one();
        drop(shared);
        sleep(BETWEEN_LOOKS).await;
    }
}
