//! The catalogue's records.

mod attached;
mod bulk;
mod changes;
mod edit;
mod entry;
mod lights;
mod list;
mod matrix;
mod merge;
mod named;
mod rows;
mod scores;
mod tags;
mod watch;

pub use changes::{Cause, HistoryEntry};
pub use entry::{Entry, More, ScoreSummary, Short};
pub use list::{Condition, RecordFilter, RecordOrder, orders};
pub use matrix::{Matrix, MatrixCell, MatrixFilter, MatrixGap, MatrixSolution};
pub use named::Named;
pub use tags::{NewTag, Tag, TagChange};
pub use watch::{Totals, Watch};
