//! Somebody else at the same database, who breaks it in the ways that databases break.

use gapmap::base::id::MapId;
use gapmap::store::Kind;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

/// A connection of its own to a server's database.
pub(crate) struct Saboteur {
    connection: AnyConnection,
    kind: Kind,
}

impl Saboteur {
    /// Comes in at this address.
    pub(crate) async fn at(url: &str) -> Self {
        sqlx::any::install_default_drivers();
        Self {
            connection: AnyConnection::connect(url).await.unwrap(),
            kind: Kind::of(url).unwrap(),
        }
    }

    /// Does this.
    pub(crate) async fn run(&mut self, sql: &str) {
        let done = self.connection.execute(AssertSqlSafe(sql)).await;
        done.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Has every append to the log fail, as on a full disk.
    pub(crate) async fn fail_appends(&mut self) {
        match self.kind {
            Kind::Sqlite => {
                self.run(
                    "CREATE TRIGGER full_disk BEFORE INSERT ON update_log
                     BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
                )
                .await;
            }
            Kind::Postgres => {
                self.run(
                    "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
                     $$ BEGIN RAISE 'the disk is full'; END $$",
                )
                .await;
                self.run(
                    "CREATE TRIGGER full_disk BEFORE INSERT ON update_log
                     FOR EACH ROW EXECUTE FUNCTION full_disk()",
                )
                .await;
            }
        }
    }

    /// Takes that back.
    pub(crate) async fn mend_appends(&mut self) {
        match self.kind {
            Kind::Sqlite => self.run("DROP TRIGGER full_disk").await,
            Kind::Postgres => self.run("DROP FUNCTION full_disk CASCADE").await,
        }
    }

    /// Has the commit of every append wait while [`Saboteur::hold_commits`] is on. Postgres only,
    /// where something can be done at the end of a transaction.
    pub(crate) async fn slow_commits(&mut self) {
        self.run(
            "CREATE FUNCTION slow_disk() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NULL; END $$",
        )
        .await;
        self.run(
            "CREATE CONSTRAINT TRIGGER slow_disk AFTER INSERT ON update_log
             DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow_disk()",
        )
        .await;
    }

    /// Lets no append be committed.
    pub(crate) async fn hold_commits(&mut self) {
        self.run("SELECT 1 FROM pg_advisory_lock(1)").await;
    }

    /// Lets them be.
    pub(crate) async fn let_commits_go(&mut self) {
        self.run("SELECT pg_advisory_unlock(1)").await;
    }

    /// Whether somebody else waits for a lock in this database. Postgres only.
    pub(crate) async fn somebody_waits(&mut self) -> bool {
        0 < self.n_waiting().await
    }

    /// How many wait for a lock in this database. Postgres only.
    pub(crate) async fn n_waiting(&mut self) -> i64 {
        let waiting = "SELECT COUNT(*) FROM pg_stat_activity
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        self.number(waiting).await
    }

    /// Has whoever takes a map lose it again before they append anything. Postgres only.
    pub(crate) async fn fence_whoever_takes(&mut self) {
        self.run(
            "CREATE FUNCTION fence() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN UPDATE map SET fence = fence + 1 WHERE id = NEW.id; RETURN NULL; END $$",
        )
        .await;
        self.run(
            "CREATE TRIGGER fence AFTER UPDATE ON map FOR EACH ROW
             WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION fence()",
        )
        .await;
    }

    /// Takes that back.
    pub(crate) async fn fence_nobody(&mut self) {
        self.run("DROP FUNCTION fence CASCADE").await;
    }

    /// The one number that this finds.
    pub(crate) async fn number(&mut self, sql: &str) -> i64 {
        let found = sqlx::query_scalar(AssertSqlSafe(sql));
        let found = found.fetch_one(&mut self.connection).await;
        found.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Holds the database so that nobody else can write to maps and logs.
    pub(crate) async fn hold(&mut self) {
        match self.kind {
            Kind::Sqlite => self.run("BEGIN IMMEDIATE").await,
            Kind::Postgres => {
                self.run("BEGIN").await;
                self.run("LOCK TABLE update_log, map IN EXCLUSIVE MODE")
                    .await;
            }
        }
    }

    /// Lets go of it.
    pub(crate) async fn let_go(&mut self) {
        self.run("ROLLBACK").await;
    }

    /// Takes a map over, as another server does.
    pub(crate) async fn take_over(&mut self, map: MapId) {
        self.run(&format!(
            "UPDATE map SET fence = fence + 1 WHERE id = '{map}'"
        ))
        .await;
    }
}
