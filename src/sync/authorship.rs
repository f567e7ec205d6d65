//! Who made a node, a link, an arrow or a comment, and who deleted a node, is said by whoever does
//! it, and not in another participant's name.
//!
//! An undo says again what was there before, in the name of whoever said it first. So what was taken
//! away is remembered while the room is open, and may come back as it was.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use yrs::branch::{Branch, BranchID};
use yrs::types::map::MapEvent;
use yrs::types::{EntryChange, Event, Events, PathSegment};
use yrs::{Any, Map, MapRef, Out, ReadTxn, TransactionMut};

use crate::mindmap::schema::{self, Link, Made, Mark, Relation};

/// An update says something in somebody else's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Forged(pub(super) &'static str);

/// Something in a document that names who did it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Statement {
    /// A node is in the trash.
    Deleted(Arc<str>, Mark),
    /// A node is linked to a target.
    Link(Arc<str>, Arc<str>, Link),
    /// An arrow.
    Relation(Arc<str>, Relation),
    /// A comment, and who wrote it.
    Comment(Arc<str>, Arc<str>),
}

impl Statement {
    /// Who is named.
    pub(super) fn by(&self) -> &Arc<str> {
        match self {
            Self::Deleted(_, mark) => &mark.by,
            Self::Link(_, _, link) => &link.made.by,
            Self::Relation(_, relation) => &relation.made.by,
            Self::Comment(_, by) => by,
        }
    }

    /// What is said to who says it in another's name.
    pub(super) fn refusal(&self) -> Forged {
        Forged(match self {
            Self::Deleted(..) => "a node is deleted in one's own name only",
            Self::Link(..) => "a link is made in one's own name only",
            Self::Relation(..) => "an arrow is drawn in one's own name only",
            Self::Comment(..) => "a comment is written in one's own name only",
        })
    }
}

/// What one transaction says of people, for whoever knows who takes part.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// In whose names nodes were made. Clients that say nothing of it are fine.
    pub(super) makers: Vec<Arc<str>>,
    /// Yjs clients that made nodes in whose place others were put.
    pub(super) replaced: Vec<u64>,
    /// What is said that was not there before.
    pub(super) stated: Vec<Statement>,
    /// What was said, and is there no more.
    pub(super) withdrawn: Vec<Statement>,
    /// Whose comments were changed or taken out.
    pub(super) commenters: Vec<Arc<str>>,
}

/// Statements that are remembered; the oldest are forgotten, so that whoever takes back and says again
/// without end fills no memory.
const REMEMBERED: usize = 50_000;

/// What has been taken out of a room's document since it was opened, by hashes: an arrow's words may be
/// thousands. Their key is random, so that nobody can find a statement that is taken for another.
#[derive(Debug, Default)]
pub(super) struct Withdrawn {
    hasher: RandomState,
    known: HashSet<u64>,
    /// The same, the oldest first.
    order: VecDeque<u64>,
}

impl Withdrawn {
    pub(super) fn note(&mut self, said: Said) {
        for statement in said.withdrawn {
            let statement = self.hasher.hash_one(statement);
            if self.known.insert(statement) {
                self.order.push_back(statement);
            }
            if REMEMBERED < self.order.len()
                && let Some(oldest) = self.order.pop_front()
            {
                self.known.remove(&oldest);
            }
        }
    }

    pub(super) fn has(&self, statement: &Statement) -> bool {
        self.known.contains(&self.hasher.hash_one(statement))
    }
}

/// Reads off each transaction what it says of people.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// Whose each comment is. Of one that is taken out, nothing can be read any more.
    authors: HashMap<Arc<str>, Arc<str>>,
    said: Said,
}

impl Ledger {
    /// Begins with a document as it stands.
    pub(super) fn over<T: ReadTxn>(txn: &T) -> Self {
        let comments = txn.get_map(schema::COMMENTS);
        let authors = comments.iter().flat_map(|comments| {
            let authors = comments.iter(txn);
            authors.filter_map(|(id, it)| Some((Arc::from(id), author(&it, txn)?)))
        });
        Self {
            authors: authors.collect(),
            said: Said::default(),
        }
    }

