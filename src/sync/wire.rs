//! A reader of the v1 update form, which looks at an update before the CRDT library does.
//!
//! It answers what the library's own decoder does not: whose clocks the update extends and from
//! where, what it refers to, how deep it nests, and whether it holds only what a map document can
//! hold (texts, plain values, maps). It builds no document and takes memory in proportion to the
//! update. The form is the one that the npm package yjs 13 writes (`encodeStateAsUpdate`).

use std::collections::{HashMap, HashSet};

use super::lib0::{GREATEST, Malformed, Reader};
use super::outline::{Attached, Extent, Id, Outline, Run, Shape, WireError};
use super::{ranges, value};

/// Deepest nesting of shared types in one update. The schema needs two.
const MAX_DEPTH: u8 = 4;
/// Clocks stay below this, so that sums of clocks and lengths cannot overflow anywhere.
const MAX_CLOCK: u64 = 1 << 31;
/// What an element weighs at least, in bytes, and a plain value.
const BLOCK_WEIGHT: usize = 48;
const VALUE_WEIGHT: usize = 8;

/// Reads an update whole. `value_bytes` is the limit for one plain value, in bytes.
///
/// # Errors
///
/// [`WireError`] says what is wrong; nothing of the update may then be used.
pub fn read(update: &[u8], value_bytes: usize) -> Result<Outline, WireError> {
    Scan::of(update, value_bytes)?.finish()
}

/// Reads how far an update goes that was read whole when it was let in. What its elements hang in is
/// not looked up again, which is most of the work.
///
/// # Errors
///
/// [`WireError`] when it is no update.
pub(super) fn extent(update: &[u8]) -> Result<Extent, WireError> {
    let scan = Scan::of(update, usize::MAX)?;
    Ok(Extent {
        weight: scan.weight(),
        runs: scan.outline.runs,
    })
}

/// The same, element by element, for who has to know where each of them hangs.
pub(super) fn elements(update: &[u8]) -> Result<Scan, WireError> {
    Scan::of(update, usize::MAX)
}

/// Where an element hangs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Parent {
    /// Nowhere: it was collected, and nothing is left but its length.
    Nowhere,
    /// In a root type, by its place among the outline's.
    Root(usize),
    /// In the type with this id.
    Type(Id),
    /// Where its neighbour with this id hangs.
    Beside(Id),
}

/// One element or run of elements, without its content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) parent: Parent,
    /// The neighbour on the other side, where there are two.
    pub(super) also: Option<Id>,
    /// Where its key stands in the update, if it says one.
    pub(super) key: Option<(usize, usize)>,
    /// Where its content begins in the update, when that is plain values.
    pub(super) values: Option<usize>,
    /// Set when this is a shared type.
    shape: Option<Shape>,
    /// What the parent must be, where the block says so itself.
    needs: Option<Shape>,
}

impl Block {
    fn nowhere(start: u32, end: u32) -> Self {
        Self {
            start,
            end,
            parent: Parent::Nowhere,
            also: None,
            key: None,
            values: None,
            shape: None,
            needs: None,
        }
    }
}

/// An update that has been read through.
#[derive(Default)]
pub(super) struct Scan {
    value_bytes: usize,
    n_bytes: usize,
    n_values: usize,
    /// Whether it holds a number that browsers do not count with, if only in a value that it takes
    /// away again itself: of greater ones than they know, they would read nothing of the update.
    is_unsafe: bool,
    pub(super) outline: Outline,
    pub(super) blocks: Vec<Block>,
    /// For each client, where its blocks begin and end in `blocks`.
    pub(super) spans: HashMap<u64, (usize, usize)>,
    reaches: HashMap<u64, u32>,
}

impl Scan {
    fn of(update: &[u8], value_bytes: usize) -> Result<Self, WireError> {
        let mut scan = Self {
            value_bytes,
            n_bytes: update.len(),
            ..Self::default()
        };
        let mut reader = Reader::new(update);
        scan.clients(&mut reader)?;
        scan.deletes(&mut reader)?;
        if !reader.is_empty() {
            return Err(Malformed("bytes after the end").into());
        }
        Ok(scan)
    }

    fn clients(&mut self, reader: &mut Reader<'_>) -> Result<(), WireError> {
        let n_clients = reader.uint()?;
        for _ in 0..n_clients {
            let n_blocks = reader.uint()?;
            let client = client_id(reader.uint()?)?;
            let start = clock(reader.uint()?)?;
            let from = self.blocks.len();
            let mut end = start;
            for _ in 0..n_blocks {
                end = self.block(reader, end)?;
            }
            if end == start {
                return Err(Malformed("a client without blocks").into());
            }
            if self
                .spans
                .insert(client, (from, self.blocks.len()))
                .is_some()
            {
                return Err(Malformed("a client twice").into());
            }
            self.outline.runs.push(Run { client, start, end });
        }
        Ok(())
    }

