//! What anything is found by. Both databases only compare words that were made alike before
//! (`catalogue/words.rs`), so that they give the same results.

use std::collections::HashMap;

use sqlx::{AnyConnection, Row};

use super::error::StoreError;
use super::open::Kind;
use super::statement::{Arg, Statement, insert, rows_at_once};
use crate::base::id::MapId;
use crate::catalogue::kind::RecordKind;
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

const INTO: &str = "INSERT INTO search_entry (kind, id, title, body, map)";

fn row(it: Entry) -> Vec<Arg> {
    vec![
        it.kind.into(),
        it.id.into(),
        it.title.into(),
        it.body.into(),
        it.map.into(),
    ]
}

/// Writes entries, over those that are there already.
pub(super) async fn write(on: &mut AnyConnection, entries: Vec<Entry>) -> Result<(), StoreError> {
    let end = " ON CONFLICT (kind, id) DO UPDATE SET title = excluded.title, body = excluded.body";
    insert(on, INTO, entries.into_iter().map(row).collect(), end).await
}

/// Writes entries of what is just being made, and gives their numbers by its ids.
pub(super) async fn add(
    on: &mut AnyConnection,
    entries: Vec<Entry>,
) -> Result<HashMap<String, i64>, StoreError> {
    let mut rows = entries.into_iter().map(row).peekable();
    let mut docs = HashMap::new();
    while let Some(first) = rows.peek() {
        let at_once = rows_at_once(first.len());
        let mut statement = Statement::new(INTO);
        statement.sql(" VALUES ");
        statement.rows(rows.by_ref().take(at_once));
        statement.sql(" RETURNING id, doc");
        for row in statement.fetch(on).await? {
            docs.insert(row.try_get("id")?, row.try_get("doc")?);
        }
    }
    Ok(docs)
}

/// From how many answers on a list is read in its own order, and what has not the words left out;
/// below, it is quicker to read the answers and sort them.
const MANY: i64 = 2000;

/// Whether so many entries have all these words that lists are read in their own order. PostgreSQL
/// counts words by itself; what SQLite knows of an index of words is nothing.
pub(super) async fn are_many(
    on: &mut AnyConnection,
    database: Kind,
    words: &[String],
) -> Result<bool, StoreError> {
    if database == Kind::Postgres || words.is_empty() {
        return Ok(false);
    }
    let mut statement = Statement::new(
        "SELECT COUNT(*) AS n FROM (SELECT rowid FROM search_word WHERE search_word MATCH ",
    );
    statement
        .arg(Language::of(database).all(words))
        .sql(" LIMIT ")
        .arg(MANY)
        .sql(")");
    let rows = statement.fetch(on).await?;
    let n: i64 = rows.first().map_or(Ok(0), |it| it.try_get("n"))?;
    Ok(n == MANY)
}

/// Adds the condition that a record of a kind has an entry with all these words, each as the
/// beginning of one of its own.
pub(super) fn has_words(
    statement: &mut Statement,
    database: Kind,
    kind: RecordKind,
    words: &[String],
    are_many: bool,
) {
    let all = Language::of(database).all(words);
    match database {
        Kind::Sqlite => statement
            // The sign keeps the planner from looking each answer up.
            .sql(if are_many { "+" } else { "" })
            .sql(&format!("{kind}.doc IN (SELECT rowid FROM search_word"))
            .sql(" WHERE search_word MATCH ")
            .arg(all)
            .sql(")"),
        Kind::Postgres => statement
            .sql(&format!(
                "{kind}.doc IN (SELECT e.doc FROM search_entry AS e"
            ))
            .sql(" WHERE e.words @@ CAST(")
            .arg(all)
            .sql(" AS tsquery))"),
    };
}

/// Where in an entry the words stand that are asked for. An entry that has them all is in exactly
/// one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closeness {
    /// All in the title, as whole words.
    Whole,
    /// All in the title, each as the beginning of a word.
    Begun,
    /// Some of them in the title.
    Partly,
    /// None in the title.
    Elsewhere,
}

