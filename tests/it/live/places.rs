//! Requests that take their time: bodies that do not come, files that trickle, answers that nobody
//! reads. They cost whoever sends them, and nobody else.

use std::time::Duration;

use futures_util::future::join_all;
use gapmap::http::{ConnectionLimits, Options, Shares};
use gapmap::workshop::role::{MapRole, Role};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::interval;

use super::scene::Scene;
use crate::harness::eventually;
use crate::server::{Client, PASSWORD};

const OCTETS: &str = "application/octet-stream";

async fn scene(connections: ConnectionLimits) -> Scene {
    Scene::with(Options {
        connections,
        ..Options::default()
    })
    .await
}

/// A connection of a client for which the system keeps next to nothing.
async fn connection(scene: &Scene) -> TcpStream {
    let address = scene.server.base.trim_start_matches("http://");
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    socket.connect(address.parse().unwrap()).await.unwrap()
}

/// Asks for something in somebody's name, and begins to say a body of this length.
async fn ask(scene: &Scene, what: &str, token: &str, length: usize) -> TcpStream {
    let mut tcp = connection(scene).await;
    let head = format!(
        "{what} HTTP/1.1\r\nhost: a\r\nauthorization: {token}\r\ncontent-length: {length}\r\n\
         content-type: application/json\r\n\r\n"
    );
    tcp.write_all(head.as_bytes()).await.unwrap();
    if 0 < length {
        tcp.write_all(b"{").await.unwrap();
    }
    tcp
}

/// All that the server says before it ends the connection.
async fn all_said(tcp: &mut TcpStream) -> String {
    let mut said = Vec::new();
    // One that was reset has said what came before.
    let _ = tcp.read_to_end(&mut said).await;
    String::from_utf8_lossy(&said).into_owned()
}

/// What the server says first on a connection.
async fn told(tcp: &mut TcpStream) -> String {
    let mut said = [0; 512];
    let n_said = tcp.read(&mut said).await.unwrap();
    String::from_utf8_lossy(&said[..n_said]).into_owned()
}

/// A share of one for everybody in particular.
const ONE_EACH: Shares = Shares {
    in_all: 8,
    strangers: 4,
    session: 4,
    participant: 1,
    account: 1,
};

#[tokio::test]
async fn a_crowd_of_bodies_that_never_come_keeps_nobody_from_signing_in_or_joining() {
    let scene = scene(ConnectionLimits::default()).await;
    let account = scene.server.account(Role::Analyst).await;
    let session = scene.session.to_string();
    let import = format!("POST {}/import", scene.path());
    let made_up = "Bearer gap_made-up";
    let mut stuck = Vec::new();
    for n in 0..600 {
        let (what, token) = match n % 4 {
            0 => ("POST /api/v1/sign-in", ""),
            1 => ("POST /api/v1/join", made_up),
            2 => (import.as_str(), made_up),
            _ => ("POST /api/v1/imports?file_name=a.csv", ""),
        };
        stuck.push(ask(&scene, what, token, 100).await);
    }

    let body = json!({ "email": account.email, "password": PASSWORD });
    let signed_in = scene.server.browser().post("/api/v1/sign-in", body).await;
    let (guest, _) = scene.server.joined(&session, "editor").await;
    let seen = guest.get(&format!("{}/tree", scene.path())).await;
    let brought = import_of(&scene.script(), &scene, "a\nb\n").await;

    assert_eq!(signed_in.status, 200, "{}", signed_in.text);
    assert_eq!(seen.status, 200, "{}", seen.text);
    assert_eq!(brought, 200);
    // Nobody was sent away for it.
    for tcp in stuck.iter().take(8) {
        assert!(tcp.try_read(&mut [0; 1]).is_err());
    }
}

/// The answer to a file that comes into the map.
async fn import_of(client: &Client, scene: &Scene, file: &'static str) -> u16 {
    let path = format!("{}/import?format=text", scene.path());
    let reply = client.post_raw(&path, OCTETS, file).await;
    reply.status
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let scene = scene(ConnectionLimits {
        patience: Duration::from_millis(300),
        ..ConnectionLimits::default()
    })
    .await;
    let eve = scene.guest(MapRole::Editor).await;
    let bearer = format!("Bearer {}", eve.token);
    let import = format!("POST {}/import", scene.path());
    let mut stuck = [
        ask(&scene, "POST /api/v1/sign-in", "", 100).await,
        ask(&scene, &import, &bearer, 100).await,
    ];

    for tcp in &mut stuck {
        let said = all_said(tcp).await;

        assert!(said.starts_with("HTTP/1.1 408 "), "{said}");
        assert!(said.contains("retry-after: 1"), "{said}");
        assert!(said.contains("\"code\":\"busy\""), "{said}");
    }
}

