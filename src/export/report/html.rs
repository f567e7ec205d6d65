//! The report as one page: no script, nothing from elsewhere, for the screen and for paper.
//!
//! It is written as XML is, so that any parser of XML can check it; what HTML reads in its own way
//! (empty elements, the text of styles) is avoided.

use super::svg;
use crate::export::xml::Xml;
use crate::report::document::{Block, Cell, Document, Figure, Heading, Span, Table, To};

/// Whatever gets into the page, a browser loads and runs nothing.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

pub(super) fn write(document: &Document) -> Vec<u8> {
    let mut out = Xml::default();
    out.open("html")
        .attribute("lang", document.language.as_str());
    head(&mut out, document);
    out.open("body");
    out.open("a")
        .attribute("class", "skip")
        .attribute("href", "#report")
        .text(document.language.skip_to_report())
        .close();
    out.open("header");
    out.open("p")
        .attribute("class", "label")
        .text(&document.label)
        .close();
    out.open("h1").text(&document.title).close();
    for it in &document.cover {
        block(&mut out, it, document);
    }
    out.close().line();
    contents(&mut out, document);
    out.open("main").attribute("id", "report");
    for it in &document.body {
        block(&mut out, it, document);
        out.line();
    }
    out.close();
    out.open("footer")
        .open("p")
        .text(&document.label)
        .close()
        .close();
    let mut page = b"<!DOCTYPE html>\n".to_vec();
    page.extend(out.finish());
    page
}

fn head(out: &mut Xml, document: &Document) {
    out.open("head");
    out.open("meta").attribute("charset", "utf-8").close();
    out.open("meta")
        .attribute("name", "viewport")
        .attribute("content", "width=device-width, initial-scale=1")
        .close();
    out.open("meta")
        .attribute("http-equiv", "Content-Security-Policy")
        .attribute("content", POLICY)
        .close();
    out.open("meta")
        .attribute("name", "color-scheme")
        .attribute("content", "light dark")
        .close();
    out.open("meta")
        .attribute("name", "generator")
        .attribute("content", "Gapmap")
        .close();
    if !document.authors.is_empty() {
        out.open("meta")
            .attribute("name", "author")
            .attribute("content", &document.authors)
            .close();
    }
    out.open("title").text(&document.title).close();
    out.open("style").text(include_str!("report.css")).close();
    out.close().line();
}

fn contents(out: &mut Xml, document: &Document) {
    out.open("nav").attribute("aria-labelledby", "contents");
    out.open("h2")
        .attribute("id", "contents")
        .text(document.language.contents())
        .close();
    let depth = out.depth();
    let mut level = 0;
    let headings = document.body.iter().filter_map(|it| match it {
        Block::Heading(heading) => Some(heading),
        _ => None,
    });
    for it in headings {
        // Each level is a list and an item that is open in it.
        let next = usize::from(it.level).min(level + 1);
        match next <= level {
            true => out.close_to(depth + 2 * next - 1),
            false => out.open("ol"),
        };
        level = next;
        out.open("li")
            .open("a")
            .attribute("href", &format!("#{}", it.anchor));
        out.open("span")
            .attribute("class", "number")
            .text(&it.number)
            .close();
        out.text(" ").text(&it.text).close();
    }
    out.close_to(depth);
    out.close().line();
}

fn block(out: &mut Xml, block: &Block, document: &Document) {
    let base = &document.base;
    match block {
        Block::Heading(it) => heading(out, it),
        Block::Text(it) => {
            out.open("p");
            spans(out, it, base);
            out.close();
        }
        Block::Note(it) => {
            out.open("p").attribute("class", "note");
            spans(out, it, base);
            out.close();
        }
        Block::List(items) => {
            out.open("ul");
            for it in items {
                out.open("li");
                spans(out, it, base);
                out.close();
            }
            out.close();
        }
        Block::Facts(facts) => {
            out.open("dl");
            for (label, said) in facts {
                out.open("div");
                out.open("dt").text(label).close();
                out.open("dd");
                spans(out, said, base);
                out.close().close();
            }
            out.close();
        }
        Block::Table(it) => table(out, it, document),
        Block::Figure(it) => figure(out, it, document),
    }
}

fn heading(out: &mut Xml, it: &Heading) {
    let element = ["h2", "h3", "h4"][usize::from(it.level.clamp(1, 3)) - 1];
    out.open(element).attribute("id", &it.anchor);
    out.open("span")
        .attribute("class", "number")
        .text(&it.number)
        .close();
    out.text(" ").text(&it.text).close();
}

fn table(out: &mut Xml, it: &Table, document: &Document) {
    let name = match it.n {
        0 => it.caption.clone(),
        n => counted(document, document.language.table(), n, &it.caption),
    };
    // A wide table moves in its own frame, which the keyboard can reach.
    out.open("div")
        .attribute("class", "table")
        .attribute("role", "region")
        .attribute("tabindex", "0")
        .attribute("aria-label", &name);
    out.open("table");
    out.open("caption").text(&name).close();
    out.open("thead").open("tr");
    for (head, width) in it.head.iter().zip(&it.widths) {
        out.open("th")
            .attribute("scope", "col")
            .attribute("style", &format!("width:{width}%"))
            .text(head)
            .close();
    }
    out.close().close();
    out.open("tbody");
    for row in &it.rows {
        out.open("tr");
        for it in row {
            cell(out, it, &document.base);
        }
        out.close();
    }
    out.close().close().close();
}

fn cell(out: &mut Xml, it: &Cell, base: &str) {
    out.open("td");
    if it.is_number {
        out.attribute("class", "n");
    }
    if let Some(tone) = it.tone {
        let style = format!("background:#{};color:#{}", tone.paper(), tone.ink());
        out.attribute("style", &style);
    }
    out.text("");
    spans(out, &it.spans, base);
    out.close();
}

/// A caption that counts.
fn counted(document: &Document, word: &str, n: usize, caption: &str) -> String {
    format!("{word} {n}{}{caption}", document.language.colon())
}

fn figure(out: &mut Xml, it: &Figure, document: &Document) {
    let name = counted(document, document.language.figure(), it.n, &it.caption);
    out.open("figure");
    out.open("div")
        .attribute("class", "picture")
        .attribute("role", "region")
        .attribute("tabindex", "0")
        .attribute("aria-label", &name);
    svg::write(out, it, &document.base);
    out.close();
    out.open("figcaption").text(&name).close();
    out.close();
}

fn spans(out: &mut Xml, spans: &[Span], base: &str) {
    for span in spans {
        let n_open = out.depth();
        match &span.to {
            Some(To::Here(anchor)) => {
                out.open("a").attribute("href", &format!("#{anchor}"));
            }
            Some(to) => {
                out.open("a")
                    .attribute("href", &to.address(base).unwrap_or_default())
                    // Where this page stands in a frame, no other page may.
                    .attribute("target", "_top")
                    .attribute("rel", "noopener noreferrer");
            }
            None => {}
        }
        if span.is_strong {
            out.open("strong");
        }
        out.text(&span.text);
        out.close_to(n_open);
    }
}
