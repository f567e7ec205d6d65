//! Servers that know nothing of one another must not share a database.

use super::servers::Cluster;
use crate::cli::program::Shell;
use crate::harness::nats_server;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_alone_is_refused_where_servers_are_together_until_they_are_gone() {
    let mut cluster = Cluster::of(1).await;
    let alone = ["--database", &cluster.database.clone()];

    let refused = cluster.refuses_to_serve(&alone);
    refused.failed_saying("--nats");
    assert_eq!(cluster.stop(0, "TERM"), Some(0));

    let shell = Shell::new();
    let lone = shell.serve(&alone);
    assert_eq!(lone.stop("TERM").0, Some(0));
}

#[test]
fn servers_together_need_postgres_and_an_address_that_makes_sense() {
    let shell = Shell::new();
    let lite = ["--database", "sqlite:gapmap.db", "--nats", nats_server()];

    shell.refuses_to_serve(&lite).failed_saying("PostgreSQL");
    let odd = [
        "--database",
        "postgres://nobody@127.0.0.1:1/x",
        "--nats",
        "where?",
    ];
    shell.refuses_to_serve(&odd).failed_saying("--nats");
}
