//! Every format on maps that are meant to break it.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::sheet::{About, Card, Parts, Sheet};
use super::{Format, content_disposition, file_name};
use crate::base::time::Timestamp;
use crate::base::tlp::Tlp;
use crate::mindmap::schema::{Colour, Kind, Link, Mark, Relation};
use crate::mindmap::tree::{Tree, TreeNode};

const TARGET: &str = "gap:019a2e5c-7d41-7c3e-9b1f-2a6d8c4e0f73";
const NASTY: &str = "=1+1 <b>&amp;]]> \u{0}\u{b}\u{ffff}\u{1f6f8} שלום\nsecond \"line\" {\\*_`}";

fn node(id: &str, parent: Option<usize>, depth: usize, text: &str) -> TreeNode {
    TreeNode {
        id: Arc::from(id),
        parent,
        depth,
        text: text.to_owned(),
        note: String::new(),
        kind: None,
        colour: None,
        links: Vec::new(),
        made: None,
    }
}

fn tree(nodes: Vec<TreeNode>) -> Tree {
    Tree {
        title: "A map: of \"trouble\"/über".to_owned(),
        nodes,
        trash: Vec::new(),
        relations: Vec::new(),
        comments: HashMap::new(),
    }
}

fn about() -> About {
    let card = Card {
        handle: "GAP-12".to_owned(),
        title: "Seeing <drones>".to_owned(),
        tlp: Tlp::Amber,
    };
    About {
        title: "In lists".to_owned(),
        session: "Session 3".to_owned(),
        tlp: Tlp::Green,
        at: Timestamp(1_795_426_200_125),
        votes: BTreeMap::from([("b".to_owned(), 5)]),
        cards: HashMap::from([(TARGET.to_owned(), card)]),
    }
}

/// root > a (nasty, long note, linked), root > b (votes) > c; an arrow from c to a.
fn given() -> Tree {
    let mark = || Mark {
        at: Timestamp(1),
        by: Arc::from("Badger-07"),
    };
    let mut a = node("a", Some(0), 1, NASTY);
    a.note = format!("{NASTY}\n{}", "long ".repeat(20_000));
    a.kind = Some(Kind::Gap);
    a.colour = Some(Colour::Red);
    a.links = vec![(
        Arc::from(TARGET),
        Link {
            fit: None,
            made: mark(),
        },
    )];
    let nodes = vec![
        node("root", None, 0, "Top"),
        a,
        node("b", Some(0), 1, "- two"),
        node("c", Some(2), 2, "three"),
    ];
    let mut tree = tree(nodes);
    let arrow = Relation {
        from: Arc::from("c"),
        to: Arc::from("a"),
        label: Arc::from("because"),
        made: mark(),
    };
    tree.relations = vec![(Arc::from("r"), arrow)];
    tree.comments = HashMap::from([(Arc::from("c"), 2)]);
    tree
}

fn sheet(tree: Tree, parts: Parts) -> Sheet {
    Sheet::of(tree, &about(), parts).unwrap()
}

/// What a format says, out of its ZIP where it is one.
fn told(format: Format, sheet: &Sheet) -> String {
    let mut bytes = format.write(sheet);
    if format == Format::XMind {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        bytes = Vec::new();
        let mut content = zip.by_name("content.json").unwrap();
        content.read_to_end(&mut bytes).unwrap();
    }
    String::from_utf8(bytes).unwrap()
}

/// Reads XML to its end, and counts the elements of a name.
fn elements(xml: &str, name: &str) -> usize {
    let mut reader = Reader::from_str(xml);
    let mut n_found = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return n_found,
            Event::Start(it) | Event::Empty(it) => {
                n_found += usize::from(it.name().as_ref() == name);
                it.attributes().for_each(|it| drop(it.unwrap()));
            }
            _ => {}
        }
    }
}

