//! `/api/v1/maps`

use gapmap::http::Options;
use gapmap::workshop::role::{MapRole, Role};
use reqwest::Method;
use serde_json::{Value, json};
use yrs::Any;

use crate::harness::{Database, on_both_databases};
use crate::live::scene::Scene;
use crate::pen;
use crate::server::Client;

const MAPS: &str = "/api/v1/maps";

on_both_databases! {
    a_new_map_is_open_and_blank_and_its_address_is_told,
    a_sessions_maps_are_listed_page_by_page_and_found_by_title,
    whoever_reads_a_map_is_told_who_they_are_in_it,
    a_rename_from_an_older_version_is_refused_in_header_and_body,
    a_map_is_locked_opened_and_archived_and_stays_readable,
    the_tree_is_what_everybody_sees_without_the_trash,
    history_names_pseudonyms_newest_first_page_by_page,
    everybody_may_what_the_table_says,
    a_participant_of_another_session_is_kept_out,
    what_makes_no_sense_is_refused_with_its_field,
    a_map_that_is_not_there_is_not_found,
}

async fn scene(db: Database) -> Scene {
    Scene::on(db, Options::default()).await
}

async fn a_new_map_is_open_and_blank_and_its_address_is_told(db: Database) {
    let scene = scene(db).await;
    let script = scene.script();
    let body = json!({ "session": scene.session, "title": "  Borders 🛂 " });

    let made = script.post(MAPS, body).await;

    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.json["title"], "Borders 🛂");
    assert_eq!(made.json["session"], scene.session.to_string());
    let state = ["state", "epoch", "version"].map(|it| made.json[it].clone());
    assert_eq!(state, [json!("open"), json!(1), json!(1)]);
    assert_eq!(made.json["created_at"], made.json["changed_at"]);
    let path = made.header("location");
    assert_eq!(
        path,
        format!("{MAPS}/{}", made.json["id"].as_str().unwrap())
    );
    let mut shown = script.get(path).await.json;
    assert!(shown["me"].take().is_object());
    shown.as_object_mut().unwrap().remove("me");
    assert_eq!(shown, made.json);
    let tree = script.get(&format!("{path}/tree")).await.json;
    assert_eq!(
        (&tree["id"], &tree["text"]),
        (&json!("root"), &json!("Borders 🛂"))
    );
    assert_eq!(tree["children"], json!([]));
}

async fn titles(script: &Client, path: &str) -> (Vec<String>, Value) {
    let reply = script.get(path).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let items = reply.json["items"].as_array().unwrap().iter();
    let titles = items.map(|it| it["title"].as_str().unwrap().to_owned());
    (titles.collect(), reply.json["next"].clone())
}

async fn a_sessions_maps_are_listed_page_by_page_and_found_by_title(db: Database) {
    let scene = scene(db).await;
    let script = scene.script();
    let body = json!({ "title": "Another", "groups": [] });
    let other = script.made("/api/v1/sessions", body).await["id"].clone();
    for (session, title) in [
        (json!(scene.session), "Borders"),
        (other, "Elsewhere"),
        (json!(scene.session), "100%"),
    ] {
        let body = json!({ "session": session, "title": title });
        script.made(MAPS, body).await;
    }
    let list = format!("{MAPS}?session={}", scene.session);

    let (first, next) = titles(&script, &format!("{list}&limit=2")).await;
    let cursor = next.as_str().unwrap();
    let (second, end) = titles(&script, &format!("{list}&limit=2&cursor={cursor}")).await;

    assert_eq!(first, ["100%", "Borders"]);
    assert_eq!(second, ["Drones"]);
    assert!(end.is_null());
    assert_eq!(
        titles(&script, &format!("{list}&q=bORD")).await.0,
        ["Borders"]
    );
    assert_eq!(titles(&script, &format!("{list}&q=%25")).await.0, ["100%"]);
    for (query, status) in [
        ("", 400),
        ("?session=drones", 400),
        (&format!("{}&limit=0", &list[MAPS.len()..]), 422),
    ] {
        let odd = script.get(&format!("{MAPS}{query}")).await;
        odd.is_refused(status, "invalid");
    }
}

async fn whoever_reads_a_map_is_told_who_they_are_in_it(db: Database) {
    let scene = scene(db).await;
    let guest = scene.guest(MapRole::Editor).await;
    let participant = scene.server.client(Some(&guest.token));
    let mut told = vec![(participant, "editor")];
    for (role, on_map) in [
        (Role::Admin, "facilitator"),
        (Role::Facilitator, "facilitator"),
        (Role::Analyst, "editor"),
        (Role::Reviewer, "viewer"),
    ] {
        told.push((scene.server.script(role).await, on_map));
    }

    for (client, role) in &told {
        let first = client.get(&scene.path()).await.json["me"].clone();
        let again = client.get(&scene.path()).await.json["me"].clone();
        assert_eq!(first["role"], *role);
        assert!(!first["pseudonym"].as_str().unwrap().is_empty());
        assert_eq!(first, again);
    }
    let me = told[0].0.get(&scene.path()).await.json["me"].clone();
    assert_eq!(me["participant"], guest.id.to_string());
    assert_eq!(me["pseudonym"], guest.pseudonym);
    let session = format!("/api/v1/sessions/{}", scene.session);
    scene
        .script()
        .patch(&session, json!({ "state": "closed" }))
        .await;
    let me = told[0].0.get(&scene.path()).await.json["me"].clone();
    assert_eq!(me["role"], "viewer");
}

