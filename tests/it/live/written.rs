//! What the server writes into a map for a facilitator: merged nodes, and changes taken back.

use gapmap::base::id::ParticipantId;
use gapmap::workshop::role::MapRole;
use serde_json::{Value, json};
use yrs::Any;

use super::client::LiveClient;
use super::scene::Scene;
use super::workshop::{done, session};
use crate::pen;

/// A tree as `text(children)`, without what is in the trash.
fn outline(tree: &Value) -> String {
    let children = tree["children"].as_array().unwrap();
    let children: Vec<String> = children.iter().map(outline).collect();
    let text = tree["text"].as_str().unwrap();
    match &children[..] {
        [] => text.to_owned(),
        children => format!("{text}({})", children.join(" ")),
    }
}

async fn tree(scene: &Scene) -> Value {
    let path = format!("{}/tree", scene.path());
    scene.script().get(&path).await.json
}

fn find<'a>(tree: &'a Value, id: &str) -> Option<&'a Value> {
    if tree["id"] == id {
        return Some(tree);
    }
    let mut children = tree["children"].as_array().unwrap().iter();
    children.find_map(|it| find(it, id))
}

/// Both have all that the log has.
async fn level(scene: &Scene, clients: [&mut LiveClient; 2]) {
    let whole = pen::content(&scene.stored().await);
    for client in clients {
        client
            .until("all of it", |it| pen::content(&it.doc) == whole)
            .await;
    }
}

#[tokio::test]
async fn duplicates_become_one_that_keeps_its_words_and_lists_the_others() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let (mut ann, mut lead) = (scene.joined(&guest).await, scene.leader().await);
    let by = guest.id.to_string();
    for (id, parent) in [
        ("a", "root"),
        ("b", "root"),
        ("d", "a"),
        ("c", "b"),
        ("e", "b"),
    ] {
        let node = pen::add_under(&ann.doc, id, parent, &by);
        ann.save(node).await;
    }
    let link = pen::link(&ann.doc, "b");
    ann.save(link).await;
    let path = format!("{}/merge", scene.path());
    let body = json!({ "into": "a", "nodes": ["b", "e", "b"] });
    let seq = scene.seq().await;
    let written = done(&scene, &path, body).await;

    assert_eq!(written, json!({ "seq": seq + 1, "changed": 3 }));
    level(&scene, [&mut ann, &mut lead]).await;
    let tree = tree(&scene).await;
    assert_eq!(outline(&tree), "Drones(a(d c))");
    let merged = find(&tree, "a").unwrap();
    assert_eq!(merged["note"], "– b\n– e");
    assert_eq!(merged["links"].as_array().unwrap().len(), 1);
    let rows = scene
        .server
        .store
        .log_after(scene.map, seq, 9)
        .await
        .unwrap();
    let leads = lead.heard.hello.as_ref().unwrap()["participant"].clone();
    assert_eq!(
        rows[0].row.participant.unwrap().to_string(),
        leads.as_str().unwrap()
    );

    // It is an edit like others: work goes on, also after the map was read from the log again.
    let scene = scene.restarted().await;
    let mut late = scene.joined(&guest).await;
    late.added("f", "and on").await;
    session(&scene, json!({ "state": "closed" })).await;
    let over = json!({ "into": "a", "nodes": ["f"] });
    let late = scene.script().post(&path, over).await;
    late.is_refused(409, "conflict");
}

#[tokio::test]
async fn a_merge_that_makes_no_sense_is_refused_with_its_field() {
    let scene = Scene::new().await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut ann = scene.joined(&guest).await;
    for (id, parent) in [("a", "root"), ("b", "root"), ("d", "a")] {
        let node = pen::add_under(&ann.doc, id, parent, &guest.id.to_string());
        ann.save(node).await;
    }
    let path = format!("{}/merge", scene.path());

    for (field, body) in [
        ("into", json!({ "into": "x", "nodes": ["b"] })),
        ("nodes", json!({ "into": "a", "nodes": ["x"] })),
        ("nodes", json!({ "into": "a", "nodes": ["root"] })),
        ("nodes", json!({ "into": "d", "nodes": ["a"] })),
        ("nodes", json!({ "into": "a", "nodes": ["a"] })),
        ("nodes", json!({ "into": "a", "nodes": [] })),
    ] {
        let reply = scene.script().post(&path, body).await;
        reply.is_refused(422, "invalid");
        assert_eq!(reply.json["field"], field);
    }
    let guests = scene.server.client(Some(&guest.token));
    let body = json!({ "into": "a", "nodes": ["b"] });
    guests.post(&path, body).await.is_refused(403, "forbidden");
}

