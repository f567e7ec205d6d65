//! The matrix gap x solution: which solutions fit which gaps, for a picture and for a table.

use std::collections::BTreeSet;

use sqlx::Row;

use super::list::RecordFilter;
use crate::base::id::RecordId;
use crate::catalogue::coverage::Light;
use crate::catalogue::kind::RecordKind;
use crate::store::columns::{id, word};
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::statement::Statement;

/// Which gaps the matrix has, and which fits.
#[derive(Clone, Debug)]
pub struct MatrixFilter {
    /// The gaps.
    pub gaps: RecordFilter,
    /// Only fits in this state; all live ones where none is said.
    pub fit_state: Option<String>,
    /// How many gaps at most.
    pub limit: i64,
}

/// A row of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixGap {
    /// Its id.
    pub id: RecordId,
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// Its light.
    pub light: Light,
    /// The name of its first group; empty where it has none.
    pub group: String,
}

/// A column of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixSolution {
    /// Its id.
    pub id: RecordId,
    /// Its number.
    pub number: i64,
    /// Its name.
    pub title: String,
    /// What it is.
    pub kind: String,
    /// Its level, at least.
    pub trl: Option<i64>,
}

/// A fit in the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixCell {
    /// The fit.
    pub fit: RecordId,
    /// Of this gap.
    pub gap: RecordId,
    /// And this solution.
    pub solution: RecordId,
    /// How well it fits.
    pub degree: String,
    /// How far it has come.
    pub state: String,
}

/// The matrix: gaps and solutions by their numbers, and the fits between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The rows.
    pub gaps: Vec<MatrixGap>,
    /// The columns: the solutions that have a fit with one of the gaps.
    pub solutions: Vec<MatrixSolution>,
    /// The fits.
    pub cells: Vec<MatrixCell>,
}

impl Store {
    /// The matrix of the gaps that the filter shows.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn matrix(&self, filter: &MatrixFilter) -> Result<Matrix, StoreError> {
        let mut on = self.read.acquire().await?;
        let mut matrix = Matrix::default();
        let mut statement = Statement::new(
            "SELECT id, number, title, light, COALESCE((SELECT p.name FROM gap_group AS gg
                 JOIN practitioner_group AS p ON p.id = gg.practitioner_group
                 WHERE gg.gap = gap.id ORDER BY gg.place LIMIT 1), '') AS group_name FROM gap",
        );
        self.write_conditions(&mut statement, &filter.gaps, false);
        statement.sql(" ORDER BY number LIMIT ").arg(filter.limit);
        for row in statement.fetch(&mut on).await? {
            let light: String = row.try_get("light")?;
            matrix.gaps.push(MatrixGap {
                id: id(&row.try_get::<String, _>("id")?)?,
                number: row.try_get("number")?,
                title: row.try_get("title")?,
                light: word(&light)?,
                group: row.try_get("group_name")?,
            });
        }
        let mut statement =
            Statement::new("SELECT id, gap, solution, degree, state FROM fit WHERE state ");
        match &filter.fit_state {
            Some(state) => statement.sql("= ").arg(state.as_str()),
            None => statement.sql("IN ('proposed', 'under_review', 'accepted')"),
        };
        let gaps = matrix.gaps.iter().map(|it| it.id.to_string());
        statement
            .sql(" AND gap IN ")
            .list(gaps)
            .sql(" ORDER BY number");
        for row in statement.fetch(&mut on).await? {
            matrix.cells.push(MatrixCell {
                fit: id(&row.try_get::<String, _>("id")?)?,
                gap: id(&row.try_get::<String, _>("gap")?)?,
                solution: id(&row.try_get::<String, _>("solution")?)?,
                degree: row.try_get("degree")?,
                state: row.try_get("state")?,
            });
        }
        let fitting: BTreeSet<RecordId> = matrix.cells.iter().map(|it| it.solution).collect();
        let fitting: Vec<RecordId> = fitting.into_iter().collect();
        for some in fitting.chunks(super::attached::AT_ONCE) {
            let mut statement =
                Statement::new("SELECT id, number, name, kind, trl_low FROM solution WHERE id IN ");
            statement.list(some.iter().map(ToString::to_string));
            for row in statement.fetch(&mut on).await? {
                let trl: i64 = row.try_get("trl_low")?;
                matrix.solutions.push(MatrixSolution {
                    id: id(&row.try_get::<String, _>("id")?)?,
                    number: row.try_get("number")?,
                    title: row.try_get("name")?,
                    kind: row.try_get("kind")?,
                    trl: (trl != 0).then_some(trl),
                });
            }
        }
        matrix.solutions.sort_by_key(|it| it.number);
        Ok(matrix)
    }
}

impl MatrixFilter {
    /// All gaps, up to `limit`.
    pub fn new(limit: i64) -> Self {
        Self {
            gaps: RecordFilter::new(RecordKind::Gap),
            fit_state: None,
            limit,
        }
    }
}
