//! Indented text as branches: how people write an outline in an e-mail or a text editor.
//!
//! ```text
//! [theme] [blue] On scene
//!   - [need] Learning in short pieces
//!     > A note on the node above it,
//!     > of two lines.
//! ```

use super::edit::Branch;
use super::schema::{Colour, Kind};
use super::tree::{Tree, TreeNode};
use crate::base::text::on_one_line;

/// What writers and word processors put before the lines of a list, the letters of their symbol
/// fonts too. The browser's `outlineText.ts` has the same list.
const BULLETS: &[char] = &[
    '-', '*', '+', '•', '‣', '◦', '–', '·', '▪', '▫', '■', '□', '●', '○', '◆', '◇', '►', '➢',
    '\u{f0a7}', '\u{f0b7}', '\u{f0d8}',
];
/// Letters that some put there too: they are none of the text only where a tab follows.
const BULLETS_BEFORE_TAB: &[char] = &['o', '§'];

/// The bullets of a list's first three levels, wherever nobody chose others: disc, circle, square.
/// Word writes its lists as plain text without indentation, and then they alone tell the levels.
/// The browser has the same list.
const RUNGS: &[&[char]] = &[
    &['•', '·', '●', '\u{f0b7}'],
    &['◦', '○', 'o'],
    &['▪', '■', '\u{f0a7}', '§'],
];

/// Columns of a tab, as wide as the two spaces that stand for it.
const TAB: usize = 2;

/// Reads an outline, one node a line.
///
/// A line stands under the nearest line above it that is indented less, so any indentation will
/// do as long as it grows; among those that are indented alike, circles stand under discs, and
/// squares under those. Bullets are taken off. Words in brackets ahead of the text set kind and
/// colour where they are one; `>` makes a line of note. Every text is an outline: what follows
/// none of this is a node with these words.
pub fn parse(outline: &str) -> Vec<Branch> {
    let mut done = Vec::new();
    // The branches that may still get children, each under the one before.
    let mut open: Vec<(Stand, Branch)> = Vec::new();
    for line in outline.lines() {
        let words = line.trim();
        if let (Some(note), Some((_, branch))) = (words.strip_prefix('>'), open.last_mut()) {
            add_to_note(branch, note.trim());
            continue;
        }
        let branch = self::line(words);
        if branch.text.is_empty() {
            continue;
        }
        let stand = Stand::of(line);
        close(&mut open, &mut done, stand);
        open.push((stand, branch));
    }
    close(&mut open, &mut done, Stand::default());
    done
}

/// Levels below the root that are written out of a map: headings, and not what people wrote.
const HEADINGS: usize = 2;

/// Writes the headings of a map as an outline: nodes near the root that were made by nobody in
/// particular, or by somebody of whom `is_host` says so, below others of that kind.
pub fn write(tree: &Tree, is_host: impl Fn(&str) -> bool) -> String {
    let is_hosts = |node: &TreeNode| node.made.as_ref().is_none_or(|it| is_host(&it.mark.by));
    let mut written = vec![false; tree.nodes.len()];
    let mut outline = String::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        let Some(parent) = node.parent else {
            written[at] = true;
            continue;
        };
        if HEADINGS < node.depth || !written[parent] || !is_hosts(node) {
            continue;
        }
        written[at] = true;
        write_line(&mut outline, node);
    }
    outline
}

fn write_line(outline: &mut String, node: &TreeNode) {
    let indent = "  ".repeat(node.depth - 1);
    let mut line = format!("{indent}- ");
    let marks = [node.kind.map(Kind::as_str), node.colour.map(Colour::as_str)];
    for mark in marks.into_iter().flatten() {
        line.push_str(&format!("[{mark}] "));
    }
    line.push_str(&on_one_line(&node.text));
    outline.push_str(&line);
    outline.push('\n');
    for note in node.note.lines() {
        outline.push_str(&format!("{indent}  > {note}\n"));
    }
}

/// Puts away the branches that a line which stands so is not under.
fn close(open: &mut Vec<(Stand, Branch)>, done: &mut Vec<Branch>, stand: Stand) {
    while let Some((_, branch)) = open.pop_if(|(above, _)| !stand.is_under(*above)) {
        match open.last_mut() {
            Some((_, parent)) => parent.children.push(branch),
            None => done.push(branch),
        }
    }
}

/// Where a line stands: how far it is indented, and on which rung its bullet is.
#[derive(Clone, Copy, Default)]
pub struct Stand {
    indent: usize,
    rung: Option<usize>,
}

impl Stand {
    /// Where this line stands.
    pub fn of(line: &str) -> Self {
        let blank = line.chars().take_while(|char| char.is_whitespace());
        let indent = blank.map(|char| if char == '\t' { TAB } else { 1 }).sum();
        let rung = rung_of(line.trim());
        Self { indent, rung }
    }

    /// Whether a line that stands here is under an earlier one that stands at `above`.
    pub fn is_under(self, above: Self) -> bool {
        let is_lower = above.rung.is_some() && above.rung < self.rung;
        above.indent < self.indent || (above.indent == self.indent && is_lower)
    }
}

fn rung_of(line: &str) -> Option<usize> {
    let bullet = line.chars().next()?;
    let has_bullet = without_bullet(line).len() < line.len();
    let rung = RUNGS.iter().position(|rung| rung.contains(&bullet));
    rung.filter(|_| has_bullet)
}

