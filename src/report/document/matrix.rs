//! The matrix gap x solution: pictures that fit on a page, and a table that says the same.

use std::collections::{BTreeMap, BTreeSet};

use super::sheets::{numbers, tone};
use super::{Body, Cell, Matrix, MatrixCell, MatrixRow, Picture, Span, To, Tone, anchor, here};
use crate::report::language::Language;
use crate::report::sheet::{FitLine, GapSheet};
use crate::report::value::Report;

/// Gaps on one picture.
const ROWS: usize = 24;
/// Solutions on one picture.
const COLUMNS: usize = 14;
/// More pictures than this nobody looks at: the table stays.
const PICTURES: usize = 30;

pub(super) fn matrix(body: &mut Body, report: &Report) {
    let language = body.language;
    body.heading(1, "matrix", language.gaps_by_solutions());
    if report.fits.is_empty() {
        body.say(language.nothing_linked_at_all());
        return;
    }
    let pieces = pieces(report);
    match pieces.len() <= PICTURES {
        true => {
            body.say(language.legend());
            let n = pieces.len();
            for (at, matrix) in pieces.into_iter().enumerate() {
                let caption = match n {
                    1 => language.gaps_by_solutions().to_owned(),
                    n => language.part(language.gaps_by_solutions(), at + 1, n),
                };
                body.figure(caption, alt(language, &matrix), Picture::Matrix(matrix));
            }
        }
        false => body.say(language.too_many()),
    }
    table(body, report);
}

fn alt(language: Language, matrix: &Matrix) -> String {
    let row = |row: &MatrixRow| {
        let cells = row.cells.iter().zip(&matrix.columns);
        let cells = cells.filter_map(|(cell, column)| Some((cell.as_ref()?, &column.0)));
        let cells = cells.map(|(cell, column)| format!("{column} {}", cell.letter));
        let cells: Vec<String> = cells.collect();
        (!cells.is_empty())
            .then(|| format!("{}{}{}", row.number, language.colon(), cells.join(", ")))
    };
    let rows: Vec<String> = matrix.rows.iter().filter_map(row).collect();
    rows.join("; ")
}

/// Pictures of so many gaps and solutions that they fit on a page.
fn pieces(report: &Report) -> Vec<Matrix> {
    let linked: Vec<&GapSheet> = report
        .gaps
        .iter()
        .filter(|it| !it.fits.is_empty())
        .collect();
    let mut pieces = Vec::new();
    for gaps in linked.chunks(ROWS) {
        let solutions = gaps.iter().flat_map(|it| &it.fits);
        let solutions: BTreeSet<(u64, &str)> =
            solutions.map(|it| by_number(&it.solution.number)).collect();
        let solutions: Vec<&str> = solutions.into_iter().map(|it| it.1).collect();
        for columns in solutions.chunks(COLUMNS) {
            let rows = gaps
                .iter()
                .filter_map(|gap| row(report.cover.language, gap, columns));
            pieces.push(Matrix {
                columns: columns
                    .iter()
                    .map(|it| ((*it).to_owned(), To::Here(anchor(it))))
                    .collect(),
                rows: rows.collect(),
            });
        }
        if PICTURES < pieces.len() {
            break;
        }
    }
    pieces
}

/// Puts numbers such as SOL-9 before SOL-10.
fn by_number(number: &str) -> (u64, &str) {
    let digits = number.rsplit('-').next().and_then(|it| it.parse().ok());
    (digits.unwrap_or_default(), number)
}

/// A gap's row, where it has a fit to one of these solutions.
fn row(language: Language, gap: &GapSheet, columns: &[&str]) -> Option<MatrixRow> {
    let fits: BTreeMap<&str, &FitLine> = gap
        .fits
        .iter()
        .map(|it| (&*it.solution.number, it))
        .collect();
    let cells: Vec<Option<MatrixCell>> = columns
        .iter()
        .map(|it| fits.get(it).map(|fit| cell(language, fit)))
        .collect();
    cells.iter().any(Option::is_some).then(|| MatrixRow {
        number: gap.is.number.clone(),
        title: gap.is.title.clone(),
        to: To::Here(anchor(&gap.is.number)),
        light: Tone::of_light(gap.light),
        cells,
    })
}

fn cell(language: Language, fit: &FitLine) -> MatrixCell {
    MatrixCell {
        tone: tone(fit),
        letter: match &*fit.degree {
            "full" => language.letter_full(),
            "good" => language.letter_good(),
            "partial" => language.letter_partial(),
            _ => "-",
        },
        title: language.fit_of(
            &fit.gap.number,
            &fit.solution.number,
            language.degree(&fit.degree),
        ),
        to: To::App(fit.href.clone()),
    }
}

fn table(body: &mut Body, report: &Report) {
    let language = body.language;
    let row = |gap: &GapSheet| {
        let some = |is_in: &dyn Fn(&FitLine) -> bool| {
            let fits = gap.fits.iter().filter(|it| is_in(it));
            Cell::of(numbers(fits.map(|it| &it.solution)))
        };
        vec![
            Cell::of(vec![
                here(&gap.is),
                Span::plain(format!(" {}", gap.is.title)),
            ]),
            Cell::plain(language.light(gap.light)).toned(Tone::of_light(gap.light)),
            some(&|it| it.left_out.is_none()),
            some(&|it| !matches!(it.left_out, None | Some("not_accepted" | "no_fit"))),
            some(&|it| it.left_out == Some("not_accepted")),
        ]
    };
    let linked = report.gaps.iter().filter(|it| !it.fits.is_empty());
    let columns = [
        (language.a_gap(), 40),
        (language.light_head(), 12),
        (language.meets_the_rule(), 16),
        (language.does_not_count(), 18),
        (language.not_accepted_yet(), 14),
    ];
    body.table(
        language.solutions_for_each_gap(),
        &columns,
        linked.map(row).collect(),
    );
}
