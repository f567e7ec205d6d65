//! `/api/v1/templates`: what sessions begin with.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rounds::PlanView;
use super::{Created, PageView, created, time};
use crate::base::id::{SessionId, TemplateId};
use crate::base::invalid::Invalid;
use crate::http::error::ApiError;
use crate::http::extract::{Json, Path};
use crate::http::identity::{ManageTemplates, May};
use crate::http::state::App;
use crate::mindmap::{edit, outline};
use crate::store::{AgendaItem, Beginning, Page, StoreError};
use crate::workshop::map::MapTitle;
use crate::workshop::round::RoundPlan;
use crate::workshop::template::{self, BUILT_IN, BuiltIn, Template, built_in};

/// What a session may begin with.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Template)]
pub(crate) struct TemplateView {
    /// A word for those that come with Gapmap, a UUID for saved ones.
    id: String,
    name: String,
    /// What it is for; empty for saved ones.
    description: &'static str,
    /// Whether it comes with Gapmap, and cannot be deleted.
    built_in: bool,
    /// The agenda.
    rounds: Vec<PlanView>,
    /// The first branches, as indented text.
    outline: String,
    /// When it was saved; null for those that come with Gapmap.
    #[schema(required, format = "date-time")]
    created_at: Option<String>,
}

impl TemplateView {
    fn of_built_in(template: &BuiltIn) -> Result<Self, Invalid> {
        Ok(Self {
            id: template.id.to_owned(),
            name: template.name.to_owned(),
            description: template.description,
            built_in: true,
            rounds: template.rounds()?.into_iter().map(PlanView::from).collect(),
            outline: template.outline.to_owned(),
            created_at: None,
        })
    }
}

impl From<Template> for TemplateView {
    fn from(template: Template) -> Self {
        Self {
            id: template.id.to_string(),
            name: template.name,
            description: "",
            built_in: false,
            rounds: template.rounds.into_iter().map(PlanView::from).collect(),
            outline: template.outline,
            created_at: Some(time(template.created_at)),
        }
    }
}

/// A session to make a template of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TemplateBody {
    name: String,
    /// Whose agenda it takes, and of whose first map the branches that facilitators made.
    #[schema(value_type = String, format = "uuid")]
    session: SessionId,
}

/// What a session with this title begins with, by the template's word or id.
pub(super) async fn beginning(
    app: &App,
    template: &str,
    title: &str,
) -> Result<Beginning, ApiError> {
    let (rounds, outline) = match built_in(template) {
        Some(found) => (found.rounds()?, found.outline.to_owned()),
        None => {
            let unknown = || Invalid::new("template", "must be one of the templates");
            let id: TemplateId = template.parse().map_err(|_| unknown())?;
            match app.store.template(id).await {
                Ok(found) => (found.rounds, found.outline),
                Err(StoreError::NotFound(_)) => return Err(unknown().into()),
                Err(error) => return Err(error.into()),
            }
        }
    };
    let item = |plan| AgendaItem { id: None, plan };
    let title = MapTitle::try_from(title)?;
    let document = edit::unsigned_document(title.as_str(), &outline::parse(&outline));
    Ok(Beginning {
        rounds: rounds.into_iter().map(item).collect(),
        map: Some((title, document)),
    })
}

/// The templates: those that come with Gapmap, then the saved ones, newest first.
#[utoipa::path(get, path = "/api/v1/templates", tag = "templates",
    responses((status = OK, body = PageView<TemplateView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    _: May<ManageTemplates>,
) -> Result<axum::Json<PageView<TemplateView>>, ApiError> {
    let built_in: Result<Vec<_>, _> = BUILT_IN.iter().map(TemplateView::of_built_in).collect();
    let mut items = built_in?;
    items.extend(app.store.templates().await?.into_iter().map(Into::into));
    Ok(PageView::of(Page { items, next: None }, |it| it))
}

/// Saves a session's agenda, and the branches that facilitators made in its first map.
#[utoipa::path(post, path = "/api/v1/templates", tag = "templates",
    request_body = TemplateBody,
    responses((status = CREATED, body = TemplateView)))]
pub(crate) async fn save(
    State(app): State<App>,
    user: May<ManageTemplates>,
    Json(body): Json<TemplateBody>,
) -> Result<Created<TemplateView>, ApiError> {
    let name = template::name(&body.name)?;
    let agenda = app.store.agenda(body.session).await?;
    let rounds: Vec<RoundPlan> = agenda.course.rounds.into_iter().map(|it| it.plan).collect();
    let outline = match app.store.maps_of(body.session).await?.into_iter().min() {
        Some(map) => {
            let hosts = app.store.hosts_of(body.session).await?;
            let tree = app.hub.tree(map, None).await?;
            outline::write(&tree, |by| hosts.iter().any(|it| it.to_string() == by))
        }
        None => String::new(),
    };
    let saved = app
        .store
        .save_template(&name, &rounds, &outline, &user.by())
        .await?;
    Ok(created("templates", saved.id, saved.into()))
}

/// Deletes a saved template. Sessions that began with it stay as they are.
#[utoipa::path(delete, path = "/api/v1/templates/{id}", tag = "templates",
    params(("id" = String, Path)),
    responses((status = NO_CONTENT)))]
pub(crate) async fn delete(
    State(app): State<App>,
    user: May<ManageTemplates>,
    Path(id): Path<TemplateId>,
) -> Result<StatusCode, ApiError> {
    app.store.delete_template(id, &user.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}
