//! The tables of all kinds in one place: which fields and states a kind of record has.

use super::field::{Field, FieldName};
use super::kind::RecordKind;
use super::state::State;
use super::{evidence, fit, gap, solution};
use crate::base::invalid::Invalid;

/// The fields of a kind, in the order in which people read them.
pub fn fields(kind: RecordKind) -> &'static [Field] {
    match kind {
        RecordKind::Gap => gap::FIELDS,
        RecordKind::Solution => solution::FIELDS,
        RecordKind::Fit => fit::FIELDS,
        RecordKind::Evidence => evidence::FIELDS,
    }
}

/// The states of a kind; records begin in the first.
pub fn states(kind: RecordKind) -> &'static [State] {
    match kind {
        RecordKind::Gap => gap::STATES,
        RecordKind::Solution => solution::STATES,
        RecordKind::Fit => fit::STATES,
        RecordKind::Evidence => evidence::STATES,
    }
}

/// The field of this name, where the kind has one.
pub fn find(kind: RecordKind, name: &str) -> Option<&'static Field> {
    fields(kind).iter().find(|it| it.name == name)
}

/// The field of this name.
///
/// # Errors
///
/// [`Invalid`] on `fields`, naming what the kind does not have.
pub fn field(kind: RecordKind, name: &str) -> Result<&'static Field, Invalid> {
    find(kind, name).ok_or_else(|| {
        let name: String = name.chars().take(60).collect();
        Invalid::new(
            "fields",
            format!("has {name:?}, which a {kind} does not have"),
        )
    })
}

/// The field that a kind's records are called by; fits are called by what they join.
pub fn title(kind: RecordKind) -> Option<FieldName> {
    match kind {
        RecordKind::Gap | RecordKind::Evidence => Some("title"),
        RecordKind::Solution => Some("name"),
        RecordKind::Fit => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::catalogue::state;

    #[test]
    fn no_table_names_anything_twice_and_every_step_leads_to_a_state() {
        for kind in RecordKind::ALL {
            let names: HashSet<_> = fields(kind).iter().map(|it| it.name).collect();
            assert_eq!(names.len(), fields(kind).len(), "{kind}");
            for state in states(kind) {
                for next in state.next {
                    assert!(state::find(states(kind), next).is_ok(), "{kind} {next}");
                    assert_ne!(*next, state::MERGED, "only a merge leads there");
                }
            }
        }
    }

    #[test]
    fn what_a_record_is_called_by_must_be_there() {
        for kind in RecordKind::ALL {
            if let Some(title) = title(kind) {
                assert!(find(kind, title).is_some_and(|it| it.is_required), "{kind}");
            }
        }
    }
}
