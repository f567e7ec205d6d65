//! A silent round: what is written alone, and who reads it.

use std::collections::BTreeSet;
use std::time::Duration;

use gapmap::http::Options;
use gapmap::store::Kind;
use gapmap::workshop::role::{MapRole, Role};
use serde_json::{Value, json};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};

use super::client::LiveClient;
use super::scene::{Guest, Scene};
use super::workshop::{agenda, done, session, state, step};
use crate::harness::{Database, on_both_databases};
use crate::server::Client;

/// Words that are nowhere else.
pub(super) const WORDS: &str = "unspeakablyunspoken";

on_both_databases! {
    hidden_ideas_are_with_their_authors_and_nowhere_else,
    a_person_writes_so_much_and_no_more,
    asking_again_with_the_same_id_writes_nothing_twice,
    ideas_are_written_while_the_round_is_on_by_those_who_take_part,
    what_a_removed_participant_had_hidden_goes_with_them,
}

/// A session in its silent round, and where that round's ideas are.
pub(super) async fn silent(db: Database) -> (Scene, String) {
    let scene = Scene::on(db, Options::default()).await;
    let rounds = json!([
        { "title": "Alone", "method": "silent", "minutes": 10 },
        { "title": "All", "method": "reveal" },
    ]);
    let made = agenda(&scene, rounds).await;
    step(&scene, json!({ "action": "start" })).await;
    let id = made["rounds"][0]["id"].as_str().unwrap();
    (scene, format!("/api/v1/rounds/{id}"))
}

pub(super) fn script(scene: &Scene, guest: &Guest) -> Client {
    scene.server.client(Some(&guest.token))
}

pub(super) fn texts(ideas: &Value) -> Vec<&str> {
    let ideas = ideas["items"].as_array().unwrap();
    ideas
        .iter()
        .map(|it| it["text"].as_str().unwrap())
        .collect()
}

/// The columns of a database that hold these words, as `table.column`.
pub(super) async fn where_are(words: &str, url: &str, kind: Kind) -> BTreeSet<String> {
    let columns = match kind {
        Kind::Sqlite => {
            "SELECT m.name, p.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS p
             WHERE m.type = 'table' AND p.type IN ('TEXT', 'BLOB')"
        }
        Kind::Postgres => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns
             WHERE table_schema = 'public' AND data_type IN ('text', 'bytea')"
        }
    };
    let mut connection = AnyConnection::connect(url).await.unwrap();
    let columns: Vec<(String, String)> = sqlx::query_as(columns)
        .fetch_all(&mut connection)
        .await
        .unwrap();
    assert!(columns.len() > 50, "{columns:?}");
    let mut found = BTreeSet::new();
    for (table, column) in columns {
        let holds = match kind {
            Kind::Sqlite => format!("instr(CAST({column} AS BLOB), CAST('{words}' AS BLOB)) > 0"),
            Kind::Postgres => {
                format!("position('{words}' IN encode({column}::bytea, 'escape')) > 0")
            }
        };
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE {holds}");
        let n: (i64,) = sqlx::query_as(AssertSqlSafe(sql))
            .fetch_one(&mut connection)
            .await
            .unwrap();
        if n.0 != 0 {
            found.insert(format!("{table}.{column}"));
        }
    }
    found
}

/// All that anybody can read of the session, as this client is answered.
async fn everything(scene: &Scene, round: &str, client: &Client) -> String {
    let (map, session) = (scene.path(), scene.session);
    let mut all = String::new();
    for path in [
        format!("{round}/ideas"),
        format!("{round}/votes"),
        map.clone(),
        format!("{map}/tree"),
        format!("{map}/history"),
        format!("{map}/people"),
        format!("/api/v1/maps?session={session}"),
        format!("/api/v1/sessions/{session}"),
        format!("/api/v1/sessions/{session}/rounds"),
        format!("/api/v1/participants?session={session}"),
        "/api/v1/templates".to_owned(),
        "/api/v1/audit".to_owned(),
        "/metrics".to_owned(),
    ] {
        all += &client.get(&path).await.text;
    }
    all
}

/// Whether a client was ever sent these bytes.
fn was_sent(client: &LiveClient, words: &str) -> bool {
    let bytes = client.bytes.as_ref().expect("they are kept");
    let mut windows = bytes.windows(words.len());
    windows.any(|it| it == words.as_bytes())
}

/// The texts of the root's children.
pub(super) async fn branches(scene: &Scene) -> Vec<String> {
    let tree = scene.script().get(&format!("{}/tree", scene.path())).await;
    let children = tree.json["children"].as_array().unwrap().iter();
    children
        .map(|it| it["text"].as_str().unwrap().to_owned())
        .collect()
}

