//! Pictures as SVG that stands in a page.

use super::drawing::{Align, Drawing, Shape, draw};
use crate::export::xml::Xml;
use crate::report::document::{Figure, Span, To};

/// A figure's picture by itself.
pub(super) struct Alone {
    /// In units of a pixel.
    pub(super) width: u32,
    pub(super) svg: String,
    /// Where parts of it lead, and what they say: `l0` is the first one's id, and so on.
    pub(super) links: Vec<Span>,
}

/// A figure's picture by itself, in the narrow face of a font; what it shows is said beside it.
pub(super) fn alone(figure: &Figure, font: &str) -> Alone {
    let drawing = draw(&figure.picture);
    let mut out = Xml::default();
    open(&mut out, &drawing);
    out.attribute("font-family", font)
        .attribute("font-stretch", "condensed");
    let mut links = Vec::new();
    for it in &drawing.shapes {
        let id = it.link().map(|(words, to)| {
            links.push(Span::link(words, to.clone()));
            format!("l{}", links.len() - 1)
        });
        shape(&mut out, it, id.as_deref());
    }
    Alone {
        width: drawing.width,
        svg: String::from_utf8(out.finish()).unwrap_or_default(),
        links,
    }
}

/// Begins a picture.
fn open(out: &mut Xml, drawing: &Drawing) {
    let [width, height] = [drawing.width, drawing.height].map(|it| it.to_string());
    out.open("svg")
        .attribute("xmlns", "http://www.w3.org/2000/svg")
        .attribute("viewBox", &format!("0 0 {width} {height}"))
        .attribute("width", &width)
        .attribute("height", &height);
}

/// Writes a figure's picture, with its words for those who do not see it.
pub(super) fn write(out: &mut Xml, figure: &Figure, base: &str) {
    let drawing = draw(&figure.picture);
    let (title, about) = (
        format!("f{}-title", figure.n),
        format!("f{}-about", figure.n),
    );
    open(out, &drawing);
    // Not an image: the links in it have to be reached.
    out.attribute("role", "group")
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
        match shape.link() {
            Some((_, to)) => {
                open_link(out, to, base);
                self::shape(out, shape, None);
                out.close();
            }
            None => self::shape(out, shape, None),
        }
    }
    out.close();
}

fn shape(out: &mut Xml, shape: &Shape, id: Option<&str>) {
    let identify = |out: &mut Xml| {
        if let Some(id) = id {
            out.attribute("id", id);
        }
    };
    match shape {
        Shape::Rect {
            x,
            y,
            w,
            h,
            tone,
            link,
        } => {
            out.open("rect")
                .attribute("x", &x.to_string())
                .attribute("y", &y.to_string())
                .attribute("width", &w.to_string())
                .attribute("height", &h.to_string())
                .attribute("fill", &format!("#{}", tone.paper()));
            identify(out);
            if let Some((words, _)) = link {
                out.open("title").text(words).close();
            }
            out.close();
        }
        Shape::Words {
            x,
            y,
            size,
            align,
            on,
            is_turned,
            text,
            to: _,
        } => {
            let ink = on.map_or("currentColor".to_owned(), |it| format!("#{}", it.ink()));
            out.open("text")
                .attribute("x", &x.to_string())
                .attribute("y", &y.to_string())
                .attribute("font-size", &size.to_string())
                .attribute("fill", &ink);
            identify(out);
            if *align == Align::Middle {
                out.attribute("text-anchor", "middle")
                    .attribute("pointer-events", "none");
            }
            if *is_turned {
                out.attribute("transform", &format!("rotate(-90 {x} {y})"));
            }
            out.text(text).close();
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
