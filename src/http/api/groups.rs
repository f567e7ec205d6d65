//! `/api/v1/groups`: Practitioners' Groups.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words::GroupStateWord;
use super::{Created, ListQuery, PageView, created, time};
use crate::base::id::GroupId;
use crate::http::error::ApiError;
use crate::http::extract::{IfMatch, Json, Path, Query};
use crate::http::identity::{ManageGroups, May, ReadGroups};
use crate::http::state::App;
use crate::workshop::group::{Group, GroupChange, NewGroup};

/// A Practitioners' Group.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Group)]
pub(crate) struct GroupView {
    #[schema(value_type = String, format = "uuid")]
    id: GroupId,
    name: String,
    /// What it is about.
    scope: String,
    /// Where it comes from: a project, a network.
    origin: String,
    /// active or retired.
    #[schema(value_type = GroupStateWord)]
    state: &'static str,
    version: i64,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    changed_at: String,
}

impl From<Group> for GroupView {
    fn from(group: Group) -> Self {
        Self {
            id: group.id,
            name: group.name,
            scope: group.scope,
            origin: group.origin,
            state: group.state.as_str(),
            version: group.version,
            created_at: time(group.created_at),
            changed_at: time(group.changed_at),
        }
    }
}

/// A group to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupBody {
    name: String,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    origin: String,
}

/// What changes; the rest stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupPatch {
    name: Option<String>,
    scope: Option<String>,
    origin: Option<String>,
    /// active or retired.
    #[schema(value_type = Option<GroupStateWord>)]
    state: Option<String>,
    /// The version that the change was made from; `If-Match` says the same.
    version: Option<i64>,
}

/// All groups, newest first.
#[utoipa::path(get, path = "/api/v1/groups", tag = "groups", params(ListQuery),
    responses((status = OK, body = PageView<GroupView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ReadGroups>,
    Query(query): Query<ListQuery>,
) -> Result<axum::Json<PageView<GroupView>>, ApiError> {
    let groups = app.store.groups(&query.page()?).await?;
    Ok(PageView::of(groups, GroupView::from))
}

/// One group.
#[utoipa::path(get, path = "/api/v1/groups/{id}", tag = "groups", params(("id" = String, Path)),
    responses((status = OK, body = GroupView)))]
pub(crate) async fn show(
    State(app): State<App>,
    _: May<ReadGroups>,
    Path(id): Path<GroupId>,
) -> Result<axum::Json<GroupView>, ApiError> {
    Ok(axum::Json(app.store.group(id).await?.into()))
}

/// Makes a group.
#[utoipa::path(post, path = "/api/v1/groups", tag = "groups", request_body = GroupBody,
    responses((status = CREATED, body = GroupView)))]
pub(crate) async fn create(
    State(app): State<App>,
    user: May<ManageGroups>,
    Json(body): Json<GroupBody>,
) -> Result<Created<GroupView>, ApiError> {
    let group = NewGroup::new(&body.name, &body.scope, &body.origin)?;
    let group = app.store.create_group(&group, &user.by()).await?;
    Ok(created("groups", group.id, group.into()))
}

/// Changes a group.
#[utoipa::path(patch, path = "/api/v1/groups/{id}", tag = "groups", params(("id" = String, Path)),
    request_body = GroupPatch, responses((status = OK, body = GroupView)))]
pub(crate) async fn update(
    State(app): State<App>,
    user: May<ManageGroups>,
    Path(id): Path<GroupId>,
    version: IfMatch,
    Json(body): Json<GroupPatch>,
) -> Result<axum::Json<GroupView>, ApiError> {
    let change = GroupChange::new(
        body.name.as_deref(),
        body.scope.as_deref(),
        body.origin.as_deref(),
        body.state.as_deref(),
    )?;
    let version = version.or(body.version);
    let group = app
        .store
        .change_group(id, version, &change, &user.by())
        .await?;
    Ok(axum::Json(group.into()))
}
