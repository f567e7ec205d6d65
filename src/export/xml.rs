//! XML as it is written: elements that close themselves in order, and nothing that is not legal.

use quick_xml::escape::escape;

use super::words::legal;

/// A document in the making.
#[derive(Default)]
pub(super) struct Xml {
    out: String,
    /// The elements that are open, and whether anything stands in the last one.
    open: Vec<&'static str>,
    /// Whether the last start tag still takes attributes.
    in_tag: bool,
}

impl Xml {
    /// Begins an element.
    pub(super) fn open(&mut self, name: &'static str) -> &mut Self {
        self.end_tag();
        self.out.push('<');
        self.out.push_str(name);
        self.open.push(name);
        self.in_tag = true;
        self
    }

    /// Gives the element that was just begun an attribute.
    pub(super) fn attribute(&mut self, name: &str, value: &str) -> &mut Self {
        debug_assert!(self.in_tag);
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        // A parser makes spaces of line breaks that stand in an attribute as they are (XML 1.0, 3.3.3).
        let value = escape(legal(value)).replace('\n', "&#10;");
        self.out
            .push_str(&value.replace('\t', "&#9;").replace('\r', "&#13;"));
        self.out.push('"');
        self
    }

    /// The same, where there is a value.
    pub(super) fn maybe(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        if let Some(value) = value.filter(|it| !it.is_empty()) {
            self.attribute(name, value);
        }
        self
    }

    /// Writes text into the element.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.end_tag();
        self.out.push_str(&escape(legal(text)));
        self
    }

    /// Ends the element that was begun last.
    pub(super) fn close(&mut self) -> &mut Self {
        let name = self.open.pop().unwrap_or_default();
        if self.in_tag {
            self.out.push_str("/>");
            self.in_tag = false;
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self
    }

    /// Ends elements until so many are open.
    pub(super) fn close_to(&mut self, n_open: usize) -> &mut Self {
        while n_open < self.open.len() {
            self.close();
        }
        self
    }

    /// A line break between elements, where it means nothing.
    pub(super) fn line(&mut self) -> &mut Self {
        self.end_tag();
        self.out.push('\n');
        self
    }

    /// The declaration that begins a document.
    pub(super) fn declare(&mut self) -> &mut Self {
        self.out
            .push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The whole document.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.close_to(0);
        self.out.push('\n');
        self.out.into_bytes()
    }

    fn end_tag(&mut self) {
        if self.in_tag {
            self.out.push('>');
            self.in_tag = false;
        }
    }
}