    /// Hands over what the last transaction said.
    pub(super) fn take(&mut self) -> Said {
        std::mem::take(&mut self.said)
    }

    /// Checks that one transaction leaves alone who made what is there, and notes what it says.
    pub(super) fn check(
        &mut self,
        root: &str,
        txn: &TransactionMut<'_>,
        events: &Events<'_>,
    ) -> Result<(), Forged> {
        match root {
            schema::NODES => self.check_nodes(txn, events),
            schema::RELATIONS => {
                for event in events.iter().filter_map(of_map) {
                    for (id, change) in event.keys(txn) {
                        self.note_value(change, |it| relation(id, it));
                    }
                }
                Ok(())
            }
            schema::COMMENTS => self.check_comments(txn, events),
            _ => Ok(()),
        }
    }

    fn check_nodes(&mut self, txn: &TransactionMut<'_>, events: &Events<'_>) -> Result<(), Forged> {
        for event in events.iter().filter_map(of_map) {
            let path = event.path();
            let mut steps = path.iter();
            match (steps.next(), steps.next()) {
                (None, _) => {
                    for (id, change) in event.keys(txn) {
                        self.note_node(id, change, txn);
                    }
                }
                (Some(PathSegment::Key(node)), None) => self.check_node(node, event, txn)?,
                (Some(PathSegment::Key(node)), Some(PathSegment::Key(field)))
                    if **field == *schema::LINKS =>
                {
                    for (target, change) in event.keys(txn) {
                        self.note_value(change, |it| link(node, target, it));
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The fields of a node that was there before.
    fn check_node(
        &mut self,
        node: &Arc<str>,
        event: &MapEvent,
        txn: &TransactionMut<'_>,
    ) -> Result<(), Forged> {
        let keys = event.keys(txn);
        match keys.get(schema::MADE) {
            None => {}
            Some(EntryChange::Updated(Out::Any(old), Out::Any(new))) if old == new => {}
            Some(_) => return Err(Forged("who made a node never changes")),
        }
        if let Some(change) = keys.get(schema::DELETED) {
            self.note_value(change, |it| deleted(node, it));
        }
        Ok(())
    }

    /// A node that was made, or put in the place of another.
    fn note_node(&mut self, id: &Arc<str>, change: &EntryChange, txn: &TransactionMut<'_>) {
        let new = match change {
            EntryChange::Inserted(new) => new,
            EntryChange::Updated(old, new) => {
                self.said.replaced.extend(maker(old));
                new
            }
            EntryChange::Removed(_) => return,
        };
        let Out::YMap(node) = new else {
            return;
        };
        let made = plain(node, schema::MADE, txn).and_then(|it| Made::read(&it).ok());
        self.said.makers.extend(made.map(|it| it.mark.by));
        let mark = plain(node, schema::DELETED, txn).and_then(|it| deleted(id, &it));
        self.said.stated.extend(mark);
        if let Some(Out::YMap(links)) = node.get(txn, schema::LINKS) {
            let links = links.iter(txn).filter_map(|(target, it)| match it {
                Out::Any(it) => link(id, &Arc::from(target), &it),
                _ => None,
            });
            self.said.stated.extend(links);
        }
    }

    fn check_comments(
        &mut self,
        txn: &TransactionMut<'_>,
        events: &Events<'_>,
    ) -> Result<(), Forged> {
        for event in events.iter() {
            let path = event.path();
            match (event, path.front()) {
                (Event::Map(event), None) => {
                    for (id, change) in event.keys(txn) {
                        self.note_comment(id, change, txn);
                    }
                }
                (event, Some(PathSegment::Key(id))) => {
                    let fixed = [schema::NODE, schema::BY, schema::AT];
                    if let (Event::Map(event), 1) = (event, path.len())
                        && fixed.iter().any(|it| event.keys(txn).contains_key(*it))
                    {
                        return Err(Forged(
                            "who wrote a comment, when and on what never changes",
                        ));
                    }
                    self.said.commenters.extend(self.authors.get(id).cloned());
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A comment that was made, replaced or taken out.
    fn note_comment(&mut self, id: &Arc<str>, change: &EntryChange, txn: &TransactionMut<'_>) {
        if let EntryChange::Updated(..) | EntryChange::Removed(_) = change
            && let Some(by) = self.authors.get(id)
        {
            let was = Statement::Comment(id.clone(), by.clone());
            self.said.withdrawn.push(was);
            self.said.commenters.push(by.clone());
        }
        if let EntryChange::Inserted(new) | EntryChange::Updated(_, new) = change
            && let Some(by) = author(new, txn)
        {
            self.authors.insert(id.clone(), by.clone());
            self.said.stated.push(Statement::Comment(id.clone(), by));
        }
    }

    /// A plain value that was set, set again or taken out.
    fn note_value(&mut self, change: &EntryChange, read: impl Fn(&Any) -> Option<Statement>) {
        let (old, new) = match change {
            EntryChange::Inserted(new) => (None, Some(new)),
            EntryChange::Updated(old, new) => (Some(old), Some(new)),
            EntryChange::Removed(old) => (Some(old), None),
        };
        let read = |it: Option<&Out>| match it {
            Some(Out::Any(it)) => read(it),
            _ => None,
        };
        let (old, new) = (read(old), read(new));
        if old != new {
            self.said.withdrawn.extend(old);
            self.said.stated.extend(new);
        }
    }
}

fn of_map(event: &Event) -> Option<&MapEvent> {
    match event {
        Event::Map(event) => Some(event),
        _ => None,
    }
}

fn deleted(node: &Arc<str>, value: &Any) -> Option<Statement> {
    let mark = Mark::read(value).ok()?;
    Some(Statement::Deleted(node.clone(), mark))
}

fn link(node: &Arc<str>, target: &Arc<str>, value: &Any) -> Option<Statement> {
    let link = Link::read(value).ok()?;
    Some(Statement::Link(node.clone(), target.clone(), link))
}

fn relation(id: &Arc<str>, value: &Any) -> Option<Statement> {
    let relation = Relation::read(value).ok()?;
    Some(Statement::Relation(id.clone(), relation))
}

fn author<T: ReadTxn>(comment: &Out, txn: &T) -> Option<Arc<str>> {
    let Out::YMap(comment) = comment else {
        return None;
    };
    match plain(comment, schema::BY, txn)? {
        Any::String(by) => Some(by),
        _ => None,
    }
}

fn plain<T: ReadTxn>(map: &MapRef, key: &str, txn: &T) -> Option<Any> {
    match map.get(txn, key)? {
        Out::Any(value) => Some(value),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Timestamp;

    #[test]
    fn what_was_taken_back_lately_is_remembered_and_no_more_than_that() {
        let mut withdrawn = Withdrawn::default();
        let statement = |n: usize| Statement::Comment(n.to_string().into(), "ann".into());

        for n in 0..3 * REMEMBERED {
            let said = vec![statement(n), statement(n)];
            withdrawn.note(Said {
                withdrawn: said,
                ..Said::default()
            });
        }

        assert!(withdrawn.has(&statement(3 * REMEMBERED - 1)));
        assert!(!withdrawn.has(&statement(0)));
        assert_eq!(withdrawn.known.len(), REMEMBERED);
        assert_eq!(withdrawn.order.len(), REMEMBERED);
    }

    #[test]
    fn what_was_taken_back_is_known_again_and_not_kept() {
        let mut withdrawn = Withdrawn::default();
        let words: Arc<str> = "words ".repeat(1000).into();
        let arrow = |label: &Arc<str>| {
            let end = || Arc::from("n1");
            let made = Mark {
                at: Timestamp(1),
                by: Arc::from("ann"),
            };
            let relation = Relation {
                from: end(),
                to: end(),
                label: label.clone(),
                made,
            };
            Statement::Relation(Arc::from("r1"), relation)
        };

        withdrawn.note(Said {
            withdrawn: vec![arrow(&words)],
            ..Said::default()
        });

        assert_eq!(Arc::strong_count(&words), 1);
        assert!(withdrawn.has(&arrow(&words)));
        assert!(!withdrawn.has(&arrow(&"other words".into())));
    }
}
