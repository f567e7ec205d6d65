//! A server that is told to stop.

use std::time::Duration;

use gapmap::http::Options;
use gapmap::hub::HubOptions;
use gapmap::workshop::role::MapRole;
use tokio::time::Instant;

use super::client::LiveClient;
use super::scene::{Scene, stored};
use crate::pen;

/// Makes nodes until the server closes; the code, and what was acknowledged by then.
async fn write_to_the_end(mut client: LiveClient, who: usize) -> (u16, Vec<String>) {
    let mut ids = Vec::new();
    while client.heard.closed.is_none() {
        let id = format!("w{who}-{}", ids.len());
        let number = client.add(&id, "in the last minute").await;
        ids.push((number, id));
        client
            .until("an ack or the end", |it| {
                number <= it.heard.acked || it.heard.closed.is_some()
            })
            .await;
    }
    let acked = client.heard.acked;
    let durable = ids.into_iter().filter(|(number, _)| *number <= acked);
    (
        client.heard.closed.unwrap(),
        durable.map(|(_, id)| id).collect(),
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_acknowledged_is_in_the_log_and_everybody_is_told_to_come_again() {
    let scene = Scene::new().await;
    let mut writers = Vec::new();
    for who in 0..5 {
        let client = scene.editor().await;
        writers.push(tokio::spawn(write_to_the_end(client, who)));
    }
    let mut watcher = scene.viewer().await;
    watcher
        .until("some writing", |it| 50 < pen::n_nodes(&it.doc))
        .await;

    let since = Instant::now();
    let map = scene.map;
    let (mut database, code) = tokio::join!(scene.server.stop(), watcher.until_closed());

    assert!(since.elapsed() < Duration::from_secs(5));
    assert_eq!(code, 4503);
    database.open_again().await;
    let log = stored(&database.store, map).await;
    for writer in writers {
        let (code, durable) = writer.await.unwrap();
        assert_eq!(code, 4503);
        assert!(!durable.is_empty());
        for id in durable {
            assert!(pen::has(&log, &id), "{id} was acknowledged");
        }
    }
    // And whatever anybody saw.
    let (clocks, _) = pen::content(&watcher.doc);
    let (logged, _) = pen::content(&log);
    assert!(clocks.iter().all(|(id, clock)| *clock <= logged.get(id)));
}

#[tokio::test]
async fn what_a_page_says_with_its_last_breath_is_saved() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut ben = scene.editor().await;

    for n in 0..20 {
        let mut page = scene.joined(&guest).await;
        page.add(&format!("n{n}"), "and closed").await;
        page.leave().await;
    }

    ben.until("all of it", |it| pen::n_nodes(&it.doc) == 21)
        .await;
    assert_eq!(pen::n_nodes(&scene.stored().await), 21);
}

#[tokio::test]
async fn an_edit_that_waits_for_its_turn_is_committed_before_the_end() {
    let scene = Scene::with(Options {
        hub: HubOptions {
            gather: Duration::from_secs(20),
            ..HubOptions::default()
        },
        ..Options::default()
    })
    .await;
    let mut ann = scene.editor().await;
    // The first opens the beat, so that the second waits.
    ann.added("n1", "at once").await;
    let number = ann.add("n2", "waits").await;
    // A room handles its messages in order: when it answers this, it has the edit.
    ann.sync().await;
    let map = scene.map;

    let (mut database, code) = tokio::join!(scene.server.stop(), ann.until_closed());

    assert_eq!((code, ann.heard.acked), (4503, number));
    database.open_again().await;
    assert!(pen::has(&stored(&database.store, map).await, "n2"));
}
