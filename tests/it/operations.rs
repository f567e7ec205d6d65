//! What operators are given: every metric and every setting that it names is there.

use std::collections::BTreeSet;
use std::fs;

use gapmap::workshop::role::MapRole;

use crate::cli::program::Shell;
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
    let dashboard: serde_json::Value =
        serde_json::from_str(&file("docker/monitoring/dashboard.json")).unwrap();
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
        "docs/operations.md",
    ] {
        let named = words(&file(path), "GAPMAP_");

        let unknown: Vec<&String> = named.difference(&known).collect();
        assert!(unknown.is_empty(), "{path}: {unknown:?}");
    }
}
