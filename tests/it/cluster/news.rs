//! What is done at one server, and heard of at another.

use std::time::Instant;

use serde_json::{Value, json};
use yrs::any;

use super::servers::Cluster;
use super::took;
use crate::live::client::LiveClient;
use crate::pen;
use crate::server::Client;

fn state(client: &LiveClient) -> &Value {
    client.heard.state.as_ref().unwrap()
}

/// Waits until all of these clients are told this of the session.
async fn all_hear(
    clients: &mut [&mut LiveClient],
    what: &str,
    holds: impl Fn(&Value) -> bool + Sync,
) {
    let since = Instant::now();
    for client in clients {
        client.until(what, |it| holds(state(it))).await;
    }
    took(what, since);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_facilitator_does_at_one_server_is_told_at_the_others() {
    let cluster = Cluster::of(2).await;
    let (mut ann, mut ben) = (cluster.editor(0).await, cluster.editor(1).await);
    ann.added("n1", "Phones").await;
    let mut both = [&mut ann, &mut ben];

    // In turn, so that news comes from the map's owner and to it.
    let rounds = json!([{ "title": "Write", "method": "collect", "minutes": 10 },
                        { "title": "Vote", "method": "vote", "votes": 3 },
                        { "title": "Talk", "method": "discuss" }]);
    let agenda = cluster.agenda(0, rounds).await;
    let step = cluster.of_session("/round");
    cluster.does(0, &step, json!({ "action": "start" })).await;
    all_hear(&mut both, "a round", |it| it["round"]["title"] == "Write").await;
    let ends = state(both[1])["round"]["ends"].clone();
    let more = json!({ "action": "extend", "minutes": 5 });
    cluster.does(1, &step, more).await;
    all_hear(&mut both, "a timer", |it| {
        ends.as_i64() < it["round"]["ends"].as_i64()
    })
    .await;
    for (server, word) in [(0, "locked"), (1, "open")] {
        let change = json!({ "state": word });
        cluster.changes(server, &cluster.of_map(""), change).await;
        all_hear(&mut both, word, |it| it["locked"] == (word == "locked")).await;
    }
    let call = json!({ "node": "n1" });
    cluster.does(1, &cluster.of_map("/call"), call).await;
    all_hear(&mut both, "a call", |it| it["call"]["node"] == "n1").await;

    cluster.does(1, &step, json!({ "action": "next" })).await;
    all_hear(&mut both, "a vote", |it| it["vote"]["votes"] == 3).await;
    votes_are_counted(&cluster, &agenda[1], &mut both).await;

    let closed = json!({ "state": "closed" });
    cluster.changes(1, &cluster.of_session(""), closed).await;
    all_hear(&mut both, "the end", |it| it["phase"] == "closed").await;
    let frame = ann.add("n2", "too late").await;
    ann.until("a nack", |it| it.was_refused(frame, "locked"))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_to_follow_ends_at_every_server() {
    let cluster = Cluster::of(2).await;
    let (mut lead, mut ben) = (cluster.leader(0).await, cluster.editor(1).await);
    let follow = cluster.of_map("/follow");
    // Known to be there, or else nobody follows them for long.
    lead.say(7, 1, "{}").await;
    ben.until("the lead", |it| it.heard.presence.contains_key(&7))
        .await;

    cluster.does(0, &follow, json!({ "on": true })).await;
    all_hear(&mut [&mut ben], "whom to follow", |it| {
        !it["follow"].is_null()
    })
    .await;
    cluster.does(0, &follow, json!({ "on": false })).await;

    all_hear(&mut [&mut ben], "nobody", |it| it["follow"].is_null()).await;
}

/// Two vote at different servers; facilitators hear how many have, and all hear the sums.
async fn votes_are_counted(cluster: &Cluster, round: &str, people: &mut [&mut LiveClient]) {
    let (mut near, mut far) = (cluster.leader(0).await, cluster.leader(1).await);
    let mut leads = [&mut near, &mut far];
    let path = format!("/api/v1/rounds/{round}/votes");
    for (server, n) in [(0, 1), (1, 2)] {
        let joined = cluster.join(server).await;
        let voter = Client::of(cluster.base(server), joined["token"].as_str());
        let given = voter.put(&path, json!({ "node": "n1", "n": n })).await;
        assert_eq!(given.status, 200, "{}", given.text);
        let voters = server + 1;
        all_hear(&mut leads, "a voter", |it| it["vote"]["voters"] == voters).await;
    }
    let over = json!({ "action": "next" });
    cluster.does(0, &cluster.of_session("/round"), over).await;
    all_hear(people, "sums", |it| it["tallies"] == json!({ "n1": 3 })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_revoked_at_one_server_ends_at_the_others() {
    let cluster = Cluster::of(2).await;
    let (guest, script) = (cluster.join(1).await, cluster.script(0));
    let token = guest["token"].as_str().unwrap();
    let mut removed = cluster.connect(1, token, "gapmap=1").await;
    let mut by_token = cluster
        .connect(1, &cluster.token_of("analyst"), "gapmap=1")
        .await;
    let browser = Client::of(cluster.base(0), None);
    let body = json!({ "email": "analyst@example.org", "password": "correct horse" });
    assert_eq!(browser.post("/api/v1/sign-in", body).await.status, 200);
    let tokens = browser.get("/api/v1/tokens").await.json;
    let session = cluster.of_session("");
    let session = session.rsplit('/').next().unwrap();
    let invite = json!({ "session": session, "role": "editor" });
    let invite = script.made("/api/v1/invites", invite).await;

    let since = Instant::now();
    let participant = guest["participant"]["id"].as_str().unwrap();
    let token = tokens["items"][0]["id"].as_str().unwrap();
    for (who, path) in [
        (&script, format!("participants/{participant}")),
        (&browser, format!("tokens/{token}")),
        (
            &script,
            format!("invites/{}", invite["id"].as_str().unwrap()),
        ),
    ] {
        let reply = who.delete(&format!("/api/v1/{path}")).await;
        assert_eq!(reply.status, 204, "{}", reply.text);
    }

    assert_eq!(removed.until_closed().await, 4403);
    let code = by_token.until_closed().await;
    assert!(matches!(code, 4401 | 4403), "{code}");
    took("a removal and a revocation", since);
    let body = json!({ "invite": invite["code"] });
    let late = Client::of(cluster.base(1), None)
        .post("/api/v1/join", body)
        .await;
    late.is_refused(410, "gone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_of_the_catalogue_at_one_server_is_told_where_a_map_is_open() {
    let cluster = Cluster::of(2).await;
    let token = cluster.token_of("analyst");
    let analyst = Client::of(cluster.base(1), Some(&token));
    let gap = json!({ "title": "Custody records that travel" });
    let gap = analyst.made("/api/v1/gaps", gap).await;
    let (mut ann, mut ben) = (cluster.editor(0).await, cluster.editor(1).await);
    ann.added("n", "one record").await;
    let target = format!("gap:{}", gap["id"].as_str().unwrap());
    let link = any!({ "at": 1, "by": "somebody" });
    let link = pen::link_to(&ann.doc, "n", &target, link);
    ann.save(link).await;
    let mut both = [&mut ann, &mut ben];
    all_hear(&mut both, "a card", |it| it["catalogue"] != 0).await;

    for (server, title) in [(0, "Custody records"), (1, "Records of custody")] {
        let before = both.each_ref().map(|it| state(it)["catalogue"].clone());
        let analyst = Client::of(cluster.base(server), Some(&token));
        let change = json!({ "title": title });
        let reply = analyst.patch("/api/v1/gaps/GAP-1", change).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        for (client, before) in both.iter_mut().zip(&before) {
            all_hear(&mut [&mut **client], "its title", |it| {
                it["catalogue"] != *before
            })
            .await;
        }
    }
}
