//! Which tables a database has, as it says itself, in an order in which they can be filled.

use sqlx::{AnyConnection, Database, Row, Sqlite};

use crate::store::error::StoreError;
use crate::store::open::Kind;

/// A table, as far as its rows are copied.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) name: String,
    /// In the order of their names, without those that the database fills by itself.
    pub(super) columns: Vec<Column>,
    /// The column whose numbers the database gives, in whose order rows are read: they are numbered
    /// anew in the same order.
    pub(super) order: Option<String>,
    /// The columns that name another row of this table.
    pub(super) own: Vec<OwnReference>,
    /// The other tables that its rows name.
    parents: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) holds: Holds,
}

/// What a column holds. The store uses no other kinds (see the [store](super::super)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    Number,
    Bytes,
}

/// A column that names another row of the same table, by places among the columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnReference {
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Table {
    /// Its name as statements write it.
    pub(super) fn quoted(&self) -> String {
        quoted(&self.name)
    }

    pub(super) fn holds_the_same_columns(&self, other: &Self) -> bool {
        self.name == other.name && self.columns == other.columns
    }

    /// Reads all columns of all rows.
    pub(super) fn select(&self) -> String {
        let mut text = format!("SELECT {} FROM {}", self.column_list(), self.quoted());
        if let Some(order) = &self.order {
            text.push_str(&format!(" ORDER BY {}", quoted(order)));
        }
        text
    }

    /// The names of the columns, for a statement.
    pub(super) fn column_list(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|it| quoted(&it.name)).collect();
        names.join(", ")
    }

    fn place_of(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|it| it.name == column)
    }
}

impl OwnReference {
    /// Writes the reference of one row.
    pub(super) fn update(self, table: &Table, kind: Kind) -> String {
        let (value, key) = match kind {
            Kind::Sqlite => ("?", "?"),
            Kind::Postgres => ("$1", "$2"),
        };
        let name = |place: usize| quoted(&table.columns[place].name);
        format!(
            "UPDATE {} SET {} = {value} WHERE {} = {key}",
            table.quoted(),
            name(self.from),
            name(self.to)
        )
    }
}

/// A name as both databases take it, whatever word it is.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

const SQLITE_COLUMNS: &str = "SELECT t.name AS tab, c.name AS col, upper(c.type) AS kind,
        c.type = 'INTEGER' AS made
    FROM pragma_table_list AS t JOIN pragma_table_xinfo(t.name) AS c
    WHERE t.schema = 'main' AND t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_'
      AND t.name <> '_sqlx_migrations'
    ORDER BY t.name, c.name";
const SQLITE_REFERENCES: &str = "SELECT t.name AS tab, f.\"table\" AS parent, f.\"from\" AS col,
        f.\"to\" AS target
    FROM pragma_table_list AS t JOIN pragma_foreign_key_list(t.name) AS f
    WHERE t.schema = 'main' AND t.type = 'table'
    ORDER BY t.name, f.\"from\"";

const POSTGRES_COLUMNS: &str =
    "SELECT CAST(t.relname AS TEXT) AS tab, CAST(c.attname AS TEXT) AS col,
        upper(CAST(k.typname AS TEXT)) AS kind,
        CASE WHEN c.attidentity <> '' OR c.attgenerated <> '' THEN 1 ELSE 0 END AS made
    FROM pg_class AS t
    JOIN pg_namespace AS n ON n.oid = t.relnamespace
    JOIN pg_attribute AS c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
    JOIN pg_type AS k ON k.oid = c.atttypid
    WHERE n.nspname = current_schema() AND t.relkind = 'r' AND t.relname <> '_sqlx_migrations'
    ORDER BY t.relname COLLATE \"C\", c.attname COLLATE \"C\"";
const POSTGRES_REFERENCES: &str = "SELECT CAST(t.relname AS TEXT) AS tab,
        CAST(p.relname AS TEXT) AS parent, CAST(a.attname AS TEXT) AS col,
        CAST(b.attname AS TEXT) AS target
    FROM pg_constraint AS k
    JOIN pg_class AS t ON t.oid = k.conrelid
    JOIN pg_namespace AS n ON n.oid = t.relnamespace
    JOIN pg_class AS p ON p.oid = k.confrelid
    JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    JOIN pg_attribute AS b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
    WHERE k.contype = 'f' AND n.nspname = current_schema()
    ORDER BY t.relname COLLATE \"C\", a.attname COLLATE \"C\"";

