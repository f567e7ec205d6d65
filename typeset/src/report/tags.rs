//! What is what in a file (tagged PDF, ISO 32000-1, 14.8), for those who read it with their ears.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind};

/// What an element is.
#[derive(Clone)]
pub(crate) enum What {
    Title,
    Paragraph,
    /// With its level, from 1, and its words.
    Heading(u16, String),
    List,
    Item,
    Label,
    Body,
    Table,
    Caption,
    Head,
    Rows,
    Row,
    /// A cell at the head of a column.
    Header,
    Cell,
    Contents,
    Entry,
    /// With what it shows, in words.
    Figure(String),
    Link,
}

/// Which element of its block.
pub(crate) type Element = usize;

/// The elements of a block, the outermost first.
#[derive(Clone, Default)]
pub(crate) struct Elements {
    all: Vec<(What, Vec<Child>)>,
    tops: Vec<Element>,
}

#[derive(Clone)]
enum Child {
    Element(Element),
    Drawn(Identifier),
}

impl Elements {
    /// An element that is in no other one of its block.
    pub(crate) fn top(&mut self, what: What) -> Element {
        let element = self.push(what);
        self.tops.push(element);
        element
    }

    /// An element in another one.
    pub(crate) fn inside(&mut self, outer: Element, what: What) -> Element {
        let element = self.push(what);
        self.all[outer].1.push(Child::Element(element));
        element
    }

    /// Something that was drawn, or an annotation, for an element.
    pub(crate) fn drawn(&mut self, element: Element, what: Identifier) {
        self.all[element].1.push(Child::Drawn(what));
    }

    fn push(&mut self, what: What) -> Element {
        self.all.push((what, Vec::new()));
        self.all.len() - 1
    }

    /// All of them as they go into a file.
    pub(crate) fn finish(mut self) -> Vec<Node> {
        let tops = std::mem::take(&mut self.tops);
        tops.into_iter().map(|it| self.take(it).into()).collect()
    }

    fn take(&mut self, element: Element) -> TagGroup {
        let (what, children) = &mut self.all[element];
        let (what, children) = (kind(what), std::mem::take(children));
        let child = |it| match it {
            Child::Element(element) => self.take(element).into(),
            Child::Drawn(what) => what.into(),
        };
        TagGroup::with_children(what, children.into_iter().map(child).collect())
    }
}

fn kind(what: &What) -> TagKind {
    match what {
        What::Title => Tag::Title.into(),
        What::Paragraph => Tag::P.into(),
        What::Heading(level, words) => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(words.clone())).into()
        }
        What::List => Tag::L(ListNumbering::None).into(),
        What::Item => Tag::LI.into(),
        What::Label => Tag::Lbl.into(),
        What::Body => Tag::LBody.into(),
        What::Table => Tag::Table.into(),
        What::Caption => Tag::Caption.into(),
        What::Head => Tag::THead.into(),
        What::Rows => Tag::TBody.into(),
        What::Row => Tag::TR.into(),
        What::Header => Tag::TH(TableHeaderScope::Column).into(),
        What::Cell => Tag::TD.into(),
        What::Contents => Tag::TOC.into(),
        What::Entry => Tag::TOCI.into(),
        What::Figure(alt) => Tag::Figure(Some(alt.clone())).into(),
        What::Link => Tag::Link.into(),
    }
}
