//! A server that cannot reach the database, or is slow to, while the others can.

use std::time::{Duration, Instant};

use super::roamer::{Roamer, end_all};
use super::servers::Cluster;
use super::took;
use crate::cli::writers::Promised;
use crate::harness::eventually;
use crate::live::client::LiveClient;
use crate::pen;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_database_is_gone_says_so_and_another_goes_on_with_its_maps() {
    loses_its_database(|cluster| cluster.to_postgres(0).cut()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_database_says_nothing_says_so_and_another_goes_on_with_its_maps() {
    loses_its_database(|cluster| cluster.to_postgres(0).silence()).await;
}

/// With a lease of 2.5 seconds, of which renewing takes three questions and answers.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_way_to_the_database_is_a_delay_and_a_slower_one_costs_a_server_its_maps() {
    let cluster = Cluster::of(2).await;
    // Who comes first opens the map there.
    let mut reader = cluster.leader(0).await;
    let mut writers = vec![
        Roamer::of(&cluster, 0, "near"),
        Roamer::of(&cluster, 1, "far"),
    ];
    for writer in &mut writers {
        writer.saves_more(3).await;
    }
    cluster.follows(1).await;
    let before = cluster.takeovers(1).await;

    cluster.to_postgres(0).delay(Duration::from_millis(100));
    for writer in &mut writers {
        writer.saves_more(5).await;
    }
    assert_eq!(cluster.takeovers(1).await, before);
    assert!(reader.heard.closed.is_none());

    cluster.to_postgres(0).delay(Duration::from_secs(1));
    eventually("the other takes the map", async || {
        before < cluster.takeovers(1).await
    })
    .await;
    writers[1].saves_more(5).await;
    cluster.to_postgres(0).mend();

    let mut promised = Promised::default();
    for writer in &mut writers {
        writer.saves_more(3).await;
    }
    let mut clients = end_all(writers, &mut promised).await;
    // Whatever was shown by a server that had lost the map.
    assert_eq!(reader.until_closed().await, 4503);
    promised.saw(&reader);
    let mut clients: Vec<&mut LiveClient> = clients.iter_mut().collect();
    let doc = cluster.is_level(&mut clients).await;
    promised.is_kept_in(&doc);
}

async fn loses_its_database(lose: impl Fn(&Cluster)) {
    let cluster = Cluster::of(2).await;
    // Who comes first opens the map there.
    let mut ann = cluster.leader(0).await;
    let mut reader = cluster.leader(1).await;
    ann.added("n1", "before").await;
    let (near, mut far) = (
        Roamer::of(&cluster, 0, "near"),
        Roamer::of(&cluster, 1, "far"),
    );
    far.saves_more(3).await;
    cluster.follows(1).await;

    let since = Instant::now();
    lose(&cluster);
    let frame = ann.add("n2", "into nowhere").await;
    far.saves_more(3).await;
    took("from the loss to the next edits that are saved", since);
    eventually("to be told", async || !cluster.is_ready(0).await).await;
    assert!(cluster.is_ready(1).await);

    cluster.to_postgres(0).mend();
    eventually("to be told", async || cluster.is_ready(0).await).await;
    // Whatever Ann was told of what she said meanwhile is true.
    let is_refused = |it: &LiveClient| it.heard.closed.is_some() || !it.heard.nacks.is_empty();
    ann.until("an answer", |it| frame <= it.heard.acked || is_refused(it))
        .await;
    let is_saved = pen::has(&cluster.stored().await, "n2");
    assert!(is_saved || is_refused(&ann));
    let mut promised = Promised::default();
    let mut writers = vec![near, far];
    for writer in &mut writers {
        writer.saves_more(3).await;
    }
    let mut clients = end_all(writers, &mut promised).await;
    let mut clients: Vec<&mut LiveClient> = clients.iter_mut().collect();
    clients.push(&mut reader);
    let doc = cluster.is_level(&mut clients).await;
    promised.is_kept_in(&doc);
}
