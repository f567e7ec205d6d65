//! The words of a piece of HTML, as mind maps hold it in their notes.

use super::xml::{Piece, Xml};
use crate::base::text::on_one_line;
use crate::import::trouble::FileRefused;

/// What ends a line.
const BLOCKS: [&str; 14] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "blockquote",
];

/// The text of the element that was begun last, a line a paragraph; whether it held pictures.
pub(super) fn words(xml: &mut Xml<'_>) -> Result<(String, bool), FileRefused> {
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut depth, mut has_image) = (String::new(), 1, false);
    while 0 < depth {
        match xml.next()? {
            Piece::Open(element) => {
                depth += 1;
                has_image |= element.name == "img";
                let is_block = BLOCKS.contains(&element.name.as_str());
                if element.name == "br" || (is_block && !line.trim().is_empty()) {
                    lines.push(tidy(&std::mem::take(&mut line)));
                }
                if is_block {
                    line.clear();
                }
                if matches!(element.name.as_str(), "head" | "style" | "script") {
                    xml.skip()?;
                    depth -= 1;
                }
            }
            Piece::Close(name) => {
                depth -= 1;
                let has_words = !line.trim().is_empty();
                if has_words && BLOCKS.contains(&name.as_str()) || name == "p" {
                    lines.push(tidy(&std::mem::take(&mut line)));
                }
            }
            Piece::Text(text) => line.push_str(&text),
            Piece::End => break,
        }
    }
    if !line.trim().is_empty() {
        lines.push(tidy(&line));
    }
    Ok((lines.join("\n"), has_image))
}

/// A line break in the source is no line break; what has none is kept as it is.
fn tidy(line: &str) -> String {
    match line.contains('\n') {
        true => on_one_line(line),
        false => line.to_owned(),
    }
}
