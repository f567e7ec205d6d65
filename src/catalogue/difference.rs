//! What differs between two states of a record.

use std::collections::BTreeMap;

use super::change::Change;
use super::field::FieldName;
use super::kind::RecordKind;
use super::record::Record;
use super::shape;
use super::value::Value;

/// A field that changed: one of its kind's, or `state` or `tlp`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub field: FieldName,
    /// What it held.
    pub before: Option<Value>,
    /// What it holds.
    pub after: Option<Value>,
}

/// Two values of a field where somebody changed a record from an older version of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Which field.
    pub field: FieldName,
    /// What the refused change says, or what its maker had before them.
    pub yours: Option<Value>,
    /// What it holds now.
    pub theirs: Option<Value>,
}

/// A record that somebody else changed since the maker of a change read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleRecord {
    /// As it stands.
    pub current: Record,
    /// Where the change meets what others did.
    pub clashes: Vec<Clash>,
}

/// The value of a field, `state` and `tlp` among them.
pub fn value_of(record: &Record, field: &str) -> Option<Value> {
    match field {
        "state" => Some(Value::Text(record.state.to_owned())),
        "tlp" => Some(Value::Text(record.tlp.as_str().to_owned())),
        _ => record.fields.get(field).cloned(),
    }
}

/// What can differ, in the order in which it is told.
fn names(kind: RecordKind) -> impl Iterator<Item = FieldName> {
    let fields = shape::fields(kind).iter().map(|it| it.name);
    ["state", "tlp"].into_iter().chain(fields)
}

/// The fields of which two records of one kind say different things, in the order of the table.
pub fn between(before: &Record, after: &Record) -> Vec<Difference> {
    let mut differences = Vec::new();
    for field in names(before.kind) {
        let (before, after) = (value_of(before, field), value_of(after, field));
        if before != after {
            differences.push(Difference {
                field,
                before,
                after,
            });
        }
    }
    differences
}

/// Where a change that was made from an older version meets what others did since: `since` are
/// their changes, the oldest first, and `current` is the record as it stands. Fields that hold what
/// the change wants anyway are no clash.
pub fn clashes(change: &Change, since: &[Difference], current: &Record) -> Vec<Clash> {
    let mut then: BTreeMap<FieldName, &Option<Value>> = BTreeMap::new();
    for difference in since {
        then.entry(difference.field).or_insert(&difference.before);
    }
    let said = |field: FieldName| match field {
        "state" => change.state.map(|it| Some(Value::Text(it.to_owned()))),
        "tlp" => change
            .tlp
            .map(|it| Some(Value::Text(it.as_str().to_owned()))),
        _ => change.fields.get(field).cloned(),
    };
    let mut clashes = Vec::new();
    for field in names(current.kind) {
        let Some(before) = then.get(field) else {
            continue;
        };
        let yours = said(field).unwrap_or_else(|| (*before).clone());
        let theirs = value_of(current, field);
        if yours != theirs {
            clashes.push(Clash {
                field,
                yours,
                theirs,
            });
        }
    }
    clashes
}