    /// Reads the block that begins at clock `start`; its end.
    fn block(&mut self, reader: &mut Reader<'_>, start: u32) -> Result<u32, WireError> {
        let info = reader.byte()?;
        let kind = info & 0x1f;
        match (info, kind) {
            (10, _) => return Err(WireError::Hole),
            (0, _) => {
                // Garbage-collected: nothing is left but the length.
                let end = advance(start, reader.uint()?)?;
                self.blocks.push(Block::nowhere(start, end));
                return Ok(end);
            }
            (_, 0 | 10) => return Err(Malformed("a block of unknown kind").into()),
            _ => {}
        }
        let mut block = Block::nowhere(start, start);
        self.place(reader, info, &mut block)?;
        block.values = (kind == ANY).then(|| self.n_bytes - reader.left());
        let (length, shape) = self.content(reader, kind)?;
        block.end = advance(start, length)?;
        block.shape = shape;
        let is_value = !matches!(kind, DELETED | STRING);
        match block.needs {
            Some(Shape::Text) if is_value => return Err(WireError::Foreign("list")),
            None if is_value => self.outline.values_beside = true,
            _ => {}
        }
        self.blocks.push(block);
        Ok(block.end)
    }

    /// Reads where the block hangs, and its key; where neither is said, its neighbour tells.
    fn place(
        &mut self,
        reader: &mut Reader<'_>,
        info: u8,
        block: &mut Block,
    ) -> Result<(), WireError> {
        let left = (info & HAS_ORIGIN != 0)
            .then(|| self.id(reader))
            .transpose()?;
        let right = (info & HAS_RIGHT_ORIGIN != 0)
            .then(|| self.id(reader))
            .transpose()?;
        if let Some(neighbour) = left.or(right) {
            block.parent = Parent::Beside(neighbour);
            block.also = right.filter(|_| left.is_some());
            return Ok(());
        }
        block.parent = match reader.uint()? {
            1 => Parent::Root(self.root(reader.text()?)),
            0 => Parent::Type(self.id(reader)?),
            _ => return Err(Malformed("a parent of unknown kind").into()),
        };
        let keyed = info & HAS_KEY != 0;
        if keyed {
            let length = reader.text()?.len();
            let end = self.n_bytes - reader.left();
            block.key = Some((end - length, end));
        } else if matches!(block.parent, Parent::Root(_)) {
            return Err(WireError::Foreign("list or text at its root"));
        }
        block.needs = Some(if keyed { Shape::Map } else { Shape::Text });
        Ok(())
    }

    /// The place of a root among the outline's.
    fn root(&mut self, name: &str) -> usize {
        let roots = &mut self.outline.roots;
        let known = roots.iter().position(|it| **it == *name);
        known.unwrap_or_else(|| {
            roots.push(name.into());
            roots.len() - 1
        })
    }

    /// Skips a block's content: its length in clocks, and its shape when it is a shared type.
    fn content(
        &mut self,
        reader: &mut Reader<'_>,
        kind: u8,
    ) -> Result<(u64, Option<Shape>), WireError> {
        Ok(match kind {
            DELETED => (reader.uint()?, None),
            STRING => (reader.text()?.encode_utf16().count() as u64, None),
            TYPE => match reader.uint()? {
                1 => (1, Some(Shape::Map)),
                2 => (1, Some(Shape::Text)),
                0 => return Err(WireError::Foreign("array")),
                3..=6 => return Err(WireError::Foreign("XML")),
                _ => return Err(WireError::Foreign("type of this kind")),
            },
            ANY => {
                let n_values = reader.uint()?;
                for _ in 0..n_values {
                    let skipped = value::skip(reader, self.value_bytes)?;
                    self.n_values += skipped.n_values;
                    self.is_unsafe |= !skipped.is_safe;
                }
                (n_values, None)
            }
            2 => return Err(WireError::Foreign("JSON of the old kind")),
            3 => return Err(WireError::Foreign("binary value")),
            5 => return Err(WireError::Foreign("embedded object")),
            6 => return Err(WireError::Foreign("text format")),
            9 => return Err(WireError::Foreign("sub-document")),
            _ => return Err(Malformed("a block of unknown kind").into()),
        })
    }

    fn id(&mut self, reader: &mut Reader<'_>) -> Result<Id, WireError> {
        let id = Id {
            client: client_id(reader.uint()?)?,
            clock: clock(reader.uint()?)?,
        };
        let reach = self.reaches.entry(id.client).or_default();
        *reach = id.clock.max(*reach);
        Ok(id)
    }

