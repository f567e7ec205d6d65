//! The tree as JSON, `{id, text, kind, note, links, votes, children}`: what the API answers with.

use serde_json::{Value, json};

use super::read::{Tree, TreeNode};

impl Tree {
    /// Writes the tree, with the number of votes that `votes` gives for a node's id.
    ///
    /// A serialiser that recurses would overflow on a long chain, so this one walks the list.
    /// Authors are left out, as they are in everything that leaves the server.
    pub fn to_json(&self, votes: impl Fn(&str) -> i64) -> String {
        let mut out = String::new();
        let mut n_open = 0;
        for node in &self.nodes {
            if node.depth < n_open {
                close(&mut out, n_open - node.depth);
                out.push(',');
            }
            open(&mut out, node, votes(&node.id));
            n_open = node.depth + 1;
        }
        close(&mut out, n_open);
        out
    }
}

/// Writes a node up to the first of its children.
fn open(out: &mut String, node: &TreeNode, votes: i64) {
    let [id, text, note] = [&*node.id, &node.text, &node.note].map(Value::from);
    let kind = json!(node.kind.map(|kind| kind.as_str()));
    let links = node.links.iter().map(|(target, link)| {
        let fit = link.fit.map(|fit| fit.as_str());
        json!({ "target": &**target, "fit": fit })
    });
    let links = Value::from_iter(links);
    out.push_str(&format!(
        r#"{{"id":{id},"text":{text},"kind":{kind},"note":{note},"links":{links},"votes":{votes},"children":["#,
    ));
}

/// Writes the ends of the nodes that were opened last.
fn close(out: &mut String, n_nodes: usize) {
    out.push_str(&"]}".repeat(n_nodes));
}
