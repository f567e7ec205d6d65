//! Rows on their way from one database to another: a few at a time, and a sum of all.

use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Row};

use super::shape::{Column, Holds, Table};
use crate::store::error::StoreError;
use crate::store::open::Kind;
use crate::store::statement::{self, Arg, rows_at_once};

/// Of larger rows, fewer are written at once.
const BATCH_BYTES: usize = 1 << 20;

/// A value of a row; `None` is `NULL`, which has a type too.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(Option<String>),
    Number(Option<i64>),
    Bytes(Option<Vec<u8>>),
}

impl Value {
    fn read(row: &AnyRow, place: usize, column: &Column) -> Result<Self, StoreError> {
        Ok(match column.holds {
            Holds::Text => Self::Text(row.try_get(place)?),
            Holds::Number => Self::Number(row.try_get(place)?),
            Holds::Bytes => Self::Bytes(row.try_get(place)?),
        })
    }

    fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.as_ref().map_or(0, String::len),
            Self::Number(_) => 8,
            Self::Bytes(bytes) => bytes.as_ref().map_or(0, Vec::len),
        }
    }
}

impl From<Value> for Arg {
    fn from(value: Value) -> Self {
        match value {
            Value::Text(text) => text.into(),
            Value::Number(number) => number.into(),
            Value::Bytes(bytes) => bytes.into(),
        }
    }
}

/// How many rows there are, and what they hold, in whatever order they come: the sum of the hashes
/// of all. It tells what was lost or changed by accident; that nobody altered a log is what the
/// logs' own chains are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) n_rows: u64,
    hashes: [u64; 4],
}

impl Sum {
    pub(super) fn add(&mut self, row: &[Value]) {
        let mut hash = Sha256::new();
        for value in row {
            let mut put = |bytes: Option<&[u8]>| {
                let Some(bytes) = bytes else {
                    hash.update([0]);
                    return;
                };
                hash.update([1]);
                hash.update((bytes.len() as u64).to_le_bytes());
                hash.update(bytes);
            };
            match value {
                Value::Text(text) => put(text.as_deref().map(str::as_bytes)),
                Value::Number(number) => {
                    put(number.map(i64::to_le_bytes).as_ref().map(|it| &it[..]))
                }
                Value::Bytes(bytes) => put(bytes.as_deref()),
            }
        }
        self.n_rows += 1;
        for (sum, lane) in self.hashes.iter_mut().zip(hash.finalize().chunks_exact(8)) {
            let lane = lane.iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
            *sum = sum.wrapping_add(lane);
        }
    }
}

/// Does this with every row of a table, one after the other as they come.
pub(super) async fn each_row(
    on: &mut AnyConnection,
    table: &Table,
    mut take: impl AsyncFnMut(Vec<Value>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let select = AssertSqlSafe(table.select());
    let mut rows = sqlx::query::<Any>(select).fetch(on);
    while let Some(row) = rows.try_next().await? {
        let values = table.columns.iter().enumerate();
        let values = values.map(|(place, column)| Value::read(&row, place, column));
        take(values.collect::<Result<_, _>>()?).await?;
    }
    Ok(())
}

/// Rows that are written by one statement.
pub(super) struct Batch<'a> {
    table: &'a Table,
    kind: Kind,
    rows: Vec<Vec<Value>>,
    bytes: usize,
}

impl<'a> Batch<'a> {
    pub(super) fn new(table: &'a Table, kind: Kind) -> Self {
        Self {
            table,
            kind,
            rows: Vec::new(),
            bytes: 0,
        }
    }

    /// Takes one more; refuses what the target cannot hold.
    pub(super) fn add(&mut self, row: Vec<Value>) -> Result<(), StoreError> {
        for (value, column) in row.iter().zip(&self.table.columns) {
            let is_zero_byte = matches!(value, Value::Text(Some(text)) if text.contains('\0'));
            if is_zero_byte && self.kind == Kind::Postgres {
                return Err(StoreError::NotCopied(format!(
                    "a text in the column {} has a zero byte, which PostgreSQL does not take",
                    column.name
                )));
            }
        }
        self.bytes += row.iter().map(Value::len).sum::<usize>();
        self.rows.push(row);
        Ok(())
    }

    pub(super) fn is_full(&self) -> bool {
        let most = rows_at_once(self.table.columns.len());
        BATCH_BYTES <= self.bytes || most <= self.rows.len()
    }

    /// Writes what it has.
    pub(super) async fn write(&mut self, on: &mut AnyConnection) -> Result<(), StoreError> {
        let rows = std::mem::take(&mut self.rows);
        self.bytes = 0;
        let (name, columns) = (self.table.quoted(), self.table.column_list());
        let into = format!("INSERT INTO {name} ({columns})");
        let args = |row: Vec<Value>| row.into_iter().map(Arg::from).collect();
        statement::insert(on, &into, rows.into_iter().map(args).collect(), "").await
    }
}
