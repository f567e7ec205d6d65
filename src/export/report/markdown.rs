//! The report as Markdown, with tables as GitHub and pandoc read them.

use crate::base::text::on_one_line;
use crate::export::markdown::escape;
use crate::report::document::{Block, Cell, Document, Heading, Span, Table, To};

pub(super) fn write(document: &Document) -> Vec<u8> {
    let mut out = format!("# {}\n\n{}\n", line(&document.title), line(&document.label));
    for it in &document.cover {
        block(&mut out, it, document);
    }
    out.push_str(&format!("\n## {}\n\n", document.language.contents()));
    let headings = document.body.iter().filter_map(|it| match it {
        Block::Heading(heading) if heading.level < 3 => Some(heading),
        _ => None,
    });
    for it in headings {
        let indent = "  ".repeat(usize::from(it.level) - 1);
        let words = format!("{} {}", it.number, line(&it.text));
        out.push_str(&format!("{indent}- [{words}](#{})\n", it.anchor));
    }
    for it in &document.body {
        block(&mut out, it, document);
    }
    out.into_bytes()
}

fn block(out: &mut String, block: &Block, document: &Document) {
    let base = &document.base;
    let (language, colon) = (document.language, document.language.colon());
    out.push('\n');
    match block {
        Block::Heading(it) => heading(out, it),
        Block::Text(spans_of) => out.push_str(&format!("{}\n", spans(spans_of, base, "  \n"))),
        Block::Note(spans_of) => {
            let text = spans(spans_of, base, " ");
            out.push_str(&format!("> {text}\n"));
        }
        Block::List(items) => {
            for it in items {
                out.push_str(&format!("- {}\n", spans(it, base, " ")));
            }
        }
        Block::Facts(facts) => {
            for (label, said) in facts {
                let said = spans(said, base, " ");
                let label = format!("{}{}", line(label), colon.trim_end_matches(' '));
                out.push_str(&format!("- **{label}** {said}\n"));
            }
        }
        Block::Table(it) => {
            if 0 < it.n {
                let caption = line(&it.caption);
                out.push_str(&format!(
                    "*{} {}{colon}{caption}*\n\n",
                    language.table(),
                    it.n
                ));
            }
            table(out, it, base);
        }
        // A picture in words: the tables beside it say the same.
        Block::Figure(it) => {
            let (caption, alt) = (line(&it.caption), line(&it.alt));
            let word = language.figure();
            out.push_str(&format!("*{word} {}{colon}{caption}.* {alt}\n", it.n));
        }
    }
}

fn heading(out: &mut String, it: &Heading) {
    // One more than it says: the title is the first.
    let marks = "#".repeat(usize::from(it.level) + 1);
    let anchor = &it.anchor;
    let words = line(&it.text);
    out.push_str(&format!(
        "<a id=\"{anchor}\"></a>\n\n{marks} {} {words}\n",
        it.number
    ));
}

fn table(out: &mut String, it: &Table, base: &str) {
    out.push_str(&format!("| {} |\n", it.head.join(" | ")));
    let is_number = |at: usize| {
        let mut cells = it.rows.iter().filter_map(|row| row.get(at));
        cells.all(|cell| cell.is_number)
    };
    let rules = (0..it.head.len()).map(|at| if is_number(at) { "---:" } else { "---" });
    let rules: Vec<&str> = rules.collect();
    out.push_str(&format!("| {} |\n", rules.join(" | ")));
    for row in &it.rows {
        let cells = row.iter().map(|cell: &Cell| spans(&cell.spans, base, " "));
        let cells: Vec<String> = cells.collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
}

fn spans(spans: &[Span], base: &str, break_as: &str) -> String {
    let mut out = String::new();
    for span in spans {
        let lines = span
            .text
            .lines()
            .map(words)
            .filter(|it| !it.trim().is_empty());
        let text = lines.collect::<Vec<_>>().join(break_as);
        let text = match span.is_strong && !text.trim().is_empty() {
            // The space that follows a strong word is not strong.
            true => format!(
                "**{}**{}",
                text.trim(),
                if text.ends_with(' ') { " " } else { "" }
            ),
            false => text,
        };
        out.push_str(&match &span.to {
            None => text,
            Some(To::Here(anchor)) => format!("[{text}](#{anchor})"),
            Some(to) => format!(
                "[{text}]({})",
                address(&to.address(base).unwrap_or_default())
            ),
        });
    }
    out
}

/// A line with the spaces at its ends, which part it from what stands beside it.
fn words(text: &str) -> String {
    let before = if text.starts_with(' ') { " " } else { "" };
    let after = if text.ends_with(' ') && !text.trim().is_empty() {
        " "
    } else {
        ""
    };
    format!("{before}{}{after}", line(text))
}

fn line(text: &str) -> String {
    escape(&on_one_line(text))
}

/// An address that ends where it should, and breaks no table.
fn address(url: &str) -> String {
    let odd = |it: char| matches!(it, '(' | ')' | '|' | '<' | '>' | ' ' | '\\' | '"');
    let mut out = String::new();
    for letter in url.chars() {
        match odd(letter) {
            true => out.push_str(&format!("%{:02X}", u32::from(letter))),
            false => out.push(letter),
        }
    }
    out
}
