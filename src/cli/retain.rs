//! `gapmap retain`: deletes what may not be kept any longer.

use super::say::say;
use crate::base::time::Clock;
use crate::store::{By, Mode, Store};

/// Clears the sessions whose day is over, or only says which those are.
pub(super) async fn retain(database: &str, dry_run: bool) -> anyhow::Result<()> {
    log_failures();
    let store = Store::open(database, Mode::Existing).await?;
    let now = Clock::System.now();
    let today = now.day();
    let due = store.sessions_due(&today).await?;
    let verb = if dry_run { "would clear" } else { "cleared" };
    for session in &due {
        let held = if dry_run {
            Some(store.holdings(session.id).await?)
        } else {
            let by = By::command(now);
            store.clear_session(session.id, &today, &by).await?
        };
        if let Some(held) = held {
            let (id, day, title) = (session.id, &session.retain_until, &session.title);
            say!("{verb} {id} ({title}), kept until {day}: {held}")?;
        }
    }
    if !dry_run {
        store.sweep_owed().await?;
    }
    if due.is_empty() {
        say!("no session is past its day")?;
    }
    store.close().await;
    Ok(())
}

/// Has it said on standard error where something is deleted and may still be in the database's files:
/// a server has its log for that.
fn log_failures() {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::ERROR)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .without_time()
        .with_target(false)
        .init();
}
