//! Where each element of a document hangs: in which node, relation or comment, and in which field.
//!
//! The CRDT library answers this for shared types, but not for a character or a value by its id;
//! who has to know what an update touches before it is applied reads it off the wire here. Costs
//! one reading of the whole document to begin with, and then one of each update.

use std::collections::HashMap;
use std::sync::Arc;

use yrs::Any;
use yrs::encoding::read::Cursor;

use super::outline::{Id, Run, WireError};
use super::ranges::Ranges;
use super::wire::{self, Parent, Scan};
use crate::mindmap::schema::{self, Place};

/// A root map of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Root {
    /// The schema's number and the title.
    Meta,
    /// The nodes.
    Nodes,
    /// The arrows that are not the tree.
    Relations,
    /// The comments.
    Comments,
}

/// A part of an entry of a root map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The entry itself: it was made, replaced or taken out as a whole.
    Whole,
    /// Where a node stands.
    Place,
    /// A node's links as a map; not one of them.
    Links,
    /// One of a node's links.
    Link,
    /// Who made it.
    Made,
    /// Whether a node is in the trash.
    Deleted,
    /// The words of a node or comment, and what is in them.
    Text,
    /// A node's note, and what is in it.
    Note,
    /// A node's kind.
    Kind,
    /// A node's colour.
    Colour,
    /// Any other field.
    Other,
}

/// Where an element hangs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spot {
    /// In which root map.
    pub root: Root,
    /// Under which key of it.
    pub entry: Arc<str>,
    /// In which part of that entry.
    pub part: Part,
}

/// Something that an update does to the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Touch {
    /// Where.
    pub spot: Spot,
    /// Whether it takes something away; else it adds or sets something.
    pub deletes: bool,
    /// Where a node is put, when that is what it says.
    pub place: Option<Place>,
}

#[derive(Clone, Debug)]
struct Span {
    start: u32,
    end: u32,
    /// None for what was collected, and what hangs in that.
    spot: Option<Spot>,
}

/// Where the elements of one document hang.
#[derive(Debug, Default)]
pub struct Whereabouts {
    /// For each client its elements, by clock and without a hole.
    spans: HashMap<u64, Vec<Span>>,
    deleted: Ranges,
    /// The entries that are there, each with the element that made it.
    entries: HashMap<(Root, Arc<str>), Id>,
    /// How many elements have come into each place, those that are gone too.
    lengths: HashMap<Spot, u64>,
}

impl Whereabouts {
    /// Those of a document, given as one update.
    ///
    /// # Errors
    ///
    /// [`WireError`] when it is no update.
    pub fn of(state: &[u8]) -> Result<Self, WireError> {
        let mut whereabouts = Self::default();
        whereabouts.extend(state)?;
        Ok(whereabouts)
    }

    /// The Yjs client that made an entry, while that is there.
    pub fn maker(&self, root: Root, entry: &Arc<str>) -> Option<u64> {
        let made = self.entries.get(&(root, entry.clone()));
        made.map(|it| it.client)
    }

    /// Takes in an update that was applied.
    ///
    /// # Errors
    ///
    /// [`WireError`] when it is no update; nothing has changed then.
    pub fn extend(&mut self, update: &[u8]) -> Result<(), WireError> {
        let scan = wire::elements(update)?;
        let spots = self.resolve(update, &scan);
        let fresh = self.deleted.outside(&scan.outline.deletes);
        for run in &fresh {
            self.forget_entries(*run);
        }
        self.deleted.add(&fresh);
        for (&client, &(from, to)) in &scan.spans {
            let known = self.end_of(client);
            for (block, spot) in scan.blocks[from..to].iter().zip(&spots[from..to]) {
                if block.end <= known {
                    continue;
                }
                let start = block.start.max(known);
                if let Some(spot) = spot {
                    *self.lengths.entry(spot.clone()).or_default() += 1;
                }
                self.add(client, start, block.end, spot.clone());
            }
        }
        Ok(())
    }

