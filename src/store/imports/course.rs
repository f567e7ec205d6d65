//! What an import is and where it stands. Whoever works on one says so with every batch; who has
//! not been heard of for a while has died, and somebody else may go on.

use std::time::Duration;

use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Row, Transaction};

use super::state::ImportState;
use crate::base::id::ImportId;
use crate::base::time::Timestamp;
use crate::store::audit::{By, record};
use crate::store::columns::{id, word};
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::page::{Page, PageRequest};
use crate::store::statement::Statement;

/// After so long without a sign, nobody works on an import any more.
const SILENCE: Duration = Duration::from_secs(60);

/// How many rows, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows of the file so far.
    pub read: i64,
    /// Of which made, or would make, a record.
    pub created: i64,
    /// Changed one.
    pub changed: i64,
    /// Said nothing new, or nothing of a record.
    pub same: i64,
    /// Met a value that somebody else put there on the same day.
    pub conflicts: i64,
    /// Were not taken.
    pub rejected: i64,
    /// Remarks on rows that were taken.
    pub notes: i64,
}

impl Tally {
    /// Adds another's counts.
    pub fn add(&mut self, other: Self) {
        self.read += other.read;
        self.created += other.created;
        self.changed += other.changed;
        self.same += other.same;
        self.conflicts += other.conflicts;
        self.rejected += other.rejected;
        self.notes += other.notes;
    }
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// Where it stands.
    pub state: ImportState,
    /// What its file is called.
    pub file_name: String,
    /// How long that is.
    pub bytes: i64,
    /// SHA-256 of it, in hex.
    pub hash: String,
    /// What made the file; empty before it is said.
    pub source: String,
    /// How it is read, as JSON; empty for a source that is known.
    pub mapping: String,
    /// What that is called, where it has a name.
    pub mapping_name: String,
    /// Whether conflicts that nobody decides take the file's value.
    pub takes_undecided: bool,
    /// Why the file was refused.
    pub problem: String,
    /// In how many pieces the file lies here; none when it is no longer needed.
    pub n_parts: i64,
    /// What became of its rows, when they were last read.
    pub tally: Tally,
    /// How many rows there are, once that is known.
    pub total: i64,
    /// How many records an undo left as they were.
    pub left: i64,
    /// When it began.
    pub created_at: Timestamp,
    /// By whom, as the audit writes it.
    pub created_by: String,
    /// When it was carried out, taken back or given up.
    pub finished_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, state, beat, file_name, bytes, hash, source, mapping, mapping_name, \
    otherwise, problem, n_parts, n_read, n_created, n_changed, n_same, n_conflicts, n_rejected, \
    n_notes, n_total, n_left, created_at, created_by, finished_at";

fn read(row: &AnyRow, now: Timestamp) -> Result<Import, StoreError> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let number = |name: &str| row.try_get::<i64, _>(name);
    let state: ImportState = word(&text("state")?)?;
    let is_silent = Timestamp(number("beat")?).after(SILENCE) < now;
    let finished: Option<i64> = row.try_get("finished_at")?;
    Ok(Import {
        id: id(&text("id")?)?,
        state: match is_silent {
            true => state.abandoned(),
            false => state,
        },
        file_name: text("file_name")?,
        bytes: number("bytes")?,
        hash: text("hash")?,
        source: text("source")?,
        mapping: text("mapping")?,
        mapping_name: text("mapping_name")?,
        takes_undecided: text("otherwise")? == "take",
        problem: text("problem")?,
        n_parts: number("n_parts")?,
        tally: Tally {
            read: number("n_read")?,
            created: number("n_created")?,
            changed: number("n_changed")?,
            same: number("n_same")?,
            conflicts: number("n_conflicts")?,
            rejected: number("n_rejected")?,
            notes: number("n_notes")?,
        },
        total: number("n_total")?,
        left: number("n_left")?,
        created_at: Timestamp(number("created_at")?),
        created_by: text("created_by")?,
        finished_at: finished.map(Timestamp),
    })
}

/// Adds to an import's counts, and says that somebody works on it. False: that shall stop.
pub(in crate::store) async fn tally(
    on: &mut AnyConnection,
    import: ImportId,
    tally: &Tally,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let mut statement = Statement::new("UPDATE import SET beat = ");
    statement.arg(at.0);
    for (column, n) in [
        ("n_read", tally.read),
        ("n_created", tally.created),
        ("n_changed", tally.changed),
        ("n_same", tally.same),
        ("n_conflicts", tally.conflicts),
        ("n_rejected", tally.rejected),
        ("n_notes", tally.notes),
    ] {
        statement
            .sql(", ")
            .sql(column)
            .sql(" = ")
            .sql(column)
            .sql(" + ")
            .arg(n);
    }
    statement
        .sql(" WHERE id = ")
        .arg(import.to_string())
        .sql(" RETURNING stop");
    let rows = statement.fetch(on).await?;
    let row = rows.first().ok_or(StoreError::NotFound("import"))?;
    Ok(row.try_get::<i64, _>("stop")? == 0)
}