#[tokio::test]
async fn a_file_that_trickles_is_given_up_too() {
    let scene = scene(ConnectionLimits {
        arriving: Duration::from_millis(300),
        ..ConnectionLimits::default()
    })
    .await;
    let bearer = format!("Bearer {}", scene.lead);
    let import = format!("POST {}/import", scene.path());
    let (mut said, mut says) = ask(&scene, &import, &bearer, 1 << 20).await.into_split();

    let mut heard = Vec::new();
    let trickle = async {
        let mut drops = interval(Duration::from_millis(5));
        while says.write_all(b"a").await.is_ok() {
            drops.tick().await;
        }
    };
    // A connection that takes nothing more may still have something to say.
    let listen = said.read_to_end(&mut heard);
    let (_, _) = tokio::join!(trickle, listen);

    let heard = String::from_utf8_lossy(&heard);
    assert!(heard.starts_with("HTTP/1.1 408 "), "{heard}");
}

#[tokio::test]
async fn imports_of_one_participant_that_never_come_keep_nobody_else_out() {
    let scene = scene(ConnectionLimits::default()).await;
    let import = format!("POST {}/import", scene.path());
    let (eve, ben) = (
        scene.guest(MapRole::Editor).await,
        scene.guest(MapRole::Editor).await,
    );
    let bearer = format!("Bearer {}", eve.token);
    let asked = (0..50).map(|_| ask(&scene, &import, &bearer, 100));
    let mut stuck = join_all(asked).await;

    let mut n_told = 0;
    while n_told < 48 {
        // Two hold what is theirs, and are told nothing as yet.
        let (said, n, _) =
            futures_util::future::select_all(stuck.iter_mut().map(|tcp| Box::pin(told(tcp)))).await;
        assert!(said.starts_with("HTTP/1.1 429 "), "{said}");
        assert!(said.contains("retry-after: 1"), "{said}");
        stuck.remove(n);
        n_told += 1;
    }

    let ben = scene.server.client(Some(&ben.token));
    assert_eq!(import_of(&ben, &scene, "from ben\n").await, 200);
    assert_eq!(import_of(&scene.script(), &scene, "and more\n").await, 200);
    drop(stuck);
    let eve = scene.server.client(Some(&eve.token));
    eventually("there is a place for eve again", async || {
        import_of(&eve, &scene, "from eve\n").await == 200
    })
    .await;
}

/// A map that is larger as a file than what the system keeps of it; the file.
async fn large(scene: &Scene) -> Vec<u8> {
    let note = "x".repeat(70_000);
    let nodes: String = (0..20).map(|n| format!("- n{n}\n\n  {note}\n")).collect();
    let path = format!("{}/import?format=markdown", scene.path());
    let reply = scene.script().post_raw(&path, OCTETS, nodes).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let file = scene.script().get(&export_of(scene)).await;
    assert_eq!(file.status, 200, "{}", file.text);
    assert!(1 << 20 < file.bytes.len());
    file.bytes
}

/// Somebody new who asked for that file, and the connection on which it comes.
async fn reader(scene: &Scene) -> (Client, TcpStream) {
    let token = scene.guest(MapRole::Editor).await.token;
    let what = format!("GET {}", export_of(scene));
    let tcp = ask(scene, &what, &format!("Bearer {token}"), 0).await;
    (scene.server.client(Some(&token)), tcp)
}

fn export_of(scene: &Scene) -> String {
    format!("{}/export?format=markdown", scene.path())
}

#[tokio::test]
async fn who_never_reads_an_export_is_cut_off_and_who_reads_slowly_gets_it_whole() {
    let scene = scene(ConnectionLimits {
        unread: Duration::from_millis(800),
        downloads: ONE_EACH,
        ..ConnectionLimits::default()
    })
    .await;
    let file = large(&scene).await;
    let (eve, mut unread) = reader(&scene).await;
    let (_, mut slow) = reader(&scene).await;

    let mut read = Vec::new();
    // All of it takes a good deal longer than a client may take nothing.
    let mut pieces = interval(Duration::from_millis(6));
    let mut piece = vec![0; 32 * 1024];
    while !read.ends_with(&file[file.len() - 1000..]) {
        pieces.tick().await;
        let n_read = slow.read(&mut piece).await.unwrap();
        assert!(0 < n_read, "it ended after {} bytes", read.len());
        read.extend_from_slice(&piece[..n_read]);
    }

    assert!(read.ends_with(&file));
    eventually("there is a place for eve again", async || {
        eve.get(&export_of(&scene)).await.status == 200
    })
    .await;
    assert!(all_said(&mut unread).await.len() < file.len());
}

#[tokio::test]
async fn an_answer_that_is_not_read_holds_the_place_of_who_asked() {
    let scene = scene(ConnectionLimits {
        downloads: ONE_EACH,
        ..ConnectionLimits::default()
    })
    .await;
    let file = large(&scene).await;
    let (eve, mut unread) = reader(&scene).await;
    let begun = told(&mut unread).await;

    let again = eve.get(&export_of(&scene)).await;
    let other = scene.script().get(&export_of(&scene)).await;

    assert!(begun.starts_with("HTTP/1.1 200 "), "{begun}");
    again.is_refused(429, "busy");
    assert_eq!(again.header("retry-after"), "1");
    assert_eq!((other.status, other.bytes.len()), (200, file.len()));
}
