//! `/api/v1/tags`: tags, as data.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Created, PageView, created};
use crate::base::id::TagId;
use crate::http::error::ApiError;
use crate::http::extract::{IfMatch, Json, Path, Query};
use crate::http::identity::{ManageTags, May, ReadCatalogue};
use crate::http::state::App;
use crate::store::{NewTag, PageRequest, Tag, TagChange};

/// A tag.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tag)]
pub(crate) struct TagView {
    #[schema(value_type = String, format = "uuid")]
    id: TagId,
    /// Empty for a tag that anybody who writes records may add.
    scheme: String,
    name: String,
    /// As records write it: name, or scheme:name.
    label: String,
    /// What it means.
    about: String,
    version: i64,
    /// How many records have it.
    used: i64,
}

impl From<Tag> for TagView {
    fn from(tag: Tag) -> Self {
        Self {
            label: tag.label(),
            id: tag.id,
            scheme: tag.scheme,
            name: tag.name,
            about: tag.about,
            version: tag.version,
            used: tag.used,
        }
    }
}

/// A tag to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TagBody {
    #[serde(default)]
    scheme: String,
    name: String,
    #[serde(default)]
    about: String,
}

/// What changes; the rest stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TagPatch {
    name: Option<String>,
    about: Option<String>,
    /// The version that the change was made from; `If-Match` says the same.
    version: Option<i64>,
}

/// Which tags are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TagQuery {
    /// Only tags of this scheme.
    scheme: Option<String>,
    /// How many rows, 1 to 500; 50 unless said.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// Only tags whose name contains this.
    q: Option<String>,
}

/// All tags, newest first.
#[utoipa::path(get, path = "/api/v1/tags", tag = "tags", params(TagQuery),
    responses((status = OK, body = PageView<TagView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ReadCatalogue>,
    Query(query): Query<TagQuery>,
) -> Result<axum::Json<PageView<TagView>>, ApiError> {
    let page = PageRequest::new(query.limit, query.cursor, query.q.as_deref())?;
    let tags = app.store.tags(query.scheme.as_deref(), &page).await?;
    Ok(PageView::of(tags, TagView::from))
}

/// Makes a tag.
#[utoipa::path(post, path = "/api/v1/tags", tag = "tags", request_body = TagBody,
    responses((status = CREATED, body = TagView)))]
pub(crate) async fn create(
    State(app): State<App>,
    user: May<ManageTags>,
    Json(body): Json<TagBody>,
) -> Result<Created<TagView>, ApiError> {
    let tag = NewTag::new(&body.scheme, &body.name, &body.about)?;
    let tag = app.store.create_tag(&tag, &user.by()).await?;
    Ok(created("tags", tag.id, tag.into()))
}

/// Changes a tag; the records that have it follow.
#[utoipa::path(patch, path = "/api/v1/tags/{id}", tag = "tags", params(("id" = String, Path)),
    request_body = TagPatch, responses((status = OK, body = TagView)))]
pub(crate) async fn update(
    State(app): State<App>,
    user: May<ManageTags>,
    Path(id): Path<TagId>,
    version: IfMatch,
    Json(body): Json<TagPatch>,
) -> Result<axum::Json<TagView>, ApiError> {
    let change = TagChange::new(body.name.as_deref(), body.about.as_deref())?;
    let version = version.or(body.version);
    let tag = app
        .store
        .change_tag(id, version, &change, &user.by())
        .await?;
    Ok(axum::Json(tag.into()))
}

/// Deletes a tag, and takes it from the records that have it.
#[utoipa::path(delete, path = "/api/v1/tags/{id}", tag = "tags", params(("id" = String, Path)),
    responses((status = NO_CONTENT)))]
pub(crate) async fn delete(
    State(app): State<App>,
    user: May<ManageTags>,
    Path(id): Path<TagId>,
) -> Result<StatusCode, ApiError> {
    app.store.delete_tag(id, &user.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}
