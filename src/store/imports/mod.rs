//! Imports: their files, their course, what they did.

mod course;
mod mappings;
mod notes;
mod preview;
mod state;
mod upload;

pub use course::{Import, Tally};
pub use mappings::SavedMapping;
pub use notes::{ImportNote, NoteKind};
pub use preview::{Decision, PreviewRow};
pub use state::ImportState;

pub(super) use course::tally;
pub(super) use notes::write as write_notes;
pub(super) use preview::{Decided, decided, keep as keep_rows};
