//! A map's document in memory: applies updates, answers what others lack, and notices when an
//! update put something into it that the schema does not allow.

use std::sync::{Arc, Mutex};

use yrs::branch::BranchID;
use yrs::types::{EntryChange, Event, Events, PathSegment, ToJson, TypeRef};
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{
    Any, ClientID, DeepObservable, Doc, ID, Map, Out, ReadTxn, StateVector, Text, Transact,
    TransactionMut, Update,
};

use super::authorship::{Forged, Ledger, Said};
use super::outline::{Attached, Id, Outline, Run, Shape};
use super::ranges::Ranges;
use crate::base::lock::lock;
use crate::mindmap::limits::Limits;
use crate::mindmap::schema::{self, Violation};

/// The stored bytes are no document.
#[derive(Debug, thiserror::Error)]
#[error("the stored document cannot be read: {0}")]
pub struct Unreadable(String);

/// What applying an update did to the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It was all there already.
    None,
    /// The document changed.
    Changed,
}

/// Why an update cannot stay. The replica has changed all the same and must be thrown away.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Tainted {
    /// The document would not fit the schema.
    #[error(transparent)]
    Violation(#[from] Violation),
    /// Something that it builds on is missing.
    #[error("the update builds on something that is not there")]
    Gap,
    /// It says something in somebody else's name.
    #[error(transparent)]
    Forged(#[from] Forged),
    /// The CRDT library could not take it.
    #[error("the update cannot be applied")]
    Unusable,
}

/// A map's document, whole.
///
/// # Invariants
///
/// * It holds no pending updates: what cannot be applied at once is refused.
/// * Observers run inside `apply` only, and only note what they see.
pub struct Replica {
    doc: Doc,
    seen: Arc<Mutex<Seen>>,
    limits: Limits,
}

/// What the observers saw during one transaction.
#[derive(Default)]
struct Seen {
    tainted: Option<Tainted>,
    n_nodes: usize,
    /// Whether the update can have put anything but characters beside those of a text.
    values_beside: bool,
    /// What it says of people.
    ledger: Ledger,
}

impl Replica {
    /// A document made of stored updates, oldest first.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when one of them is no update or builds on something missing.
    pub fn load<'a>(
        updates: impl IntoIterator<Item = &'a [u8]>,
        limits: &Limits,
    ) -> Result<Self, Unreadable> {
        let doc = Doc::new();
        for root in schema::ROOTS {
            doc.get_or_insert_map(root);
        }
        for update in updates {
            let update = Update::decode_v1(update).map_err(|it| Unreadable(it.to_string()))?;
            let mut txn = doc.transact_mut();
            txn.apply_update(update)
                .map_err(|it| Unreadable(it.to_string()))?;
        }
        if doc.transact().has_missing_updates() {
            return Err(Unreadable("an update is missing".to_owned()));
        }
        let mut replica = Self {
            doc,
            seen: Arc::default(),
            limits: limits.clone(),
        };
        replica.watch();
        Ok(replica)
    }

    /// Notes, for every root map, what each transaction changes.
    fn watch(&mut self) {
        lock(&self.seen).ledger = Ledger::over(&self.doc.transact());
        for root in schema::ROOTS {
            let map = self.doc.get_or_insert_map(root);
            if root == schema::NODES {
                lock(&self.seen).n_nodes = map.len(&self.doc.transact()) as usize;
            }
            let (notes, limits) = (self.seen.clone(), self.limits.clone());
            map.observe_deep("schema", move |txn, events| {
                let mut seen = lock(&notes);
                let checked = inspect(root, txn, events, &limits, &mut seen);
                let checked = checked.map_err(Tainted::from);
                let vouched = seen.ledger.check(root, txn, events);
                if let Err(tainted) = checked.and(vouched.map_err(Tainted::from)) {
                    seen.tainted.get_or_insert(tainted);
                }
            });
        }
    }

    /// Whether types that an update hangs things in are of the right shape here.
    pub fn can_hold(&self, attached: &[Attached]) -> bool {
        if attached.is_empty() {
            return true;
        }
        let txn = self.doc.transact();
        attached.iter().all(|it| {
            let Id { client, clock } = it.parent;
            let id = ID::new(ClientID::new(client), clock);
            // A type that was collected leaves what comes into it without a place, harmlessly.
            BranchID::get_nested(&txn, &id).is_none_or(|branch| {
                let shape = match branch.type_ref() {
                    TypeRef::Map => Some(Shape::Map),
                    TypeRef::Text => Some(Shape::Text),
                    _ => None,
                };
                shape == Some(it.needs)
            })
        })
    }

    /// A plain field of a node; none where the node or the field is not there.
    pub fn node_value(&self, node: &str, field: &str) -> Option<Any> {
        let txn = self.doc.transact();
        let Out::YMap(node) = txn.get_map(schema::NODES)?.get(&txn, node)? else {
            return None;
        };
        match node.get(&txn, field)? {
            Out::Any(value) => Some(value),
            _ => None,
        }
    }

    /// Whether all of this is deleted here already.
    pub fn has_deleted(&self, runs: &[Run]) -> bool {
        let deleted = self.doc.transact().snapshot().delete_set;
        let ranges = deleted.iter().flat_map(|(client, ranges)| {
            let client = client.get();
            ranges.iter().map(move |it| Run {
                client,
                start: it.start,
                end: it.end,
            })
        });
        Ranges::from_iter(ranges).outside(runs).is_empty()
    }

    /// Applies an update that the outline reader has let through, which said this of it.
    ///
    /// # Errors
    ///
    /// [`Tainted`]: this replica must be thrown away and rebuilt from the log.
    pub fn apply(&mut self, update: &[u8], outline: &Outline) -> Result<Effect, Tainted> {
        lock(&self.seen).values_beside = outline.values_beside;
        let update = Update::decode_v1(update).map_err(|_| Tainted::Unusable)?;
        let effect = {
            let mut txn = self.doc.transact_mut();
            txn.apply_update(update).map_err(|_| Tainted::Unusable)?;
            let unchanged = txn.insert_set().is_empty() && txn.delete_set().is_empty();
            txn.commit();
            if unchanged {
                Effect::None
            } else {
                Effect::Changed
            }
        };
        if let Some(tainted) = lock(&self.seen).tainted.take() {
            return Err(tainted);
        }
        if self.doc.transact().has_missing_updates() {
            return Err(Tainted::Gap);
        }
        Ok(effect)
    }

    /// What the last update said of people.
    pub(super) fn take_said(&mut self) -> Said {
        lock(&self.seen).ledger.take()
    }

    /// What somebody with this state vector lacks, as an update; none when it is no state vector.
    pub fn diff(&self, state_vector: &[u8]) -> Option<Vec<u8>> {
        let state_vector = StateVector::decode_v1(state_vector).ok()?;
        Some(self.doc.transact().encode_state_as_update_v1(&state_vector))
    }

    /// The whole document as one update.
    pub fn state(&self) -> Vec<u8> {
        self.doc
            .transact()
            .encode_state_as_update_v1(&StateVector::default())
    }

    /// Which clocks are in it, encoded.
    pub fn state_vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// Whether two documents hold the same: the same clocks, and the same content. Their encodings
    /// may differ, since the library writes the keys of a plain object in any order.
    pub fn holds_the_same_as(&self, other: &Self) -> bool {
        let (here, there) = (self.doc.transact(), other.doc.transact());
        let alike = |root| {
            let content = |txn: &yrs::Transaction<'_>| txn.get_map(root).map(|it| it.to_json(txn));
            content(&here) == content(&there)
        };
        here.state_vector() == there.state_vector() && schema::ROOTS.into_iter().all(alike)
    }

    /// The document, to be read.
    pub fn doc(&self) -> &Doc {
        &self.doc
    }
}

