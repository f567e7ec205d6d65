//! The server that has a map is killed, or stands still for longer than it may.

use std::time::Instant;

use yrs::{ReadTxn, Transact};

use super::roamer::{Roamer, end_all};
use super::servers::Cluster;
use super::{rounds_of, took};
use crate::cli::writers::Promised;
use crate::live::client::LiveClient;
use crate::pen;

/// Two at each of these servers, who write.
fn writers(cluster: &Cluster, servers: [usize; 2], round: usize) -> Vec<Roamer> {
    let places = servers.into_iter().chain(servers).enumerate();
    places
        .map(|(who, server)| Roamer::of(cluster, server, &format!("r{round}-w{who}")))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_owner_loses_nothing_and_its_maps_go_on_at_another_server() {
    let mut cluster = Cluster::of(2).await;
    let mut promised = Promised::default();
    for round in 0..rounds_of("GAPMAP_CLUSTER_ROUNDS") {
        // Who was killed last comes back to a map that the other one has.
        let (owner, other) = (round % 2, (round + 1) % 2);
        let mut near = cluster.leader(owner).await;
        let mut far = cluster.leader(other).await;
        let mut writers = writers(&cluster, [owner, other], round);
        for writer in &mut writers {
            writer.saves_more(5 + round % 7).await;
        }
        far.until("some writing", |it| 10 < pen::n_nodes(&it.doc))
            .await;
        cluster.follows(other).await;

        let since = Instant::now();
        assert_eq!(cluster.stop(owner, "KILL"), None);

        near.until_closed().await;
        promised.saw(&near);
        let frame = far.add(&format!("after-{round}"), "and on").await;
        far.until("an ack", |it| frame <= it.heard.acked).await;
        took("from the kill to the next edit that is saved", since);
        assert!(far.heard.nacks.is_empty(), "{:?}", far.heard.nacks);
        promised.saw(&far);
        for writer in &mut writers {
            writer.saves_more(3).await;
        }
        let mut clients = end_all(writers, &mut promised).await;
        cluster.start(owner);
        // Those who were at the other server have never been sent away.
        clients.push(far);
        let mut clients: Vec<&mut LiveClient> = clients.iter_mut().collect();
        let doc = cluster.is_level(&mut clients).await;
        promised.is_kept_in(&doc);
    }
}

/// No update of the log says again what was said before it.
async fn nothing_is_there_twice(cluster: &Cluster) {
    let doc = pen::blank();
    for (place, update) in cluster.log().await.iter().enumerate() {
        let before = doc.transact().state_vector();
        pen::apply(&doc, update);
        assert_ne!(doc.transact().state_vector(), before, "update {place}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_that_stood_still_for_too_long_writes_nothing_when_it_wakes_up() {
    let cluster = Cluster::of(2).await;
    let mut promised = Promised::default();
    // Who comes first opens the map there.
    let mut near = cluster.leader(0).await;
    let mut far = cluster.leader(1).await;
    let mut writers = writers(&cluster, [0, 1], 0);
    for writer in &mut writers {
        writer.saves_more(5).await;
    }
    cluster.follows(1).await;

    let since = Instant::now();
    cluster.signal(0, "STOP");
    // What its people go on saying waits in its sockets, and is what it will say late.
    let late = near.add("late", "into the void").await;
    let frame = far.add("after", "while it stands still").await;
    far.until("an ack", |it| frame <= it.heard.acked).await;
    took("from standing still to the next edit that is saved", since);
    promised.saw(&far);
    for writer in writers.iter_mut().skip(1).step_by(2) {
        writer.saves_more(3).await;
    }
    cluster.signal(0, "CONT");
    let is_refused = |it: &LiveClient| it.heard.closed.is_some() || !it.heard.nacks.is_empty();
    near.until("an answer", |it| late <= it.heard.acked || is_refused(it))
        .await;
    if !is_refused(&near) {
        promised
            .acknowledged
            .insert("late".to_owned(), "into the void".to_owned());
    }

    for writer in &mut writers {
        writer.saves_more(3).await;
    }
    let mut clients = end_all(writers, &mut promised).await;
    clients.push(far);
    let mut clients: Vec<&mut LiveClient> = clients.iter_mut().collect();
    let doc = cluster.is_level(&mut clients).await;
    promised.is_kept_in(&doc);
    nothing_is_there_twice(&cluster).await;
}