async fn a_rename_from_an_older_version_is_refused_in_header_and_body(db: Database) {
    let scene = scene(db).await;
    let (script, path) = (scene.script(), scene.path());
    let change = |title: &str| Some(json!({ "title": title }));
    let with = async |version: &str, body| {
        let headers = [("if-match", version)];
        script.send(Method::PATCH, &path, &headers, body).await
    };

    let first = with("\"1\"", change("Drones over crowds")).await;
    let second = with("\"2\"", change("Drones and crowds")).await;

    assert_eq!((first.status, &first.json["version"]), (200, &json!(2)));
    assert_eq!((second.status, &second.json["version"]), (200, &json!(3)));
    with("\"2\"", change("late")).await.is_refused(412, "stale");
    let late = json!({ "title": "late", "version": 2 });
    script.patch(&path, late).await.is_refused(412, "stale");
    with("soon", change("x")).await.is_refused(400, "invalid");
    let kept = script.get(&path).await.json;
    assert_eq!(
        (&kept["title"], &kept["version"]),
        (&json!("Drones and crowds"), &json!(3))
    );
    assert_eq!(with("*", change("Drones")).await.json["version"], 4);
}

async fn a_map_is_locked_opened_and_archived_and_stays_readable(db: Database) {
    let scene = scene(db).await;
    let (script, path) = (scene.script(), scene.path());
    let guest = scene.guest(MapRole::Viewer).await;
    let viewer = scene.server.client(Some(&guest.token));

    for state in ["locked", "open", "archived", "open"] {
        let changed = script.patch(&path, json!({ "state": state })).await;
        assert_eq!(
            (changed.status, &changed.json["state"]),
            (200, &json!(state))
        );
        assert_eq!(changed.json["title"], "Drones");
        assert_eq!(viewer.get(&path).await.json["state"], state);
        assert_eq!(viewer.get(&format!("{path}/tree")).await.status, 200);
    }
}

async fn the_tree_is_what_everybody_sees_without_the_trash(db: Database) {
    let scene = scene(db).await;
    let mut ann = scene.editor().await;
    ann.added("n1", "Help lines").await;
    ann.added("n2", "Chat").await;
    ann.added("n3", "Gone").await;
    let place = yrs::any!({ "parent": "n1", "order": "a0", "clock": 2 });
    for edit in [
        pen::set(&ann.doc, "n1", "kind", Any::from("gap")),
        pen::note(&ann.doc, "n1", "At night, nobody \"answers\""),
        pen::set(&ann.doc, "n2", "place", place),
        pen::delete(&ann.doc, "n3", "somebody"),
    ] {
        ann.save(edit).await;
    }

    let reply = scene.script().get(&format!("{}/tree", scene.path())).await;

    assert_eq!(reply.header("content-type"), "application/json");
    let node = |id: &str, text: &str, kind: Value, note: &str, children: Value| {
        json!({ "id": id, "text": text, "kind": kind, "note": note, "links": [], "votes": 0,
                "children": children })
    };
    let chat = node("n2", "Chat", Value::Null, "", json!([]));
    let note = "At night, nobody \"answers\"";
    let help = node("n1", "Help lines", json!("gap"), note, json!([chat]));
    assert_eq!(
        reply.json,
        node("root", "Drones", Value::Null, "", json!([help]))
    );
}

async fn history_names_pseudonyms_newest_first_page_by_page(db: Database) {
    let scene = scene(db).await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut ann = scene.joined(&guest).await;
    ann.added("n1", "one").await;
    ann.added("n2", "two").await;
    let (script, history) = (scene.script(), format!("{}/history", scene.path()));

    let page = script.get(&format!("{history}?limit=2")).await.json;
    let cursor = page["next"].as_str().unwrap();
    let rest = script
        .get(&format!("{history}?limit=2&cursor={cursor}"))
        .await;

    let rows = page["items"].as_array().unwrap();
    assert_eq!(
        (rows.len(), &rows[0]["seq"], &rows[1]["seq"]),
        (2, &json!(3), &json!(2))
    );
    for row in rows {
        let who = [&row["kind"], &row["participant"], &row["pseudonym"]];
        let wanted = [json!("edit"), json!(guest.id), json!(guest.pseudonym)];
        assert_eq!(who.map(Value::clone), wanted);
        assert!(0 < row["bytes"].as_i64().unwrap());
    }
    let first = &rest.json["items"][0];
    assert_eq!(
        (&first["seq"], &first["kind"]),
        (&json!(1), &json!("genesis"))
    );
    assert!(first["participant"].is_null() && first["pseudonym"].is_null());
    assert!(rest.json["next"].is_null(), "{}", rest.text);
    let odd = script.get(&format!("{history}?cursor=yesterday")).await;
    odd.is_refused(422, "invalid");
    assert_eq!(odd.json["field"], "cursor");
}

