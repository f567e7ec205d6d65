//! Which record of the catalogue a row speaks of. By programme and grant number, then by an id that
//! others gave, then by name and year; never by an acronym alone.

use super::draft::{Row, Scope};
use crate::catalogue::field::Fields;
use crate::catalogue::record::{Record, text};
use crate::catalogue::value::Value;
use crate::catalogue::words::normalise;

/// What a row speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing that is there.
    New,
    /// This one of the candidates, by its place.
    One(usize),
    /// Several of them, and nothing tells which.
    Several(Vec<usize>),
}

/// A grant, written so that two ways to write one are the same; nothing without both parts.
pub fn grant(fields: &Fields) -> Option<String> {
    let number = text(fields, "grant_number").trim().to_lowercase();
    let programme = programme(text(fields, "programme"));
    (!number.is_empty() && !programme.is_empty()).then(|| format!("{programme} {number}"))
}

/// A programme by one name, however it is written.
fn programme(text: &str) -> String {
    let words = normalise(text);
    let compact: String = words.chars().filter(|it| *it != ' ').collect();
    match compact.as_str() {
        "h2020" | "horizon2020" | "ech2020" => "h2020".to_owned(),
        "horizon" | "he" | "horizoneurope" | "eche" => "horizon europe".to_owned(),
        "fp7" | "ecfp7" | "seventhframeworkprogramme" => "fp7".to_owned(),
        _ => words,
    }
}

fn ids(fields: &Fields) -> &[String] {
    fields.get("external_ids").map_or(&[], Value::as_list)
}

fn year(fields: &Fields) -> &str {
    text(fields, "start").get(..4).unwrap_or_default()
}

fn title(fields: &Fields) -> &str {
    let name = text(fields, "name");
    match name.is_empty() {
        true => text(fields, "title"),
        false => name,
    }
}

/// One word without a small letter: nothing to tell two records apart by.
fn is_acronym(name: &str) -> bool {
    !name.trim().contains(' ') && !name.chars().any(char::is_lowercase)
}

/// Which of the candidates the row speaks of.
pub fn find(row: &Row, candidates: &[&Record]) -> Found {
    if candidates.is_empty() {
        return Found::New;
    }
    let ours = &row.said;
    let places = |keep: &dyn Fn(&Record) -> bool| -> Vec<usize> {
        let all = candidates.iter().enumerate();
        all.filter(|(_, it)| it.kind == row.kind && keep(it))
            .map(|(place, _)| place)
            .collect()
    };
    let name = normalise(title(ours));
    let is_called_so = |it: &Record| !name.is_empty() && normalise(it.title()) == name;
    let shares_id = |it: &Record| ids(&it.fields).iter().any(|id| ids(ours).contains(id));
    let grant = grant(ours);
    let of_grant = |it: &Record| grant.is_some() && self::grant(&it.fields) == grant;

    let of_it = places(&of_grant);
    if !of_it.is_empty() {
        for found in [
            places(&|it| of_grant(it) && is_called_so(it)),
            places(&|it| of_grant(it) && shares_id(it)),
        ] {
            if !found.is_empty() {
                return settled(found);
            }
        }
        // A project is one record; the results of a project share its grant.
        if row.scope == Scope::Project && of_it.len() == 1 {
            return Found::One(of_it[0]);
        }
    }
    let by_id = places(&shares_id);
    if !by_id.is_empty() || row.scope == Scope::Known {
        return settled(by_id);
    }
    let no_other_grant = |it: &Record| match (&grant, self::grant(&it.fields)) {
        (Some(ours), Some(theirs)) => *ours == theirs,
        _ => true,
    };
    let is_enough = !is_acronym(title(ours)) || !year(ours).is_empty();
    settled(places(&|it| {
        is_enough && is_called_so(it) && year(&it.fields) == year(ours) && no_other_grant(it)
    }))
}

