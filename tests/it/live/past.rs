//! A map after the fact: played again, who wrote what, compared, brought back, and signed off.

use gapmap::http::Options;
use gapmap::workshop::role::MapRole;
use serde_json::{Value, json};
use yrs::Any;

use super::client::LiveClient;
use super::scene::{Guest, Scene};
use super::workshop::{done, session};
use crate::harness::{Database, on_both_databases};
use crate::pen;

on_both_databases! {
    played_again_a_log_makes_the_map_page_by_page,
    each_node_has_its_authors_as_the_server_vouches,
    names_are_shown_to_whom_the_session_shows_them,
    two_times_of_a_map_are_compared_node_by_node,
    a_branch_comes_back_as_it_was_and_nothing_is_there_twice,
    what_lost_its_parent_comes_back_under_the_next_above,
    a_closed_session_leaves_its_maps_signed_off_and_frozen,
}

/// A map with `a(b(c)) d`, made by one guest.
async fn given(db: Database) -> (Scene, Guest, LiveClient) {
    let scene = Scene::on(db, Options::default()).await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut ann = scene.joined(&guest).await;
    let by = guest.id.to_string();
    for (id, parent) in [("a", "root"), ("b", "a"), ("c", "b"), ("d", "root")] {
        let node = pen::add_under(&ann.doc, id, parent, &by);
        ann.save(node).await;
    }
    (scene, guest, ann)
}

async fn read(scene: &Scene, path: &str) -> Value {
    let reply = scene.script().get(&format!("{}{path}", scene.path())).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json
}

pub(crate) fn base64(text: &Value) -> Vec<u8> {
    use base64::Engine;
    let text = text.as_str().unwrap();
    base64::engine::general_purpose::STANDARD
        .decode(text)
        .unwrap()
}

/// A tree as `text(children)`.
fn outline(tree: &Value) -> String {
    let children = tree["children"].as_array().unwrap();
    let children: Vec<String> = children.iter().map(outline).collect();
    let text = tree["text"].as_str().unwrap();
    match &children[..] {
        [] => text.to_owned(),
        children => format!("{text}({})", children.join(" ")),
    }
}

async fn shown(scene: &Scene) -> String {
    outline(&read(scene, "/tree").await)
}

async fn played_again_a_log_makes_the_map_page_by_page(db: Database) {
    let (scene, guest, _ann) = given(db).await;
    let doc = pen::blank();
    let mut from = Value::from(1);
    let mut seqs = Vec::new();

    while !from.is_null() {
        let page = read(&scene, &format!("/replay?from={from}&limit=2")).await;
        for item in page["items"].as_array().unwrap() {
            pen::apply(&doc, &base64(&item["update"]));
            seqs.push(item["seq"].as_u64().unwrap());
            let by = if item["genesis"] == true {
                Value::Null
            } else {
                json!(guest.id)
            };
            assert_eq!(item["participant"], by);
        }
        assert_eq!(page["epoch"], 1);
        from = page["next"].clone();
    }

    assert_eq!(seqs, [1, 2, 3, 4, 5]);
    assert_eq!(pen::content(&doc), pen::content(&scene.stored().await));
    let beyond = read(&scene, "/replay?from=6").await;
    assert_eq!(beyond["items"], json!([]));
    let viewer = scene.guest(MapRole::Viewer).await;
    let viewer = scene.server.client(Some(&viewer.token));
    let path = format!("{}/replay", scene.path());
    assert_eq!(viewer.get(&path).await.status, 200);
    let nobody = scene.server.browser().get(&path).await;
    nobody.is_refused(401, "unauthenticated");
    // What was purged is not played again.
    done(&scene, &format!("{}/purge", scene.path()), json!({})).await;
    let anew = read(&scene, "/replay").await;
    assert_eq!(anew["epoch"], 2);
    assert_eq!(anew["items"].as_array().unwrap().len(), 1);
}

