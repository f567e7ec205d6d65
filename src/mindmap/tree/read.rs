//! A document read into a plain tree: nodes in reading order, deleted branches set aside.

use std::collections::HashMap;
use std::sync::Arc;

use yrs::{Any, Doc, GetString, Map, MapRef, Out, ReadTxn, Transact};

use super::beside;
use super::rule::{Claim, Resolved, resolve};
use crate::mindmap::schema::{self, Colour, Kind, Link, Made, Mark, Place, ROOT, Relation};

/// A map as people see it.
///
/// The nodes stand in one list and not inside one another: a map may be a chain of fifty thousand
/// nodes, and with a list nobody is tempted to recurse, not even the compiler in a `drop`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The map's title.
    pub title: String,
    /// The live nodes in reading order: each before its children, siblings in order, the root first.
    pub nodes: Vec<TreeNode>,
    /// The deleted branches, the latest first.
    pub trash: Vec<Trashed>,
    /// Arrows that are not the tree, by id; their ends may be in the trash or nowhere.
    pub relations: Vec<(Arc<str>, Relation)>,
    /// How many comments there are on each node that has some.
    pub comments: HashMap<Arc<str>, usize>,
}

/// A live node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeNode {
    /// The node's id.
    pub id: Arc<str>,
    /// Index of the parent among the nodes; the root has none.
    pub parent: Option<usize>,
    /// How far below the root it stands.
    pub depth: usize,
    /// The node's words.
    pub text: String,
    /// What there is to say beyond the text.
    pub note: String,
    /// What the node is in the discussion.
    pub kind: Option<Kind>,
    /// Its own colour; without one it takes that of the parent.
    pub colour: Option<Colour>,
    /// Links by target, such as `gap:<uuid>`, sorted.
    pub links: Vec<(Arc<str>, Link)>,
    /// Who made it, and when.
    pub made: Option<Made>,
}

/// A deleted branch, by its top node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trashed {
    /// The id of the top node.
    pub id: Arc<str>,
    /// The words of the top node.
    pub text: String,
    /// Who deleted it, and when.
    pub deleted: Mark,
    /// How many nodes come back with it, itself included. What was deleted inside it does not.
    pub n_nodes: usize,
}

impl Tree {
    /// The central topic.
    pub fn root(&self) -> &TreeNode {
        &self.nodes[0]
    }
}

/// Reads a document. What doesn't fit the schema reads as if it weren't there.
pub fn read(doc: &Doc) -> Tree {
    read_in(&doc.transact())
}

/// Reads a document inside a transaction that is already open.
pub fn read_in<T: ReadTxn>(txn: &T) -> Tree {
    let found = find_nodes(txn);
    let claims: Vec<Claim<'_>> = found.iter().map(Found::claim).collect();
    let resolved = resolve(&claims);
    let mut tree = Tree {
        title: title(txn),
        nodes: Vec::with_capacity(found.len()),
        trash: Vec::new(),
        relations: beside::relations(txn),
        comments: beside::comments(txn),
    };
    // What is still to be visited, with the parent's index in the tree; the next one is the last.
    let mut ahead = vec![(resolved.root(), None::<usize>)];
    while let Some((at, parent)) = ahead.pop() {
        let node = found.get(at);
        if let Some(trashed) = node.and_then(|it| it.trashed(txn)) {
            let stays = |inner: usize| found[inner].deleted(txn).is_some();
            tree.trash.push(Trashed {
                n_nodes: size_of_branch(&resolved, at, stays),
                ..trashed
            });
            continue;
        }
        let depth = parent.map_or(0, |parent| tree.nodes[parent].depth + 1);
        let node = node.map_or_else(absent_root, |it| it.node(txn));
        let own = tree.nodes.len();
        tree.nodes.push(TreeNode {
            parent,
            depth,
            ..node
        });
        let children = resolved.children(at).iter().rev();
        ahead.extend(children.map(|child| (*child, Some(own))));
    }
    tree.trash
        .sort_by(|one, next| (next.deleted.at, &next.id).cmp(&(one.deleted.at, &one.id)));
    tree
}

/// A node that may be in the trash, or hang under one that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The node; its parent is an index among those that it was read with.
    pub node: TreeNode,
    /// The id of the main branch that it stands in; the root's own for the root.
    pub branch: Arc<str>,
    /// Whether people see it in the map.
    pub is_live: bool,
}

/// Reads all nodes of a document, those in the trash too, each before its children.
pub fn read_all(doc: &Doc) -> Vec<Standing> {
    let txn = doc.transact();
    let found = find_nodes(&txn);
    let claims: Vec<Claim<'_>> = found.iter().map(Found::claim).collect();
    let resolved = resolve(&claims);
    let mut all: Vec<Standing> = Vec::with_capacity(found.len());
    // What is still to be visited, with the parent's index among all; the next one is the last.
    let mut ahead = vec![(resolved.root(), None::<usize>)];
    while let Some((at, parent)) = ahead.pop() {
        let it = found.get(at);
        let above = parent.map(|it| &all[it]);
        let depth = above.map_or(0, |it| it.node.depth + 1);
        let is_deleted = it.is_some_and(|it| it.deleted(&txn).is_some());
        let is_live = !is_deleted && above.is_none_or(|it| it.is_live);
        let node = it.map_or_else(absent_root, |it| it.node(&txn));
        let branch = match above {
            Some(above) if 1 < depth => above.branch.clone(),
            _ => node.id.clone(),
        };
        let node = TreeNode {
            parent,
            depth,
            ..node
        };
        ahead.extend(
            resolved
                .children(at)
                .iter()
                .map(|it| (*it, Some(all.len()))),
        );
        all.push(Standing {
            node,
            branch,
            is_live,
        });
    }
    all
}

