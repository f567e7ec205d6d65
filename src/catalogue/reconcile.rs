//! What happens when an import says something about a record that is there already: field by
//! field, and never silently over a value that somebody checked later.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Change;
use super::difference::Clash;
use super::field::Fields;
use super::field::{Field, FieldName, MAX_ITEMS, Takes};
use super::kind::RecordKind;
use super::record::text;
use super::scale::{TRL_BASIS, rank};
use super::shape;
use super::value::Value;

/// The fields that say how ripe a solution is: they are taken together or not at all, so that no
/// level stands on another level's basis.
pub const MATURITY: &[FieldName] = &[
    "trl_low",
    "trl_high",
    "trl_target_low",
    "trl_target_high",
    "trl_basis",
    "trl_date",
];

/// What an import does to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What changes without asking.
    pub change: Change,
    /// What a person decides: `yours` is the import's value, `theirs` the record's.
    pub conflicts: Vec<Clash>,
    /// The fields whose value in the record is newer and stays.
    pub kept: Vec<FieldName>,
}

impl Outcome {
    /// Whether the record holds all that the import says.
    pub fn is_same(&self) -> bool {
        self.change.fields.is_empty() && self.conflicts.is_empty() && self.kept.is_empty()
    }
}

/// Which of two values stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wins {
    Current,
    Incoming,
    Nobody,
}

/// Compares what an import says with the record as it stands. An empty field of the record is
/// filled, an empty one of the import says nothing, equal ones are nothing. Tags, groups and
/// external ids are added to. Of the rest the value with the newer day in `last_checked`
/// (`date_checked` in evidence) wins; with the same day, or none on both sides, a person decides.
/// For the fields of maturity the better basis wins first.
pub fn reconcile(kind: RecordKind, current: &Fields, incoming: &Fields) -> Outcome {
    let mut outcome = Outcome {
        change: Change::new(kind),
        conflicts: Vec::new(),
        kept: Vec::new(),
    };
    let newer = newer(kind, current, incoming);
    let fields = shape::fields(kind).iter();
    for field in fields.filter(|it| !MATURITY.contains(&it.name) && !it.is_fixed) {
        let Some(theirs) = incoming.get(field.name) else {
            continue;
        };
        match current.get(field.name) {
            Some(ours) if ours == theirs => {}
            Some(ours) if adds_up(field) => outcome.add(field.name, ours, theirs),
            Some(ours) if is_day_of_check(field.name) => {
                if ours < theirs {
                    outcome.take(field.name, theirs);
                }
            }
            Some(ours) => outcome.settle(newer, field.name, Some(ours), Some(theirs)),
            None => outcome.take(field.name, theirs),
        }
    }
    outcome.reconcile_maturity(current, incoming, newer);
    outcome
}

impl Outcome {
    fn take(&mut self, field: FieldName, value: &Value) {
        self.change.fields.insert(field, Some(value.clone()));
    }

    fn add(&mut self, field: FieldName, ours: &Value, theirs: &Value) {
        let mut all: Vec<String> = ours.as_list().to_vec();
        let known: BTreeSet<&String> = ours.as_list().iter().collect();
        all.extend(
            theirs
                .as_list()
                .iter()
                .filter(|it| !known.contains(it))
                .cloned(),
        );
        all.truncate(MAX_ITEMS);
        if all.len() != ours.as_list().len() {
            self.take(field, &Value::List(all));
        }
    }

    fn settle(
        &mut self,
        wins: Wins,
        field: FieldName,
        ours: Option<&Value>,
        theirs: Option<&Value>,
    ) {
        match wins {
            Wins::Incoming => {
                self.change.fields.insert(field, theirs.cloned());
            }
            Wins::Current => self.kept.push(field),
            Wins::Nobody => self.conflicts.push(Clash {
                field,
                yours: theirs.cloned(),
                theirs: ours.cloned(),
            }),
        }
    }

    /// Maturity as a whole: nothing is mixed from both sides.
    fn reconcile_maturity(&mut self, current: &Fields, incoming: &Fields, newer: Wins) {
        let part = |fields: &Fields| -> BTreeMap<FieldName, Value> {
            let names = MATURITY.iter();
            names
                .filter_map(|it| fields.get(it).map(|value| (*it, value.clone())))
                .collect()
        };
        let (ours, theirs) = (part(current), part(incoming));
        let says_nothing = |part: &BTreeMap<FieldName, Value>| {
            part.iter()
                .all(|(name, value)| *name == "trl_basis" && value.as_text() == Some(TRL_BASIS[0]))
        };
        if ours == theirs || says_nothing(&theirs) {
            return;
        }
        let basis = |fields| rank(TRL_BASIS, text(fields, "trl_basis")).unwrap_or(0);
        let dates = (text(current, "trl_date"), text(incoming, "trl_date"));
        let wins = if says_nothing(&ours) || basis(current) < basis(incoming) {
            Wins::Incoming
        } else if basis(incoming) < basis(current) {
            Wins::Current
        } else if dates.0 != dates.1 && !dates.0.is_empty() && !dates.1.is_empty() {
            later(dates.0, dates.1)
        } else {
            newer
        };
        for name in MATURITY {
            let (ours, theirs) = (ours.get(name), theirs.get(name));
            if ours != theirs {
                self.settle(wins, name, ours, theirs);
            }
        }
    }
}

/// Lists that grow by what an import knows.
fn adds_up(field: &Field) -> bool {
    matches!(
        field.takes,
        Takes::Tags | Takes::Groups | Takes::ExternalIds
    )
}

