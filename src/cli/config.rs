//! All settings: the one place that reads arguments and environment variables.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::file_options::{ExportCommand, ImportOptions, ReportFile};
use crate::base::id::MapId;
use crate::hub::{PROGRAM, Typesetter};
use crate::workshop::role::Role;

/// A server for live mind maps of Practitioners' Groups.
#[derive(Debug, Parser)]
#[command(name = "gapmap", version, propagate_version = true)]
pub(super) struct Arguments {
    /// Where everything is kept: sqlite:PATH or postgres://USER@HOST/NAME.
    #[arg(
        long,
        global = true,
        env = "GAPMAP_DATABASE",
        hide_env_values = true,
        default_value = "sqlite:gapmap.db"
    )]
    pub(super) database: String,
    /// The program that makes PDF and PNG; gapmap-typeset beside this one unless said.
    #[arg(long, global = true, env = "GAPMAP_TYPESET", value_name = "PROGRAM")]
    pub(super) typeset: Option<PathBuf>,
    #[command(subcommand)]
    pub(super) command: Command,
}

impl Arguments {
    /// What makes PDF and PNG.
    pub(super) fn typesetter(&self) -> Typesetter {
        let beside = || {
            let own = std::env::current_exe().ok()?;
            Some(own.with_file_name(PROGRAM))
        };
        let program = self.typeset.clone().or_else(beside);
        // It is started in another folder.
        let program = program.and_then(|it| std::path::absolute(it).ok());
        program.map_or_else(Typesetter::default, Typesetter::at)
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run the server.
    Serve(ServeOptions),
    /// Accounts.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// API tokens.
    Token {
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// Write maps as files for other programs, also while the server runs.
    Export {
        #[command(subcommand)]
        command: ExportCommand,
    },
    /// Write a report as a file, also while the server runs.
    Report(ReportFile),
    /// Copy the whole database to a file, also while the server runs.
    Backup {
        /// The file to write; it must not be there yet.
        file: PathBuf,
    },
    /// Replay the logs and check that nothing was cut or altered.
    Verify {
        /// Only this map; all of them and the audit log unless said.
        map: Option<MapId>,
    },
    /// Say which of several servers are there and how many maps each has, also while they run.
    Servers {
        /// Say instead which of them has this map.
        map: Option<MapId>,
    },
    /// Write what is known of nodes and links anew from the maps' documents, also while the server
    /// runs.
    Rebuild {
        /// Only this map; all of them unless said.
        map: Option<MapId>,
        /// Only check that the tables say what the documents say.
        #[arg(long)]
        check: bool,
    },
    /// Delete the content of the sessions whose day is over, as the server does every day.
    Retain {
        /// Only say what would be deleted.
        #[arg(long)]
        dry_run: bool,
    },
    /// Bring records in from files, or a map.
    Import(ImportOptions),
    /// Copy a whole database into an empty one of the other kind, and check that all of it arrived.
    /// No server may run on either.
    Migrate(MigrateOptions),
    /// Put a backup in the place of the database. The server must not run.
    Restore {
        /// A file that `backup` wrote.
        file: PathBuf,
    },
}

/// From where to where everything is copied.
#[derive(Debug, Args)]
pub(super) struct MigrateOptions {
    /// The database that is there: sqlite:PATH or postgres://USER@HOST/NAME.
    #[arg(long)]
    pub(super) from: String,
    /// The database to fill, which must be empty, or hold the same already.
    #[arg(long)]
    pub(super) to: String,
}

/// How to serve.
#[derive(Debug, Args)]
pub(super) struct ServeOptions {
    /// The address to listen on.
    #[arg(long, env = "GAPMAP_LISTEN", default_value = "127.0.0.1:8080")]
    pub(super) listen: SocketAddr,
    /// Where people reach the server, such as `https://maps.example.org`.
    #[arg(long, env = "GAPMAP_PUBLIC_URL", value_parser = public_url)]
    pub(super) public_url: Option<String>,
    /// Fill a database without sessions with some to try, and print a sign-in link for its first
    /// administrator at each start.
    #[arg(long, env = "GAPMAP_DEMO", value_parser = BoolishValueParser::new())]
    pub(super) demo: bool,
    /// NATS, where several servers share the database: an address such as `nats://127.0.0.1:4222`.
    #[arg(long, env = "GAPMAP_NATS", hide_env_values = true)]
    pub(super) nats: Option<String>,
    #[command(flatten)]
    pub(super) oidc: OidcOptions,
    /// The largest file that an import takes, in MiB.
    #[arg(long, env = "GAPMAP_IMPORT_MIB", default_value_t = 200,
        value_parser = clap::value_parser!(u64).range(1..=4096))]
    pub(super) import_mib: u64,
    /// The most rows of such a file.
    #[arg(long, env = "GAPMAP_IMPORT_ROWS", default_value_t = 1_000_000,
        value_parser = clap::value_parser!(i64).range(1..=10_000_000))]
    pub(super) import_rows: i64,
    /// The most connections at once, pages and open maps together; new ones are then told to come
    /// again. As many file descriptors are asked of the system.
    #[arg(long, env = "GAPMAP_CONNECTIONS", default_value_t = 10_000,
        value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    pub(super) connections: u32,
    /// The form of the log, on standard error.
    #[arg(long, env = "GAPMAP_LOG", value_enum, default_value_t = LogFormat::Text)]
    pub(super) log: LogFormat,
    /// What to log: error, warn, info, debug, or a filter such as info,gapmap=debug.
    #[arg(long, env = "GAPMAP_LOG_LEVEL", default_value = "info")]
    pub(super) log_level: String,
}