    /// What an update would do that is not done yet.
    ///
    /// # Errors
    ///
    /// [`WireError`] when it is no update.
    pub fn touches(&self, update: &[u8]) -> Result<Vec<Touch>, WireError> {
        let scan = wire::elements(update)?;
        let spots = self.resolve(update, &scan);
        let mut touches = Vec::new();
        for (&client, &(from, to)) in &scan.spans {
            let known = self.end_of(client);
            for (block, spot) in scan.blocks[from..to].iter().zip(&spots[from..to]) {
                let Some(spot) = spot.clone().filter(|_| known < block.end) else {
                    continue;
                };
                // Who hangs something between two places touches both.
                let other = block.also.and_then(|it| self.spot_in(&scan, &spots, it));
                let other = other.filter(|it| *it != spot);
                let at_place = block.values.filter(|_| spot.part == Part::Place);
                let place = at_place.and_then(|at| place_at(update, at));
                let touch = |spot, place| Touch {
                    spot,
                    deletes: false,
                    place,
                };
                touches.extend(other.map(|it| touch(it, None)));
                touches.push(touch(spot, place));
            }
        }
        for run in self.deleted.outside(&scan.outline.deletes) {
            for span in self.spans_in(run) {
                touches.extend(span.spot.clone().map(|spot| Touch {
                    spot,
                    deletes: true,
                    place: None,
                }));
            }
        }
        Ok(touches)
    }

    /// How many pairs of elements the CRDT library compares at most, to find where those of an update
    /// go: each with all others in its place, where no two clients know of each other. And how many
    /// there are of which it is not known here where they hang, or that set what is set: with those a
    /// document that is not looked at may hold more to compare.
    ///
    /// # Errors
    ///
    /// [`WireError`] when it is no update.
    pub fn comparisons(&self, update: &[u8]) -> Result<(u64, usize), WireError> {
        let scan = wire::elements(update)?;
        let spots = self.resolve(update, &scan);
        let mut lengths: HashMap<&Spot, u64> = HashMap::new();
        let (mut n_pairs, mut n_unknown) = (0u64, 0);
        for (&client, &(from, to)) in &scan.spans {
            let known = self.end_of(client);
            for (block, spot) in scan.blocks[from..to].iter().zip(&spots[from..to]) {
                if block.end <= known {
                    continue;
                }
                let Some(spot) = spot else {
                    // What was collected hangs nowhere, and is compared with nothing.
                    n_unknown += usize::from(!matches!(block.parent, Parent::Nowhere));
                    continue;
                };
                let before = || self.lengths.get(spot).copied().unwrap_or(0);
                let length = lengths.entry(spot).or_insert_with(before);
                let is_again = 0 < *length && spot.part == Part::Whole;
                n_unknown += usize::from(is_again);
                n_pairs += *length;
                *length += 1;
            }
        }
        Ok((n_pairs, n_unknown))
    }

    /// Where each block of an update hangs. Follows each once, so that the time is linear.
    fn resolve(&self, update: &[u8], scan: &Scan) -> Vec<Option<Spot>> {
        let mut spots: Vec<Option<Option<Spot>>> = vec![None; scan.blocks.len()];
        let mut way = Vec::new();
        for first in 0..scan.blocks.len() {
            let mut at = Some(first);
            let mut base = None;
            while let Some(here) = at {
                if let Some(known) = &spots[here] {
                    base.clone_from(known);
                    break;
                }
                // Blocks that hang in one another hang nowhere.
                if way.len() > scan.blocks.len() {
                    break;
                }
                way.push(here);
                at = match scan.blocks[here].parent {
                    Parent::Nowhere | Parent::Root(_) => None,
                    Parent::Type(id) | Parent::Beside(id) => {
                        let inside = scan.find(id);
                        if inside.is_none() {
                            base = self.spot_of(id).cloned();
                        }
                        inside
                    }
                };
            }
            while let Some(here) = way.pop() {
                let block = &scan.blocks[here];
                let key = block.key.and_then(|(from, to)| update.get(from..to));
                let key = key.and_then(|it| std::str::from_utf8(it).ok());
                base = match block.parent {
                    Parent::Nowhere => None,
                    Parent::Root(root) => entry_of(&scan.outline.roots[root], key),
                    Parent::Type(_) => base.as_ref().map(|it| it.below(key)),
                    Parent::Beside(_) if base.is_none() => {
                        block.also.and_then(|it| self.spot_of(it).cloned())
                    }
                    Parent::Beside(_) => base,
                };
                spots[here] = Some(base.clone());
            }
        }
        spots.into_iter().map(Option::flatten).collect()
    }

