//! A record, and one that is to be made.

use super::change::Change;
use super::field::{FieldName, Fields};
use super::kind::RecordKind;
use super::state::{self, MERGED, StateName};
use super::value::Value;
use super::{scale, shape};
use crate::base::id::RecordId;
use crate::base::invalid::Invalid;
use crate::base::time::Timestamp;
use crate::base::tlp::Tlp;

/// A record as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is.
    pub kind: RecordKind,
    /// Its id.
    pub id: RecordId,
    /// The number that people see, behind its kind's prefix; it never changes.
    pub number: i64,
    /// Counts its changes.
    pub version: i64,
    /// Where it is in its life.
    pub state: StateName,
    /// How far it may travel.
    pub tlp: Tlp,
    /// What it says.
    pub fields: Fields,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom, as the audit writes it.
    pub created_by: String,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
    /// Which record it became, where it was merged.
    pub merged_into: Option<RecordId>,
}

impl Record {
    /// What people call it; empty for fits, which are called by what they join.
    pub fn title(&self) -> &str {
        shape::title(self.kind).map_or("", |it| self.text(it))
    }

    /// The text in a field; empty where there is none.
    pub fn text(&self, field: &str) -> &str {
        text(&self.fields, field)
    }

    /// The number in a field.
    pub fn whole(&self, field: &str) -> Option<i64> {
        self.fields.get(field).and_then(Value::as_number)
    }

    /// The items in a field.
    pub fn list(&self, field: &str) -> &[String] {
        self.fields.get(field).map_or(&[], Value::as_list)
    }

    /// The record's content after a change: state, label and fields. Nothing else of it moves.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on what cannot be so: a step that is not there, a field that is fixed, or values
    /// that do not go together.
    pub fn with(&self, change: &Change) -> Result<Self, Invalid> {
        if self.state == MERGED {
            return Err(Invalid::new(
                "state",
                "is merged: change the record it became",
            ));
        }
        let mut after = self.clone();
        if let Some(to) = change.state {
            after.state = state::step(shape::states(self.kind), self.state, to)?;
        }
        after.tlp = change.tlp.unwrap_or(self.tlp);
        change.write(&mut after.fields);
        for field in shape::fields(self.kind).iter().filter(|it| it.is_fixed) {
            if after.fields.get(field.name) != self.fields.get(field.name) {
                return Err(field.refused("cannot change"));
            }
        }
        check(self.kind, after.state, &after.fields)?;
        Ok(after)
    }
}

/// A record as it is to be made: checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecord {
    pub(crate) kind: RecordKind,
    pub(crate) state: StateName,
    pub(crate) tlp: Tlp,
    pub(crate) fields: Fields,
}

impl NewRecord {
    /// A record that says what the change says: in its kind's first state, and CLEAR, unless that
    /// is said.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on what is missing or does not go together.
    pub fn new(change: &Change) -> Result<Self, Invalid> {
        let state = change.state.unwrap_or(shape::states(change.kind)[0].name);
        if state == MERGED {
            return Err(Invalid::new("state", "comes from merging a record only"));
        }
        let mut fields = Fields::new();
        change.write(&mut fields);
        check(change.kind, state, &fields)?;
        Ok(Self {
            kind: change.kind,
            state,
            tlp: change.tlp.unwrap_or(Tlp::Clear),
            fields,
        })
    }

    /// What it will be.
    pub fn kind(&self) -> RecordKind {
        self.kind
    }

    /// What it will say.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }
}

/// The text in a field; empty where there is none.
pub fn text<'a>(fields: &'a Fields, field: &str) -> &'a str {
    fields
        .get(field)
        .and_then(Value::as_text)
        .unwrap_or_default()
}

/// Pairs of which the first may not be more than the second.
const ORDERED: &[(FieldName, FieldName)] = &[
    ("trl_low", "trl_high"),
    ("trl_target_low", "trl_target_high"),
];

/// What no single field can say of itself.
fn check(kind: RecordKind, state: StateName, fields: &Fields) -> Result<(), Invalid> {
    for field in shape::fields(kind).iter().filter(|it| it.is_required) {
        if !fields.contains_key(field.name) {
            return Err(field.refused("must not be empty"));
        }
    }
    let whole = |name: &str| fields.get(name).and_then(Value::as_number);
    for (low, high) in ORDERED {
        if let (Some(least), Some(most)) = (whole(low), whole(high))
            && most < least
        {
            return Err(Invalid::new(high, format!("must not be below {low}")));
        }
    }
    let (start, end) = (text(fields, "start"), text(fields, "end"));
    // A year is compared with a day by the year alone.
    let known = start.len().min(end.len());
    if end[..known] < start[..known] {
        return Err(Invalid::new("end", "must not be before start"));
    }
    if kind == RecordKind::Fit && state == "rejected" && text(fields, "reason").is_empty() {
        return Err(Invalid::new("reason", "must say why it is rejected"));
    }
    if let Some(strange) = fields.get("field") {
        check_supported(text(fields, "target"), strange)?;
    }
    Ok(())
}

