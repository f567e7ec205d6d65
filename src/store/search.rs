//! What anything is found by. Both databases only compare words that were made alike before
//! (`catalogue/words.rs`), so that they give the same results.

use sqlx::AnyConnection;

use super::error::StoreError;
use super::open::Kind;
use super::statement::{Statement, rows_at_once};

/// What something is found by.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// What it is: `gap`, `solution`, …
    pub(super) kind: &'static str,
    /// Its id.
    pub(super) id: String,
    /// The words of what it is called.
    pub(super) title: String,
    /// Its other words.
    pub(super) body: String,
}

/// Writes entries, over those that are there already.
pub(super) async fn write(on: &mut AnyConnection, entries: &[Entry]) -> Result<(), StoreError> {
    for some in entries.chunks(rows_at_once(4)) {
        let mut statement =
            Statement::new("INSERT INTO search_entry (kind, id, title, body) VALUES ");
        let row = |it: &Entry| {
            vec![
                it.kind.into(),
                it.id.as_str().into(),
                it.title.as_str().into(),
                it.body.as_str().into(),
            ]
        };
        statement.rows(some.iter().map(row)).sql(
            " ON CONFLICT (kind, id) DO UPDATE SET title = excluded.title, body = excluded.body",
        );
        statement.execute(on).await?;
    }
    Ok(())
}

/// Adds the condition that what `id` names has an entry with all these words, each as the beginning
/// of one of its own.
pub(super) fn has_words(
    statement: &mut Statement,
    database: Kind,
    kind: &str,
    id: &str,
    words: &[String],
) {
    statement
        .sql(id)
        .sql(" IN (SELECT e.id FROM search_entry AS e WHERE ");
    match database {
        Kind::Sqlite => {
            let asked: Vec<String> = words.iter().map(|it| format!("\"{it}\"*")).collect();
            statement
                .sql("e.doc IN (SELECT rowid FROM search_word WHERE search_word MATCH ")
                .arg(asked.join(" AND "))
                .sql(")");
        }
        Kind::Postgres => {
            let asked: Vec<String> = words.iter().map(|it| format!("'{it}':*")).collect();
            statement
                .sql("e.words @@ CAST(")
                .arg(asked.join(" & "))
                .sql(" AS tsquery)");
        }
    }
    statement.sql(" AND e.kind = ").arg(kind).sql(")");
}
