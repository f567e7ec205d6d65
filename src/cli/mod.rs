//! The command line: settings in, exit code out. The only floor that prints.

mod admin;
mod backup;
mod config;
mod demo;
mod demo_catalogue;
mod demo_links;
mod demo_report;
mod export;
mod file_options;
mod import;
mod import_map;
mod migrate;
mod rebuild;
mod report;
mod retain;
mod say;
mod serve;
mod servers;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use self::config::{Arguments, Command, TokenCommand, UserCommand};
use self::file_options::{ExportCommand, Importable};

/// Documents are applied and dropped recursively by the CRDT library; what admit lets through is
/// shallow, and this leaves room all the same.
const STACK: usize = 16 * 1024 * 1024;

/// Does what the process's arguments and environment say.
///
/// 0 when it is done, 1 when it failed, with one line on standard error that says why, 2 when the
/// arguments make no sense.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match carry_out(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::complain(format_args!("{}", one_line(&error)));
            ExitCode::FAILURE
        }
    }
}

fn carry_out(arguments: Arguments) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()?;
    let typesetter = arguments.typesetter();
    let database = arguments.database;
    runtime.block_on(async {
        match arguments.command {
            Command::Serve(options) => serve::serve(&database, &options, typesetter).await,
            Command::User {
                command: UserCommand::Add(user),
            } => admin::add_user(&database, &user).await,
            Command::Token {
                command: TokenCommand::Create(token),
            } => admin::create_token(&database, &token).await,
            Command::Export {
                command: ExportCommand::Map(map),
            } => export::map(&database, &map, &typesetter).await,
            Command::Report(wanted) => report::write(&database, &wanted, &typesetter).await,
            Command::Backup { file } => backup::backup(&database, &file).await,
            Command::Migrate(options) => migrate::migrate(&options).await,
            Command::Verify { map } => verify::verify(&database, map).await,
            Command::Servers { map } => servers::show(&database, map).await,
            Command::Rebuild { map, check } => rebuild::rebuild(&database, map, check).await,
            Command::Retain { dry_run } => retain::retain(&database, dry_run).await,
            Command::Import(options) if options.what == Importable::Map => {
                import_map::import(&database, &options).await
            }
            Command::Import(options) => import::import(&database, &options).await,
            Command::Restore { file } => backup::restore(&database, &file).await,
        }
    })
}

/// An error and its causes, without those that only repeat what was said.
fn one_line(error: &anyhow::Error) -> String {
    let mut line = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        if !line.contains(&cause) {
            line.push_str(": ");
            line.push_str(&cause);
        }
    }
    line.replace('\n', " ")
}
