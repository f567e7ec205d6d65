//! What those who only take part in a session may not know.

use gapmap::workshop::role::MapRole;
use serde_json::json;

use super::scene::Scene;
use crate::server::Client;

/// A map that links GAP-1, as a file: of what is withheld a guest's has the number alone.
pub(crate) async fn a_file_says_no_more_than_the_page(scene: &Scene, analyst: &Client) {
    let label = async |tlp: &str| {
        let asked = analyst.patch("/api/v1/gaps/GAP-1", json!({ "tlp": tlp }));
        asked.await.json["title"].as_str().unwrap().to_owned()
    };
    let title = label("RED").await;
    let guest = scene.guest(MapRole::Editor).await;
    let guest = scene.server.client(Some(&guest.token));
    for format in ["json", "csv", "markdown", "opml", "freeplane", "svg"] {
        let path = format!("{}/export?format={format}", scene.path());
        let (theirs, ours) = (guest.get(&path).await, analyst.get(&path).await);
        assert!(ours.text.contains(&title), "{format}: {}", ours.text);
        assert!(theirs.text.contains("GAP-1"), "{format}: {}", theirs.text);
        assert!(!theirs.text.contains(&title), "{format}");
        assert!(!theirs.text.contains("TLP:RED"), "{format}");
    }
    label("AMBER").await;
}
