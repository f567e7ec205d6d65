//! Ids: one newtype for each kind of record, so that one cannot be taken for another.
//!
//! All are UUID version 7 (RFC 9562), written in lower case with hyphens. They sort by the time
//! they were made, which is why lists page by id.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::invalid::Invalid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh id that sorts after those made in earlier milliseconds.
            #[expect(clippy::new_without_default, reason = "every call gives another id")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                Uuid::try_parse(text)
                    .map(Self)
                    .map_err(|_| Invalid::new("id", "must be a UUID"))
            }
        }
    )*};
}

ids! {
    /// A Practitioners' Group.
    GroupId,
    /// A workshop sitting.
    SessionId,
    /// A mind map.
    MapId,
    /// A pseudonym in one session.
    ParticipantId,
    /// An account.
    UserId,
    /// A join link.
    InviteId,
    /// An API token; not the secret itself.
    TokenId,
    /// A round of a session.
    RoundId,
    /// A saved template.
    TemplateId,
    /// An idea that is not revealed yet.
    IdeaId,
    /// A named place in a map's log.
    CheckpointId,
    /// A record of the catalogue, of any kind.
    RecordId,
    /// A tag.
    TagId,
    /// A file on its way into the catalogue.
    ImportId,
    /// A report.
    ReportId,
    /// How a kind of file is read.
    MappingId,
    /// A server among others; another at each start.
    ServerId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_it_was_written() {
        let id = MapId::new();

        assert_eq!(id.to_string().parse::<MapId>().unwrap(), id);
    }

    #[test]
    fn what_is_not_a_uuid_is_refused_in_words() {
        let refused = "map-1".parse::<MapId>().unwrap_err();

        assert_eq!(refused.to_string(), "id must be a UUID");
    }
}
