//! Opening a database: its address, its pools, its tables.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::Migrator;
use sqlx::{Any, AnyConnection, AnyPool, Connection, Executor, Transaction};
use tokio::sync::Notify;

use super::error::{StoreError, file_error};
use super::lock::ServerLock;
use crate::base::time::Timestamp;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// What a connection to SQLite is told first. FULL: a commit is on disk when it returns, which is
/// what "saved" promises.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                       PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; \
                       PRAGMA wal_autocheckpoint = 4000;";
/// How much of the file the writer of a server keeps in memory, and that of a command, whose whole
/// work may be writing.
const CACHE: (&str, &str) = ("PRAGMA cache_size = -1024;", "PRAGMA cache_size = -16384;");
/// The same for a connection that only reads.
const READ_PRAGMAS: &str = "PRAGMA query_only = ON; PRAGMA busy_timeout = 5000; \
                            PRAGMA cache_size = -512;";

/// How long a request waits for a connection before the database counts as not available.
const PATIENCE: Duration = Duration::from_secs(10);
/// What a connection to Postgres is told first: not to wait for another's lock any longer than SQLite
/// does, and to give up the transaction of a server that stands still in the middle of it, which
/// would keep the next owner of a map from appending.
const POSTGRES_SETTINGS: &str =
    "SET lock_timeout = 5000; SET idle_in_transaction_session_timeout = 3000";
const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;

/// Which database is behind a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One file beside the server.
    Sqlite,
    /// A Postgres server.
    Postgres,
}

impl Kind {
    /// What an address names; `None` when it is no address of a database.
    pub fn of(url: &str) -> Option<Self> {
        if url.starts_with("sqlite:") {
            Some(Self::Sqlite)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Some(Self::Postgres)
        } else {
            None
        }
    }
}

/// What the store is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// For `gapmap serve`: a second one on the same SQLite file is refused.
    Server,
    /// For a command, or a test: works beside a running server, unless that is of an older version.
    Command,
    /// For a command that makes no sense on a new database: an SQLite file that is not there is an
    /// error, and is not made.
    Existing,
    /// For moving away from a database: one that is there, and that no server has. Of Postgres
    /// nobody can say whether a server has it.
    Leaving,
}

/// The database. Cheap to clone; all clones share its connections.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) write: AnyPool,
    pub(super) read: AnyPool,
    kind: Kind,
    file: Option<Arc<Path>>,
    catalogue: Arc<Notify>,
    _lock: Option<Arc<ServerLock>>,
}

