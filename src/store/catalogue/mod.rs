//! The catalogue's records.

mod attached;
mod bulk;
mod cards;
mod changes;
mod edit;
mod entry;
mod intake;
mod lights;
mod list;
mod matrix;
mod merge;
mod news;
mod rows;
mod scores;
mod tags;
mod watch;

pub(super) use bulk::make_of_node;
pub(super) use bulk::reserve;
pub use cards::{Card, CardFacts};
pub use changes::{Cause, HistoryEntry};
pub use entry::{Entry, More, Short};
pub use intake::Seen;
pub use list::{Condition, RecordFilter, RecordOrder, orders};
pub use matrix::{Matrix, MatrixCell, MatrixFilter, MatrixGap, MatrixSolution};
pub use news::RecordVersion;
pub(super) use rows::{by_ids as records_by_ids, record_of, records_where};
pub use scores::ScoreSummary;
pub(super) use scores::of_fits as scores_of_fits;
pub use tags::{NewTag, Tag, TagChange};
pub use watch::{Totals, Watch};
