//! What anything is found by. Both databases only compare words that were made alike before
//! (`catalogue/words.rs`), so that they give the same results.

use sqlx::AnyConnection;

use super::error::StoreError;
use super::open::Kind;
use super::statement::{Statement, rows_at_once};
use crate::base::id::MapId;
use crate::catalogue::words::normalise;

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
    /// The map that it belongs to, with which it goes.
    pub(super) map: Option<String>,
}

impl Entry {
    /// What a node is found by.
    pub(super) fn of_node(map: MapId, node: &str, text: &str, note: &str) -> Self {
        Self {
            kind: NODE,
            id: node_entry(map, node),
            title: normalise(text),
            body: normalise(note),
            map: Some(map.to_string()),
        }
    }
}

/// The kind of the entries of nodes.
pub(super) const NODE: &str = "node";

/// The id of a node's entry: nodes of two maps may have the same id.
fn node_entry(map: MapId, node: &str) -> String {
    format!("{map}/{node}")
}

/// Takes nodes out of what can be found.
pub(super) async fn delete_nodes(
    on: &mut AnyConnection,
    map: MapId,
    nodes: &[String],
) -> Result<(), StoreError> {
    if nodes.is_empty() {
        return Ok(());
    }
    let mut statement = Statement::new("DELETE FROM search_entry WHERE kind = ");
    statement.arg(NODE).sql(" AND id IN ");
    statement.list(nodes.iter().map(|it| node_entry(map, it)));
    statement.execute(on).await?;
    Ok(())
}

/// Writes entries, over those that are there already.
pub(super) async fn write(on: &mut AnyConnection, entries: &[Entry]) -> Result<(), StoreError> {
    for some in entries.chunks(rows_at_once(5)) {
        let mut statement =
            Statement::new("INSERT INTO search_entry (kind, id, title, body, map) VALUES ");
        let row = |it: &Entry| {
            vec![
                it.kind.into(),
                it.id.as_str().into(),
                it.title.as_str().into(),
                it.body.as_str().into(),
                it.map.as_deref().into(),
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
    write_words(statement, database, words);
    statement.sql(" AND e.kind = ").arg(kind).sql(")");
}

/// The condition that the entry `e` has all these words, each as the beginning of one of its own.
pub(super) fn write_words(statement: &mut Statement, database: Kind, words: &[String]) {
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
}
