//! Pictures as SVG that stands in a page.

use super::drawing::{Align, Shape, draw};
use crate::export::xml::Xml;
use crate::report::document::{Figure, To};

/// Writes a figure's picture, with its words for those who do not see it.
pub(super) fn write(out: &mut Xml, figure: &Figure, base: &str) {
    let drawing = draw(&figure.picture);
    let (width, height) = (drawing.width, drawing.height);
    let (title, about) = (
        format!("f{}-title", figure.n),
        format!("f{}-about", figure.n),
    );
    out.open("svg")
        .attribute("xmlns", "http://www.w3.org/2000/svg")
        .attribute("viewBox", &format!("0 0 {width} {height}"))
        .attribute("width", &width.to_string())
        .attribute("height", &height.to_string())
        // Not an image: the links in it have to be reached.
        .attribute("role", "group")
        .attribute("aria-labelledby", &title)
        .attribute("aria-describedby", &about);
    out.open("title")
        .attribute("id", &title)
        .text(&figure.caption)
        .close();
    out.open("desc")
        .attribute("id", &about)
        .text(&figure.alt)
        .close();
    for shape in &drawing.shapes {
        self::shape(out, shape, base);
    }
    out.close();
}

fn shape(out: &mut Xml, shape: &Shape, base: &str) {
    match shape {
        Shape::Rect {
            x,
            y,
            w,
            h,
            tone,
            link,
        } => {
            if let Some((_, to)) = link {
                open_link(out, to, base);
            }
            out.open("rect")
                .attribute("x", &x.to_string())
                .attribute("y", &y.to_string())
                .attribute("width", &w.to_string())
                .attribute("height", &h.to_string())
                .attribute("fill", &format!("#{}", tone.paper()));
            if let Some((words, _)) = link {
                out.open("title").text(words).close();
            }
            out.close();
            if link.is_some() {
                out.close();
            }
        }
        Shape::Words {
            x,
            y,
            size,
            align,
            on,
            is_turned,
            text,
            to,
        } => {
            if let Some(to) = to {
                open_link(out, to, base);
            }
            let ink = on.map_or("currentColor".to_owned(), |it| format!("#{}", it.ink()));
            out.open("text")
                .attribute("x", &x.to_string())
                .attribute("y", &y.to_string())
                .attribute("font-size", &size.to_string())
                .attribute("fill", &ink);
            if *align == Align::Middle {
                out.attribute("text-anchor", "middle")
                    .attribute("pointer-events", "none");
            }
            if *is_turned {
                out.attribute("transform", &format!("rotate(-90 {x} {y})"));
            }
            out.text(text).close();
            if to.is_some() {
                out.close();
            }
        }
    }
}

fn open_link(out: &mut Xml, to: &To, base: &str) {
    let address = match to {
        To::Here(anchor) => format!("#{anchor}"),
        to => to.address(base).unwrap_or_default(),
    };
    out.open("a").attribute("href", &address);
    if !matches!(to, To::Here(_)) {
        out.attribute("target", "_top");
    }
}
