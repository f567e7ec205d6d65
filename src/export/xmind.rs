//! XMind's workbooks, as its versions since 2020 write them: JSON in a ZIP.

use std::io::{Cursor, Write};

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::sheet::{Arrow, Node, Sheet};
use super::words::{count, signed};

pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let metadata = json!({
        "creator": { "name": "Gapmap", "version": env!("CARGO_PKG_VERSION") },
        "dataStructureVersion": "2",
        "layoutEngineVersion": "3",
        "activeSheetId": "sheet",
    });
    let manifest = json!({ "file-entries": { "content.json": {}, "metadata.json": {} } });
    // Into memory: there is nothing that could fail but memory itself.
    zip(&[
        ("content.json", content(sheet)),
        ("metadata.json", metadata.to_string()),
        ("manifest.json", manifest.to_string()),
    ])
    .unwrap_or_default()
}

fn zip(files: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    // The time in it is that of no clock, so that equal maps are equal files.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The sheet. Topics stand inside one another, so it is written along the list of nodes.
fn content(sheet: &Sheet) -> String {
    let title = format!("{} ({})", sheet.title, sheet.label());
    let mut out = format!(
        r#"[{{"id":"sheet","class":"sheet","title":{},"rootTopic":"#,
        Value::from(title)
    );
    let mut n_open = 0;
    for (at, node) in sheet.nodes.iter().enumerate() {
        if node.depth < n_open {
            out.push_str(&"]}}".repeat(n_open - node.depth));
            n_open = node.depth;
        }
        if 0 < at && sheet.nodes[at - 1].depth >= node.depth {
            out.push(',');
        }
        let mut topic = topic(sheet, node).to_string();
        if sheet.has_children(at) {
            topic.pop();
            topic.push_str(r#","children":{"attached":["#);
            n_open = node.depth + 1;
        }
        out.push_str(&topic);
    }
    out.push_str(&"]}}".repeat(n_open));
    let relationships: Value = sheet.arrows.iter().map(relationship).collect();
    out.push_str(&format!(r#","relationships":{relationships}}}]"#));
    out
}

fn topic(sheet: &Sheet, node: &Node) -> Value {
    let mut topic = json!({ "id": &*node.id, "class": "topic", "title": node.text });
    let mut labels: Vec<String> = Vec::new();
    if node.depth == 0 {
        labels.push(sheet.label());
        topic["structureClass"] = json!("org.xmind.ui.map.unbalanced");
    }
    labels.extend(node.kind.map(|it| it.as_str().to_owned()));
    labels.extend(node.links.iter().map(|it| it.words()));
    if node.votes != 0 {
        labels.push(count(node.votes, "vote"));
    }
    if node.comments != 0 {
        labels.push(count(signed(node.comments), "comment"));
    }
    if !labels.is_empty() {
        topic["labels"] = json!(labels);
    }
    if !node.note.is_empty() {
        topic["notes"] = json!({ "plain": { "content": node.note } });
    }
    topic
}

fn relationship(arrow: &Arrow) -> Value {
    json!({
        "id": &*arrow.id,
        "end1Id": &*arrow.from,
        "end2Id": &*arrow.to,
        "title": &*arrow.label,
    })
}
