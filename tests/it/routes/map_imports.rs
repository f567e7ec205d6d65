//! `/api/v1/maps/{id}/import`, `/api/v1/sessions/{id}/maps/import`

use gapmap::http::Options;
use gapmap::workshop::role::{MapRole, Role};
use serde_json::{Value, json};

use crate::exchange::zipped;
use crate::harness::{Database, on_both_databases};
use crate::live::scene::Scene;
use crate::server::{Client, Reply};

const OCTETS: &str = "application/octet-stream";
const PLANS: &str = "# Plans\n\n## One\n\n- [x] first\n  > a note\n\n## Two\n";

on_both_databases! {
    a_file_comes_in_under_a_node_as_one_edit_and_goes_out_again,
    a_file_becomes_a_map_of_its_session,
    what_is_refused_writes_nothing,
}

async fn scene(db: Database) -> Scene {
    Scene::on(db, Options::default()).await
}

async fn import(client: &Client, path: &str, query: &str, file: impl Into<reqwest::Body>) -> Reply {
    let path = format!("{path}/import?{query}");
    client.post_raw(&path, OCTETS, file).await
}

/// The words of a tree, each with those below it.
fn words(tree: &Value) -> Value {
    let children = tree["children"].as_array().unwrap();
    let below: Vec<Value> = children.iter().map(words).collect();
    json!([tree["text"], below])
}

async fn a_file_comes_in_under_a_node_as_one_edit_and_goes_out_again(db: Database) {
    let scene = scene(db).await;
    let script = &scene.script();
    let path = scene.path();
    let before = script.get(&format!("{path}/history")).await.json;
    let tree = script.get(&format!("{path}/tree")).await.json;

    let seen = import(script, &path, "name=plans.md&preview=true", PLANS).await;
    let untouched = script.get(&format!("{path}/history")).await.json;
    let done = import(script, &path, "name=plans.md&under=root", PLANS).await;
    let after = script.get(&format!("{path}/history")).await.json;
    let grown = script.get(&format!("{path}/tree")).await.json;
    let top = done.json["tops"][0].as_str().unwrap().to_owned();
    let query = format!("{path}/export?format=opml&branch={top}");
    let out = script.get(&query).await.text;
    let again = import(script, &path, &format!("under={top}"), out).await;
    let twice = script.get(&format!("{path}/tree")).await.json;

    assert_eq!(seen.status, 200, "{}", seen.text);
    let counts = ["format", "title", "nodes", "levels", "preview"].map(|it| seen.json[it].clone());
    assert_eq!(
        counts,
        [
            json!("markdown"),
            json!("Plans"),
            json!(4),
            json!(3),
            json!(true)
        ]
    );
    assert_eq!(
        seen.json["not_kept"],
        json!([{ "what": "tasks", "count": 1, "places": ["first"] }])
    );
    assert_eq!((&untouched, &seen.json["tops"]), (&before, &json!([])));
    assert_eq!(done.status, 200, "{}", done.text);
    let n_rows = |it: &Value| it["items"].as_array().unwrap().len();
    assert_eq!(n_rows(&after), n_rows(&before) + 1);
    let plans = json!(["Plans", [["One", [["first", []]]], ["Two", []]]]);
    let mut expected = words(&tree);
    expected[1].as_array_mut().unwrap().push(plans.clone());
    assert_eq!(words(&grown), expected);
    let last = |it: &Value| it["children"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last(&grown)["children"][0]["children"][0]["note"], "a note");
    assert_eq!(again.status, 200, "{}", again.text);
    assert_eq!(words(&last(&last(&twice))), plans);
}

