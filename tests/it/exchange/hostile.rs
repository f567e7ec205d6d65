//! Files that are broken, or meant to break something: refused in words that say where.

use std::fmt::Write;

use gapmap::import::maps::{MAX_BYTES, read};

use super::zipped;

#[track_caller]
fn refused(name: &str, bytes: impl AsRef<[u8]>, words: &str) {
    match read(bytes.as_ref(), name, None) {
        Ok(file) => panic!("{name} is taken: {} nodes", file.brought.nodes.len()),
        Err(error) => assert!(error.to_string().contains(words), "{name}: {error}"),
    }
}

#[test]
fn xml_with_a_document_type_or_an_entity_is_refused() {
    let laughs = "<!DOCTYPE map [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>\n\
        <map><node TEXT=\"&b;\"/></map>";
    let outside = "<?xml version=\"1.0\"?>\n<!DOCTYPE opml SYSTEM \"file:///etc/passwd\">\n\
        <opml version=\"2.0\"><body><outline text=\"x\"/></body></opml>";

    refused(
        "laughs.mm",
        laughs,
        "line 1: the file declares a document type",
    );
    refused(
        "outside.opml",
        outside,
        "line 2: the file declares a document type",
    );
    refused("odd.mm", "<map>\n<node TEXT=\"&odd;\"/></map>", "line 2: ");
    refused(
        "odd.mm",
        "<map><node TEXT=\"a\"><richcontent TYPE=\"NOTE\"><p>&nbsp;</p></richcontent></node></map>",
        "line 1: &nbsp; stands for nothing here",
    );
}

#[test]
fn what_is_cut_off_or_something_else_is_refused() {
    refused("empty.mm", "", "the file is empty");
    refused(
        "cut.mm",
        "<map>\n<node TEXT=\"a\">\n",
        "line 3: the file is cut off: <node>",
    );
    refused("crossed.opml", "<opml><body></opml>", "no well-formed XML");
    refused(
        "page.mm",
        "<html><body/></html>",
        "it does not begin with <map>",
    );
    refused("none.opml", "words", "it has no <opml>");
    refused(
        "blank.opml",
        "<opml><body/></opml>",
        "there is no node in the file",
    );
    refused("other.json", "{\"format\":\"else\"}", "no map of ours");
    refused(
        "newer.json",
        "{\"format\":\"gapmap-map\",\"version\":2}",
        "version 2 of the format is not read",
    );
    refused(
        "orphan.json",
        "{\"format\":\"gapmap-map\",\"version\":1,\"nodes\":[{\"id\":\"a\",\"parent\":\"a\"}]}",
        "node 1: its parent does not stand before it",
    );
    refused("cut.json", "{\"format\":\"gapmap-map\",\n\"ver", "line 2: ");
    refused(
        "no.xmind",
        "PK\u{3}\u{4} and nothing",
        "this is no XMind workbook",
    );
    refused(
        "odd.xmind",
        zipped(&[("a.txt", b"a")]),
        "neither content.json nor content.xml",
    );
    refused(
        "odd.xmind",
        zipped(&[("content.json", b"[{}]")]),
        "content.json",
    );
    refused(
        "odd.xmind",
        zipped(&[("content.xml", b"<xmap-content>\n<sheet>")]),
        "content.xml, line 2: the file is cut off",
    );
}

#[test]
fn letters_that_cannot_be_told_are_refused() {
    refused("latin.md", b"# One\n- Gr\xF6\xDFe\n", "line 2 is not UTF-8");
    refused("odd.txt", b"\xFF\xFEa\0b", "none: save it as UTF-8");
    refused("wide.txt", b"\xFF\xFE\0\0a\0\0\0", "UTF-32");
    refused("zero.txt", "a\nb\0c", "line 2: there is a zero byte");
    refused(
        "odd.opml",
        "<?xml version=\"1.0\" encoding=\"EBCDIC-CP-US\"?><opml/>",
        "the encoding \"ebcdic-cp-us\" is not read",
    );
}

#[test]
fn what_would_grow_without_bound_is_refused() {
    let bomb = zipped(&[("content.json", &vec![b' '; 80 << 20])]);
    assert!(bomb.len() < 1 << 20);
    refused(
        "bomb.xmind",
        bomb,
        "content.json unpacks to more than 64 MiB",
    );
    let many: Vec<(String, &[u8])> = (0..10_001).map(|it| (it.to_string(), &b""[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, it)| (&**name, *it)).collect();
    refused("many.xmind", zipped(&many), "more than 10000 entries");
    refused("large.txt", vec![b'a'; MAX_BYTES + 1], "more than 32 MiB");

    let attributes = " a=\"b\"".repeat(1_000);
    refused(
        "odd.mm",
        format!("<map{attributes}/>"),
        "too many attributes",
    );
    refused(
        "wide.txt",
        "a\n".repeat(50_001),
        "line 50001: the map has more than 50000 nodes",
    );
}

#[test]
fn what_nests_without_bound_is_refused() {
    let deep = 200_000;
    let levels = "has more than 1000 levels";
    refused(
        "deep.mm",
        "<map>".to_owned() + &"<node TEXT=\"a\">".repeat(deep),
        levels,
    );
    refused(
        "deep.mm",
        "<map><node TEXT=\"a\">".to_owned() + &"<x>".repeat(deep),
        "nested too deeply",
    );
    let topic = "{\"title\":\"a\",\"children\":{\"attached\":[";
    let deep_topics = format!(
        "[{{\"rootTopic\":{}{}}}]",
        topic.repeat(2_000),
        "]}}".repeat(2_000)
    );
    refused(
        "deep.xmind",
        zipped(&[("content.json", deep_topics.as_bytes())]),
        levels,
    );
    let brackets = "[".repeat(deep);
    refused(
        "deep.xmind",
        zipped(&[("content.json", brackets.as_bytes())]),
        "content.json",
    );
    refused(
        "deep.json",
        "{\"format\":".to_owned() + &"[".repeat(deep),
        "line 1",
    );
    let mut stairs = String::new();
    for at in 0..1_200 {
        writeln!(stairs, "{}a", " ".repeat(at)).unwrap();
    }
    refused(
        "deep.txt",
        &stairs,
        "line 1001: the map has more than 1000 levels",
    );
    // Reads as one list that nests, as quotes that nest, or as neither; what matters is that it ends.
    let _ = read("- ".repeat(deep).as_bytes(), "deep.md", None);
    let _ = read("> ".repeat(deep).as_bytes(), "deep.md", None);
}
