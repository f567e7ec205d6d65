//! The sheets of a report: a gap, a solution, a fit, each as it is told.

use serde::Serialize;
use utoipa::ToSchema;

/// Something that a report points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportRef)]
pub struct Ref {
    /// Its number, such as GAP-12.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// Where it is in the web app.
    pub href: String,
}

/// Something that a record says.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportFact)]
pub struct Fact {
    /// What it is, in words.
    pub label: &'static str,
    /// What it says.
    pub value: String,
}

/// A gap.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportGap)]
pub struct GapSheet {
    /// Which.
    #[serde(flatten)]
    pub is: Ref,
    /// Its label.
    pub tlp: String,
    /// green, amber, red or grey.
    pub light: &'static str,
    /// Its groups.
    pub groups: Vec<String>,
    /// How many accepted fits fit at least in part.
    pub solutions: usize,
    /// The highest level that one of those solutions is known to have reached.
    #[schema(required)]
    pub best_trl: Option<i64>,
    /// Votes that were given to the nodes that name it.
    pub votes: i64,
    /// What it says in short.
    pub facts: Vec<Fact>,
    /// What it says at length.
    pub texts: Vec<Fact>,
    /// The fits that have not been rejected.
    pub fits: Vec<FitLine>,
    /// Where it was named.
    pub mentions: Vec<MentionLine>,
    /// What it rests on.
    pub evidence: Vec<EvidenceLine>,
}

/// A solution.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportSolution)]
pub struct SolutionSheet {
    /// Which.
    #[serde(flatten)]
    pub is: Ref,
    /// Its label.
    pub tlp: String,
    /// What it is.
    pub kind: String,
    /// Where it is in its life.
    pub state: String,
    /// The project that it is a result of.
    #[schema(required)]
    pub parent: Option<Ref>,
    /// Where more is to be read; empty where nobody says.
    pub url: String,
    /// For how many gaps it meets the rule.
    pub covers: usize,
    /// What it says in short.
    pub facts: Vec<Fact>,
    /// What it says at length.
    pub texts: Vec<Fact>,
    /// The fits that have not been rejected.
    pub fits: Vec<FitLine>,
    /// In how many nodes of the sessions it was named.
    pub mentions: usize,
    /// What it rests on.
    pub evidence: Vec<EvidenceLine>,
}

/// How a solution fits a gap.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportFit)]
pub struct FitLine {
    /// Which fit.
    pub number: String,
    /// Where it is in the web app.
    pub href: String,
    /// The gap.
    pub gap: Ref,
    /// The solution.
    pub solution: Ref,
    /// none, partial, good or full.
    pub degree: String,
    /// Where the judgement on it stands.
    pub state: String,
    /// Why it does not count, as a word; null where it does.
    #[schema(required)]
    pub left_out: Option<&'static str>,
    /// The solution's readiness in words.
    pub maturity: String,
    /// Why it fits.
    pub rationale: String,
    /// Where it does not.
    pub limits: String,
    /// How several people scored it, in the order of the criteria; a criterion without scores is
    /// left out, in a public report also one that fewer than 3 scored.
    pub scores: Vec<ScoreLine>,
}

/// How several people scored a fit by one criterion.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportScore)]
pub struct ScoreLine {
    /// operational_priority, maturity, standardisation, interoperability or current_use.
    pub criterion: String,
    /// How many scored it.
    pub n: i64,
    /// What they gave on average, from 1 to 5.
    pub mean: f64,
}

/// A node that names a gap.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportMention)]
pub struct MentionLine {
    /// Where the node is in the web app; its words are there and not here.
    pub href: String,
    /// What the session is called.
    pub session: String,
    /// The votes that the node got.
    pub votes: i64,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportEvidence)]
pub struct EvidenceLine {
    /// Which, such as EVI-4.
    pub number: String,
    /// Where it is in the web app.
    pub href: String,
    /// What it says, in own words.
    pub fact: String,
    /// Where it says so: a number in the list of sources.
    pub source: usize,
    /// Whether another source says otherwise.
    pub conflict: bool,
}
