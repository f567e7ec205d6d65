//! `/api/v1/sessions/{id}/rounds`: a session's agenda, and going through it.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::tell_maps;
use crate::base::id::{RoundId, SessionId};
use crate::base::invalid::Invalid;
use crate::http::error::ApiError;
use crate::http::extract::{IfMatch, Json, Path};
use crate::http::identity::{Credential, ManageSessions, May, RunSession, Visitor};
use crate::http::state::App;
use crate::mindmap::schema::Kind;
use crate::store::{Agenda, AgendaItem};
use crate::workshop::course::{Action, Step};
use crate::workshop::role::Act;
use crate::workshop::round::{Round, RoundDraft, RoundPlan};

/// What is planned of a round.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RoundPlan)]
pub(crate) struct PlanView {
    title: String,
    /// collect, silent, reveal, group, link, vote, discuss or close.
    method: &'static str,
    /// What participants are asked.
    prompt: String,
    /// How long it is to take; null without a timer.
    #[schema(required)]
    minutes: Option<i64>,
    /// How many votes each person has.
    #[schema(required)]
    votes: Option<i64>,
    /// The kind of node that is voted on; null for any.
    #[schema(required)]
    vote_kind: Option<String>,
    /// The node under which ideas appear; null for the root.
    #[schema(required)]
    target: Option<String>,
    /// Whether participants make nodes; null is as the method says, here and below.
    #[schema(required)]
    may_add: Option<bool>,
    /// Whose nodes they change: none, own or all.
    #[schema(required)]
    may_edit: Option<&'static str>,
    /// Whether they link nodes.
    #[schema(required)]
    may_link: Option<bool>,
}

impl From<RoundPlan> for PlanView {
    fn from(plan: RoundPlan) -> Self {
        Self {
            title: plan.title,
            method: plan.method.as_str(),
            prompt: plan.prompt,
            minutes: plan.minutes,
            votes: plan.votes,
            vote_kind: plan.vote_kind,
            target: plan.target,
            may_add: plan.overrides.add,
            may_edit: plan.overrides.edit.map(|it| it.as_str()),
            may_link: plan.overrides.link,
        }
    }
}

/// A round of a session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Round)]
pub(crate) struct RoundView {
    #[schema(value_type = String, format = "uuid")]
    id: RoundId,
    #[serde(flatten)]
    plan: PlanView,
    /// waiting, running or done.
    state: &'static str,
    /// Whether what was written in it alone is revealed.
    revealed: bool,
}

impl From<Round> for RoundView {
    fn from(round: Round) -> Self {
        Self {
            id: round.id,
            plan: round.plan.into(),
            state: round.state.as_str(),
            revealed: round.is_revealed,
        }
    }
}

/// A session's agenda.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Agenda)]
pub(crate) struct AgendaView {
    /// The session's version, which changes with the agenda.
    version: i64,
    rounds: Vec<RoundView>,
    /// The round that is on.
    #[schema(required, value_type = Option<String>, format = "uuid")]
    round: Option<RoundId>,
    /// When its timer runs out, in milliseconds since 1970.
    #[schema(required)]
    ends: Option<i64>,
    /// Milliseconds that are left, while the timer is paused.
    #[schema(required)]
    left: Option<i64>,
    /// The server's time, in milliseconds since 1970.
    time: i64,
}

impl AgendaView {
    fn of(app: &App, agenda: Agenda) -> axum::Json<Self> {
        let course = agenda.course;
        axum::Json(Self {
            version: agenda.version,
            round: course.current().map(|it| course.rounds[it].id),
            ends: course.timer.runs_out().map(|it| it.0),
            left: course.timer.left,
            rounds: course.rounds.into_iter().map(RoundView::from).collect(),
            time: app.clock.now().0,
        })
    }
}

/// A round as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoundBody {
    /// A round that is there already; a new one has none.
    #[schema(value_type = Option<String>, format = "uuid")]
    id: Option<RoundId>,
    title: String,
    /// collect, silent, reveal, group, link, vote, discuss or close.
    method: String,
    #[serde(default)]
    prompt: String,
    /// How long it is to take, 1 to 1440; without, there is no timer.
    minutes: Option<i64>,
    /// How many votes each person has, 1 to 100.
    votes: Option<i64>,
    /// The kind of node that is voted on.
    vote_kind: Option<String>,
    /// The node under which ideas appear.
    target: Option<String>,
    /// Whether participants make nodes, in place of what the method says.
    may_add: Option<bool>,
    /// Whose nodes they change: none, own or all.
    may_edit: Option<String>,
    /// Whether they link nodes.
    may_link: Option<bool>,
}

