//! A cleared snapshot with everything found: which fit is of which gap, what counts, what weighs.

use std::collections::BTreeMap;

use crate::base::id::GroupId;
use crate::catalogue::coverage::{Candidate, Coverage, LeftOut, Rule, cover, judge};
use crate::catalogue::fit::LIVE;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::report::clear::{Withheld, clear};
use crate::report::language::Language;
use crate::report::sheet::Ref;
use crate::report::snapshot::{BadSnapshot, Item, MentionFact, Snapshot};

/// A fit, and what it joins.
pub(super) struct FitFact {
    /// The fit.
    pub(super) record: Record,
    /// The gap's place among the gaps.
    pub(super) gap: usize,
    /// The solution's place among the solutions.
    pub(super) solution: usize,
    /// Why it does not count.
    pub(super) left_out: Option<LeftOut>,
}

impl FitFact {
    /// Whether it is proposed, looked at, or accepted.
    pub(super) fn is_live(&self) -> bool {
        LIVE.contains(&self.record.state)
    }

    /// Whether it is accepted, and fits at least in part.
    pub(super) fn fits(&self) -> bool {
        !matches!(
            self.left_out,
            Some(LeftOut::Rejected | LeftOut::NotAccepted | LeftOut::Withdrawn | LeftOut::NoFit)
        )
    }
}

/// What a report is made from.
pub(super) struct Facts {
    /// What was read, without what the level does not admit.
    pub(super) snapshot: Snapshot,
    /// How much that was.
    pub(super) withheld: Withheld,
    /// The gaps, by number.
    pub(super) gaps: Vec<Record>,
    /// The solutions, by number.
    pub(super) solutions: Vec<Record>,
    /// All fits.
    pub(super) fits: Vec<FitFact>,
    /// The fits of each gap.
    pub(super) of_gap: Vec<Vec<usize>>,
    /// The fits of each solution.
    pub(super) of_solution: Vec<Vec<usize>>,
    /// The coverage of each gap.
    pub(super) coverage: Vec<Coverage>,
    /// The gaps, what weighs most first.
    pub(super) order: Vec<usize>,
    mentions: BTreeMap<String, Vec<usize>>,
    groups: BTreeMap<GroupId, String>,
}

