//! What an import touches, for its undo.

use std::collections::BTreeMap;

use crate::base::id::RecordId;
use crate::catalogue::record::Record;

/// What a record was before an import and is after it; 0 before it is made.
pub(super) type Touched = BTreeMap<(&'static str, RecordId), (i64, i64)>;

/// Notes that a record was changed, where it was.
pub(super) fn touch(touched: &mut Touched, before: i64, after: &Record) {
    if before != after.version {
        touched.insert((after.kind.as_str(), after.id), (before, after.version));
    }
}
