//! Markdown: headings for the first levels and lists below, as people read it and markmap draws it.

use super::sheet::{Node, Sheet};
use super::words::{count, minute, signed};
use crate::base::text::on_one_line;

/// Levels that are headings; those below are lists.
const HEADINGS: usize = 2;
/// Deeper lists are written as deep as this, with their level before the words: readers give up on
/// deep lists, and the indentation alone of a chain of thousands would be gigabytes.
const DEEPEST: usize = 40;

pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let mut out = String::from("---\n");
    for (name, value) in [
        ("title", &sheet.title),
        ("session", &sheet.session),
        ("tlp", &sheet.tlp.as_str().to_owned()),
        ("exported", &minute(sheet.at)),
    ] {
        // JSON's strings are YAML's too.
        let value = serde_json::Value::from(on_one_line(value));
        out.push_str(&format!("{name}: {value}\n"));
    }
    out.push_str("markmap:\n  colorFreezeLevel: 2\n---\n");
    let mut in_list = false;
    for node in &sheet.nodes {
        let is_item = HEADINGS <= node.depth;
        if !is_item || !in_list {
            out.push('\n');
        }
        in_list = is_item;
        write_node(&mut out, node);
    }
    out.into_bytes()
}

fn write_node(out: &mut String, node: &Node) {
    if node.depth < HEADINGS {
        let marks = "#".repeat(node.depth + 1);
        out.push_str(&format!("{marks} {}\n", words(node)));
        for line in node.note.lines() {
            out.push_str(&format!("\n> {}", escape(line)));
        }
        if !node.note.is_empty() {
            out.push('\n');
        }
        return;
    }
    let level = (node.depth - HEADINGS).min(DEEPEST);
    let indent = "  ".repeat(level);
    let said = if level < node.depth - HEADINGS {
        format!("*(level {})* ", node.depth)
    } else {
        String::new()
    };
    out.push_str(&format!("{indent}- {said}{}\n", words(node)));
    for line in node.note.lines() {
        out.push_str(&format!("{indent}  > {}\n", escape(line)));
    }
}

/// A node on one line: its kind, its words, what it links, what it got. What is no word of the node
/// is emphasised, which its words never are: so a reader can tell them apart.
fn words(node: &Node) -> String {
    let mut words = match node.kind {
        Some(kind) => format!("**{}:** ", kind.as_str()),
        None => String::new(),
    };
    words.push_str(&escape(&on_one_line(&node.text)));
    for link in &node.links {
        words.push_str(&format!(" *→ {}*", escape(&on_one_line(&link.words()))));
    }
    let sums = [(node.votes, "vote"), (signed(node.comments), "comment")];
    let sums = sums.into_iter().filter(|(n, _)| *n != 0);
    let sums: Vec<String> = sums.map(|(n, what)| count(n, what)).collect();
    if !sums.is_empty() {
        words.push_str(&format!(" *({})*", sums.join(", ")));
    }
    words
}

/// Text that reads as it is written, whatever Markdown would make of it.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = text.trim();
    for (at, letter) in text.char_indices() {
        let is_mark = matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '=' | '!'
        );
        let begins = at == 0 && matches!(letter, '#' | '-' | '+' | ':');
        let ends_number = matches!(letter, '.' | ')')
            && 0 < at
            && text[..at].bytes().all(|byte| byte.is_ascii_digit());
        // A heading may end in marks that are no part of it.
        let ends = letter == '#' && text[at..].bytes().all(|byte| byte == b'#');
        if is_mark || begins || ends_number || ends {
            out.push('\\');
        }
        if !letter.is_control() {
            out.push(letter);
        }
    }
    out
}
