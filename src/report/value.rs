//! The report as a value: what every file of it is written from, and what its JSON is.
//!
//! Every number stands beside the addresses that it comes from, as paths of the web app.

use serde::Serialize;
use utoipa::ToSchema;

use super::clear::Withheld;
use super::language::Language;
use super::sheet::{FitLine, GapSheet, Ref, SolutionSheet};

/// A report.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportDocument)]
pub struct Report {
    /// Always `gapmap-report`.
    pub format: &'static str,
    /// Counts up when an older reader would misread what is written.
    pub format_version: u32,
    /// What stands in front.
    pub cover: CoverPage,
    /// The numbers of the executive summary.
    pub numbers: Vec<Figure>,
    /// How many gaps of each group are covered, the sum of all in the last row.
    pub coverage: Vec<CoverageRow>,
    /// What matters most.
    pub findings: Vec<Finding>,
    /// How the report came about.
    pub method: Method,
    /// A sheet for each gap, what weighs most first.
    pub gaps: Vec<GapSheet>,
    /// A sheet for each solution, by number.
    pub solutions: Vec<SolutionSheet>,
    /// The fits between them, by gap and solution.
    pub fits: Vec<FitLine>,
    /// The gaps that nothing fits yet, what weighs most first.
    pub uncovered: Vec<Uncovered>,
    /// Fits that would count if one thing were different.
    pub near_misses: Vec<NearMiss>,
    /// What to do, by whom.
    pub recommendations: Vec<Addressee>,
    /// What all this rests on, with the day on which somebody looked.
    pub sources: Vec<Source>,
    /// What changed since the report before; null where there was none.
    #[schema(required)]
    pub changes: Option<Changes>,
}

/// What stands in front of a report.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportCoverPage)]
pub struct CoverPage {
    /// Its number, such as REP-3.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// Its version, in the sense of the version table.
    pub edition: String,
    /// PU or SEN.
    pub level: &'static str,
    /// In which language its words are; what people wrote is as they wrote it.
    pub language: Language,
    /// The strictest label of all that is in it, such as `TLP:AMBER`.
    pub tlp: String,
    /// The day of the cut-off.
    pub cut_off: String,
    /// Whether this is a look at a report that is not finished.
    pub is_preview: bool,
    /// Where links lead; empty where only their paths are known.
    pub base: String,
    /// The project.
    pub project: String,
    /// The number of its grant.
    pub grant_number: String,
    /// The deliverable's number.
    pub deliverable: String,
    /// Who wrote it.
    pub authors: String,
    /// Who looked at it.
    pub reviewers: String,
    /// What it is about.
    pub summary: String,
    /// Who paid for it, and whose views it holds.
    pub disclaimer: String,
    /// The version table, this edition last.
    pub editions: Vec<EditionRow>,
}

/// A row of the version table.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportEdition)]
pub struct EditionRow {
    /// The report's number.
    pub number: String,
    /// Its edition.
    pub edition: String,
    /// The day of its cut-off.
    pub cut_off: String,
    /// What changed, in its authors' words.
    pub changes: String,
}

/// A number, and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportFigure)]
pub struct Figure {
    /// What is counted, as a word that programs may rely on.
    pub name: &'static str,
    /// What is counted, in words.
    pub about: &'static str,
    /// How many.
    pub n: usize,
    /// Where in the web app they are.
    pub href: String,
}

/// How the gaps of a group are covered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportCoverageRow)]
pub struct CoverageRow {
    /// The group; `All groups` in the last row. A gap of several groups counts in each.
    pub group: String,
    /// Where its gaps are; null in the last row and for gaps without a group.
    #[schema(required)]
    pub href: Option<String>,
    /// All its gaps.
    pub gaps: usize,
    /// Something fits that meets the rule.
    pub green: usize,
    /// Something fits in part, or is not known to be ripe.
    pub amber: usize,
    /// Somebody searched, and nothing fits.
    pub red: usize,
    /// Nobody searched yet.
    pub grey: usize,
}

/// One thing that matters.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportFinding)]
pub struct Finding {
    /// In a sentence.
    pub text: String,
    /// What it is about, what weighs most first.
    pub about: Vec<Ref>,
    /// How many more it is about.
    pub more: usize,
}

