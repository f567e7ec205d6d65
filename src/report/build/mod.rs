//! Makes a report of a snapshot. Pure: the same snapshot is the same report.

mod advice;
mod changes;
mod facts;
mod method;
mod sheets;
mod sources;
mod summary;

use self::facts::Facts;
pub(super) use self::facts::href;
use super::snapshot::{BadSnapshot, Edition, Snapshot};
use super::value::{CoverPage, EditionRow, Report};
use crate::base::tlp::Tlp;

/// What `format` says in a file of ours.
const FORMAT: &str = "gapmap-report";
/// Counts up when an older reader would misread what is written.
const VERSION: u32 = 1;

impl Report {
    /// The report that a snapshot makes.
    ///
    /// # Errors
    ///
    /// [`BadSnapshot`] when the snapshot does not hold what it should.
    pub fn of(snapshot: Snapshot) -> Result<Self, BadSnapshot> {
        let facts = Facts::of(snapshot)?;
        let sources = sources::Sources::of(&facts)?;
        let gaps = sheets::gaps(&facts, &sources);
        let solutions = sheets::solutions(&facts, &sources);
        let numbers = summary::numbers(&facts, solutions.len());
        Ok(Self {
            format: FORMAT,
            format_version: VERSION,
            cover: cover(&facts),
            numbers,
            coverage: summary::coverage(&facts),
            findings: summary::findings(&facts),
            method: method::method(&facts),
            fits: sheets::fits(&facts),
            uncovered: summary::uncovered(&facts),
            near_misses: summary::near_misses(&facts),
            recommendations: advice::recommendations(&facts),
            changes: changes::changes(&facts),
            sources: sources.list,
            gaps,
            solutions,
        })
    }

    /// The strictest label of all that is in the report, without its `TLP:`.
    pub fn label(&self) -> &str {
        self.cover.tlp.trim_start_matches("TLP:")
    }
}

fn cover(facts: &Facts) -> CoverPage {
    let snapshot = &facts.snapshot;
    let draft = &snapshot.draft;
    let said = draft.cover.clone();
    let own = EditionRow {
        number: snapshot.number.clone(),
        edition: draft.edition.clone(),
        cut_off: snapshot.cut_off.day(),
        changes: said.changes,
    };
    let mut editions: Vec<EditionRow> = snapshot.editions.iter().map(edition).collect();
    editions.push(own);
    CoverPage {
        number: snapshot.number.clone(),
        title: draft.title.clone(),
        edition: draft.edition.clone(),
        level: draft.level.as_str(),
        language: draft.language,
        tlp: format!("TLP:{}", strictest(facts).as_str()),
        cut_off: snapshot.cut_off.day(),
        is_preview: snapshot.is_preview,
        base: snapshot.base.clone(),
        project: said.project,
        grant_number: said.grant_number,
        deliverable: said.deliverable,
        authors: said.authors,
        reviewers: said.reviewers,
        summary: said.summary,
        disclaimer: said.disclaimer,
        editions,
    }
}

fn edition(it: &Edition) -> EditionRow {
    EditionRow {
        number: it.number.clone(),
        edition: it.edition.clone(),
        cut_off: it.cut_off.clone(),
        changes: it.changes.clone(),
    }
}

/// The strictest label of what is in the report: whatever is named in it counts.
fn strictest(facts: &Facts) -> Tlp {
    let snapshot = &facts.snapshot;
    let records = [
        &snapshot.gaps,
        &snapshot.solutions,
        &snapshot.fits,
        &snapshot.evidence,
    ];
    let records = records.into_iter().flatten().map(|it| it.tlp);
    let sessions = snapshot.sessions.iter().map(|it| it.tlp);
    let was = snapshot.previous.iter();
    let was = was
        .flat_map(|it| it.gaps.iter().chain(&it.solutions))
        .map(|it| it.tlp);
    let all = records.chain(sessions).chain(was).map(|it| it.0);
    all.max().unwrap_or(Tlp::Clear)
}
