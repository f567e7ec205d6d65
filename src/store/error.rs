//! What can go wrong with the database, told apart by what a caller does about it.

use std::path::{Path, PathBuf};

use crate::base::invalid::Invalid;
use crate::base::turns::Crowded;
use crate::catalogue::difference::StaleRecord;

/// A failure of the store. "Not there" is a value of its own and never reads as "empty".
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No record of this kind has the id that was asked for.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The record was there and can no longer be used: revoked, expired, used up.
    #[error("this {what} {why}")]
    Gone {
        /// What kind of record.
        what: &'static str,
        /// The rest of the sentence: "was revoked", "has expired".
        why: &'static str,
    },
    /// Another record stands in the way, such as one of the same name.
    #[error("{0}")]
    Conflict(&'static str),
    /// Somebody else changed the record since the caller read it.
    #[error("the record was changed by somebody else in the meantime")]
    Stale,
    /// Somebody else changed a record of the catalogue; it says where the changes meet.
    #[error("the record was changed by somebody else in the meantime")]
    StaleRecord(Box<StaleRecord>),
    /// Another record, which it names, stands in the way.
    #[error("{0}")]
    Taken(String),
    /// A value was refused.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// A stored row does not hold what its column promises, or a chain of hashes is broken.
    #[error("the database holds something it should not: {0}")]
    Corrupt(String),
    /// The database did not answer, or did not take the commit.
    #[error("the database is not available")]
    Unavailable(#[source] sqlx::Error),
    /// Work that takes turns found none in time.
    #[error(transparent)]
    Crowded(#[from] Crowded),
    /// The address of the database makes no sense.
    #[error("{0}")]
    Address(String),
    /// Another server has this database file.
    #[error("another gapmap serve uses {0}: stop it first, or give this one a database of its own")]
    InUse(PathBuf),
    /// This server has not said for too long that it is there: others may have its maps.
    #[error("the server was away from the database for too long")]
    LeaseOver,
    /// A file that should be a backup is none, or not a whole one.
    #[error("this is no whole backup of gapmap")]
    NoBackup,
    /// A restore was cut off in the moment in which there is no database: a new one in its place would look as
    /// if all were lost.
    #[error(
        "a restore of {0} was cut off: run `gapmap restore` again; what was there before is beside it, \
         with .before- in its name"
    )]
    HalfRestored(PathBuf),
    /// A file beside the database could not be read or written.
    #[error("{path}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A copy of the whole database was not made, for this reason.
    #[error("{0}")]
    NotCopied(String),
    /// What the rows of one table ran into.
    #[error("in the table {table}")]
    Table {
        /// The table.
        table: String,
        /// What it was.
        source: Box<StoreError>,
    },
    /// The tables are of an older version, and a server may be at work on them.
    #[error(
        "the database is of an older version of gapmap, and a server of that version may run on it: use that \
         version's gapmap, or start `gapmap serve` of this one first, which brings the database up to date"
    )]
    Older,
    /// The tables could not be brought to this version.
    #[error("cannot bring the database to this version of gapmap")]
    Migrate(#[source] sqlx::migrate::MigrateError),
}

/// What went wrong with a file, as an error that names it.
pub(super) fn file_error(path: &Path) -> impl FnOnce(std::io::Error) -> StoreError {
    let path = path.to_owned();
    |source| StoreError::File { path, source }
}

/// What PostgreSQL says to a text with a zero byte, which it cannot keep: `character_not_in_repertoire`.
const ZERO_BYTE: &str = "22021";

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(cause) if cause.is_unique_violation() => {
                Self::Conflict("there is already such a record")
            }
            sqlx::Error::Database(cause) if cause.code().as_deref() == Some(ZERO_BYTE) => {
                Invalid::new("text", "must not have a zero byte in it").into()
            }
            sqlx::Error::Database(cause) if cause.is_foreign_key_violation() => {
                Self::Conflict("another record is missing or still needs this one")
            }
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                Self::Corrupt(error.to_string())
            }
            _ => Self::Unavailable(error),
        }
    }
}

impl StoreError {
    /// Says in which table it happened.
    pub(super) fn in_table(self, table: &str) -> Self {
        Self::Table {
            table: table.to_owned(),
            source: Box::new(self),
        }
    }

    /// Puts words to a broken uniqueness rule; leaves every other failure as it is.
    pub(super) fn or_conflict(self, words: &'static str) -> Self {
        match self {
            Self::Conflict(_) => Self::Conflict(words),
            other => other,
        }
    }
}
