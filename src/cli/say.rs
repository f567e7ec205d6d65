//! What commands print.

use std::fmt::Arguments;
use std::io::{self, Write, stderr, stdout};

use anyhow::Context;

/// Prints a line on standard output; [`macro@say`] takes what `println!` takes.
///
/// # Errors
///
/// As [`put_out`].
pub(super) fn line(words: Arguments<'_>) -> anyhow::Result<()> {
    put_out(format!("{words}\n").as_bytes())
}

/// Prints these bytes on standard output. That nobody reads them any more, as behind `| head -1`, is
/// no failure: a command does what it was told to its end, and its exit code says how that went.
///
/// # Errors
///
/// When they cannot be written for another reason, such as a full disk.
pub(super) fn put_out(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        put => put.context("cannot write to standard output"),
    }
}

/// Complains in a line on standard error, where that is read.
pub(super) fn complain(words: Arguments<'_>) {
    let _ = writeln!(stderr(), "gapmap: {words}");
}

macro_rules! say {
    ($($words:tt)*) => {
        $crate::cli::say::line(format_args!($($words)*))
    };
}
pub(super) use say;
