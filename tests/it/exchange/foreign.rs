//! Maps as other programs write them.

use gapmap::mindmap::schema::{Colour, Kind};

use super::{taken, texts, zipped};

fn lost(file: &gapmap::import::maps::MapFile) -> Vec<(&'static str, usize, Vec<String>)> {
    let lost = file.not_kept.iter();
    lost.map(|it| (it.what.as_str(), it.count, it.places.clone()))
        .collect()
}

#[test]
fn freeplane_with_all_that_it_draws() {
    let map = r##"<map version="freeplane 1.9.13">
<attribute_registry SHOW_ATTRIBUTES="selected"/>
<node TEXT="PG Cyber" ID="ID_1"><hook NAME="MapStyle"><map_styles><stylenode TEXT="x"/></map_styles></hook>
<font BOLD="true"/>
<node ID="ID_2" FOLDED="true" POSITION="right" LINK="https://example.org/a" COLOR="#ff0000">
<richcontent TYPE="NODE"><html><head/><body>
    <p>
      Noise-robust <b>speech</b>
      recognition
    </p>
</body></html></richcontent>
<richcontent TYPE="NOTE"><html><body><p>First</p><ul><li>one</li><li>two</li></ul></body></html></richcontent>
<icon BUILTIN="flag"/><icon BUILTIN="idea"/>
<node TEXT="Second line&#xa;below" ID="ID_3"><arrowlink DESTINATION="ID_4"/></node>
</node>
<node TEXT="B" ID="ID_4" LINK="#ID_2"><attribute NAME="owner" VALUE="nobody"/><arrowlink DESTINATION="ID_9"/></node>
</node></map>"##;

    let file = taken("pg.mm", map);

    let speech = &file.brought.nodes[1];
    assert_eq!(
        texts(&file),
        [
            "PG Cyber",
            ".Noise-robust speech recognition",
            "..Second line\nbelow",
            ".B"
        ]
    );
    assert_eq!(speech.note, "https://example.org/a\nFirst\none\ntwo");
    assert_eq!(speech.colour, Some(Colour::Red));
    let arrows = file.brought.arrows.iter().map(|it| (it.from, it.to));
    assert_eq!(arrows.collect::<Vec<_>>(), [(2, 3), (3, 1)]);
    let noise = "Noise-robust speech recognition";
    assert_eq!(
        lost(&file),
        [
            ("arrows", 1, vec!["B".to_owned()]),
            ("attributes", 1, vec!["B".to_owned()]),
            ("folding", 1, vec![noise.to_owned()]),
            ("icons", 2, vec![noise.to_owned()]),
            ("styles", 1, vec!["PG Cyber".to_owned()]),
        ]
    );
}

#[test]
fn xmind_8_and_xmind_since_2020() {
    let old = br#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<xmap-content xmlns="urn:xmind:xmap:xmlns:content:2.0" xmlns:xlink="http://www.w3.org/1999/xlink">
<sheet id="s"><topic id="t1"><title>PG</title><children><topics type="attached">
<topic id="t2" branch="folded" xlink:href="https://example.org/a"><title>Speech</title>
<notes><html><p>Two units.</p></html><plain>Two units.</plain></notes>
<labels><label>gap</label><label>urgent</label></labels>
<children><topics type="attached"><topic id="t3"><title>ASR</title></topic></topics>
<topics type="summary"><topic id="t9"><title>all of it</title></topic></topics></children></topic>
</topics></children></topic><title>Sheet 1</title>
<relationships><relationship end1="t3" end2="t1"><title>why</title></relationship></relationships></sheet></xmap-content>"#;
    let new = br#"[{"id":"s","title":"Sheet 1","rootTopic":{"children":{"attached":[
{"id":"t2","href":"https://example.org/a","branch":"folded","title":"Speech","labels":["gap","urgent"],
"notes":{"plain":{"content":"Two units."},"realHTML":{"content":"<p>"}},
"children":{"summary":[{"title":"all of it"}],"attached":[{"id":"t3","title":"ASR"}]}}]},
"id":"t1","title":"PG"},"relationships":[{"end1Id":"t3","end2Id":"t1","title":"why"}]}]"#;

    for (name, content) in [("content.xml", &old[..]), ("content.json", new)] {
        let file = taken("pg.xmind", zipped(&[(name, content)]));

        assert_eq!(texts(&file), ["PG", ".Speech", "..ASR"], "{name}");
        let speech = &file.brought.nodes[1];
        let mut note: Vec<&str> = speech.note.lines().collect();
        note.sort_unstable();
        assert_eq!(note, ["Two units.", "https://example.org/a"], "{name}");
        assert_eq!(speech.kind, Some(Kind::Gap), "{name}");
        let arrow = &file.brought.arrows[0];
        assert_eq!(
            (arrow.from, arrow.to, &*arrow.label),
            (2, 0, "why"),
            "{name}"
        );
        let kinds: Vec<&str> = lost(&file).iter().map(|it| it.0).collect();
        assert_eq!(kinds, ["folding", "labels", "summaries"], "{name}");
    }
}

