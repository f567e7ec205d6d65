//! What somebody says about a record: to make one, or to change one.

use std::collections::BTreeMap;

use super::field::{FieldName, Fields};
use super::kind::RecordKind;
use super::shape;
use super::state::{self, StateName};
use super::value::Value;
use crate::base::invalid::Invalid;
use crate::base::tlp::Tlp;

/// Checked values for some fields; what is not named stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Of what kind of record.
    pub kind: RecordKind,
    /// Where it goes in its life.
    pub state: Option<StateName>,
    /// How far it may travel.
    pub tlp: Option<Tlp>,
    /// The fields that change; `None` empties one.
    pub fields: BTreeMap<FieldName, Option<Value>>,
}

impl Change {
    /// One that changes nothing.
    pub fn new(kind: RecordKind) -> Self {
        Self {
            kind,
            state: None,
            tlp: None,
            fields: BTreeMap::new(),
        }
    }

    /// Reads cells of a table by the names of their columns, `state` and `tlp` among them. An empty
    /// cell empties its field; an empty state or label says nothing.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on the field that was refused, or on `fields` for a column that is none.
    pub fn of_cells<'a>(
        kind: RecordKind,
        cells: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Invalid> {
        let mut change = Self::new(kind);
        for (name, text) in cells {
            match name {
                "state" | "tlp" if text.trim().is_empty() => {}
                "state" => change.set_state(text)?,
                "tlp" => change.set_tlp(text)?,
                _ => {
                    let field = shape::field(kind, name)?;
                    change.fields.insert(field.name, field.read_text(text)?);
                }
            }
        }
        Ok(change)
    }

    /// Says where the record goes.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `state` when its kind has no such state.
    pub fn set_state(&mut self, name: &str) -> Result<(), Invalid> {
        self.state = Some(state::find(shape::states(self.kind), name)?.name);
        Ok(())
    }

    /// Says how far it may travel.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `tlp`.
    pub fn set_tlp(&mut self, label: &str) -> Result<(), Invalid> {
        self.tlp = Some(Tlp::try_from(label)?);
        Ok(())
    }

    /// Whether all it does is to judge: go to a state that is a judgement, with a reason.
    pub fn is_review(&self) -> bool {
        let judges = self.state.is_some_and(|name| {
            state::find(shape::states(self.kind), name).is_ok_and(|it| it.is_review)
        });
        judges && self.tlp.is_none() && self.fields.keys().all(|it| *it == "reason")
    }

    /// Puts the values in, and takes out what it empties.
    pub(super) fn write(&self, fields: &mut Fields) {
        for (name, value) in &self.fields {
            match value {
                Some(value) => fields.insert(name, value.clone()),
                None => fields.remove(name),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judgement_is_a_state_and_a_reason_and_nothing_else() {
        let change = |cells: &[(&str, &str)]| {
            Change::of_cells(RecordKind::Fit, cells.iter().copied()).unwrap()
        };

        assert!(change(&[("state", "rejected"), ("reason", "too slow")]).is_review());
        assert!(!change(&[("state", "rejected"), ("degree", "none")]).is_review());
        assert!(!change(&[("state", "proposed")]).is_review());
        assert!(!change(&[("reason", "because")]).is_review());
        assert!(!change(&[("state", "accepted"), ("tlp", "CLEAR")]).is_review());
    }
}
