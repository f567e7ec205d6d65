//! What stands in a document beside the tree: arrows between nodes, and how much they are commented.

use std::collections::HashMap;
use std::sync::Arc;

use yrs::{Any, Map, Out, ReadTxn};

use crate::mindmap::schema::{self, Relation};

/// The relations of a document by id, sorted. What doesn't fit the schema is passed over.
pub(super) fn relations<T: ReadTxn>(txn: &T) -> Vec<(Arc<str>, Relation)> {
    let Some(relations) = txn.get_map(schema::RELATIONS) else {
        return Vec::new();
    };
    let fitting = relations.iter(txn).filter_map(|(id, value)| match value {
        Out::Any(value) => Some((Arc::from(id), Relation::read(&value).ok()?)),
        _ => None,
    });
    let mut found: Vec<(Arc<str>, Relation)> = fitting.collect();
    found.sort_by(|one, next| one.0.cmp(&next.0));
    found
}

/// How many comments each node has, those that are settled too.
pub(super) fn comments<T: ReadTxn>(txn: &T) -> HashMap<Arc<str>, usize> {
    let mut counts = HashMap::new();
    let Some(comments) = txn.get_map(schema::COMMENTS) else {
        return counts;
    };
    for (_, value) in comments.iter(txn) {
        let Out::YMap(fields) = value else {
            continue;
        };
        if let Some(Out::Any(Any::String(node))) = fields.get(txn, schema::NODE) {
            *counts.entry(node).or_default() += 1;
        }
    }
    counts
}