impl Store {
    /// An import.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn import(&self, import: ImportId, now: Timestamp) -> Result<Import, StoreError> {
        let mut statement = Statement::new(&format!("SELECT {COLUMNS} FROM import WHERE id = "));
        statement.arg(import.to_string());
        let rows = statement.fetch(&mut *self.read.acquire().await?).await?;
        read(rows.first().ok_or(StoreError::NotFound("import"))?, now)
    }

    /// All imports, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn imports(
        &self,
        page: &PageRequest,
        now: Timestamp,
    ) -> Result<Page<Import>, StoreError> {
        let mut statement = Statement::new(&format!("SELECT {COLUMNS} FROM import WHERE id < "));
        statement.arg(page.after().unwrap_or("g"));
        if let Some(like) = page.like() {
            statement
                .sql(" AND LOWER(file_name) LIKE ")
                .arg(like)
                .sql(" ESCAPE '\\'");
        }
        statement.sql(" ORDER BY id DESC LIMIT ").arg(page.fetch());
        let rows = statement.fetch(&mut *self.read.acquire().await?).await?;
        let all: Result<Vec<Import>, _> = rows.iter().map(|it| read(it, now)).collect();
        Ok(page.page(all?, |it| it.id.to_string()))
    }

    /// Begins to work on an import: from here to the end nobody else does.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`]; [`StoreError::Taken`] when it does not stand where this begins.
    pub async fn begin_import(
        &self,
        import: ImportId,
        to: ImportState,
        by: &By,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let mut statement = Statement::new("UPDATE import SET state = ");
        statement
            .arg(to.as_str())
            .sql(
                ", stop = 0, n_read = 0, n_created = 0, n_changed = 0, n_same = 0,
                  n_conflicts = 0, n_rejected = 0, n_notes = 0, problem = '', beat = ",
            )
            .arg(by.at.0)
            .sql(" WHERE id = ")
            .arg(import.to_string());
        where_may_begin(&mut statement, to, by.at);
        if statement.execute(&mut tx).await? == 0 {
            drop(tx);
            let is = self.import(import, by.at).await?.state.as_str();
            let words = format!("the import is {is}, so this cannot begin");
            return Err(StoreError::Taken(words));
        }
        if to != ImportState::Undoing {
            // This reading says anew what is wrong.
            let mut statement = Statement::new("DELETE FROM import_note WHERE import = ");
            statement.arg(import.to_string());
            statement.execute(&mut tx).await?;
        }
        let target = format!("import:{import}");
        record(&mut tx, by, "import.begin", &target, to.as_str()).await?;
        Ok(tx.commit().await?)
    }

    /// Ends the work on an import. The file goes where it cannot be read any more.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn end_import(
        &self,
        import: ImportId,
        to: ImportState,
        problem: &str,
        by: &By,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        end(&mut tx, import, to, problem, by).await?;
        Ok(tx.commit().await?)
    }

    /// Has whoever works on an import stop; gives up one that nobody works on.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`]; [`StoreError::Taken`] when there is nothing to stop.
    pub async fn stop_import(&self, import: ImportId, by: &By) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        // Holds its row: whoever begins to work on it at the same time is not given up unseen.
        let mut statement = Statement::new("UPDATE import SET stop = stop WHERE id = ");
        statement.arg(import.to_string()).sql(" RETURNING ");
        statement.sql(COLUMNS);
        let rows = statement.fetch(&mut tx).await?;
        let held = read(rows.first().ok_or(StoreError::NotFound("import"))?, by.at)?;
        match held.state {
            ImportState::Uploading
            | ImportState::Uploaded
            | ImportState::Ready
            | ImportState::Failed => {
                end(&mut tx, import, ImportState::Cancelled, "", by).await?;
            }
            state if state.is_busy() => {
                let mut statement = Statement::new("UPDATE import SET stop = 1 WHERE id = ");
                statement.arg(import.to_string());
                statement.execute(&mut tx).await?;
                let target = format!("import:{import}");
                record(&mut tx, by, "import.stop", &target, "").await?;
            }
            state => {
                let words = format!("the import is {}: there is nothing to stop", state.as_str());
                return Err(StoreError::Taken(words));
            }
        }
        Ok(tx.commit().await?)
    }
}

/// Adds that an import stands where a work can begin: also where somebody who worked on it has died.
pub(super) fn where_may_begin(statement: &mut Statement, to: ImportState, now: Timestamp) {
    let busy = ImportState::ALL.into_iter().filter(|it| it.is_busy());
    let dead = busy.filter(|it| to.from().contains(&it.abandoned()));
    statement
        .sql(" AND (state IN ")
        .list(to.from().iter().map(|it| it.as_str()))
        .sql(" OR (state IN ")
        .list(dead.map(ImportState::as_str))
        .sql(" AND beat < ")
        .arg(now.0 - i64::try_from(SILENCE.as_millis()).unwrap_or(i64::MAX))
        .sql("))");
}

async fn end(
    tx: &mut Transaction<'static, Any>,
    import: ImportId,
    to: ImportState,
    problem: &str,
    by: &By,
) -> Result<(), StoreError> {
    let is_over = matches!(
        to,
        ImportState::Applied | ImportState::Undone | ImportState::Cancelled
    );
    let mut statement = Statement::new("UPDATE import SET stop = 0, state = ");
    statement.arg(to.as_str()).sql(", problem = ").arg(problem);
    if matches!(to, ImportState::Ready) {
        statement.sql(", n_total = n_read");
    }
    if is_over {
        statement.sql(", n_parts = 0, finished_at = ").arg(by.at.0);
    }
    statement.sql(" WHERE id = ").arg(import.to_string());
    statement.execute(tx).await?;
    if is_over {
        for table in ["import_part", "import_row", "import_decision"] {
            let mut statement = Statement::new(&format!("DELETE FROM {table} WHERE import = "));
            statement.arg(import.to_string());
            statement.execute(tx).await?;
        }
    }
    let target = format!("import:{import}");
    record(tx, by, "import.end", &target, to.as_str()).await
}
