//! What was made of a room's document as it stands, kept until it changes.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;

use crate::mindmap::tree::Tree;

/// Diffs kept for clients that come back from the same place at the same time.
const DIFFS: usize = 16;
/// Bytes of them.
const DIFF_BYTES: usize = 16 * 1024 * 1024;

/// What was made of the document as it stands, for whoever asks for the same.
#[derive(Default)]
pub(super) struct Views {
    /// Messages with what is lacked from these state vectors on.
    pub(super) diffs: HashMap<Bytes, Bytes>,
    /// A vote asks for it, and a hundred people vote at once.
    pub(super) tree: Option<Arc<Tree>>,
}

impl Views {
    /// Keeps a message, while there are few.
    pub(super) fn keep(&mut self, key: Bytes, diff: &Bytes) {
        let bytes: usize = self.diffs.values().map(Bytes::len).sum();
        if self.diffs.len() < DIFFS && bytes + diff.len() <= DIFF_BYTES {
            self.diffs.insert(key, diff.clone());
        }
    }
}