async fn hidden_ideas_are_with_their_authors_and_nowhere_else(db: Database) {
    let url = db.url.clone();
    let (scene, round) = silent(db).await;
    let path = format!("{round}/ideas");
    let (ann, ben) = (
        scene.guest(MapRole::Editor).await,
        scene.guest(MapRole::Editor).await,
    );
    let (mut listening, mut lead) = (scene.joined(&ben).await, scene.leader().await);
    for client in [&mut listening, &mut lead] {
        client.bytes = Some(Vec::new());
    }
    assert_eq!(state(&lead)["silent"]["ideas"], 0);

    let idea = json!({ "text": WORDS, "note": WORDS });
    script(&scene, &ann).made(&path, idea.clone()).await;
    let of_ben = script(&scene, &ben).made(&path, idea).await;
    let of_ben = format!("{path}/{}", of_ben["id"].as_str().unwrap());
    let ann = script(&scene, &ann);
    ann.patch(&of_ben, json!({ "text": "not hers" }))
        .await
        .is_refused(404, "not_found");
    ann.delete(&of_ben).await.is_refused(404, "not_found");

    // Those who lead are told how many, the others nothing, and nobody what.
    lead.until("counts", |it| state(it)["silent"]["ideas"] == 2)
        .await;
    assert_eq!(state(&lead)["silent"]["people"], 2);
    step(&scene, json!({ "action": "extend" })).await;
    let ends = scene.server.now().0 + 660_000;
    for client in [&mut listening, &mut lead] {
        client
            .until("more time", |it| state(it)["round"]["ends"] == ends)
            .await;
        assert!(!was_sent(client, WORDS));
    }
    assert_eq!(state(&listening)["silent"], Value::Null);
    assert_eq!(texts(&ann.get(&path).await.json), [WORDS]);
    let stranger = scene.guest(MapRole::Viewer).await;
    for client in [
        scene.script(),
        scene.server.admin().await,
        scene.server.script(Role::Analyst).await,
        script(&scene, &stranger),
    ] {
        let all = everything(&scene, &round, &client).await;
        assert!(all.contains("Alone") && !all.contains(WORDS), "{all}");
    }
    let nobody = everything(&scene, &round, &scene.server.browser()).await;
    assert!(!nobody.contains(WORDS), "{nobody}");
    let held = ["idea.note", "idea.text"].map(str::to_owned);
    let kind = scene.server.store.kind();
    assert_eq!(where_are(WORDS, &url, kind).await, held.into());
}

