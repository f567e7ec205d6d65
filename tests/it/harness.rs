//! What the tests stand on: fresh databases of both kinds.

use std::io::{BufRead, BufReader, Write};
use std::panic::Location;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use gapmap::store::{Mode, Store};
use sqlx::{Connection, Executor};
use tempfile::TempDir;

/// A fresh database with all tables and nothing in them.
pub(crate) struct Database {
    /// The store, opened.
    pub(crate) store: Store,
    /// Its address, to open it once more.
    pub(crate) url: String,
    // Removes the file when the test ends.
    _folder: Option<TempDir>,
}

impl Database {
    /// A new SQLite file in a folder of its own.
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test's database");
        let url = format!("sqlite:{}/gapmap.db", folder.path().display());
        Self {
            store: Store::open(&url, Mode::Command)
                .await
                .expect("SQLite opens"),
            url,
            _folder: Some(folder),
        }
    }

    /// Opens it once more, after a server has closed it.
    pub(crate) async fn open_again(&mut self) {
        let store = Store::open(&self.url, Mode::Command).await;
        self.store = store.expect("it opens again");
    }

    /// A new database in the test run's Postgres.
    pub(crate) async fn postgres() -> Self {
        let url = fresh_postgres_url().await;
        Self {
            store: Store::open(&url, Mode::Command)
                .await
                .expect("Postgres opens"),
            url,
            _folder: None,
        }
    }
}

/// Turns each of the named functions, which take a [`Database`], into two tests. One that is not
/// named here is dead code, which the build refuses.
macro_rules! on_both_databases {
    ($($claim:ident,)*) => {$(
        mod $claim {
            #[tokio::test]
            async fn on_sqlite() {
                super::$claim($crate::harness::Database::sqlite().await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                super::$claim($crate::harness::Database::postgres().await).await;
            }
        }
    )*};
}
pub(crate) use on_both_databases;

/// Asks again and again until this holds, for what nobody is told of.
#[track_caller]
pub(crate) fn eventually(
    what: &str,
    mut holds: impl AsyncFnMut() -> bool,
) -> impl Future<Output = ()> {
    let caller = Location::caller();
    async move {
        let deadline = Instant::now() + Duration::from_secs(30);
        while !holds().await {
            assert!(Instant::now() < deadline, "{caller}: waited for: {what}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// Makes an empty database in the test run's Postgres and gives its address.
pub(crate) async fn fresh_postgres_url() -> String {
    let server = postgres_server();
    let name = format!("test_{}", uuid::Uuid::now_v7().simple());
    let mut connection = sqlx::PgConnection::connect(server)
        .await
        .expect("the test run's Postgres answers");
    connection
        .execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .await
        .expect("the test run's Postgres makes databases");
    let _ = connection.close().await;
    let (base, options) = server.split_once('?').unwrap_or((server, ""));
    let (base, _) = base
        .rsplit_once('/')
        .expect("a Postgres address names a database");
    format!("{base}/{name}?{options}")
}

/// The address of the run's Postgres: the one that `GAPMAP_TEST_POSTGRES` names, or one that is
/// started here, once, and ends with this process.
fn postgres_server() -> &'static str {
    static SERVER: OnceLock<(String, Option<Throwaway>)> = OnceLock::new();
    address(&SERVER, "GAPMAP_TEST_POSTGRES", || {
        Throwaway::postgres("fast")
    })
}

/// The address of the run's NATS: the one that `GAPMAP_TEST_NATS` names, or one that is started
/// here likewise.
pub(crate) fn nats_server() -> &'static str {
    static SERVER: OnceLock<(String, Option<Throwaway>)> = OnceLock::new();
    address(&SERVER, "GAPMAP_TEST_NATS", Throwaway::nats)
}

fn address(
    server: &'static OnceLock<(String, Option<Throwaway>)>,
    named_by: &str,
    start: impl FnOnce() -> Throwaway,
) -> &'static str {
    let (url, _) = server.get_or_init(|| match std::env::var(named_by) {
        Ok(url) => (url, None),
        Err(_) => {
            let started = start();
            (started.url.clone(), Some(started))
        }
    });
    url
}

/// A server that a script runs until its standard input ends, which this process holds.
pub(crate) struct Throwaway {
    script: Child,
    said: BufReader<ChildStdout>,
    /// Its address.
    pub(crate) url: String,
}

impl Throwaway {
    /// A Postgres, "fast", "durable" or "replicated".
    fn postgres(kind: &str) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/test-postgres.sh");
        Self::start(Command::new(script).arg(kind), "postgres://")
    }

    /// A NATS of a test's own, to be killed.
    pub(crate) fn nats() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/test-nats.sh");
        Self::start(&mut Command::new(script), "nats://")
    }

    fn start(script: &mut Command, scheme: &str) -> Self {
        let mut script = script
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the script starts");
        let mut said = BufReader::new(script.stdout.take().expect("its output is piped"));
        let mut url = String::new();
        said.read_line(&mut url).expect("its output is text");
        assert!(
            url.starts_with(scheme),
            "the tests need a {scheme} server and it did not start; see the message above"
        );
        let url = url.trim().to_owned();
        Self { script, said, url }
    }

    /// Tells the script a word, which it answers when that is done.
    fn tell(&mut self, word: &str) {
        let input = self.script.stdin.as_mut().expect("its input is piped");
        writeln!(input, "{word}").expect("the script listens");
        let mut answer = String::new();
        let told = self.said.read_line(&mut answer);
        told.expect("its output is text");
        assert_eq!(answer.trim(), word);
    }
}

/// A Postgres of a test's own, whose plug can be pulled. It ends with the test.
pub(crate) struct OwnPostgres(Throwaway);

impl OwnPostgres {
    /// Starts one.
    pub(crate) fn start() -> Self {
        Self(Throwaway::postgres("durable"))
    }

    /// Its one database, with all tables.
    pub(crate) async fn database(&self) -> Database {
        let url = &self.0.url;
        Database {
            store: Store::open(url, Mode::Command)
                .await
                .expect("Postgres opens"),
            url: url.clone(),
            _folder: None,
        }
    }

    /// Has it "stop" at once, as in a power cut, or "start" again.
    pub(crate) fn tell(&mut self, word: &str) {
        self.0.tell(word);
    }
}

/// A Postgres of a test's own whose commits wait for a standby, to be killed and replaced by that.
pub(crate) struct Replicated {
    script: Throwaway,
    /// The one to begin with.
    pub(crate) primary: String,
    /// The other.
    pub(crate) standby: String,
}

impl Replicated {
    /// Starts both.
    pub(crate) fn start() -> Self {
        let script = Throwaway::postgres("replicated");
        let (primary, standby) = script.url.split_once(' ').expect("two addresses");
        Self {
            primary: primary.to_owned(),
            standby: standby.to_owned(),
            script,
        }
    }

    /// Kills the primary without a warning, and then makes the standby the primary.
    pub(crate) fn fail_over(&mut self) {
        self.script.tell("kill");
        self.script.tell("promote");
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        drop(self.script.stdin.take());
        let _ = self.script.wait();
    }
}
