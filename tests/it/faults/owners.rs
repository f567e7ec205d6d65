//! A map that another server has taken over.

use gapmap::http::Options;

use super::saboteur::Saboteur;
use crate::harness::{Database, on_both_databases};
use crate::live::scene::{Scene, stored};
use crate::pen;

on_both_databases! {
    an_owner_that_lost_its_map_writes_nothing_and_sends_everybody_away,
    losing_one_map_harms_no_other,
}

async fn an_owner_that_lost_its_map_writes_nothing_and_sends_everybody_away(db: Database) {
    let mut saboteur = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    let (mut ann, mut ben) = (scene.editor().await, scene.viewer().await);
    ann.added("n1", "as the owner").await;
    let seq = scene.seq().await;

    saboteur.take_over(scene.map).await;
    let number = ann.add("n2", "too late").await;

    assert_eq!(ann.until_closed().await, 4503);
    assert_eq!(ben.until_closed().await, 4503);
    assert!(ann.heard.acked < number);
    assert!(!pen::has(&ben.doc, "n2"));
    assert_eq!(scene.seq().await, seq);
    // Whoever comes again finds the map with its next owner: here, this server.
    let mut next = scene.editor().await;
    next.added("n3", "as the next owner").await;
    assert_eq!(pen::content(&next.doc), pen::content(&scene.stored().await));
}

async fn losing_one_map_harms_no_other(db: Database) {
    let mut saboteur = Saboteur::at(&db.url).await;
    let scene = Scene::on(db, Options::default()).await;
    let kept = scene.another_map().await;
    let (mut here, mut there) = (scene.leader().await, scene.leader_of(kept).await);
    saboteur.take_over(scene.map).await;

    // In one commit, as far as it depends on us.
    let (lost, saved) = (
        pen::add(&here.doc, "n1", "lost"),
        pen::add(&there.doc, "n2", "kept"),
    );
    tokio::join!(here.edit(lost), there.edit(saved));

    assert_eq!(here.until_closed().await, 4503);
    there
        .until("all acks", |it| it.sent <= it.heard.acked)
        .await;
    assert!(there.heard.nacks.is_empty());
    assert!(pen::has(&stored(&scene.server.store, kept).await, "n2"));
    assert!(!pen::has(&scene.stored().await, "n1"));
}
