//! Words as a word processor has them: paragraphs, runs, links, captions and fields.

use std::collections::BTreeMap;

use crate::export::xml::Xml;
use crate::report::Language;
use crate::report::document::{Document, Span, To};

/// The namespace of the text.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The namespace of what points at other parts.
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The main part in the making.
pub(super) struct Text<'a> {
    /// What is written.
    pub(super) out: Xml,
    base: &'a str,
    /// The language of the words that are counted by.
    pub(super) language: Language,
    /// Addresses outside, each with its number.
    pub(super) links: BTreeMap<String, usize>,
    /// Pictures by their numbers.
    pub(super) pictures: Vec<(usize, Vec<u8>)>,
    /// How many bookmarks there are.
    pub(super) n_bookmarks: usize,
}

impl<'a> Text<'a> {
    /// Nothing yet of a report.
    pub(super) fn of(document: &'a Document) -> Self {
        Self {
            out: Xml::default(),
            base: &document.base,
            language: document.language,
            links: BTreeMap::new(),
            pictures: Vec::new(),
            n_bookmarks: 0,
        }
    }

    /// A paragraph of a style.
    pub(super) fn paragraph(&mut self, style: &str, spans: &[Span]) {
        paragraph(&mut self.out, style);
        self.spans(spans, None);
        self.out.close().line();
    }

    /// A caption that counts: `Table 3: ...`.
    pub(super) fn caption(&mut self, style: &str, word: &str, n: usize, text: &str) {
        paragraph(&mut self.out, style);
        if 0 < n {
            run(&mut self.out, &format!("{word} "));
            let field = format!(" SEQ {word} \\* ARABIC ");
            self.out.open("w:fldSimple").attribute("w:instr", &field);
            run(&mut self.out, &n.to_string());
            self.out.close();
            run(&mut self.out, self.language.colon());
        }
        run(&mut self.out, text);
        self.out.close().line();
    }

    /// Words with their links, in a colour of their own where one is said.
    pub(super) fn spans(&mut self, spans: &[Span], ink: Option<&str>) {
        for span in spans {
            let n_open = self.out.depth();
            let is_link = span.to.as_ref().is_some_and(|to| self.open_link(to));
            let style = match (is_link, span.is_strong) {
                (true, _) => Some("Hyperlink"),
                (false, true) => Some("Strong"),
                (false, false) => None,
            };
            styled_run(&mut self.out, &span.text, style, ink);
            self.out.close_to(n_open);
        }
    }

    /// Begins a link; where only its path is known, a file has no link.
    fn open_link(&mut self, to: &To) -> bool {
        let address = match to {
            To::Here(anchor) => {
                self.out
                    .open("w:hyperlink")
                    .attribute("w:anchor", &bookmark(anchor))
                    .attribute("w:history", "1");
                return true;
            }
            to => to.address(self.base),
        };
        let Some(address) = address.filter(|it| it.starts_with("http")) else {
            return false;
        };
        let next = self.links.len() + 1;
        let n = *self.links.entry(address).or_insert(next);
        self.out
            .open("w:hyperlink")
            .attribute("r:id", &format!("rIdLink{n}"));
        true
    }

    /// Begins a field; what stands in it follows, and its end.
    pub(super) fn field(&mut self, instruction: &str) {
        self.mark("begin");
        self.out.open("w:r");
        self.out
            .open("w:instrText")
            .attribute("xml:space", "preserve")
            .text(instruction);
        self.out.close().close();
        self.mark("separate");
    }

    /// Where a field begins, where what stands in it does, or where it ends.
    pub(super) fn mark(&mut self, kind: &str) {
        self.out
            .open("w:r")
            .open("w:fldChar")
            .attribute("w:fldCharType", kind)
            .close()
            .close();
    }
}

/// An anchor as the name of a bookmark, which takes letters, digits and `_` only.
pub(super) fn bookmark(anchor: &str) -> String {
    format!(
        "_{}",
        anchor.replace(|it: char| !it.is_ascii_alphanumeric(), "_")
    )
}

/// Begins a paragraph of a style.
pub(super) fn paragraph(out: &mut Xml, style: &str) {
    out.open("w:p").open("w:pPr");
    out.open("w:pStyle")
        .attribute("w:val", style)
        .close()
        .close();
}

/// Words, with their line breaks.
pub(super) fn run(out: &mut Xml, text: &str) {
    styled_run(out, text, None, None);
}

/// Words in a style of characters, and in a colour.
pub(super) fn styled_run(out: &mut Xml, text: &str, style: Option<&str>, ink: Option<&str>) {
    out.open("w:r");
    if style.or(ink).is_some() {
        out.open("w:rPr");
        for (element, value) in [("w:rStyle", style), ("w:color", ink)] {
            if let Some(value) = value {
                out.open(element).attribute("w:val", value).close();
            }
        }
        out.close();
    }
    for (at, line) in text.lines().enumerate() {
        if 0 < at {
            out.open("w:br").close();
        }
        out.open("w:t")
            .attribute("xml:space", "preserve")
            .text(line)
            .close();
    }
    out.close();
}
