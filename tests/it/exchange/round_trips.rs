//! What our exports write, our imports read: the same words in the same order.

use std::sync::Arc;

use gapmap::base::time::Timestamp;
use gapmap::base::tlp::Tlp;
use gapmap::export::{Arrow, Format, Node, Parts, Sheet};
use gapmap::import::maps::{MapFile, MapFormat, read};
use gapmap::mindmap::schema::{Colour, Kind};
use proptest::prelude::*;

const FORMATS: [(Format, MapFormat); 5] = [
    (Format::Freeplane, MapFormat::Freeplane),
    (Format::XMind, MapFormat::XMind),
    (Format::Opml, MapFormat::Opml),
    (Format::Markdown, MapFormat::Markdown),
    (Format::Json, MapFormat::Json),
];

fn sheet(nodes: Vec<Node>, arrows: Vec<Arrow>) -> Sheet {
    Sheet {
        title: "A map".to_owned(),
        session: "Session 3".to_owned(),
        tlp: Tlp::Green,
        at: Timestamp(1_795_426_200_125),
        parts: Parts::default(),
        nodes,
        arrows,
    }
}

/// Nodes at these depths, as far as that is a tree.
fn nodes(said: Vec<Told>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for (depth, text, note, kind, colour) in said {
        let depth = match nodes.last() {
            None => 0,
            Some(last) => depth.clamp(1, last.depth + 1),
        };
        let parent = nodes.iter().rposition(|it| it.depth + 1 == depth);
        nodes.push(Node {
            id: Arc::from(format!("node-{}", nodes.len())),
            parent,
            depth,
            text,
            note,
            kind,
            colour,
            links: Vec::new(),
            votes: 0,
            comments: 0,
        });
    }
    nodes
}

type Told = (usize, String, String, Option<Kind>, Option<Colour>);

fn told(file: &MapFile) -> Vec<Told> {
    let nodes = file.brought.nodes.iter().cloned();
    nodes
        .map(|it| (it.depth, it.text, it.note, it.kind, it.colour))
        .collect()
}

/// What a format keeps of a node.
fn kept(node: &Node, format: Format) -> Told {
    let colour = node
        .colour
        .filter(|_| matches!(format, Format::Json | Format::Freeplane | Format::Opml));
    let (text, note) = match format {
        Format::Markdown => (one_line(&node.text), paragraphs(&node.note)),
        Format::Freeplane => (
            node.text.trim().to_owned(),
            node.note.lines().collect::<Vec<_>>().join("\n"),
        ),
        _ => (node.text.trim().to_owned(), node.note.clone()),
    };
    (node.depth, text, note, node.kind, colour)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines without what stands around them, and with one empty line where there are several.
fn paragraphs(note: &str) -> String {
    let mut lines: Vec<&str> = note.lines().map(str::trim).collect();
    lines.dedup_by(|next, last| next.is_empty() && last.is_empty());
    lines.join("\n").trim().to_owned()
}

fn back(sheet: &Sheet, (format, own): (Format, MapFormat)) -> MapFile {
    let name = format!("map.{}", format.file_type().extension);
    let file = read(&format.write(sheet), &name, None).unwrap();
    assert_eq!(file.format, own);
    file
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_tree_comes_back_from_every_format(said in proptest::collection::vec((
        1..9_usize,
        // Words begin: lists of items without any are read in more ways than one.
        "[!-~éß→][ -~éß→\u{1f6f8}\n]{0,24}",
        "([ -~é→]{0,12}\n?){0,4}",
        proptest::option::of(proptest::sample::select(Kind::ALL)),
        proptest::option::of(proptest::sample::select(Colour::ALL)),
    ), 1..30)) {
        let sheet = sheet(nodes(said), Vec::new());

        for (format, own) in FORMATS {
            let expected: Vec<Told> = sheet.nodes.iter().map(|it| kept(it, format)).collect();
            let file = back(&sheet, (format, own));

            prop_assert_eq!(told(&file), expected, "{:?}", format);
            prop_assert_eq!(&file.not_kept, &[], "{:?}", format);
        }
    }
}

#[test]
fn a_long_chain_comes_back() {
    let said = (0..600).map(|at| (at, format!("step {at}"), String::new(), None, None));
    let sheet = sheet(nodes(said.collect()), Vec::new());

    for pair in FORMATS {
        let file = back(&sheet, pair);

        let last = file.brought.nodes.last().unwrap();
        assert_eq!((last.depth, &*last.text), (599, "step 599"), "{pair:?}");
        assert_eq!(file.brought.nodes.len(), 600, "{pair:?}");
    }
}

#[test]
fn arrows_come_back_and_what_is_a_sum_or_a_link_in_words_is_listed() {
    let said = ["Top", "one", "two"].map(|it| (1, it.to_owned(), String::new(), None, None));
    let mut nodes = nodes(said.to_vec());
    nodes[1].votes = 5;
    nodes[2].comments = 1;
    nodes[2].links = vec![gapmap::export::Link {
        target: Arc::from("gap:019a2e5c-7d41-7c3e-9b1f-2a6d8c4e0f73"),
        fit: None,
        card: Some(gapmap::export::Card {
            handle: "GAP-12".to_owned(),
            title: "Seeing *drones*".to_owned(),
            tlp: Tlp::Green,
        }),
    }];
    let arrow = Arrow {
        id: Arc::from("arrow-1"),
        from: nodes[1].id.clone(),
        to: nodes[2].id.clone(),
        label: Arc::from("because"),
    };
    let sheet = sheet(nodes, vec![arrow]);

    for (format, own) in FORMATS {
        let file = back(&sheet, (format, own));
        let lost = file.not_kept.iter();
        let lost: Vec<&str> = lost.map(|it| it.what.as_str()).collect();
        let arrows = file.brought.arrows.iter();
        let arrows: Vec<_> = arrows.map(|it| (it.from, it.to, &*it.label)).collect();
        let texts: Vec<&str> = file.brought.nodes.iter().map(|it| &*it.text).collect();

        assert_eq!(texts, ["Top", "one", "two"], "{format:?}");
        // Our own keeps the links themselves.
        let links = if format == Format::Json { 1 } else { 0 };
        assert_eq!(file.brought.links().count(), links, "{format:?}");
        assert_eq!(
            lost,
            if links == 1 {
                vec!["comments", "votes"]
            } else {
                vec!["comments", "links", "votes"]
            },
            "{format:?}"
        );
        match format {
            Format::Opml | Format::Markdown => assert_eq!(arrows, [], "{format:?}"),
            _ => assert_eq!(arrows, [(1, 2, "because")], "{format:?}"),
        }
    }
}
