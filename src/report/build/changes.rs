//! What changed since the report before.

use std::collections::BTreeMap;

use super::facts::{Facts, reference};
use crate::base::id::RecordId;
use crate::catalogue::record::Record;
use crate::report::sheet::Ref;
use crate::report::snapshot::{BadSnapshot, Label, Previous, Snapshot, Was};
use crate::report::value::{Changes, EditionRow, LightChange};

/// What changed; none where no report came before, or none that this one may speak of.
pub(super) fn changes(facts: &Facts) -> Option<Changes> {
    let previous = facts.snapshot.previous.as_ref()?;
    let live = facts.solutions.iter().enumerate();
    let live = live.filter(|(at, _)| !facts.live_fits_of_solution(*at).is_empty());
    let solutions: Vec<&Record> = live.map(|it| it.1).collect();
    let gaps: Vec<&Record> = facts.gaps.iter().collect();
    Some(Changes {
        since: since(previous),
        gaps_added: added(&gaps, &previous.gaps),
        gaps_gone: gone(&gaps, &previous.gaps, "gaps"),
        lights: lights(facts, &previous.gaps),
        solutions_added: added(&solutions, &previous.solutions),
        solutions_gone: gone(&solutions, &previous.solutions, "solutions"),
    })
}

fn since(previous: &Previous) -> EditionRow {
    EditionRow {
        number: previous.number.clone(),
        edition: previous.edition.clone(),
        cut_off: previous.cut_off.clone(),
        changes: String::new(),
    }
}

fn added(now: &[&Record], before: &[Was]) -> Vec<Ref> {
    let is_new = |it: &&&Record| before.iter().all(|was| was.id != it.id);
    now.iter().filter(is_new).map(|it| reference(it)).collect()
}

fn gone(now: &[&Record], before: &[Was], path: &str) -> Vec<Ref> {
    let is_gone = |was: &&Was| now.iter().all(|it| was.id != it.id);
    let gone = before.iter().filter(is_gone).map(|was| Ref {
        number: was.number.clone(),
        title: was.title.clone(),
        href: format!("/catalogue/{path}/{}", was.number),
    });
    gone.collect()
}

fn lights(facts: &Facts, before: &[Was]) -> Vec<LightChange> {
    let before: BTreeMap<RecordId, &str> =
        before.iter().map(|it| (it.id, it.light.as_str())).collect();
    let change = |(gap, coverage): (&Record, &crate::catalogue::coverage::Coverage)| {
        let was = before.get(&gap.id)?;
        let after = coverage.light.as_str();
        (*was != after).then(|| LightChange {
            gap: reference(gap),
            before: (*was).to_owned(),
            after,
        })
    };
    let all = facts.gaps.iter().zip(&facts.coverage);
    all.filter_map(change).collect()
}

impl Previous {
    /// What a later report needs to know of the one that rests on this snapshot.
    ///
    /// # Errors
    ///
    /// [`BadSnapshot`] when the snapshot does not hold what it should.
    pub fn of(snapshot: Snapshot) -> Result<Self, BadSnapshot> {
        let facts = Facts::of(snapshot)?;
        let was = |record: &Record, light: &str| Was {
            id: record.id,
            number: record.kind.number(record.number),
            title: record.title().to_owned(),
            tlp: Label(record.tlp),
            light: light.to_owned(),
        };
        let gaps = facts.gaps.iter().zip(&facts.coverage);
        let live = facts.solutions.iter().enumerate();
        let live = live.filter(|(at, _)| !facts.live_fits_of_solution(*at).is_empty());
        Ok(Self {
            number: facts.snapshot.number.clone(),
            edition: facts.snapshot.draft.edition.clone(),
            level: facts.snapshot.draft.level,
            cut_off: facts.snapshot.cut_off.day(),
            gaps: gaps.map(|(gap, it)| was(gap, it.light.as_str())).collect(),
            solutions: live.map(|(_, it)| was(it, "")).collect(),
        })
    }
}
