//! Which servers are there, and which has a map: what an operator asks whose map makes trouble.

use super::servers::Cluster;
use crate::cli::program::Shell;

/// The servers that a list names, and how many maps each has.
fn listed(cluster: &Cluster) -> Vec<(String, String)> {
    let list = cluster.prints(&["servers"]);
    let lines = list.lines().map(|it| it.split_once(": ").unwrap());
    lines.map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_is_told_which_server_has_a_map() {
    let mut cluster = Cluster::of(2).await;
    let who_has = |cluster: &Cluster| cluster.prints(&["servers", cluster.map()]);
    assert!(who_has(&cluster).starts_with("no server has this map"));

    let mut near = cluster.leader(0).await;
    let servers = listed(&cluster);
    let [first, second] = &servers[..] else {
        panic!("two servers, not {servers:?}");
    };
    assert_eq!([&first.1, &second.1], ["1 map", "0 maps"]);
    assert_eq!(who_has(&cluster).trim(), first.0);

    let mut far = cluster.leader(1).await;
    cluster.stop(0, "KILL");
    near.until_closed().await;
    let frame = far.add("after", "and on").await;
    far.until("an ack", |it| frame <= it.heard.acked).await;

    assert_eq!(who_has(&cluster).trim(), second.0);
    assert_eq!(listed(&cluster), [(second.0.clone(), "1 map".to_owned())]);
}

#[test]
fn of_one_server_alone_there_is_nothing_to_list() {
    let shell = Shell::new();
    shell.serve(&["--log-level", "error"]).stop("TERM");

    let asked = shell.run(&["servers"]);

    asked.failed_saying("no servers share an SQLite database");
}
