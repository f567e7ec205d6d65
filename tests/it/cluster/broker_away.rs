//! NATS is away, or loses what it is told.

use serde_json::json;

use super::roamer::Roamer;
use super::servers::Cluster;
use crate::cli::writers::{Promised, assert_holds};
use crate::harness::Throwaway;
use crate::live::client::LiveClient;
use crate::pen;

/// Somebody who writes at each of two servers, and somebody who only reads there.
async fn people(cluster: &Cluster) -> ([Roamer; 2], [LiveClient; 2]) {
    let readers = [cluster.leader(0).await, cluster.leader(1).await];
    let mut writers = [0, 1].map(|server| Roamer::of(cluster, server, &format!("w{server}")));
    for writer in &mut writers {
        writer.saves_more(3).await;
    }
    (writers, readers)
}

/// What was acknowledged is in the log, now and not only in the end.
async fn what_is_acknowledged_is_in_the_log(cluster: &Cluster, writers: &[Roamer]) {
    let acknowledged: Vec<_> = writers.iter().map(|it| it.acked.borrow().clone()).collect();
    let doc = cluster.stored().await;
    for texts in &acknowledged {
        assert_holds(&doc, texts);
    }
}

/// Writing goes on at every server; then all end, and have the same.
async fn all_is_well(cluster: &Cluster, writers: [Roamer; 2], readers: [LiveClient; 2]) {
    let mut promised = Promised::default();
    let mut clients = Vec::from(readers);
    for mut writer in writers {
        writer.saves_more(3).await;
        let (acknowledged, client) = writer.end().await;
        promised.acknowledged.extend(acknowledged);
        clients.push(client);
    }
    for client in &clients {
        promised.saw(client);
    }
    let mut clients: Vec<&mut LiveClient> = clients.iter_mut().collect();
    let doc = cluster.is_level(&mut clients).await;
    promised.is_kept_in(&doc);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_cut_off_from_the_others_loses_nothing_and_catches_up() {
    let cluster = Cluster::of(2).await;
    let (mut writers, readers) = people(&cluster).await;

    // The follower, then the owner, whose own people are not held up by that.
    for server in [1, 0] {
        for silently in [false, true] {
            let way = cluster.to_nats(server);
            if silently {
                way.silence();
            } else {
                way.cut();
            }
            writers[0].saves_more(5).await;
            what_is_acknowledged_is_in_the_log(&cluster, &writers).await;
            way.mend();
            for writer in &mut writers {
                writer.saves_more(3).await;
            }
        }
    }

    all_is_well(&cluster, writers, readers).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_is_killed_in_mid_sentence_takes_nothing_with_it() {
    let nats = Throwaway::nats();
    let cluster = Cluster::with_nats(2, &nats.url).await;
    let (mut writers, readers) = people(&cluster).await;

    drop(nats);
    writers[0].saves_more(5).await;
    what_is_acknowledged_is_in_the_log(&cluster, &writers).await;
    for server in [0, 1] {
        assert!(cluster.is_ready(server).await, "server {server}");
    }
    let nats = Throwaway::nats();
    for server in [0, 1] {
        cluster.to_nats(server).lead_to(&nats.url);
    }

    all_is_well(&cluster, writers, readers).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_that_the_broker_loses_are_made_good_from_the_log() {
    let cluster = Cluster::of(2).await;
    let (mut writers, readers) = people(&cluster).await;

    for server in [0, 1] {
        cluster.to_nats(server).lose_one_in(3);
    }
    for writer in &mut writers {
        writer.saves_more(10).await;
    }

    // Still losing: what was the last to be said has to arrive, too.
    all_is_well(&cluster, writers, readers).await;
}

/// At a server that is cut off from the others somebody is removed and the map is locked: heard of
/// at the map's owner, where both are.
async fn a_removal_and_a_lock_reach_the_owner(is_mended: bool) {
    let cluster = Cluster::of(2).await;
    let mut ben = cluster.editor(1).await;
    ben.added("n", "as long as one may").await;
    let guest = cluster.join(1).await;
    let token = guest["token"].as_str().unwrap();
    let mut removed = cluster.connect(1, token, "gapmap=1").await;

    cluster.to_nats(0).cut();
    let guest = guest["participant"]["id"].as_str().unwrap();
    let path = format!("/api/v1/participants/{guest}");
    let reply = cluster.script(0).delete(&path).await;
    assert_eq!(reply.status, 204, "{}", reply.text);
    let lock = json!({ "state": "locked" });
    cluster.changes(0, &cluster.of_map(""), lock).await;
    if is_mended {
        cluster.to_nats(0).mend();
    }

    ben.until("the lock", |it| {
        it.heard.state.as_ref().unwrap()["locked"] == true
    })
    .await;
    let late = pen::write(&ben.doc, "n", ", and longer");
    let frame = ben.edit(late).await;
    ben.until("a nack", |it| it.was_refused(frame, "locked"))
        .await;
    let code = removed.until_closed().await;
    assert!(matches!(code, 4401 | 4403), "{code}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_said_while_nats_was_away_is_heard_of_when_it_is_back() {
    a_removal_and_a_lock_reach_the_owner(true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_while_nats_stays_away_is_found_in_the_database() {
    a_removal_and_a_lock_reach_the_owner(false).await;
}
