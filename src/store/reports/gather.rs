//! Reads what a report is made of: everything in one transaction, so that it fits together.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{AnyConnection, Row};

use super::records::{ReportRecord, load, snapshot_of};
use super::sessions;
use crate::base::id::RecordId;
use crate::base::time::Timestamp;
use crate::catalogue::fit::CRITERIA;
use crate::catalogue::kind::RecordKind;
use crate::report::snapshot::{
    Edition, FORMAT, GroupFact, Item, MentionFact, Previous, ScoreFact, Snapshot,
};
use crate::report::{ReportHandle, Scope};
use crate::store::catalogue::{ScoreSummary, records_by_ids, records_where, scores_of_fits};
use crate::store::columns::id;
use crate::store::error::StoreError;
use crate::store::open::{Kind, Store};
use crate::store::statement::Statement;

/// The states in which a gap is what people agree on.
const STATES: [&str; 3] = ["accepted", "prioritised", "closed"];
/// How many ids one statement names.
const AT_ONCE: usize = 500;
/// How far back the version table goes.
const EDITIONS: usize = 50;

impl Store {
    pub(super) async fn report_as_it_stands(
        &self,
        report: &ReportRecord,
        base: &str,
        is_preview: bool,
        at: Timestamp,
    ) -> Result<Snapshot, StoreError> {
        let begin = match self.kind() {
            Kind::Sqlite => "BEGIN",
            Kind::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        let mut on = self.read.begin_with(begin).await?;
        let scope = &report.draft.scope;
        let (sessions, sessions_to_come) = sessions::sessions(&mut on, scope).await?;
        let mut mentions = sessions::mentions(&mut on, &sessions).await?;
        let (gaps, gaps_by_state) = gaps(&mut on, scope, &mentions).await?;
        let fits = fits(&mut on, &gaps).await?;
        let solutions = solutions(&mut on, &fits).await?;
        let scores = scores(&mut on, &fits).await?;
        let evidence = evidence(&mut on, [&gaps, &solutions, &fits]).await?;
        let named = targets("gap", &gaps).chain(targets("solution", &solutions));
        let named: BTreeSet<String> = named.collect();
        mentions.retain(|it| named.contains(&it.target));
        let (previous, editions) = past(&mut on, report).await?;
        Ok(Snapshot {
            format: FORMAT,
            number: ReportHandle::number(report.number),
            draft: report.draft.clone(),
            is_preview,
            cut_off: at,
            base: base.to_owned(),
            groups: groups(&mut on).await?,
            sessions,
            gaps,
            solutions,
            fits,
            scores,
            evidence,
            mentions,
            gaps_by_state,
            sessions_to_come,
            previous,
            editions,
        })
    }
}

/// The gaps of a scope by number, and how many are left out, by why.
async fn gaps(
    on: &mut AnyConnection,
    scope: &Scope,
    mentions: &[MentionFact],
) -> Result<(Vec<Item>, Vec<(String, usize)>), StoreError> {
    let is_in_scope = |it: &mut Statement| {
        it.sql("state <> 'merged'");
        if !scope.groups.is_empty() {
            it.sql(" AND EXISTS (SELECT 1 FROM gap_group AS gg WHERE gg.gap = gap.id")
                .sql(" AND gg.practitioner_group IN ")
                .list(scope.groups.iter().map(ToString::to_string))
                .sql(")");
        }
    };
    let named: BTreeSet<&str> = mentions.iter().map(|it| it.target.as_str()).collect();
    let mut left_out: BTreeMap<String, usize> = BTreeMap::new();
    let mut gaps = Vec::new();
    for record in records_where(on, RecordKind::Gap, is_in_scope).await? {
        let is_named = scope.sessions.is_empty() || named.contains(&*format!("gap:{}", record.id));
        let why = match (STATES.contains(&record.state), is_named) {
            (true, true) => {
                gaps.push(Item::of(&record));
                continue;
            }
            (_, false) => "not_named",
            (false, true) => record.state,
        };
        *left_out.entry(why.to_owned()).or_default() += 1;
    }
    Ok((gaps, left_out.into_iter().collect()))
}

/// All fits of these gaps, those that were rejected too: they are counted.
async fn fits(on: &mut AnyConnection, gaps: &[Item]) -> Result<Vec<Item>, StoreError> {
    let mut fits = Vec::new();
    for some in gaps.chunks(AT_ONCE) {
        let is_theirs = |it: &mut Statement| {
            it.sql("gap IN ")
                .list(some.iter().map(|it| it.id.to_string()));
        };
        let found = records_where(on, RecordKind::Fit, is_theirs).await?;
        fits.extend(found.iter().map(Item::of));
    }
    fits.sort_by_key(|it| it.number);
    Ok(fits)
}

/// How these fits were scored; those that nobody scored are left out.
async fn scores(
    on: &mut AnyConnection,
    fits: &[Item],
) -> Result<BTreeMap<RecordId, Vec<ScoreFact>>, StoreError> {
    let mut scores = BTreeMap::new();
    for some in fits.chunks(AT_ONCE) {
        let some: Vec<RecordId> = some.iter().map(|it| it.id).collect();
        for (fit, summaries) in scores_of_fits(on, &some).await? {
            let fact = |(it, criterion): (ScoreSummary, &str)| {
                let mean = it.mean?;
                Some(ScoreFact {
                    criterion: criterion.to_owned(),
                    n: it.n,
                    mean: (mean * 100.0).round() / 100.0,
                })
            };
            let facts = summaries.into_iter().zip(CRITERIA).filter_map(fact);
            scores.insert(fit, facts.collect());
        }
    }
    Ok(scores)
}

/// The solutions of these fits, and the projects that they are results of.
async fn solutions(on: &mut AnyConnection, fits: &[Item]) -> Result<Vec<Item>, StoreError> {
    let mut known: BTreeSet<RecordId> = BTreeSet::new();
    let mut wanted: BTreeSet<RecordId> = ids(fits, "solution")?;
    let mut solutions: Vec<Item> = Vec::new();
    // A result names its project, which may be a result itself; nobody nests deeper than that.
    for _ in 0..3 {
        let new: Vec<RecordId> = wanted.difference(&known).copied().collect();
        let mut found = Vec::new();
        for some in new.chunks(AT_ONCE) {
            let records = records_by_ids(on, RecordKind::Solution, some).await?;
            found.extend(records.iter().map(Item::of));
        }
        known.extend(new);
        wanted = ids(&found, "parent")?;
        solutions.extend(found);
    }
    solutions.sort_by_key(|it| it.number);
    Ok(solutions)
}

fn ids(items: &[Item], field: &str) -> Result<BTreeSet<RecordId>, StoreError> {
    let texts = items.iter().map(|it| it.text(field));
    texts.filter(|it| !it.is_empty()).map(id).collect()
}

fn targets<'a>(kind: &'a str, items: &'a [Item]) -> impl Iterator<Item = String> + 'a {
    items.iter().map(move |it| format!("{kind}:{}", it.id))
}

/// The evidence on these gaps, solutions and fits.
async fn evidence(
    on: &mut AnyConnection,
    [gaps, solutions, fits]: [&Vec<Item>; 3],
) -> Result<Vec<Item>, StoreError> {
    let all = targets("gap", gaps).chain(targets("solution", solutions));
    let all: Vec<String> = all.chain(targets("fit", fits)).collect();
    let mut evidence = Vec::new();
    for some in all.chunks(AT_ONCE) {
        let is_on_them = |it: &mut Statement| {
            it.sql("target IN ").list(some.iter().map(String::as_str));
        };
        let found = records_where(on, RecordKind::Evidence, is_on_them).await?;
        evidence.extend(found.iter().map(Item::of));
    }
    evidence.sort_by_key(|it| it.number);
    Ok(evidence)
}

async fn groups(on: &mut AnyConnection) -> Result<Vec<GroupFact>, StoreError> {
    let statement =
        Statement::new("SELECT id, name, scope FROM practitioner_group ORDER BY name, id");
    let rows = statement.fetch(on).await?;
    let group = |row: &sqlx::any::AnyRow| {
        Ok(GroupFact {
            id: id(&row.try_get::<String, _>("id")?)?,
            name: row.try_get("name")?,
            scope: row.try_get("scope")?,
        })
    };
    rows.iter().map(group).collect()
}

/// The report before this one, and the version table of all before.
async fn past(
    on: &mut AnyConnection,
    report: &ReportRecord,
) -> Result<(Option<Previous>, Vec<Edition>), StoreError> {
    let mut editions = Vec::new();
    let mut previous = None;
    let mut next = report.previous;
    while let Some(before) = next.filter(|_| editions.len() < EDITIONS) {
        let record = load(on, ReportHandle::Id(before)).await?;
        let Some(snapshot) = snapshot_of(on, before).await? else {
            break;
        };
        editions.push(Edition {
            number: snapshot.number.clone(),
            edition: snapshot.draft.edition.clone(),
            level: snapshot.draft.level,
            cut_off: snapshot.cut_off.day(),
            changes: snapshot.draft.cover.changes.clone(),
        });
        if previous.is_none() {
            let was = Previous::of(snapshot);
            previous = Some(was.map_err(|error| StoreError::Corrupt(error.to_string()))?);
        }
        next = record.previous;
    }
    editions.reverse();
    Ok((previous, editions))
}
