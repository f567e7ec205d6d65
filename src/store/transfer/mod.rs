//! A whole database copied into another one, of the other kind too.
//!
//! Which tables and columns there are is what the databases themselves say, so that a table which a
//! later migration adds is copied without a word here. All of it happens in one transaction on
//! each side: what is read is one moment of the source, and an interrupted copy leaves nothing.

mod row;
mod shape;

use sqlx::{Any, AnyConnection, AssertSqlSafe, Transaction};

use self::row::{Batch, Sum, Value, each_row};
use self::shape::{Table, tables};
use super::error::StoreError;
use super::open::{Kind, Store};

/// Tables that migrations write rows into: they are never empty, and hold nothing by that.
const SEEDED: [&str; 4] = ["audit_head", "heartbeat", "owed", "record_number"];
/// What is written whenever somebody asks whether the database takes commits.
const BEATING: &str = "heartbeat";

/// What a copy came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Tables.
    pub n_tables: usize,
    /// Rows of all tables.
    pub n_rows: u64,
    /// Whether all of it was in the target before, and nothing else.
    pub was_there: bool,
}

impl Store {
    /// Copies every table into `target`, reads it there again and compares, and only then commits.
    /// `told` hears of each table that is through. Nobody may write to the target meanwhile: its
    /// tables are held.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotCopied`] when the target holds something else, or does not hold afterwards
    /// what the source holds; [`StoreError::Table`] for what a table's rows ran into. The target is
    /// then as it was.
    pub async fn copy_to(
        &self,
        target: &Self,
        mut told: impl FnMut(&str, u64),
    ) -> Result<Copied, StoreError> {
        let mut source = self.one_moment().await?;
        let mut into = target.begin().await?;
        may_rest(&mut source, self.kind()).await?;
        may_rest(&mut into, target.kind()).await?;
        let wanted = tables(&mut into).await?;
        must_match(&tables(&mut source).await?, &wanted)?;
        hold_all(&mut into, target.kind(), &wanted).await?;
        let was_there = match occupied(&mut into, &wanted).await? {
            None => false,
            Some(table) => {
                must_be_the_same(&mut source, &mut into, &wanted, table).await?;
                true
            }
        };
        let mut n_rows = 0;
        for table in &wanted {
            let sum = match was_there {
                true => sum_of(&mut source, table).await,
                false => copy(&mut source, &mut into, table, target.kind()).await,
            };
            let sum = sum.map_err(|it| it.in_table(&table.name))?;
            n_rows += sum.n_rows;
            told(&table.name, sum.n_rows);
        }
        into.commit().await?;
        Ok(Copied {
            n_tables: wanted.len(),
            n_rows,
            was_there,
        })
    }

    /// Begins to read the database as it stands at one moment.
    async fn one_moment(&self) -> Result<Transaction<'static, Any>, StoreError> {
        let begin = match self.kind() {
            Kind::Sqlite => "BEGIN",
            Kind::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        Ok(self.read.begin_with(begin).await?)
    }
}

/// Lets a transaction rest for as long as the other side takes: while one is read through and summed
/// up, nothing is asked of the other.
async fn may_rest(on: &mut AnyConnection, kind: Kind) -> Result<(), StoreError> {
    if kind == Kind::Postgres {
        let setting = "SET LOCAL idle_in_transaction_session_timeout = 0";
        sqlx::query(setting).execute(on).await?;
    }
    Ok(())
}

/// Refuses two databases whose tables are not the same. Both were brought to this version, so only
/// somebody's own hands can have made a difference.
fn must_match(source: &[Table], target: &[Table]) -> Result<(), StoreError> {
    let differs = |table: &&Table| !target.iter().any(|it| it.holds_the_same_columns(table));
    if let Some(table) = source.iter().find(differs) {
        let words = format!(
            "the source has a table {} that the target does not have, or not with these columns",
            table.name
        );
        return Err(StoreError::NotCopied(words));
    }
    let unknown = |table: &&Table| !source.iter().any(|it| it.name == table.name);
    match target.iter().find(unknown) {
        Some(table) => Err(StoreError::NotCopied(format!(
            "the target has a table {} of something else: give it a database of its own",
            table.name
        ))),
        None => Ok(()),
    }
}

