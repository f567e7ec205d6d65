//! Statements whose text depends on what is asked for: the text is put together from our own words
//! only, and every value is an argument.

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Database, Sqlite};

use super::error::StoreError;

/// How many arguments one statement has at most. Both databases take 32,766 or more; beyond some
/// hundreds nothing is gained.
const MANY_ARGS: usize = 4000;

/// How many rows of so many values one statement writes.
pub(super) fn rows_at_once(values: usize) -> usize {
    (MANY_ARGS / values.max(1)).max(1)
}

/// Writes rows of values, as many with one statement as it takes: `into` stands before `VALUES`,
/// `end` behind the rows.
pub(super) async fn insert(
    on: &mut AnyConnection,
    into: &str,
    rows: Vec<Vec<Arg>>,
    end: &str,
) -> Result<(), StoreError> {
    let mut rows = rows.into_iter().peekable();
    while let Some(first) = rows.peek() {
        let at_once = rows_at_once(first.len());
        let mut statement = Statement::new(into);
        statement.sql(" VALUES ");
        statement.rows(rows.by_ref().take(at_once)).sql(end);
        statement.execute(on).await?;
    }
    Ok(())
}

/// A value of a statement. `NULL` is written into the text, so that every argument has a type.
#[derive(Clone, Debug)]
pub(super) enum Arg {
    /// Text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Nothing.
    Null,
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Vec<u8>> for Arg {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl<T: Into<Arg>> From<Option<T>> for Arg {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A statement in the making.
#[derive(Debug, Default)]
pub(super) struct Statement {
    text: String,
    /// Each with the place in the text where it stands.
    args: Vec<(usize, Arg)>,
}

impl Statement {
    /// One that begins so.
    pub(super) fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            args: Vec::new(),
        }
    }

    /// Goes on with words of our own.
    pub(super) fn sql(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Goes on with a value.
    pub(super) fn arg(&mut self, value: impl Into<Arg>) -> &mut Self {
        match value.into() {
            Arg::Null => self.text.push_str("NULL"),
            value => {
                self.args.push((self.text.len(), value));
                // What comes next shall not grow together with what stands for the value.
                self.text.push(' ');
            }
        }
        self
    }

    /// Goes on with a list of values in parentheses.
    pub(super) fn list(&mut self, values: impl IntoIterator<Item = impl Into<Arg>>) -> &mut Self {
        let mut parting = "(";
        for value in values {
            self.sql(parting).arg(value);
            parting = ", ";
        }
        if parting == "(" {
            self.sql("(NULL");
        }
        self.sql(")")
    }

    /// Goes on with rows of values, for `INSERT … VALUES`.
    pub(super) fn rows(&mut self, rows: impl IntoIterator<Item = Vec<Arg>>) -> &mut Self {
        let mut parting = "";
        for row in rows {
            self.sql(parting).list(row);
            parting = ", ";
        }
        self
    }

    /// Runs it, and gives all rows.
    pub(super) async fn fetch(self, on: &mut AnyConnection) -> Result<Vec<AnyRow>, StoreError> {
        let text = self.written(on.backend_name());
        Ok(self.bound(text).fetch_all(on).await?)
    }

    /// Runs it, and says how many rows it changed.
    pub(super) async fn execute(self, on: &mut AnyConnection) -> Result<u64, StoreError> {
        let text = self.written(on.backend_name());
        Ok(self.bound(text).execute(on).await?.rows_affected())
    }

    /// The text with a sign in the place of each argument. PostgreSQL wants numbers; to SQLite they
    /// are names, which the driver looks up for each argument among all the others.
    fn written(&self, backend: &str) -> String {
        let mut text = String::with_capacity(self.text.len() + 5 * self.args.len());
        let mut from = 0;
        for (n, (at, _)) in self.args.iter().enumerate() {
            text.push_str(&self.text[from..*at]);
            match backend == Sqlite::NAME {
                true => text.push('?'),
                false => text.push_str(&format!("${}", n + 1)),
            }
            from = *at;
        }
        text.push_str(&self.text[from..]);
        text
    }

    fn bound(self, text: String) -> Query<'static, Any, AnyArguments> {
        let mut query = sqlx::query::<Any>(AssertSqlSafe(text));
        for (_, arg) in self.args {
            query = match arg {
                Arg::Text(text) => query.bind(text),
                Arg::Number(number) => query.bind(number),
                Arg::Bytes(bytes) => query.bind(bytes),
                Arg::Null => query,
            };
        }
        query
    }
}
