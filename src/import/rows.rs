//! A file of a known source as rows, and a look at one before it is known.

use std::io::{Cursor, Read};

use super::cordis::{self, Layout};
use super::draft::Row;
use super::mapping::Mapping;
use super::objects::{Object, Objects};
use super::record::Record;
use super::table::{Format, Table};
use super::trouble::{FileRefused, Trouble};
use super::{openaire, own};
use crate::base::invalid::Invalid;
use crate::catalogue::kind::RecordKind;

/// How much of a file is looked at before anything is known of it.
const GLANCE: usize = 256 * 1024;

/// What made a file, and so how it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Our own table or JSON of gaps.
    Gaps,
    /// Our own table or JSON of solutions.
    Solutions,
    /// CORDIS, in any of its layouts.
    Cordis,
    /// The OpenAIRE Graph.
    OpenAire,
    /// Any table, by a mapping.
    Mapped(Box<Mapping>),
}

impl Source {
    /// The word for it in the API and the database.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Gaps => "gaps",
            Self::Solutions => "solutions",
            Self::Cordis => "cordis",
            Self::OpenAire => "openaire",
            Self::Mapped(_) => "mapped",
        }
    }

    /// The source of this name; `mapping` is what `mapped` needs.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `source` or `mapping`.
    pub fn named(word: &str, mapping: Option<Mapping>) -> Result<Self, Invalid> {
        match (word, mapping) {
            ("gaps", _) => Ok(Self::Gaps),
            ("solutions", _) => Ok(Self::Solutions),
            ("cordis", _) => Ok(Self::Cordis),
            ("openaire", _) => Ok(Self::OpenAire),
            ("mapped", Some(mapping)) => Ok(Self::Mapped(Box::new(mapping))),
            ("mapped", None) => Err(Invalid::new("mapping", "must be said for a mapped table")),
            _ => Err(Invalid::new(
                "source",
                "must be gaps, solutions, cordis, openaire or mapped",
            )),
        }
    }
}

type Input<R> = std::io::Chain<Cursor<Vec<u8>>, R>;

enum Records<R: Read> {
    Table(Box<Table<Input<R>>>),
    Objects(Objects<Input<R>>),
}

/// The rows of a file.
pub struct Rows<R: Read> {
    records: Records<R>,
    source: Source,
    layout: Option<Layout>,
}

impl<R: Read> Rows<R> {
    /// Begins to read a file of this source.
    ///
    /// # Errors
    ///
    /// [`FileRefused`] when it is none.
    pub fn open(source: &Source, mut input: R) -> Result<Self, FileRefused> {
        let start = glance(&mut input, 512)?;
        let is_json = is_json(&start);
        let input = Cursor::new(start).chain(input);
        let format = match source {
            Source::Mapped(mapping) => mapping.format(),
            _ => Format::default(),
        };
        let is_table = matches!(source, Source::Mapped(_)) || !is_json;
        let records = match is_table {
            true => Records::Table(Box::new(Table::open(input, format)?)),
            false => Records::Objects(Objects::open(input)?),
        };
        let mut rows = Self {
            records,
            source: source.clone(),
            layout: None,
        };
        rows.check()?;
        Ok(rows)
    }

    /// Refuses a table of which the columns belong to another source.
    fn check(&mut self) -> Result<(), FileRefused> {
        let Records::Table(table) = &self.records else {
            return Ok(());
        };
        let names = table.names();
        let own = |kind: RecordKind, title: &str| match own::is_own(kind, names) {
            true => Ok(()),
            false => Err(FileRefused::new(format!(
                "a table of {kind}s has a column {title:?}, and this one has not"
            ))),
        };
        match &self.source {
            Source::Gaps => own(RecordKind::Gap, "title"),
            Source::Solutions => own(RecordKind::Solution, "name"),
            Source::Cordis => {
                self.layout = Some(cordis::layout(names)?);
                Ok(())
            }
            Source::OpenAire => Err(FileRefused::new("a file of OpenAIRE is JSON")),
            Source::Mapped(mapping) => match &mapping.missing(names)[..] {
                [] => Ok(()),
                missing => {
                    let missing: Vec<&str> = missing.iter().copied().take(10).collect();
                    let words = format!(
                        "the file lacks columns that the mapping reads: {}",
                        missing.join(", ")
                    );
                    Err(FileRefused::new(words))
                }
            },
        }
    }

