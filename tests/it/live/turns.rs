//! Work that takes turns, and who asks for more of it than their share.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use futures_util::future::join_all;
use gapmap::http::Options;
use gapmap::hub::Typesetter;
use gapmap::workshop::role::MapRole;

use super::scene::Scene;
use super::silent::script;
use crate::harness::eventually;

/// A typesetter that says when it begins, and with a branch that is called "Slow" waits until
/// something is written into a pipe.
fn slow_typesetter(folder: &Path) -> Typesetter {
    let program = folder.join("slow");
    let (begun, pipe) = (folder.join("begun"), folder.join("pipe"));
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let script = format!(
        "#!/bin/sh\ncase \"$(cat)\" in\n*Slow*) echo slow >>{}; read line <{} ;;\nesac\necho done\n",
        begun.display(),
        pipe.display()
    );
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    Typesetter::at(program)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_for_many_files_at_once_leaves_a_turn_to_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::with(Options {
        typesetter: slow_typesetter(folder.path()),
        ..Options::default()
    })
    .await;
    let mut lead = scene.leader().await;
    lead.added("slow", "Slow").await;
    lead.added("quick", "Quick").await;
    let [eve, ann] = [
        scene.guest(MapRole::Editor).await,
        scene.guest(MapRole::Editor).await,
    ];
    let (eve, ann) = (script(&scene, &eve), script(&scene, &ann));
    let file = |branch: &str| format!("{}/export?format=pdf&branch={branch}", scene.path());
    let (slow, quick) = (file("slow"), file("quick"));
    let asking = join_all((0..4).map(|_| eve.get(&slow)));
    let others = async {
        eventually("one begins", async || folder.path().join("begun").exists()).await;
        // Her share: all four are there, and have a turn or wait for one.
        eventually("no more", async || eve.get(&slow).await.status == 429).await;
        ann.get(&quick).await
    };

    let reply = tokio::select! {
        _ = asking => panic!("what waits is answered"),
        reply = others => reply,
    };

    assert_eq!((reply.status, &*reply.text), (200, "done\n"));
    let begun = std::fs::read_to_string(folder.path().join("begun")).unwrap();
    assert_eq!(begun, "slow\n", "one at a time");
}
