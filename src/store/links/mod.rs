//! What maps say of the catalogue: nodes and links in tables, and what is read from them.

mod board;
mod judgement;
mod mentions;
mod origin;
mod path;
mod reading;
mod rows;
mod said;

pub use board::{BoardFilter, BoardLink, BoardNode, LinkFilter};
pub use judgement::{Judged, LinkState};
pub(super) use mentions::ONE_OF_SAME;
pub use mentions::{Mention, Named, NamedIn};
pub use origin::Origin;
pub(super) use origin::remember;
pub use reading::Reading;
pub(super) use reading::follow_merge;
pub(super) use reading::forget;
pub use rows::{MentionRow, NodeRow};
pub use said::Said;
