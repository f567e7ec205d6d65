//! Several real servers on one database and one NATS, each with ways of its own to both.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::watch;
use yrs::Doc;

use super::proxy::Proxy;
use crate::cli::program::{Serving, Shell};
use crate::cli::writers::Sitting;
use crate::harness::{eventually, fresh_postgres_url, nats_server};
use crate::live::client::{Knock, LiveClient};
use crate::live::past::base64;
use crate::pen;
use crate::server::Client;

/// Lines of a server's log that are shown when a test fails.
const LAST_LINES: usize = 60;

/// Where servers listen that can be called at the moment.
pub(crate) type Addresses = Arc<watch::Sender<Vec<String>>>;

/// Some servers, and a live session with one map.
pub(crate) struct Cluster {
    shell: Shell,
    /// The database's address, by no proxy.
    pub(crate) database: String,
    nodes: Vec<Node>,
    sitting: Sitting,
    addresses: Addresses,
}

/// One of the servers.
struct Node {
    to_nats: Proxy,
    to_postgres: Proxy,
    arguments: Vec<String>,
    serving: Option<Serving>,
    /// How often it has been started.
    starts: usize,
}

impl Cluster {
    /// So many servers on a fresh database.
    pub(crate) async fn of(n: usize) -> Self {
        Self::with_nats(n, nats_server()).await
    }

    /// The same with this NATS.
    pub(crate) async fn with_nats(n: usize, nats: &str) -> Self {
        Self::on(n, fresh_postgres_url().await, nats).await
    }

    /// The same on this database, which is empty.
    pub(crate) async fn on(n: usize, database: String, nats: &str) -> Self {
        let shell = Shell::new();
        let mut nodes = Vec::new();
        for _ in 0..n {
            nodes.push(Node::new(&database, nats).await);
        }
        let mut servers = nodes.iter_mut().enumerate();
        let (_, first) = servers.next().expect("one server at least");
        first.start(&shell, 0);
        let serving = first.serving.as_ref().unwrap();
        let sitting = Sitting::begin(&shell, &database, serving).await;
        for (number, node) in servers {
            node.start(&shell, number);
        }
        let cluster = Self {
            shell,
            database,
            nodes,
            sitting,
            addresses: Arc::default(),
        };
        cluster.tell_addresses();
        cluster
    }

    fn tell_addresses(&self) {
        let serving = self.nodes.iter().filter_map(|it| it.serving.as_ref());
        let bases = serving.map(|it| it.base.clone()).collect();
        self.addresses.send_replace(bases);
    }

    /// Where the servers listen, as they come and go.
    pub(crate) fn addresses(&self) -> Addresses {
        self.addresses.clone()
    }

    /// Where one server listens.
    pub(crate) fn base(&self, server: usize) -> &str {
        &self.serving(server).base
    }

    fn serving(&self, server: usize) -> &Serving {
        let serving = self.nodes[server].serving.as_ref();
        serving.expect("the server runs")
    }

    /// The way from one server to NATS.
    pub(crate) fn to_nats(&self, server: usize) -> &Proxy {
        &self.nodes[server].to_nats
    }

    /// The way from one server to the database.
    pub(crate) fn to_postgres(&self, server: usize) -> &Proxy {
        &self.nodes[server].to_postgres
    }

    /// The database is at another address from now on, and the servers find it where it was.
    pub(crate) fn moves_to(&mut self, database: &str) {
        for node in &self.nodes {
            node.to_postgres.lead_to(database);
        }
        database.clone_into(&mut self.database);
    }

    /// Sends a server a signal that it survives.
    pub(crate) fn signal(&self, server: usize, signal: &str) {
        self.serving(server).signal(signal);
    }

    /// Ends a server by this signal, and gives its exit code.
    pub(crate) fn stop(&mut self, server: usize, signal: &str) -> Option<i32> {
        let serving = self.nodes[server].serving.take();
        self.tell_addresses();
        serving.expect("the server runs").stop(signal).0
    }

    /// Starts a server that was ended.
    pub(crate) fn start(&mut self, server: usize) {
        self.nodes[server].start(&self.shell, server);
        self.tell_addresses();
    }

