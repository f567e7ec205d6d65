//! A whole database, copied.

use gapmap::store::Copied;
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use crate::faults::saboteur::Saboteur;
use crate::harness::{Database, eventually};

/// Who has said nothing in a transaction for longer than a server may.
const RESTING: &str = "SELECT COUNT(*) FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'idle in transaction'
      AND clock_timestamp() - state_change > INTERVAL '3500 milliseconds'";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_waits_for_a_side_that_has_much_to_do() {
    let (from, to) = (Database::postgres().await, Database::sqlite().await);
    let mut watch = Saboteur::at(&from.url).await;
    let mut n_told = 0;

    let copied = from.store.copy_to(&to.store, |_, _| {
        n_told += 1;
        if n_told == 1 {
            let resting = eventually("a rest", async || 0 < watch.number(RESTING).await);
            block_in_place(|| Handle::current().block_on(resting));
        }
    });

    let Copied { n_tables, .. } = copied.await.unwrap();
    assert_eq!(n_tables, n_told);
}
