//! All SQL. One [`Store`] over SQLite or Postgres, and one `impl Store` block a file.
//!
//! Both databases run the same statement texts (through sqlx's `Any` driver), so columns are TEXT,
//! SMALLINT, BIGINT and BLOB/BYTEA only. Knows neither HTTP nor rooms. Whoever calls passes the
//! time in, and who acts ([`By`]): nothing here asks a clock.

mod columns;
mod epochs;
mod error;
mod lock;
pub mod log;
mod maps;
mod open;
mod opening;
mod page;
mod secret;

mod audit;
mod backup;
mod catalogue;
mod checkpoints;
mod erasure;
mod groups;
mod guests;
mod held;
mod history;
mod ideas;
mod imports;
mod invites;
mod join;
mod likeness;
mod links;
mod newcomer;
mod participant_row;
mod participants;
mod passwords;
mod replay;
mod reports;
mod retention;
mod rounds;
mod search;
mod search_all;
mod servers;
mod sessions;
mod sign_ins;
mod stage;
mod statement;
mod sweep;
mod templates;
mod tokens;
mod transfer;
mod users;
mod votes;

pub use audit::{Actor, AuditEvent, AuditFilter, By};
pub use catalogue::{
    Card, CardFacts, Cause, Condition, Entry, HistoryEntry, Matrix, MatrixCell, MatrixFilter,
    MatrixGap, MatrixSolution, More, NewTag, RecordFilter, RecordOrder, RecordVersion,
    ScoreSummary, Seen, Short, Tag, TagChange, Totals, Watch, orders,
};
pub use checkpoints::{Checkpoint, SignOff, Signed, hex};
pub use epochs::EpochReason;
pub use error::StoreError;
pub use history::HistoryRow;
pub use ideas::{HiddenIdeas, Idea, RevealedIdea};
pub use imports::{
    Decision, Import, ImportNote, ImportState, NoteKind, PreviewRow, SavedMapping, Tally,
};
pub use join::Join;
pub use links::{
    BoardFilter, BoardLink, BoardNode, Judged, LinkFilter, LinkState, Mention, MentionRow, Named,
    NamedIn, NodeRow, Origin, Reading, Said,
};
pub use open::{Kind, Mode, Store};
pub use opening::{Hold, Opened, Snapshot};
pub use page::{MAX_LIMIT, Page, PageRequest};
pub use passwords::Kept;
pub use replay::Stretch;
pub use reports::{ReportFilter, ReportRecord, ReportStep};
pub use retention::{DueSession, Holdings};
pub use rounds::{Agenda, AgendaItem};
pub use search_all::{Hit, HitKind, SearchFilter};
pub use secret::Secret;
pub use servers::Taking;
pub use sessions::{Beginning, SessionFilter, SessionOrder};
pub use sign_ins::{LINK_LIFETIME, SIGN_IN_LIFETIME, SignInBy, SignedIn};
pub use stage::{Stage, StageRound};
pub use tokens::ApiToken;
pub use transfer::Copied;
pub use votes::Ballot;
