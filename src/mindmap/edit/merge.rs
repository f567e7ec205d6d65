//! Several nodes that say the same become one.

use yrs::{Map, Out, Text, TransactionMut};

use super::content;
use super::moves::{Mover, spot_of, trash};
use crate::base::invalid::Invalid;
use crate::mindmap::order::order_between;
use crate::mindmap::schema::{self, Mark, Spot};
use crate::mindmap::tree::{Tree, read_in};

/// Merges `nodes` into the node `into`. Answers with how many nodes that changes.
pub(super) fn merge(
    txn: &mut TransactionMut<'_>,
    into: &str,
    nodes: &[String],
    mark: &Mark,
) -> Result<usize, Invalid> {
    let tree = read_in(txn);
    let index = |id: &str| tree.nodes.iter().position(|it| *it.id == *id);
    let target = index(into).ok_or_else(|| Invalid::new("into", "must be a node of the map"))?;
    let mut others = Vec::new();
    for id in nodes {
        let at = index(id).ok_or_else(|| Invalid::new("nodes", "must be nodes of the map"))?;
        if tree.nodes[at].parent.is_none() {
            return Err(Invalid::new("nodes", "must not be the root"));
        }
        if at == target || is_above(&tree, at, target) {
            let reason = "must not be the node that stays, nor one that it hangs under";
            return Err(Invalid::new("nodes", reason));
        }
        if !others.contains(&at) {
            others.push(at);
        }
    }
    if others.is_empty() {
        return Err(Invalid::new("nodes", "must be one at least"));
    }
    move_children(txn, &tree, target, &others);
    for at in &others {
        take_links(txn, &tree, target, *at);
        trash(txn, &tree.nodes[*at].id, mark);
    }
    list_words(txn, &tree, target, &others);
    Ok(others.len() + 1)
}

fn is_above(tree: &Tree, above: usize, below: usize) -> bool {
    let mut way = std::iter::successors(tree.nodes[below].parent, |it| tree.nodes[*it].parent);
    way.any(|it| it == above)
}

/// Moves the children of the others behind those that the node has.
fn move_children(txn: &mut TransactionMut<'_>, tree: &Tree, target: usize, others: &[usize]) {
    let children =
        |of: usize| (0..tree.nodes.len()).filter(move |it| tree.nodes[*it].parent == Some(of));
    let mut mover = Mover::new(txn);
    let last = children(target).next_back();
    let mut last = last
        .and_then(|it| spot_of(txn, tree, it))
        .map(|it| it.order.to_string());
    for child in others.iter().flat_map(|it| children(*it)) {
        if others.contains(&child) {
            continue;
        }
        let order = order_between(last.as_deref(), None);
        let spot = Spot {
            parent: tree.nodes[target].id.clone(),
            order: order.as_str().into(),
        };
        let was = spot_of(txn, tree, child);
        mover.put(txn, &tree.nodes[child].id, (spot, None), was);
        last = Some(order);
    }
}

fn take_links(txn: &mut TransactionMut<'_>, tree: &Tree, target: usize, from: usize) {
    let node = content::node(txn, &tree.nodes[target].id);
    let Some(Out::YMap(links)) = node.and_then(|it| it.get(txn, schema::LINKS)) else {
        return;
    };
    for (gap, link) in &tree.nodes[from].links {
        if !links.contains_key(txn, gap) {
            links.insert(txn, gap.clone(), link.to_any());
        }
    }
}

/// Lists the words of the others in the note.
fn list_words(txn: &mut TransactionMut<'_>, tree: &Tree, target: usize, others: &[usize]) {
    let node = content::node(txn, &tree.nodes[target].id);
    let Some(Out::YText(note)) = node.and_then(|it| it.get(txn, schema::NOTE)) else {
        return;
    };
    let words = others
        .iter()
        .map(|it| format!("– {}", tree.nodes[*it].text));
    let before = Some(tree.nodes[target].note.clone()).filter(|it| !it.is_empty());
    let lines: Vec<String> = words.collect();
    let gap = if before.is_some() { "\n" } else { "" };
    note.push(txn, &format!("{gap}{}", lines.join("\n")));
}
