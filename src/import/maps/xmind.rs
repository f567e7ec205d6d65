//! XMind's workbooks: a ZIP with `content.json`, or for XMind 8 with `content.xml`.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use serde::Deserialize;
use serde_json::value::RawValue;
use zip::ZipArchive;
use zip::result::ZipError;

use super::build::{At, Builder, MAX_LEVELS};
use super::loss::Loss;
use super::{encoding, xmind8};
use crate::import::trouble::FileRefused;

/// Entries that a workbook may have.
const MAX_ENTRIES: usize = 10_000;
/// Bytes that its content may unpack to.
const MAX_UNPACKED: u64 = 64 << 20;
/// Bytes that may be looked at in all. Each level is read out of the one above it, so that a map as
/// deep as it is large would be read a thousand times over.
const MAX_SCANNED: usize = 1 << 30;

pub(super) fn read(bytes: &[u8], into: &mut Builder) -> Result<(), FileRefused> {
    let broken = |error: ZipError| FileRefused::new(format!("this is no XMind workbook: {error}"));
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if MAX_ENTRIES < zip.len() {
        let words = format!("the workbook has more than {MAX_ENTRIES} entries");
        return Err(FileRefused::new(words));
    }
    if let Some(content) = unpack(&mut zip, "content.json")? {
        return read_json(&encoding::text(&content)?, into);
    }
    match unpack(&mut zip, "content.xml")? {
        Some(content) => xmind8::read(&encoding::xml(&content)?, into)
            .map_err(|error| FileRefused::new(format!("content.xml, {error}"))),
        None => {
            let words = "this is no XMind workbook: it has neither content.json nor content.xml";
            Err(FileRefused::new(words))
        }
    }
}

/// An entry of the ZIP; none where there is none of this name.
fn unpack(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<Vec<u8>>, FileRefused> {
    let entry = match zip.by_name(name) {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => {
            return Err(FileRefused::new(format!(
                "{name} cannot be unpacked: {error}"
            )));
        }
    };
    let mut content = Vec::new();
    // What the entry says of its own size is not believed.
    let read = entry.take(MAX_UNPACKED + 1).read_to_end(&mut content);
    read.map_err(|error| FileRefused::new(format!("{name} cannot be unpacked: {error}")))?;
    if MAX_UNPACKED < content.len() as u64 {
        let most = MAX_UNPACKED >> 20;
        let words = format!("{name} unpacks to more than {most} MiB");
        return Err(FileRefused::new(words));
    }
    Ok(Some(content))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sheet<'a> {
    #[serde(borrow)]
    root_topic: &'a RawValue,
    #[serde(borrow, default)]
    relationships: Option<&'a RawValue>,
    title: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Relationship {
    end1_id: String,
    end2_id: String,
    title: Option<String>,
}

/// A topic, without those below it, which are read one level after the other.
#[derive(Deserialize)]
struct Topic<'a> {
    id: Option<String>,
    title: Option<String>,
    branch: Option<String>,
    href: Option<String>,
    labels: Option<Vec<String>>,
    #[serde(borrow)]
    notes: Option<&'a RawValue>,
    #[serde(borrow)]
    children: Option<&'a RawValue>,
    #[serde(borrow)]
    markers: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    image: Option<&'a RawValue>,
    #[serde(borrow)]
    boundaries: Option<Vec<&'a RawValue>>,
}

#[derive(Default, Deserialize)]
struct Children<'a> {
    #[serde(borrow, default)]
    attached: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    detached: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    summary: Vec<&'a RawValue>,
}

#[derive(Default, Deserialize)]
struct Notes<'a> {
    #[serde(borrow)]
    plain: Option<Content<'a>>,
}

#[derive(Deserialize)]
struct Content<'a> {
    #[serde(borrow)]
    content: Cow<'a, str>,
}

/// JSON that is read piece by piece, and how much of that was done.
struct Pieces {
    scanned: usize,
}

impl Pieces {
    fn read<'a, T: Deserialize<'a>>(&mut self, text: &'a str) -> Result<T, FileRefused> {
        self.scanned += text.len();
        if MAX_SCANNED < self.scanned {
            let words = "content.json: the topics are nested too deeply for how many they are";
            return Err(FileRefused::new(words));
        }
        serde_json::from_str(text).map_err(|error| {
            // The line is that of the piece: of use where the file is one, as XMind writes it.
            FileRefused::new(format!("content.json is not as XMind writes it: {error}"))
        })
    }
}

fn read_json(text: &str, into: &mut Builder) -> Result<(), FileRefused> {
    let mut pieces = Pieces { scanned: 0 };
    let sheets: Vec<Sheet<'_>> = pieces.read(text)?;
    for sheet in &sheets {
        into.set_title(sheet.title.as_deref().unwrap_or_default());
        let mut ahead = vec![(sheet.root_topic, 0)];
        while let Some((raw, depth)) = ahead.pop() {
            if MAX_LEVELS <= depth {
                let words = format!("content.json: the map has more than {MAX_LEVELS} levels");
                return Err(FileRefused::new(words));
            }
            let topic: Topic<'_> = pieces.read(raw.get())?;
            let at = add(&topic, depth, &mut pieces, into)?;
            let Some(children) = topic.children else {
                continue;
            };
            let below: Children<'_> = pieces.read(children.get())?;
            for _ in &below.summary {
                into.lose(at, Loss::Summaries);
            }
            let children = below.attached.iter().chain(&below.detached).rev();
            ahead.extend(children.map(|it| (*it, depth + 1)));
        }
        let Some(relationships) = sheet.relationships else {
            continue;
        };
        let relationships: Vec<Relationship> = pieces.read(relationships.get())?;
        for it in relationships {
            into.arrow(&it.end1_id, &it.end2_id, &it.title.unwrap_or_default());
        }
    }
    Ok(())
}

fn add(
    topic: &Topic<'_>,
    depth: usize,
    pieces: &mut Pieces,
    into: &mut Builder,
) -> Result<At, FileRefused> {
    let at = into.add(depth, topic.title.as_deref().unwrap_or_default())?;
    if let Some(id) = &topic.id {
        into.name(at, id);
    }
    if let Some(notes) = topic.notes {
        let notes: Option<Notes<'_>> = pieces.read(notes.get())?;
        match notes.and_then(|it| it.plain) {
            Some(plain) => into.add_note(at, &plain.content),
            None => into.lose(at, Loss::Html),
        }
    }
    xmind8::link(topic.href.as_deref(), at, into);
    for label in topic.labels.iter().flatten() {
        xmind8::label(label, at, into);
    }
    if topic.branch.as_deref() == Some("folded") {
        into.lose(at, Loss::Folding);
    }
    for _ in topic.markers.iter().flatten() {
        into.lose(at, Loss::Icons);
    }
    for _ in topic.boundaries.iter().flatten() {
        into.lose(at, Loss::Summaries);
    }
    if topic.image.is_some() {
        into.lose(at, Loss::Images);
    }
    Ok(at)
}
