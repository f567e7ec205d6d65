//! `gapmap-typeset`: reports and maps as PDF and PNG, in a process of its own.
//!
//! What to set comes in on standard input as JSON that was laid out already, and the file goes out
//! on standard output. The program reads no file, opens no connection and keeps to a limit of memory
//! and time that it sets itself, so that whatever a text does to it stays here.

mod drawing;
mod fonts;
mod letters;
mod limits;
mod map;
mod pdf;
mod picture;
mod report;
mod text;

use std::io::{Read, Write, stdin, stdout};
use std::process::ExitCode;

/// What comes in may not be larger. A report of a thousand sheets takes a few megabytes.
const MOST: u64 = 256 << 20;

const USAGE: &str = "gapmap-typeset: say report, map-pdf or map-png; it reads JSON from standard input, \
                     as gapmap gives it, and writes the file to standard output";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let (Some(what), None) = (words.next(), words.next()) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let set: fn(&str) -> Result<Vec<u8>, String> = match &*what {
        "report" => report::set,
        "map-pdf" => map::set,
        "map-png" => picture::draw,
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match carry_out(set) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("gapmap-typeset: {}", why.replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

fn carry_out(set: fn(&str) -> Result<Vec<u8>, String>) -> Result<(), String> {
    limits::keep().map_err(|error| format!("cannot limit itself: {error}"))?;
    let mut data = String::new();
    let n_read = stdin().lock().take(MOST + 1).read_to_string(&mut data);
    if MOST < n_read.map_err(|error| format!("cannot read what to set: {error}"))? as u64 {
        return Err(format!("what to set is larger than {MOST} bytes"));
    }
    let file = set(&data)?;
    let mut out = stdout().lock();
    let written = out.write_all(&file).and_then(|()| out.flush());
    written.map_err(|error| format!("cannot write the file: {error}"))
}