    fn deletes(&mut self, reader: &mut Reader<'_>) -> Result<(), WireError> {
        let n_clients = reader.uint()?;
        let mut clients = HashSet::new();
        for _ in 0..n_clients {
            let client = client_id(reader.uint()?)?;
            self.outline.deletes_twice |= !clients.insert(client);
            let n_ranges = reader.uint()?;
            for _ in 0..n_ranges {
                let start = clock(reader.uint()?)?;
                let end = advance(start, reader.uint()?)?;
                self.outline.deletes.push(Run { client, start, end });
            }
        }
        self.outline.deletes_twice |= ranges::put_in_order(&mut self.outline.deletes);
        Ok(())
    }

    /// The block of this update that holds `id`.
    pub(super) fn find(&self, id: Id) -> Option<usize> {
        let &(from, to) = self.spans.get(&id.client)?;
        let blocks = &self.blocks[from..to];
        let after = blocks.partition_point(|it| it.start <= id.clock);
        let at = after.checked_sub(1)?;
        (id.clock < blocks[at].end).then_some(from + at)
    }

    fn weight(&self) -> usize {
        let pieces = BLOCK_WEIGHT * self.blocks.len() + VALUE_WEIGHT * self.n_values;
        self.n_bytes.max(pieces)
    }

    fn finish(mut self) -> Result<Outline, WireError> {
        if self.is_unsafe {
            return Err(Malformed("a number that browsers do not count with").into());
        }
        for block in &self.blocks {
            let (Parent::Type(parent), Some(needs)) = (block.parent, block.needs) else {
                continue;
            };
            match self.find(parent).map(|at| self.blocks[at].shape) {
                Some(Some(shape)) if shape == needs => {}
                // A type that was deleted and collected leaves what it held without a place.
                Some(None) => {}
                Some(_) if needs == Shape::Map => return Err(WireError::Foreign("key in a text")),
                Some(_) => return Err(WireError::Foreign("list")),
                None => self.outline.attached.push(Attached { parent, needs }),
            }
        }
        self.check_depth()?;
        self.outline.n_blocks = self.blocks.len();
        self.outline.weight = self.weight();
        self.outline.reaches = self
            .reaches
            .iter()
            .map(|(&client, &clock)| Id { client, clock })
            .collect();
        Ok(self.outline)
    }

    /// Follows every block to where it hangs, each once, so that the time is linear.
    fn check_depth(&self) -> Result<(), WireError> {
        const UNKNOWN: u8 = 0;
        let mut depths = vec![UNKNOWN; self.blocks.len()];
        let mut way = Vec::new();
        for first in 0..self.blocks.len() {
            let mut at = Some(first);
            let mut depth = 1;
            while let Some(here) = at {
                if depths[here] != UNKNOWN {
                    depth = depths[here];
                    break;
                }
                if way.len() > self.blocks.len() {
                    return Err(Malformed("blocks that hang in one another").into());
                }
                way.push(here);
                at = match self.blocks[here].parent {
                    Parent::Nowhere | Parent::Root(_) => None,
                    Parent::Type(id) | Parent::Beside(id) => self.find(id),
                };
            }
            // `depth` is that of the block the way ended at; unwind from there.
            let mut above: Option<usize> = at;
            while let Some(here) = way.pop() {
                let inside = matches!(self.blocks[here].parent, Parent::Type(_)) && above.is_some();
                depth += u8::from(inside);
                if depth > MAX_DEPTH {
                    return Err(WireError::TooDeep);
                }
                depths[here] = depth;
                above = Some(here);
            }
        }
        Ok(())
    }
}

const DELETED: u8 = 1;
const STRING: u8 = 4;
const TYPE: u8 = 7;
const ANY: u8 = 8;
const HAS_ORIGIN: u8 = 0x80;
const HAS_RIGHT_ORIGIN: u8 = 0x40;
const HAS_KEY: u8 = 0x20;

fn client_id(value: u64) -> Result<u64, Malformed> {
    if GREATEST < value {
        return Err(Malformed("a client id of more than 53 bits"));
    }
    Ok(value)
}

fn clock(value: u64) -> Result<u32, Malformed> {
    match u32::try_from(value) {
        Ok(clock) if value < MAX_CLOCK => Ok(clock),
        _ => Err(Malformed("a clock out of range")),
    }
}

fn advance(start: u32, length: u64) -> Result<u32, Malformed> {
    if length == 0 {
        return Err(Malformed("an empty block"));
    }
    clock(u64::from(start).saturating_add(length))
}
