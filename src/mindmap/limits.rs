//! How large a map and its parts may be.

/// The limits that the server holds every map to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of any single plain value, as it is encoded in an update.
    pub value_bytes: usize,
    /// Characters of a node's text, of a comment and of the title.
    pub text_chars: usize,
    /// Characters of a node's note.
    pub note_chars: usize,
    /// Nodes in a map, those in the trash included.
    pub nodes: usize,
    /// Bytes of a whole document, encoded. Small pieces count as more, for the memory they take.
    pub encoded_bytes: usize,
    /// Yjs client ids that one participant may have written a map's changes with.
    pub clients: usize,
    /// Bytes of one frame from a client. A pasted outline of some thousand nodes fits.
    pub frame_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            value_bytes: 8 * 1024,
            text_chars: 4_000,
            note_chars: 100_000,
            nodes: 50_000,
            encoded_bytes: 64 * 1024 * 1024,
            clients: 4096,
            frame_bytes: 2 * 1024 * 1024,
        }
    }
}
