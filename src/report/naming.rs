//! Where a report's own texts name somebody who took part. Nobody's name is put into a report; what
//! people write by hand may hold one, and only a person can say whether it stands for one.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::build::href;
use super::clear::clear;
use super::snapshot::{BadSnapshot, Snapshot};
use crate::catalogue::kind::RecordKind;

/// Shorter names are in too many words.
const SHORTEST: usize = 3;

/// A text of a report in which somebody is named who took part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportNaming)]
pub struct Naming {
    /// The record that says it, such as FIT-12; the report itself for what stands on its cover.
    pub number: String,
    /// Where that is in the web app.
    pub href: String,
    /// Its field.
    pub field: String,
}

/// The texts of a report that name one of these people: as words of their own, however they are
/// written. What the report leaves out for its level is not looked at.
///
/// # Errors
///
/// [`BadSnapshot`] when the snapshot does not hold what it should.
pub fn naming(snapshot: Snapshot, names: &[String]) -> Result<Vec<Naming>, BadSnapshot> {
    let names = names.iter().map(|it| it.trim().to_lowercase());
    let names: BTreeSet<String> = names.filter(|it| SHORTEST <= it.chars().count()).collect();
    let (snapshot, _) = clear(snapshot);
    let mut found = cover(&snapshot, &names);
    for (kind, items) in [
        (RecordKind::Gap, &snapshot.gaps),
        (RecordKind::Solution, &snapshot.solutions),
        (RecordKind::Fit, &snapshot.fits),
        (RecordKind::Evidence, &snapshot.evidence),
    ] {
        for item in items {
            let named = item.fields.iter().filter(|it| {
                let mut texts = texts(it.1);
                texts.any(|it| is_named(it, &names))
            });
            let fields: Vec<&String> = named.map(|it| it.0).collect();
            if fields.is_empty() {
                continue;
            }
            let record = item.record(kind)?;
            found.extend(fields.into_iter().map(|field| Naming {
                number: kind.number(item.number),
                href: href(&record),
                field: field.clone(),
            }));
        }
    }
    Ok(found)
}

fn cover(snapshot: &Snapshot, names: &BTreeSet<String>) -> Vec<Naming> {
    let (number, draft) = (&snapshot.number, &snapshot.draft);
    // Of texts only: there is no way for this to fail.
    let mut said = serde_json::to_value(&draft.cover).unwrap_or_default();
    said["title"] = draft.title.clone().into();
    let fields = said.as_object().into_iter().flatten();
    let named = fields.filter(|it| texts(it.1).any(|it| is_named(it, names)));
    let naming = named.map(|(field, _)| Naming {
        number: number.clone(),
        href: format!("/reports/{number}/edit"),
        field: field.clone(),
    });
    naming.collect()
}

/// The texts in a value, which is one or a list of them.
fn texts(value: &Json) -> impl Iterator<Item = &str> {
    let listed = value.as_array().into_iter().flatten();
    listed.chain([value]).filter_map(Json::as_str)
}

/// Whether one of the names stands in a text as words of its own.
fn is_named(text: &str, names: &BTreeSet<String>) -> bool {
    let text = text.to_lowercase();
    names.iter().any(|name| {
        text.match_indices(&**name).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + name.len()..]);
            let is_in_word = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
            !is_in_word(before.chars().next_back()) && !is_in_word(after.chars().next())
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_name_is_found_wherever_it_stands_by_itself_and_only_there(
            name in "[A-Za-z\u{e9}\u{430}]{3,8}-[0-9]{2}",
            before in "[a-z ]{0,12}",
            after in "[a-z ]{0,12}",
        ) {
            let names = BTreeSet::from([name.to_lowercase()]);

            for by_itself in [
                format!("{before} {name} {after}"),
                format!("{before}({})", name.to_uppercase().to_lowercase()),
                format!("{name}, {after}"),
            ] {
                prop_assert!(is_named(&by_itself, &names), "{by_itself}");
            }
            for within in [format!("{before}x{name}"), format!("{name}7{after}"), before] {
                prop_assert!(!is_named(&within, &names), "{within}");
            }
        }
    }
}