#[test]
fn several_sheets_are_several_branches() {
    let content =
        br#"[{"title":"One","rootTopic":{"title":"a"}},{"title":"Two","rootTopic":{"title":"b"}}]"#;

    let file = taken("Both.xmind", zipped(&[("content.json", content)]));

    assert_eq!(texts(&file), ["a", "b"]);
    assert_eq!(file.title, "Two");
}

#[test]
fn outlines_of_others() {
    let map = "<opml version=\"1.0\"><head><title>Plans</title></head><body>\
        <outline text=\"a\" url=\"https://example.org\" _complete=\"true\" category=\"gap,/x/y\"/>\
        <outline title=\"b\"><outline text=\"c\" odd=\"1\"/></outline></body></opml>";

    let file = taken("plans.opml", map);

    assert_eq!(
        (&*file.title, texts(&file)),
        ("Plans", vec!["a".into(), "b".into(), ".c".into()])
    );
    assert_eq!(file.brought.nodes[0].note, "https://example.org");
    assert_eq!(file.brought.nodes[0].kind, Some(Kind::Gap));
    let kinds: Vec<&str> = lost(&file).iter().map(|it| it.0).collect();
    assert_eq!(kinds, ["attributes", "labels", "tasks"]);
}

#[test]
fn markdown_of_others() {
    let map = "---\ntitle: Plans\nmarkmap:\n  maxWidth: 300\n---\n\n# Plans\n\nWhy we plan.\n\n\
        ## First [step](https://example.org)\n\n1. one\n   two\n2. `code` and **bold**\n   - [x] done <!-- markmap: fold -->\n\n\
     para\n\n     more\n\n```\nlet a = 1;\n```\n\n### Deep\n## Second\n* * *\n";

    let file = taken("plans.md", map);

    assert_eq!(
        texts(&file),
        [
            "Plans",
            ".First step",
            "..one two",
            "..code and bold",
            "...done",
            "..Deep",
            ".Second"
        ]
    );
    assert_eq!(file.brought.nodes[0].note, "Why we plan.");
    assert_eq!(file.brought.nodes[1].note, "https://example.org");
    let kinds: Vec<&str> = lost(&file).iter().map(|it| it.0).collect();
    assert_eq!(kinds, ["folding", "tasks"]);
}

#[test]
fn indented_text_and_other_encodings() {
    let text = "Größe\n\t[gap] eins\n\t  > dazu\n\tzwei\n";
    let utf16: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_be_bytes)
        .collect();
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><opml><body><outline text='Gr\xF6\xDFe'/></body></opml>";

    for bytes in [text.as_bytes(), &utf16] {
        let file = taken("notes", bytes);

        assert_eq!(texts(&file), ["Größe", ".eins", ".zwei"]);
        assert_eq!(file.brought.nodes[1].kind, Some(Kind::Gap));
        assert_eq!(file.brought.nodes[1].note, "dazu");
    }
    assert_eq!(texts(&taken("x", latin)), ["Größe"]);
}

#[test]
fn what_is_too_long_for_a_node_stands_in_its_note() {
    let long = "word ".repeat(1_000);

    let file = taken("long.txt", long.trim());

    let node = &file.brought.nodes[0];
    assert_eq!(node.text.chars().count(), 4_000);
    assert_eq!(node.note, long.trim());
    assert_eq!(file.not_kept[0].what.as_str(), "long_texts");
}
