//! All SQL. One [`Store`] over SQLite or Postgres, and one `impl Store` block a file.
//!
//! Both databases run the same statement texts (through sqlx's `Any` driver), so columns are TEXT,
//! SMALLINT, BIGINT and BLOB/BYTEA only. Knows neither HTTP nor rooms. Whoever calls passes the
//! time in: nothing here asks a clock.

mod error;
mod lock;
pub mod log;
pub mod maps;
mod open;

pub use error::StoreError;
pub use maps::MapStatus;
pub use open::{Kind, Mode, Store};