#[tokio::test]
async fn what_the_server_counts_tells_nobody_that_somebody_wrote_or_voted() {
    let (scene, silent) = silent(Database::sqlite().await).await;
    scene.leader().await.added("n1", "To vote on").await;
    let ann = script(&scene, &scene.guest(MapRole::Editor).await);
    let counted = async || {
        let text = scene.server.browser().get("/metrics").await.text;
        let lines = text.lines().filter(|it| it.starts_with("gapmap_http"));
        let others = lines.filter(|it| !it.contains("_bucket") && !it.contains("_sum"));
        others.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    // Reading it is counted, once each time.
    let before = counted().await;
    let again = counted().await;
    let of_reading = again.difference(&before).count();

    let path = format!("{silent}/ideas");
    let idea = ann.made(&path, json!({ "text": WORDS })).await;
    let own = format!("{path}/{}", idea["id"].as_str().unwrap());
    ann.patch(&own, json!({ "text": "other words" })).await;
    ann.get(&path).await;
    assert_eq!(ann.delete(&own).await.status, 204);
    let votes = format!("{silent}/votes");
    let gone = ann.put(&votes, json!({ "node": "n1", "n": 1 })).await;
    assert_eq!(gone.status, 409);
    ann.get(&votes).await;
    let after = counted().await;

    assert_eq!(after.difference(&again).count(), of_reading, "{after:?}");
    let count = |it: &BTreeSet<String>| {
        let line = it.iter().find(|it| it.contains("seconds_count")).unwrap();
        line.rsplit(' ').next().unwrap().parse::<u64>().unwrap()
    };
    assert_eq!(count(&after), count(&again) + 1);
}

async fn asking_again_with_the_same_id_writes_nothing_twice(db: Database) {
    let (scene, round) = silent(db).await;
    let path = format!("{round}/ideas");
    let ann = script(&scene, &scene.guest(MapRole::Editor).await);
    let ben = script(&scene, &scene.guest(MapRole::Editor).await);
    let id = uuid::Uuid::new_v4().to_string();
    let idea = json!({ "id": id, "text": "Help lines" });

    let first = ann.made(&path, idea.clone()).await;
    scene.server.pass(Duration::from_millis(1));
    ann.made(&path, json!({ "text": "A later one" })).await;
    let again = ann.made(&path, idea.clone()).await;

    assert_eq!(first["id"], id);
    assert_eq!(first, again);
    let mine = ann.get(&path).await.json;
    assert_eq!(texts(&mine), ["Help lines", "A later one"]);
    ben.post(&path, idea).await.is_refused(409, "conflict");
    let odd = ben.post(&path, json!({ "id": "1", "text": "x" })).await;
    odd.is_refused(422, "invalid");
    assert_eq!(ben.get(&path).await.json["items"], json!([]));
}

async fn a_person_writes_so_much_and_no_more(db: Database) {
    let (scene, round) = silent(db).await;
    let path = format!("{round}/ideas");
    let ann = script(&scene, &scene.guest(MapRole::Editor).await);
    let idea = json!({ "text": "Help lines" });
    ann.made(&path, idea.clone()).await;
    for (field, body) in [
        ("text", json!({ "text": " " })),
        ("text", json!({ "text": "x".repeat(4001) })),
        ("note", json!({ "text": "x", "note": "x".repeat(100_001) })),
        ("text", json!({ "text": "x", "note": "x".repeat(99_995) })),
    ] {
        let reply = ann.post(&path, body).await;
        reply.is_refused(422, "invalid");
        assert_eq!(reply.json["field"], field);
    }
    for _ in 1..200 {
        ann.made(&path, idea.clone()).await;
    }
    ann.post(&path, idea.clone())
        .await
        .is_refused(422, "invalid");
}

async fn ideas_are_written_while_the_round_is_on_by_those_who_take_part(db: Database) {
    let (scene, round) = silent(db).await;
    let path = format!("{round}/ideas");
    let guest = scene.guest(MapRole::Editor).await;
    let ann = script(&scene, &guest);
    let idea = json!({ "text": "Help lines" });
    let made = ann.made(&path, idea.clone()).await;
    let mine = format!("{path}/{}", made["id"].as_str().unwrap());

    let viewer = scene.guest(MapRole::Viewer).await;
    let elsewhere = scene.server.given_session().await;
    let (stranger, _) = scene.server.joined(&elsewhere, "editor").await;
    for client in [&script(&scene, &viewer), &stranger] {
        for reply in [
            client.post(&path, idea.clone()).await,
            client.get(&path).await,
            client.delete(&mine).await,
            client.post(&format!("{round}/reveal"), json!({})).await,
        ] {
            reply.is_refused(403, "forbidden");
        }
    }
    ann.post(&format!("{round}/reveal"), json!({}))
        .await
        .is_refused(403, "forbidden");
    let change = json!({ "text": "Help lines at night" });
    assert_eq!(ann.patch(&mine, change.clone()).await.status, 200);
    step(&scene, json!({ "action": "pause" })).await;
    ann.patch(&mine, change.clone())
        .await
        .is_refused(409, "conflict");
    scene.server.pass(Duration::from_secs(1));
    step(&scene, json!({ "action": "resume" })).await;
    session(&scene, json!({ "state": "paused" })).await;
    ann.delete(&mine).await.is_refused(409, "conflict");
    session(&scene, json!({ "state": "live" })).await;
    assert_eq!(ann.delete(&mine).await.status, 204);
    ann.made(&path, idea.clone()).await;
    step(&scene, json!({ "action": "next" })).await;
    ann.post(&path, idea).await.is_refused(409, "conflict");
    assert_eq!(texts(&ann.get(&path).await.json).len(), 1);

    // The round may be gone back from, and still is not dropped with what it holds.
    step(&scene, json!({ "action": "previous" })).await;
    step(&scene, json!({ "action": "next" })).await;
    let agenda = format!("/api/v1/sessions/{}/rounds", scene.session);
    scene
        .script()
        .put(&agenda, json!({ "rounds": [] }))
        .await
        .is_refused(409, "conflict");
}

async fn what_a_removed_participant_had_hidden_goes_with_them(db: Database) {
    let (scene, round) = silent(db).await;
    let path = format!("{round}/ideas");
    let (ann, ben) = (
        scene.guest(MapRole::Editor).await,
        scene.guest(MapRole::Editor).await,
    );
    for (guest, text) in [(&ann, "rude"), (&ben, "kind")] {
        let idea = json!({ "text": text });
        script(&scene, guest).made(&path, idea).await;
    }
    let mut lead = scene.leader().await;

    let removed = format!("/api/v1/participants/{}", ann.id);
    assert_eq!(scene.script().delete(&removed).await.status, 204);
    lead.until("one left", |it| state(it)["silent"]["ideas"] == 1)
        .await;
    done(&scene, &format!("{round}/reveal"), json!({})).await;

    assert_eq!(branches(&scene).await, ["kind"]);
}
