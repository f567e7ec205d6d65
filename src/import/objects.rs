//! Objects of JSON, one at a time: an array of them, one a line, or a page of the API.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read};

use serde_json::{Map, Value as Json};

use super::record::Record;
use super::text::begin;
use super::trouble::{FileRefused, Rejection, Trouble};

/// The most bytes of one object.
pub const OBJECT_BYTES: usize = 4 << 20;
/// The most names that one object may have.
const MAX_NAMES: usize = 500;
const CHUNK: usize = 64 * 1024;

/// An object as it stands in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// What it says.
    pub said: Map<String, Json>,
}

impl Object {
    /// Its scalars and lists of scalars as texts by their names in lower case; lists are parted by
    /// `|`. What is nested is left out.
    pub fn record(&self) -> Record {
        let mut names = Vec::new();
        let mut cells = Vec::new();
        for (name, value) in &self.said {
            if let Some(cell) = cell(value) {
                names.push(name.to_lowercase());
                cells.push(cell);
            }
        }
        Record {
            line: self.line,
            names: names.into(),
            cells,
        }
    }
}

/// The text of a value; nothing where it is nested.
pub fn cell(value: &Json) -> Option<String> {
    match value {
        Json::Null => Some(String::new()),
        Json::Bool(true) => Some("yes".to_owned()),
        Json::Bool(false) => Some("no".to_owned()),
        Json::Number(number) => Some(number.to_string()),
        Json::String(text) => Some(text.clone()),
        Json::Array(items) => {
            let texts: Option<Vec<String>> = items.iter().map(scalar).collect();
            Some(texts?.join("|"))
        }
        Json::Object(_) => None,
    }
}

fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::Array(_) | Json::Object(_) => None,
        other => cell(other),
    }
}

/// A list of objects that is being read.
pub struct Objects<R> {
    input: R,
    chunk: Vec<u8>,
    from: usize,
    to: usize,
    line: u64,
    inside: VecDeque<Object>,
    done: bool,
}

impl<R: Read> Objects<R> {
    /// Begins to read.
    ///
    /// # Errors
    ///
    /// [`FileRefused`] for what is no text.
    pub fn open(input: R) -> Result<Self, FileRefused> {
        let mut objects = Self {
            input,
            chunk: vec![0; CHUNK],
            from: 0,
            to: 0,
            line: 1,
            inside: VecDeque::new(),
            done: false,
        };
        objects.fill()?;
        objects.from = begin(&objects.chunk[..objects.to])?;
        Ok(objects)
    }

    fn fill(&mut self) -> Result<bool, FileRefused> {
        loop {
            match self.input.read(&mut self.chunk) {
                Ok(n) => {
                    (self.from, self.to) = (0, n);
                    return Ok(0 < n);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn byte(&mut self) -> Result<Option<u8>, FileRefused> {
        if self.from == self.to && !self.fill()? {
            return Ok(None);
        }
        let byte = self.chunk[self.from];
        self.from += 1;
        self.line += u64::from(byte == b'\n');
        Ok(Some(byte))
    }

    /// The bytes of the next object, and the line on which it begins.
    fn next_raw(&mut self) -> Result<Option<(u64, Vec<u8>)>, Trouble> {
        loop {
            match self.byte()? {
                None => return Ok(None),
                Some(b'{') => break,
                Some(b' ' | b'\t' | b'\r' | b'\n' | b',' | b'[' | b']') => {}
                Some(_) => {
                    self.done = true;
                    let words = "the file is neither an array of objects nor one object a line";
                    return Err(FileRefused::new(words).into());
                }
            }
        }
        let begun = self.line;
        let mut bytes = vec![b'{'];
        let (mut depth, mut quoted, mut escaped, mut is_long) = (1_u64, false, false, false);
        while 0 < depth {
            let Some(byte) = self.byte()? else {
                let words = "is cut off: the file ends inside this object";
                return Err(Rejection::new(begun, "", words).into());
            };
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => depth += 1,
                b'}' | b']' if !quoted => depth -= 1,
                _ => {}
            }
            is_long |= OBJECT_BYTES <= bytes.len();
            if !is_long {
                bytes.push(byte);
            }
        }
        if is_long {
            let words = "is longer than four mebibytes";
            return Err(Rejection::new(begun, "", words).into());
        }
        Ok(Some((begun, bytes)))
    }

    fn next_object(&mut self) -> Result<Option<Object>, Trouble> {
        loop {
            if let Some(object) = self.inside.pop_front() {
                return Ok(Some(object));
            }
            let Some((line, bytes)) = self.next_raw()? else {
                return Ok(None);
            };
            let said: Map<String, Json> = serde_json::from_slice(&bytes)
                .map_err(|it| Rejection::new(line, "", format!("is no JSON: {it}")))?;
            match page(said) {
                Ok(items) => {
                    let items = items.into_iter().filter_map(|it| match it {
                        Json::Object(said) => Some(Object { line, said }),
                        _ => None,
                    });
                    self.inside.extend(items);
                }
                Err(said) if MAX_NAMES < said.len() => {
                    return Err(Rejection::new(line, "", "has more than 500 names").into());
                }
                Err(said) => return Ok(Some(Object { line, said })),
            }
        }
    }
}

/// The items of a page, as the API and others wrap them; the object itself where it is none.
fn page(mut said: Map<String, Json>) -> Result<Vec<Json>, Map<String, Json>> {
    for name in ["items", "results"] {
        match said.remove(name) {
            Some(Json::Array(items)) if items.iter().all(Json::is_object) => return Ok(items),
            Some(other) => {
                said.insert(name.to_owned(), other);
            }
            None => {}
        }
    }
    Err(said)
}

impl<R: Read> Iterator for Objects<R> {
    type Item = Result<Object, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        self.next_object().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<Object, Trouble>> {
        Objects::open(text.as_bytes()).unwrap().collect()
    }

    #[test]
    fn an_array_lines_and_a_page_are_the_same_objects() {
        let objects = [r#"{"a":"x } \" {"}"#, r#"{"a":2,"b":["p","q"]}"#];
        let array = format!("[\n{},\n{}]", objects[0], objects[1]);
        let lines = format!("{}\n{}\n", objects[0], objects[1]);
        let page = format!(
            "{{\"items\":[{},{}],\"next\":null}}",
            objects[0], objects[1]
        );

        for text in [array, lines, page] {
            let records: Vec<_> = read(&text)
                .into_iter()
                .map(|it| it.unwrap().record())
                .collect();
            assert_eq!(records[0].get("a"), "x } \" {");
            assert_eq!(records[1].get("b"), "p|q", "{text}");
        }
    }

    #[test]
    fn what_is_no_object_is_told_where() {
        let cut = read("[{\"a\":1},\n{\"a\":");
        let broken = read("{\"a\":}\n{\"a\":1}");

        assert!(matches!(&cut[1], Err(Trouble::Row(it)) if it.line == 2));
        assert!(matches!(&broken[0], Err(Trouble::Row(it)) if it.line == 1));
        assert!(broken[1].is_ok());
        assert!(matches!(&read("name,kind")[0], Err(Trouble::File(_))));
    }

    #[test]
    fn an_endless_object_is_passed_over() {
        let text = format!("[{{\"a\":\"{}\"}},{{\"a\":1}}]", "x".repeat(OBJECT_BYTES));
        let objects = read(&text);

        assert!(matches!(&objects[0], Err(Trouble::Row(_))));
        assert!(objects[1].is_ok());
        let deep = read(&"{\"a\":".repeat(100_000));
        assert!(matches!(&deep[0], Err(Trouble::Row(_))));
    }
}
