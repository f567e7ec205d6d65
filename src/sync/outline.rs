//! What an update says, without its contents: the answer of [`super::wire::read`].

use super::lib0::Malformed;

/// Names one element of one client: what that client made at that clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id {
    /// The Yjs client id.
    pub client: u64,
    /// That client's logical clock.
    pub clock: u32,
}

/// The clocks that an update brings of one client: `start..end` without a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The Yjs client id.
    pub client: u64,
    /// The first clock.
    pub start: u32,
    /// One past the last clock.
    pub end: u32,
}

/// The two shared types that a map document is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A `Y.Map`: everything in it has a key.
    Map,
    /// A `Y.Text`: nothing in it has a key.
    Text,
}

/// Something whose parent is named by an id that this update does not bring itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Who the parent is.
    pub parent: Id,
    /// What the parent must be for this to fit in it.
    pub needs: Shape,
}

/// What an update says, without its contents.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// What it brings, one run a client.
    pub runs: Vec<Run>,
    /// What it deletes, one entry a range; none overlap.
    pub deletes: Vec<Run>,
    /// Whether ranges did overlap, or a client was named twice: readers make different things of
    /// that, and no client writes it.
    pub deletes_twice: bool,
    /// How many elements or runs of elements it brings.
    pub n_blocks: usize,
    /// Its bytes, or more where it is made of many small pieces: about a sixth of the memory that
    /// they take as a document.
    pub weight: usize,
    /// The greatest clock of each client that it refers to.
    pub reaches: Vec<Id>,
    /// What it puts into types that are there already.
    pub attached: Vec<Attached>,
    /// Names of the root types that it puts something into.
    pub roots: Vec<Box<str>>,
    /// Whether it puts a value or a type beside another, where the outline cannot tell whether that
    /// is an older value of a key (fine) or text (not).
    pub values_beside: bool,
}

/// How far an update goes: what a room must know of it before its document is built.
#[derive(Debug)]
pub(super) struct Extent {
    /// As [`Outline::runs`].
    pub(super) runs: Vec<Run>,
    /// As [`Outline::weight`].
    pub(super) weight: usize,
}

impl Outline {
    /// Whether the update brings nothing and deletes nothing.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.deletes.is_empty()
    }
}

/// Why an update is refused before anything is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Not an update, or cut off.
    #[error("malformed update: {0}")]
    Malformed(#[from] Malformed),
    /// A hole in the clocks of one client.
    #[error("the update leaves a hole in the clocks of its client")]
    Hole,
    /// Types or values nested deeper than any map needs.
    #[error("nested too deeply")]
    TooDeep,
    /// Something no map document holds.
    #[error("a map holds no {0}")]
    Foreign(&'static str),
    /// One value is larger than the limit.
    #[error("a value is larger than {0} bytes")]
    ValueTooLarge(usize),
}
