//! The database's primary is killed, and its standby put in its place, at the same address.

use std::time::Instant;

use super::roamer::{Roamer, end_all};
use super::servers::Cluster;
use super::took;
use crate::cli::writers::Promised;
use crate::harness::{Replicated, eventually, nats_server};
use crate::live::client::LiveClient;

const SERVERS: usize = 2;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_in_the_place_of_a_killed_primary_has_all_that_was_saved_or_seen() {
    let mut postgres = Replicated::start();
    let mut cluster = Cluster::on(SERVERS, postgres.primary.clone(), nats_server()).await;
    let mut promised = Promised::default();
    // Who comes first opens the map there.
    let mut reader = cluster.leader(0).await;
    let mut writers: Vec<Roamer> = (0..SERVERS)
        .map(|server| Roamer::of(&cluster, server, &format!("w{server}")))
        .collect();
    for writer in &mut writers {
        writer.saves_more(10).await;
    }
    cluster.follows(1).await;

    let since = Instant::now();
    postgres.fail_over();

    // Nothing leads there yet: nobody can be told that anything is saved.
    reader.until_closed().await;
    promised.saw(&reader);
    for server in 0..SERVERS {
        eventually("to be told", async || !cluster.is_ready(server).await).await;
    }
    cluster.moves_to(&postgres.standby);
    for writer in &mut writers {
        writer.saves_more(3).await;
    }
    took("from the kill to edits that the standby has saved", since);
    for server in 0..SERVERS {
        eventually("to be ready", async || cluster.is_ready(server).await).await;
    }
    let mut clients = end_all(writers, &mut promised).await;
    let mut clients: Vec<&mut LiveClient> = clients.iter_mut().collect();
    let doc = cluster.is_level(&mut clients).await;
    promised.is_kept_in(&doc);
}
