//! What those who only take part in a session may not know.

use gapmap::workshop::role::MapRole;
use serde_json::{Value, json};

use super::scene::{Guest, Scene};
use super::workshop::session;
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

/// The only gap, which this guest made of a node and linked: the catalogue says that a participant
/// did, and which one only where their session shows names.
pub(crate) async fn which_participant_it_was(scene: &Scene, analyst: &Client, guest: &Guest) {
    let gaps = analyst.get("/api/v1/gaps").await.json;
    // Whoever came second may have taken a number for nothing.
    let path = format!(
        "/api/v1/gaps/{}",
        gaps["items"][0]["number"].as_str().unwrap()
    );
    let gap = analyst.get(&path).await.json;
    let history = analyst.get(&format!("{path}/history")).await.json;
    assert_eq!(gap["created_by"], "participant", "{gap}");
    assert_eq!(history["items"][0]["by"], "participant");
    for (level, wanted) in [("facilitators", Value::Null), ("all", json!(guest.id))] {
        session(scene, json!({ "anonymity": level })).await;
        let mentions = analyst.get(&format!("{path}/mentions")).await.json;
        assert_eq!(mentions["items"][0]["link"]["by"], wanted, "{mentions}");
    }
}