async fn everybody_may_what_the_table_says(db: Database) {
    let scene = scene(db).await;
    let mut leaders = vec![scene.script(), scene.server.script(Role::Admin).await];
    let mut readers = Vec::new();
    for role in [Role::Analyst, Role::Reviewer] {
        readers.push(scene.server.script(role).await);
    }
    for role in [MapRole::Editor, MapRole::Viewer] {
        let guest = scene.guest(role).await;
        readers.push(scene.server.client(Some(&guest.token)));
    }
    leaders.push(scene.server.signed_in(Role::Facilitator).await);
    let path = scene.path();
    let list = format!("{MAPS}?session={}", scene.session);
    let reads = [
        list,
        path.clone(),
        format!("{path}/tree"),
        format!("{path}/history"),
    ];
    let map = json!({ "session": scene.session, "title": "Borders" });
    let purge = format!("{path}/purge");
    let writes = [
        (Method::POST, MAPS, map, 201),
        (Method::PATCH, &*path, json!({ "title": "Drones" }), 200),
        (Method::POST, &*purge, json!({}), 200),
    ];

    for client in leaders.iter().chain(&readers) {
        for path in &reads {
            let reply = client.get(path).await;
            assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        }
    }
    for (method, path, body, status) in &writes {
        let send = async |client: &Client| {
            client
                .send(method.clone(), path, &[], Some(body.clone()))
                .await
        };
        for client in &leaders {
            assert_eq!(send(client).await.status, *status, "{path}");
        }
        for client in &readers {
            send(client).await.is_refused(403, "forbidden");
        }
        send(&scene.server.browser())
            .await
            .is_refused(401, "unauthenticated");
    }
    for path in &reads {
        let nobody = scene.server.browser().get(path).await;
        nobody.is_refused(401, "unauthenticated");
    }
}

async fn a_participant_of_another_session_is_kept_out(db: Database) {
    let scene = scene(db).await;
    let elsewhere = scene.server.given_session().await;
    let (stranger, _) = scene.server.joined(&elsewhere, "editor").await;
    let path = scene.path();

    for path in [
        format!("{MAPS}?session={}", scene.session),
        path.clone(),
        format!("{path}/tree"),
        format!("{path}/history"),
    ] {
        stranger.get(&path).await.is_refused(403, "forbidden");
    }
}

async fn what_makes_no_sense_is_refused_with_its_field(db: Database) {
    let scene = scene(db).await;
    let (script, path) = (scene.script(), scene.path());
    let long = "x".repeat(201);

    for title in ["", " \n ", &long] {
        let made = script
            .post(MAPS, json!({ "session": scene.session, "title": title }))
            .await;
        let renamed = script.patch(&path, json!({ "title": title })).await;
        for reply in [made, renamed] {
            reply.is_refused(422, "invalid");
            assert_eq!(reply.json["field"], "title");
        }
    }
    let state = script.patch(&path, json!({ "state": "ajar" })).await;
    state.is_refused(422, "invalid");
    assert_eq!(state.json["field"], "state");
    for body in [
        json!({}),
        json!({ "title": "x" }),
        json!({ "session": "drones", "title": "x" }),
        json!({ "session": scene.session, "title": 1 }),
        json!({ "session": scene.session, "title": "x", "epoch": 2 }),
    ] {
        script.post(MAPS, body).await.is_refused(422, "invalid");
    }
    script
        .patch(&path, json!({ "epoch": 2 }))
        .await
        .is_refused(422, "invalid");
    assert_eq!(script.get(&path).await.json["version"], 1);
}

async fn a_map_that_is_not_there_is_not_found(db: Database) {
    let scene = scene(db).await;
    let script = scene.script();

    for id in [uuid::Uuid::now_v7().to_string(), "drones".to_owned()] {
        let path = format!("{MAPS}/{id}");
        for path in [
            path.clone(),
            format!("{path}/tree"),
            format!("{path}/history"),
        ] {
            script.get(&path).await.is_refused(404, "not_found");
        }
        let changed = script.patch(&path, json!({})).await;
        changed.is_refused(404, "not_found");
        let purged = script.post(&format!("{path}/purge"), json!({})).await;
        purged.is_refused(404, "not_found");
    }
    let nowhere = uuid::Uuid::now_v7();
    for list in ["maps", "invites", "participants"] {
        let list = format!("/api/v1/{list}?session={nowhere}");
        script.get(&list).await.is_refused(404, "not_found");
    }
    let body = json!({ "session": nowhere, "title": "x" });
    script.post(MAPS, body).await.is_refused(404, "not_found");
}
