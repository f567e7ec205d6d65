//! XML, one piece after the other: no document types, no entities but the five that XML has.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::build::MAX_LEVELS;
use super::encoding::line_at;
use crate::import::trouble::FileRefused;

/// Elements that may stand inside one another: a node takes up to three in XMind's.
const MAX_DEPTH: usize = 4 * MAX_LEVELS;
/// Attributes of one element.
const MAX_ATTRIBUTES: usize = 500;

/// What comes next in a document.
#[derive(Debug)]
pub(super) enum Piece {
    /// An element begins.
    Open(Element),
    /// The one that was begun last ends.
    Close(String),
    /// Text in it.
    Text(String),
    /// There is no more.
    End,
}

/// The beginning of an element; names are without their namespaces.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// What an attribute says; none where it is missing or empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        let found = all.find(|(own, _)| own == name);
        found.map(|(_, it)| it.as_str()).filter(|it| !it.is_empty())
    }

    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes
            .iter()
            .map(|(name, it)| (name.as_str(), it.as_str()))
    }
}

/// A document that is being read.
pub(super) struct Xml<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    open: Vec<String>,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            text,
            reader,
            open: Vec::new(),
        }
    }

    /// A refusal of what stands here.
    pub(super) fn refuse(&self, words: impl std::fmt::Display) -> FileRefused {
        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let line = line_at(self.text.as_bytes(), at);
        FileRefused::new(format!("line {line}: {words}"))
    }

    pub(super) fn next(&mut self) -> Result<Piece, FileRefused> {
        loop {
            let event = self.reader.read_event();
            match event.map_err(|error| self.refuse(format_args!("no well-formed XML: {error}")))? {
                Event::Start(start) => return self.begin(&start),
                Event::End(_) => {
                    let name = self.open.pop().unwrap_or_default();
                    return Ok(Piece::Close(name));
                }
                Event::Text(text) => return Ok(Piece::Text(text.xml10_content().into_owned())),
                Event::CData(text) => return Ok(Piece::Text(text.xml10_content().into_owned())),
                Event::GeneralRef(it) => {
                    let character = it.resolve_char_ref().ok().flatten();
                    let name = it.xml10_content();
                    let text = match character {
                        Some(character) => Some(character.to_string()),
                        None => resolve_predefined_entity(&name).map(str::to_owned),
                    };
                    return text.map(Piece::Text).ok_or_else(|| {
                        let name: String = name.chars().take(40).collect();
                        self.refuse(format_args!("&{name}; stands for nothing here"))
                    });
                }
                Event::DocType(_) => {
                    let words =
                        "the file declares a document type, which is not read: take the line out";
                    return Err(self.refuse(words));
                }
                Event::Eof => {
                    return match self.open.last() {
                        None => Ok(Piece::End),
                        Some(name) => {
                            Err(self
                                .refuse(format_args!("the file is cut off: <{name}> has no end")))
                        }
                    };
                }
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn begin(&mut self, start: &BytesStart<'_>) -> Result<Piece, FileRefused> {
        if MAX_DEPTH <= self.open.len() {
            return Err(self.refuse("the elements are nested too deeply"));
        }
        let mut attributes = Vec::new();
        // Looking for attributes that come twice takes the square of how many there are.
        for attribute in start.attributes().with_checks(false) {
            if MAX_ATTRIBUTES <= attributes.len() {
                return Err(self.refuse("an element has too many attributes"));
            }
            let attribute = attribute.map_err(|it| self.refuse(it))?;
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.map_err(|it| self.refuse(it))?.into_owned();
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
        }
        let name = start.local_name().as_ref().to_owned();
        self.open.push(name.clone());
        Ok(Piece::Open(Element { name, attributes }))
    }

    /// Passes over what is left of the element that was begun last.
    pub(super) fn skip(&mut self) -> Result<(), FileRefused> {
        let outside = self.open.len();
        while outside <= self.open.len() {
            self.next()?;
        }
        Ok(())
    }

    /// The text of the element that was begun last, whatever stands between.
    pub(super) fn text(&mut self) -> Result<String, FileRefused> {
        let outside = self.open.len();
        let mut text = String::new();
        while outside <= self.open.len() {
            if let Piece::Text(more) = self.next()? {
                text.push_str(&more);
            }
        }
        Ok(text)
    }
}
