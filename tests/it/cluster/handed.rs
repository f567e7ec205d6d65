//! A map that changes hands while something fails.

use serde_json::json;

use super::servers::Cluster;
use crate::faults::saboteur::Saboteur;
use crate::harness::eventually;
use crate::live::client::LiveClient;
use crate::pen;

/// More than a message of NATS takes, and less than a frame.
const NODES: usize = 12;
const WORDS: usize = 100_000;

/// Adds a node with as many words as a node may have, so that the next letter is too much; and a note so
/// large that the map stays in memory for a while.
async fn add_full(somebody: &mut LiveClient) {
    let limits = &somebody.heard.hello.as_ref().unwrap()["limits"];
    let most = usize::try_from(limits["text_chars"].as_u64().unwrap()).unwrap();
    somebody.added("full", &"w".repeat(most)).await;
    let note = pen::note(&somebody.doc, "full", &"w".repeat(WORDS / 2));
    somebody.save(note).await;
}

/// Gives the map to the server that came last, of which the one before hears nothing.
async fn hand_on(cluster: &Cluster, saboteur: &mut Saboteur) {
    let map = cluster.map();
    let next = "(SELECT MAX(id) FROM server)";
    let hand = format!("UPDATE map SET fence = fence + 1, owner = {next} WHERE id = '{map}'");
    saboteur.run(&hand).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_that_fails_as_its_map_changes_hands_is_in_no_document() {
    let cluster = Cluster::of(2).await;
    let mut saboteur = Saboteur::at(&cluster.database).await;
    // Who comes first opens the map there.
    let mut ann = cluster.leader(0).await;
    ann.added("n", "saved").await;
    let (mut ben, mut cy) = (cluster.leader(1).await, cluster.leader(1).await);
    saboteur.fence_whoever_takes().await;

    // Too large to be sent on, so that Ben's server takes the map: and has lost it when it appends.
    let before = pen::state_vector(&ben.doc);
    for n in 0..NODES {
        let id = format!("large-{n}");
        pen::add(&ben.doc, &id, "large");
        pen::note(&ben.doc, &id, &"w".repeat(WORDS));
    }
    let large = pen::diff(&ben.doc, &before);
    let frame = ben.edit(large).await;

    assert_eq!(ben.until_closed().await, 4503);
    assert_eq!(cy.until_closed().await, 4503);
    assert!(ben.heard.acked < frame);
    let mut late = cluster.leader(1).await;
    // A server that has been slow looks whether it still has the map, and is told that it has not.
    if !ann.is_let_in().await {
        ann = cluster.leader(0).await;
    }
    for client in [&ann, &cy, &late] {
        assert!(pen::has(&client.doc, "n") && !pen::has(&client.doc, "large-0"));
    }
    // Nor is it there when the room has lost the map once more.
    late.add("small", "in vain").await;
    assert_eq!(late.until_closed().await, 4503);
    saboteur.fence_nobody().await;
    let mut back = cluster.leader(1).await;
    assert!(!pen::has(&back.doc, "large-0") && !pen::has(&back.doc, "small"));
    let missing = pen::diff(&ben.doc, &pen::state_vector(&back.doc));
    back.save(missing).await;
    let doc = cluster.is_level(&mut [&mut ann, &mut back]).await;
    assert!(pen::has(&doc, "large-0"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_next_owner_has_saved_is_shown_by_a_room_that_begins_anew() {
    let cluster = Cluster::of(2).await;
    let mut saboteur = Saboteur::at(&cluster.database).await;
    let (mut ann, mut eve) = (cluster.leader(0).await, cluster.editor(0).await);
    add_full(&mut ann).await;
    eve.until("the node", |it| pen::has(&it.doc, "full")).await;
    let mut ben = cluster.leader(1).await;

    // The first server has lost the map, and hears nothing of it.
    cluster.to_nats(0).cut();
    hand_on(&cluster, &mut saboteur).await;
    ben.added("unheard", "by the next owner").await;
    // What is too long shows once it is written, so that the room reads its document anew.
    let longer = pen::write(&eve.doc, "full", "w");
    let frame = eve.edit(longer).await;
    eve.until("a nack", |it| it.was_refused(frame, "schema"))
        .await;

    ann.until("what was missed", |it| pen::has(&it.doc, "unheard"))
        .await;
    cluster.to_nats(0).mend();
    ann.added("after", "by one who follows").await;
    cluster.is_level(&mut [&mut ann, &mut ben]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_that_nobody_has_decided_on_is_not_acknowledged_with_a_later_one() {
    let cluster = Cluster::of(2).await;
    let mut saboteur = Saboteur::at(&cluster.database).await;
    let mut ann = cluster.leader(0).await;
    ann.added("n", "Ann's own").await;
    let mut ben = cluster.editor(1).await;
    let rows = saboteur.number("SELECT MAX(seq) FROM update_log").await;
    saboteur.slow_commits().await;
    saboteur.hold_commits().await;

    // The owner loses the map with the first of these, and finds out by the next.
    ben.add("first", "about to be saved").await;
    eventually("the commit", async || saboteur.somebody_waits().await).await;
    saboteur.take_over(cluster.map().parse().unwrap()).await;
    // Sent on together, since the owner has not answered: one to be saved, one to be refused.
    let saved = ben.add("second", "in vain at first").await;
    let forged = yrs::Doc::with_client_id(ann.doc.client_id().get());
    pen::apply(&forged, &pen::diff(&ann.doc, &[0]));
    let forged = ben.edit(pen::write(&forged, "n", ", or so Ben says")).await;
    ben.sync().await;
    saboteur.let_commits_go().await;

    ben.until("all decided on", |it| {
        // Nobody is told that it is saved before the log is as long as that takes.
        let is_early = saved <= it.heard.acked && it.heard.seq < rows.unsigned_abs() + 2;
        assert!(!is_early, "{:?}", it.heard);
        forged <= it.heard.acked
    })
    .await;
    assert!(ben.was_refused(forged, "not_yours"));
    assert_eq!(ben.heard.nacks.len(), 1);
    let doc = cluster.stored().await;
    assert!(pen::has(&doc, "first") && pen::has(&doc, "second"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_next_owner_has_purged_comes_back_by_nobody_who_was_with_the_one_before() {
    let cluster = Cluster::of(2).await;
    let mut saboteur = Saboteur::at(&cluster.database).await;
    let (mut ann, mut eve) = (cluster.leader(0).await, cluster.editor(0).await);
    add_full(&mut ann).await;
    ann.added("gone", "to be purged").await;
    let trashed = pen::delete(&ann.doc, "gone", "somebody");
    ann.save(trashed).await;
    eve.until("the trash", |it| pen::is_deleted(&it.doc, "gone"))
        .await;

    // The first server has lost the map, and hears nothing of it, nor that its history is over.
    cluster.to_nats(0).cut();
    hand_on(&cluster, &mut saboteur).await;
    // What is too long shows once it is written, so that the room reads its document anew; that is while
    // it has one, and not when the files are cleared as well.
    let longer = pen::write(&eve.doc, "full", "w");
    let write = async {
        eventually("the new history", async || {
            saboteur.number("SELECT MAX(epoch) FROM map").await == 2
        })
        .await;
        eve.edit(longer).await;
    };
    let path = cluster.of_map("/purge");
    tokio::join!(cluster.does(1, &path, json!({})), write);

    assert_eq!(eve.until_closed().await, 4409);
    assert_eq!(ann.until_closed().await, 4409);
    cluster.to_nats(0).mend();
    let mut late = cluster.leader(0).await;
    late.added("after", "in the new history").await;
    let doc = cluster.is_level(&mut [&mut late]).await;
    assert!(pen::has(&doc, "full") && !pen::has(&doc, "gone"));
}
