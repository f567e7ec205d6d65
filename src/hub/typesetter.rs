//! The typesetter: a program of its own that makes PDF and PNG, beside this one.
//!
//! It is another process because setting a page is much code that a server for live maps has no
//! other use for, and because what a text does to it must stay there: it limits its own memory and
//! processor time, and what takes too long here, or is no longer waited for, is ended.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;

use tokio::time::timeout;

use crate::base::turns::{self, Asker, Crowded, Turns};

/// How the program is called.
pub const PROGRAM: &str = "gapmap-typeset";
/// Files that are set at a time: each takes a core, and much memory.
const AT_ONCE: usize = 2;
/// Threads of one of them.
const THREADS: &str = "2";
/// How long one may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// No file is larger.
const MOST: u64 = 512 << 20;
/// Of what it says when it fails.
const MOST_WORDS: u64 = 2000;

/// Where the program is, and how many of it run. Clones share that number.
#[derive(Clone, Debug)]
pub struct Typesetter {
    program: PathBuf,
    turns: Turns,
}

/// The right to set one file.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    typesetter: &'a Typesetter,
    _turn: turns::Turn,
}

/// Why something was not set.
#[derive(Debug, thiserror::Error)]
pub enum TypesetError {
    /// The program is not there.
    #[error(
        "PDF and PNG are made by gapmap-typeset, and {} is not there: `make typeset` builds it, \
         and GAPMAP_TYPESET says where it is",
        .0.display()
    )]
    Missing(PathBuf),
    /// It took more time or memory than it may.
    #[error("this is too large to be set: it takes more time or memory than one file may")]
    TooLarge,
    /// There was no turn in time.
    #[error(transparent)]
    Crowded(#[from] Crowded),
    /// It said no, or could not be started.
    #[error("the typesetter failed: {0}")]
    Failed(String),
}

impl Default for Typesetter {
    fn default() -> Self {
        Self::at(PROGRAM)
    }
}

impl Typesetter {
    /// The program at this place; whether it is there is looked at each time.
    pub fn at(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            turns: Turns::new(AT_ONCE),
        }
    }

    /// Whether the program is there.
    pub fn is_there(&self) -> bool {
        self.program.is_file()
    }

    /// Waits until one more may run: before what it sets is made, so that nobody waits with that in
    /// hand.
    ///
    /// # Errors
    ///
    /// [`TypesetError::Missing`] when it is not there, at once; [`TypesetError::Crowded`].
    pub(super) async fn turn(&self, asker: Option<Asker>) -> Result<Turn<'_>, TypesetError> {
        if !self.is_there() {
            return Err(TypesetError::Missing(self.program.clone()));
        }
        Ok(Turn {
            typesetter: self,
            _turn: self.turns.take(asker).await?,
        })
    }
}

impl Turn<'_> {
    /// Has a file made of what a writer wrote. Where nobody waits for it any more, it is ended.
    pub(super) async fn set(self, what: &str, data: Vec<u8>) -> Result<Vec<u8>, TypesetError> {
        let started = start(&self.typesetter.program, what);
        let mut running =
            Running(started.map_err(|error| TypesetError::Failed(error.to_string()))?);
        let child = &mut running.0;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(TypesetError::Failed("it has no pipes".to_owned()));
        };
        let talk = tokio::task::spawn_blocking(move || talk(stdin, stdout, stderr, &data));
        let Ok(said) = timeout(PATIENCE, talk).await else {
            return Err(TypesetError::TooLarge);
        };
        let (file, words) = said
            .map_err(|error| error.to_string())
            .and_then(|said| said.map_err(|error| error.to_string()))
            .map_err(TypesetError::Failed)?;
        // Its pipes are closed: it has ended, or does in this moment.
        let status = running.0.wait();
        let status = status.map_err(|error| TypesetError::Failed(error.to_string()))?;
        match status.code() {
            Some(0) => Ok(file),
            Some(_) => Err(TypesetError::Failed(words)),
            // Ended by a signal: of the system for time, of itself for memory.
            None => Err(TypesetError::TooLarge),
        }
    }
}

/// A process that ends when nobody waits for it any more.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended already is only cleared away.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts it with nothing of this process's surroundings: no settings, no secrets, no folder.
fn start(program: &Path, what: &str) -> std::io::Result<Child> {
    Command::new(program)
        .arg(what)
        .env_clear()
        .env("RAYON_NUM_THREADS", THREADS)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

/// Hands over what to set, and takes the file and what is said about it.
fn talk(
    mut stdin: ChildStdin,
    stdout: ChildStdout,
    stderr: ChildStderr,
    data: &[u8],
) -> std::io::Result<(Vec<u8>, String)> {
    thread::scope(|scope| {
        // One that ends early reads no further: what it says then tells why.
        scope.spawn(move || stdin.write_all(data));
        let words = scope.spawn(move || {
            let mut words = Vec::new();
            stderr
                .take(MOST_WORDS)
                .read_to_end(&mut words)
                .map(|_| words)
        });
        let mut file = Vec::new();
        stdout.take(MOST).read_to_end(&mut file)?;
        let words = words.join().unwrap_or_else(|_| Ok(Vec::new()))?;
        Ok((file, String::from_utf8_lossy(&words).trim().to_owned()))
    })
}
