//! `/api/v1/coverage`, `/api/v1/watch`: how the gaps are covered, and what somebody should look at.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::records::{is, said, today};
use crate::base::id::{GroupId, RecordId};
use crate::base::invalid::Invalid;
use crate::catalogue::coverage::{LeftOut, Light};
use crate::catalogue::kind::RecordKind;
use crate::catalogue::table::csv_line;
use crate::catalogue::{shape, state};
use crate::http::error::ApiError;
use crate::http::extract::Query;
use crate::http::identity::{May, ReadCatalogue};
use crate::http::state::App;
use crate::store::{Condition, Matrix, MatrixFilter};

/// How many gaps have each light.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Lights {
    green: i64,
    amber: i64,
    red: i64,
    grey: i64,
}

impl Lights {
    fn of(counts: &BTreeMap<Light, i64>) -> Self {
        let n = |light| counts.get(&light).copied().unwrap_or(0);
        Self {
            green: n(Light::Green),
            amber: n(Light::Amber),
            red: n(Light::Red),
            grey: n(Light::Grey),
        }
    }
}

/// The lights of one group's gaps.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GroupLights {
    #[schema(value_type = String, format = "uuid")]
    group: GroupId,
    name: String,
    lights: Lights,
}

/// Fits that do not count, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeftOutCount {
    /// rejected, not_accepted, withdrawn, no_fit, partial, target_only, trl_not_stated,
    /// trl_outside or not_in_use.
    reason: &'static str,
    n: i64,
}

/// How the gaps are covered. Merged and rejected gaps are not counted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Coverage {
    lights: Lights,
    /// By group; a gap of two groups counts in both.
    groups: Vec<GroupLights>,
    /// What the report's rule leaves out.
    left_out: Vec<LeftOutCount>,
}

/// How the gaps are covered, in all and by group, and what the report's rule leaves out.
#[utoipa::path(get, path = "/api/v1/coverage", tag = "coverage",
    responses((status = OK, body = Coverage)))]
pub(crate) async fn totals(
    State(app): State<App>,
    _: May<ReadCatalogue>,
) -> Result<axum::Json<Coverage>, ApiError> {
    let totals = app.store.coverage_totals().await?;
    let groups = totals
        .groups
        .into_iter()
        .map(|(group, name, lights)| GroupLights {
            group,
            name,
            lights: Lights::of(&lights),
        });
    let left_out = LeftOut::ALL.into_iter().map(|reason| LeftOutCount {
        reason: reason.as_str(),
        n: totals.left_out.get(&reason).copied().unwrap_or(0),
    });
    Ok(axum::Json(Coverage {
        lights: Lights::of(&totals.lights),
        groups: groups.collect(),
        left_out: left_out.collect(),
    }))
}

/// Which part of the matrix is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MatrixQuery {
    /// Only gaps of this group.
    #[param(value_type = Option<String>, format = "uuid")]
    group: Option<GroupId>,
    /// Only gaps with this tag.
    tag: Option<String>,
    /// Only gaps in this dimension.
    thor: Option<String>,
    /// Only fits in this state; all live ones unless said.
    state: Option<String>,
    /// Only gaps with this light.
    light: Option<String>,
    /// How many gaps, 1 to 500; 100 unless said.
    limit: Option<i64>,
}

impl MatrixQuery {
    fn filter(&self) -> Result<MatrixFilter, Invalid> {
        let limit = self.limit.unwrap_or(100);
        if !(1..=500).contains(&limit) {
            return Err(Invalid::new("limit", "must be from 1 to 500"));
        }
        let mut filter = MatrixFilter::new(limit);
        let mut gaps = is(filter.gaps, "thor", self.thor.as_deref())?;
        if let Some(group) = self.group {
            gaps = gaps.with(Condition::Group(group));
        }
        if let Some(tag) = said(self.tag.as_deref()) {
            gaps = gaps.with(Condition::Tag(tag.to_owned()));
        }
        if let Some(light) = said(self.light.as_deref()) {
            let wrong = |it: Invalid| Invalid::new("light", it.reason);
            gaps = gaps.with(Condition::Light(Light::try_from(light).map_err(wrong)?));
        }
        filter.gaps = gaps;
        if let Some(name) = said(self.state.as_deref()) {
            let state = state::find(shape::states(RecordKind::Fit), name)?;
            filter.fit_state = Some(state.name.to_owned());
        }
        Ok(filter)
    }
}

/// A row of the matrix.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MatrixGapView {
    #[schema(value_type = String, format = "uuid")]
    id: RecordId,
    number: String,
    title: String,
    /// green, amber, red or grey.
    light: &'static str,
    /// The name of its first group; empty where it has none.
    group: String,
}

/// A column of the matrix.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MatrixSolutionView {
    #[schema(value_type = String, format = "uuid")]
    id: RecordId,
    number: String,
    title: String,
    kind: String,
    #[schema(required)]
    trl: Option<i64>,
}

/// A fit in the matrix.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MatrixCellView {
    /// The id of the fit.
    #[schema(value_type = String, format = "uuid")]
    fit: RecordId,
    #[schema(value_type = String, format = "uuid")]
    gap: RecordId,
    #[schema(value_type = String, format = "uuid")]
    solution: RecordId,
    /// none, partial, good or full.
    degree: String,
    /// The fit's state.
    state: String,
}

