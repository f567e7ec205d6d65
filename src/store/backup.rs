//! Copies of a whole SQLite database, out and back in. Postgres has tools of its own for this.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use sqlx::{AnyConnection, Connection};

use super::error::{StoreError, file_error};
use super::lock::ServerLock;
use super::open::{
    Mode, RESTORING, Store, beside, make_private, must_be_there, sqlite_address, sqlite_path,
};
use crate::base::time::Timestamp;

impl Store {
    /// Copies the database to `target`, as it stands at one moment, also while a server writes to
    /// it. The file appears under its name when it is whole and on disk. Returns its size.
    ///
    /// # Errors
    ///
    /// [`StoreError::File`] when there is no database, or `target` is there already.
    pub async fn backup(url: &str, target: &Path) -> Result<u64, StoreError> {
        let source = path_of(url)?;
        must_be_there(&source)?;
        if target.exists() {
            let taken = "is there already; choose another name";
            return Err(file_error(target)(std::io::Error::other(taken)));
        }
        let part = beside(target, ".part");
        remove_if_there(&part)?;
        let copied = copy_of(&source, &part).await;
        if copied.is_err() {
            remove_if_there(&part)?;
        }
        copied?;
        sync(&part)?;
        put_in_place(&part, target)?;
        Ok(fs::metadata(target).map_err(file_error(target))?.len())
    }

    /// Puts the backup `source` in the place of the database, brought to this version. What was
    /// there before is kept beside it, under the name that is returned.
    ///
    /// # Errors
    ///
    /// [`StoreError::InUse`] while a server has the database, [`StoreError::NoBackup`] when
    /// `source` is none. The database is then as it was.
    pub async fn restore(
        url: &str,
        source: &Path,
        now: Timestamp,
    ) -> Result<Option<PathBuf>, StoreError> {
        let target = path_of(url)?;
        fs::metadata(source).map_err(file_error(source))?;
        let _lock = ServerLock::take(&target)?;
        let part = beside(&target, RESTORING);
        remove_with_log(&part)?;
        let checked = match copy_with_log(source, &part) {
            Ok(()) => check(&part).await,
            refused => refused,
        };
        if checked.is_err() {
            remove_with_log(&part)?;
        }
        checked?;
        // Before the other is put aside, so that between the two is next to no time.
        sync(&part)?;
        let aside = put_aside(&target, now)?;
        put_in_place(&part, &target)?;
        Ok(aside)
    }
}

/// SQLite itself writes the copy, in one read transaction, so that no half of a change is in it.
async fn copy_of(source: &Path, part: &Path) -> Result<(), StoreError> {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect_with(&sqlite_address(source, "rw")?).await?;
    make_private(part)?;
    sqlx::query("VACUUM INTO $1")
        .bind(part.to_string_lossy().into_owned())
        .execute(&mut connection)
        .await?;
    Ok(connection.close().await?)
}

/// Whether a file is a whole database of ours; brings it to this version.
async fn check(part: &Path) -> Result<(), StoreError> {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect_with(&sqlite_address(part, "rw")?).await?;
    let whole: Result<(String,), sqlx::Error> = sqlx::query_as("PRAGMA integrity_check(1)")
        .fetch_one(&mut connection)
        .await;
    let ours: Result<(i64,), sqlx::Error> = sqlx::query_as(
        "SELECT COUNT(*) FROM _sqlx_migrations JOIN audit_head ON audit_head.id = 1",
    )
    .fetch_one(&mut connection)
    .await;
    connection.close().await?;
    if !matches!((whole, ours), (Ok((word,)), Ok((1..,))) if word == "ok") {
        return Err(StoreError::NoBackup);
    }
    let url = format!("sqlite:{}", part.display());
    let store = Store::open(&url, Mode::Command).await?;
    let audit = store.verify_audit().await;
    store.close().await;
    audit?;
    let [_, log, _] = with_log(part);
    match log.exists() {
        true => Err(file_error(&log)(std::io::Error::other(
            "could not be brought into its database: is the disk full?",
        ))),
        false => Ok(()),
    }
}

/// Copies a database as it lies there: with what whoever used it last did not bring into it, because
/// they were killed.
fn copy_with_log(source: &Path, part: &Path) -> Result<(), StoreError> {
    let [_, log, _] = with_log(source);
    fs::copy(source, part).map_err(file_error(part))?;
    if log.exists() {
        let [_, part, _] = with_log(part);
        fs::copy(log, &part).map_err(file_error(&part))?;
    }
    Ok(())
}

/// Moves a database away, with what its last user may not have brought into it yet.
fn put_aside(target: &Path, now: Timestamp) -> Result<Option<PathBuf>, StoreError> {
    if !target.exists() {
        return Ok(None);
    }
    let aside = beside(target, &format!(".before-{}", now.0));
    for (from, to) in with_log(target).iter().zip(with_log(&aside)) {
        if from.exists() {
            fs::rename(from, to).map_err(file_error(from))?;
        }
    }
    Ok(Some(aside))
}

/// Gives a finished file, which is on disk, its name for good.
fn put_in_place(part: &Path, target: &Path) -> Result<(), StoreError> {
    fs::rename(part, target).map_err(file_error(target))?;
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    sync(folder)
}

fn sync(path: &Path) -> Result<(), StoreError> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.map_err(file_error(path))
}

fn path_of(url: &str) -> Result<PathBuf, StoreError> {
    let only_sqlite = || StoreError::Address("this is for SQLite databases only".to_owned());
    sqlite_path(url).ok_or_else(only_sqlite)?
}

/// A database and the log beside it, which SQLite finds by its name.
fn with_log(path: &Path) -> [PathBuf; 3] {
    [path.to_owned(), beside(path, "-wal"), beside(path, "-shm")]
}

fn remove_with_log(path: &Path) -> Result<(), StoreError> {
    with_log(path).iter().try_for_each(|it| remove_if_there(it))
}

fn remove_if_there(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(file_error(path)(error)),
        _ => Ok(()),
    }
}
