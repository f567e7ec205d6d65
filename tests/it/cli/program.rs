//! Runs the program in a folder of its own.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;

/// A folder in which the program runs, with the database that it uses unless told otherwise.
pub(crate) struct Shell {
    folder: TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// Its exit code.
    pub(crate) code: i32,
    /// What it printed.
    pub(crate) out: String,
    /// What it complained about.
    pub(crate) err: String,
}

impl Ended {
    /// Asserts that it failed with one line, which says this.
    #[track_caller]
    pub(crate) fn failed_saying(&self, words: &str) {
        assert_eq!((self.code, self.out.as_str()), (1, ""), "{}", self.err);
        assert!(self.err.starts_with("gapmap: "), "{}", self.err);
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
        assert!(self.err.contains(words), "{}", self.err);
    }

    /// Asserts that it did what it was told, and gives what it printed.
    #[track_caller]
    pub(crate) fn done(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }
}

impl Shell {
    /// A new, empty folder.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    /// A file in the folder.
    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gapmap"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("GAPMAP_")) {
            command.env_remove(name);
        }
        command.args(arguments).current_dir(self.folder.path());
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, &[], "")
    }

    /// Runs a command to its end, in this environment, with this on its standard input.
    pub(crate) fn run_with(
        &self,
        arguments: &[&str],
        environment: &[(&str, &str)],
        input: &str,
    ) -> Ended {
        let mut child = self
            .command(arguments)
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // One that reads nothing may have ended already.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        Ended {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs a command to its end while nobody reads what it prints, or what it complains about. Its
    /// exit code, and its complaints where those are read.
    pub(crate) fn run_unread(&self, arguments: &[&str], complaints_too: bool) -> (i32, String) {
        let nobody = || {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            Stdio::from(writer)
        };
        let mut command = self.command(arguments);
        command.stdin(Stdio::null()).stdout(nobody());
        command.stderr(if complaints_too {
            nobody()
        } else {
            Stdio::piped()
        });
        let ended = command.spawn().unwrap().wait_with_output().unwrap();
        let complaints = String::from_utf8(ended.stderr).unwrap();
        (ended.status.code().unwrap(), complaints)
    }

    /// Tries to start a server that must not start, and tells how that ended.
    pub(crate) fn refuses_to_serve(&self, arguments: &[&str]) -> Ended {
        let arguments = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut child = self
            .command(&arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut first).unwrap();
        // One that started would run for ever.
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
        Ended {
            code: output.status.code().unwrap_or(-1),
            out: first,
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Starts a server on a free port and waits until it listens.
    pub(crate) fn serve(&self, arguments: &[&str]) -> Serving {
        self.serve_to(Stdio::inherit(), arguments)
    }

    /// The same, with its log in a file of the folder.
    pub(crate) fn serve_logging(&self, file: &str, arguments: &[&str]) -> Serving {
        let log = std::fs::File::create(self.path(file)).unwrap();
        self.serve_to(log.into(), arguments)
    }

    /// The same, on a disk on which no file grows beyond so many KiB, until it is told otherwise.
    pub(crate) fn serve_on_a_small_disk(&self, kib: u64, arguments: &[&str]) -> Serving {
        let program = self.command(&[]);
        // A signal would come with the refusal; who ignores it is told like any who asks too much.
        let limited = format!("trap '' XFSZ; ulimit -S -f {kib}; exec \"$0\" \"$@\"");
        let mut command = Command::new("bash");
        command.args(["-c", &limited]).arg(program.get_program());
        command.current_dir(self.folder.path());
        for (name, _) in program.get_envs() {
            command.env_remove(name);
        }
        Self::start(command, Stdio::inherit(), arguments)
    }

    fn serve_to(&self, log: Stdio, arguments: &[&str]) -> Serving {
        Self::start(self.command(&[]), log, arguments)
    }

    fn start(mut command: Command, log: Stdio, arguments: &[&str]) -> Serving {
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        let base = first.trim().strip_prefix("Gapmap listens on ");
        let base = base.unwrap_or_else(|| panic!("{first:?}")).to_owned();
        Serving { child, out, base }
    }
}

/// A server that runs as a process of its own. It is killed when the test ends.
pub(crate) struct Serving {
    child: Child,
    out: BufReader<ChildStdout>,
    /// `http://127.0.0.1:port`.
    pub(crate) base: String,
}

impl Serving {
    /// The next line that it prints.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line
    }

    /// Lets its files grow again.
    pub(crate) fn has_space(&self) {
        let id = self.child.id().to_string();
        let raised = Command::new("prlimit")
            .args(["--fsize=unlimited", "--pid", &id])
            .status();
        assert!(raised.unwrap().success());
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Sends it a signal and gives its exit code, and the rest of what it printed.
    pub(crate) fn stop(mut self, signal: &str) -> (Option<i32>, String) {
        self.signal(signal);
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut self.out, &mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
