//! What stands in a field of a node, apart from any document.

use std::collections::BTreeMap;

use yrs::{Any, GetString, Map, MapRef, Out, ReadTxn, Text, TransactionMut};

use crate::mindmap::schema::{self, MADE};

/// What stands in a field of a node.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Words.
    Text(String),
    /// A plain value.
    Plain(Any),
    /// Links by target.
    Links(BTreeMap<String, Any>),
}

/// The fields of a node that people change.
pub const FIELDS: [&str; 7] = [
    schema::PLACE,
    schema::TEXT,
    schema::NOTE,
    schema::KIND,
    schema::COLOUR,
    schema::LINKS,
    schema::DELETED,
];

/// A node by its id.
pub fn node<T: ReadTxn>(txn: &T, id: &str) -> Option<MapRef> {
    match txn.get_map(schema::NODES)?.get(txn, id)? {
        Out::YMap(node) => Some(node),
        _ => None,
    }
}

/// What stands in a field of a node; none where there is nothing.
pub fn read<T: ReadTxn>(txn: &T, node: &MapRef, field: &str) -> Option<Content> {
    match node.get(txn, field)? {
        Out::YText(text) => Some(Content::Text(text.get_string(txn))),
        Out::Any(value) => Some(Content::Plain(value)),
        Out::YMap(links) => {
            let links = links.iter(txn).filter_map(|(target, link)| match link {
                Out::Any(link) => Some((target.to_owned(), link)),
                _ => None,
            });
            Some(Content::Links(links.collect()))
        }
        _ => None,
    }
}

/// All fields of a node, and who made it.
pub fn read_all<T: ReadTxn>(txn: &T, node: &MapRef) -> BTreeMap<&'static str, Content> {
    let fields = FIELDS.into_iter().chain([MADE]);
    let filled = fields.filter_map(|field| Some((field, read(txn, node, field)?)));
    filled.collect()
}

/// Puts something into a field of a node that is there, in place of what stands in it. Links that
/// both have stay as they are.
pub(super) fn write(
    txn: &mut TransactionMut<'_>,
    node: &MapRef,
    field: &'static str,
    content: Option<&Content>,
) {
    match (node.get(txn, field), content) {
        (Some(Out::YText(text)), content) => {
            let length = text.len(txn);
            text.remove_range(txn, 0, length);
            if let Some(Content::Text(words)) = content {
                text.push(txn, words);
            }
        }
        (Some(Out::YMap(links)), content) => {
            let empty = BTreeMap::new();
            let wanted = match content {
                Some(Content::Links(wanted)) => wanted,
                _ => &empty,
            };
            let there: Vec<String> = links.keys(txn).map(str::to_owned).collect();
            for target in there.iter().filter(|it| !wanted.contains_key(*it)) {
                links.remove(txn, target);
            }
            for (target, link) in wanted.iter().filter(|it| !there.contains(it.0)) {
                links.insert(txn, target.clone(), link.clone());
            }
        }
        (_, Some(Content::Plain(value))) => drop(node.insert(txn, field, value.clone())),
        (Some(_), None) => drop(node.remove(txn, field)),
        _ => {}
    }
}
