//! What operators are given: every metric and every setting that it names is there, and the image is
//! built of what the workspace is made of.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use gapmap::workshop::role::MapRole;
use serde_json::Value;

use crate::cli::program::Shell;
use crate::layers::sources;
use crate::live::scene::Scene;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn file(path: &str) -> String {
    fs::read_to_string(format!("{ROOT}/{path}")).unwrap_or_else(|it| panic!("{path}: {it}"))
}

/// All words of a text that begin so.
fn words(text: &str, begin: &str) -> BTreeSet<String> {
    text.split(|it: char| !it.is_ascii_alphanumeric() && it != '_')
        .filter(|it| it.starts_with(begin) && begin.len() < it.len())
        .map(str::to_owned)
        .collect()
}

/// The samples that a server names at `/metrics`.
async fn samples() -> BTreeSet<String> {
    let scene = Scene::new().await;
    // What was never counted is not named.
    let guest = scene.guest(MapRole::Viewer).await;
    let mut reader = scene.joined(&guest).await;
    let number = reader.add("n1", "not mine to write").await;
    reader
        .until("a refusal", |it| it.was_refused(number, "read_only"))
        .await;
    let text = scene.server.browser().get("/metrics").await.text;
    let types = text.lines().filter_map(|it| it.strip_prefix("# TYPE "));
    let named = types.flat_map(|it| {
        let (name, kind) = it.split_once(' ').unwrap();
        let endings: &[&str] = match kind {
            "counter" => &["_total"],
            "histogram" => &["_bucket", "_count", "_sum"],
            _ => &[""],
        };
        endings.iter().map(move |it| format!("{name}{it}"))
    });
    named.collect()
}

#[tokio::test]
async fn every_metric_of_the_dashboard_and_the_alerts_is_one_of_a_servers() {
    let given = samples().await;
    for path in [
        "docker/monitoring/dashboard.json",
        "docker/monitoring/alerts.yml",
    ] {
        let named = words(&file(path), "gapmap_");

        assert!(4 < named.len(), "{path}: {named:?}");
        let unknown: Vec<&String> = named.difference(&given).collect();
        assert!(unknown.is_empty(), "{path}: {unknown:?} of {given:?}");
    }
    let dashboard: Value = serde_json::from_str(&file("docker/monitoring/dashboard.json")).unwrap();
    assert!(
        dashboard["panels"]
            .as_array()
            .is_some_and(|it| 10 < it.len())
    );
}

#[test]
fn every_setting_that_operators_are_told_of_is_one() {
    let shell = Shell::new();
    let help = shell.run(&["serve", "--help"]).done();
    let known = words(&help, "GAPMAP_");
    for path in [
        "docker/Dockerfile",
        "docker/compose.yaml",
        "docker/compose.cluster.yaml",
        "docs/operations.md",
    ] {
        let named = words(&file(path), "GAPMAP_");

        let unknown: Vec<&String> = named.difference(&known).collect();
        assert!(unknown.is_empty(), "{path}: {unknown:?}");
    }
}

/// The stages of the Dockerfile: the web app, the programs, what is run.
fn stages() -> [String; 3] {
    let text = file("docker/Dockerfile");
    let stages: Vec<String> = text.split("\nFROM ").skip(1).map(str::to_owned).collect();
    stages.try_into().unwrap()
}

/// What a stage copies out of the repository.
fn copied(stage: &str) -> Vec<&str> {
    let lines = stage.lines().filter_map(|it| it.strip_prefix("COPY "));
    lines
        .filter(|it| !it.starts_with("--from"))
        .flat_map(|it| it.split_whitespace().rev().skip(1))
        .collect()
}

/// What cargo makes of a folder: the programs of the workspace, and the files that they begin in.
fn programs(folder: &Path) -> Vec<(String, String)> {
    let asked = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--locked"])
        .args(["--format-version", "1"])
        .current_dir(folder)
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&asked.stderr);
    assert!(asked.status.success(), "{words}");
    let metadata: Value = serde_json::from_slice(&asked.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let targets = packages.flat_map(|it| it["targets"].as_array().unwrap());
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    targets
        .filter(|it| it["kind"] == serde_json::json!(["bin"]))
        .map(|it| (text(&it["name"]), text(&it["src_path"])))
        .collect()
}

#[test]
fn the_image_is_built_of_the_whole_workspace_and_has_each_of_its_programs() {
    let [_, server, last] = stages();
    let folder = tempfile::tempdir().unwrap();
    for path in copied(&server) {
        symlink(format!("{ROOT}/{path}"), folder.path().join(path)).unwrap();
    }

    let programs = programs(folder.path());

    let names: Vec<&str> = programs.iter().map(|(name, _)| &**name).collect();
    assert!(names.contains(&"gapmap"), "{names:?}");
    for (name, source) in &programs {
        assert!(Path::new(source).exists(), "{name} begins in {source}");
        let built = format!("/src/target/release/{name}");
        let is_copied = last.split_whitespace().any(|it| it == built);
        assert!(is_copied, "{built} is not in the image");
    }
}

#[test]
fn what_the_programs_hold_within_them_is_copied_into_their_build() {
    let [_, server, _] = stages();
    let copied = copied(&server);
    let mut held = BTreeSet::new();
    for (path, text) in sources("src") {
        // Such as `include_str!("../../demo/groups.txt")`: as many steps up as lead out of `src`.
        let depth = path.split('/').count();
        let out = format!("!(\"{}", "../".repeat(depth));
        let names = text.split(&*out).skip(1);
        held.extend(names.filter_map(|it| it.split(['/', '"']).next().map(str::to_owned)));
    }
    // Of tests beside the code.
    held.remove("tests");

    assert!(held.contains("demo"), "{held:?}");
    for folder in held {
        assert!(copied.contains(&&*folder), "{folder}");
    }
}

#[test]
fn what_is_copied_into_the_image_is_not_kept_from_its_build() {
    let let_through = file("docker/Dockerfile.dockerignore");
    let [web, server, _] = stages();
    for path in copied(&server).into_iter().chain(copied(&web)) {
        let folder = path.split('/').next().unwrap();
        let line = format!("!{folder}");
        assert!(let_through.lines().any(|it| it == line), "{path}");
    }
}
