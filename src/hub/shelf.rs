//! Who wrote what in the maps that were asked for last.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use crate::base::id::MapId;
use crate::base::lock::lock;
use crate::sync::authors::Authors;

/// Maps whose authors are kept, so that who asks again costs what came since.
const MAPS: usize = 8;

/// What is known of one map's authors, by the epoch that it is of.
pub(super) type Known = Arc<tokio::sync::Mutex<Option<(u64, Authors)>>>;

/// The authors of the maps that were asked for last.
#[derive(Default)]
pub(super) struct Shelf(Mutex<VecDeque<(MapId, Known)>>);

impl Shelf {
    /// What is known of a map, to be held by one at a time.
    pub(super) fn of(&self, map: MapId) -> Known {
        let mut maps = lock(&self.0);
        let known = match maps.iter().position(|it| it.0 == map) {
            Some(at) => maps.remove(at).map(|it| it.1),
            None => None,
        };
        let known = known.unwrap_or_default();
        maps.push_front((map, known.clone()));
        maps.truncate(MAPS);
        known
    }
}
