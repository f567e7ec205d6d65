//! All servers are restarted, one after the other, while people write and vote.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::roamer::{Roamer, end_all};
use super::rounds_of;
use super::servers::{Addresses, Cluster};
use crate::cli::writers::Promised;
use crate::live::client::{DEADLINE, LiveClient};
use crate::pen;

const SERVERS: usize = 3;
const NODES: [&str; 3] = ["a", "b", "c"];
/// Votes that each person has.
const VOTES: usize = 12;
/// Between two of them, so that they are given before, while and after a server is away.
const PAUSE: Duration = Duration::from_millis(50);

/// Somebody who votes at whichever server answers.
struct Voter {
    http: reqwest::Client,
    addresses: Addresses,
    token: String,
    path: String,
    first: usize,
}

impl Voter {
    /// Gives one vote after the other; how many each node has then.
    async fn vote(self) -> Vec<usize> {
        let mut given = vec![0; NODES.len()];
        for n in 0..VOTES {
            let node = (self.first + n) % NODES.len();
            let body = json!({ "node": NODES[node], "n": given[node] + 1 });
            let deadline = Instant::now() + DEADLINE;
            while !self.is_taken(&body, self.first + n).await {
                assert!(Instant::now() < deadline, "a vote is not taken");
                sleep(Duration::from_millis(5)).await;
            }
            given[node] += 1;
            sleep(PAUSE).await;
        }
        given
    }

    /// Whether a vote is taken at one of the servers.
    async fn is_taken(&self, body: &Value, which: usize) -> bool {
        let bases = self.addresses.borrow().clone();
        let Some(base) = bases.get(which % bases.len().max(1)) else {
            return false;
        };
        let asked = self.http.put(format!("{base}{}", self.path));
        let asked = asked.bearer_auth(&self.token).json(body);
        let Ok(reply) = asked.send().await else {
            return false;
        };
        let status = reply.status();
        let is_busy = status == StatusCode::SERVICE_UNAVAILABLE;
        assert!(status == StatusCode::OK || is_busy, "{status}");
        status == StatusCode::OK
    }
}

/// A vote that is on, about three nodes: its path in the API.
async fn voting(cluster: &Cluster) -> String {
    let mut lead = cluster.leader(0).await;
    for node in NODES {
        lead.added(node, node).await;
    }
    let rounds = json!([{ "title": "Dots", "method": "vote", "votes": VOTES },
                        { "title": "Talk", "method": "discuss" }]);
    let rounds = cluster.agenda(0, rounds).await;
    let start = json!({ "action": "start" });
    cluster.does(0, &cluster.of_session("/round"), start).await;
    format!("/api/v1/rounds/{}/votes", rounds[0])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rolling_restart_under_load_loses_no_edit_and_no_vote() {
    let mut cluster = Cluster::of(SERVERS).await;
    let path = voting(&cluster).await;
    let mut writers: Vec<Roamer> = (0..SERVERS)
        .map(|server| Roamer::of(&cluster, server, &format!("w{server}")))
        .collect();
    let mut sums = BTreeMap::from(NODES.map(|it| (it, 0)));

    for _ in 0..rounds_of("GAPMAP_CLUSTER_ROUNDS") {
        for server in 0..SERVERS {
            for writer in &mut writers {
                writer.saves_more(3).await;
            }
            let mut voters = Vec::new();
            for first in 0..2 {
                let joined = cluster.join(server).await;
                let voter = Voter {
                    http: reqwest::Client::new(),
                    addresses: cluster.addresses(),
                    token: joined["token"].as_str().unwrap().to_owned(),
                    path: path.clone(),
                    first,
                };
                voters.push(tokio::spawn(voter.vote()));
            }
            assert_eq!(cluster.stop(server, "TERM"), Some(0));
            for writer in &mut writers {
                writer.saves_more(3).await;
            }
            cluster.start(server);
            for voter in voters {
                for (node, n) in NODES.into_iter().zip(voter.await.unwrap()) {
                    *sums.get_mut(node).unwrap() += n;
                }
            }
        }
    }

    let mut promised = Promised::default();
    let mut clients = end_all(writers, &mut promised).await;
    let next = json!({ "action": "next" });
    cluster.does(1, &cluster.of_session("/round"), next).await;
    let sums: Value = json!(sums);
    for client in &mut clients {
        client
            .until("the sums", |it| {
                it.heard.state.as_ref().unwrap()["tallies"] == sums
            })
            .await;
    }
    let mut clients: Vec<&mut LiveClient> = clients.iter_mut().collect();
    let doc = cluster.is_level(&mut clients).await;
    promised.is_kept_in(&doc);
    assert!(NODES.iter().all(|it| pen::has(&doc, it)));
}
