//! `gapmap serve`: puts the floors together and runs until it is told to stop.

use std::io::IsTerminal;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::Context;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::config::{LogFormat, OidcOptions, ServeOptions};
use super::say::say;
use super::{demo, demo_catalogue, demo_report};
use crate::base::time::{Clock, Timestamp};
use crate::http::{App, ConnectionLimits, Oidc, Options, Server};
use crate::hub::{Cluster, Typesetter};
use crate::intake::IntakeOptions;
use crate::store::{By, Mode, Store, StoreError};
use crate::workshop::account::NewAccount;
use crate::workshop::role::Role;

/// The account that a new database begins with.
const FIRST_ADMIN: &str = "admin@localhost";

/// How often the server looks for sessions whose day is over; so a day is noticed to be over within
/// this.
const RETENTION_EVERY: Duration = Duration::from_secs(3600);

/// Serves until SIGTERM or Ctrl-C; then lets what is under way end.
pub(super) async fn serve(
    database: &str,
    options: &ServeOptions,
    typesetter: Typesetter,
) -> anyhow::Result<()> {
    start_log(options)?;
    // From here on, so that a signal during the start is not lost.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let store = Store::open(database, Mode::Server).await?;
    if options.nats.is_none() {
        Cluster::none_share(&store).await?;
    }
    let clock = Clock::System;
    fill(&store, options, clock.now()).await?;
    // Not before: whoever is one of several servers says so again and again from now on.
    let cluster = match &options.nats {
        Some(address) => Some(Cluster::join(&store, address).await?),
        None => None,
    };
    let settings = Options {
        cluster,
        typesetter,
        ..settings(options)?
    };
    let app = App::new(store.clone(), clock.clone(), settings);
    // Reads the catalogue before the first question; the next one tries again if this fails.
    tokio::spawn(app.suggester.clone().catch_up());
    let retention = app.hub.clone().keep_retention(RETENTION_EVERY);
    let server = Server::start(app, options.listen)
        .await
        .with_context(|| format!("cannot listen on {}", options.listen))?;
    let retention = tokio::spawn(retention);
    let base = options
        .public_url
        .clone()
        .unwrap_or_else(|| local_url(server.address()));
    // A server serves also where nobody can be told.
    drop(say!("Gapmap listens on {base}"));
    if options.demo || !store.has_way_in(clock.now()).await? {
        print_sign_in_link(&store, &base, clock.now()).await?;
    }
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    retention.abort();
    server.stop().await;
    Ok(())
}

/// Puts into a new database what it begins with, and into one to try what there is to try.
async fn fill(store: &Store, options: &ServeOptions, now: Timestamp) -> anyhow::Result<()> {
    store.fill_likenesses().await?;
    if !store.has_users().await? {
        add_first_admin(store, now).await?;
    }
    demo::add_first_groups(store, now).await?;
    if options.demo {
        let is_filled = demo_catalogue::add_catalogue(store, now).await?;
        demo::add_sessions(store, is_filled, now).await?;
        if is_filled {
            let base = options.public_url.clone();
            let base = base.unwrap_or_else(|| local_url(options.listen));
            demo_report::add(store, &base, now).await?;
        }
    }
    Ok(())
}

/// How the server is set up, as far as options alone say.
fn settings(options: &ServeOptions) -> anyhow::Result<Options> {
    Ok(Options {
        public_url: options.public_url.clone(),
        oidc: provider(&options.oidc)?,
        intake: IntakeOptions {
            max_bytes: options.import_mib << 20,
            max_rows: options.import_rows,
            ..IntakeOptions::default()
        },
        connections: ConnectionLimits {
            at_once: connections(options.connections),
            ..ConnectionLimits::default()
        },
        ..Options::default()
    })
}

/// How many connections there may be: as many as are asked for, where the system has descriptors for
/// them, and for files besides.
fn connections(wanted: u32) -> usize {
    const BESIDES: u64 = 256;
    let descriptors = rlimit::increase_nofile_limit(u64::from(wanted) + BESIDES);
    let most = descriptors.map_or(u64::from(wanted), |it| it.saturating_sub(BESIDES).max(64));
    if most < u64::from(wanted) {
        tracing::warn!(
            wanted,
            most,
            "the system allows fewer connections (ulimit -n)"
        );
    }
    usize::try_from(most.min(u64::from(wanted))).unwrap_or(usize::MAX)
}

/// The identity provider, where one is set.
fn provider(options: &OidcOptions) -> anyhow::Result<Option<Oidc>> {
    let (Some(issuer), Some(client_id)) = (&options.issuer, &options.client_id) else {
        return Ok(None);
    };
    let secret = match &options.client_secret_file {
        Some(file) => {
            let text = std::fs::read_to_string(file);
            let text = text.with_context(|| format!("cannot read {}", file.display()))?;
            Some(text.trim().to_owned())
        }
        None => options.client_secret.clone(),
    };
    let oidc = Oidc::new(issuer, client_id, secret, options.new_role);
    Ok(Some(oidc.context("--oidc-issuer makes no sense")?))
}

fn start_log(options: &ServeOptions) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&options.log_level).context("--log-level makes no sense")?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match options.log {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(())
}

async fn add_first_admin(store: &Store, now: Timestamp) -> anyhow::Result<()> {
    let admin = NewAccount::new(FIRST_ADMIN, Some("Administrator"), Role::Admin)?;
    match store.create_user(&admin, None, &By::command(now)).await {
        // A server that was started at the same moment has made it.
        Ok(_) | Err(StoreError::Conflict(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Prints a link by which the first administrator signs in, once. Where nobody is one, accounts
/// were made on the command line, and whoever made them can sign in.
async fn print_sign_in_link(store: &Store, base: &str, now: Timestamp) -> anyhow::Result<()> {
    let Some(admin) = store.first_administrator().await? else {
        return Ok(());
    };
    let by = By::command(now);
    let token = store.create_sign_in_link(admin.id, &by).await?;
    say!(
        "Sign in as {}, once, within a day: {base}/welcome?token={}",
        admin.email,
        token.expose()
    )?;
    Ok(())
}

/// An address that a browser on this machine can open.
fn local_url(listening: SocketAddr) -> String {
    let mut address = listening;
    if address.ip().is_unspecified() {
        address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    format!("http://{address}")
}