async fn a_file_becomes_a_map_of_its_session(db: Database) {
    let scene = scene(db).await;
    let script = &scene.script();
    let path = format!("/api/v1/sessions/{}/maps", scene.session);
    let maps = format!("/api/v1/maps?session={}", scene.session);
    let n_maps = async || {
        script.get(&maps).await.json["items"]
            .as_array()
            .unwrap()
            .len()
    };
    let n_before = n_maps().await;
    let content = json!([{ "title": "S", "rootTopic": { "title": "Centre", "labels": ["theme"],
        "notes": { "plain": { "content": "why" } }, "children": { "attached": [
            { "id": "a", "title": "A" }, { "id": "b", "title": "B" }] } },
        "relationships": [{ "end1Id": "a", "end2Id": "b", "title": "so" }] }]);
    let file = zipped(&[("content.json", content.to_string().as_bytes())]);

    let seen = import(
        script,
        &path,
        "name=my%20map.xmind&preview=true",
        file.clone(),
    )
    .await;
    let n_seen = n_maps().await;
    let made = import(script, &path, "name=my%20map.xmind", file.clone()).await;
    let map = format!("/api/v1/maps/{}", made.json["map"].as_str().unwrap());
    let tree = script.get(&format!("{map}/tree")).await.json;
    let out = script.get(&format!("{map}/export?format=json")).await.json;
    let named = import(script, &path, "title=Another&format=text", "a\nb\n").await;
    let named = format!("/api/v1/maps/{}", named.json["map"].as_str().unwrap());

    assert_eq!((seen.status, n_seen), (200, n_before), "{}", seen.text);
    assert_eq!(
        (made.status, n_maps().await),
        (201, n_before + 2),
        "{}",
        made.text
    );
    assert_eq!(script.get(&map).await.json["title"], "Centre");
    assert_eq!(words(&tree), json!(["Centre", [["A", []], ["B", []]]]));
    assert_eq!(
        (&tree["kind"], &tree["note"]),
        (&json!("theme"), &json!("why"))
    );
    assert_eq!(out["relations"][0]["label"], "so");
    let tree = script.get(&format!("{named}/tree")).await.json;
    assert_eq!(words(&tree), json!(["Another", [["a", []], ["b", []]]]));
}

async fn what_is_refused_writes_nothing(db: Database) {
    let scene = scene(db).await;
    let script = &scene.script();
    let path = scene.path();
    let maps = format!("/api/v1/sessions/{}/maps", scene.session);
    let viewer = scene.guest(MapRole::Viewer).await;
    let viewer = scene.server.client(Some(&viewer.token));
    let editor = scene.guest(MapRole::Editor).await;
    let editor = scene.server.client(Some(&editor.token));
    let lock = json!({ "node": "root", "locked": true });
    script.post(&format!("{path}/locks"), lock).await;
    let before = script.get(&format!("{path}/history")).await.json;
    let bomb = zipped(&[("content.json", &vec![b' '; 80 << 20])]);
    let doctype = "<!DOCTYPE map SYSTEM \"file:///etc/passwd\"><map><node TEXT=\"a\"/></map>";

    let bombed = import(script, &path, "name=a.xmind", bomb).await;
    let outside = import(script, &path, "name=a.mm", doctype).await;
    let nowhere = import(script, &path, "under=nowhere", PLANS).await;
    let unseen = import(script, &path, "under=nowhere&preview=true", PLANS).await;
    let odd = import(script, &path, "format=pdf", PLANS).await;
    let locked = import(&editor, &path, "name=a.md", PLANS).await;
    let reviewer = scene.server.script(Role::Reviewer).await;

    for refused in [&bombed, &outside, &nowhere, &unseen, &odd] {
        refused.is_refused(422, "invalid");
    }
    assert!(bombed.json["detail"].as_str().unwrap().contains("64 MiB"));
    assert!(
        outside.json["detail"]
            .as_str()
            .unwrap()
            .starts_with("line 1: ")
    );
    assert_eq!(
        (&nowhere.json["field"], &odd.json["field"]),
        (&json!("under"), &json!("format"))
    );
    locked.is_refused(409, "conflict");
    assert!(locked.json["detail"].as_str().unwrap().contains("locked"));
    for client in [&viewer, &reviewer] {
        import(client, &path, "name=a.md", PLANS)
            .await
            .is_refused(403, "forbidden");
    }
    for client in [&viewer, &editor, &reviewer] {
        import(client, &maps, "name=a.md", PLANS)
            .await
            .is_refused(403, "forbidden");
    }
    let large = import(script, &maps, "name=a.md", vec![b'a'; (32 << 20) + 1]).await;
    large.is_refused(413, "too_large");
    let after = script.get(&format!("{path}/history")).await.json;
    assert_eq!(after, before);
}
