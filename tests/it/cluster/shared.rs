//! A map that people have open at different servers.

use serde_json::Value;

use super::servers::Cluster;
use crate::live::client::LiveClient;
use crate::pen;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_at_one_server_is_seen_at_the_others_by_stock_clients_too() {
    let cluster = Cluster::of(3).await;
    let mut people = Vec::new();
    for server in [0, 1, 2, 1] {
        people.push(cluster.stock_editor(server).await);
    }
    let [ann, ben, cy, dee] = &mut people[..] else {
        panic!("four people");
    };

    ann.add("of-ann", "at the first").await;
    ben.until("Ann's", |it| pen::has(&it.doc, "of-ann")).await;
    ben.add("of-ben", "at the second").await;
    cy.until("both", |it| pen::has(&it.doc, "of-ben")).await;
    cy.add("of-cy", "at the third").await;
    // All into the same words at once, without having seen the others'.
    for (client, words) in [(&mut *ann, " one"), (ben, " two"), (cy, " three")] {
        let edit = pen::write(&client.doc, "of-ann", words);
        client.edit(edit).await;
    }

    let words = |it: &LiveClient| pen::text(&it.doc, "of-ann").unwrap_or_default();
    let all = |it: &LiveClient| {
        let words = words(it);
        [" one", " two", " three"]
            .iter()
            .all(|it| words.contains(it))
            && pen::has(&it.doc, "of-cy")
    };
    for client in [&mut *ann, dee] {
        client.until("all words", all).await;
    }
    let mut people: Vec<&mut LiveClient> = people.iter_mut().collect();
    cluster.is_level(&mut people).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_owner_refuses_is_refused_at_every_server_with_its_reason() {
    let cluster = Cluster::of(2).await;
    let (mut ann, mut eve) = (cluster.editor(0).await, cluster.editor(1).await);
    ann.added("n1", "Ann's own").await;
    eve.until("Ann's", |it| pen::has(&it.doc, "n1")).await;
    eve.added("n2", "Eve's own").await;

    // Under Ann's client id, of which the owner alone has heard.
    let forged = yrs::Doc::with_client_id(ann.doc.client_id().get());
    pen::apply(&forged, &pen::diff(&ann.doc, &[0]));
    let forged = pen::write(&forged, "n1", ", or so Eve says");
    let frame = eve.edit(forged).await;
    eve.until("a nack", |it| it.was_refused(frame, "not_yours"))
        .await;
    cluster
        .changes(
            1,
            &cluster.of_map(""),
            serde_json::json!({ "state": "locked" }),
        )
        .await;
    // The owner hears of it a moment after the server that was told.
    for client in [&mut eve, &mut ann] {
        client
            .until("the lock", |it| {
                it.heard.state.as_ref().unwrap()["locked"] == true
            })
            .await;
    }
    let late = pen::write(&eve.doc, "n2", ", and late");
    let frame = eve.edit(late).await;
    eve.until("a nack", |it| it.was_refused(frame, "locked"))
        .await;
    eve.until("an ack", |it| frame <= it.heard.acked).await;

    let doc = cluster.stored().await;
    assert_eq!(pen::text(&doc, "n1").as_deref(), Some("Ann's own"));
    assert_eq!(pen::text(&doc, "n2").as_deref(), Some("Eve's own"));
}

/// Waits until this client sees this about an awareness id.
async fn sees(client: &mut LiveClient, id: u64, holds: impl Fn(&Value) -> bool + Sync) {
    client
        .until("presence", |it| {
            it.heard.presence.get(&id).is_some_and(&holds)
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_here_is_seen_at_every_server_and_goes_with_their_socket_or_their_server() {
    let mut cluster = Cluster::of(3).await;
    let mut people = Vec::new();
    for server in [0, 1, 2] {
        people.push(cluster.editor(server).await);
    }
    let mut away = cluster.editor(0).await;
    for (client, id) in people.iter_mut().zip(70..) {
        client.say(id, 1, "{\"selected\":\"n1\"}").await;
    }
    away.say(77, 1, "{\"selected\":\"n2\"}").await;
    for client in &mut people {
        for id in [70, 71, 72, 77] {
            sees(client, id, |it| {
                it["selected"].is_string() && it["user"]["id"].is_string()
            })
            .await;
        }
    }
    // Who comes late is told of all of them.
    let mut late = cluster.stock_editor(2).await;
    for id in [70, 71, 72, 77] {
        sees(&mut late, id, |it| it["user"]["role"] == "editor").await;
    }

    away.leave().await;
    for client in &mut people {
        sees(client, 77, Value::is_null).await;
    }
    // The one without the map's owner, then the owner.
    for (server, id) in [(1, 71), (0, 70)] {
        cluster.stop(server, "KILL");
        let here = people.last_mut().unwrap();
        sees(here, id, Value::is_null).await;
        sees(&mut late, id, Value::is_null).await;
    }
    let here = people.last_mut().unwrap();
    here.say(72, 2, "{\"selected\":\"n3\"}").await;
    sees(&mut late, 72, |it| it["selected"] == "n3").await;
    assert!(here.heard.closed.is_none());
}