impl Store {
    /// Opens `sqlite:PATH` (made when missing, unless `mode` says otherwise) or `postgres://…`, and
    /// brings its tables up to date.
    ///
    /// # Errors
    ///
    /// [`StoreError::Address`], [`StoreError::InUse`], [`StoreError::File`],
    /// [`StoreError::Migrate`], [`StoreError::Older`], or [`StoreError::Unavailable`] when nobody answers.
    pub async fn open(url: &str, mode: Mode) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let store = match (sqlite_path(url), Kind::of(url)) {
            (Some(path), _) => Self::open_sqlite(path?, mode).await?,
            (None, Some(Kind::Postgres)) => Self::open_postgres(url).await?,
            _ => {
                return Err(StoreError::Address(
                    "the database must be sqlite:PATH or postgres://USER@HOST/NAME".to_owned(),
                ));
            }
        };
        store.bring_up_to_date(mode).await?;
        Ok(store)
    }

    /// Makes the tables, or brings them to this version; but under a server of an older one, which would
    /// go on with tables that it does not know, they stay as they are.
    async fn bring_up_to_date(&self, mode: Mode) -> Result<(), StoreError> {
        let migrations = match self.kind {
            Kind::Sqlite => &SQLITE,
            Kind::Postgres => &POSTGRES,
        };
        let is_command = matches!(mode, Mode::Command | Mode::Existing);
        let is_behind = is_command && self.is_behind(migrations).await;
        let _alone = match self.file() {
            Some(file) if is_behind => match ServerLock::take(file) {
                Err(StoreError::InUse(_)) => return Err(StoreError::Older),
                lock => Some(lock?),
            },
            // Of Postgres nobody can say whether a server has it.
            None if is_behind => return Err(StoreError::Older),
            _ => None,
        };
        let run = migrations.run(&self.write).await;
        run.map_err(StoreError::Migrate)
    }

    /// Whether there are tables, and they are of an older version.
    async fn is_behind(&self, migrations: &Migrator) -> bool {
        let applied = sqlx::query_scalar("SELECT COUNT(*) FROM _sqlx_migrations")
            .fetch_one(&self.write)
            .await;
        // An empty database has no such table.
        let applied: usize = applied.map_or(0, |it: i64| usize::try_from(it).unwrap_or(0));
        (1..migrations.iter().count()).contains(&applied)
    }

    async fn open_sqlite(path: PathBuf, mode: Mode) -> Result<Self, StoreError> {
        let lock = match mode {
            Mode::Server => Some(Arc::new(ServerLock::take(&path)?)),
            Mode::Command => None,
            Mode::Existing => {
                must_be_there(&path)?;
                None
            }
            Mode::Leaving => {
                must_be_there(&path)?;
                Some(Arc::new(ServerLock::take(&path)?))
            }
        };
        if !path.exists() {
            if beside(&path, RESTORING).exists() {
                return Err(StoreError::HalfRestored(path));
            }
            make_private(&path)?;
        }
        let address = sqlite_address(&path, "rwc")?;
        // Once outside a pool, which tries again until its patience ends and then does not say why.
        let mut first = AnyConnection::connect_with(&address).await?;
        first.execute(PRAGMAS).await?;
        first.close().await?;
        let cache = match mode {
            Mode::Server => CACHE.0,
            Mode::Command | Mode::Existing | Mode::Leaving => CACHE.1,
        };
        // One writer: SQLite has one write lock, and waiting for it inside the pool is fair.
        let write = AnyPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .before_acquire(|connection, _| Box::pin(async move { Ok(is_sound(connection)) }))
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    connection.execute(PRAGMAS).await?;
                    connection.execute(cache).await.map(drop)
                })
            })
            .connect_with(address.clone())
            .await?;
        let read = AnyPoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(PATIENCE)
            .after_connect(|connection, _| {
                Box::pin(async move { connection.execute(READ_PRAGMAS).await.map(drop) })
            })
            .connect_lazy_with(address);
        Ok(Self {
            write,
            read,
            kind: Kind::Sqlite,
            file: Some(path.into()),
            catalogue: Arc::default(),
            _lock: lock,
        })
    }

    async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let pool = AnyPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .after_connect(|connection, _| {
                Box::pin(async move { connection.execute(POSTGRES_SETTINGS).await.map(drop) })
            })
            .connect(url)
            .await?;
        Ok(Self {
            write: pool.clone(),
            read: pool,
            kind: Kind::Postgres,
            file: None,
            catalogue: Arc::default(),
            _lock: None,
        })
    }

    /// Says that records of the catalogue were made or changed, after the commit.
    pub(super) fn catalogue_changed(&self) {
        self.catalogue.notify_one();
    }

    /// Waits until records of the catalogue were made or changed by this process. For one that
    /// waits: what changes while nobody does is told at once when somebody does again.
    pub async fn catalogue_change(&self) {
        self.catalogue.notified().await;
    }

    /// Which database this is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The file of an SQLite database.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Begins a transaction that will write.
    ///
    /// Every write goes through one, single statements too: outside a transaction, sqlx stops
    /// stepping a `RETURNING` statement at its first row, and SQLite would then commit while it
    /// resets the statement, where a failure is not reported.
    pub(super) async fn begin(&self) -> Result<Transaction<'static, Any>, StoreError> {
        let begin = match self.kind {
            // Takes the write lock at once: a transaction that reads first and writes later
            // could not wait for another process, it would fail.
            Kind::Sqlite => "BEGIN IMMEDIATE",
            Kind::Postgres => "BEGIN",
        };
        Ok(self.write.begin_with(begin).await?)
    }

    /// Writes one row and commits it: whether the database takes commits at this moment.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`] when it does not.
    pub async fn ping_write(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query("UPDATE heartbeat SET at = $1 WHERE id = 1")
            .bind(now.0)
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Closes all connections, once their work is done.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

/// Whether a connection can begin a transaction. SQLite ends one by itself when its disk is full or
/// fails; the driver then rolls back what is no more, and counts it as open for good.
fn is_sound(connection: &AnyConnection) -> bool {
    !connection.is_in_transaction()
}

/// Refuses a file that is not there, or in which nothing is: a copy that came to nothing would be made
/// a new database, which is whole.
pub(super) fn must_be_there(path: &Path) -> Result<(), StoreError> {
    let there = std::fs::metadata(path).and_then(|it| match it.len() {
        0 => Err(std::io::Error::other(
            "is empty: there is no database in it",
        )),
        _ => Ok(()),
    });
    there.map_err(file_error(path))
}

/// The end of what a database is called that is on its way into a place.
pub(super) const RESTORING: &str = ".restoring";

/// What stands beside a file, under its name with this ending.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

/// Makes an empty file that only whoever runs this may read: hashes of passwords and what people said
/// come into it. What SQLite puts beside it has its permissions.
pub(super) fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::File::options();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(file_error(path))
}

/// The path in `sqlite:PATH` or `sqlite://PATH`, taken as it stands; `None` for another scheme.
pub(super) fn sqlite_path(url: &str) -> Option<Result<PathBuf, StoreError>> {
    let rest = url.strip_prefix("sqlite:")?;
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path.is_empty() || path.contains(['?', '#']) || path == ":memory:" {
        return Some(Err(StoreError::Address(
            "sqlite: must be followed by the path of a file and nothing else".to_owned(),
        )));
    }
    Some(Ok(PathBuf::from(path)))
}

/// The address of a file for the driver; `mode` is `rw`, or `rwc` to make it when missing.
pub(super) fn sqlite_address(path: &Path, mode: &str) -> Result<AnyConnectOptions, StoreError> {
    Ok(format!("sqlite:{}?mode={mode}", percent_encode(path)).parse()?)
}

/// Writes a path so that the driver's URL parser reads back the same path.
fn percent_encode(path: &Path) -> String {
    use std::fmt::Write;

    let mut out = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                out.push(char::from(*byte));
            }
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_what_follows_the_scheme() {
        let path = sqlite_path("sqlite:data/gap map.db").unwrap().unwrap();

        assert_eq!(path, Path::new("data/gap map.db"));
        assert_eq!(percent_encode(&path), "data/gap%20map.db");
        assert_eq!(
            sqlite_path("sqlite:///var/gapmap.db").unwrap().unwrap(),
            Path::new("/var/gapmap.db")
        );
    }

    #[test]
    fn a_database_in_memory_is_refused() {
        assert!(sqlite_path("sqlite::memory:").unwrap().is_err());
        assert!(sqlite_path("sqlite:").unwrap().is_err());
        assert!(sqlite_path("postgres://localhost/gapmap").is_none());
    }
}
