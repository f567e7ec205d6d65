//! The messages of a map's socket: y-protocols v1 as the npm package y-websocket speaks it (types 0
//! to 3), and our own above 110, which only a client that asks for them gets.
//!
//! A websocket message may hold several protocol messages back to back. Decoding is strict: a
//! message that ends early is an error, never the end of input.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::lib0::{Malformed, Reader, write_bytes, write_uint};
use super::state::State;

const SYNC: u64 = 0;
const AWARENESS: u64 = 1;
const AUTH: u64 = 2;
const QUERY_AWARENESS: u64 = 3;
const HELLO: u64 = 110;
const ACK: u64 = 111;
const NACK: u64 = 112;
const RESYNC: u64 = 113;
const TOKEN: u64 = 114;
const STATE: u64 = 115;

/// Messages that one websocket message may hold. Clients send one or two.
const MAX_MESSAGES: usize = 32;

const STEP1: u64 = 0;
const STEP2: u64 = 1;
const UPDATE: u64 = 2;

/// What a client sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// Its state vector: it wants what it lacks.
    Step1(Bytes),
    /// What the server lacked, or an edit: both are numbered, from 1 on each connection.
    Update(Bytes),
    /// Its presence.
    Awareness(Bytes),
    /// It wants everybody's presence.
    QueryAwareness,
    /// It starts again from step 1 and wants ours.
    Resync,
    /// A fresh token in place of the one it came with.
    Token(String),
    /// A message that a client has no need to send; it is ignored, as other servers do.
    Other,
}

#[derive(Deserialize)]
struct TokenBody {
    token: String,
}

/// Reads every protocol message of one websocket message.
///
/// # Errors
///
/// [`Malformed`] when the message is cut off or of no known form; nothing of it may then be used.
pub fn decode(frame: &Bytes) -> Result<Vec<Incoming>, Malformed> {
    let mut reader = Reader::new(frame);
    let mut messages = Vec::with_capacity(1);
    while !reader.is_empty() {
        if messages.len() == MAX_MESSAGES {
            return Err(Malformed("too many messages in one"));
        }
        messages.push(message(frame, &mut reader)?);
    }
    Ok(messages)
}

fn message(frame: &Bytes, reader: &mut Reader<'_>) -> Result<Incoming, Malformed> {
    Ok(match reader.uint()? {
        SYNC => match reader.uint()? {
            STEP1 => {
                let state_vector = reader.bytes()?;
                check_state_vector(state_vector)?;
                Incoming::Step1(part(frame, state_vector))
            }
            STEP2 | UPDATE => Incoming::Update(part(frame, reader.bytes()?)),
            _ => return Err(Malformed("a sync message of unknown kind")),
        },
        AWARENESS => Incoming::Awareness(part(frame, reader.bytes()?)),
        AUTH => {
            reader.uint()?;
            reader.bytes()?;
            Incoming::Other
        }
        QUERY_AWARENESS => Incoming::QueryAwareness,
        RESYNC => {
            reader.bytes()?;
            Incoming::Resync
        }
        TOKEN => {
            let body: TokenBody = serde_json::from_str(reader.text()?)
                .map_err(|_| Malformed("a token message without a token"))?;
            Incoming::Token(body.token)
        }
        HELLO | ACK | NACK | STATE => {
            reader.bytes()?;
            Incoming::Other
        }
        _ => return Err(Malformed("a message of unknown type")),
    })
}

/// Some bytes of a frame. A small part is copied: it may wait for long and counts as its own bytes,
/// so it must not keep a large frame in memory.
fn part(frame: &Bytes, bytes: &[u8]) -> Bytes {
    if bytes.len() < frame.len() / 2 {
        Bytes::copy_from_slice(bytes)
    } else {
        frame.slice_ref(bytes)
    }
}

