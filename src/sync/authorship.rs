//! Who made a node is said once, by whoever makes it, and not in another participant's name.

use std::sync::Arc;

use yrs::branch::{Branch, BranchID};
use yrs::types::{EntryChange, Event, Events, PathSegment};
use yrs::{Map, Out, TransactionMut};

use crate::mindmap::schema::{self, Made};

/// An update says something in somebody else's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Forged(pub(super) &'static str);

/// What one transaction says of makers, for whoever knows who takes part.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// In whose names nodes were made. Clients that say nothing of it are fine.
    pub(super) names: Vec<Arc<str>>,
    /// Yjs clients that made nodes in whose place others were put.
    pub(super) replaced: Vec<u64>,
}

/// Checks that one transaction leaves alone who made what is there, and notes in `said` what it
/// says of makers.
pub(super) fn check(
    root: &str,
    txn: &TransactionMut<'_>,
    events: &Events<'_>,
    said: &mut Said,
) -> Result<(), Forged> {
    if root != schema::NODES {
        return Ok(());
    }
    for event in events.iter() {
        let Event::Map(event) = event else {
            continue;
        };
        let path = event.path();
        let mut steps = path.iter();
        match (steps.next(), steps.next()) {
            (None, _) => {
                for change in event.keys(txn).values() {
                    note_entry(change, txn, said);
                }
            }
            (Some(PathSegment::Key(_)), None) => match event.keys(txn).get(schema::MADE) {
                None => {}
                Some(EntryChange::Updated(Out::Any(old), Out::Any(new))) if old == new => {}
                Some(_) => return Err(Forged("who made a node never changes")),
            },
            _ => {}
        }
    }
    Ok(())
}

fn note_entry(change: &EntryChange, txn: &TransactionMut<'_>, said: &mut Said) {
    let new = match change {
        EntryChange::Inserted(new) => new,
        EntryChange::Updated(old, new) => {
            said.replaced.extend(maker(old));
            new
        }
        EntryChange::Removed(_) => return,
    };
    if let Out::YMap(node) = new
        && let Some(Out::Any(made)) = node.get(txn, schema::MADE)
        && let Ok(made) = Made::read(&made)
    {
        said.names.push(made.mark.by);
    }
}

/// The Yjs client that made a node.
fn maker(node: &Out) -> Option<u64> {
    let Out::YMap(node) = node else {
        return None;
    };
    let branch: &Branch = node.as_ref();
    match branch.id() {
        BranchID::Nested(id) => Some(id.client.get()),
        BranchID::Root(_) => None,
    }
}
