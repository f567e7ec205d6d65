//! Too many, too often, too slow: whoever takes more than a share is told to come again, and nobody
//! else notices.

use std::time::Duration;

use futures_util::future::join_all;
use gapmap::http::{ConnectionLimits, Options, Shares};
use gapmap::workshop::role::MapRole;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::scene::{Guest, Scene};
use crate::faults::saboteur::Saboteur;
use crate::harness::{Database, eventually};
use crate::pen;
use crate::server::Reply;

fn limits(connections: ConnectionLimits) -> Options {
    Options {
        connections,
        ..Options::default()
    }
}

/// A connection on which nothing is said.
async fn idle(scene: &Scene) -> TcpStream {
    let address = scene.server.base.trim_start_matches("http://");
    TcpStream::connect(address).await.unwrap()
}

/// What the server says on a connection before it ends it.
async fn last_words(mut tcp: TcpStream) -> String {
    let mut said = Vec::new();
    // One that was reset while it was told has heard nothing.
    let _ = tcp.read_to_end(&mut said).await;
    String::from_utf8_lossy(&said).into_owned()
}

#[tokio::test]
async fn one_connection_too_many_is_told_to_come_again_and_those_before_go_on() {
    let scene = Scene::with(limits(ConnectionLimits {
        at_once: 20,
        ..ConnectionLimits::default()
    }))
    .await;
    let (mut ann, ben) = (scene.editor().await, scene.editor().await);
    let mut sitting = join_all((0..18).map(|_| scene.leader())).await;
    let mut more = idle(&scene).await;
    more.write_all(b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .unwrap();

    let told = last_words(more).await;

    assert!(told.starts_with("HTTP/1.1 503 "), "{told}");
    assert!(told.contains("\r\nretry-after: 2\r\n"), "{told}");
    assert!(told.contains("\"code\":\"busy\""), "{told}");
    ann.added("n1", "undisturbed").await;
    // A place is free when a socket ends, and not before.
    sitting.truncate(9);
    ben.leave().await;
    let mut late = None;
    eventually("there is a place", async || {
        let reply = scene.server.browser();
        let reply = reply.get("/metrics").await;
        late = Some(reply.text);
        reply.status == 200
    })
    .await;
    let told = late.unwrap();
    assert!(told.contains("gapmap_http_turned_away_total"), "{told}");
    ann.added("n2", "still").await;
}

#[tokio::test]
async fn connections_on_which_nothing_is_asked_give_way() {
    let scene = Scene::with(limits(ConnectionLimits {
        at_once: 10,
        ..ConnectionLimits::default()
    }))
    .await;
    let mut ann = scene.editor().await;
    let mut silent = Vec::new();
    for n in 0..100 {
        let mut tcp = idle(&scene).await;
        if n % 2 == 0 {
            let half = b"POST /api/v1/sign-in HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{";
            tcp.write_all(half).await.unwrap();
        }
        silent.push(tcp);
        if n % 20 == 0 {
            assert_eq!(scene.script().get("/api/v1/groups").await.status, 200);
        }
    }

    let mut ben = scene.editor().await;

    ben.added("n1", "let in").await;
    ann.added("n2", "undisturbed").await;
    last_words(silent.remove(0)).await;
}

#[tokio::test]
async fn who_says_nothing_or_half_of_it_is_cut_off() {
    let scene = Scene::with(limits(ConnectionLimits {
        patience: Duration::from_millis(200),
        ..ConnectionLimits::default()
    }))
    .await;
    let mut ann = scene.editor().await;
    let silent = idle(&scene).await;
    let mut slow = idle(&scene).await;
    slow.write_all(b"GET /healthz HTTP/1.1\r\nhost:")
        .await
        .unwrap();

    last_words(silent).await;
    last_words(slow).await;

    // Who has a socket may be as quiet as they like.
    ann.added("n1", "after a while").await;
}

/// Opens sockets and drops them, until the server has had enough; how many it let in.
async fn open_and_drop(scene: &Scene, guest: &Guest) -> usize {
    for n_seated in 0..1000 {
        let mut eve = scene.knock(&guest.token, "gapmap=1", pen::blank()).await;
        eve.until("an answer", |it| {
            it.heard.hello.is_some() || it.heard.closed.is_some()
        })
        .await;
        if let Some(code) = eve.heard.closed {
            assert_eq!(code, 4503);
            return n_seated;
        }
    }
    1000
}

#[tokio::test]
async fn who_opens_and_drops_sockets_in_a_loop_is_told_to_wait() {
    let scene = Scene::new().await;
    let mut ann = scene.editor().await;
    let guest = scene.guest(MapRole::Editor).await;

    let n_seated = open_and_drop(&scene, &guest).await;

    assert!((120..1000).contains(&n_seated), "{n_seated}");
    ann.added("n1", "undisturbed").await;
    scene.editor().await.added("n2", "and let in").await;
}

/// Requests of the facilitator's that the database does not answer.
struct Pile {
    scene: Scene,
    guest: Guest,
    saboteur: Saboteur,
    waiting: JoinSet<u16>,
    /// What one more of them is told.
    told: Reply,
}

impl Pile {
    /// Three of them.
    async fn with(requests: Shares) -> Self {
        let database = Database::sqlite().await;
        let mut saboteur = Saboteur::at(&database.url).await;
        let options = limits(ConnectionLimits {
            requests,
            ..ConnectionLimits::default()
        });
        let scene = Scene::on(database, options).await;
        let guest = scene.guest(MapRole::Editor).await;
        saboteur.hold().await;
        let mut waiting = JoinSet::new();
        for n in 0..3 {
            let script = scene.script();
            let body = json!({ "name": format!("Group {n}") });
            waiting.spawn(async move {
                loop {
                    // What is asked below may be before it.
                    let reply = script.post("/api/v1/groups", body.clone()).await;
                    if ![429, 503].contains(&reply.status) {
                        return reply.status;
                    }
                }
            });
        }
        let script = scene.script();
        let mut told = None;
        eventually("it is told", async || {
            let reply = script.get("/api/v1/groups").await;
            let is_told = reply.status != 200;
            told = Some(reply);
            is_told
        })
        .await;
        Self {
            scene,
            guest,
            saboteur,
            waiting,
            told: told.unwrap(),
        }
    }

    /// Lets the database answer, and asks once more.
    async fn end(mut self) {
        self.saboteur.let_go().await;
        while let Some(status) = self.waiting.join_next().await {
            assert!([201, 403].contains(&status.unwrap()));
        }
        let groups = self.scene.script().get("/api/v1/groups").await;
        assert_eq!(groups.status, 200);
    }
}

#[tokio::test]
async fn requests_that_pile_up_are_told_to_come_again() {
    let pile = Pile::with(Shares {
        in_all: 3,
        ..ConnectionLimits::default().requests
    })
    .await;

    pile.told.is_refused(503, "busy");
    assert_eq!(pile.told.header("retry-after"), "1");
    let browser = pile.scene.server.browser();
    assert_eq!(browser.get("/healthz").await.status, 200);
    pile.end().await;
}

#[tokio::test]
async fn who_asks_for_too_much_at_once_is_told_so_and_nobody_else_is() {
    let pile = Pile::with(Shares {
        account: 3,
        ..ConnectionLimits::default().requests
    })
    .await;

    pile.told.is_refused(429, "busy");
    assert_eq!(pile.told.header("retry-after"), "1");
    let guest = pile.scene.server.client(Some(&pile.guest.token));
    assert_eq!(guest.get("/api/v1/me").await.status, 200);
    pile.end().await;
}

/// `GAPMAP_FLOOD` is how many sockets sit there: 2,000 needs `ulimit -n 10000`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn beside_a_crowd_and_three_floods_two_people_write_as_ever() {
    let crowd = std::env::var("GAPMAP_FLOOD").map_or(60, |it| it.parse().unwrap());
    let scene = std::sync::Arc::new(Scene::new().await);
    let mut sitting = Vec::new();
    for _ in 0..crowd {
        sitting.push(scene.leader_of(scene.map).await);
    }
    let eve = scene.guest(MapRole::Editor).await;
    let mut floods = JoinSet::new();
    let here = scene.clone();
    // Sockets in a loop, connections that say nothing, and tokens that are none.
    floods.spawn(async move {
        loop {
            open_and_drop(&here, &eve).await;
        }
    });
    let here = scene.clone();
    floods.spawn(async move {
        let mut silent = std::collections::VecDeque::new();
        loop {
            silent.push_back(idle(&here).await);
            if 500 < silent.len() {
                silent.pop_front();
            }
            tokio::task::yield_now().await;
        }
    });
    let here = scene.clone();
    floods.spawn(async move {
        loop {
            let mut nobody = here.knock("nobody", "gapmap=1", pen::blank()).await;
            assert_eq!(nobody.until_closed().await, 4401);
        }
    });
    let map = scene.another_map().await;
    let (mut ann, mut ben) = (scene.leader_of(map).await, scene.leader_of(map).await);

    let mut took = Vec::new();
    for n in 0..50 {
        let (id, since) = (format!("n{n}"), Instant::now());
        ann.add(&id, "as ever").await;
        ben.until("the node", |it| pen::has(&it.doc, &id)).await;
        took.push(since.elapsed());
        ann.until("an ack", |it| it.sent <= it.heard.acked).await;
    }

    floods.abort_all();
    took.sort();
    println!(
        "{crowd} sockets and three floods: edit to peer, half {:?}, worst {:?}",
        took[25], took[49]
    );
    for mut client in sitting {
        client
            .until("to be there", |it| it.heard.hello.is_some())
            .await;
        assert_eq!(client.heard.closed, None);
    }
}
