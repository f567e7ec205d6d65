//! Our own format: everything, in a flat list that no reader has to recurse over.

use serde_json::{Map, Value, json};

use super::sheet::{Arrow, Link, Node, Sheet};

/// What `format` says in a file of ours.
const FORMAT: &str = "gapmap-map";
/// Counts up when an older reader would misread what is written.
const VERSION: u64 = 1;

pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let parts = &sheet.parts;
    let head = json!({
        "format": FORMAT,
        "version": VERSION,
        "title": sheet.title,
        "session": sheet.session,
        "tlp": sheet.tlp.as_str(),
        "exported_at": sheet.at.to_rfc3339(),
        "branch": parts.branch,
        "notes": parts.notes,
        "links": parts.links,
        "votes": parts.votes,
    });
    let mut out = head.to_string();
    // Reopened, so that the nodes stand one a line: whoever compares two files sees what changed.
    out.pop();
    out.push_str(",\n\"nodes\":[\n");
    let nodes = sheet.nodes.iter().map(|it| node(sheet, it));
    out.push_str(&lines(nodes));
    out.push_str("],\n\"relations\":[\n");
    out.push_str(&lines(sheet.arrows.iter().map(arrow)));
    out.push_str("]}\n");
    out.into_bytes()
}

fn lines(values: impl Iterator<Item = Value>) -> String {
    let lines: Vec<String> = values.map(|it| it.to_string()).collect();
    let mut lines = lines.join(",\n");
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines
}

fn node(sheet: &Sheet, node: &Node) -> Value {
    let parent = node.parent.map(|it| &*sheet.nodes[it].id);
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("id", json!(&*node.id));
    put("parent", json!(parent));
    put("text", json!(node.text));
    put("kind", json!(node.kind.map(|it| it.as_str())));
    put("colour", json!(node.colour.map(|it| it.as_str())));
    put("comments", json!(node.comments));
    if sheet.parts.notes {
        put("note", json!(node.note));
    }
    if sheet.parts.links {
        put("links", node.links.iter().map(link).collect());
    }
    if sheet.parts.votes {
        put("votes", json!(node.votes));
    }
    Value::Object(fields)
}

fn link(link: &Link) -> Value {
    json!({
        "target": &*link.target,
        "fit": link.fit.map(|it| it.as_str()),
        "handle": link.card.as_ref().map(|it| &it.handle),
        "title": link.card.as_ref().map(|it| &it.title),
    })
}

fn arrow(arrow: &Arrow) -> Value {
    let Arrow {
        id,
        from,
        to,
        label,
    } = arrow;
    json!({ "id": &**id, "from": &**from, "to": &**to, "label": &**label })
}