/// A node of the document, as yet unread but for its place.
pub(super) struct Found {
    pub(super) id: Arc<str>,
    /// Where it says that it stands, if it does.
    pub(super) place: Option<Place>,
    fields: MapRef,
}

/// All nodes that are there.
pub(super) fn find_nodes<T: ReadTxn>(txn: &T) -> Vec<Found> {
    let Some(nodes) = txn.get_map(schema::NODES) else {
        return Vec::new();
    };
    let entries = nodes.iter(txn).filter_map(|(id, value)| match value {
        Out::YMap(fields) => Some((id, fields)),
        _ => None,
    });
    entries
        .map(|(id, fields)| Found {
            id: Arc::from(id),
            place: place(&fields, txn),
            fields,
        })
        .collect()
}

/// Where a node says that it stands, if it does; nothing where the node is not there.
pub(super) fn place_of<T: ReadTxn>(node: &str, txn: &T) -> Option<Option<Place>> {
    match txn.get_map(schema::NODES)?.get(txn, node)? {
        Out::YMap(fields) => Some(place(&fields, txn)),
        _ => None,
    }
}

fn place<T: ReadTxn>(fields: &MapRef, txn: &T) -> Option<Place> {
    let place = plain(fields, schema::PLACE, txn)?;
    Place::read_leniently(&place)
}

fn title<T: ReadTxn>(txn: &T) -> String {
    let meta = txn.get_map(schema::META);
    match meta.and_then(|meta| plain(&meta, schema::META_TITLE, txn)) {
        Some(Any::String(title)) => title.to_string(),
        _ => String::new(),
    }
}

/// How many nodes a branch has, without those branches in it whose top `is_left_out`.
fn size_of_branch(resolved: &Resolved, top: usize, is_left_out: impl Fn(usize) -> bool) -> usize {
    let mut branch = vec![top];
    let mut at = 0;
    while let Some(node) = branch.get(at) {
        let children = resolved.children(*node).iter().copied();
        branch.extend(children.filter(|child| !is_left_out(*child)));
        at += 1;
    }
    branch.len()
}

impl Found {
    fn claim(&self) -> Claim<'_> {
        Claim {
            id: &self.id,
            place: self.place.as_ref(),
        }
    }

    /// Who deleted the node, and when. The root can't be.
    fn deleted<T: ReadTxn>(&self, txn: &T) -> Option<Mark> {
        let deleted = plain(&self.fields, schema::DELETED, txn).filter(|_| &*self.id != ROOT)?;
        Mark::read_leniently(&deleted)
    }

    /// The entry of the trash, where the node is deleted.
    fn trashed<T: ReadTxn>(&self, txn: &T) -> Option<Trashed> {
        Some(Trashed {
            deleted: self.deleted(txn)?,
            id: self.id.clone(),
            text: words(&self.fields, schema::TEXT, txn),
            n_nodes: 1,
        })
    }

    fn node<T: ReadTxn>(&self, txn: &T) -> TreeNode {
        TreeNode {
            id: self.id.clone(),
            parent: None,
            depth: 0,
            text: words(&self.fields, schema::TEXT, txn),
            note: words(&self.fields, schema::NOTE, txn),
            kind: word(&self.fields, schema::KIND, txn, Kind::parse),
            colour: word(&self.fields, schema::COLOUR, txn, Colour::parse),
            links: links(&self.fields, txn),
            made: plain(&self.fields, schema::MADE, txn).and_then(|it| Made::read(&it).ok()),
        }
    }
}

/// The root of a document that has none.
fn absent_root() -> TreeNode {
    TreeNode {
        id: Arc::from(ROOT),
        parent: None,
        depth: 0,
        text: String::new(),
        note: String::new(),
        kind: None,
        colour: None,
        links: Vec::new(),
        made: None,
    }
}

fn plain<T: ReadTxn>(fields: &MapRef, key: &str, txn: &T) -> Option<Any> {
    match fields.get(txn, key) {
        Some(Out::Any(value)) => Some(value),
        _ => None,
    }
}

fn words<T: ReadTxn>(fields: &MapRef, key: &str, txn: &T) -> String {
    match fields.get(txn, key) {
        Some(Out::YText(text)) => text.get_string(txn),
        _ => String::new(),
    }
}

fn word<T: ReadTxn, W>(
    fields: &MapRef,
    key: &str,
    txn: &T,
    parse: fn(&str) -> Option<W>,
) -> Option<W> {
    match plain(fields, key, txn) {
        Some(Any::String(word)) => parse(&word),
        _ => None,
    }
}

fn links<T: ReadTxn>(fields: &MapRef, txn: &T) -> Vec<(Arc<str>, Link)> {
    let Some(Out::YMap(links)) = fields.get(txn, schema::LINKS) else {
        return Vec::new();
    };
    let fitting = links.iter(txn).filter_map(|(target, value)| match value {
        Out::Any(value) if schema::is_link_target(target) => {
            Some((Arc::from(target), Link::read(&value).ok()?))
        }
        _ => None,
    });
    let mut links: Vec<(Arc<str>, Link)> = fitting.collect();
    links.sort_by(|one, next| one.0.cmp(&next.0));
    links
}
