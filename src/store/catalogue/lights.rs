//! The lights of gaps: computed from their fits in the transaction that changes what they rest on,
//! and kept beside the gap, so that lists filter and sort by them.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::attached::AT_ONCE;
use crate::catalogue::coverage::{Candidate, Coverage, Rule, cover};
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::store::error::StoreError;
use crate::store::statement::{Arg, Statement};

/// A fit and its solution, as far as coverage asks.
#[derive(Debug)]
struct FitRow {
    state: String,
    degree: String,
    solution_state: String,
    kind: String,
    trl_low: i64,
    trl_high: i64,
    trl_basis: String,
    has_target: bool,
    lifecycle: String,
    market: String,
}

impl FitRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let target_low: i64 = row.try_get("trl_target_low")?;
        let target_high: i64 = row.try_get("trl_target_high")?;
        Ok(Self {
            state: row.try_get("state")?,
            degree: row.try_get("degree")?,
            solution_state: row.try_get("solution_state")?,
            kind: row.try_get("kind")?,
            trl_low: row.try_get("trl_low")?,
            trl_high: row.try_get("trl_high")?,
            trl_basis: row.try_get("trl_basis")?,
            has_target: target_low != 0 || target_high != 0,
            lifecycle: row.try_get("lifecycle")?,
            market: row.try_get("market_status")?,
        })
    }

    fn candidate(&self) -> Candidate<'_> {
        let level = |it: i64| (it != 0).then_some(it);
        Candidate {
            state: &self.state,
            degree: &self.degree,
            solution_state: &self.solution_state,
            kind: &self.kind,
            trl_low: level(self.trl_low),
            trl_high: level(self.trl_high),
            trl_basis: &self.trl_basis,
            has_target: self.has_target,
            lifecycle: &self.lifecycle,
            market: &self.market,
        }
    }
}

const FITS: &str = "SELECT g.id AS gap, g.last_searched, f.state, f.degree,
        s.state AS solution_state, s.kind, s.trl_low, s.trl_high, s.trl_target_low,
        s.trl_target_high, s.trl_basis, s.lifecycle, s.market_status
    FROM gap AS g LEFT JOIN fit AS f ON f.gap = g.id LEFT JOIN solution AS s ON s.id = f.solution
    WHERE ";

/// The coverage of the gaps that the rows of [`FITS`] are of.
fn covered(rows: &[AnyRow]) -> Result<BTreeMap<String, Coverage>, StoreError> {
    let mut fits: BTreeMap<String, (bool, Vec<FitRow>)> = BTreeMap::new();
    for row in rows {
        let searched: String = row.try_get("last_searched")?;
        let gap = fits.entry(row.try_get("gap")?).or_default();
        gap.0 = !searched.is_empty();
        if row.try_get::<Option<String>, _>("state")?.is_some() {
            gap.1.push(FitRow::read(row)?);
        }
    }
    let rule = Rule::default();
    let cover = |(gap, (searched, fits)): (String, (bool, Vec<FitRow>))| {
        let candidates: Vec<Candidate<'_>> = fits.iter().map(FitRow::candidate).collect();
        (gap, cover(searched, &candidates, &rule))
    };
    Ok(fits.into_iter().map(cover).collect())
}

/// The coverage of all gaps that are not merged or rejected.
pub(super) async fn of_all(
    on: &mut AnyConnection,
) -> Result<BTreeMap<String, Coverage>, StoreError> {
    let mut statement = Statement::new(FITS);
    statement.sql("g.state NOT IN ('merged', 'rejected')");
    covered(&statement.fetch(on).await?)
}

/// The light of a gap that is just being made.
pub(super) fn without_fits(gap: &Record) -> Vec<Arg> {
    let coverage = cover(!gap.text("last_searched").is_empty(), &[], &Rule::default());
    vec![coverage.light.as_str().into(), Arg::Number(0), Arg::Null]
}

/// Computes the lights of these gaps anew.
pub(super) async fn refresh(
    on: &mut AnyConnection,
    gaps: &BTreeSet<String>,
) -> Result<(), StoreError> {
    let gaps: Vec<&String> = gaps.iter().collect();
    for some in gaps.chunks(AT_ONCE) {
        let mut statement = Statement::new(FITS);
        statement
            .sql("g.id IN ")
            .list(some.iter().map(|it| it.as_str()));
        for (gap, coverage) in covered(&statement.fetch(on).await?)? {
            let solutions = i64::try_from(coverage.solutions).unwrap_or(i64::MAX);
            let mut statement = Statement::new("UPDATE gap SET light = ");
            statement.arg(coverage.light.as_str());
            statement.sql(", solutions = ").arg(solutions);
            statement.sql(", best_trl = ").arg(coverage.best_trl);
            statement.sql(" WHERE id = ").arg(gap);
            statement.execute(on).await?;
        }
    }
    Ok(())
}

/// Computes anew what rests on a record that has just changed.
pub(super) async fn follow(on: &mut AnyConnection, changed: &Record) -> Result<(), StoreError> {
    let gaps = match changed.kind {
        RecordKind::Gap => BTreeSet::from([changed.id.to_string()]),
        RecordKind::Fit => BTreeSet::from([changed.text("gap").to_owned()]),
        RecordKind::Evidence => return Ok(()),
        RecordKind::Solution => {
            let mut statement = Statement::new("SELECT DISTINCT gap FROM fit WHERE solution = ");
            statement.arg(changed.id.to_string());
            let rows = statement.fetch(on).await?;
            let gaps = rows.iter().map(|it| it.try_get("gap"));
            gaps.collect::<Result<_, _>>()?
        }
    };
    refresh(on, &gaps).await
}
