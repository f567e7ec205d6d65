//! A table with a row for each fit, and one for each gap that has none; for spreadsheets.

use std::collections::HashMap;

use crate::catalogue::table::csv_line;
use crate::export::csv::BOM;
use crate::report::Report;
use crate::report::sheet::{FitLine, GapSheet, SolutionSheet};

const COLUMNS: [&str; 19] = [
    "gap",
    "gap_title",
    "groups",
    "light",
    "best_trl",
    "votes",
    "gap_link",
    "fit",
    "degree",
    "fit_state",
    "counts",
    "left_out",
    "rationale",
    "limits",
    "solution",
    "solution_name",
    "kind",
    "readiness",
    "solution_link",
];

pub(super) fn write(report: &Report) -> Vec<u8> {
    let solutions = report.solutions.iter();
    let solutions: HashMap<&str, &SolutionSheet> =
        solutions.map(|it| (&*it.is.number, it)).collect();
    let mut out = BOM.to_owned();
    out.push_str(&csv_line(COLUMNS.map(str::to_owned)));
    let base = report.cover.base.trim_end_matches('/');
    for gap in &report.gaps {
        let first = gap_cells(gap, base);
        if gap.fits.is_empty() {
            let none = vec![String::new(); COLUMNS.len() - first.len()];
            out.push_str(&csv_line(first.into_iter().chain(none)));
            continue;
        }
        for fit in &gap.fits {
            let kind = solutions
                .get(&*fit.solution.number)
                .map(|it| it.kind.clone());
            let rest = fit_cells(fit, kind.unwrap_or_default(), base);
            out.push_str(&csv_line(first.iter().cloned().chain(rest)));
        }
    }
    out.into_bytes()
}

fn gap_cells(gap: &GapSheet, base: &str) -> Vec<String> {
    vec![
        gap.is.number.clone(),
        gap.is.title.clone(),
        gap.groups.join("; "),
        gap.light.to_owned(),
        gap.best_trl.map_or_else(String::new, |it| it.to_string()),
        gap.votes.to_string(),
        format!("{base}{}", gap.is.href),
    ]
}

fn fit_cells(fit: &FitLine, kind: String, base: &str) -> Vec<String> {
    let counts = if fit.left_out.is_none() { "yes" } else { "no" };
    vec![
        fit.number.clone(),
        fit.degree.clone(),
        fit.state.clone(),
        counts.to_owned(),
        fit.left_out.unwrap_or_default().to_owned(),
        fit.rationale.clone(),
        fit.limits.clone(),
        fit.solution.number.clone(),
        fit.solution.title.clone(),
        kind,
        fit.maturity.clone(),
        format!("{base}{}", fit.solution.href),
    ]
}