    fn of_record(&mut self, record: &Record) -> Result<Option<Row>, Trouble> {
        match &self.source {
            Source::Gaps => Ok(Some(own::row(RecordKind::Gap, record)?)),
            Source::Solutions => Ok(Some(own::row(RecordKind::Solution, record)?)),
            Source::Mapped(mapping) => Ok(Some(mapping.row(record)?)),
            Source::Cordis => {
                let layout = match self.layout {
                    Some(layout) => layout,
                    None => *self.layout.insert(cordis::layout(&record.names)?),
                };
                Ok(cordis::row(layout, record)?)
            }
            Source::OpenAire => Ok(None),
        }
    }

    fn of_object(&mut self, object: &Object) -> Result<Option<Row>, Trouble> {
        match self.source {
            Source::OpenAire => Ok(Some(openaire::row(object)?)),
            _ => self.of_record(&object.record()),
        }
    }
}

impl<R: Read> Iterator for Rows<R> {
    /// `None` inside for a line that says nothing of a record, which counts as read.
    type Item = Result<Option<Row>, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.records {
            Records::Table(table) => {
                let record = table.next()?;
                Some(record.and_then(|it| self.of_record(&it)))
            }
            Records::Objects(objects) => {
                let object = objects.next()?;
                Some(object.and_then(|it| self.of_object(&it)))
            }
        }
    }
}

/// What can be seen of a file before it is known what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// The source that it seems to come from.
    pub guess: Option<&'static str>,
    /// The columns' names.
    pub names: Vec<String>,
    /// The first lines.
    pub rows: Vec<Vec<String>>,
    /// Why it cannot be read as a table.
    pub problem: Option<String>,
}

/// Looks at the beginning of a file, as a table of this format.
pub fn look(start: &[u8], format: Format, n_rows: usize) -> Glance {
    let mut glance = Glance {
        guess: None,
        names: Vec::new(),
        rows: Vec::new(),
        problem: None,
    };
    let start = &start[..start.len().min(GLANCE)];
    if is_json(start) {
        let first = Objects::open(start).ok().and_then(|mut it| it.next());
        if let Some(Ok(object)) = first {
            glance.names = object.record().names.to_vec();
            glance.guess = guess(&glance.names, object.said.contains_key("code"));
        }
        return glance;
    }
    match Table::open(start, format) {
        Ok(table) => {
            glance.names = table.names().to_vec();
            glance.guess = guess(&glance.names, false);
            let short = |cell: String| cell.chars().take(120).collect();
            let rows = table.filter_map(Result::ok).take(n_rows);
            glance.rows = rows
                .map(|it| it.cells.into_iter().map(short).collect())
                .collect();
        }
        Err(refused) => glance.problem = Some(refused.to_string()),
    }
    glance
}

fn guess(names: &[String], has_code: bool) -> Option<&'static str> {
    let has = |name: &str| names.iter().any(|it| it == name);
    if has_code && has("title") {
        Some("openaire")
    } else if cordis::layout(names).is_ok() {
        Some("cordis")
    } else if has("name") && has("kind") {
        Some("solutions")
    } else if has("title") && (has("gap_id") || has("desired_outcome") || has("thor")) {
        Some("gaps")
    } else {
        None
    }
}

fn is_json(start: &[u8]) -> bool {
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let first = text.iter().find(|it| !it.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'['))
}

fn glance(input: &mut impl Read, max: usize) -> Result<Vec<u8>, FileRefused> {
    let mut start = Vec::new();
    let limit = u64::try_from(max).unwrap_or(u64::MAX);
    input.take(limit).read_to_end(&mut start)?;
    Ok(start)
}