/// Evidence on one field names a field that its target has.
fn check_supported(target: &str, field: &Value) -> Result<(), Invalid> {
    let kind = target.split_once(':').map(|(kind, _)| kind);
    let kind = kind.map(RecordKind::try_from).transpose().ok().flatten();
    let named = field.as_text().unwrap_or_default();
    match kind {
        Some(kind) if shape::find(kind, named).is_none() => Err(Invalid::new(
            "field",
            format!("must be a field of a {kind}"),
        )),
        _ => Ok(()),
    }
}

/// A solution's technology readiness level now: what it has at least, and if that is not known,
/// what it has at most. None where what is stated is only a target.
pub fn trl_now(low: Option<i64>, high: Option<i64>, basis: &str) -> Option<i64> {
    let is_target = scale::TRL_BASIS.get(1).is_some_and(|it| *it == basis);
    low.or(high).filter(|_| !is_target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(kind: RecordKind, cells: &[(&str, &str)]) -> Result<NewRecord, Invalid> {
        NewRecord::new(&Change::of_cells(kind, cells.iter().copied())?)
    }

    fn stands(new: NewRecord) -> Record {
        Record {
            kind: new.kind,
            id: RecordId::new(),
            number: 1,
            version: 1,
            state: new.state,
            tlp: new.tlp,
            fields: new.fields,
            created_at: Timestamp(0),
            created_by: "command".to_owned(),
            changed_at: Timestamp(0),
            changed_by: "command".to_owned(),
            merged_into: None,
        }
    }

    #[test]
    fn a_record_begins_in_its_first_state_and_clear() {
        let gap = made(RecordKind::Gap, &[("title", "Reach young people")]).unwrap();

        assert_eq!((gap.state, gap.tlp), ("draft", Tlp::Clear));
    }

    #[test]
    fn what_is_missing_or_upside_down_is_refused_by_name() {
        let field = |kind, cells: &[(&str, &str)]| made(kind, cells).unwrap_err().field;
        let solution = RecordKind::Solution;
        let named = [("name", "SHUTTLE"), ("kind", "platform")];

        assert_eq!(field(RecordKind::Gap, &[]), "title");
        assert_eq!(field(solution, &named[..1]), "kind");
        for (cells, refused) in [
            ([("trl_low", "8"), ("trl_high", "7")], "trl_high"),
            ([("start", "2022-05"), ("end", "2021")], "end"),
            ([("start", "2022"), ("trl_low", "10")], "trl_low"),
            ([("start", "2022"), ("colour", "red")], "fields"),
        ] {
            assert_eq!(field(solution, &[&named[..], &cells].concat()), refused);
        }
        assert!(
            made(
                solution,
                &[&named[..], &[("start", "2022-05"), ("end", "2022")]].concat()
            )
            .is_ok()
        );
    }

    #[test]
    fn a_fit_is_rejected_with_a_reason_only() {
        let id = RecordId::new().to_string();
        let cells = [
            ("gap", id.as_str()),
            ("solution", &id),
            ("degree", "good"),
            ("rationale", "It does what is missing."),
        ];
        let fit = stands(made(RecordKind::Fit, &cells).unwrap());
        let step = |cells: &[(&str, &str)]| {
            let change = Change::of_cells(RecordKind::Fit, cells.iter().copied()).unwrap();
            fit.with(&change).map(|it| it.state)
        };

        assert_eq!(step(&[("state", "rejected")]).unwrap_err().field, "reason");
        assert_eq!(
            step(&[("state", "rejected"), ("reason", "too slow")]),
            Ok("rejected")
        );
        let other = RecordId::new().to_string();
        assert_eq!(step(&[("gap", &other)]).unwrap_err().field, "gap");
        assert_eq!(step(&[("gap", &id)]), Ok("proposed"));
        assert_eq!(step(&[("state", "superseded")]).unwrap_err().field, "state");
    }

    #[test]
    fn a_merged_record_stays_as_it_is() {
        let gap = stands(made(RecordKind::Gap, &[("title", "x")]).unwrap());
        let merged = Record {
            state: MERGED,
            ..gap.clone()
        };
        let change = Change::of_cells(RecordKind::Gap, [("title", "y")]).unwrap();
        let to_merged = Change::of_cells(RecordKind::Gap, [("state", "merged")]).unwrap();

        assert!(merged.with(&change).is_err());
        assert!(gap.with(&to_merged).is_err());
        assert!(NewRecord::new(&to_merged).is_err());
    }

    #[test]
    fn evidence_on_a_field_names_one_that_is_there() {
        let target = format!("gap:{}", RecordId::new());
        let on = |field| {
            let cells = [
                ("target", target.as_str()),
                ("title", "Page"),
                ("field", field),
            ];
            made(RecordKind::Evidence, &cells)
        };

        assert!(on("impact").is_ok());
        assert_eq!(on("trl_low").unwrap_err().field, "field");
    }
}