async fn each_node_has_its_authors_as_the_server_vouches(db: Database) {
    let (scene, ann_is, _ann) = given(db).await;
    let eve_is = scene.guest(MapRole::Editor).await;
    let mut eve = scene.joined(&eve_is).await;
    for edit in [
        pen::write(&eve.doc, "a", " is"),
        pen::write(&eve.doc, "a", " wrong"),
        pen::put(&eve.doc, "c", "root"),
        pen::delete(&eve.doc, "d", "somebody-else"),
    ] {
        eve.save(edit).await;
    }

    let all = read(&scene, "/authors").await;
    let one = read(&scene, "/authors?node=a").await;

    let of = |node: &str| {
        let items = all["items"].as_array().unwrap();
        items.iter().find(|it| it["node"] == node).unwrap().clone()
    };
    for (node, what) in [("a", "text"), ("c", "moved"), ("d", "deleted")] {
        let told = of(node);
        assert_eq!(told["made"]["participant"], json!(ann_is.id), "{node}");
        assert_eq!(told["changed"]["participant"], json!(eve_is.id), "{node}");
        assert_eq!(told["changed"]["what"], what);
        assert!(told.get("history").is_none());
    }
    assert!(of("b")["changed"].is_null());
    assert!(of("root")["made"]["participant"].is_null());
    let deeds = one["items"][0]["history"].as_array().unwrap();
    let deeds: Vec<&Value> = deeds.iter().map(|it| &it["what"]).collect();
    assert_eq!(deeds, ["made", "text"]);
    assert_eq!(one["items"][0]["history"][1]["seq"], 7);
    // What is known already is brought up to what came since.
    let edit = pen::set(&eve.doc, "b", "kind", Any::from("gap"));
    eve.save(edit).await;
    let again = read(&scene, "/authors?node=b").await;
    assert_eq!(again["items"][0]["changed"]["what"], "kind");
}

async fn names_are_shown_to_whom_the_session_shows_them(db: Database) {
    let (scene, ann_is, _ann) = given(db).await;
    let eve_is = scene.guest(MapRole::Editor).await;
    let (ann, eve) = (
        scene.server.client(Some(&ann_is.token)),
        scene.server.client(Some(&eve_is.token)),
    );
    let lead = scene.script();
    for (level, by_ann, by_eve, by_lead) in [
        ("all", true, true, true),
        ("facilitators", true, false, true),
        ("none", true, false, false),
    ] {
        session(&scene, json!({ "anonymity": level })).await;
        for (client, sees) in [(&ann, by_ann), (&eve, by_eve), (&lead, by_lead)] {
            let wanted = if sees { json!(ann_is.id) } else { Value::Null };
            let replay = client.get(&format!("{}/replay?from=2", scene.path())).await;
            assert_eq!(replay.json["items"][0]["participant"], wanted, "{level}");
            let authors = client
                .get(&format!("{}/authors?node=a", scene.path()))
                .await;
            let made = &authors.json["items"][0]["made"];
            assert_eq!(made["participant"], wanted, "{level}");
            // Neither who wrote nor who took part is told by id where it is not told by name.
            for path in ["history", "people"] {
                let told = client.get(&format!("{}/{path}", scene.path())).await;
                assert_eq!(told.status, 200, "{}", told.text);
                let has = |it: &str| told.text.contains(it);
                let (id, name) = (ann_is.id.to_string(), &ann_is.pseudonym);
                assert_eq!((has(&id), has(name)), (sees, sees), "{level} {path}");
            }
        }
    }
}