fn is_day_of_check(name: &str) -> bool {
    matches!(name, "last_checked" | "date_checked")
}

fn newer(kind: RecordKind, current: &Fields, incoming: &Fields) -> Wins {
    let name = match kind {
        RecordKind::Evidence => "date_checked",
        _ => "last_checked",
    };
    later(text(current, name), text(incoming, name))
}

fn later(current: &str, incoming: &str) -> Wins {
    match current.cmp(incoming) {
        std::cmp::Ordering::Less => Wins::Incoming,
        std::cmp::Ordering::Greater => Wins::Current,
        std::cmp::Ordering::Equal => Wins::Nobody,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fields(cells: &[(&str, &str)]) -> Fields {
        let change = Change::of_cells(RecordKind::Solution, cells.iter().copied()).unwrap();
        let mut fields = Fields::new();
        change.write(&mut fields);
        fields
    }

    fn reconciled(current: &[(&str, &str)], incoming: &[(&str, &str)]) -> Outcome {
        reconcile(RecordKind::Solution, &fields(current), &fields(incoming))
    }

    fn names(outcome: &Outcome) -> (Vec<FieldName>, Vec<FieldName>, Vec<FieldName>) {
        let conflicts = outcome.conflicts.iter().map(|it| it.field).collect();
        let changed = outcome.change.fields.keys().copied().collect();
        (changed, conflicts, outcome.kept.clone())
    }

    #[test]
    fn the_empty_is_filled_the_newer_wins_and_the_same_day_is_a_conflict() {
        let current = [("name", "A"), ("last_checked", "2026-05-01")];
        let on = |day| [("name", "B"), ("summary", "s"), ("last_checked", day)];

        let newer = names(&reconciled(&current, &on("2026-06-01")));
        let older = names(&reconciled(&current, &on("2026-04-01")));
        let same = names(&reconciled(&current, &on("2026-05-01")));

        assert_eq!(
            newer,
            (vec!["last_checked", "name", "summary"], vec![], vec![])
        );
        assert_eq!(older, (vec!["summary"], vec![], vec!["name"]));
        assert_eq!(same, (vec!["summary"], vec!["name"], vec![]));
        assert!(reconciled(&current, &current[..1]).is_same());
    }

    #[test]
    fn levels_go_together_and_the_better_basis_wins_whatever_the_day() {
        let tested = [
            ("trl_low", "7"),
            ("trl_basis", "tested"),
            ("last_checked", "2026-01-01"),
        ];
        let stated = [
            ("trl_low", "9"),
            ("trl_high", "9"),
            ("trl_basis", "self_declared"),
            ("last_checked", "2026-06-01"),
        ];

        let kept = reconciled(&tested, &stated);
        let taken = reconciled(&stated, &tested);

        assert_eq!(names(&kept).2, ["trl_low", "trl_high", "trl_basis"]);
        assert_eq!(names(&taken).0, ["trl_basis", "trl_high", "trl_low"]);
        assert_eq!(taken.change.fields["trl_high"], None);
        assert!(reconciled(&tested, &[("trl_basis", "not_stated")]).is_same());
    }

    #[test]
    fn tags_are_added_and_never_taken_away() {
        let outcome = reconciled(&[("tags", "ai|video")], &[("tags", "video|traces")]);

        let tags = outcome.change.fields["tags"].clone().unwrap();
        assert_eq!(tags.as_list(), ["ai", "video", "traces"]);
    }

    fn cells() -> impl Strategy<Value = Fields> {
        let cell = |name: &'static str, texts: &'static [&'static str]| {
            proptest::option::of(proptest::sample::select(texts))
                .prop_map(move |it| it.map(|text| (name, text)))
        };
        let cells = (
            cell("name", &["A", "B"]),
            cell("summary", &["s", "t"]),
            cell("tags", &["ai", "ai|video", "traces"]),
            cell("trl_low", &["6", "7"]),
            cell("trl_basis", TRL_BASIS),
            cell("trl_date", &["2026-01-01", "2026-02-01"]),
            cell("last_checked", &["2026-01-01", "2026-02-01"]),
        );
        cells.prop_map(|(a, b, c, d, e, f, g)| {
            let cells: Vec<_> = [a, b, c, d, e, f, g].into_iter().flatten().collect();
            fields(&cells)
        })
    }

    proptest! {
        #[test]
        fn what_was_reconciled_is_reconciled(current in cells(), incoming in cells()) {
            let first = reconcile(RecordKind::Solution, &current, &incoming);
            let mut after = current.clone();
            first.change.write(&mut after);

            let second = reconcile(RecordKind::Solution, &after, &incoming);

            prop_assert!(second.change.fields.is_empty(), "{:?}", second.change.fields);
        }

        #[test]
        fn no_value_is_lost_but_to_another_and_maturity_is_one_sides(
            current in cells(), incoming in cells(),
        ) {
            let outcome = reconcile(RecordKind::Solution, &current, &incoming);
            let mut after = current.clone();
            outcome.change.write(&mut after);

            for name in current.keys().filter(|it| !MATURITY.contains(it)) {
                prop_assert!(after.contains_key(name), "{name}");
            }
            let part = |fields: &Fields| -> Vec<Option<Value>> {
                MATURITY.iter().map(|it| fields.get(it).cloned()).collect()
            };
            prop_assert!(part(&after) == part(&current) || part(&after) == part(&incoming));
        }

        #[test]
        fn an_import_of_the_record_itself_is_nothing(current in cells()) {
            prop_assert!(reconcile(RecordKind::Solution, &current, &current).is_same());
        }
    }
}