/// The CRDT library sets memory aside for as many clocks as a state vector claims to have, so that
/// it must not see one that was not read to its end.
fn check_state_vector(bytes: &[u8]) -> Result<(), Malformed> {
    let mut reader = Reader::new(bytes);
    for _ in 0..reader.uint()? {
        reader.uint()?;
        u32::try_from(reader.uint()?).map_err(|_| Malformed("a clock out of range"))?;
    }
    if reader.is_empty() {
        Ok(())
    } else {
        Err(Malformed("bytes after the end"))
    }
}

fn sync(kind: u64, body: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(body.len() + 12);
    write_uint(&mut out, SYNC);
    write_uint(&mut out, kind);
    write_bytes(&mut out, body);
    out.into()
}

/// The server's state vector: it wants what it lacks.
pub fn step1(state_vector: &[u8]) -> Bytes {
    sync(STEP1, state_vector)
}

/// What a client lacked.
pub fn step2(update: &[u8]) -> Bytes {
    sync(STEP2, update)
}

/// A committed edit.
pub fn update(update: &[u8]) -> Bytes {
    sync(UPDATE, update)
}

/// The update inside a message that [`update`] made; nothing in any other.
pub fn update_in(message: &Bytes) -> &[u8] {
    let mut reader = Reader::new(message);
    let head = reader.uint().and_then(|_| reader.uint());
    head.and_then(|_| reader.bytes()).unwrap_or_default()
}

/// Presence, as [`super::presence`] encodes it.
pub fn awareness(states: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(states.len() + 8);
    write_uint(&mut out, AWARENESS);
    write_bytes(&mut out, states);
    out.into()
}

/// What a stock client understands as "you may not".
pub fn denied(reason: &str) -> Bytes {
    let mut out = Vec::new();
    write_uint(&mut out, AUTH);
    write_uint(&mut out, 0);
    write_bytes(&mut out, reason.as_bytes());
    out.into()
}

/// The first message to a client of ours.
#[derive(Clone, Debug, Serialize)]
pub struct Hello {
    /// Which history of the map this is; another one is never merged with it.
    pub epoch: u64,
    /// The newest committed place in the log.
    pub seq: u64,
    /// `viewer`, `editor` or `facilitator`.
    pub role: &'static str,
    /// Whose pseudonym the server will write beside this connection's edits.
    pub participant: String,
    /// The budgets that this connection must keep.
    pub limits: HelloLimits,
    /// The server's time, RFC 3339.
    pub time: String,
}

/// The budgets that a client can keep by itself.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct HelloLimits {
    /// Bytes of one websocket message.
    pub frame_bytes: usize,
    /// Characters of a node's text.
    pub text_chars: usize,
    /// Characters of a node's note.
    pub note_chars: usize,
    /// Nodes of a map.
    pub nodes: usize,
}

/// The first `frames` numbered messages of this connection are durable or were refused.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Ack {
    /// Counted from 1 over step 2 and update messages.
    pub frames: u64,
    /// The newest committed place in the log.
    pub seq: u64,
}

/// A message is refused whole.
#[derive(Clone, Debug, Serialize)]
pub struct Nack {
    /// Its number; 0 for a message that is not numbered.
    pub frame: u64,
    /// A stable word for programs.
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
    /// Whether it may be accepted after starting again from step 1.
    pub retryable: bool,
}

/// Encodes the first message to a client of ours.
pub fn hello(hello: &Hello) -> Bytes {
    json(HELLO, hello)
}

/// Encodes an acknowledgement.
pub fn ack(ack: Ack) -> Bytes {
    json(ACK, &ack)
}

/// Encodes a refusal.
pub fn nack(nack: &Nack) -> Bytes {
    json(NACK, nack)
}

/// Encodes a wish to start again from step 1.
pub fn resync(reason: &str) -> Bytes {
    json(RESYNC, &serde_json::json!({ "reason": reason }))
}

/// Encodes what the map's session is doing.
pub fn state(state: &State) -> Bytes {
    json(STATE, state)
}

