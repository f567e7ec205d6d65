//! Tables of text with separators (RFC 4180), a line at a time and within bounds: a quote that is
//! never closed, a cell of a gigabyte or ten million columns cost no more memory than a good line.

use std::collections::HashSet;
use std::io::{ErrorKind, Read};
use std::sync::Arc;

use csv_core::{ReadRecordResult, ReaderBuilder};

use super::record::Record;
use super::text::{Decoder, Encoding, begin};
use super::trouble::{FileRefused, Rejection, Trouble};

/// The most bytes of one line.
pub const LINE_BYTES: usize = 1 << 20;
/// The most columns of a table.
pub const MAX_COLUMNS: usize = 500;
const CHUNK: usize = 64 * 1024;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// What stands between cells; told from the header unless said.
    pub delimiter: Option<u8>,
    /// How it writes its letters.
    pub encoding: Encoding,
    /// Which line, not counting empty ones, has the columns' names, from 1.
    pub header_row: u32,
}

impl Default for Format {
    fn default() -> Self {
        Self {
            delimiter: None,
            encoding: Encoding::Auto,
            header_row: 1,
        }
    }
}

/// A table that is being read.
pub struct Table<R> {
    input: R,
    parser: csv_core::Reader,
    chunk: Vec<u8>,
    from: usize,
    to: usize,
    ended: bool,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    decoder: Decoder,
    line: u64,
    names: Arc<[String]>,
}

/// One line as the parser gives it: where it begins, and whether it is whole.
struct Raw {
    line: u64,
    columns: usize,
    fault: Option<&'static str>,
}

impl<R: Read> Table<R> {
    /// Reads the header.
    ///
    /// # Errors
    ///
    /// [`FileRefused`] when there is no header that makes sense.
    pub fn open(input: R, format: Format) -> Result<Self, FileRefused> {
        let mut table = Self {
            input,
            parser: csv_core::Reader::new(),
            chunk: vec![0; CHUNK],
            from: 0,
            to: 0,
            ended: false,
            bytes: vec![0; LINE_BYTES],
            ends: vec![0; MAX_COLUMNS + 1],
            decoder: Decoder::new(format.encoding),
            line: 1,
            names: Arc::from([]),
        };
        table.fill()?;
        table.from = begin(&table.chunk[..table.to])?;
        let start = &table.chunk[table.from..table.to];
        let delimiter = format.delimiter.unwrap_or_else(|| delimiter_of(start));
        table.parser = ReaderBuilder::new().delimiter(delimiter).build();
        table.names = table.header(format.header_row)?;
        Ok(table)
    }

    /// The columns' names, in lower case.
    pub fn names(&self) -> &Arc<[String]> {
        &self.names
    }

    fn header(&mut self, row: u32) -> Result<Arc<[String]>, FileRefused> {
        let none = || FileRefused::new("the file has no line with the columns' names");
        for _ in 1..row.max(1) {
            self.next_raw()?.ok_or_else(none)?;
        }
        let raw = self.next_raw()?.ok_or_else(none)?;
        if let Some(fault) = raw.fault {
            return Err(FileRefused::new(format!(
                "the line with the columns' names {fault}"
            )));
        }
        let cells = self
            .cells(raw.columns)
            .map_err(|_| FileRefused::new("the columns' names are not in the file's encoding"))?;
        let names: Vec<String> = cells
            .iter()
            .map(|it| it.trim().trim_start_matches('\u{feff}').to_lowercase())
            .collect();
        let mut known = HashSet::new();
        for name in names.iter().filter(|it| !it.is_empty()) {
            if !known.insert(name) {
                let name: String = name.chars().take(60).collect();
                return Err(FileRefused::new(format!("the file has {name:?} twice")));
            }
        }
        if known.is_empty() {
            return Err(none());
        }
        Ok(names.into())
    }

    /// The cells of the line that was read last; the number of the first that cannot be decoded.
    fn cells(&mut self, columns: usize) -> Result<Vec<String>, usize> {
        let mut cells = Vec::with_capacity(columns);
        let mut from = 0;
        for (place, end) in self.ends[..columns].iter().enumerate() {
            let text = self.decoder.decode(&self.bytes[from..*end]);
            cells.push(text.ok_or(place)?.into_owned());
            from = *end;
        }
        Ok(cells)
    }