    /// Starts a server that must not start: how that ended.
    pub(crate) fn refuses_to_serve(&self, arguments: &[&str]) -> crate::cli::program::Ended {
        self.shell.refuses_to_serve(arguments)
    }

    /// The map's id.
    pub(crate) fn map(&self) -> &str {
        &self.sitting.map
    }

    /// The facilitator's token.
    pub(crate) fn lead(&self) -> &str {
        &self.sitting.lead
    }

    /// The facilitator's script at one server.
    pub(crate) fn script(&self, server: usize) -> Client {
        Client::of(self.base(server), Some(self.lead()))
    }

    /// A token of a new account of this role.
    pub(crate) fn token_of(&self, role: &str) -> String {
        let database = ["--database", &self.database];
        let email = format!("{role}@example.org");
        let add = ["user", "add", &email, "--role", role, "--password-stdin"];
        let add = [&add[..], &database].concat();
        self.shell.run_with(&add, &[], "correct horse\n").done();
        let token = self.prints(&["token", "create", "--user", &email]);
        token.trim().to_owned()
    }

    /// What a command prints that is run beside the servers.
    pub(crate) fn prints(&self, command: &[&str]) -> String {
        let command = [command, &["--database", &self.database]].concat();
        self.shell.run(&command).done()
    }

    /// The address of the map in the API, with this behind it.
    pub(crate) fn of_map(&self, rest: &str) -> String {
        format!("/api/v1/maps/{}{rest}", self.sitting.map)
    }

    /// The address of the session in the API, with this behind it.
    pub(crate) fn of_session(&self, rest: &str) -> String {
        format!("/api/v1/sessions/{}{rest}", self.sitting.session)
    }

    /// A new participant, joined at one server: what it told them.
    pub(crate) async fn join(&self, server: usize) -> Value {
        self.sitting.join(self.base(server)).await
    }

    /// A connection at one server, in sync; `query` is what else is asked for.
    pub(crate) async fn connect(&self, server: usize, token: &str, query: &str) -> LiveClient {
        let knock = Knock {
            query: format!("token={token}&{query}"),
            ..Knock::default()
        };
        let base = self.base(server);
        let mut client = LiveClient::connect(base, self.map(), &knock, pen::blank()).await;
        client.sync().await;
        client
    }

    /// The facilitator at one server, connected and in sync.
    pub(crate) async fn leader(&self, server: usize) -> LiveClient {
        self.connect(server, self.lead(), "gapmap=1").await
    }

    /// A new editor at one server, connected and in sync.
    pub(crate) async fn editor(&self, server: usize) -> LiveClient {
        let joined = self.join(server).await;
        let token = joined["token"].as_str().unwrap();
        self.connect(server, token, "gapmap=1").await
    }

    /// The same as a stock client, which knows nothing of acknowledgements.
    pub(crate) async fn stock_editor(&self, server: usize) -> LiveClient {
        let joined = self.join(server).await;
        self.connect(server, joined["token"].as_str().unwrap(), "")
            .await
    }

    /// Waits until one server is seen to follow another, while somebody writes.
    pub(crate) async fn follows(&self, server: usize) {
        let followed = async || self.metric(server, "gapmap_followed_edits_total").await;
        let before = followed().await;
        eventually("edits of another server", async || {
            before < followed().await
        })
        .await;
    }

    /// How often one server has taken a map over.
    pub(crate) async fn takeovers(&self, server: usize) -> u64 {
        self.metric(server, "gapmap_takeovers_total").await
    }

    async fn metric(&self, server: usize, name: &str) -> u64 {
        let metrics = Client::of(self.base(server), None).get("/metrics").await;
        let value = |line: &str| line.strip_prefix(name)?.trim().parse().ok();
        metrics.text.lines().find_map(value).unwrap()
    }

    /// Whether one server says that it is ready.
    pub(crate) async fn is_ready(&self, server: usize) -> bool {
        let reply = Client::of(self.base(server), None).get("/readyz").await;
        if reply.status != 200 {
            reply.is_refused(503, "busy");
        }
        reply.status == 200
    }

