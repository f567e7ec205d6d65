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

/// Columns of a tab, as wide as the two spaces that stand for it.
const TAB: usize = 2;

/// Reads an outline, one node a line.
///
/// A line stands under the nearest line above it that is indented less, so any indentation will
/// do as long as it grows. Bullets are taken off. Words in brackets ahead of the text set kind and
/// colour where they are one; `>` makes a line of note. Every text is an outline: what follows
/// none of this is a node with these words.
pub fn parse(outline: &str) -> Vec<Branch> {
    let mut done = Vec::new();
    // The branches that may still get children, each indented more than the one before.
    let mut open: Vec<(usize, Branch)> = Vec::new();
    for line in outline.lines() {
        let words = line.trim();
        if let (Some(note), Some((_, branch))) = (words.strip_prefix('>'), open.last_mut()) {
            add_to_note(branch, note.trim());
            continue;
        }
        let branch = node(words);
        if branch.text.is_empty() {
            continue;
        }
        let indent = indent_of(line);
        close(&mut open, &mut done, indent);
        open.push((indent, branch));
    }
    close(&mut open, &mut done, 0);
    done
}

/// Puts away the branches that are indented as much as `indent` or more.
fn close(open: &mut Vec<(usize, Branch)>, done: &mut Vec<Branch>, indent: usize) {
    while let Some((_, branch)) = open.pop_if(|(own, _)| indent <= *own) {
        match open.last_mut() {
            Some((_, parent)) => parent.children.push(branch),
            None => done.push(branch),
        }
    }
}

fn indent_of(line: &str) -> usize {
    let blank = line.chars().take_while(|char| char.is_whitespace());
    blank.map(|char| if char == '\t' { TAB } else { 1 }).sum()
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

/// A line without its indentation: a bullet, marks in brackets, then the text.
fn node(line: &str) -> Branch {
    let mut branch = Branch::default();
    let mut rest = ["- ", "* "]
        .iter()
        .find_map(|bullet| line.strip_prefix(bullet))
        .unwrap_or(line)
        .trim_start();
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

    proptest! {
        #[test]
        fn any_text_is_an_outline(text in "[ \t\na\\[\\]>\\-é]{0,60}") {
            let n_lines = text.lines().count();

            prop_assert!(texts(&parse(&text)).len() <= n_lines);
        }
    }
}
