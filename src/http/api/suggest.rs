//! `/api/v1/suggest`: which gaps and solutions fit some words.

use axum::extract::{RawQuery, State};
use serde::Serialize;
use url::form_urlencoded;
use utoipa::{IntoParams, ToSchema};

use super::cards::{CardView, most_known};
use crate::base::id::{MapId, RecordId};
use crate::base::invalid::Invalid;
use crate::base::tlp::Tlp;
use crate::catalogue::handle::{Handle, Target};
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::http::error::ApiError;
use crate::http::identity::{Credential, Visitor};
use crate::http::state::App;
use crate::hub::Found;
use crate::suggest::{Question, RANKED_BY, Suggestion};
use crate::workshop::role::{Act, Who, may};

/// How long the words of a node and those of its branch may be, in characters.
const TEXT: usize = 2000;
const PATH: usize = 8000;
/// How much of what a record says is shown.
const SUMMARY: usize = 300;
/// How many of each kind, unless said, and at most.
const LIMIT: usize = 10;
const MOST: usize = 50;

/// What is asked.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SuggestQuery {
    /// The words of a node. May be left out where `gap` is said.
    #[param(required = false)]
    text: String,
    /// The words of its ancestors, root first: repeated, or joined by ` / `.
    #[param(required = false)]
    path: Vec<String>,
    /// Only these: gap or solution.
    kind: Option<String>,
    /// Solutions for this gap, by id or number, without those that somebody proposed or judged for
    /// it already.
    gap: Option<String>,
    /// How many of each kind, 1 to 50; 10 unless said.
    limit: Option<usize>,
    /// The map that the node is in. Participants have to say it.
    #[param(value_type = Option<String>, format = "uuid")]
    map: Option<MapId>,
}

impl SuggestQuery {
    /// Reads what stands after the question mark, where `path` may stand more than once.
    fn read(raw: &str) -> Result<Self, Invalid> {
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            match name.as_ref() {
                "text" => query.text = value.into_owned(),
                "path" => query.path.extend(value.split(" / ").map(str::to_owned)),
                "kind" => query.kind = Some(value.into_owned()),
                "gap" => query.gap = Some(value.into_owned()),
                "map" => query.map = Some(value.parse().map_err(|_| wrong("map", "be an id"))?),
                "limit" => {
                    let limit = value.parse().ok().filter(|it| (1..=MOST).contains(it));
                    let limit = limit.ok_or_else(|| wrong("limit", "be from 1 to 50"))?;
                    query.limit = Some(limit);
                }
                _ => {}
            }
        }
        if TEXT < query.text.chars().count() {
            return Err(wrong("text", "have 2000 characters at most"));
        }
        if PATH < query.path.iter().map(|it| it.chars().count()).sum() {
            return Err(wrong("path", "have 8000 characters at most"));
        }
        Ok(query)
    }

    fn kind(&self) -> Result<Option<RecordKind>, Invalid> {
        match self.kind.as_deref() {
            None | Some("") => Ok(None),
            Some("gap") => Ok(Some(RecordKind::Gap)),
            Some("solution") => Ok(Some(RecordKind::Solution)),
            Some(_) => Err(wrong("kind", "be gap or solution")),
        }
    }
}

fn wrong(field: &'static str, must: &str) -> Invalid {
    Invalid::new(field, format!("must {must}"))
}

/// A record that fits, as a card.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Suggestion)]
pub(crate) struct SuggestionView {
    #[serde(flatten)]
    card: CardView,
    /// What it says, in short.
    summary: String,
    /// Its own words that answer what was asked.
    matched: Vec<String>,
    /// How well it fits, between 0 and 1; comparable within one answer.
    score: f32,
}

fn summary(record: &Record) -> String {
    let says = match record.kind {
        RecordKind::Solution => "summary",
        _ => "description",
    };
    record.text(says).chars().take(SUMMARY).collect()
}

/// What fits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suggestions {
    /// What the order rests on.
    ranked_by: &'static str,
    /// Gaps, then solutions, each with the best first. Empty where nothing fits.
    items: Vec<SuggestionView>,
}

/// Gaps and solutions that fit the words of a node and its branch, or solutions for a gap.
#[utoipa::path(get, path = "/api/v1/suggest", tag = "suggestions", params(SuggestQuery),
    responses((status = OK, body = Suggestions)))]
