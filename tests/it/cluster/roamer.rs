//! Somebody who writes, and whose page finds another server by itself when its own is gone.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout_at};
use yrs::Doc;

use super::servers::{Addresses, Cluster};
use crate::cli::writers::{Promised, Texts};
use crate::live::client::{DEADLINE, Knock, LiveClient};
use crate::pen;

/// Edits sent ahead of their acknowledgements.
const WINDOW: usize = 4;
/// Between two edits: a fast typist, not a flood.
const PAUSE: Duration = Duration::from_millis(30);

/// Somebody who writes.
pub(crate) struct Roamer {
    /// What has been acknowledged to them.
    pub(crate) acked: watch::Receiver<Texts>,
    ended: watch::Sender<bool>,
    task: JoinHandle<LiveClient>,
}

impl Roamer {
    /// One who comes to this server first. `name` begins the ids of its nodes. The facilitator's
    /// token lets it write in every round.
    pub(crate) fn of(cluster: &Cluster, server: usize, name: &str) -> Self {
        let (send, acked) = watch::channel(Texts::new());
        let (ended, is_ended) = watch::channel(false);
        let hand = Hand {
            map: cluster.map().to_owned(),
            token: cluster.lead().to_owned(),
            addresses: cluster.addresses(),
            name: name.to_owned(),
            doc: pen::blank(),
            n_nodes: 0,
            waiting: Vec::new(),
            acked: send,
            is_ended,
        };
        let first = cluster.base(server).to_owned();
        Self {
            acked,
            ended,
            task: tokio::spawn(hand.write(first)),
        }
    }

    /// How many of their nodes have been acknowledged.
    pub(crate) fn n_saved(&self) -> usize {
        self.acked.borrow().len()
    }

    /// Waits until so many more of their nodes have been acknowledged.
    pub(crate) async fn saves_more(&mut self, n_nodes: usize) {
        let enough = self.n_saved() + n_nodes;
        let saved = self.acked.wait_for(|it| enough <= it.len());
        let saved = timeout_at(Instant::now() + DEADLINE, saved).await;
        drop(
            saved
                .expect("it is saved in time")
                .expect("it still writes"),
        );
    }

    /// Writes no more, waits until all is acknowledged, and gives what that was.
    pub(crate) async fn end(self) -> (Texts, LiveClient) {
        self.ended.send_replace(true);
        let client = self.task.await.expect("writing goes well");
        (self.acked.borrow().clone(), client)
    }
}

/// They end; all that they were promised is noted.
pub(crate) async fn end_all(writers: Vec<Roamer>, promised: &mut Promised) -> Vec<LiveClient> {
    let mut clients = Vec::new();
    for writer in writers {
        let (acknowledged, client) = writer.end().await;
        promised.acknowledged.extend(acknowledged);
        promised.saw(&client);
        clients.push(client);
    }
    clients
}

/// The words of a node that are on their way, and the frame that carries them.
struct Waiting {
    frame: u64,
    id: String,
    words: String,
}

struct Hand {
    map: String,
    token: String,
    addresses: Addresses,
    name: String,
    doc: Doc,
    n_nodes: usize,
    waiting: Vec<Waiting>,
    acked: watch::Sender<Texts>,
    is_ended: watch::Receiver<bool>,
}

impl Hand {
    async fn write(mut self, first: String) -> LiveClient {
        let mut next = Some(first);
        loop {
            let base = next.take().or_else(|| self.somewhere());
            let Some(mut client) = self.come_to(base.clone()).await else {
                sleep(PAUSE).await;
                continue;
            };
            self.write_there(&mut client).await;
            self.note(&client);
            if !is_over(&client) {
                return client;
            }
            if let Some(nack) = client.heard.nacks.first() {
                assert_eq!(nack["retryable"], true, "{nack}");
            }
            let code = client.heard.closed;
            // One who was refused begins anew where they are.
            next = base.filter(|_| code.is_none());
            assert!(matches!(code, None | Some(4503 | 1006)), "{code:?}");
        }
    }

    /// Any of the servers that run.
    fn somewhere(&self) -> Option<String> {
        let addresses = self.addresses.borrow();
        let n = uuid::Uuid::new_v4().as_u128() % addresses.len().max(1) as u128;
        addresses.get(usize::try_from(n).unwrap()).cloned()
    }

    /// Connects and brings what is not acknowledged; none where that fails.
    async fn come_to(&mut self, base: Option<String>) -> Option<LiveClient> {
        let knock = Knock {
            query: format!("token={}&gapmap=1", self.token),
            ..Knock::default()
        };
        let doc = self.doc.clone();
        let connecting = LiveClient::try_connect(&base?, &self.map, &knock, doc).await;
        let mut client = connecting.ok()?;
        let step1 = gapmap::sync::protocol::step1(&pen::state_vector(&client.doc));
        client.send(step1).await;
        client
            .until("to be in sync", |it| {
                (0 < it.heard.step1s && 0 < it.heard.step2s) || is_over(it)
            })
            .await;
        for it in &mut self.waiting {
            it.frame = client.sent;
        }
        (!is_over(&client)).then_some(client)
    }

    /// Writes until the connection is over, or all is said and acknowledged.
    async fn write_there(&mut self, client: &mut LiveClient) {
        while !is_over(client) {
            let is_ended = *self.is_ended.borrow();
            if is_ended && self.waiting.is_empty() {
                return;
            }
            let room = if is_ended { 0 } else { WINDOW - 1 };
            if !is_ended {
                self.add(client).await;
                sleep(PAUSE).await;
            }
            let waiting = &self.waiting;
            client
                .until("an ack or the end", |it| {
                    let flying = waiting.iter().filter(|w| it.heard.acked < w.frame);
                    flying.count() <= room || is_over(it)
                })
                .await;
            self.note(client);
        }
    }

    async fn add(&mut self, client: &mut LiveClient) {
        let id = format!("{}-{}", self.name, self.n_nodes);
        self.n_nodes += 1;
        client.add(&id, "first").await;
        let more = pen::write(&client.doc, &id, ", then more");
        let frame = client.edit(more).await;
        self.waiting.push(Waiting {
            frame,
            id,
            words: "first, then more".to_owned(),
        });
    }

    /// Notes what was acknowledged: of what came before the first refusal.
    fn note(&mut self, client: &LiveClient) {
        let refused = client
            .heard
            .nacks
            .iter()
            .map(|it| it["frame"].as_u64().unwrap());
        let first = refused.min().unwrap_or(u64::MAX);
        let durable = client.heard.acked.min(first.saturating_sub(1));
        self.acked.send_if_modified(|texts| {
            let saved = self.waiting.extract_if(.., |it| it.frame <= durable);
            let before = texts.len();
            texts.extend(saved.map(|it| (it.id, it.words)));
            before < texts.len()
        });
    }
}

/// Whether a connection has ended, or is best begun anew.
fn is_over(client: &LiveClient) -> bool {
    client.heard.closed.is_some() || !client.heard.nacks.is_empty() || 0 < client.heard.resyncs
}
