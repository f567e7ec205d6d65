//! What is done with bytes from outside, as functions: for the fuzzers in `fuzz_targets/`, and for
//! `tests/it/mutations.rs`, which includes this file and runs them in every test run.
//!
//! Each one panics where a promise is broken, and else says whether anything of the bytes was taken.
//! That it neither hangs nor grows without bound is watched by whoever runs it.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Write};
use std::sync::Arc;

use bytes::Bytes;
use gapmap::base::id::ParticipantId;
use gapmap::base::time::Timestamp;
use gapmap::import::mapping::{ColumnRule, Mapping, MappingText};
use gapmap::import::maps::{self, MapFormat};
use gapmap::import::rows::{self, Rows, Source};
use gapmap::import::table::Format;
use gapmap::import::trouble::Trouble;
use gapmap::mindmap::edit::brought_document;
use gapmap::mindmap::limits::Limits;
use gapmap::mindmap::schema::Mark;
use gapmap::sync::admit::{Admitted, Remedy};
use gapmap::sync::backlog::Stored;
use gapmap::sync::delivery::Connection;
use gapmap::sync::presence::Persona;
use gapmap::sync::protocol::{self, Incoming};
use gapmap::sync::replica::Replica;
use gapmap::sync::room::{Member, Right, Room};

/// Something that is done with bytes from outside.
pub type Target = fn(&[u8]) -> bool;

/// All of them, by the name of their fuzzer and of their folder in `corpus/`.
pub const TARGETS: &[(&str, Target)] = &[
    ("frame", frame),
    ("update", update),
    ("map_freeplane", map_freeplane),
    ("map_opml", map_opml),
    ("map_markdown", map_markdown),
    ("map_text", map_text),
    ("map_json", map_json),
    ("map_xmind", map_xmind),
    ("map_xmind_content", map_xmind_content),
    ("table_own", table_own),
    ("table_cordis", table_cordis),
    ("table_mapped", table_mapped),
    ("objects", objects),
    ("mapping", mapping),
];

/// The member whose bytes they are.
const MEMBER: u64 = 1;

/// The document of every room here, which the updates in `corpus/` go on from.
const DOCUMENT: &[u8] = include_bytes!("../../tests/fixtures/yjs-map.bin");

fn limits() -> Limits {
    Limits {
        nodes: 200,
        ..Limits::default()
    }
}

/// A room with that document and one member.
fn room() -> Room {
    let stored = Stored::begin(DOCUMENT).expect("the document is ours");
    let replica = stored
        .backlog
        .build(&limits())
        .expect("the document is ours");
    let mut room = Room::new(1, stored, HashMap::new(), limits());
    room.keep_replica(replica);
    let participant = ParticipantId::new();
    let member = Member {
        connection: Arc::new(Connection::new(MEMBER, true, None)),
        participant,
        persona: Persona {
            id: participant.to_string(),
            name: "Badger-01".to_owned(),
            role: "editor",
        },
        right: Right::Write,
    };
    room.members.insert(MEMBER, member);
    room
}

/// One websocket message, and what the room does with what it says.
pub fn frame(bytes: &[u8]) -> bool {
    let Ok(messages) = protocol::decode(&Bytes::copy_from_slice(bytes)) else {
        return false;
    };
    let mut room = room();
    for message in messages {
        let goes_on = match message {
            Incoming::Update(update) => offer(&mut room, &update),
            Incoming::Step1(state_vector) => {
                let _ = room.replica().and_then(|it| it.diff(&state_vector));
                true
            }
            Incoming::Awareness(states) => {
                let _ = room.update_presence(MEMBER, &states);
                room.publish_presence();
                true
            }
            _ => true,
        };
        if !goes_on {
            return false;
        }
    }
    true
}

/// One update, as a step 2 or an edit carries it.
pub fn update(bytes: &[u8]) -> bool {
    offer(&mut room(), &Bytes::copy_from_slice(bytes))
}

/// Has an update admitted or refused; whether it was admitted.
fn offer(room: &mut Room, update: &Bytes) -> bool {
    let copy = |room: &Room| -> Replica {
        let state = room.replica().expect("it is loaded").state();
        let stored = Stored::begin(&state).expect("what a room holds can be read again");
        stored
            .backlog
            .build(&limits())
            .expect("what a room holds can be built again")
    };
    let before = copy(room);
    let holds =
        |room: &Room, what: &Replica| room.replica().is_some_and(|it| it.holds_the_same_as(what));
    match room.admit(MEMBER, update) {
        Ok(Admitted::Logged { .. }) => {
            // What is logged is all that a crash leaves: it must make the same again.
            let state = before.state();
            let mut log = Stored::begin(&state).expect("what a room holds can be read again");
            log.push(update)
                .expect("what was admitted can be read again");
            let again = log.backlog.build(&limits()).expect("and built again");
            assert!(holds(room, &again), "the log makes something else");
            true
        }
        Ok(Admitted::Nothing) => {
            assert!(
                holds(room, &before),
                "nothing was said, and something changed"
            );
            true
        }
        // The room is built anew from the log, which does not have it.
        Err(refusal) if refusal.remedy == Remedy::Rebuild => false,
        Err(refusal) => {
            assert!(
                holds(room, &before),
                "refused, and changed: {}",
                refusal.code
            );
            false
        }
    }
}

