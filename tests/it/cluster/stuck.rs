//! A room that is stuck, and what has to go on beside it.

use super::servers::Cluster;
use crate::faults::saboteur::Saboteur;
use crate::harness::eventually;

/// Takes longer than the lease of a server that is gone, and then that of one that waits.
const APPENDING: &str = "CREATE FUNCTION slow_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(7.5); RETURN NULL; END $$;
    CREATE TRIGGER slow_disk AFTER INSERT ON update_log
    FOR EACH ROW EXECUTE FUNCTION slow_disk()";
/// More than may wait for one room.
const MESSAGES: u64 = 3000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_that_listens_to_nobody_costs_its_server_no_lease() {
    let mut cluster = Cluster::of(2).await;
    let mut saboteur = Saboteur::at(&cluster.database).await;
    let mut ann = cluster.leader(0).await;
    ann.added("n", "saved").await;
    saboteur.run(APPENDING).await;
    let rows = "SELECT COUNT(*) FROM update_log";
    let before = saboteur.number(rows).await;

    // All rooms are told that it is gone, while one of them has no space for that.
    cluster.stop(1, "KILL");
    ann.add("slow", "takes long").await;
    for clock in 1..=MESSAGES {
        ann.say(70, clock, "{}").await;
    }

    let is_there = "SELECT COUNT(*) FROM server WHERE id = (SELECT MIN(id) FROM server)
                    AND EXTRACT(EPOCH FROM clock_timestamp()) * 1000 < until";
    eventually("a slow edit", async || {
        assert_eq!(saboteur.number(is_there).await, 1, "the lease is over");
        before < saboteur.number(rows).await
    })
    .await;
}
