//! A picture in the text: its frame, its words for those who do not see it, and where it lies.

use crate::export::xml::Xml;

/// Writes the run with picture `n`, of this width and height in English Metric Units.
pub(super) fn write(out: &mut Xml, n: usize, about: &str, [width, height]: [&str; 2]) {
    let n_open = out.depth();
    let id = n.to_string();
    let name = format!("Figure {id}");
    out.open("w:r").open("w:drawing").open("wp:inline");
    for side in ["distT", "distB", "distL", "distR"] {
        out.attribute(side, "0");
    }
    empty(out, "wp:extent", &[("cx", width), ("cy", height)]);
    empty(
        out,
        "wp:docPr",
        &[("id", &id), ("name", &name), ("descr", about)],
    );
    out.open("a:graphic").open("a:graphicData").attribute(
        "uri",
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
    );
    out.open("pic:pic").open("pic:nvPicPr");
    empty(out, "pic:cNvPr", &[("id", &id), ("name", &name)]);
    empty(out, "pic:cNvPicPr", &[]);
    out.close().open("pic:blipFill");
    empty(out, "a:blip", &[("r:embed", &format!("rIdFigure{id}"))]);
    out.open("a:stretch");
    empty(out, "a:fillRect", &[]);
    out.close().close();
    out.open("pic:spPr").open("a:xfrm");
    empty(out, "a:off", &[("x", "0"), ("y", "0")]);
    empty(out, "a:ext", &[("cx", width), ("cy", height)]);
    out.close().open("a:prstGeom").attribute("prst", "rect");
    empty(out, "a:avLst", &[]);
    out.close_to(n_open);
}

/// An element with nothing in it.
fn empty(out: &mut Xml, name: &'static str, attributes: &[(&str, &str)]) {
    out.open(name);
    for (name, value) in attributes {
        out.attribute(name, value);
    }
    out.close();
}
