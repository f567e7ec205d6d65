//! What a report of a level may hold. This is the one place that leaves things out for their
//! labels: what comes after it sees nothing of them, so that it cannot let them out.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::level::Level;
use super::snapshot::{Item, Previous, Snapshot, Was};
use crate::base::id::{GroupId, RecordId, SessionId};

/// Fewer people than this are not told of in public.
const FEWEST: i64 = 3;

/// How much was left out because of labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Withheld {
    /// Gaps.
    pub gaps: usize,
    /// Solutions.
    pub solutions: usize,
    /// Fits: for their own label, or that of what they join.
    pub fits: usize,
    /// Pieces of evidence: for their own label, or that of what they are about.
    pub evidence: usize,
    /// Sessions.
    pub sessions: usize,
    /// Places in maps where a gap or a solution is named.
    pub mentions: usize,
}

impl Withheld {
    /// All together.
    pub fn total(&self) -> usize {
        self.gaps + self.solutions + self.fits + self.evidence + self.sessions + self.mentions
    }
}

/// Takes out of a snapshot what a report of its level may not hold, and counts it.
pub(super) fn clear(mut snapshot: Snapshot) -> (Snapshot, Withheld) {
    let level = snapshot.draft.level;
    let mut withheld = Withheld::default();
    let records = snapshot.gaps.iter().chain(&snapshot.solutions);
    let hidden = records.filter(|it| !level.admits(it.tlp.0));
    let hidden: BTreeSet<RecordId> = hidden.map(|it| it.id).collect();
    withheld.gaps = keep(&mut snapshot.gaps, |it| level.admits(it.tlp.0));
    withheld.solutions = keep(&mut snapshot.solutions, |it| level.admits(it.tlp.0));
    withheld.sessions = keep(&mut snapshot.sessions, |it| level.admits(it.tlp.0));
    let mut there = targets("gap", &snapshot.gaps);
    there.extend(targets("solution", &snapshot.solutions));
    withheld.fits = keep(&mut snapshot.fits, |it| {
        let ends = [("gap", it.text("gap")), ("solution", it.text("solution"))];
        let is_whole = ends
            .iter()
            .all(|(kind, id)| there.contains(&format!("{kind}:{id}")));
        level.admits(it.tlp.0) && is_whole
    });
    there.extend(targets("fit", &snapshot.fits));
    let fits: BTreeSet<RecordId> = snapshot.fits.iter().map(|it| it.id).collect();
    snapshot.scores.retain(|fit, _| fits.contains(fit));
    withheld.evidence = keep(&mut snapshot.evidence, |it| {
        level.admits(it.tlp.0) && there.contains(it.text("target"))
    });
    let sessions: BTreeSet<SessionId> = snapshot.sessions.iter().map(|it| it.id).collect();
    withheld.mentions = keep(&mut snapshot.mentions, |it| {
        sessions.contains(&it.session) && there.contains(&it.target)
    });
    hide_references(&mut snapshot, &there);
    if level == Level::Public {
        hide_people_and_past(&mut snapshot);
    }
    if let Some(previous) = &mut snapshot.previous {
        let is_kept = |it: &Was| level.admits(it.tlp.0) && !hidden.contains(&it.id);
        previous.gaps.retain(is_kept);
        previous.solutions.retain(is_kept);
    }
    let named: BTreeSet<GroupId> = groups_named(&snapshot);
    snapshot.groups.retain(|it| named.contains(&it.id));
    (snapshot, withheld)
}

fn keep<T>(items: &mut Vec<T>, is_kept: impl FnMut(&T) -> bool) -> usize {
    let before = items.len();
    items.retain(is_kept);
    before - items.len()
}

fn targets(kind: &str, items: &[Item]) -> BTreeSet<String> {
    items.iter().map(|it| format!("{kind}:{}", it.id)).collect()
}

/// Takes pointers away that lead to what is not there: a solution's project, a gap's first node.
fn hide_references(snapshot: &mut Snapshot, there: &BTreeSet<String>) {
    for solution in &mut snapshot.solutions {
        let parent = format!("solution:{}", solution.text("parent"));
        if !there.contains(&parent) {
            solution.fields.remove("parent");
        }
    }
    let sessions = snapshot.sessions.iter();
    let maps = sessions.flat_map(|it| it.maps.iter().map(ToString::to_string));
    let maps: BTreeSet<String> = maps.collect();
    for gap in &mut snapshot.gaps {
        let map = gap.text("origin_node").split('/').next();
        if !map.is_some_and(|it| maps.contains(it)) {
            gap.fields.remove("origin_node");
        }
    }
}

/// What a public report holds nothing of: who took part, and what reports said that were not
/// public.
fn hide_people_and_past(snapshot: &mut Snapshot) {
    for session in &mut snapshot.sessions {
        session.people.clear();
    }
    // What one or two of a small circle think is theirs.
    for scores in snapshot.scores.values_mut() {
        scores.retain(|it| FEWEST <= it.n);
    }
    snapshot.editions.retain(|it| it.level == Level::Public);
    let is_public = |it: &Previous| it.level == Level::Public;
    snapshot.previous = snapshot.previous.take().filter(is_public);
}

fn groups_named(snapshot: &Snapshot) -> BTreeSet<GroupId> {
    let of_gaps = snapshot.gaps.iter().flat_map(groups_of);
    let of_sessions = snapshot.sessions.iter().flat_map(|it| it.groups.clone());
    let of_scope = snapshot.draft.scope.groups.iter().copied();
    of_gaps.chain(of_sessions).chain(of_scope).collect()
}

/// The ids of a gap's groups.
pub(super) fn groups_of(gap: &Item) -> Vec<GroupId> {
    let listed = gap.fields.get("groups").and_then(|it| it.as_array());
    let texts = listed.into_iter().flatten().filter_map(|it| it.as_str());
    texts.filter_map(|it| it.parse().ok()).collect()
}