/// Gaps and solutions by their numbers, and the fits between them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Matrix)]
pub(crate) struct MatrixView {
    gaps: Vec<MatrixGapView>,
    /// The solutions that have a fit with one of the gaps.
    solutions: Vec<MatrixSolutionView>,
    cells: Vec<MatrixCellView>,
}

impl From<Matrix> for MatrixView {
    fn from(matrix: Matrix) -> Self {
        let gaps = matrix.gaps.into_iter().map(|it| MatrixGapView {
            id: it.id,
            number: RecordKind::Gap.number(it.number),
            title: it.title,
            light: it.light.as_str(),
            group: it.group,
        });
        let solutions = matrix.solutions.into_iter().map(|it| MatrixSolutionView {
            id: it.id,
            number: RecordKind::Solution.number(it.number),
            title: it.title,
            kind: it.kind,
            trl: it.trl,
        });
        let cells = matrix.cells.into_iter().map(|it| MatrixCellView {
            fit: it.fit,
            gap: it.gap,
            solution: it.solution,
            degree: it.degree,
            state: it.state,
        });
        Self {
            gaps: gaps.collect(),
            solutions: solutions.collect(),
            cells: cells.collect(),
        }
    }
}

/// Which solutions fit which gaps.
#[utoipa::path(get, path = "/api/v1/coverage/matrix", tag = "coverage", params(MatrixQuery),
    responses((status = OK, body = MatrixView)))]
pub(crate) async fn matrix(
    State(app): State<App>,
    _: May<ReadCatalogue>,
    Query(query): Query<MatrixQuery>,
) -> Result<axum::Json<MatrixView>, ApiError> {
    let matrix = app.store.matrix(&query.filter()?).await?;
    Ok(axum::Json(matrix.into()))
}

/// The same as a table: a row for each gap, a column for each solution.
#[utoipa::path(get, path = "/api/v1/coverage/matrix.csv", tag = "coverage", params(MatrixQuery),
    responses((status = OK, content_type = "text/csv", body = String)))]
pub(crate) async fn table(
    State(app): State<App>,
    _: May<ReadCatalogue>,
    Query(query): Query<MatrixQuery>,
) -> Result<impl IntoResponse, ApiError> {
    let matrix = app.store.matrix(&query.filter()?).await?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"coverage.csv\""),
    ];
    Ok((headers, csv(&matrix)))
}

/// The matrix as a table; a fit that is not accepted says its state too.
fn csv(matrix: &Matrix) -> String {
    let solutions = matrix.solutions.iter();
    let named =
        solutions.map(|it| format!("{} {}", RecordKind::Solution.number(it.number), it.title));
    let first = ["gap", "title", "group", "coverage"].map(str::to_owned);
    let mut text = csv_line(first.into_iter().chain(named));
    let cells: BTreeMap<_, _> = matrix
        .cells
        .iter()
        .map(|it| ((it.gap, it.solution), it))
        .collect();
    for gap in &matrix.gaps {
        let said = [
            RecordKind::Gap.number(gap.number),
            gap.title.clone(),
            gap.group.clone(),
            gap.light.as_str().to_owned(),
        ];
        let fits = matrix
            .solutions
            .iter()
            .map(|it| match cells.get(&(gap.id, it.id)) {
                Some(fit) if fit.state == "accepted" => fit.degree.clone(),
                Some(fit) => format!("{} ({})", fit.degree, fit.state),
                None => String::new(),
            });
        text.push_str(&csv_line(said.into_iter().chain(fits)));
    }
    text
}

/// How many solutions are at a level, on a basis.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LevelCount {
    /// 1 to 9; 0 where none is stated.
    level: i64,
    /// On what it rests; empty where that is not said.
    basis: String,
    n: i64,
}

/// What somebody should look at.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Watch)]
pub(crate) struct WatchView {
    /// Gaps without a live fit.
    unlinked_gaps: i64,
    /// Solutions without a live fit.
    unlinked_solutions: i64,
    /// Solutions whose next check is over.
    stale: i64,
    /// Evidence that another source contradicts.
    contradictory: i64,
    gaps_without_evidence: i64,
    solutions_without_evidence: i64,
    /// Fits that wait for somebody's judgement.
    to_review: i64,
    /// How many solutions are at each technology readiness level.
    levels: Vec<LevelCount>,
}

/// What is unlinked, stale, contradictory, without evidence; and how ripe the solutions are.
#[utoipa::path(get, path = "/api/v1/watch", tag = "coverage",
    responses((status = OK, body = WatchView)))]
pub(crate) async fn watch(
    State(app): State<App>,
    _: May<ReadCatalogue>,
) -> Result<axum::Json<WatchView>, ApiError> {
    let watch = app.store.watch(&today(&app)).await?;
    let level = |(level, basis, n)| LevelCount { level, basis, n };
    Ok(axum::Json(WatchView {
        unlinked_gaps: watch.unlinked_gaps,
        unlinked_solutions: watch.unlinked_solutions,
        stale: watch.stale,
        contradictory: watch.contradictory,
        gaps_without_evidence: watch.gaps_without_evidence,
        solutions_without_evidence: watch.solutions_without_evidence,
        to_review: watch.to_review,
        levels: watch.levels.into_iter().map(level).collect(),
    }))
}