    fn spot_in(&self, scan: &Scan, spots: &[Option<Spot>], id: Id) -> Option<Spot> {
        match scan.find(id) {
            Some(block) => spots[block].clone(),
            None => self.spot_of(id).cloned(),
        }
    }

    fn spot_of(&self, id: Id) -> Option<&Spot> {
        let spans = self.spans.get(&id.client)?;
        let at = spans.partition_point(|it| it.end <= id.clock);
        spans.get(at)?.spot.as_ref()
    }

    fn spans_in(&self, run: Run) -> impl Iterator<Item = &Span> {
        let spans = self.spans.get(&run.client).map_or(&[][..], |it| &it[..]);
        let from = spans.partition_point(|it| it.end <= run.start);
        spans[from..]
            .iter()
            .take_while(move |it| it.start < run.end)
    }

    fn end_of(&self, client: u64) -> u32 {
        let last = self.spans.get(&client).and_then(|it| it.last());
        last.map_or(0, |it| it.end)
    }

    fn add(&mut self, client: u64, start: u32, end: u32, spot: Option<Spot>) {
        if let Some(spot) = spot.as_ref().filter(|it| it.part == Part::Whole) {
            let id = Id {
                client,
                clock: start,
            };
            if !self.deleted.contains(id) {
                self.entries.insert((spot.root, spot.entry.clone()), id);
            }
        }
        let spans = self.spans.entry(client).or_default();
        match spans.last_mut() {
            Some(last) if last.spot == spot && last.end == start => last.end = end,
            _ => spans.push(Span { start, end, spot }),
        }
    }

    fn forget_entries(&mut self, run: Run) {
        let is_gone = |id: &Id| id.client == run.client && (run.start..run.end).contains(&id.clock);
        let wholes: Vec<Spot> = self
            .spans_in(run)
            .filter_map(|it| it.spot.clone())
            .filter(|it| it.part == Part::Whole)
            .collect();
        for Spot { root, entry, .. } in wholes {
            let key = (root, entry);
            if self.entries.get(&key).is_some_and(is_gone) {
                self.entries.remove(&key);
            }
        }
    }
}

impl Spot {
    /// What hangs in what hangs here, under this key if it has one.
    fn below(&self, key: Option<&str>) -> Self {
        let part = match (self.part, key) {
            (Part::Whole, Some(key)) => match key {
                schema::PLACE => Part::Place,
                schema::LINKS => Part::Links,
                schema::MADE => Part::Made,
                schema::DELETED => Part::Deleted,
                schema::TEXT => Part::Text,
                schema::NOTE => Part::Note,
                schema::KIND => Part::Kind,
                schema::COLOUR => Part::Colour,
                _ => Part::Other,
            },
            (Part::Links | Part::Link, _) => Part::Link,
            (Part::Whole, None) => Part::Other,
            (part, _) => part,
        };
        Self {
            part,
            ..self.clone()
        }
    }
}

fn entry_of(root: &str, key: Option<&str>) -> Option<Spot> {
    let root = match root {
        schema::META => Root::Meta,
        schema::NODES => Root::Nodes,
        schema::RELATIONS => Root::Relations,
        schema::COMMENTS => Root::Comments,
        _ => return None,
    };
    Some(Spot {
        root,
        entry: Arc::from(key?),
        part: Part::Whole,
    })
}

/// The place that stands behind the number of values at `at`.
fn place_at(update: &[u8], at: usize) -> Option<Place> {
    let mut reader = super::lib0::Reader::new(update.get(at..)?);
    let n_values = reader.uint().ok()?;
    let values = &update[update.len() - reader.left()..];
    let mut cursor = Cursor::new(values);
    // The last one counts.
    let mut last = None;
    for _ in 0..n_values {
        last = Any::decode(&mut cursor).ok();
    }
    last.and_then(|it| Place::read_leniently(&it))
}
