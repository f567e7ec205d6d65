//! `/api/v1/search`

use gapmap::http::Options;
use gapmap::workshop::role::{MapRole, Role};
use serde_json::{Value, json};

use crate::harness::{Database, on_both_databases};
use crate::live::client::LiveClient;
use crate::live::scene::{Guest, Scene};
use crate::pen;
use crate::server::Client;

on_both_databases! {
    words_are_found_in_records_and_nodes_the_best_first,
}

/// What was found, as `kind title`.
fn told(reply: &Value) -> Vec<String> {
    let items = reply["items"].as_array().unwrap().iter();
    let told = items.map(|it| {
        let text = |name: &str| it[name].as_str().unwrap().to_owned();
        format!("{} {}", text("kind"), text("title"))
    });
    told.collect()
}

/// All that is found, asked for one by one.
async fn pages(client: &Client, words: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v1/search?q={words}&limit=1&cursor={cursor}");
        let page = client.get(&path).await.json;
        all.extend(told(&page));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return all,
        }
    }
}

/// Nodes, gaps and evidence that speak of custody.
async fn fill(ann: &mut LiveClient, analyst: &Client) {
    for (id, words) in [("a", "Größe of custody logs"), ("b", "nothing")] {
        ann.added(id, words).await;
    }
    let note = pen::note(&ann.doc, "b", "what we said of custody, long ago");
    ann.save(note).await;
    // Waits until the nodes are there to be found, so that they are the oldest.
    analyst.get("/api/v1/search?q=custody").await;
    for (title, description) in [
        ("Custody", "As it is"),
        (
            "Phones",
            "Every phone needs a custody record, says the court",
        ),
        ("Gone custody", ""),
    ] {
        let gap = json!({ "title": title, "description": description });
        analyst.made("/api/v1/gaps", gap).await;
    }
    let merge = json!({ "into": "GAP-2" });
    analyst.post("/api/v1/gaps/GAP-3/merge", merge).await;
    let evidence = json!({ "target": "gap:GAP-1", "title": "A study", "kind": "official_record",
        "date_checked": "2026-11-01", "fact": "Custody breaks at borders." });
    let made = analyst.post("/api/v1/evidence", evidence).await;
    assert_eq!(made.status, 201, "{}", made.text);
}

async fn words_are_found_in_records_and_nodes_the_best_first(db: Database) {
    let scene = Scene::on(db, Options::default()).await;
    let analyst = scene.server.script(Role::Analyst).await;
    let guest = scene.guest(MapRole::Editor).await;
    let mut ann = scene.joined(&guest).await;
    fill(&mut ann, &analyst).await;

    let all = analyst.get("/api/v1/search?q=CUSTOD").await.json;
    let first = analyst.get("/api/v1/search?q=custody&limit=2").await.json;
    let cursor = first["next"].as_str().unwrap();
    let path = format!("/api/v1/search?q=custody&limit=500&cursor={cursor}");
    let rest = analyst.get(&path).await.json;

    assert_eq!(
        told(&all),
        [
            "gap Custody",
            "node Größe of custody logs",
            "evidence A study",
            "gap Phones",
            "node nothing"
        ]
    );
    assert_eq!([told(&first), told(&rest)].concat(), told(&all));
    assert_eq!(all["items"][0]["handle"], "GAP-1");
    let phones = all["items"][3]["excerpt"].as_str().unwrap();
    assert!(phones.contains("a custody record"), "{phones}");
    assert_eq!(all["items"][4]["node"], "b");
    assert_eq!(all["items"][4]["map"], scene.map.to_string());

    let two = analyst.get("/api/v1/search?q=record+phone").await.json;
    assert_eq!(told(&two), ["gap Phones"]);
    let title = json!({ "title": "A record of calls", "description": "by phone" });
    analyst.made("/api/v1/gaps", title).await;
    analyst
        .made("/api/v1/gaps", json!({ "title": "Phone records" }))
        .await;
    let last = json!({ "title": "Calls", "description": "phone record" });
    analyst.made("/api/v1/gaps", last).await;
    assert_eq!(
        pages(&analyst, "record+phone").await,
        [
            "gap Phone records",
            "gap A record of calls",
            "gap Phones",
            "gap Calls"
        ]
    );

    kinds_and_sessions_narrow_it(&scene, &analyst, &guest).await;
    // What goes to the trash is not found any more.
    let gone = pen::delete(&ann.doc, "a", "somebody");
    ann.save(gone).await;
    let left = analyst.get("/api/v1/search?q=custody&kind=node").await.json;
    assert_eq!(told(&left), ["node nothing"]);
}

/// Kinds, a session, and those who take part in one.
async fn kinds_and_sessions_narrow_it(scene: &Scene, analyst: &Client, guest: &Guest) {
    let kinds = analyst
        .get("/api/v1/search?q=custody&kind=gap&kind=evidence")
        .await;
    assert_eq!(told(&kinds.json).len(), 3);
    let path = format!("/api/v1/search?q=grosse&session={}", scene.session);
    assert_eq!(
        told(&analyst.get(&path).await.json),
        ["node Größe of custody logs"]
    );
    let script = scene.server.client(Some(&guest.token));
    assert_eq!(
        told(&script.get("/api/v1/search?q=custody").await.json).len(),
        2
    );
    let records = script.get("/api/v1/search?q=custody&kind=gap").await;
    records.is_refused(403, "forbidden");
    let elsewhere = scene.server.given_session().await;
    let path = format!("/api/v1/search?q=custody&session={elsewhere}");
    script.get(&path).await.is_refused(403, "forbidden");
    let nobody = scene.server.browser().get("/api/v1/search?q=custody").await;
    nobody.is_refused(401, "unauthenticated");

    for odd in [
        "q=",
        "q=!!",
        "q=a&kind=fit",
        "q=a&limit=0",
        "q=a&session=x",
        "q=a&cursor=x",
    ] {
        let refused = analyst.get(&format!("/api/v1/search?{odd}")).await;
        refused.is_refused(422, "invalid");
    }
}
