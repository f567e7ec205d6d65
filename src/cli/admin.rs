//! `gapmap user` and `gapmap token`: what an administrator does with a shell.

use std::io::{IsTerminal, stdin};
use std::time::Duration;

use anyhow::{Context, bail};

use super::config::{NewToken, NewUser};
use super::say::say;
use crate::base::text::one_line;
use crate::base::time::Clock;
use crate::store::{By, Mode, Store};
use crate::workshop::account::{Email, NewAccount, Password};

/// Makes an account.
pub(super) async fn add_user(database: &str, user: &NewUser) -> anyhow::Result<()> {
    let account = NewAccount::new(&user.email, user.name.as_deref(), user.role)?;
    let password = if user.password_stdin {
        first_line()?
    } else {
        ask()?
    };
    let password = Password::chosen("password", &password)?;
    let store = Store::open(database, Mode::Command).await?;
    let by = By::command(Clock::System.now());
    let made = store.create_user(&account, Some(password), &by).await?;
    store.close().await;
    say!("{} {} ({})", made.id, made.email, made.role.as_str())?;
    Ok(())
}

/// Makes a token and prints it, alone, so that a script can take it.
pub(super) async fn create_token(database: &str, token: &NewToken) -> anyhow::Result<()> {
    let email = Email::try_from(token.user.as_str())?;
    let name = one_line("name", &token.name, 100)?;
    let store = Store::open(database, Mode::Existing).await?;
    let user = store.user_by_email(&email).await;
    let user = user.with_context(|| format!("no account {email}"))?;
    let lifetime = Duration::from_secs(u64::from(token.days) * 24 * 3600);
    let by = By::command(Clock::System.now());
    let (_, secret) = store.create_token(user.id, &name, lifetime, &by).await?;
    store.close().await;
    say!("{}", secret.expose())?;
    Ok(())
}

fn first_line() -> anyhow::Result<String> {
    let mut line = String::new();
    stdin()
        .read_line(&mut line)
        .context("no password on standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Asks twice on the terminal, without showing what is typed.
fn ask() -> anyhow::Result<String> {
    if !stdin().is_terminal() {
        bail!("there is no terminal to ask for the password on: use --password-stdin");
    }
    let password = rpassword::prompt_password("Password: ")?;
    if rpassword::prompt_password("Once more: ")? != password {
        bail!("the two passwords differ");
    }
    Ok(password)
}