impl Facts {
    /// Finds everything.
    pub(super) fn of(snapshot: Snapshot) -> Result<Self, BadSnapshot> {
        let (snapshot, withheld) = clear(snapshot);
        let rule = snapshot.draft.rule.rule();
        let records = |items: &[Item], kind| -> Result<Vec<Record>, BadSnapshot> {
            items.iter().map(|it| it.record(kind)).collect()
        };
        let gaps = records(&snapshot.gaps, RecordKind::Gap)?;
        let solutions = records(&snapshot.solutions, RecordKind::Solution)?;
        let fits = records(&snapshot.fits, RecordKind::Fit)?;
        let fits = join(fits, &gaps, &solutions, &rule);
        let mut of_gap = vec![Vec::new(); gaps.len()];
        let mut of_solution = vec![Vec::new(); solutions.len()];
        for (at, fit) in fits.iter().enumerate() {
            of_gap[fit.gap].push(at);
            of_solution[fit.solution].push(at);
        }
        let coverage = gaps.iter().zip(&of_gap).map(|(gap, own)| {
            let own = own.iter().map(|it| &fits[*it]);
            let own = own.map(|it| Candidate::of(&it.record, &solutions[it.solution]));
            let own: Vec<Candidate<'_>> = own.collect();
            cover(!gap.text("last_searched").is_empty(), &own, &rule)
        });
        let coverage = coverage.collect();
        let mut mentions: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, mention) in snapshot.mentions.iter().enumerate() {
            mentions.entry(mention.target.clone()).or_default().push(at);
        }
        let groups = snapshot.groups.iter().map(|it| (it.id, it.name.clone()));
        let mut facts = Self {
            groups: groups.collect(),
            snapshot,
            withheld,
            gaps,
            solutions,
            fits,
            of_gap,
            of_solution,
            coverage,
            order: Vec::new(),
            mentions,
        };
        facts.order = facts.by_weight();
        Ok(facts)
    }

    /// The language of the report.
    pub(super) fn language(&self) -> Language {
        self.snapshot.draft.language
    }

    /// Impact and urgency first, then votes; by number where these are alike.
    fn by_weight(&self) -> Vec<usize> {
        let weight = |at: &usize| {
            let gap = &self.gaps[*at];
            let level = |name| gap.whole(name).unwrap_or(0);
            let votes = self.votes(gap) + gap.whole("votes").unwrap_or(0);
            std::cmp::Reverse((level("impact") * level("urgency"), votes))
        };
        let mut order: Vec<usize> = (0..self.gaps.len()).collect();
        order.sort_by_key(weight);
        order
    }

    /// Where a record was named.
    pub(super) fn mentions(&self, record: &Record) -> impl Iterator<Item = &MentionFact> {
        let target = format!("{}:{}", record.kind, record.id);
        let own = self.mentions.get(&target).into_iter().flatten();
        own.map(|at| &self.snapshot.mentions[*at])
    }

    /// The votes that were given to the nodes which name a record.
    pub(super) fn votes(&self, record: &Record) -> i64 {
        self.mentions(record).map(|it| it.votes).sum()
    }

    /// What groups are called; those that nobody knows are left out.
    pub(super) fn group_names<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a GroupId>,
    ) -> Vec<String> {
        let names = ids.into_iter().filter_map(|it| self.groups.get(it));
        names.cloned().collect()
    }

    /// The ids of a gap's groups.
    pub(super) fn groups_of(gap: &Record) -> Vec<GroupId> {
        let ids = gap.list("groups").iter();
        ids.filter_map(|it| it.parse().ok()).collect()
    }

    /// The fits of a gap that have not been rejected, the best first.
    pub(super) fn live_fits_of_gap(&self, gap: usize) -> Vec<&FitFact> {
        self.live(&self.of_gap[gap])
    }

    /// The same of a solution.
    pub(super) fn live_fits_of_solution(&self, solution: usize) -> Vec<&FitFact> {
        self.live(&self.of_solution[solution])
    }

    fn live(&self, own: &[usize]) -> Vec<&FitFact> {
        let live = own.iter().map(|it| &self.fits[*it]);
        let mut live: Vec<&FitFact> = live.filter(|it| it.is_live()).collect();
        live.sort_by_key(|it| {
            let degree = it.record.text("degree");
            let degree = crate::catalogue::scale::rank(crate::catalogue::scale::DEGREE, degree);
            (
                it.left_out.is_some(),
                !it.fits(),
                std::cmp::Reverse(degree),
                it.record.number,
            )
        });
        live
    }
}

fn join(fits: Vec<Record>, gaps: &[Record], solutions: &[Record], rule: &Rule) -> Vec<FitFact> {
    let places = |records: &[Record]| -> BTreeMap<String, usize> {
        let ids = records.iter().enumerate();
        ids.map(|(at, it)| (it.id.to_string(), at)).collect()
    };
    let (gap_at, solution_at) = (places(gaps), places(solutions));
    let joined = fits.into_iter().filter_map(|record| {
        let gap = *gap_at.get(record.text("gap"))?;
        let solution = *solution_at.get(record.text("solution"))?;
        let left_out = judge(&Candidate::of(&record, &solutions[solution]), rule);
        Some(FitFact {
            record,
            gap,
            solution,
            left_out,
        })
    });
    joined.collect()
}

/// A record as it is pointed at.
pub(super) fn reference(record: &Record) -> Ref {
    Ref {
        number: record.kind.number(record.number),
        title: record.title().to_owned(),
        href: href(record),
    }
}

/// Where a record is in the web app.
pub(in crate::report) fn href(record: &Record) -> String {
    let path = match record.kind {
        RecordKind::Gap => "gaps",
        RecordKind::Solution => "solutions",
        RecordKind::Fit => "fits",
        RecordKind::Evidence => "evidence",
    };
    format!("/catalogue/{path}/{}", record.kind.number(record.number))
}