/// An identity provider that people may sign in with.
#[derive(Debug, Args)]
pub(super) struct OidcOptions {
    /// The address of an OpenID Connect issuer; with it, people can sign in there.
    #[arg(
        long = "oidc-issuer",
        env = "GAPMAP_OIDC_ISSUER",
        requires = "client_id"
    )]
    pub(super) issuer: Option<String>,
    /// As whom the issuer knows this server.
    #[arg(long = "oidc-client-id", env = "GAPMAP_OIDC_CLIENT_ID")]
    pub(super) client_id: Option<String>,
    /// The secret that goes with it; none for a public client. In the environment, so that it is in
    /// no list of processes.
    #[arg(
        long = "oidc-client-secret",
        env = "GAPMAP_OIDC_CLIENT_SECRET",
        hide_env_values = true
    )]
    pub(super) client_secret: Option<String>,
    /// A file that holds the secret.
    #[arg(
        long = "oidc-client-secret-file",
        env = "GAPMAP_OIDC_CLIENT_SECRET_FILE",
        conflicts_with = "client_secret"
    )]
    pub(super) client_secret_file: Option<PathBuf>,
    /// Make an account of this role for a verified address that has none; unless said, an account
    /// with the address must be there.
    #[arg(long = "oidc-new-role", env = "GAPMAP_OIDC_NEW_ROLE", value_parser = role)]
    pub(super) new_role: Option<Role>,
}

/// A form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Make an account. Its password is asked for, or read from standard input.
    Add(NewUser),
}

/// An account to make.
#[derive(Debug, Args)]
pub(super) struct NewUser {
    /// The address it signs in with.
    pub(super) email: String,
    /// admin, facilitator, analyst or reviewer.
    #[arg(long, value_parser = role)]
    pub(super) role: Role,
    /// What others see; the first part of the address unless said.
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Read the password from the first line of standard input.
    #[arg(long)]
    pub(super) password_stdin: bool,
}

/// What to do with API tokens.
#[derive(Debug, Subcommand)]
pub(super) enum TokenCommand {
    /// Make a token, and print it and nothing else.
    Create(NewToken),
}

/// A token to make.
#[derive(Debug, Args)]
pub(super) struct NewToken {
    /// The address of the account that it is for.
    #[arg(long)]
    pub(super) user: String,
    /// For how many days it is good.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(super) days: u32,
    /// What it is for.
    #[arg(long, default_value = "command line")]
    pub(super) name: String,
}

fn role(word: &str) -> Result<Role, String> {
    Role::try_from(word).map_err(|refused| refused.reason.into_owned())
}

/// Scheme and host, and no more: the web app lives at the root.
fn public_url(text: &str) -> Result<String, &'static str> {
    let text = text.trim_end_matches('/');
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or_default();
    if host.is_empty() || host.contains(['/', '?', '#', '@', ' ']) {
        return Err("must be an address such as https://maps.example.org");
    }
    Ok(text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_public_address_is_a_scheme_and_a_host() {
        assert_eq!(
            public_url("https://Maps.example.org/"),
            Ok("https://maps.example.org".into())
        );
        for text in [
            "maps.example.org",
            "https://",
            "https://a/b",
            "ftp://a",
            "https://u@a",
        ] {
            assert!(public_url(text).is_err(), "{text}");
        }
    }
}
