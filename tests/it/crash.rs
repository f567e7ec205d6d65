//! The real server, killed in mid-sentence, again and again on the same database.

use futures_util::future::join_all;

use crate::cli::program::{Serving, Shell};
use crate::cli::writers::{Promised, Sitting};
use crate::harness::fresh_postgres_url;
use crate::pen;

const WRITERS: usize = 5;
/// Rounds on one database, whose log is verified after the last: a map has an end.
const ROUNDS_EACH: usize = 10;

fn n_rounds() -> usize {
    let asked = std::env::var("GAPMAP_CRASH_ROUNDS").ok();
    asked.map_or(10, |it| {
        it.parse().expect("GAPMAP_CRASH_ROUNDS is a number")
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_nothing_that_was_acknowledged_or_seen_on_sqlite() {
    let mut killed = Killed::default();
    while killed.rounds < n_rounds() {
        kill_again_and_again("sqlite:gapmap.db", &mut killed).await;
        killed.tell("SQLite");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_nothing_that_was_acknowledged_or_seen_on_postgres() {
    let mut killed = Killed::default();
    while killed.rounds < n_rounds() {
        kill_again_and_again(&fresh_postgres_url().await, &mut killed).await;
        killed.tell("PostgreSQL");
    }
}

/// What a run has come to.
#[derive(Default)]
struct Killed {
    rounds: usize,
    acknowledged: usize,
}

impl Killed {
    fn tell(&self, database: &str) {
        let Self {
            rounds,
            acknowledged,
        } = self;
        println!("{database}: {rounds} rounds, {acknowledged} nodes acknowledged, none lost");
    }
}

/// Rounds on one new database, until there were enough of all or of these.
async fn kill_again_and_again(database: &str, killed: &mut Killed) {
    let shell = Shell::new();
    let serve = || shell.serve(&["--database", database, "--log-level", "error"]);
    let mut server = serve();
    let sitting = Sitting::begin(&shell, database, &server).await;
    let mut promised = Promised::default();

    for _ in 0..ROUNDS_EACH.min(n_rounds() - killed.rounds) {
        kill_in_the_midst(&sitting, server, killed.rounds, &mut promised).await;
        killed.rounds += 1;

        server = serve();
        let reader = sitting.reader(&server).await;
        promised.is_kept_in(&reader.doc);
        // What came back has now been seen, whether it had been acknowledged or not.
        promised.saw(&reader);
    }
    let verified = shell.run(&["verify", "--database", database]).done();
    assert!(verified.contains("every chain is whole"), "{verified}");
    killed.acknowledged += promised.acknowledged.len();
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
    join_all(writers.iter_mut().map(|it| it.has_saved(3))).await;
    // Another number each time, so that the kill falls into another step of a commit.
    let enough = pen::n_nodes(&reader.doc) + 20 + 13 * (round % 8);
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
