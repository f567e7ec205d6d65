//! What the server writes into a map itself, asked of one that has not got the map.

use serde_json::{Value, json};

use super::servers::Cluster;
use crate::live::client::LiveClient;
use crate::pen;
use crate::server::Client;

const PLANS: &str = "# Plans\n\n## One\n\n## Two\n";

/// Everybody at both servers comes to see this.
async fn all_see(
    clients: &mut [&mut LiveClient],
    what: &str,
    holds: impl Fn(&LiveClient) -> bool + Sync + Send,
) {
    for client in clients {
        client.until(what, &holds).await;
    }
}

fn words(doc: &yrs::Doc, id: &str) -> String {
    pen::text(doc, id).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn merging_restoring_importing_and_linking_work_at_every_server() {
    let cluster = Cluster::of(2).await;
    let (mut ann, mut ben) = (cluster.leader(0).await, cluster.leader(1).await);
    for id in ["a", "b", "c"] {
        ann.added(id, id).await;
    }
    let seq = ann.heard.seq;
    let mut both = [&mut ann, &mut ben];
    all_see(&mut both, "three nodes", |it| pen::has(&it.doc, "c")).await;

    // Each at the server that the last one was not asked of, so that the map goes to and fro.
    let merge = json!({ "into": "a", "nodes": ["b"] });
    let merged = cluster.does(1, &cluster.of_map("/merge"), merge).await;
    assert_eq!(merged["seq"], seq + 1);
    all_see(&mut both, "the merge", |it| pen::is_deleted(&it.doc, "b")).await;
    let more = pen::write(&both[0].doc, "a", " and more");
    both[0].save(more).await;
    let restore = json!({ "node": "b", "seq": seq });
    cluster.does(0, &cluster.of_map("/restore"), restore).await;
    all_see(&mut both, "it back", |it| !pen::is_deleted(&it.doc, "b")).await;
    let more = pen::write(&both[1].doc, "b", " and more");
    both[1].save(more).await;
    let import = cluster.of_map("/import?name=plans.md&under=root");
    let octets = "application/octet-stream";
    let imported = cluster.script(1).post_raw(&import, octets, PLANS).await;
    assert_eq!(imported.status, 200, "{}", imported.text);
    let top = imported.json["tops"][0].as_str().unwrap().to_owned();
    all_see(&mut both, "the plans", |it| pen::has(&it.doc, &top)).await;
    let path = cluster.of_map("/nodes/c/gap");
    let gap = cluster.does(0, &path, json!({})).await;
    let target = gap["target"].as_str().unwrap().to_owned();
    all_see(&mut both, "the link", |it| {
        pen::links(&it.doc, "c") == [target.clone()]
    })
    .await;

    for client in &both {
        assert!(client.heard.closed.is_none() && client.heard.nacks.is_empty());
    }
    let doc = cluster.is_level(&mut both).await;
    assert_eq!(words(&doc, "a"), "a and more");
    assert_eq!(words(&doc, "b"), "b and more");
}

/// What somebody wrote, taken out of the map for good at a server that has not got it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purge_at_one_server_begins_a_new_history_at_all() {
    let cluster = Cluster::of(2).await;
    let (mut ann, mut ben) = (cluster.leader(0).await, cluster.leader(1).await);
    ann.added("stays", "stays").await;
    ann.added("goes", "to be forgotten").await;
    ben.until("both", |it| pen::has(&it.doc, "goes")).await;
    let gone = pen::delete(&ben.doc, "goes", "somebody");
    ben.save(gone).await;

    let purge = cluster.of_map("/purge");
    let purged = cluster.does(1, &purge, json!({})).await;

    assert_eq!(purged["epoch"], 2);
    for client in [&mut ann, &mut ben] {
        assert_eq!(client.until_closed().await, 4409);
    }
    let (mut ann, mut ben) = (cluster.leader(0).await, cluster.leader(1).await);
    for client in [&ann, &ben] {
        assert_eq!(client.heard.hello.as_ref().unwrap()["epoch"], 2);
        assert!(pen::has(&client.doc, "stays") && !pen::has(&client.doc, "goes"));
    }
    ann.added("n1", "under the new epoch").await;
    ben.added("n2", "at both").await;
    cluster.is_level(&mut [&mut ann, &mut ben]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_closed_at_one_server_is_signed_off_and_frozen_at_all() {
    let cluster = Cluster::of(2).await;
    let (mut ann, mut ben) = (cluster.editor(0).await, cluster.editor(1).await);
    ann.added("n1", "in time").await;
    ben.added("n2", "in time").await;

    let closed = json!({ "state": "closed" });
    cluster.changes(1, &cluster.of_session(""), closed).await;

    for client in [&mut ann, &mut ben] {
        let locked = |it: &LiveClient| it.heard.state.as_ref().unwrap()["locked"] == true;
        client.until("the end", locked).await;
        let late = pen::write(&client.doc, "n1", ", and late");
        let frame = client.edit(late).await;
        let refused = |it: &LiveClient| it.was_refused(frame, "locked");
        client.until("a refusal", refused).await;
    }
    for server in [0, 1] {
        let path = cluster.of_map("/checkpoints");
        let checkpoints = cluster.script(server).get(&path).await.json;
        assert_eq!(checkpoints["items"][0]["seq"], 3, "{checkpoints}");
        assert!(checkpoints["items"][0]["signed"]["log"].is_string());
    }
    cluster.is_whole();
    let doc = cluster.stored().await;
    assert_eq!(words(&doc, "n1"), "in time");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ideas_revealed_at_one_server_appear_once_at_all() {
    let cluster = Cluster::of(2).await;
    let (mut ann, mut ben) = (cluster.editor(0).await, cluster.editor(1).await);
    ann.added("n1", "there before").await;
    let rounds = json!([{ "title": "Alone", "method": "silent" }]);
    let rounds = cluster.agenda(0, rounds).await;
    let start = json!({ "action": "start" });
    cluster.does(1, &cluster.of_session("/round"), start).await;
    let ideas = format!("/api/v1/rounds/{}/ideas", rounds[0]);
    for (server, text) in [(0, "from near"), (1, "from far")] {
        let joined = cluster.join(server).await;
        let author = Client::of(cluster.base(server), joined["token"].as_str());
        author.made(&ideas, json!({ "text": text })).await;
    }

    let reveal = format!("/api/v1/rounds/{}/reveal", rounds[0]);
    cluster.does(1, &reveal, json!({})).await;
    cluster.does(0, &reveal, json!({})).await;

    let mut both = [&mut ann, &mut ben];
    all_see(&mut both, "both ideas", |it| pen::n_nodes(&it.doc) == 4).await;
    cluster.is_level(&mut both).await;
    let tree = cluster.script(0).get(&cluster.of_map("/tree")).await.json;
    let shown = tree["children"].as_array().unwrap().iter();
    let mut shown: Vec<&Value> = shown.map(|it| &it["text"]).collect();
    shown.sort_by_key(|it| it.as_str());
    assert_eq!(shown, ["from far", "from near", "there before"]);
}
