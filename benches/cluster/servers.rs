//! The servers that are measured, and somebody at one of them.

use bytes::Bytes;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use gapmap::sync::lib0::Reader;
use gapmap::sync::protocol;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// An update with nothing in it.
const NOTHING: &[u8] = &[0, 0];

/// A connection to a server.
pub(crate) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// The servers that are measured.
pub(crate) struct Servers {
    pub(crate) bases: Vec<String>,
    pids: Vec<u32>,
    token: String,
    http: reqwest::Client,
}

impl Servers {
    /// Those that the environment names, if it does.
    pub(crate) fn given() -> Option<Self> {
        let words = |name: &str| -> Option<Vec<String>> {
            let said = std::env::var(name).ok()?;
            Some(said.split_whitespace().map(str::to_owned).collect())
        };
        let pids = words("GAPMAP_BENCH_PIDS")?;
        Some(Self {
            bases: words("GAPMAP_BENCH_SERVERS")?,
            pids: pids.iter().map(|it| it.parse().expect("a pid")).collect(),
            token: words("GAPMAP_BENCH_TOKEN")?.concat(),
            http: reqwest::Client::new(),
        })
    }

    async fn made(&self, what: &str, body: Value) -> String {
        let url = format!("{}/api/v1/{what}", self.bases[0]);
        let asked = self.http.post(url).bearer_auth(&self.token).json(&body);
        let reply = asked.send().await.expect("the server answers");
        let made: Value = reply.json().await.expect("JSON");
        made["id"].as_str().expect("it is made").to_owned()
    }

    /// New maps, by their ids.
    pub(crate) async fn maps(&self, n: usize) -> Vec<String> {
        let session = json!({ "title": "Bench", "groups": [] });
        let session = self.made("sessions", session).await;
        let mut maps = Vec::new();
        for _ in 0..n {
            let map = json!({ "session": session, "title": "Bench" });
            maps.push(self.made("maps", map).await);
        }
        maps
    }

    /// Somebody at one server, once the map is there.
    pub(crate) async fn connect(&self, server: usize, map: &str) -> (Sending, SplitStream<Socket>) {
        let base = self.bases[server].replacen("http", "ws", 1);
        let url = format!("{base}/sync/{map}?token={}&gapmap=1", self.token);
        let (socket, _) = tokio_tungstenite::connect_async(url)
            .await
            .expect("the server takes the connection");
        let (sink, mut stream) = socket.split();
        let mut sending = Sending { sink, frames: 0 };
        sending.say(protocol::step1(&[0])).await;
        let (mut has_map, mut is_asked) = (false, false);
        while !(has_map && is_asked) {
            let frame = next(&mut stream).await.expect("the map");
            let told = Told::of(&frame);
            has_map |= told.is_map;
            if told.is_question {
                is_asked = true;
                sending.count(protocol::step2(NOTHING)).await;
            }
        }
        (sending, stream)
    }

    /// Seconds of the processor that each server has used.
    pub(crate) fn cpu(&self) -> Vec<f64> {
        let of = |pid: &u32| {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("it runs");
            let (_, rest) = stat.rsplit_once(") ").expect("a stat line");
            let fields: Vec<&str> = rest.split_whitespace().collect();
            let ticks = |it: usize| fields[it].parse::<f64>().expect("ticks");
            (ticks(11) + ticks(12)) / 100.0
        };
        self.pids.iter().map(of).collect()
    }
}

/// What somebody says to a server.
pub(crate) struct Sending {
    sink: SplitSink<Socket, Message>,
    /// Numbered frames that were sent.
    pub(crate) frames: u64,
}

impl Sending {
    async fn say(&mut self, frame: Bytes) {
        let said = self.sink.send(Message::Binary(frame)).await;
        said.expect("the server listens");
    }

    /// Sends a frame that is counted.
    pub(crate) async fn count(&mut self, frame: Bytes) {
        self.say(frame).await;
        self.frames += 1;
    }
}

/// The next frame; nothing once the connection is over.
pub(crate) async fn next(stream: &mut SplitStream<Socket>) -> Option<Bytes> {
    loop {
        match stream.next().await?.ok()? {
            Message::Binary(frame) => return Some(frame),
            Message::Close(why) => panic!("the server closed: {why:?}"),
            _ => {}
        }
    }
}

/// What one frame says, as far as that matters here.
#[derive(Default)]
pub(crate) struct Told {
    is_map: bool,
    is_question: bool,
    pub(crate) acked: Option<u64>,
}

impl Told {
    pub(crate) fn of(frame: &[u8]) -> Self {
        let mut told = Self::default();
        let mut reader = Reader::new(frame);
        while !reader.is_empty() {
            match reader.uint().expect("a type") {
                0 => {
                    match reader.uint().expect("a kind") {
                        0 => told.is_question = true,
                        1 => told.is_map = true,
                        _ => {}
                    }
                    reader.bytes().expect("whole frames");
                }
                111 => {
                    let ack: Value =
                        serde_json::from_str(reader.text().expect("a text")).expect("JSON");
                    told.acked = ack["frames"].as_u64();
                }
                112 => panic!("refused: {}", reader.text().expect("a text")),
                _ => drop(reader.bytes().expect("whole frames")),
            }
        }
        told
    }
}
