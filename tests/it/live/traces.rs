//! Whether words are anywhere in a database.

use std::path::Path;

use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// Words that are nowhere else.
pub(crate) const WORDS: &str = "unforgettablyforgettable";

/// Whether the words are anywhere in a database: on SQLite in any byte of its files (a backup beside
/// it is one of them), on Postgres in any value of any table.
pub(crate) async fn holds(url: &str, words: &str) -> bool {
    match url.strip_prefix("sqlite:") {
        Some(file) => files_hold(Path::new(file), words),
        None => tables_hold(url, words).await,
    }
}

fn files_hold(database: &Path, words: &str) -> bool {
    let name = database.file_name().unwrap().to_str().unwrap();
    let files = std::fs::read_dir(database.parent().unwrap()).unwrap();
    files
        .map(|it| it.unwrap().path())
        .filter(|it| it.file_name().unwrap().to_str().unwrap().starts_with(name))
        .any(|it| {
            let bytes = std::fs::read(it).unwrap();
            bytes.windows(words.len()).any(|it| it == words.as_bytes())
        })
}

async fn tables_hold(url: &str, words: &str) -> bool {
    let mut postgres = PgConnection::connect(url).await.unwrap();
    let columns: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text, data_type::text
         FROM information_schema.columns
         WHERE table_schema = 'public' AND data_type IN ('text', 'bytea')",
    )
    .fetch_all(&mut postgres)
    .await
    .unwrap();
    for (table, column, kind) in columns {
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM {table} WHERE position('{words}'::{kind} IN {column}) > 0)"
        );
        let found = sqlx::query_scalar(AssertSqlSafe(sql));
        if found.fetch_one(&mut postgres).await.unwrap() {
            return true;
        }
    }
    false
}