fn json(kind: u64, body: &impl Serialize) -> Bytes {
    let body = serde_json::to_vec(body).unwrap_or_default();
    let mut out = Vec::with_capacity(body.len() + 4);
    write_uint(&mut out, kind);
    write_bytes(&mut out, &body);
    out.into()
}

/// Why the server ends a connection. 44xx: stop; 45xx: try again, after a moment of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// Nobody the server knows.
    Unknown,
    /// Not allowed here, or no longer.
    Forbidden,
    /// No such map.
    NotFound,
    /// The map has another history now.
    WrongEpoch,
    /// A message over the limit.
    TooLarge,
    /// What came is no message of the protocol.
    Malformed,
    /// The server is shutting down, overloaded, or the client read nothing for too long.
    TryAgain,
}

impl CloseReason {
    /// The websocket close code.
    pub fn code(self) -> u16 {
        match self {
            Self::Malformed => 4400,
            Self::Unknown => 4401,
            Self::Forbidden => 4403,
            Self::NotFound => 4404,
            Self::WrongEpoch => 4409,
            Self::TooLarge => 4413,
            Self::TryAgain => 4503,
        }
    }

    /// The reason in words, short enough for a close frame (123 bytes).
    pub fn text(self) -> &'static str {
        match self {
            Self::Malformed => "that was no message of this protocol",
            Self::Unknown => "sign in or join first",
            Self::Forbidden => "you may not be here",
            Self::NotFound => "there is no such map",
            Self::WrongEpoch => "the map was rebuilt; load it afresh",
            Self::TooLarge => "the message is too large",
            Self::TryAgain => "try again in a moment",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn messages_back_to_back_are_all_read() {
        let mut frame = step1(&[0]).to_vec();
        frame.extend(update(&[0, 0]));
        frame.push(3);

        let messages = decode(&frame.into()).unwrap();

        assert_eq!(
            messages,
            [
                Incoming::Step1(Bytes::from_static(&[0])),
                Incoming::Update(Bytes::from_static(&[0, 0])),
                Incoming::QueryAwareness,
            ]
        );
    }

    #[test]
    fn a_small_edit_does_not_keep_the_large_message_that_it_came_in() {
        let mut frame = update(&[0, 0]).to_vec();
        frame.extend(auth_of(&[7; 1 << 20]));
        let frame = Bytes::from(frame);

        let edit = decode(&frame).unwrap().remove(0);

        assert_eq!(edit, Incoming::Update(Bytes::from_static(&[0, 0])));
        assert!(frame.is_unique(), "nothing else holds those bytes");
    }

    fn auth_of(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        write_uint(&mut out, AUTH);
        write_uint(&mut out, 0);
        write_bytes(&mut out, bytes);
        out
    }

    #[test]
    fn a_state_vector_that_claims_more_than_it_has_is_refused() {
        for claims in [
            &[0xff, 0xff, 0xff, 0xff, 0x0f][..],
            &[2, 7, 1],
            &[],
            &[0, 0],
        ] {
            assert!(decode(&step1(claims)).is_err(), "{claims:?}");
        }
        assert!(decode(&step1(&[1, 7, 3])).is_ok());
    }

    #[test]
    fn a_message_full_of_messages_is_refused() {
        assert!(decode(&[3; MAX_MESSAGES].to_vec().into()).is_ok());
        assert!(decode(&[3; MAX_MESSAGES + 1].to_vec().into()).is_err());
    }

    proptest! {
        #[test]
        fn a_message_cut_short_is_an_error_and_not_the_end(cut in 1usize..30) {
            let whole = update(&[7; 30]);

            prop_assert!(decode(&whole.slice(..whole.len() - cut)).is_err());
        }

        #[test]
        fn random_bytes_never_panic(bytes: Vec<u8>) {
            let _ = decode(&bytes.into());
        }
    }
}
