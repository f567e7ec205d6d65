//! The catalogue: what is missing, what might help, how well it fits, and on what evidence.
//!
//! A record is a set of named values ([`record::Record`]). Which fields a kind of record has, what
//! each takes and in which states it can be stands in one table a kind ([`mod@gap`], [`solution`],
//! [`fit`], [`evidence`]), and everything else reads those tables: checking, JSON, differences,
//! history, the columns of the database, the description of the API. Plain values and pure
//! functions: no IO, no clock.

pub mod change;
pub mod coverage;
pub mod difference;
pub mod evidence;
pub mod excerpt;
pub mod field;
pub mod fit;
pub mod gap;
pub mod handle;
pub mod json;
pub mod kind;
pub mod light;
pub mod reconcile;
pub mod record;
pub mod scale;
pub mod shape;
pub mod solution;
pub mod state;
pub mod table;
pub mod value;
pub mod words;
