//! The real server, killed in mid-sentence, again and again on the same database.

use futures_util::future::join_all;

use crate::cli::program::{Serving, Shell};
use crate::cli::writers::{Promised, Sitting};
use crate::harness::fresh_postgres_url;
use crate::pen;

const WRITERS: usize = 5;

fn n_rounds() -> usize {
    let asked = std::env::var("GAPMAP_CRASH_ROUNDS").ok();
    asked.map_or(3, |it| it.parse().expect("GAPMAP_CRASH_ROUNDS is a number"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_nothing_that_was_acknowledged_or_seen_on_sqlite() {
    kill_again_and_again("sqlite:gapmap.db").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_nothing_that_was_acknowledged_or_seen_on_postgres() {
    kill_again_and_again(&fresh_postgres_url().await).await;
}

async fn kill_again_and_again(database: &str) {
    let shell = Shell::new();
    let serve = || shell.serve(&["--database", database, "--log-level", "error"]);
    let mut server = serve();
    let sitting = Sitting::begin(&shell, database, &server).await;
    let mut promised = Promised::default();

    for round in 0..n_rounds() {
        kill_in_the_midst(&sitting, server, round, &mut promised).await;

        let verified = shell.run(&["verify", "--database", database]).done();
        assert!(verified.contains("every chain is whole"), "{verified}");
        server = serve();
        let reader = sitting.reader(&server).await;
        promised.is_kept_in(&reader.doc);
        // What came back has now been seen, whether it had been acknowledged or not.
        promised.saw(&reader);
    }
}

/// Has everybody write, and kills the server once a reader has seen enough of it.
async fn kill_in_the_midst(
    sitting: &Sitting,
    server: Serving,
    round: usize,
    promised: &mut Promised,
) {
    let mut reader = sitting.reader(&server).await;
    let names = (0..WRITERS).map(|who| format!("r{round}-w{who}"));
    let mut writers = Vec::new();
    for name in names {
        writers.push(sitting.writer(&server, &name).await);
    }
    join_all(writers.iter_mut().map(|it| it.has_saved(10))).await;
    // Another number each time, so that the kill falls into another step of a commit.
    let enough = pen::n_nodes(&reader.doc) + 300 + 37 * round;
    reader
        .until("some writing", |it| enough <= pen::n_nodes(&it.doc))
        .await;

    assert_eq!(server.stop("KILL").0, None);

    reader.until_closed().await;
    promised.saw(&reader);
    for writer in writers {
        let (acknowledged, client) = writer.end().await;
        promised.acknowledged.extend(acknowledged);
        promised.saw(&client);
    }
}
