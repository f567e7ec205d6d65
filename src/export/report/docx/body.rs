//! The text of the report: blocks as paragraphs, tables and pictures.

use std::collections::BTreeMap;

use super::emf;
use super::text::{R, Text, W, bookmark, paragraph, run};
use super::{picture, table};
use crate::export::report::drawing::draw;
use crate::report::document::{Block, Document, Figure, Heading};

/// English Metric Units of a picture's pixel.
const EMU: u32 = 9525;
/// The widest picture: what stands between the margins.
const WIDEST: u32 = 640;

/// The main part, and what it points at.
pub(super) struct Body {
    /// The part.
    pub(super) text: Vec<u8>,
    /// Addresses outside, each with its number.
    pub(super) links: BTreeMap<String, usize>,
    /// Pictures by their numbers.
    pub(super) pictures: Vec<(usize, Vec<u8>)>,
}

impl Body {
    /// Writes a report.
    pub(super) fn of(document: &Document) -> Self {
        let mut text = Text::of(document);
        text.begin();
        paragraph(&mut text.out, "Title");
        run(&mut text.out, &document.title);
        text.out.close();
        paragraph(&mut text.out, "Subtitle");
        run(&mut text.out, &document.label);
        text.out.close();
        document.cover.iter().for_each(|it| text.block(it));
        text.contents(document);
        document.body.iter().for_each(|it| text.block(it));
        text.end();
        Self {
            text: text.out.finish(),
            links: text.links,
            pictures: text.pictures,
        }
    }
}

impl Text<'_> {
    fn begin(&mut self) {
        self.out
            .declare()
            .open("w:document")
            .attribute("xmlns:w", W)
            .attribute("xmlns:r", R)
            .attribute(
                "xmlns:wp",
                "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
            )
            .attribute(
                "xmlns:a",
                "http://schemas.openxmlformats.org/drawingml/2006/main",
            )
            .attribute(
                "xmlns:pic",
                "http://schemas.openxmlformats.org/drawingml/2006/picture",
            )
            .open("w:body");
    }

    /// The one section: A4, with the label above and the page below.
    fn end(&mut self) {
        let out = &mut self.out;
        out.open("w:sectPr");
        for (element, id) in [
            ("w:headerReference", "rIdHeader"),
            ("w:footerReference", "rIdFooter"),
        ] {
            out.open(element)
                .attribute("w:type", "default")
                .attribute("r:id", id)
                .close();
        }
        out.open("w:pgSz")
            .attribute("w:w", "11906")
            .attribute("w:h", "16838")
            .close();
        out.open("w:pgMar");
        for (name, twips) in [
            ("w:top", "1418"),
            ("w:right", "1134"),
            ("w:bottom", "1418"),
            ("w:left", "1134"),
            ("w:header", "709"),
            ("w:footer", "709"),
            ("w:gutter", "0"),
        ] {
            out.attribute(name, twips);
        }
        out.close();
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(it) => self.heading(it),
            Block::Text(it) => self.paragraph("Normal", it),
            Block::Note(it) => self.paragraph("Note", it),
            Block::List(items) => {
                items.iter().for_each(|it| self.paragraph("ListBullet", it));
            }
            Block::Facts(it) => table::facts(self, it),
            Block::Table(it) => table::table(self, it),
            Block::Figure(it) => self.figure(it),
        }
    }

    fn heading(&mut self, it: &Heading) {
        paragraph(
            &mut self.out,
            ["Heading1", "Heading2", "Heading3"][usize::from(it.level.clamp(1, 3)) - 1],
        );
        self.n_bookmarks += 1;
        let id = self.n_bookmarks.to_string();
        self.out
            .open("w:bookmarkStart")
            .attribute("w:id", &id)
            .attribute("w:name", &bookmark(&it.anchor))
            .close();
        run(&mut self.out, &it.text);
        self.out
            .open("w:bookmarkEnd")
            .attribute("w:id", &id)
            .close();
        self.out.close().line();
    }

    /// The table of contents: a field, and what stands in it until somebody updates it.
    fn contents(&mut self, document: &Document) {
        paragraph(&mut self.out, "TOCHeading");
        run(&mut self.out, self.language.contents());
        self.out.close().line();
        let headings: Vec<&Heading> = document
            .body
            .iter()
            .filter_map(|it| match it {
                Block::Heading(heading) if heading.level < 3 => Some(heading),
                _ => None,
            })
            .collect();
        for (at, it) in headings.iter().enumerate() {
            paragraph(&mut self.out, if it.level == 1 { "TOC1" } else { "TOC2" });
            if at == 0 {
                self.field(" TOC \\o \"1-2\" \\h \\z \\u ");
            }
            self.out
                .open("w:hyperlink")
                .attribute("w:anchor", &bookmark(&it.anchor))
                .attribute("w:history", "1");
            run(&mut self.out, &format!("{}  {}", it.number, it.text));
            self.out.close();
            if at + 1 == headings.len() {
                self.mark("end");
            }
            self.out.close().line();
        }
    }

    fn figure(&mut self, it: &Figure) {
        let drawing = draw(&it.picture);
        // Wider ones are made to fit, with all that is in them.
        let shown = drawing.width.min(WIDEST);
        let width = (shown * EMU).to_string();
        let height = (drawing.height * shown / drawing.width.max(1) * EMU).to_string();
        self.pictures.push((it.n, emf::write(&drawing)));
        paragraph(&mut self.out, "Figure");
        let about = format!("{}. {}", it.caption, it.alt);
        picture::write(&mut self.out, it.n, &about, [&width, &height]);
        self.out.close().line();
        self.caption("FigureCaption", self.language.figure(), it.n, &it.caption);
    }
}
