//! Who made a node is said once, by whoever makes it, and in their own name.

use yrs::branch::{Branch, BranchID};
use yrs::types::{EntryChange, Event, Events, PathSegment};
use yrs::{Map, Out, TransactionMut};

use crate::base::id::ParticipantId;
use crate::mindmap::schema::{self, Made};

/// An update says something in somebody else's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Forged(pub(super) &'static str);

/// Checks what one transaction of `by` says of who made nodes. Clients that say nothing of it are
/// fine. Notes in `replaced` which Yjs clients made nodes in whose place others were put.
pub(super) fn check(
    root: &str,
    txn: &TransactionMut<'_>,
    events: &Events<'_>,
    by: Option<ParticipantId>,
    replaced: &mut Vec<u64>,
) -> Result<(), Forged> {
    if root != schema::NODES || by.is_none() {
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
                    check_entry(change, txn, by, replaced)?;
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

fn check_entry(
    change: &EntryChange,
    txn: &TransactionMut<'_>,
    by: Option<ParticipantId>,
    replaced: &mut Vec<u64>,
) -> Result<(), Forged> {
    let new = match change {
        EntryChange::Inserted(new) => new,
        EntryChange::Updated(old, new) => {
            replaced.extend(maker(old));
            new
        }
        EntryChange::Removed(_) => return Ok(()),
    };
    let Out::YMap(node) = new else {
        return Ok(());
    };
    match node.get(txn, schema::MADE) {
        Some(Out::Any(made)) => {
            let said = Made::read(&made).ok().map(|it| it.mark.by);
            match (by, said) {
                (Some(by), Some(said)) if by.to_string() != *said => {
                    Err(Forged("a node is made in one's own name only"))
                }
                // What is no such mark at all, the schema refuses.
                _ => Ok(()),
            }
        }
        _ => Ok(()),
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