impl RoundBody {
    fn item(&self) -> Result<AgendaItem, Invalid> {
        if self
            .vote_kind
            .as_deref()
            .is_some_and(|it| Kind::parse(it).is_none())
        {
            return Err(Invalid::new("vote_kind", "must be a kind of node"));
        }
        let plan = RoundPlan::try_from(&RoundDraft {
            title: &self.title,
            method: &self.method,
            prompt: &self.prompt,
            minutes: self.minutes,
            votes: self.votes,
            vote_kind: self.vote_kind.as_deref(),
            target: self.target.as_deref(),
            may_add: self.may_add,
            may_edit: self.may_edit.as_deref(),
            may_link: self.may_link,
        })?;
        Ok(AgendaItem { id: self.id, plan })
    }
}

/// An agenda as it is to be, whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgendaBody {
    /// All rounds in order; those that are not here and have not begun are deleted.
    rounds: Vec<RoundBody>,
    /// The session's version that the change was made from; `If-Match` says the same.
    version: Option<i64>,
}

/// A step through the agenda.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepBody {
    /// start, next, previous, pause, resume or extend.
    action: String,
    /// Which round to start; without, the first that is still to come. For all else, the round that
    /// the step is meant for: refused when another one is on by then.
    #[schema(value_type = Option<String>, format = "uuid")]
    round: Option<RoundId>,
    /// How long the round is to take, or by how much to extend it (1 unless said).
    minutes: Option<i64>,
}

/// A session's agenda; its participants may see it too.
#[utoipa::path(get, path = "/api/v1/sessions/{id}/rounds", tag = "rounds",
    params(("id" = String, Path)),
    responses((status = OK, body = AgendaView)))]
pub(crate) async fn show(
    State(app): State<App>,
    Path(id): Path<SessionId>,
    credential: Credential,
) -> Result<axum::Json<AgendaView>, ApiError> {
    Visitor::in_session(&app, id, &credential, Act::ReadSession).await?;
    Ok(AgendaView::of(&app, app.store.agenda(id).await?))
}

/// Writes a session's agenda anew. A round that has begun stays in it.
#[utoipa::path(put, path = "/api/v1/sessions/{id}/rounds", tag = "rounds",
    params(("id" = String, Path)), request_body = AgendaBody,
    responses((status = OK, body = AgendaView)))]
pub(crate) async fn change(
    State(app): State<App>,
    user: May<ManageSessions>,
    Path(id): Path<SessionId>,
    version: IfMatch,
    Json(body): Json<AgendaBody>,
) -> Result<axum::Json<AgendaView>, ApiError> {
    let items: Vec<AgendaItem> = body
        .rounds
        .iter()
        .map(RoundBody::item)
        .collect::<Result<_, _>>()?;
    let version = version.or(body.version);
    let agenda = app
        .store
        .change_agenda(id, version, &items, &user.by())
        .await?;
    tell_maps(&app, id).await?;
    Ok(AgendaView::of(&app, agenda))
}

/// Goes through the agenda: begins, ends and times its rounds. A timer that runs out ends nothing
/// by itself. Each round that ends leaves a checkpoint in every map of the session. A vote is closed
/// as soon as another round is on, or none: its sums show, and who voted what is destroyed.
/// The timer is paused with its session and goes on with it; meanwhile it is not paused or resumed.
#[utoipa::path(post, path = "/api/v1/sessions/{id}/round", tag = "rounds",
    params(("id" = String, Path)), request_body = StepBody,
    responses((status = OK, body = AgendaView)))]
pub(crate) async fn step(
    State(app): State<App>,
    user: May<RunSession>,
    Path(id): Path<SessionId>,
    Json(body): Json<StepBody>,
) -> Result<axum::Json<AgendaView>, ApiError> {
    let step = Step {
        action: Action::try_from(body.action.as_str())?,
        round: body.round,
        minutes: body.minutes,
    };
    let agenda = app.store.step_round(id, step, &user.by()).await?;
    tell_maps(&app, id).await?;
    Ok(AgendaView::of(&app, agenda))
}
