//! What one participant did in a map, told from its log.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use yrs::updates::decoder::Decode;
use yrs::{Doc, Transact, Transaction, Update};

use super::whereabouts::{Part, Root, Whereabouts};
use crate::base::id::ParticipantId;
use crate::mindmap::edit::content::{self, Content};
use crate::mindmap::edit::{Change, TakeBack};
use crate::mindmap::schema;

/// The log cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the log holds what is no update")]
pub struct Unreadable;

type Field = (Arc<str>, &'static str);
type Fields = BTreeMap<&'static str, Content>;

/// What is found on the way through a log.
#[derive(Default)]
struct Found {
    made: HashSet<(Root, Arc<str>)>,
    /// Fields that the participant changed last, with what stood there before.
    changed: HashMap<Field, Option<Content>>,
    /// Nodes of others that the participant took out, as they stood.
    removed: HashMap<Arc<str>, Fields>,
}

/// What one participant did, found out update by update: what they made, and each field that they
/// changed last, with what stood there before they did.
pub struct Deeds {
    participant: ParticipantId,
    doc: Doc,
    whereabouts: Whereabouts,
    found: Found,
}

impl Deeds {
    /// Those of a participant, before anything was done.
    pub fn of(participant: ParticipantId) -> Self {
        let doc = Doc::new();
        for root in schema::ROOTS {
            doc.get_or_insert_map(root);
        }
        Self {
            participant,
            doc,
            whereabouts: Whereabouts::default(),
            found: Found::default(),
        }
    }

    /// Takes in the next update of a log of one epoch, and whose it is.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when it cannot be replayed.
    pub fn extend(&mut self, by: Option<ParticipantId>, update: &[u8]) -> Result<(), Unreadable> {
        let touches = self.whereabouts.touches(update).map_err(|_| Unreadable)?;
        let spots: HashSet<_> = touches.into_iter().map(|it| it.spot).collect();
        let before = self.doc.transact();
        for spot in spots {
            let is_there = self.whereabouts.maker(spot.root, &spot.entry).is_some();
            let found = &mut self.found;
            if by == Some(self.participant) {
                found.by_them(&before, spot.root, spot.entry, spot.part, is_there);
            } else if is_there && spot.root == Root::Nodes {
                found.by_others(&spot.entry, spot.part);
            }
        }
        drop(before);
        self.whereabouts.extend(update).map_err(|_| Unreadable)?;
        let update = Update::decode_v1(update).map_err(|_| Unreadable)?;
        let applied = self.doc.transact_mut().apply_update(update);
        applied.map_err(|_| Unreadable)
    }

    /// What would take it all back.
    pub fn take_back(self) -> TakeBack {
        self.found.take_back(self.participant, &self.doc.transact())
    }
}

impl Found {
    fn by_them(
        &mut self,
        before: &Transaction<'_>,
        root: Root,
        entry: Arc<str>,
        part: Part,
        is_there: bool,
    ) {
        if !is_there {
            self.made.insert((root, entry));
            return;
        }
        if root != Root::Nodes || self.made.contains(&(root, entry.clone())) {
            return;
        }
        let Some(node) = content::node(before, &entry) else {
            return;
        };
        match field_of(part) {
            Some(field) => {
                let stood = || content::read(before, &node, field);
                self.changed.entry((entry, field)).or_insert_with(stood);
            }
            None if part == Part::Whole => {
                let fields = content::read_all(before, &node);
                self.removed.insert(entry, fields);
            }
            None => {}
        }
    }

    fn by_others(&mut self, node: &Arc<str>, part: Part) {
        match field_of(part) {
            Some(field) => drop(self.changed.remove(&(node.clone(), field))),
            None => {
                for field in content::FIELDS {
                    self.changed.remove(&(node.clone(), field));
                }
            }
        }
    }

    fn take_back(mut self, participant: ParticipantId, now: &Transaction<'_>) -> TakeBack {
        for (node, fields) in &mut self.removed {
            // As it stood before they changed it, not as they left it.
            for field in content::FIELDS {
                match self.changed.remove(&(node.clone(), field)) {
                    Some(Some(stood)) => drop(fields.insert(field, stood)),
                    Some(None) => drop(fields.remove(field)),
                    None => {}
                }
            }
        }
        let changes = self.changed.into_iter().map(|((node, field), before)| {
            let there = content::node(now, &node);
            Change {
                after: there.and_then(|it| content::read(now, &it, field)),
                node,
                field,
                before,
            }
        });
        let (nodes, others): (Vec<_>, Vec<_>) =
            self.made.into_iter().partition(|it| it.0 == Root::Nodes);
        let root_name = |root| match root {
            Root::Relations => Some(schema::RELATIONS),
            Root::Comments => Some(schema::COMMENTS),
            Root::Meta | Root::Nodes => None,
        };
        let mut changes: Vec<Change> = changes.collect();
        changes.sort_by(|one, next| (&one.node, one.field).cmp(&(&next.node, next.field)));
        TakeBack {
            participant: participant.to_string(),
            made: nodes.into_iter().map(|it| it.1).collect(),
            entries: others
                .into_iter()
                .filter_map(|(root, key)| Some((root_name(root)?, key)))
                .collect(),
            changes,
            removed: self.removed.into_iter().collect(),
        }
    }
}

fn field_of(part: Part) -> Option<&'static str> {
    match part {
        Part::Place => Some(schema::PLACE),
        Part::Links | Part::Link => Some(schema::LINKS),
        Part::Deleted => Some(schema::DELETED),
        Part::Text => Some(schema::TEXT),
        Part::Note => Some(schema::NOTE),
        Part::Kind => Some(schema::KIND),
        Part::Colour => Some(schema::COLOUR),
        Part::Whole | Part::Made | Part::Other => None,
    }
}
