//! One server for one SQLite file: the rooms of two would not know of each other's edits.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use super::error::{StoreError, file_error};

/// Held for as long as a server has the database; the system lets go of it when the process ends,
/// however it ends.
#[derive(Debug)]
pub(super) struct ServerLock {
    _file: File,
}

impl ServerLock {
    /// Takes `<database>.lock`, or says that another server has it. Never waits.
    pub(super) fn take(database: &Path) -> Result<Self, StoreError> {
        let path = lock_path(database);
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(file_error(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse(database.to_owned())),
            Err(TryLockError::Error(source)) => Err(file_error(&path)(source)),
        }
    }
}

/// Beside the database, not the file itself: SQLite has locks of its own on that one. One lock for
/// one file, by whatever links it is called.
fn lock_path(database: &Path) -> PathBuf {
    let real = std::fs::canonicalize(database);
    let mut path = real.map_or_else(|_| database.as_os_str().to_owned(), PathBuf::into_os_string);
    path.push(".lock");
    path.into()
}
