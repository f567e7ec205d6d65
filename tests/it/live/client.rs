//! A client that speaks frames over a real socket, with a document of its own.
//!
//! It reads its socket only while a test waits for something ([`LiveClient::until`]), so a client
//! that nobody waits for is one that reads nothing.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use gapmap::sync::lib0::{Malformed, Reader, write_bytes, write_uint};
use gapmap::sync::protocol;
use serde_json::Value;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};
use yrs::Doc;

use crate::pen;

/// Nothing that a test waits for takes this long, also on a busy machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

/// How somebody comes to the door.
#[derive(Clone, Debug, Default)]
pub(crate) struct Knock {
    /// What stands behind the question mark, `gapmap=1` and the like.
    pub(crate) query: String,
    /// A `Cookie` header.
    pub(crate) cookie: Option<String>,
    /// Bytes that the system keeps for a client that does not read.
    pub(crate) receive_buffer: Option<u32>,
}

/// What a client has been told.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// The greeting.
    pub(crate) hello: Option<Value>,
    /// What the session is doing.
    pub(crate) state: Option<Value>,
    /// So many of its numbered frames are durable or refused.
    pub(crate) acked: u64,
    /// The newest place in the log that an acknowledgement named.
    pub(crate) seq: u64,
    /// What was refused.
    pub(crate) nacks: Vec<Value>,
    /// How often the server asked to start again.
    pub(crate) resyncs: usize,
    /// How often it asked for what it lacks.
    pub(crate) step1s: usize,
    /// How often it answered what the client lacked.
    pub(crate) step2s: usize,
    /// Updates that came by themselves.
    pub(crate) updates: usize,
    /// Who is here, by awareness id; null for who left.
    pub(crate) presence: HashMap<u64, Value>,
    /// Messages in which that was said.
    pub(crate) presence_frames: usize,
    /// What a stock client is told when it may not.
    pub(crate) denied: Option<String>,
    /// The code with which the server closed; 1006 without one.
    pub(crate) closed: Option<u16>,
}

/// Somebody connected to a map.
pub(crate) struct LiveClient {
    socket: WebSocketStream<TcpStream>,
    /// Its document.
    pub(crate) doc: Doc,
    /// Numbered frames that it has sent.
    pub(crate) sent: u64,
    /// What it has been told.
    pub(crate) heard: Heard,
    /// Whether it gives the server what that asks for.
    pub(crate) answers: bool,
    /// All that it was sent, as it came; none unless a test asks for it.
    pub(crate) bytes: Option<Vec<u8>>,
}

impl LiveClient {
    /// Connects with this document; whether the server lets it in shows later.
    pub(crate) async fn connect(base: &str, map: &str, knock: &Knock, doc: Doc) -> Self {
        let connecting = Self::try_connect(base, map, knock, doc).await;
        connecting.expect("the server answers")
    }

    /// The same at a server that may be gone.
    pub(crate) async fn try_connect(
        base: &str,
        map: &str,
        knock: &Knock,
        doc: Doc,
    ) -> Result<Self, Error> {
        let address: std::net::SocketAddr = base.trim_start_matches("http://").parse().unwrap();
        let tcp = TcpSocket::new_v4().unwrap();
        if let Some(bytes) = knock.receive_buffer {
            tcp.set_recv_buffer_size(bytes).unwrap();
        }
        let tcp = tcp.connect(address).await?;
        tcp.set_nodelay(true)?;
        let url = format!("ws://{address}/sync/{map}?{}", knock.query);
        let mut request = tokio_tungstenite::tungstenite::http::Request::builder()
            .uri(url)
            .header("host", address.to_string())
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        if let Some(cookie) = &knock.cookie {
            request = request.header("cookie", cookie);
        }
        let (socket, _) = client_async(request.body(()).unwrap(), tcp).await?;
        Ok(Self {
            socket,
            doc,
            sent: 0,
            heard: Heard::default(),
            answers: true,
            bytes: None,
        })
    }

    /// Asks for what it lacks and waits for it, or to be told to come again.
    pub(crate) async fn is_let_in(&mut self) -> bool {
        const COME_AGAIN: u16 = 4503;
        let before = self.heard.step2s;
        self.send(protocol::step1(&pen::state_vector(&self.doc)))
            .await;
        self.until("the map", |it| {
            before < it.heard.step2s || it.heard.closed == Some(COME_AGAIN)
        })
        .await;
        self.heard.closed.is_none()
    }

    /// Asks for what it lacks and waits for it.
    pub(crate) async fn sync(&mut self) {
        let before = self.heard.step2s;
        self.send(protocol::step1(&pen::state_vector(&self.doc)))
            .await;
        self.until("the map", |it| before < it.heard.step2s).await;
    }

    /// Sends an edit, and gives its number.
    pub(crate) async fn edit(&mut self, update: Vec<u8>) -> u64 {
        self.send(protocol::update(&update)).await;
        self.sent += 1;
        self.sent
    }

    /// Makes a node, and sends it.
    pub(crate) async fn add(&mut self, id: &str, words: &str) -> u64 {
        let update = pen::add(&self.doc, id, words);
        self.edit(update).await
    }