async fn roll_back(scene: &Scene, who: ParticipantId) -> Value {
    let path = format!("{}/rollback", scene.path());
    done(scene, &path, json!({ "participant": who })).await
}

#[tokio::test]
async fn what_one_guest_did_is_taken_back_and_nothing_else() {
    let scene = Scene::new().await;
    let (one, other) = (
        scene.guest(MapRole::Editor).await,
        scene.guest(MapRole::Editor).await,
    );
    let (mut ann, mut eve) = (scene.joined(&one).await, scene.joined(&other).await);
    let (by_ann, by_eve) = (one.id.to_string(), other.id.to_string());
    for (id, parent) in [
        ("a", "root"),
        ("b", "root"),
        ("c", "b"),
        ("d", "root"),
        ("e", "root"),
    ] {
        let node = pen::add_under(&ann.doc, id, parent, &by_ann);
        ann.save(node).await;
    }
    let note = pen::note(&ann.doc, "e", "what Ann found");
    ann.save(note).await;
    level(&scene, [&mut ann, &mut eve]).await;
    let before = tree(&scene).await;

    // Eve writes over others, moves, deletes, and makes what has to go.
    for edit in [
        pen::write(&eve.doc, "a", " is wrong"),
        pen::write(&eve.doc, "a", ", all wrong"),
        pen::set(&eve.doc, "b", "kind", Any::from("gap")),
        pen::add_under(&eve.doc, "eves", "root", &by_eve),
        pen::put(&eve.doc, "c", "eves"),
        pen::delete(&eve.doc, "d", &by_eve),
        pen::link(&eve.doc, "a"),
        pen::note(&eve.doc, "e", " (nonsense)"),
        pen::remove(&eve.doc, "e"),
    ] {
        eve.save(edit).await;
    }
    level(&scene, [&mut ann, &mut eve]).await;
    assert_eq!(
        outline(&tree(&scene).await),
        "Drones(a is wrong, all wrong b eves(c))"
    );

    let written = roll_back(&scene, other.id).await;

    level(&scene, [&mut ann, &mut eve]).await;
    let after = tree(&scene).await;
    for id in ["a", "b", "c", "d", "e"] {
        let (was, is) = (find(&before, id).unwrap(), find(&after, id).unwrap());
        assert_eq!(was, is, "{id}");
    }
    assert!(find(&after, "eves").is_none());
    assert_eq!(written["changed"], 6);
    let again = roll_back(&scene, other.id).await;
    assert_eq!(again["changed"], 0);
    assert_eq!(again["seq"], written["seq"]);
}

#[tokio::test]
async fn what_others_changed_since_stays_and_what_they_hung_there_moves_up() {
    let scene = Scene::new().await;
    let (one, other) = (
        scene.guest(MapRole::Editor).await,
        scene.guest(MapRole::Editor).await,
    );
    let (mut ann, mut eve) = (scene.joined(&one).await, scene.joined(&other).await);
    let (by_ann, by_eve) = (one.id.to_string(), other.id.to_string());
    let node = pen::add_under(&ann.doc, "a", "root", &by_ann);
    ann.save(node).await;
    level(&scene, [&mut ann, &mut eve]).await;
    for edit in [
        pen::write(&eve.doc, "a", " by Eve"),
        pen::set(&eve.doc, "a", "kind", Any::from("gap")),
        pen::add_under(&eve.doc, "eves", "a", &by_eve),
        pen::add_under(&eve.doc, "eves-2", "eves", &by_eve),
    ] {
        eve.save(edit).await;
    }
    level(&scene, [&mut ann, &mut eve]).await;
    for edit in [
        pen::write(&ann.doc, "a", " and Ann"),
        pen::add_under(&ann.doc, "anns", "eves-2", &by_ann),
    ] {
        ann.save(edit).await;
    }
    level(&scene, [&mut ann, &mut eve]).await;
    let more = pen::add_under(&eve.doc, "eves-last", "anns", &by_eve);
    eve.save(more).await;

    roll_back(&scene, other.id).await;

    level(&scene, [&mut ann, &mut eve]).await;
    let after = tree(&scene).await;
    assert_eq!(outline(&after), "Drones(a by Eve and Ann(anns))");
    assert!(find(&after, "a").unwrap()["kind"].is_null());
    let stranger = json!({ "participant": ParticipantId::new() });
    let path = format!("{}/rollback", scene.path());
    let nobody = scene.script().post(&path, stranger).await;
    nobody.is_refused(404, "not_found");
    let guest = scene.server.client(Some(&other.token));
    let refused = guest.post(&path, json!({ "participant": one.id })).await;
    refused.is_refused(403, "forbidden");
}