pub(crate) async fn suggest(
    State(app): State<App>,
    credential: Credential,
    RawQuery(raw): RawQuery,
) -> Result<axum::Json<Suggestions>, ApiError> {
    let query = SuggestQuery::read(raw.as_deref().unwrap_or_default())?;
    let label = asks(&app, &credential, query.map).await?;
    let limit = query.limit.unwrap_or(LIMIT);
    let question = question(&app, query, label).await?;
    let Found::Suggestions(found) = app.suggester.suggest(question.clone()).await? else {
        return Err(ApiError::busy(
            "the catalogue is still being read; ask again in a moment",
        ));
    };
    let items = show(&app, question, found, label, limit).await?;
    Ok(axum::Json(Suggestions {
        ranked_by: RANKED_BY,
        items,
    }))
}

/// The strictest label that whoever asks may see: participants see what may travel as far as what is
/// said in their session, and nothing that they may not know at all.
async fn asks(app: &App, credential: &Credential, map: Option<MapId>) -> Result<Tlp, ApiError> {
    let Some(map) = map else {
        return match credential.account(app).await? {
            Some(it) if may(Who::Account(it.account.role), Act::Propose) => Ok(Tlp::Red),
            Some(_) => Err(ApiError::forbidden("your role may not do this")),
            None if credential.participants(app).await?.is_empty() => Err(credential.refusal()),
            None => Err(ApiError::forbidden("say in which map the node is")),
        };
    };
    let session = app.store.map_session(map).await?;
    let visitor = Visitor::in_session(app, session, credential, Act::Propose).await?;
    match visitor.who {
        Who::Account(_) => Ok(Tlp::Red),
        Who::Participant(_) => {
            let label = app.store.session(session).await?.tlp;
            Ok(label.min(most_known(visitor.who)))
        }
    }
}

async fn question(app: &App, query: SuggestQuery, label: Tlp) -> Result<Question, ApiError> {
    let mut kind = query.kind()?;
    let (mut text, mut gap) = (query.text.trim().to_owned(), None);
    if let Some(handle) = query.gap.as_deref() {
        if kind == Some(RecordKind::Gap) {
            return Err(Invalid::new("kind", "must be solution where a gap is said").into());
        }
        kind = Some(RecordKind::Solution);
        let handle: Handle = handle
            .parse()
            .map_err(|_| wrong("gap", "be an id or a number"))?;
        let record = app.store.record(RecordKind::Gap, handle).await?;
        if label < record.tlp {
            return Err(ApiError::not_found("there is no such gap"));
        }
        if text.is_empty() {
            let says = ["title", "description", "desired_outcome"].map(|it| record.text(it));
            text = says.join("\n");
        }
        gap = Some(record.id);
    }
    if text.is_empty() {
        return Err(wrong("text", "not be empty").into());
    }
    Ok(Question {
        text,
        path: query.path,
        kind,
        gap,
        // Some of them may bear a label that is not for whoever asks.
        limit: 2 * MOST,
    })
}

/// Cards of what was found, with what the catalogue says of it now.
async fn show(
    app: &App,
    question: Question,
    found: Vec<Suggestion>,
    label: Tlp,
    limit: usize,
) -> Result<Vec<SuggestionView>, ApiError> {
    let mut items = Vec::new();
    for kind in [RecordKind::Gap, RecordKind::Solution] {
        let of_kind = found.iter().filter(|it| it.kind == kind);
        let scores: Vec<(RecordId, f32)> = of_kind.map(|it| (it.id, it.score)).collect();
        let ids: Vec<RecordId> = scores.iter().map(|it| it.0).collect();
        let mut records = app.store.records_of(kind, &ids).await?;
        records.retain(|it| it.tlp <= label);
        records.sort_by_key(|it| ids.iter().position(|id| *id == it.id));
        records.truncate(limit);
        let target = |it: &Record| Target { kind, id: it.id };
        let targets = records.iter().map(target).collect();
        let mut facts = app.store.card_facts(&targets).await?;
        let matched = app
            .suggester
            .matched(question.clone(), records.clone())
            .await;
        for (record, matched) in records.iter().zip(matched) {
            let target = target(record);
            let score = scores.iter().find(|it| it.0 == record.id);
            if let (Some(facts), Some((_, score))) = (facts.remove(&target), score) {
                items.push(SuggestionView {
                    card: CardView::known(target, facts),
                    summary: summary(record),
                    matched,
                    score: *score,
                });
            }
        }
    }
    Ok(items)
}