    /// Sends an edit and waits until it is acknowledged.
    pub(crate) async fn save(&mut self, update: Vec<u8>) {
        let number = self.edit(update).await;
        self.until("an ack", |it| number <= it.heard.acked).await;
    }

    /// Makes a node and waits until it is acknowledged.
    pub(crate) async fn added(&mut self, id: &str, words: &str) {
        let update = pen::add(&self.doc, id, words);
        self.save(update).await;
    }

    /// Sends what this client says of itself.
    pub(crate) async fn say(&mut self, awareness_id: u64, clock: u64, state: &str) {
        let mut states = Vec::new();
        write_uint(&mut states, 1);
        write_uint(&mut states, awareness_id);
        write_uint(&mut states, clock);
        write_bytes(&mut states, state.as_bytes());
        self.send(protocol::awareness(&states)).await;
    }

    /// Sends one websocket message, whatever is in it.
    pub(crate) async fn send(&mut self, frame: Bytes) {
        // A server that has closed says so when it is next listened to.
        let _ = self.socket.send(Message::Binary(frame)).await;
    }

    /// Sends a message that is not binary.
    pub(crate) async fn send_text(&mut self, text: &str) {
        let _ = self.socket.send(Message::text(text)).await;
    }

    /// Listens until this holds.
    #[track_caller]
    pub(crate) fn until<'a>(
        &'a mut self,
        what: &'a str,
        holds: impl Fn(&Self) -> bool + Send + 'a,
    ) -> impl Future<Output = ()> + Send + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let deadline = Instant::now() + DEADLINE;
            while !holds(self) {
                let message = timeout_at(deadline, self.socket.next()).await;
                let message = message
                    .unwrap_or_else(|_| panic!("{caller}: waited for {what}: {:?}", self.heard));
                assert!(
                    self.heard.closed.is_none(),
                    "{caller}: closed, and no {what}: {:?}",
                    self.heard
                );
                self.take(message).await;
            }
        }
    }

    /// Listens until the server closes, and gives the code.
    pub(crate) async fn until_closed(&mut self) -> u16 {
        self.until("the end", |it| it.heard.closed.is_some()).await;
        self.heard.closed.unwrap()
    }

    /// Whether this refusal was heard.
    pub(crate) fn was_refused(&self, frame: u64, code: &str) -> bool {
        let is_it = |it: &Value| it["frame"] == frame && it["code"] == code;
        self.heard.nacks.iter().any(is_it)
    }

    /// Closes the socket as a page that goes away does.
    pub(crate) async fn leave(mut self) {
        let _ = self.socket.close(None).await;
    }

    async fn take(&mut self, message: Option<Result<Message, Error>>) {
        match message {
            Some(Ok(Message::Binary(frame))) => self.hear(&frame).await.expect("whole frames"),
            Some(Ok(Message::Close(frame))) => {
                let code = frame.map_or(1005, |it| u16::from(it.code));
                self.heard.closed.get_or_insert(code);
            }
            Some(Ok(_)) => {}
            Some(Err(_)) | None => drop(self.heard.closed.get_or_insert(1006)),
        }
    }

    async fn hear(&mut self, frame: &Bytes) -> Result<(), Malformed> {
        if let Some(bytes) = &mut self.bytes {
            bytes.extend_from_slice(frame);
        }
        let mut reader = Reader::new(frame);
        while !reader.is_empty() {
            match reader.uint()? {
                0 => match reader.uint()? {
                    0 => self.answer_step1(reader.bytes()?.to_vec()).await,
                    kind => {
                        pen::apply(&self.doc, reader.bytes()?);
                        self.heard.step2s += usize::from(kind == 1);
                        self.heard.updates += usize::from(kind == 2);
                    }
                },
                1 => self.hear_presence(reader.bytes()?)?,
                2 => {
                    reader.uint()?;
                    self.heard.denied = Some(reader.text()?.to_owned());
                }
                kind => self.hear_json(kind, reader.text()?).await,
            }
        }
        Ok(())
    }

    async fn answer_step1(&mut self, state_vector: Vec<u8>) {
        self.heard.step1s += 1;
        if self.answers {
            let diff = pen::diff(&self.doc, &state_vector);
            self.send(protocol::step2(&diff)).await;
            self.sent += 1;
        }
    }

    async fn hear_json(&mut self, kind: u64, text: &str) {
        let json: Value = serde_json::from_str(text).expect("JSON");
        match kind {
            110 => self.heard.hello = Some(json),
            111 => {
                self.heard.acked = json["frames"].as_u64().unwrap();
                self.heard.seq = json["seq"].as_u64().unwrap();
            }
            112 => self.heard.nacks.push(json),
            113 => {
                self.heard.resyncs += 1;
                if self.answers {
                    let step1 = protocol::step1(&pen::state_vector(&self.doc));
                    self.send(step1).await;
                }
            }
            115 => self.heard.state = Some(json),
            other => panic!("a message of type {other}"),
        }
    }

    fn hear_presence(&mut self, states: &[u8]) -> Result<(), Malformed> {
        self.heard.presence_frames += 1;
        let mut reader = Reader::new(states);
        for _ in 0..reader.uint()? {
            let id = reader.uint()?;
            reader.uint()?;
            let state = serde_json::from_str(reader.text()?).expect("JSON");
            self.heard.presence.insert(id, state);
        }
        Ok(())
    }
}
