//! A link that the server makes for somebody.

use yrs::{Map, Out, TransactionMut};

use super::content;
use crate::base::invalid::Invalid;
use crate::mindmap::schema::{self, Link, Mark, is_link_target};
use crate::mindmap::tree::read_in;

/// Links a node. Answers with how many nodes that changes: none where the link is there.
pub(super) fn link(
    txn: &mut TransactionMut<'_>,
    node: &str,
    target: &str,
    mark: &Mark,
) -> Result<usize, Invalid> {
    let missing = || Invalid::new("node", "must be a node of the map");
    if !is_link_target(target) {
        return Err(Invalid::new("target", "must be gap:UUID or solution:UUID"));
    }
    if !read_in(txn).nodes.iter().any(|it| *it.id == *node) {
        return Err(missing());
    }
    // A central topic that nobody wrote has no links to write into.
    let found = content::node(txn, node).and_then(|it| it.get(txn, schema::LINKS));
    let Some(Out::YMap(links)) = found else {
        return Err(missing());
    };
    if links.contains_key(txn, target) {
        return Ok(0);
    }
    let link = Link {
        fit: None,
        made: mark.clone(),
    };
    links.insert(txn, target, link.to_any());
    Ok(1)
}
