//! People who come and go, again and again: nothing of them stays but what they wrote.

use std::time::Duration;

use futures_util::future::join_all;
use gapmap::http::Options;
use gapmap::hub::HubOptions;
use gapmap::workshop::role::MapRole;
use tokio::runtime::Handle;

use super::scene::Scene;
use crate::harness::eventually;
use crate::pen;

/// How many are there at the same time.
const AT_ONCE: usize = 20;

/// Somebody new comes, says something of themselves, reads the map, and goes: one in three by
/// closing, the others as a network that breaks.
async fn visit(scene: &Scene, n: usize) {
    let guest = scene.guest(MapRole::Editor).await;
    let mut client = scene.joined(&guest).await;
    let id = client.doc.client_id().get();
    client.say(id, 1, r#"{"selection":["root"]}"#).await;
    if n.is_multiple_of(3) {
        client.leave().await;
    }
}

async fn visits(scene: &Scene, n_visits: usize) {
    for first in (0..n_visits).step_by(AT_ONCE) {
        let last = n_visits.min(first + AT_ONCE);
        join_all((first..last).map(|n| visit(scene, n))).await;
    }
}

/// The memory of this process, in KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    let number = line.and_then(|it| it.split_whitespace().next());
    number.and_then(|it| it.parse().ok()).unwrap_or(0)
}

/// `GAPMAP_SOAK` is how many come and go.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_many_came_and_went_nothing_of_them_is_left() {
    let n_visits = std::env::var("GAPMAP_SOAK").map_or(200, |it| it.parse().unwrap());
    let hub = HubOptions {
        close_after: Duration::from_millis(50),
        ..HubOptions::default()
    };
    let scene = Scene::with(Options {
        hub,
        ..Options::default()
    })
    .await;
    let metrics = scene.server.app.hub.metrics().clone();
    let is_empty = async || {
        (
            metrics.connections.get(),
            metrics.rooms.get(),
            metrics.documents.get(),
        ) == (0, 0, 0)
    };
    visits(&scene, 2 * AT_ONCE).await;
    eventually("all are gone", is_empty).await;
    let tasks = Handle::current().metrics();
    // What the rooms and the database's connections do behind them ends a moment later.
    let few = tasks.num_alive_tasks() + AT_ONCE;
    let before = resident();

    visits(&scene, n_visits).await;

    eventually("all are gone", is_empty).await;
    eventually("their tasks too", async || tasks.num_alive_tasks() <= few).await;
    println!(
        "{n_visits} came and went: {before} KiB before, {} after",
        resident()
    );
    let mut late = scene.editor().await;
    late.added("n1", "as on the first day").await;
    assert_eq!(pen::n_nodes(&late.doc), 2);
    late.until("its own presence alone", |it| it.heard.presence.len() <= 1)
        .await;
}
