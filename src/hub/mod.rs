//! Open rooms, joined with the store: what is live on this server.
//!
//! ```text
//! socket -> Hub::join -> actor (one a map) -> committer (one) -> the log
//!    ^                     |                                       |
//!    +------- stream <-----+ publish, acknowledge <----------------+
//! ```
//!
//! # Invariants
//!
//! * A map has one actor at most; opening is single-flight, and an actor leaves the registry only
//!   when its mailbox is empty.
//! * An actor takes the map's next fencing number when it opens; with an older one nothing can be
//!   appended any more.

mod actor;
mod answers;
mod cards;
mod cluster;
mod committer;
mod document;
mod edits;
mod error;
mod export;
mod inbox;
mod joined;
mod message;
mod metrics;
mod pace;
mod past;
mod purge;
mod reading;
mod report;
mod request;
mod retention;
mod rooms;
mod seat;
mod setback;
mod shared;
mod shelf;
mod show;
mod sign_off;
mod snapshots;
mod stage;
mod suggester;
mod tabs;
mod typesetter;
mod views;
mod write;

pub use cluster::{Cluster, JoinError};
pub use error::HubError;
pub use export::{ExportError, Exported, Reader, export};
pub use joined::Joined;
pub use metrics::{Code, Metrics};
pub use reading::{ReadingError, read_into_tables, read_map};
pub use report::{make_report, names_in_report, write_report};
pub use request::{NotWritten, Purge, Purged, Written};
pub use rooms::Hub;
pub use seat::Seat;
pub use shared::HubOptions;
pub use show::Show;
pub use suggester::{Found, Suggester};
pub use typesetter::{PROGRAM, TypesetError, Typesetter};
