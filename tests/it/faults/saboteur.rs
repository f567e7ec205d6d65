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