    /// Reads more, once all that was read is used up.
    fn fill(&mut self) -> Result<(), FileRefused> {
        (self.from, self.to) = (0, 0);
        while self.to < CHUNK && !self.ended {
            match self.input.read(&mut self.chunk[self.to..]) {
                Ok(0) => self.ended = true,
                Ok(n) => self.to += n,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn next_raw(&mut self) -> Result<Option<Raw>, FileRefused> {
        let (mut n_bytes, mut n_columns, mut begun) = (0, 0, None);
        let mut fault = None;
        loop {
            if self.from == self.to && !self.ended {
                self.fill()?;
            }
            let at_end = self.from == self.to;
            // A line break after the end closes the last line, unless a quote is still open.
            let piece: &[u8] = match at_end {
                true => b"\n",
                false => &self.chunk[self.from..self.to],
            };
            let (bytes, ends) = (&mut self.bytes[n_bytes..], &mut self.ends[n_columns..]);
            let (result, n_in, n_out, n_ends) = self.parser.read_record(piece, bytes, ends);
            let used = &piece[..n_in];
            begun = begun.or_else(|| begins_at(used, self.line));
            self.line += lines_in(used);
            if !at_end {
                self.from += n_in;
            }
            n_bytes += n_out;
            n_columns += n_ends;
            match result {
                ReadRecordResult::Record => {
                    return Ok(Some(Raw {
                        line: begun.unwrap_or(self.line),
                        columns: n_columns,
                        fault,
                    }));
                }
                ReadRecordResult::OutputFull => {
                    fault = Some("is longer than a mebibyte: is a quote not closed?");
                    n_bytes = 0;
                }
                ReadRecordResult::OutputEndsFull => {
                    fault = Some("has more than 500 columns");
                    n_columns = 0;
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::End if at_end => {
                    let open = begun.filter(|_| 0 < n_bytes || fault.is_some());
                    return Ok(open.map(|line| Raw {
                        line,
                        columns: 0,
                        fault: Some("is cut off: the file ends inside a quoted cell"),
                    }));
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
            }
        }
    }

    fn next_record(&mut self) -> Result<Option<Record>, Trouble> {
        loop {
            let Some(raw) = self.next_raw()? else {
                return Ok(None);
            };
            if let Some(fault) = raw.fault {
                return Err(Rejection::new(raw.line, "", fault).into());
            }
            let mut cells = match self.cells(raw.columns) {
                Ok(cells) => cells,
                Err(place) => {
                    let column = self.names.get(place).map_or("", String::as_str);
                    let reason = "is not in the encoding of the lines before it";
                    return Err(Rejection::new(raw.line, column, reason).into());
                }
            };
            if cells.iter().all(|it| it.trim().is_empty()) {
                continue;
            }
            let n = self.names.len();
            while n < cells.len() && cells.last().is_some_and(|it| it.trim().is_empty()) {
                cells.pop();
            }
            if cells.len() != n {
                let words = format!(
                    "has {} cells where the header has {n}: is it shifted, or cut off?",
                    cells.len()
                );
                return Err(Rejection::new(raw.line, "", words).into());
            }
            if let Some(place) = cells.iter().position(|it| it.contains('\0')) {
                let reason = "has a NUL in it, which is no text";
                return Err(Rejection::new(raw.line, &self.names[place], reason).into());
            }
            let names = self.names.clone();
            return Ok(Some(Record {
                line: raw.line,
                names,
                cells,
            }));
        }
    }
}

impl<R: Read> Iterator for Table<R> {
    type Item = Result<Record, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_record().transpose()
    }
}

/// The line on which what is no line break begins.
fn begins_at(bytes: &[u8], line: u64) -> Option<u64> {
    let text = bytes.iter().position(|it| !matches!(it, b'\r' | b'\n'))?;
    Some(line + lines_in(&bytes[..text]))
}

fn lines_in(bytes: &[u8]) -> u64 {
    bytes.iter().map(|it| u64::from(*it == b'\n')).sum()
}

/// What parts the cells of the first line.
fn delimiter_of(start: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in start {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                let counted = counts.iter_mut().find(|it| it.0 == *byte);
                if let Some(it) = counted {
                    it.1 += 1;
                }
            }
            _ => {}
        }
    }
    // The first of equals.
    let best = counts.into_iter().rev().max_by_key(|it| it.1);
    best.map_or(b',', |it| it.0)
}