/// How a report came about.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportMethod)]
pub struct Method {
    /// The groups.
    pub groups: Vec<GroupLine>,
    /// The sessions.
    pub sessions: Vec<SessionSheet>,
    /// By which rule fits count, a sentence a line.
    pub rule: Vec<String>,
    /// What part of the catalogue it is about, a sentence a line.
    pub scope: Vec<String>,
    /// What it cannot tell, a sentence a line.
    pub limits: Vec<String>,
    /// What does not count or is not in it, and why.
    pub left_out: Vec<LeftOutRow>,
    /// What is not in it for its label.
    pub withheld: Withheld,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportGroup)]
pub struct GroupLine {
    /// What it is called.
    pub name: String,
    /// What it is about.
    pub scope: String,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportSession)]
pub struct SessionSheet {
    /// What it is called.
    pub title: String,
    /// Where it is in the web app.
    pub href: String,
    /// Its label.
    pub tlp: String,
    /// On which day it was held; empty where that is not known.
    pub held_on: String,
    /// Where.
    pub place: String,
    /// For which groups.
    pub groups: Vec<String>,
    /// What it was about.
    pub theme: String,
    /// Whether the Chatham House rule held.
    pub house_rule: bool,
    /// Its rounds, in words.
    pub rounds: Vec<String>,
    /// How many took part; null in a public report, and where they were fewer than 3.
    #[schema(required)]
    pub people: Option<i64>,
    /// How many took part by role, where each is 3 or more; else nothing.
    pub roles: Vec<RoleCount>,
    /// How many nodes its maps have.
    pub nodes: i64,
    /// How many votes were given.
    pub votes: i64,
}

/// How many of those who took part had a role.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportRoleCount)]
pub struct RoleCount {
    /// The role.
    pub role: String,
    /// How many.
    pub n: i64,
}

/// What does not count or is not in a report.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportLeftOut)]
pub struct LeftOutRow {
    /// gaps, fits or sessions.
    pub what: &'static str,
    /// Why, as a word that programs may rely on.
    pub reason: String,
    /// Why, in words.
    pub why: String,
    /// How many.
    pub n: usize,
}

/// A gap that nothing fits.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportUncovered)]
pub struct Uncovered {
    /// The gap.
    pub gap: Ref,
    /// red: somebody searched; grey: nobody did.
    pub light: &'static str,
    /// When somebody last searched; empty where nobody did.
    pub searched: String,
    /// Votes that were given to the nodes that name it.
    pub votes: i64,
}

/// A fit that would count if one thing were different.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportNearMiss)]
pub struct NearMiss {
    /// The fit.
    pub fit: FitLine,
    /// `trl_4_to_6`, `target_only`, `trl_not_stated`, `partial` or `not_in_use`.
    pub reason: &'static str,
}

/// What somebody should do.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportAddressee)]
pub struct Addressee {
    /// practitioners, procurement, standardisation, research or policy.
    pub addressee: &'static str,
    /// What they should do, what weighs most first.
    pub items: Vec<Finding>,
    /// How many more there would be.
    pub more: usize,
}

/// What something rests on.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportSource)]
pub struct Source {
    /// Its number in the list.
    pub n: usize,
    /// The first piece of evidence that names it, such as EVI-4.
    pub number: String,
    /// Where that is in the web app.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Where it is to be read.
    pub url: String,
    /// When it was published.
    pub published: String,
    /// What it is, in words.
    pub kind: String,
    /// The last day on which somebody read it; empty where nobody says.
    pub date_checked: String,
    /// Whether another source says otherwise.
    pub conflict: bool,
    /// How many pieces of evidence rest on it.
    pub used: usize,
}

/// What changed since the report before.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportChanges)]
pub struct Changes {
    /// The report before.
    pub since: EditionRow,
    /// Gaps that are new.
    pub gaps_added: Vec<Ref>,
    /// Gaps that are no longer in it.
    pub gaps_gone: Vec<Ref>,
    /// Gaps whose light changed.
    pub lights: Vec<LightChange>,
    /// Solutions that are new.
    pub solutions_added: Vec<Ref>,
    /// Solutions that are no longer in it.
    pub solutions_gone: Vec<Ref>,
}

/// A gap whose light changed.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportLightChange)]
pub struct LightChange {
    /// The gap.
    pub gap: Ref,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: &'static str,
}