impl Closeness {
    /// All of them, the closest first.
    pub(super) const ALL: [Self; 4] = [Self::Whole, Self::Begun, Self::Partly, Self::Elsewhere];

    /// The column to sort by what was selected, which is an entry's `doc` by a name under which
    /// SQLite knows that its index comes in this order.
    pub(super) fn order(database: Kind) -> &'static str {
        match database {
            Kind::Sqlite => "w.rowid",
            Kind::Postgres => "e.doc",
        }
    }

    /// Selects `columns` of the entries `e` whose words stand there. Further conditions may follow.
    pub(super) fn select(self, columns: &str, database: Kind, words: &[String]) -> Statement {
        let language = Language::of(database);
        let [all, any, whole] = [
            language.all(words),
            language.any(words),
            language.whole(words),
        ];
        // What the entry has, what its title has, and what that has not.
        let (entry, title, but) = match self {
            Self::Whole => (None, Some(whole), None),
            Self::Begun => (None, Some(all), Some(whole)),
            Self::Partly => (Some(all.clone()), Some(any), Some(all)),
            Self::Elsewhere => (Some(all), None, Some(any)),
        };
        let mut statement = Statement::new("SELECT ");
        statement.sql(columns);
        match database {
            Kind::Sqlite => {
                let title = title.map(|it| format!("{{title}} : ({it})"));
                let has: Vec<String> = entry.into_iter().chain(title).collect();
                let has = format!("({})", has.join(") AND ("));
                let asked = match but {
                    Some(but) => format!("({has}) NOT ({{title}} : ({but}))"),
                    None => has,
                };
                // From the words to the entries, whatever the planner thinks of other conditions.
                statement
                    .sql(" FROM search_word AS w CROSS JOIN search_entry AS e ON e.doc = w.rowid")
                    .sql(" WHERE search_word MATCH ")
                    .arg(asked);
            }
            Kind::Postgres => {
                statement.sql(" FROM search_entry AS e WHERE TRUE");
                let but = but.map(|it| format!("!({it})"));
                let in_title = title.map(|it| format!("({it})")).into_iter().chain(but);
                let in_title = in_title.collect::<Vec<_>>().join(" & ");
                let conditions = entry.map(|it| ("words", it));
                for (column, asked) in conditions.into_iter().chain([("title_words", in_title)]) {
                    statement
                        .sql(&format!(" AND e.{column} @@ CAST("))
                        .arg(asked)
                        .sql(" AS tsquery)");
                }
            }
        }
        statement
    }
}

/// How a database's index is asked for words.
struct Language {
    quote: char,
    /// After the beginning of a word.
    begins: &'static str,
    and: &'static str,
    or: &'static str,
}

impl Language {
    fn of(database: Kind) -> Self {
        match database {
            // https://www.sqlite.org/fts5.html#full_text_query_syntax
            Kind::Sqlite => Self {
                quote: '"',
                begins: "*",
                and: " AND ",
                or: " OR ",
            },
            // https://www.postgresql.org/docs/current/datatype-textsearch.html
            Kind::Postgres => Self {
                quote: '\'',
                begins: ":*",
                and: " & ",
                or: " | ",
            },
        }
    }

    /// Each begins a word.
    fn all(&self, words: &[String]) -> String {
        self.ask(words, self.begins, self.and)
    }

    /// One of them at least begins a word.
    fn any(&self, words: &[String]) -> String {
        self.ask(words, self.begins, self.or)
    }

    /// Each is a word.
    fn whole(&self, words: &[String]) -> String {
        self.ask(words, "", self.and)
    }

    /// Words are letters and digits (`catalogue/words.rs`), so nothing in them needs escaping.
    fn ask(&self, words: &[String], end: &str, between: &str) -> String {
        let quote = self.quote;
        let asked: Vec<String> = words
            .iter()
            .map(|it| format!("{quote}{it}{quote}{end}"))
            .collect();
        asked.join(between)
    }
}