/// Checks what one transaction changed below one root map.
fn inspect(
    root: &str,
    txn: &TransactionMut<'_>,
    events: &Events<'_>,
    limits: &Limits,
    seen: &mut Seen,
) -> Result<(), Violation> {
    for event in events.iter() {
        let path: Vec<String> = event
            .path()
            .into_iter()
            .map(|step| match step {
                PathSegment::Key(key) => key.to_string(),
                PathSegment::Index(index) => index.to_string(),
            })
            .collect();
        match (event, path.as_slice()) {
            (Event::Map(event), []) => {
                for (key, change) in event.keys(txn) {
                    if root == schema::NODES {
                        count(change, &mut seen.n_nodes);
                    }
                    schema::check_entry(root, key, new_value(change), txn, limits)?;
                }
                if limits.nodes < seen.n_nodes {
                    return Err(Violation::too_many_nodes(limits));
                }
            }
            (Event::Map(event), [node]) if root == schema::NODES => {
                for (key, change) in event.keys(txn) {
                    schema::check_node_key(node, key, new_value(change), txn, limits)?;
                }
            }
            (Event::Map(event), [_, field]) if root == schema::NODES && field == schema::LINKS => {
                for (target, change) in event.keys(txn) {
                    if let Some(link) = new_value(change) {
                        schema::check_link(target, link)?;
                    }
                }
            }
            (Event::Text(event), [node, field]) if root == schema::NODES => {
                // Read whole only when it may be too long, or no plain text any more: a text has no
                // fewer bytes than characters.
                let n_bytes = event.target().len(txn) as usize;
                if seen.values_beside || schema::most_chars(field, limits) < n_bytes {
                    let text = Out::YText(event.target().clone());
                    schema::check_node_key(node, field, Some(&text), txn, limits)?;
                }
            }
            (_, [comment, ..]) if root == schema::COMMENTS => {
                if let Some(whole) = txn.get_map(root).and_then(|it| it.get(txn, comment)) {
                    schema::check_comment(comment, &whole, txn, limits)?;
                }
            }
            _ => return Err(Violation::out_of_place()),
        }
    }
    Ok(())
}

fn new_value(change: &EntryChange) -> Option<&Out> {
    match change {
        EntryChange::Inserted(new) | EntryChange::Updated(_, new) => Some(new),
        EntryChange::Removed(_) => None,
    }
}

fn count(change: &EntryChange, n_nodes: &mut usize) {
    match change {
        EntryChange::Inserted(_) => *n_nodes += 1,
        EntryChange::Removed(_) => *n_nodes = n_nodes.saturating_sub(1),
        EntryChange::Updated(..) => {}
    }
}
