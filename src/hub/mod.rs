//! Open rooms, joined with the store: what is live on this server.

mod committer;
mod metrics;

pub use committer::CommitError;
pub use metrics::{Code, Metrics};