fn settled(found: Vec<usize>) -> Found {
    match found[..] {
        [] => Found::New,
        [one] => Found::One(one),
        _ => Found::Several(found),
    }
}

/// What two rows of one file must not share.
pub fn keys(row: &Row) -> Vec<String> {
    let mut keys: Vec<String> = ids(&row.said).iter().map(|it| format!("id {it}")).collect();
    let grant = grant(&row.said);
    match (row.scope, &grant) {
        (Scope::Known, _) => {}
        (Scope::Project, Some(grant)) => keys.push(format!("grant {grant}")),
        _ => {
            let name = normalise(title(&row.said));
            let grant = grant.unwrap_or_default();
            keys.push(format!("name {name} {} {grant}", year(&row.said)));
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::RecordId;
    use crate::base::time::Timestamp;
    use crate::base::tlp::Tlp;
    use crate::catalogue::change::Change;
    use crate::catalogue::kind::RecordKind::Solution;

    fn fields(cells: &[(&str, &str)]) -> Fields {
        let change = Change::of_cells(Solution, cells.iter().copied()).unwrap();
        let said = change.fields.into_iter();
        said.filter_map(|(name, value)| value.map(|it| (name, it)))
            .collect()
    }

    fn record(cells: &[(&str, &str)]) -> Record {
        Record {
            kind: Solution,
            id: RecordId::new(),
            number: 1,
            version: 1,
            state: "candidate",
            tlp: Tlp::Clear,
            fields: fields(cells),
            created_at: Timestamp(0),
            created_by: String::new(),
            changed_at: Timestamp(0),
            changed_by: String::new(),
            merged_into: None,
        }
    }

    fn row(scope: Scope, cells: &[(&str, &str)]) -> Row {
        Row {
            said: fields(cells),
            scope,
            ..Row::new(2, Solution)
        }
    }

    #[test]
    fn a_grant_is_the_same_however_its_programme_is_written() {
        let project = record(&[
            ("name", "FORMOBILE"),
            ("programme", "Horizon 2020"),
            ("grant_number", "832800"),
        ]);
        let same = [
            ("name", "Mobile forensics"),
            ("programme", "H2020"),
            ("grant_number", "832800"),
        ];
        let other = [
            ("name", "FORMOBILE"),
            ("programme", "FP7"),
            ("grant_number", "832800"),
        ];

        assert_eq!(
            find(&row(Scope::Project, &same), &[&project]),
            Found::One(0)
        );
        assert_eq!(find(&row(Scope::Result, &same), &[&project]), Found::New);
        assert_eq!(find(&row(Scope::Project, &other), &[&project]), Found::New);
    }

    #[test]
    fn an_acronym_alone_is_never_enough() {
        let grace = record(&[("name", "GRACE")]);
        let dated = record(&[("name", "GRACE"), ("start", "2020-06")]);
        let plain = record(&[("name", "Helpline model")]);

        assert_eq!(
            find(&row(Scope::Result, &[("name", "GRACE")]), &[&grace]),
            Found::New
        );
        let year = row(Scope::Result, &[("name", "Grace"), ("start", "2020")]);
        assert_eq!(find(&year, &[&grace, &dated]), Found::One(1));
        let helpline = row(Scope::Result, &[("name", "helpline  MODEL")]);
        assert_eq!(find(&helpline, &[&plain]), Found::One(0));
        assert_eq!(
            find(&helpline, &[&plain, &plain]),
            Found::Several(vec![0, 1])
        );
    }

    #[test]
    fn an_id_of_others_goes_before_the_name() {
        let first = record(&[("name", "One"), ("external_ids", "cordis:1")]);
        let second = record(&[("name", "Two")]);
        let said = [("name", "Two"), ("external_ids", "cordis:1|doi:x")];

        assert_eq!(
            find(&row(Scope::Result, &said), &[&first, &second]),
            Found::One(0)
        );
    }
}
