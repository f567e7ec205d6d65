//! What servers say to one another about maps, as bytes (postcard's wire format, version 1).
//!
//! All servers of a database run the same version of Gapmap, or one and the next while they are
//! exchanged one after the other: the first byte of a message is the version of this form, and what
//! is of another version is not heard, as if it had been lost.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::base::id::{MapId, ParticipantId, ServerId};
use crate::store::log::Hash;
use crate::sync::delivery::ConnectionId;
use crate::sync::presence::{Changes, Shown};
use crate::sync::room::Right;

/// The version of what follows.
const VERSION: u8 = 1;

/// Something that concerns every server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::hub) enum News {
    /// What a room goes by changed, for those with this right.
    Changed(MapId, Right),
    /// Something of every room may have, or somebody may not be here any more: what was said of it
    /// may have been lost.
    AllChanged,
    /// Somebody may not be here any more.
    Revoked(ParticipantId),
    /// Somebody has to show again what they came with.
    Check(ParticipantId),
    /// Records were made or changed.
    Catalogue,
}

/// Said to the servers that have a map open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::hub) enum Told {
    /// The log has these rows now.
    Rows(Rows),
    /// What changed in who is there.
    Presence(ServerId, Changes),
    /// All who are there.
    Everybody(ServerId, Vec<Shown>),
    /// A server that has just opened the map wants to know who is there and what is shown.
    WhoIsThere,
    /// What is shown for the moment: how often was called and to which node, and who is followed.
    Shown(Option<(i64, Option<String>)>, Option<ParticipantId>),
    /// Nobody has the map any more.
    Released,
}

/// Committed rows, without what only the log needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::hub) struct Rows {
    /// The history.
    pub(in crate::hub) epoch: u64,
    /// The place of the last of them.
    pub(in crate::hub) seq: u64,
    /// Its hash.
    pub(in crate::hub) hash: Hash,
    /// All of them; none where they are too large for a message and have to be read.
    pub(in crate::hub) rows: Vec<Row>,
}

/// One committed row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::hub) struct Row {
    /// The connection that it came by, which does not need it again.
    pub(in crate::hub) from: ConnectionId,
    /// Whose it is.
    pub(in crate::hub) by: Option<ParticipantId>,
    /// The update.
    pub(in crate::hub) update: Bytes,
}

/// A question to one server about one map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::hub) struct Question {
    /// The map.
    pub(in crate::hub) map: MapId,
    /// What.
    pub(in crate::hub) what: Ask,
}

/// What is asked of a map's owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::hub) enum Ask {
    /// To take in edits of this history.
    Edits(u64, Vec<Forwarded>),
    /// To give the map to this server.
    HandOver(ServerId),
}

/// An edit on its way to the owner. Sent again until it was decided on: an update that the document
/// has already changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::hub) struct Forwarded {
    /// The connection.
    pub(in crate::hub) from: ConnectionId,
    /// Which of its frames this is.
    pub(in crate::hub) number: u64,
    /// Whose it is.
    pub(in crate::hub) by: ParticipantId,
    /// What they may do.
    pub(in crate::hub) right: Right,
    /// The update.
    pub(in crate::hub) update: Bytes,
}

/// What an owner answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::hub) enum Answer {
    /// These edits were decided on, and the log is as long as this.
    Decided(u64, Vec<Decided>),
    /// The map is the asking server's.
    Given,
    /// The map is not this server's.
    NotMine,
}

/// What became of an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::hub) struct Decided {
    /// The connection.
    pub(in crate::hub) from: ConnectionId,
    /// Which of its frames.
    pub(in crate::hub) number: u64,
    /// Why it was refused; none where it is in the log.
    pub(in crate::hub) refused: Option<Refused>,
}

/// Why an edit was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::hub) struct Refused {
    /// The word for programs.
    pub(in crate::hub) code: String,
    /// The sentence for people.
    pub(in crate::hub) message: String,
    /// Whether trying again makes sense.
    pub(in crate::hub) retryable: bool,
}

impl Refused {
    /// Refused for this.
    pub(in crate::hub) fn new(code: &str, message: String, retryable: bool) -> Self {
        Self {
            code: code.to_owned(),
            message,
            retryable,
        }
    }

    /// Refused because the commit failed.
    pub(in crate::hub) fn not_saved() -> Self {
        Self::new("not_saved", "the edit could not be saved".to_owned(), true)
    }

    /// The word for programs, where it is one of those that edits are refused with.
    pub(in crate::hub) fn code(&self) -> &'static str {
        const CODES: [&str; 11] = [
            "gap",
            "not_saved",
            "read_only",
            "locked",
            "not_yours",
            "forbidden",
            "malformed",
            "too_deep",
            "schema",
            "too_large",
            "map_full",
        ];
        let known = CODES.into_iter().find(|it| *it == self.code);
        known.unwrap_or("forbidden")
    }
}

/// A message as bytes.
pub(in crate::hub) fn encode(message: &impl Serialize) -> Vec<u8> {
    // Into memory, of types that all can be written: there is nothing that could fail.
    postcard::to_extend(message, vec![VERSION]).unwrap_or_default()
}

/// What a message says; none where it is cut off, or of another version.
pub(in crate::hub) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let (version, rest) = bytes.split_first()?;
    if *version != VERSION {
        return None;
    }
    postcard::from_bytes(rest).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_or_of_another_version_is_not_heard() {
        let rows = Told::Rows(Rows {
            epoch: 1,
            seq: 7,
            hash: [9; 32],
            rows: vec![Row {
                from: u64::MAX,
                by: Some(ParticipantId::new()),
                update: Bytes::from_static(b"words"),
            }],
        });
        let bytes = encode(&rows);

        assert_eq!(decode(&bytes), Some(rows));
        for end in 0..bytes.len() {
            assert_eq!(decode::<Told>(&bytes[..end]), None);
        }
        let other = [&[VERSION + 1], &bytes[1..]].concat();
        assert_eq!(decode::<Told>(&other), None);
    }
}
