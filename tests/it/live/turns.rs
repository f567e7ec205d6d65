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
    // One who has joined twice is two to the server, and takes no more for it.
    let [eve, again] = [
        scene.guest(MapRole::Editor).await,
        scene.guest(MapRole::Editor).await,
    ];
    let (eve, again) = (script(&scene, &eve), script(&scene, &again));
    let file = |branch: &str| format!("{}/export?format=pdf&branch={branch}", scene.path());
    let (slow, quick) = (file("slow"), file("quick"));
    let asking = join_all((0..4).flat_map(|_| [eve.get(&slow), again.get(&slow)]));
    let others = async {
        eventually("one begins", async || folder.path().join("begun").exists()).await;
        // Their share: all are there, and have a turn or wait for one.
        for script in [&eve, &again] {
            eventually("no more", async || script.get(&slow).await.status == 429).await;
        }
        scene.script().get(&quick).await
    };

    let reply = tokio::select! {
        _ = asking => panic!("what waits is answered"),
        reply = others => reply,
    };

    assert_eq!((reply.status, &*reply.text), (200, "done\n"));
    let begun = std::fs::read_to_string(folder.path().join("begun")).unwrap();
    assert_eq!(begun, "slow\n", "one at a time");
}