#[test]
fn every_format_holds_every_text_the_label_and_no_name() {
    let sheet = sheet(given(), Parts::default());

    for format in Format::ALL {
        let told = told(format, &sheet);
        for words in [
            "Top", "two", "three", "second", "שלום", "🛸", "GAP-12", "AMBER",
        ] {
            assert!(told.contains(words), "{format:?} without {words}");
        }
        assert!(
            50_000 < told.matches("long").count() * 4,
            "{format:?} cuts the note"
        );
        assert!(!told.contains("Badger"), "{format:?} names people");
    }
}

#[test]
fn what_is_xml_is_well_formed_and_complete() {
    let sheet = sheet(given(), Parts::default());

    assert_eq!(elements(&told(Format::Freeplane, &sheet), "node"), 4);
    assert_eq!(elements(&told(Format::Freeplane, &sheet), "arrowlink"), 1);
    assert_eq!(elements(&told(Format::Opml, &sheet), "outline"), 4);
    assert_eq!(elements(&told(Format::Svg, &sheet), "rect"), 4 + 2);
    let freeplane = told(Format::Freeplane, &sheet);
    assert!(freeplane.starts_with("<map version=\"freeplane 1.3.0\">"));
    assert!(freeplane.contains("&#10;second"));
}

#[test]
fn json_keeps_everything_and_says_what_was_left_out() {
    let all: Value =
        serde_json::from_str(&told(Format::Json, &sheet(given(), Parts::default()))).unwrap();

    assert_eq!(
        (&all["format"], &all["version"]),
        (&"gapmap-map".into(), &1.into())
    );
    let a = &all["nodes"][1];
    assert_eq!(a["text"], NASTY);
    assert_eq!((&a["kind"], &a["colour"]), (&"gap".into(), &"red".into()));
    assert_eq!(a["links"][0]["target"], TARGET);
    assert_eq!(all["nodes"][2]["votes"], 5);
    assert_eq!(all["nodes"][3]["parent"], "b");
    assert_eq!(all["nodes"][3]["comments"], 2);
    assert_eq!(all["relations"][0]["label"], "because");

    let parts = Parts {
        branch: Some("b".to_owned()),
        notes: false,
        links: false,
        votes: false,
    };
    let some: Value = serde_json::from_str(&told(Format::Json, &sheet(given(), parts))).unwrap();
    assert_eq!(some["nodes"].as_array().unwrap().len(), 2);
    assert_eq!(some["nodes"][0]["parent"], Value::Null);
    assert_eq!(some["relations"], Value::Array(Vec::new()));
    assert_eq!(some["tlp"], "GREEN", "what is not in it does not label it");
    for left_out in ["note", "links", "votes"] {
        assert!(some["nodes"][0].get(left_out).is_none());
        assert!(!some.to_string().contains("long long"));
    }
}

#[test]
fn a_branch_that_is_not_there_is_refused() {
    let parts = Parts {
        branch: Some("gone".to_owned()),
        ..Parts::default()
    };

    let refused = Sheet::of(given(), &about(), parts).unwrap_err();
    assert_eq!(refused.field, "branch");
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let csv = told(Format::Csv, &sheet(given(), Parts::default()));
    let mut reader = ::csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());

    let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{cell}");
    }
    assert_eq!(&rows[3][4], "Top / - two");
}

#[test]
fn a_chain_of_fifty_thousand_is_written_by_all() {
    let chain = |at: usize| {
        let parent = at.checked_sub(1);
        node(&format!("n{at}"), parent, at, &format!("link {at}"))
    };
    let sheet = sheet(tree((0..50_000).map(chain).collect()), Parts::default());

    for format in Format::ALL {
        let told = told(format, &sheet);
        assert!(told.contains("link 49999"), "{format:?}");
        assert!(told.len() < 64 << 20, "{format:?} takes {}", told.len());
    }
}

#[test]
fn a_file_name_is_one_everywhere() {
    let sheet = sheet(given(), Parts::default());
    let name = file_name(&sheet, Format::Freeplane);

    assert_eq!(name, "A map of trouble über TLP-AMBER.mm");
    assert_eq!(
        content_disposition(&name),
        "attachment; filename=\"A map of trouble _ber TLP-AMBER.mm\"; \
         filename*=UTF-8''A%20map%20of%20trouble%20%C3%BCber%20TLP-AMBER.mm"
    );
}
