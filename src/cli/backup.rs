//! `gapmap backup` and `gapmap restore`.

use std::path::Path;

use anyhow::{Context, bail};

use super::say::say;
use crate::base::time::Clock;
use crate::store::{Kind, Store};

/// Copies the whole database to `file`.
pub(super) async fn backup(database: &str, file: &Path) -> anyhow::Result<()> {
    refuse_postgres(
        database,
        "backup",
        "pg_dump --format=custom --file=FILE ADDRESS",
    )?;
    let copied = Store::backup(database, file).await;
    let bytes = copied.with_context(|| format!("cannot copy to {}", file.display()))?;
    say!("{} ({bytes} bytes)", file.display())?;
    Ok(())
}

/// Puts the backup `file` in the place of the database, and what was there aside.
pub(super) async fn restore(database: &str, file: &Path) -> anyhow::Result<()> {
    refuse_postgres(
        database,
        "restore",
        "pg_restore --clean --if-exists --dbname=ADDRESS FILE",
    )?;
    let aside = Store::restore(database, file, Clock::System.now()).await;
    if let Some(aside) = aside.with_context(|| format!("cannot restore {}", file.display()))? {
        say!("what was there before is now {}", aside.display())?;
    }
    say!("restored {}", file.display())?;
    Ok(())
}

/// Postgres has tools of its own for this, which we could only do worse.
fn refuse_postgres(database: &str, what: &str, instead: &str) -> anyhow::Result<()> {
    if Kind::of(database) == Some(Kind::Postgres) {
        bail!("gapmap {what} is for SQLite; for Postgres use {instead}");
    }
    Ok(())
}
