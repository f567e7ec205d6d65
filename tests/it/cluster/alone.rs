//! Servers that know nothing of one another must not share a database.

use super::servers::Cluster;
use crate::cli::program::Shell;
use crate::harness::nats_server;

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