/// Keeps everybody else from writing. SQLite's one write lock is held by the transaction already.
async fn hold_all(
    target: &mut AnyConnection,
    kind: Kind,
    tables: &[Table],
) -> Result<(), StoreError> {
    if kind == Kind::Postgres {
        let names: Vec<String> = tables.iter().map(Table::quoted).collect();
        let text = format!("LOCK TABLE {} IN EXCLUSIVE MODE", names.join(", "));
        sqlx::query::<Any>(AssertSqlSafe(text))
            .execute(target)
            .await?;
    }
    Ok(())
}

/// A table of the target that holds something.
async fn occupied<'a>(
    target: &mut AnyConnection,
    tables: &'a [Table],
) -> Result<Option<&'a str>, StoreError> {
    for table in tables {
        let text = format!("SELECT 1 FROM {} LIMIT 1", table.quoted());
        let row = sqlx::query::<Any>(AssertSqlSafe(text))
            .fetch_optional(&mut *target)
            .await?;
        if row.is_some() && !SEEDED.contains(&&*table.name) {
            return Ok(Some(&table.name));
        }
    }
    Ok(None)
}

/// Refuses a target that holds anything but what the source holds.
async fn must_be_the_same(
    source: &mut AnyConnection,
    target: &mut AnyConnection,
    tables: &[Table],
    occupied: &str,
) -> Result<(), StoreError> {
    for table in tables.iter().filter(|it| it.name != BEATING) {
        let differs = sum_of(source, table).await? != sum_of(target, table).await?;
        if differs {
            return Err(StoreError::NotCopied(format!(
                "the target holds something else already, such as in its table {occupied}: give it an empty database"
            )));
        }
    }
    Ok(())
}

/// Copies one table, and makes sure that it is there.
async fn copy(
    source: &mut AnyConnection,
    target: &mut AnyConnection,
    table: &Table,
    kind: Kind,
) -> Result<Sum, StoreError> {
    let text = format!("DELETE FROM {}", table.quoted());
    sqlx::query::<Any>(AssertSqlSafe(text))
        .execute(&mut *target)
        .await?;
    let mut batch = Batch::new(table, kind);
    let mut sum = Sum::default();
    let target_connection = &mut *target;
    each_row(source, table, async |mut row| {
        sum.add(&row);
        // Rows of one table that name each other come in any order.
        for reference in &table.own {
            row[reference.from] = Value::Text(None);
        }
        batch.add(row)?;
        if batch.is_full() {
            batch.write(target_connection).await?;
        }
        Ok(())
    })
    .await?;
    batch.write(&mut *target).await?;
    for reference in &table.own {
        let from = reference.from;
        let update = reference.update(table, kind);
        each_row(source, table, async |row| {
            let (Value::Text(Some(to)), Value::Text(Some(key))) = (&row[from], &row[reference.to])
            else {
                return Ok(());
            };
            sqlx::query::<Any>(AssertSqlSafe(update.clone()))
                .bind(to.clone())
                .bind(key.clone())
                .execute(&mut *target)
                .await?;
            Ok(())
        })
        .await?;
    }
    let there = sum_of(target, table).await?;
    if there != sum {
        return Err(StoreError::NotCopied(format!(
            "of {} rows read, {} arrived, or not as they were",
            sum.n_rows, there.n_rows
        )));
    }
    Ok(sum)
}

async fn sum_of(on: &mut AnyConnection, table: &Table) -> Result<Sum, StoreError> {
    let mut sum = Sum::default();
    each_row(on, table, async |row| {
        sum.add(&row);
        Ok(())
    })
    .await?;
    Ok(sum)
}
