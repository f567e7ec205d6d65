//! `gapmap migrate`: everything from one database into another, such as from SQLite to PostgreSQL.

use anyhow::{Context, ensure};

use super::config::MigrateOptions;
use super::say::say;
use super::verify;
use crate::store::{Mode, Store};

/// Verifies the source, copies it, and verifies what arrived. Whatever fails leaves both as they
/// were, so it can be run again.
pub(super) async fn migrate(options: &MigrateOptions) -> anyhow::Result<()> {
    let MigrateOptions { from, to } = options;
    ensure!(from != to, "--from and --to name the same database");
    let source = Store::open(from, Mode::Leaving).await.context("--from")?;
    let target = Store::open(to, Mode::Server).await.context("--to")?;
    let verified = verify::check(&source, None).await;
    let verified = verified.context("nothing was copied, for the source is not whole")?;
    say!("source: {verified}")?;
    let copied = source.copy_to(&target, |table, n_rows| drop(say!("{table}: {n_rows}")));
    let copied = copied.await.context("nothing was copied")?;
    let verified = verify::check(&target, None).await;
    say!("target: {}", verified.context("the copy is not whole")?)?;
    say!(
        "{} tables, {} rows: {}",
        copied.n_tables,
        copied.n_rows,
        match copied.was_there {
            true => "all of it was there already",
            false => "all of it arrived",
        }
    )?;
    source.close().await;
    target.close().await;
    Ok(())
}