    /// The updates of the map's history as the log has them, told by the last server that runs.
    pub(crate) async fn log(&self) -> Vec<Vec<u8>> {
        let last = self.nodes.iter().rposition(|it| it.serving.is_some());
        let script = self.script(last.expect("a server runs"));
        let mut updates = Vec::new();
        let mut from = Value::from(1);
        while !from.is_null() {
            let path = self.of_map(&format!("/replay?from={from}&limit=500"));
            let page = script.get(&path).await;
            assert_eq!(page.status, 200, "{}", page.text);
            let items = page.json["items"].as_array().unwrap().iter();
            updates.extend(items.map(|it| base64(&it["update"])));
            from = page.json["next"].clone();
        }
        updates
    }

    /// The document that the log makes.
    pub(crate) async fn stored(&self) -> Doc {
        let doc = pen::blank();
        for update in self.log().await {
            pen::apply(&doc, &update);
        }
        doc
    }

    /// All these clients come to have what the log has, as do new ones at each server, and the log
    /// is whole. To be asked when nobody writes any more.
    pub(crate) async fn is_level(&self, clients: &mut [&mut LiveClient]) -> Doc {
        let doc = self.stored().await;
        let whole = pen::content(&doc);
        for client in clients {
            let has_all = |it: &LiveClient| pen::content(&it.doc) == whole;
            client.until("all that the log has", has_all).await;
        }
        let running = (0..self.nodes.len()).filter(|it| self.nodes[*it].serving.is_some());
        let mut shown: Option<Value> = None;
        for server in running {
            let mut fresh = self.leader(server).await;
            let has_all = |it: &LiveClient| pen::content(&it.doc) == whole;
            fresh.until("all that the log has", has_all).await;
            let tree = async || self.script(server).get(&self.of_map("/tree")).await.json;
            let first = match &shown {
                Some(first) => first,
                None => shown.insert(tree().await),
            };
            eventually("the same tree", async || tree().await == *first).await;
        }
        self.is_whole();
        doc
    }

    /// Nothing in the log was cut out or altered.
    pub(crate) fn is_whole(&self) {
        let verified = self.prints(&["verify"]);
        assert!(verified.contains("every chain is whole"), "{verified}");
    }

    /// The facilitator does something at one server, which must go through at once.
    pub(crate) async fn does(&self, server: usize, path: &str, body: Value) -> Value {
        let reply = self.script(server).post(path, body).await;
        assert!(matches!(reply.status, 200 | 201 | 204), "{}", reply.text);
        reply.json
    }

    /// The facilitator changes something at one server.
    pub(crate) async fn changes(&self, server: usize, path: &str, change: Value) {
        let reply = self.script(server).patch(path, change).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
    }

    /// Writes the agenda at one server, and gives the ids of its rounds.
    pub(crate) async fn agenda(&self, server: usize, rounds: Value) -> Vec<String> {
        let path = self.of_session("/rounds");
        let script = self.script(server);
        let reply = script.put(&path, json!({ "rounds": rounds })).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let rounds = reply.json["rounds"].as_array().unwrap().iter();
        rounds
            .map(|it| it["id"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Node {
    async fn new(database: &str, nats: &str) -> Self {
        let (to_nats, nats) = Proxy::to(nats).await;
        let (to_postgres, database) = Proxy::to(database).await;
        let arguments = [
            "--database",
            &database,
            "--nats",
            &nats,
            "--log-level",
            "info",
        ];
        Self {
            to_nats,
            to_postgres,
            arguments: arguments.map(str::to_owned).into(),
            serving: None,
            starts: 0,
        }
    }

    fn log(number: usize, start: usize) -> String {
        format!("server-{number}-{start}.log")
    }

    fn start(&mut self, shell: &Shell, number: usize) {
        assert!(self.serving.is_none(), "the server runs already");
        let log = Self::log(number, self.starts);
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        self.serving = Some(shell.serve_logging(&log, &arguments));
        self.starts += 1;
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        for (number, node) in self.nodes.iter().enumerate() {
            for start in 0..node.starts {
                let path = self.shell.path(&Node::log(number, start));
                let log = std::fs::read_to_string(path).unwrap_or_default();
                let lines: Vec<&str> = log.lines().collect();
                let last = &lines[lines.len().saturating_sub(LAST_LINES)..];
                eprintln!("server {number}, start {start}:\n{}", last.join("\n"));
            }
        }
    }
}
