//! A database whose commits take long: how long is for the test to say, and nothing is judged by a
//! clock. While a commit is held, an edit that is acknowledged or shown is one too early.

use gapmap::http::Options;
use tokio::join;

use super::is_ready;
use super::saboteur::Saboteur;
use crate::harness::{Database, eventually};
use crate::live::client::LiveClient;
use crate::live::scene::Scene;
use crate::pen;

/// Two people at a map whose commits can be held, and a look into the log for each.
struct Slow {
    scene: Scene,
    disk: Saboteur,
    eyes: [Saboteur; 2],
    ann: LiveClient,
    ben: LiveClient,
}

/// What commits are held for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    /// One waits.
    OneWaits,
    /// The server says that it is not ready.
    NotReady,
}

impl Slow {
    async fn new() -> Self {
        let db = Database::postgres().await;
        let mut disk = Saboteur::at(&db.url).await;
        let eyes = [Saboteur::at(&db.url).await, Saboteur::at(&db.url).await];
        let scene = Scene::on(db, Options::default()).await;
        let (mut ann, mut ben) = (scene.editor().await, scene.editor().await);
        disk.slow_commits().await;
        ann.added("n0", "at once").await;
        ben.until("the node", |it| pen::has(&it.doc, "n0")).await;
        assert!(is_ready(&scene).await);
        Self {
            scene,
            disk,
            eyes,
            ann,
            ben,
        }
    }

    /// An edit whose commit is held: it is in the log by the time that anybody is told of it.
    async fn saves(&mut self, id: &str, until: Until) {
        let before = self.scene.seq().await.cast_signed();
        let log = format!(
            "SELECT MAX(seq) FROM update_log WHERE map = '{}'",
            self.scene.map
        );
        self.disk.hold_commits().await;
        let number = self.ann.add(id, "slowly").await;
        let (disk, scene, ann, ben) = (&mut self.disk, &self.scene, &mut self.ann, &mut self.ben);
        let [first, second] = &mut self.eyes;
        let told = async {
            ann.until("an ack", |it| number <= it.heard.acked).await;
            first.number(&log).await
        };
        let shown = async {
            ben.until("the node", |it| pen::has(&it.doc, id)).await;
            second.number(&log).await
        };
        let held = async {
            eventually("a commit waits", async || disk.somebody_waits().await).await;
            if until == Until::NotReady {
                eventually("not ready", async || !is_ready(scene).await).await;
            }
            disk.let_commits_go().await;
        };
        let (told, shown, ()) = join!(told, shown, held);
        assert_eq!((told, shown), (before + 1, before + 1));
        assert!(self.ann.heard.nacks.is_empty());
    }
}

#[tokio::test]
async fn slow_commits_delay_what_is_said_and_what_is_seen_and_nothing_else() {
    let mut slow = Slow::new().await;

    for n in 1..5 {
        slow.saves(&format!("n{n}"), Until::OneWaits).await;
    }
    slow.saves("n5", Until::NotReady).await;

    eventually("ready", async || is_ready(&slow.scene).await).await;
    slow.ann.added("n6", "at once again").await;
    let stored = slow.scene.stored().await;
    assert_eq!(pen::content(&slow.ann.doc), pen::content(&stored));
}

#[tokio::test]
async fn a_commit_that_fails_at_its_very_end_is_one_that_failed() {
    let mut slow = Slow::new().await;
    slow.disk.hold_commits().await;

    // The statement went through; the database gives up on what comes after it.
    let number = slow.ann.add("n1", "in vain").await;

    slow.ann
        .until("a nack", |it| it.was_refused(number, "not_saved"))
        .await;
    assert!(!is_ready(&slow.scene).await);
    slow.ben.sync().await;
    assert!(!pen::has(&slow.ben.doc, "n1"));
    assert!(!pen::has(&slow.scene.stored().await, "n1"));
    slow.disk.let_commits_go().await;
    slow.ann
        .until("all acks", |it| {
            number < it.sent && it.sent <= it.heard.acked
        })
        .await;
    slow.ben
        .until("the node", |it| pen::has(&it.doc, "n1"))
        .await;
    assert!(is_ready(&slow.scene).await);
}
