//! `/api/v1/import-mappings`: how tables of others are read, by name.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PageView;
use crate::base::id::MappingId;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::shape;
use crate::http::error::ApiError;
use crate::http::extract::{Json, Path};
use crate::http::identity::{Import, May};
use crate::http::state::App;
use crate::import::mapping::{Mapping, MappingText};
use crate::import::own;
use crate::store::{Page, SavedMapping};

/// A column's way into a field.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportColumn)]
pub(crate) struct ColumnSchema {
    /// The column by its name in the file.
    column: String,
    /// The field, or one of: key, groups, links, fact, sources, state, tlp.
    field: String,
    /// Which words of the column stand for which values.
    #[schema(required = false)]
    words: BTreeMap<String, String>,
}

/// How a table is read.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportMapping)]
pub(crate) struct MappingSchema {
    /// gap or solution.
    kind: String,
    /// What stands between cells: one sign, tab, or empty to have it told from the header.
    #[schema(required = false)]
    delimiter: String,
    /// auto, utf-8 or windows-1252.
    #[schema(required = false)]
    encoding: String,
    /// Which line has the columns' names.
    #[schema(required = false)]
    header_row: u32,
    /// Whether each row is a project, so that its grant alone names its record.
    #[schema(required = false)]
    projects: bool,
    /// The columns that are read.
    columns: Vec<ColumnSchema>,
    /// Fields with the same value in every row.
    #[schema(required = false)]
    always: BTreeMap<String, String>,
}

/// A mapping with a name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SavedMapping)]
pub(crate) struct MappingView {
    #[schema(value_type = String, format = "uuid")]
    id: MappingId,
    name: String,
    #[schema(value_type = MappingSchema)]
    mapping: MappingText,
    version: i64,
}

impl From<SavedMapping> for MappingView {
    fn from(it: SavedMapping) -> Self {
        Self {
            id: it.id,
            name: it.name,
            mapping: it.mapping.text().clone(),
            version: it.version,
        }
    }
}

/// A mapping to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewMapping)]
pub(crate) struct MappingBody {
    name: String,
    #[schema(value_type = MappingSchema)]
    mapping: MappingText,
}

/// All mappings, by name.
#[utoipa::path(get, path = "/api/v1/import-mappings", tag = "mappings",
    responses((status = OK, body = PageView<MappingView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<Import>,
) -> Result<axum::Json<PageView<MappingView>>, ApiError> {
    let items = app.store.mappings().await?;
    let page = Page { items, next: None };
    Ok(PageView::of(page, MappingView::from))
}

/// Keeps a mapping under a name, over the one that has it.
#[utoipa::path(put, path = "/api/v1/import-mappings", tag = "mappings",
    request_body = MappingBody, responses((status = OK, body = MappingView)))]
pub(crate) async fn save(
    State(app): State<App>,
    user: May<Import>,
    Json(body): Json<MappingBody>,
) -> Result<axum::Json<MappingView>, ApiError> {
    let mapping = Mapping::new(body.mapping)?;
    let saved = app
        .store
        .save_mapping(&body.name, &mapping, &user.by())
        .await?;
    Ok(axum::Json(saved.into()))
}

/// Deletes a mapping.
#[utoipa::path(delete, path = "/api/v1/import-mappings/{id}", tag = "mappings",
    params(("id" = String, Path)), responses((status = NO_CONTENT)))]
pub(crate) async fn delete(
    State(app): State<App>,
    user: May<Import>,
    Path(id): Path<MappingId>,
) -> Result<StatusCode, ApiError> {
    app.store.delete_mapping(id, &user.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where the cells of a column can go.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportFields)]
pub(crate) struct FieldsView {
    gap: Vec<String>,
    solution: Vec<String>,
}

/// Where the cells of a column can go, for each kind of record.
#[utoipa::path(get, path = "/api/v1/import-fields", tag = "mappings",
    responses((status = OK, body = FieldsView)))]
pub(crate) async fn fields(_: May<Import>) -> axum::Json<FieldsView> {
    let of = |kind: RecordKind| {
        let fields = shape::fields(kind).iter().map(|it| it.name);
        let beside = own::PLACES.iter().copied();
        let all = fields.chain(beside);
        all.filter(|it| own::place(kind, it) == Some(*it))
            .map(str::to_owned)
            .collect()
    };
    axum::Json(FieldsView {
        gap: of(RecordKind::Gap),
        solution: of(RecordKind::Solution),
    })
}
