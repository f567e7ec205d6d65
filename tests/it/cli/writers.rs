//! A map of the real program, and people who write into it as fast as it answers.

use std::collections::{BTreeMap, VecDeque};

use serde_json::json;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use yrs::{Doc, ReadTxn, StateVector, Transact};

use super::program::{Serving, Shell};
use crate::live::client::{Knock, LiveClient};
use crate::pen;
use crate::server::Client;

/// Edits that a writer sends ahead of their acknowledgements.
const WINDOW: u64 = 16;

/// How often somebody comes again who is told to.
const TRIES: usize = 5;

/// The words of nodes, by id.
pub(crate) type Texts = BTreeMap<String, String>;

/// A live session with one map.
pub(crate) struct Sitting {
    /// The map's id.
    pub(crate) map: String,
    /// The session's id.
    pub(crate) session: String,
    /// The facilitator's API token.
    pub(crate) lead: String,
    invite: String,
}

impl Sitting {
    /// Makes one on a server that runs on this database.
    pub(crate) async fn begin(shell: &Shell, database: &str, server: &Serving) -> Self {
        let on = ["--database", database];
        let add = "user add lead@example.org --role facilitator --password-stdin";
        let add: Vec<&str> = add.split(' ').chain(on).collect();
        shell.run_with(&add, &[], "correct horse\n").done();
        let token = "token create --user lead@example.org";
        let token: Vec<&str> = token.split(' ').chain(on).collect();
        let lead = shell.run(&token).done().trim().to_owned();

        let script = Client::of(&server.base, Some(&lead));
        let made = async |path: &str, body| script.made(&format!("/api/v1/{path}"), body).await;
        let session =
            made("sessions", json!({ "title": "Drones", "groups": [] })).await["id"].take();
        let map = json!({ "session": session, "title": "Drones" });
        let invite = json!({ "session": session, "role": "editor" });
        let text = |it: &serde_json::Value| it.as_str().unwrap().to_owned();
        Self {
            map: text(&made("maps", map).await["id"]),
            invite: text(&made("invites", invite).await["code"]),
            session: text(&session),
            lead,
        }
    }

    /// What a new participant is told on joining, at this server.
    pub(crate) async fn join(&self, base: &str) -> serde_json::Value {
        let body = json!({ "invite": self.invite });
        Client::of(base, None).made("/api/v1/join", body).await
    }

    /// A new participant, who writes until the server is gone. `name` begins the ids of its nodes.
    pub(crate) async fn writer(&self, server: &Serving, name: &str) -> Writer {
        let joined = self.join(&server.base).await;
        let client = self
            .connect(server, joined["token"].as_str().unwrap())
            .await;
        let (send, acked) = watch::channel(Texts::new());
        Writer {
            acked,
            task: tokio::spawn(write(client, name.to_owned(), send)),
        }
    }

    /// The facilitator, connected and in sync.
    pub(crate) async fn reader(&self, server: &Serving) -> LiveClient {
        self.connect(server, &self.lead).await
    }

    async fn connect(&self, server: &Serving, token: &str) -> LiveClient {
        let knock = Knock {
            query: format!("token={token}&gapmap=1"),
            ..Knock::default()
        };
        // On a machine that does much else a map may take too long to open; then people come again.
        for _ in 0..TRIES {
            let mut client =
                LiveClient::connect(&server.base, &self.map, &knock, pen::blank()).await;
            if client.is_let_in().await {
                return client;
            }
        }
        panic!("the server said {TRIES} times to come again");
    }
}

/// Somebody who writes.
pub(crate) struct Writer {
    /// What has been acknowledged to them.
    pub(crate) acked: watch::Receiver<Texts>,
    task: JoinHandle<LiveClient>,
}

impl Writer {
    /// Waits until so many of their nodes have been acknowledged, and gives them.
    pub(crate) async fn has_saved(&mut self, n_nodes: usize) -> Texts {
        let saved = self.acked.wait_for(|it| n_nodes <= it.len()).await;
        saved.expect("the writer still writes").clone()
    }

    /// Waits for the end of the server; all that was acknowledged, and what they saw.
    pub(crate) async fn end(self) -> (Texts, LiveClient) {
        let client = self.task.await.expect("writing goes well");
        assert!(client.heard.nacks.is_empty(), "{:?}", client.heard.nacks);
        (self.acked.borrow().clone(), client)
    }
}

/// Makes nodes, each with a second edit to its words, until the server is gone.
async fn write(mut client: LiveClient, name: String, acked: watch::Sender<Texts>) -> LiveClient {
    let mut flying = VecDeque::new();
    for n in 0.. {
        let id = format!("{name}-{n}");
        flying.push_back((client.add(&id, "first").await, id.clone(), "first"));
        let more = pen::write(&client.doc, &id, ", then more");
        flying.push_back((client.edit(more).await, id, "first, then more"));
        let oldest = client.sent.saturating_sub(WINDOW);
        client
            .until("an ack or the end", |it| {
                oldest <= it.heard.acked || it.heard.closed.is_some()
            })
            .await;
        acked.send_modify(|texts| {
            while let Some((_, id, words)) = flying.pop_front_if(|it| it.0 <= client.heard.acked) {
                texts.insert(id, words.to_owned());
            }
        });
        if client.heard.closed.is_some() {
            break;
        }
    }
    client
}

/// Asserts that a document holds all of these words.
#[track_caller]
pub(crate) fn assert_holds(doc: &Doc, texts: &Texts) {
    for (id, words) in texts {
        let kept = pen::text(doc, id).unwrap_or_else(|| panic!("{id} is lost"));
        assert!(kept.starts_with(words), "{id}: {kept:?} lacks {words:?}");
    }
}

/// What must never be lost again.
#[derive(Default)]
pub(crate) struct Promised {
    /// Words that were acknowledged.
    pub(crate) acknowledged: Texts,
    seen: Vec<StateVector>,
}

impl Promised {
    /// Everything in this document was seen, but for what `client` itself may not have saved.
    pub(crate) fn saw(&mut self, client: &LiveClient) {
        let (clocks, _) = pen::content(&client.doc);
        let own = client.doc.client_id();
        self.seen.push(
            clocks
                .iter()
                .filter(|(id, _)| **id != own)
                .map(|(id, n)| (*id, *n))
                .collect(),
        );
    }

    /// Asserts that a document has all of it.
    #[track_caller]
    pub(crate) fn is_kept_in(&self, doc: &Doc) {
        assert_holds(doc, &self.acknowledged);
        let kept = doc.transact().state_vector();
        for (client, clock) in self.seen.iter().flat_map(StateVector::iter) {
            let kept = kept.get(client);
            assert!(*clock <= kept, "client {client}: {clock} seen, {kept} kept");
        }
    }
}