/// A map of Freeplane or FreeMind.
pub fn map_freeplane(bytes: &[u8]) -> bool {
    map(bytes, MapFormat::Freeplane)
}

/// An outline in OPML.
pub fn map_opml(bytes: &[u8]) -> bool {
    map(bytes, MapFormat::Opml)
}

/// An outline in Markdown.
pub fn map_markdown(bytes: &[u8]) -> bool {
    map(bytes, MapFormat::Markdown)
}

/// Indented lines.
pub fn map_text(bytes: &[u8]) -> bool {
    map(bytes, MapFormat::Text)
}

/// A map of ours.
pub fn map_json(bytes: &[u8]) -> bool {
    map(bytes, MapFormat::Json)
}

/// A workbook of XMind: a ZIP.
pub fn map_xmind(bytes: &[u8]) -> bool {
    map(bytes, MapFormat::XMind)
}

/// What is inside such a workbook, of which a changed byte would otherwise only break the ZIP.
pub fn map_xmind_content(bytes: &[u8]) -> bool {
    let name = match bytes.first() {
        Some(b'<') => "content.xml",
        _ => "content.json",
    };
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file(name, options).expect("a name of ours");
    zip.write_all(bytes).expect("memory takes it");
    let zip = zip.finish().expect("memory takes it").into_inner();
    map(&zip, MapFormat::XMind)
}

/// What can be kept of a file is a map that a room can open.
fn map(bytes: &[u8], format: MapFormat) -> bool {
    // Told from the content too, as for a file that is dropped on the page.
    let _ = maps::read(bytes, "a file", None);
    let Ok(file) = maps::read(bytes, "a file", Some(format)) else {
        return false;
    };
    let mark = Mark {
        at: Timestamp(1),
        by: Arc::from("somebody"),
    };
    let title: String = file.title.chars().take(200).collect();
    let made = brought_document(&title, file.brought, &mark);
    let limits = Limits::default();
    if made.len() <= limits.encoded_bytes {
        let stored = Stored::begin(&made).expect("what was imported can be read");
        stored
            .backlog
            .build(&limits)
            .expect("what was imported opens");
    }
    true
}

/// Our own tables.
pub fn table_own(bytes: &[u8]) -> bool {
    let _ = rows::look(bytes, Format::default(), 5);
    read(&Source::Gaps, bytes) | read(&Source::Solutions, bytes)
}

/// Tables of CORDIS, in any layout.
pub fn table_cordis(bytes: &[u8]) -> bool {
    let _ = rows::look(bytes, Format::default(), 5);
    read(&Source::Cordis, bytes)
}

/// Any table by a mapping.
pub fn table_mapped(bytes: &[u8]) -> bool {
    let rule = |column: &str, field: &str| ColumnRule {
        column: column.to_owned(),
        field: field.to_owned(),
        words: BTreeMap::new(),
    };
    let text = MappingText {
        kind: "gap".to_owned(),
        delimiter: String::new(),
        encoding: String::new(),
        header_row: 2,
        projects: false,
        columns: vec![rule("Name", "title"), rule("Details", "description")],
        always: BTreeMap::new(),
    };
    let mapping = Mapping::new(text).expect("a mapping of ours");
    let _ = rows::look(bytes, mapping.format(), 5);
    read(&Source::Mapped(Box::new(mapping)), bytes)
}

/// Records as JSON.
pub fn objects(bytes: &[u8]) -> bool {
    let _ = rows::look(bytes, Format::default(), 5);
    read(&Source::OpenAire, bytes) | read(&Source::Gaps, bytes)
}

/// A mapping as somebody wrote it.
pub fn mapping(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let Ok(mapping) = Mapping::from_json(text) else {
        return false;
    };
    let again = Mapping::from_json(&mapping.to_json());
    assert_eq!(again.expect("what we wrote we read"), mapping);
    read(&Source::Mapped(Box::new(mapping)), b"Name,Details\na,b\n");
    true
}

/// Every row is one, or told, or the end; whether one was taken.
fn read(source: &Source, bytes: &[u8]) -> bool {
    let Ok(rows) = Rows::open(source, bytes) else {
        return false;
    };
    let mut n_left = bytes.len() + 2;
    let mut is_any = false;
    for row in rows {
        n_left = n_left.checked_sub(1).expect("more rows than bytes");
        is_any |= matches!(row, Ok(Some(_)));
        if let Err(Trouble::File(_)) = row {
            break;
        }
    }
    is_any
}
