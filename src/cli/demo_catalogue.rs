//! The demonstration's catalogue: facts with their sources, from the folder `demo/`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::base::time::Timestamp;
use crate::catalogue::json::change;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::{NewRecord, Record};
use crate::store::{By, Cause, PageRequest, RecordFilter, Store};

/// Why a fit is there: nobody has looked at it in earnest.
const RATIONALE: &str = "Proposed for the demonstration, from public descriptions.";

/// The whole file.
#[derive(Debug, Deserialize)]
struct Catalogue {
    /// The day on which the sources were read.
    checked: String,
    sources: BTreeMap<String, Source>,
    gaps: Vec<Gap>,
    solutions: Vec<Solution>,
}

#[derive(Debug, Deserialize)]
struct Source {
    title: String,
    url: String,
    kind: String,
}

#[derive(Debug, Deserialize)]
struct Gap {
    /// The name of the group whose gap it is.
    group: String,
    record: Map<String, Json>,
    evidence: Vec<Evidence>,
}

#[derive(Debug, Deserialize)]
struct Solution {
    record: Map<String, Json>,
    fits: Vec<Fit>,
    evidence: Vec<Evidence>,
}

#[derive(Debug, Deserialize)]
struct Fit {
    /// The place of the gap in the file, from 1.
    gap: usize,
    degree: String,
    state: String,
}

#[derive(Debug, Deserialize)]
struct Evidence {
    source: String,
    fact: String,
    #[serde(default)]
    conflict: bool,
}

/// Fills a catalogue in which there is nothing yet; whether it did.
pub(super) async fn add_catalogue(store: &Store, now: Timestamp) -> anyhow::Result<bool> {
    for kind in RecordKind::ALL {
        if store.count_records(&RecordFilter::new(kind)).await? != 0 {
            return Ok(false);
        }
    }
    let by = By::command(now);
    let file: Catalogue = serde_json::from_str(include_str!("../../demo/catalogue.json"))?;
    let gaps = add(store, gaps(store, &file).await?, &by).await?;
    let solutions = file
        .solutions
        .iter()
        .map(|it| new(RecordKind::Solution, &it.record));
    let solutions = add(store, solutions.collect::<anyhow::Result<_>>()?, &by).await?;
    add(store, fits(&file, &gaps, &solutions)?, &by).await?;
    add(store, evidence(&file, &gaps, &solutions)?, &by).await?;
    Ok(true)
}

async fn add(store: &Store, new: Vec<NewRecord>, by: &By) -> anyhow::Result<Vec<Record>> {
    Ok(store.create_records(new, by, Cause::Edit).await?)
}

fn new(kind: RecordKind, said: &Map<String, Json>) -> anyhow::Result<NewRecord> {
    Ok(NewRecord::new(&change(kind, said)?)?)
}

/// The gaps, each of the group with its name, where there is one.
async fn gaps(store: &Store, file: &Catalogue) -> anyhow::Result<Vec<NewRecord>> {
    let all = PageRequest::new(Some(500), None, None)?;
    let groups = store.groups(&all).await?.items;
    let gap = |gap: &Gap| {
        let mut record = gap.record.clone();
        let named = groups.iter().filter(|it| it.name == gap.group);
        let ids: Vec<String> = named.map(|it| it.id.to_string()).collect();
        record.insert("groups".to_owned(), json!(ids));
        new(RecordKind::Gap, &record)
    };
    file.gaps.iter().map(gap).collect()
}

fn fits(file: &Catalogue, gaps: &[Record], solutions: &[Record]) -> anyhow::Result<Vec<NewRecord>> {
    let mut fits = Vec::new();
    for (solution, said) in solutions.iter().zip(&file.solutions) {
        for fit in &said.fits {
            let gap = gaps.get(fit.gap.wrapping_sub(1));
            let gap =
                gap.ok_or_else(|| anyhow::anyhow!("the demonstration has no gap {}", fit.gap))?;
            let fit = json!({ "gap": gap.id, "solution": solution.id, "degree": fit.degree,
                              "state": fit.state, "rationale": RATIONALE });
            fits.push(of_value(RecordKind::Fit, fit)?);
        }
    }
    Ok(fits)
}

fn evidence(
    file: &Catalogue,
    gaps: &[Record],
    solutions: &[Record],
) -> anyhow::Result<Vec<NewRecord>> {
    let of_gaps = gaps.iter().zip(file.gaps.iter().map(|it| &it.evidence));
    let of_solutions = solutions
        .iter()
        .zip(file.solutions.iter().map(|it| &it.evidence));
    let mut all = Vec::new();
    for (record, evidence) in of_gaps.chain(of_solutions) {
        for it in evidence {
            let source = file.sources.get(&it.source);
            let source = source.ok_or_else(|| anyhow::anyhow!("no source {}", it.source))?;
            let said = json!({ "target": format!("{}:{}", record.kind, record.id),
                "title": source.title, "url": source.url, "kind": source.kind,
                "date_checked": file.checked, "fact": it.fact, "conflict": it.conflict });
            all.push(of_value(RecordKind::Evidence, said)?);
        }
    }
    Ok(all)
}

fn of_value(kind: RecordKind, said: Json) -> anyhow::Result<NewRecord> {
    match said {
        Json::Object(said) => new(kind, &said),
        _ => anyhow::bail!("a record is an object"),
    }
}
