//! Servers that know nothing of one another must not share a database.

use std::time::Duration;

use gapmap::base::time::Clock;
use gapmap::hub::{Hub, HubOptions};
use tokio::time::timeout;

use super::servers::Cluster;
use crate::cli::program::Shell;
use crate::harness::{Database, eventually, nats_server};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_alone_is_refused_where_servers_are_together_until_they_are_gone() {
    let mut cluster = Cluster::of(1).await;
    let database = cluster.database.clone();
    let alone = ["--database", &database, "--log-level", "error"];

    let refused = cluster.refuses_to_serve(&alone);
    refused.failed_saying("--nats");
    assert_eq!(cluster.stop(0, "TERM"), Some(0));

    let shell = Shell::new();
    let odd = [&alone[..], &["--nats", "where?"]].concat();
    shell.refuses_to_serve(&odd).failed_saying("--nats");
    let lone = shell.serve(&alone);
    assert_eq!(lone.stop("TERM").0, Some(0));
}

#[test]
fn servers_together_need_postgres() {
    let shell = Shell::new();
    let lite = ["--database", "sqlite:gapmap.db", "--nats", nats_server()];

    shell.refuses_to_serve(&lite).failed_saying("PostgreSQL");
}

#[tokio::test]
async fn a_server_that_has_left_does_not_come_back_while_it_ends() {
    /// Longer than from one sign of life to the next.
    const A_WHILE: Duration = Duration::from_secs(2);
    let db = Database::postgres().await;
    let (store, clock) = (db.store.clone(), Clock::System);
    let joined = gapmap::hub::Cluster::join(&store, nats_server()).await;
    let hub = Hub::among_others(store.clone(), HubOptions::default(), clock, joined.unwrap());
    assert_eq!(store.servers().await.unwrap().len(), 1);

    // What was asked of it may still be under way.
    hub.shutdown().await;

    let is_back = async || !store.servers().await.unwrap().is_empty();
    assert!(
        timeout(A_WHILE, eventually("it is back", is_back))
            .await
            .is_err()
    );
    drop(hub);
}
