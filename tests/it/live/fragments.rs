//! Websocket messages that come in pieces, and one that never ends.

use gapmap::http::Options;
use gapmap::hub::HubOptions;
use gapmap::mindmap::limits::Limits;
use gapmap::workshop::role::MapRole;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use super::scene::{Guest, Scene};
use crate::pen;

const FRAME_BYTES: usize = 64 * 1024;
/// The head of a masked frame without anything in it: a binary message that goes on, and a piece
/// that neither adds to it nor ends it.
const BEGIN: [u8; 6] = [0x02, 0x80, 0, 0, 0, 0];
const NOTHING: [u8; 6] = [0x00, 0x80, 0, 0, 0, 0];

async fn scene() -> Scene {
    let limits = Limits {
        frame_bytes: FRAME_BYTES,
        ..Limits::default()
    };
    let hub = HubOptions {
        limits,
        ..HubOptions::default()
    };
    Scene::with(Options {
        hub,
        ..Options::default()
    })
    .await
}

/// A websocket of which we write every byte.
async fn open(scene: &Scene, guest: &Guest) -> (OwnedReadHalf, OwnedWriteHalf) {
    let address = scene.server.base.trim_start_matches("http://");
    let mut tcp = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "GET /sync/{}?token={}&gapmap=1 HTTP/1.1\r\nhost: {address}\r\nconnection: upgrade\r\n\
         upgrade: websocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        scene.map, guest.token
    );
    tcp.write_all(head.as_bytes()).await.unwrap();
    tcp.into_split()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_of_nothing_but_empty_pieces_ends_its_connection() {
    let scene = scene().await;
    let mut ann = scene.editor().await;
    let guest = scene.guest(MapRole::Editor).await;
    let (mut read, mut write) = open(&scene, &guest).await;
    let pieces = NOTHING.repeat(1024);
    let listening = tokio::spawn(async move {
        let mut said = Vec::new();
        let _ = read.read_to_end(&mut said).await;
        said
    });

    write.write_all(&BEGIN).await.unwrap();
    let mut n_sent = 0;
    while n_sent < 100 * FRAME_BYTES && write.write_all(&pieces).await.is_ok() {
        n_sent += pieces.len();
    }
    // The last thing that is said is why: 4413.
    let _ = write.flush().await;
    let said = listening.await.unwrap();

    let why = 4413_u16.to_be_bytes();
    assert!(said.windows(2).any(|it| it == why), "{n_sent} bytes taken");
    assert!(n_sent < 100 * FRAME_BYTES, "all of it was taken");
    ann.added("n1", "undisturbed").await;
}

#[tokio::test]
async fn a_message_in_many_pieces_arrives_whole() {
    let scene = scene().await;
    let mut ann = scene.editor().await;
    let guest = scene.guest(MapRole::Editor).await;
    let doc = pen::blank();
    pen::apply(
        &doc,
        &pen::diff(&ann.doc, &pen::state_vector(&pen::blank())),
    );
    let update = gapmap::sync::protocol::update(&pen::add(&doc, "n1", &"words ".repeat(500)));
    let (_read, mut write) = open(&scene, &guest).await;

    let mut out = BEGIN.to_vec();
    for piece in update.chunks(50) {
        out.extend([0, 0x80 | u8::try_from(piece.len()).unwrap(), 0, 0, 0, 0]);
        out.extend(piece);
    }
    out.extend([0x80, 0x80, 0, 0, 0, 0]);
    write.write_all(&out).await.unwrap();

    ann.until("the node", |it| pen::has(&it.doc, "n1")).await;
}