async fn two_times_of_a_map_are_compared_node_by_node(db: Database) {
    let (scene, guest, mut ann) = given(db).await;
    let path = scene.path();
    let checkpoints = format!("{path}/checkpoints");
    let made = done(&scene, &checkpoints, json!({ "title": "Before lunch" })).await;
    assert!(made["signed"].is_null());
    let checkpoint = made["id"].as_str().unwrap();
    for edit in [
        pen::write(&ann.doc, "a", "lpha"),
        pen::put(&ann.doc, "c", "root"),
        pen::delete(&ann.doc, "d", &guest.id.to_string()),
        pen::add_under(&ann.doc, "e", "b", &guest.id.to_string()),
    ] {
        ann.save(edit).await;
    }

    let told = read(&scene, &format!("/compare?from={checkpoint}")).await;

    assert_eq!((&told["from"], &told["to"]), (&json!(5), &json!(9)));
    let of = |node: &str| {
        let items = told["items"].as_array().unwrap();
        items.iter().find(|it| it["node"] == node).unwrap().clone()
    };
    assert_eq!(told["items"].as_array().unwrap().len(), 4);
    let text = json!({ "before": "a", "after": "alpha" });
    assert_eq!(
        (&of("a")["what"], &of("a")["text"]),
        (&json!("changed"), &text)
    );
    assert_eq!(of("c")["moved_from"], json!(["Drones", "a", "b"]));
    assert_eq!(of("c")["path"], json!(["Drones"]));
    assert_eq!(
        (&of("d")["what"], &of("d")["words"]),
        (&json!("deleted"), &json!("d"))
    );
    assert_eq!(of("e")["what"], "added");
    assert_eq!(of("e")["path"], json!(["Drones", "alpha", "b"]));
    let same = read(&scene, "/compare?from=9&to=9").await;
    assert_eq!(same["items"], json!([]));
    for (query, field) in [
        ("from=x", "from"),
        ("from=1&to=99", "to"),
        ("from=0", "from"),
    ] {
        let odd = scene.script().get(&format!("{path}/compare?{query}")).await;
        odd.is_refused(422, "invalid");
        assert_eq!(odd.json["field"], field);
    }
}

async fn a_branch_comes_back_as_it_was_and_nothing_is_there_twice(db: Database) {
    let (scene, guest, mut ann) = given(db).await;
    let by = guest.id.to_string();
    let link = pen::link(&ann.doc, "b");
    ann.save(link).await;
    let before = read(&scene, "/tree").await;
    let then = scene.seq().await;
    // Rewritten, moved out, taken out altogether, and gone to the trash with all that is in it.
    for edit in [
        pen::write(&ann.doc, "b", " rewritten"),
        pen::note(&ann.doc, "b", "a note"),
        pen::set(&ann.doc, "b", "kind", Any::from("gap")),
        pen::link(&ann.doc, "b"),
        pen::put(&ann.doc, "c", "d"),
        pen::add_under(&ann.doc, "new", "b", &by),
        pen::remove(&ann.doc, "b"),
        pen::add_under(&ann.doc, "since", "a", &by),
        pen::delete(&ann.doc, "a", &by),
    ] {
        ann.save(edit).await;
    }
    assert_eq!(shown(&scene).await, "Drones(d(c) new)");
    let restore = format!("{}/restore", scene.path());

    let written = done(&scene, &restore, json!({ "node": "a", "seq": then })).await;

    assert_eq!(written["changed"], 3);
    assert_eq!(shown(&scene).await, "Drones(a(b(c new) since) d)");
    ann.until("the branch", |it| {
        pen::text(&it.doc, "b").as_deref() == Some("b")
    })
    .await;
    let after = read(&scene, "/tree").await;
    let b = |tree: &Value| tree["children"][0]["children"][0].clone();
    for field in ["text", "note", "kind", "links"] {
        assert_eq!(b(&before)[field], b(&after)[field], "{field}");
    }
    // Once more there is nothing to do.
    let again = done(&scene, &restore, json!({ "node": "a", "seq": then })).await;
    assert_eq!(again, json!({ "seq": written["seq"], "changed": 0 }));

    let guests = scene.server.client(Some(&guest.token));
    let body = json!({ "node": "a", "seq": then });
    guests
        .post(&restore, body)
        .await
        .is_refused(403, "forbidden");
    for (body, field) in [
        (json!({ "node": "nothing", "seq": then }), "node"),
        (json!({ "node": "a", "seq": 1 }), "node"),
        (json!({ "node": "a", "seq": 99 }), "seq"),
        (json!({ "node": "a" }), "seq"),
    ] {
        let odd = scene.script().post(&restore, body).await;
        odd.is_refused(422, "invalid");
        assert_eq!(odd.json["field"], field);
    }
}