fn add_to_note(branch: &mut Branch, line: &str) {
    match &mut branch.note {
        Some(note) => {
            note.push('\n');
            note.push_str(line);
        }
        None => branch.note = Some(line.to_owned()),
    }
}

/// What follows a bullet, or the line where it begins with none.
fn without_bullet(line: &str) -> &str {
    let parted = |rest: &&str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    let after_mark = line.strip_prefix(BULLETS).filter(parted);
    let after_letter = || line.strip_prefix(BULLETS_BEFORE_TAB);
    after_mark
        .or_else(|| after_letter().filter(|rest| rest.starts_with('\t')))
        .map_or(line, str::trim_start)
}

/// A line without its indentation: a bullet, marks in brackets, then the text.
pub fn line(line: &str) -> Branch {
    let mut branch = Branch::default();
    let mut rest = without_bullet(line);
    while let Some((mark, text)) = rest.strip_prefix('[').and_then(|it| it.split_once(']')) {
        match (Kind::parse(mark), Colour::parse(mark)) {
            (Some(kind), _) => branch.kind = Some(kind),
            (_, Some(colour)) => branch.colour = Some(colour),
            _ => break,
        }
        rest = text.trim_start();
    }
    branch.text = rest.to_owned();
    branch
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The texts, with a dot for every level.
    fn texts(branches: &[Branch]) -> Vec<String> {
        let below = |it: &Branch| {
            texts(&it.children)
                .into_iter()
                .map(|text| ".".to_owned() + &text)
        };
        let texts = branches.iter();
        texts
            .flat_map(|it| std::iter::once(it.text.clone()).chain(below(it)))
            .collect()
    }

    #[test]
    fn tabs_spaces_and_bullets_say_the_same() {
        let outlines = [
            "a\n\tb\n\t\tc\n\td\ne",
            "a\n  b\n    c\n  d\ne",
            "- a\n    - b\n        - c\n    - d\n- e\n",
            "* a\r\n\t* b\r\n    * c\r\n  * d\r\n\r\n* e",
        ];

        for outline in outlines {
            let found = texts(&parse(outline));
            assert_eq!(found, ["a", ".b", "..c", ".d", "e"], "{outline}");
        }
    }

    #[test]
    fn bullets_are_what_they_are_in_the_browser() {
        let cases = include_str!("../../tests/fixtures/bullets.json");
        let cases: Vec<(String, String)> = serde_json::from_str(cases).unwrap();

        for (written, text) in cases {
            assert_eq!(line(&written).text, text, "{written}");
        }
    }

    #[test]
    fn levels_are_what_the_bullets_tell_where_nothing_is_indented() {
        let cases = include_str!("../../tests/fixtures/rungs.json");
        let cases: Vec<(String, Vec<String>)> = serde_json::from_str(cases).unwrap();

        for (written, found) in cases {
            assert_eq!(texts(&parse(&written)), found, "{written}");
        }
    }

    #[test]
    fn an_uneven_indentation_still_makes_a_tree() {
        assert_eq!(
            texts(&parse("    a\n  b\n      c\n   d\ne")),
            ["a", "b", ".c", ".d", "e"]
        );
    }

    #[test]
    fn marks_set_kind_and_colour() {
        let branches = parse("[theme] [blue] On scene\n  - [gap] No form\n  [sic] [gap] as it is");

        let [scene] = &branches[..] else {
            panic!("one branch");
        };
        assert_eq!(
            (scene.kind, scene.colour),
            (Some(Kind::Theme), Some(Colour::Blue))
        );
        assert_eq!(scene.children[0].kind, Some(Kind::Gap));
        assert_eq!(scene.children[1].text, "[sic] [gap] as it is");
        assert_eq!(scene.children[1].kind, None);
    }

    #[test]
    fn note_lines_go_to_the_node_above() {
        let branches = parse("> no node yet\na\n  > one\n\n  >two\n  b\nc");

        assert_eq!(texts(&branches), ["> no node yet", "a", ".b", "c"]);
        assert_eq!(branches[1].note.as_deref(), Some("one\ntwo"));
        assert_eq!(branches[1].children[0].note, None);
    }

    #[test]
    fn headings_are_written_as_they_are_read_and_what_guests_wrote_is_not() {
        let outline = "- [theme] [blue] On scene\n  - [need] Learning\n    > A note,\n    > of two lines.\n- Parked\n";
        let branches = parse(&format!("{outline}  - one\n    - too deep"));
        let document = crate::mindmap::edit::unsigned_document("A map", &branches);
        let doc = yrs::Doc::new();
        let update = yrs::updates::decoder::Decode::decode_v1(&document).unwrap();
        yrs::Transact::transact_mut(&doc)
            .apply_update(update)
            .unwrap();
        let mut tree = crate::mindmap::tree::read(&doc);
        let made = |by: &str| {
            Some(crate::mindmap::schema::Made {
                mark: crate::mindmap::schema::Mark {
                    at: crate::base::time::Timestamp(1),
                    by: by.into(),
                },
                round: None,
            })
        };
        for node in &mut tree.nodes {
            node.made = made(if node.text == "one" { "guest" } else { "host" });
        }

        assert_eq!(write(&tree, |by| by == "host"), outline);
    }

    proptest! {
        #[test]
        fn any_text_is_an_outline(text in "[ \t\na\\[\\]>\\-é]{0,60}") {
            let n_lines = text.lines().count();

            prop_assert!(texts(&parse(&text)).len() <= n_lines);
        }
    }
}
