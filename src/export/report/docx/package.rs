//! The parts of the package, and the ZIP around them.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::body::Body;
use super::text::{R, W, paragraph, run};
use crate::export::xml::Xml;
use crate::report::document::Document;

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Relations that every report has, before those of its links and pictures.
const FIXED: [(&str, &str, &str); 5] = [
    ("rIdStyles", "styles", "styles.xml"),
    ("rIdNumbering", "numbering", "numbering.xml"),
    ("rIdSettings", "settings", "settings.xml"),
    ("rIdHeader", "header", "header1.xml"),
    ("rIdFooter", "footer", "footer1.xml"),
];

/// Writes a report.
pub(in crate::export::report) fn write(document: &Document) -> Vec<u8> {
    let body = Body::of(document);
    // Into memory: there is nothing that could fail but memory itself.
    zip(document, body).unwrap_or_default()
}

fn zip(document: &Document, body: Body) -> zip::result::ZipResult<Vec<u8>> {
    // The time in it is that of no clock, so that equal reports are equal files.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let relations = relations(&body);
    let parts: [(&str, Vec<u8>); 11] = [
        (
            "[Content_Types].xml",
            include_bytes!("content_types.xml").to_vec(),
        ),
        ("_rels/.rels", include_bytes!("package_rels.xml").to_vec()),
        ("docProps/core.xml", properties(document)),
        ("docProps/app.xml", include_bytes!("app.xml").to_vec()),
        ("word/document.xml", body.text),
        ("word/_rels/document.xml.rels", relations),
        (
            "word/styles.xml",
            localised(document, include_str!("styles.xml")),
        ),
        (
            "word/numbering.xml",
            include_bytes!("numbering.xml").to_vec(),
        ),
        (
            "word/settings.xml",
            localised(document, include_str!("settings.xml")),
        ),
        ("word/header1.xml", header(document)),
        ("word/footer1.xml", footer(document)),
    ];
    for (name, content) in parts {
        zip.start_file(name, options)?;
        zip.write_all(&content)?;
    }
    for (n, picture) in body.pictures {
        zip.start_file(format!("word/media/figure{n}.emf"), options)?;
        zip.write_all(&picture)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn relations(body: &Body) -> Vec<u8> {
    let mut out = Xml::default();
    out.declare()
        .open("Relationships")
        .attribute("xmlns", RELATIONS);
    let mut add = |id: &str, kind: &str, target: &str, is_outside: bool| {
        out.open("Relationship")
            .attribute("Id", id)
            .attribute("Type", &format!("{R}/{kind}"))
            .attribute("Target", target);
        if is_outside {
            out.attribute("TargetMode", "External");
        }
        out.close();
    };
    for (id, kind, target) in FIXED {
        add(id, kind, target, false);
    }
    for (n, _) in &body.pictures {
        add(
            &format!("rIdFigure{n}"),
            "image",
            &format!("media/figure{n}.emf"),
            false,
        );
    }
    let mut links: Vec<(&usize, &String)> = body.links.iter().map(|(url, n)| (n, url)).collect();
    links.sort();
    for (n, url) in links {
        add(&format!("rIdLink{n}"), "hyperlink", url, true);
    }
    out.finish()
}

fn properties(document: &Document) -> Vec<u8> {
    const DC: &str = "http://purl.org/dc/elements/1.1/";
    let mut out = Xml::default();
    out.declare()
        .open("cp:coreProperties")
        .attribute(
            "xmlns:cp",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        )
        .attribute("xmlns:dc", DC)
        .attribute("xmlns:dcterms", "http://purl.org/dc/terms/")
        .attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    out.open("dc:title").text(&document.title).close();
    out.open("dc:subject").text(&document.about).close();
    out.open("dc:creator").text(&document.authors).close();
    out.open("dc:language").text(&locale(document)).close();
    // The day of the cut-off, so that the same report is the same file whenever it is made.
    let time = format!("{}T00:00:00Z", document.day);
    for name in ["dcterms:created", "dcterms:modified"] {
        out.open(name)
            .attribute("xsi:type", "dcterms:W3CDTF")
            .text(&time)
            .close();
    }
    out.finish()
}

/// The language of a report as word processors know it, such as `en-GB`.
fn locale(document: &Document) -> String {
    let language = document.language;
    format!("{}-{}", language.as_str(), language.region())
}

/// A part in the report's language: hyphens, spelling and quotes go by it.
fn localised(document: &Document, part: &str) -> Vec<u8> {
    part.replace("en-GB", &locale(document)).into_bytes()
}

fn header(document: &Document) -> Vec<u8> {
    let mut out = Xml::default();
    out.declare().open("w:hdr").attribute("xmlns:w", W);
    paragraph(&mut out, "Header");
    run(&mut out, &document.label);
    out.finish()
}

fn footer(document: &Document) -> Vec<u8> {
    let mut out = Xml::default();
    out.declare().open("w:ftr").attribute("xmlns:w", W);
    paragraph(&mut out, "Footer");
    run(&mut out, &document.title);
    out.open("w:r").open("w:tab").close().close();
    out.open("w:fldSimple").attribute("w:instr", " PAGE ");
    run(&mut out, "1");
    out.finish()
}