async fn what_lost_its_parent_comes_back_under_the_next_above(db: Database) {
    let (scene, guest, mut ann) = given(db).await;
    let by = guest.id.to_string();
    let then = scene.seq().await;
    let restore = format!("{}/restore", scene.path());
    // c under a, though b, where it hung, hangs under c by now.
    for edit in [pen::put(&ann.doc, "c", "a"), pen::put(&ann.doc, "b", "c")] {
        ann.save(edit).await;
    }
    assert_eq!(shown(&scene).await, "Drones(a(c(b)) d)");

    done(&scene, &restore, json!({ "node": "c", "seq": then })).await;

    assert_eq!(shown(&scene).await, "Drones(a(c(b)) d)");
    let edit = pen::delete(&ann.doc, "a", &by);
    ann.save(edit).await;
    done(&scene, &restore, json!({ "node": "b", "seq": then })).await;
    assert_eq!(shown(&scene).await, "Drones(d b(c))");
}

async fn a_closed_session_leaves_its_maps_signed_off_and_frozen(db: Database) {
    let (scene, guest, mut ann) = given(db).await;
    let viewer = scene.guest(MapRole::Viewer).await;
    let edit = pen::write(&ann.doc, "a", "lpha");
    ann.save(edit).await;
    let head = scene.server.store.head(scene.map).await.unwrap();
    let mut lead = scene.leader().await;

    session(&scene, json!({ "state": "closed" })).await;
    session(&scene, json!({ "title": "Drones, over" })).await;

    let checkpoints = read(&scene, "/checkpoints").await;
    let [closed] = &checkpoints["items"].as_array().unwrap()[..] else {
        panic!("one checkpoint: {checkpoints}");
    };
    assert_eq!(
        (&closed["title"], &closed["seq"]),
        (&json!("Closed"), &json!(6))
    );
    let hex: String = head.hash.iter().map(|it| format!("{it:02x}")).collect();
    assert_eq!(closed["signed"]["log"], hex);
    assert_eq!(closed["signed"]["state"].as_str().unwrap().len(), 64);
    // Nobody writes, the facilitator neither; who may look may look.
    for client in [&mut ann, &mut lead] {
        let late = pen::write(&client.doc, "a", " late");
        let frame = client.edit(late).await;
        client
            .until("a refusal", |it| it.was_refused(frame, "locked"))
            .await;
    }
    let mut looking = scene.joined(&viewer).await;
    looking
        .until("the words", |it| {
            pen::text(&it.doc, "a").as_deref() == Some("alpha")
        })
        .await;
    assert_eq!(scene.seq().await, 6);
    let restore = format!("{}/restore", scene.path());
    let body = json!({ "node": "a", "seq": 3 });
    let frozen = scene.script().post(&restore, body).await;
    assert_eq!(frozen.status, 409, "{}", frozen.text);

    // Participants do not open it again; a facilitator does, and that is on record.
    let session_path = format!("/api/v1/sessions/{}", scene.session);
    let live = json!({ "state": "live" });
    let guests = scene.server.client(Some(&guest.token));
    let refused = guests.patch(&session_path, live.clone()).await;
    refused.is_refused(403, "forbidden");
    session(&scene, live).await;
    let mut ann = scene.joined(&guest).await;
    ann.added("z", "again").await;
    session(&scene, json!({ "state": "closed" })).await;
    let twice = read(&scene, "/checkpoints").await;
    let twice = twice["items"].as_array().unwrap();
    assert_eq!((twice.len(), &twice[0]["seq"]), (2, &json!(7)));
    let actions = audited(&scene).await;
    let wanted = ["session.close", "map.sign_off", "session.change"];
    let wanted = [
        &wanted[..],
        &["session.reopen", "session.close", "map.sign_off"],
    ]
    .concat();
    assert_eq!(actions, wanted);
}

/// What the audit says happened since the first close, the oldest first.
async fn audited(scene: &Scene) -> Vec<String> {
    use gapmap::workshop::role::Role;
    let admin = scene.server.script(Role::Admin).await;
    let events = admin.get("/api/v1/audit?limit=100").await.json;
    let events = events["items"].as_array().unwrap().iter().rev();
    let actions = events.map(|it| it["action"].as_str().unwrap().to_owned());
    let ours = [
        "session.close",
        "session.reopen",
        "session.change",
        "map.sign_off",
    ];
    actions.filter(|it| ours.contains(&&**it)).collect()
}