/// All tables of ours, those first that others name.
pub(super) async fn tables(on: &mut AnyConnection) -> Result<Vec<Table>, StoreError> {
    let (columns, references) = match on.backend_name() == Sqlite::NAME {
        true => (SQLITE_COLUMNS, SQLITE_REFERENCES),
        false => (POSTGRES_COLUMNS, POSTGRES_REFERENCES),
    };
    let mut tables: Vec<Table> = Vec::new();
    for row in sqlx::query(columns).fetch_all(&mut *on).await? {
        let name: String = row.try_get("tab")?;
        if tables.last().is_none_or(|it| it.name != name) {
            tables.push(Table {
                name,
                columns: Vec::new(),
                order: None,
                own: Vec::new(),
                parents: Vec::new(),
            });
        }
        if let Some(table) = tables.last_mut() {
            let made: i64 = row.try_get("made")?;
            add_column(table, row.try_get("col")?, row.try_get("kind")?, made != 0)?;
        }
    }
    for row in sqlx::query(references).fetch_all(&mut *on).await? {
        let (name, parent): (String, String) = (row.try_get("tab")?, row.try_get("parent")?);
        let Some(table) = tables.iter_mut().find(|it| it.name == name) else {
            continue;
        };
        if parent != name {
            table.parents.push(parent);
            continue;
        }
        let (from, to): (String, String) = (row.try_get("col")?, row.try_get("target")?);
        if let (Some(from), Some(to)) = (table.place_of(&from), table.place_of(&to)) {
            table.own.push(OwnReference { from, to });
        }
    }
    in_order(tables)
}

fn add_column(table: &mut Table, name: String, kind: String, made: bool) -> Result<(), StoreError> {
    let holds = match &*kind {
        "TEXT" => Holds::Text,
        "SMALLINT" | "BIGINT" | "INTEGER" | "INT2" | "INT8" => Holds::Number,
        "BLOB" | "BYTEA" => Holds::Bytes,
        _ if made => return Ok(()),
        _ => {
            return Err(StoreError::NotCopied(format!(
                "the column {} of the table {} is of a kind that is not copied: {kind}",
                name, table.name
            )));
        }
    };
    match (made, holds) {
        (true, Holds::Number) => table.order = Some(name),
        (true, _) => {}
        (false, _) => table.columns.push(Column { name, holds }),
    }
    Ok(())
}

/// Sorts tables so that each comes after those that its rows name.
fn in_order(mut left: Vec<Table>) -> Result<Vec<Table>, StoreError> {
    let mut sorted: Vec<Table> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let is_next = |table: &Table| {
            let waits = |parent: &String| left.iter().any(|it| it.name == *parent);
            !table.parents.iter().any(waits)
        };
        let Some(next) = left.iter().position(is_next) else {
            return Err(StoreError::NotCopied(format!(
                "the table {} and others name each other in a circle",
                left[0].name
            )));
        };
        sorted.push(left.remove(next));
    }
    Ok(sorted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, parents: &[&str]) -> Table {
        Table {
            name: name.to_owned(),
            columns: Vec::new(),
            order: None,
            own: Vec::new(),
            parents: parents.iter().map(|it| (*it).to_owned()).collect(),
        }
    }

    #[test]
    fn a_table_comes_after_those_that_it_names() {
        let tables = vec![
            table("ballot", &["round", "map"]),
            table("map", &["session"]),
            table("round", &["session"]),
            table("session", &[]),
        ];

        let sorted = in_order(tables).unwrap();

        let names: Vec<&str> = sorted.iter().map(|it| &*it.name).collect();
        assert_eq!(names, ["session", "map", "round", "ballot"]);
    }

    #[test]
    fn a_circle_is_refused_in_words() {
        let refused = in_order(vec![table("a", &["b"]), table("b", &["a"])]);

        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("in a circle"), "{refused}");
    }
}
