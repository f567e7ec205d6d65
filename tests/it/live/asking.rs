//! Clients that ask and ask, beside others that write.

use std::time::Duration;

use bytes::Bytes;
use gapmap::http::Options;
use gapmap::hub::HubOptions;
use gapmap::sync::lib0::write_uint;
use gapmap::sync::protocol;
use gapmap::workshop::role::MapRole;
use serde_json::json;

use super::client::{Knock, LiveClient};
use super::scene::Scene;
use crate::pen;
use crate::sync::hand;

const QUERY_AWARENESS: Bytes = Bytes::from_static(&[3]);

/// A map with some to say, and somebody who shows as much as one may.
async fn written(scene: &Scene) -> LiveClient {
    let mut ann = scene.editor().await;
    for n in 0..40 {
        ann.added(&format!("n{n}"), &"words ".repeat(600)).await;
    }
    ann.say(77, 1, &json!({ "selected": "x".repeat(4000) }).to_string())
        .await;
    ann
}

/// The state vector of who has these clients up to these clocks.
fn up_to(clocks: &[(u64, u32)]) -> Vec<u8> {
    let mut out = Vec::new();
    write_uint(&mut out, clocks.len() as u64);
    for (client, clock) in clocks {
        write_uint(&mut out, *client);
        write_uint(&mut out, u64::from(*clock));
    }
    out
}

/// Asserts that these two see what the other writes.
async fn write_to_each_other(ann: &mut LiveClient, ben: &mut LiveClient, n_times: usize) {
    for n in 0..n_times {
        for (one, other) in [(0, 1), (1, 0)] {
            let id = format!("{one}-{other}-{n}");
            let (writer, reader) = match one {
                0 => (&mut *ann, &mut *ben),
                _ => (&mut *ben, &mut *ann),
            };
            writer.added(&id, "undisturbed").await;
            reader.until("the node", |it| pen::has(&it.doc, &id)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_in_a_loop_and_reads_nothing_disturbs_nobody() {
    let scene = Scene::new().await;
    let (mut ann, mut ben) = (written(&scene).await, scene.editor().await);
    let guest = scene.guest(MapRole::Editor).await;
    let knock = Knock {
        query: format!("token={}&gapmap=1", guest.token),
        receive_buffer: Some(4096),
        ..Knock::default()
    };
    let mut eve = scene.connect(&knock, pen::blank()).await;
    eve.until("the greeting", |it| it.heard.hello.is_some())
        .await;
    let first = ann.doc.client_id().get();
    // All kinds of questions at once, and of the map from ever another place.
    let asking = tokio::spawn(async move {
        for n in 0..5000 {
            eve.send(protocol::step1(&up_to(&[(first, n)]))).await;
            eve.send(QUERY_AWARENESS).await;
            let resync = Bytes::from_static(&[113, 2, b'{', b'}']);
            eve.send(resync).await;
            if n % 100 == 0 {
                tokio::task::yield_now().await;
            }
        }
    });

    write_to_each_other(&mut ann, &mut ben, 20).await;

    assert_eq!(pen::content(&ann.doc), pen::content(&scene.stored().await));
    asking.abort();
}

#[tokio::test]
async fn who_asks_in_a_loop_and_reads_is_slowed_and_answered() {
    let scene = Scene::new().await;
    let mut ann = written(&scene).await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut eve = scene.joined(&guest).await;

    for _ in 0..200 {
        eve.send(protocol::step1(&pen::state_vector(&pen::blank())))
            .await;
        eve.send(QUERY_AWARENESS).await;
    }
    eve.until("an answer", |it| it.heard.presence.contains_key(&77))
        .await;
    eve.sync().await;

    eve.added("mine", "still here").await;
    ann.until("the node", |it| pen::has(&it.doc, "mine")).await;
    assert!(eve.heard.nacks.is_empty());
    assert_eq!(pen::content(&eve.doc), pen::content(&scene.stored().await));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_the_tree_read_again_and_again_pays_for_it_and_the_others_write() {
    let hub = HubOptions {
        asks_ahead: Duration::from_millis(100),
        ..HubOptions::default()
    };
    let scene = Scene::with(Options {
        hub,
        ..Options::default()
    })
    .await;
    let outline: String = (0..4000).map(|it| format!("branch {it}\n")).collect();
    let import = format!("{}/import?format=text", scene.path());
    let lead = scene.script();
    let brought = lead.post_raw(&import, "text/plain", outline).await;
    assert_eq!(brought.status, 200, "{}", brought.text);
    let (mut ann, mut ben) = (scene.editor().await, scene.editor().await);
    let eve = scene.guest(MapRole::Editor).await;
    let eve = scene.server.client(Some(&eve.token));
    let tree = format!("{}/tree", scene.path());
    assert_eq!(eve.get(&tree).await.status, 200);
    // Each edit has it read anew.
    ann.added("n1", "another").await;

    tokio::select! {
        _ = eve.get(&tree) => panic!("nobody else gets a turn"),
        () = write_to_each_other(&mut ann, &mut ben, 3) => {}
    }

    assert_eq!(eve.get(&tree).await.status, 200);
}

#[tokio::test]
async fn a_client_that_claims_thousands_of_others_is_given_what_it_lacks() {
    let scene = Scene::new().await;
    let ann = written(&scene).await;
    let mut eve = scene.editor().await;
    eve.doc = pen::blank();
    let claims: Vec<_> = (1..100_000).map(|it| (it << 20, 7)).collect();
    let before = eve.heard.step2s;

    eve.send(protocol::step1(&up_to(&claims))).await;
    eve.until("the map", |it| before < it.heard.step2s).await;

    assert_eq!(pen::content(&eve.doc), pen::content(&ann.doc));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_the_document_built_anew_on_and_on_is_put_off_and_the_others_write() {
    let scene = Scene::new().await;
    let (mut ann, mut ben) = (written(&scene).await, scene.editor().await);
    let mut eve = scene.editor().await;
    let asked = eve.heard.step1s;
    eve.answers = false;
    let mut client = 1 << 30;
    while !eve.heard.nacks.iter().any(|it| it["code"] == "not_saved") {
        for _ in 0..20 {
            client += 1;
            let outside = hand::value_in_root("nodes", "n", &[125, 5]);
            eve.edit(hand::update(client, 0, &[outside])).await;
        }
        eve.until("refusals", |it| it.sent <= it.heard.acked).await;
        assert!(client < (1 << 30) + 20_000, "nobody puts them off");
    }

    write_to_each_other(&mut ann, &mut ben, 3).await;

    // What is honest is asked for again, and saved in the end.
    eve.answers = true;
    eve.doc = pen::blank();
    eve.sync().await;
    // Sent by herself: the server may have asked while she gave no answers, and asks once.
    eve.add("mine", "after all").await;
    eve.until("to be asked", |it| asked < it.heard.step1s).await;
    ann.until("the node", |it| pen::has(&it.doc, "mine")).await;
}
