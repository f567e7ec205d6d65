//! What happens to databases in earnest: a full disk, and a plug that is pulled.

use gapmap::http::Options;
use gapmap::workshop::role::MapRole;

use super::is_ready;
use crate::cli::program::Shell;
use crate::cli::writers::Sitting;
use crate::harness::{OwnPostgres, eventually};
use crate::live::scene::Scene;
use crate::pen;
use crate::server::Client;

/// So large may the database's files become: what a new one takes, and some hundred edits.
const DISK_KIB: u64 = 3 * 1024;
/// One edit.
const WORDS: usize = 2000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_saves_no_more_says_so_and_is_over_when_there_is_space() {
    const DATABASE: &str = "sqlite:gapmap.db";
    let shell = Shell::new();
    let server = shell.serve_on_a_small_disk(DISK_KIB, &["--log-level", "off"]);
    let sitting = Sitting::begin(&shell, DATABASE, &server).await;
    let browser = Client::of(&server.base, None);
    let mut ann = sitting.reader(&server).await;
    let mut ben = sitting.reader(&server).await;

    let mut n_saved = 0;
    while ann.heard.nacks.is_empty() && ann.heard.closed.is_none() {
        let id = format!("n{n_saved}");
        let number = ann.add(&id, &"w".repeat(WORDS)).await;
        ann.until("an answer", |it| {
            number <= it.heard.acked || !it.heard.nacks.is_empty() || it.heard.closed.is_some()
        })
        .await;
        n_saved += usize::from(ann.heard.nacks.is_empty() && ann.heard.closed.is_none());
        assert!(n_saved < 5000, "the disk is never full");
    }

    assert!(0 < n_saved);
    let said = ann.heard.nacks.first().map(|it| it["code"].clone());
    assert!(
        said.is_none_or(|it| it == "not_saved"),
        "{:?}",
        ann.heard.nacks
    );
    eventually("it is not ready", async || {
        browser.get("/readyz").await.status == 503
    })
    .await;
    let unsaved = format!("n{n_saved}");
    // Whoever is still here has not seen it; it is sent again when there is space.
    ben.until("what was saved, or the end", |it| {
        it.heard.closed.is_some() || n_saved < pen::n_nodes(&it.doc)
    })
    .await;
    assert!(!pen::has(&ben.doc, &unsaved));
    server.has_space();

    let mut back = sitting.reader(&server).await;
    for n in 0..n_saved {
        assert!(pen::has(&back.doc, &format!("n{n}")), "n{n} is lost");
    }
    back.save(pen::diff(&ann.doc, &pen::state_vector(&back.doc)))
        .await;
    eventually("it is ready", async || {
        browser.get("/readyz").await.status == 200
    })
    .await;
    assert_eq!(server.stop("KILL").0, None);
    let verified = shell.run(&["verify", "--database", DATABASE]).done();
    assert!(verified.contains("every chain is whole"), "{verified}");
    let server = shell.serve(&["--log-level", "error"]);
    assert!(pen::has(&sitting.reader(&server).await.doc, &unsaved));
}

#[tokio::test]
async fn a_postgres_that_goes_away_in_mid_typing_is_waited_for() {
    let mut postgres = OwnPostgres::start();
    let scene = Scene::on(postgres.database().await, Options::default()).await;
    let guest = scene.guest(MapRole::Editor).await;
    let (mut ann, mut ben) = (scene.joined(&guest).await, scene.editor().await);
    ann.added("n1", "before").await;

    postgres.tell("stop");
    let number = ann.add("n2", "while it is away").await;

    ann.until("not saved yet", |it| {
        it.was_refused(number, "not_saved") || it.heard.closed.is_some()
    })
    .await;
    assert!(ann.heard.acked < number || ann.was_refused(number, "not_saved"));
    assert!(!is_ready(&scene).await);
    assert_eq!(ben.until_closed().await, 4503);
    assert!(!pen::has(&ben.doc, "n2"));
    assert_eq!(scene.server.browser().get("/healthz").await.status, 200);
    postgres.tell("start");

    let mut ann = scene.back(&guest, ann.doc).await;
    ann.until("all acks", |it| it.sent <= it.heard.acked).await;
    eventually("it is ready", async || is_ready(&scene).await).await;
    let late = scene.editor().await;
    assert!(pen::has(&late.doc, "n1") && pen::has(&late.doc, "n2"));
    assert!(pen::has(&scene.stored().await, "n2"));
}
