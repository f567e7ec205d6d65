//! What the resources of the catalogue have in common: records in and out.

use serde_json::{Value as Json, json};

use super::PageView;
use super::record_schema::{HistoryView, Object};
use crate::base::id::RecordId;
use crate::base::invalid::Invalid;
use crate::base::tlp::Tlp;
use crate::catalogue::field::Takes;
use crate::catalogue::fit::CRITERIA;
use crate::catalogue::handle::{Handle, Target};
use crate::catalogue::json;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::NewRecord;
use crate::catalogue::{shape, state};
use crate::http::error::ApiError;
use crate::http::state::App;
use crate::store::{By, Condition, Entry, More, PageRequest, RecordFilter, ScoreSummary, Short};
use crate::workshop::role::{Act, Role, Who, may};

/// A record with what its neighbours say, on this day.
pub(crate) fn view(entry: Entry, today: &str) -> Object {
    let Entry { record, more } = entry;
    let mut view = json::record(&record);
    let mut put = |name: &str, value: Json| view.insert(name.to_owned(), value);
    match more {
        More::Gap(light, solutions, best_trl) => {
            put("coverage", json!(light.as_str()));
            put("solutions", json!(solutions));
            put("best_trl", json!(best_trl));
        }
        More::Solution(parent, results) => {
            let next = record.text("next_check");
            put("stale", json!(!next.is_empty() && next < today));
            put("parent", parent.as_ref().map_or(Json::Null, short));
            put("results", results.iter().map(short).collect());
        }
        More::Fit(ends, scores) => {
            put("gap", short(&ends.0));
            put("solution", short(&ends.1));
            put("scores", Json::Object(summary(scores)));
        }
        More::Evidence(about) => {
            put("about", short(&about));
        }
    }
    view
}

/// A record in a few words.
pub(crate) fn short(it: &Short) -> Json {
    json!({ "kind": it.kind.as_str(), "id": it.id, "number": it.kind.number(it.number),
            "title": it.title })
}

fn summary(scores: [ScoreSummary; 5]) -> Object {
    let one = |it: ScoreSummary| json!({ "n": it.n, "mean": it.mean });
    let named = CRITERIA.into_iter().zip(scores);
    named.map(|(name, it)| (name.to_owned(), one(it))).collect()
}

/// One record.
pub(crate) async fn show(app: &App, kind: RecordKind, id: Handle) -> Result<Object, ApiError> {
    Ok(view(app.store.entry(kind, id).await?, &today(app)))
}

/// A page of records.
pub(crate) async fn list<T>(
    app: &App,
    filter: &RecordFilter,
    page: &PageRequest,
    into: impl Fn(Object) -> T,
) -> Result<axum::Json<PageView<T>>, ApiError> {
    let today = today(app);
    let entries = app.store.entries(filter, page).await?;
    Ok(PageView::of(entries, |it| into(view(it, &today))))
}

/// Makes a record; its id, for its address.
pub(crate) async fn create(
    app: &App,
    kind: RecordKind,
    mut body: Object,
    by: &By,
) -> Result<(RecordId, Object), ApiError> {
    resolve(app, kind, &mut body).await?;
    let new = NewRecord::new(&json::change(kind, &body)?)?;
    let made = app.store.create_record(&new, by).await?;
    let id = made.id;
    Ok((id, view(app.store.entry_of(made).await?, &today(app))))
}

/// Changes a record. Whoever may only judge says a state and a reason and nothing else.
pub(crate) async fn update(
    app: &App,
    (kind, id): (RecordKind, Handle),
    version: Option<i64>,
    mut body: Object,
    (role, by): (Role, By),
) -> Result<Object, ApiError> {
    resolve(app, kind, &mut body).await?;
    let change = json::change(kind, &body)?;
    if !change.is_review() && !may(Who::Account(role), Act::WriteCatalogue) {
        return Err(ApiError::forbidden(
            "your role may judge records, not write them",
        ));
    }
    let after = app.store.change_record(id, version, &change, &by).await?;
    Ok(view(app.store.entry_of(after).await?, &today(app)))
}

/// Takes the version out of a body.
pub(crate) fn take_version(body: &mut Object) -> Result<Option<i64>, Invalid> {
    match body.remove("version") {
        None | Some(Json::Null) => Ok(None),
        Some(version) => match version.as_i64() {
            Some(version) => Ok(Some(version)),
            None => Err(Invalid::new("version", "must be a whole number")),
        },
    }
}

/// How a record changed.
pub(crate) async fn history(
    app: &App,
    kind: RecordKind,
    id: Handle,
    page: &PageRequest,
) -> Result<axum::Json<PageView<HistoryView>>, ApiError> {
    let entries = app.store.record_history(kind, id, page).await?;
    Ok(PageView::of(entries, |it| HistoryView::of(kind, it)))
}

/// Merges a record into another.
pub(crate) async fn merge(
    app: &App,
    kind: RecordKind,
    from: Handle,
    into: &str,
    by: &By,
) -> Result<Object, ApiError> {
    let refused = |_| Invalid::new("into", "must be a record's id or number");
    let into: Handle = into.parse().map_err(refused)?;
    let merged = app.store.merge_records(kind, from, into, by).await?;
    Ok(view(app.store.entry_of(merged).await?, &today(app)))
}

/// Puts ids where a body names other records by their numbers.
async fn resolve(app: &App, kind: RecordKind, body: &mut Object) -> Result<(), ApiError> {
    for field in shape::fields(kind) {
        let Some(Json::String(text)) = body.get(field.name) else {
            continue;
        };
        let found = match field.takes {
            Takes::One(kind) => match text.parse() {
                Ok(Handle::Number(number)) => {
                    let id = app.store.record_id(kind, Handle::Number(number)).await;
                    Some(
                        id.map_err(|_| field.refused("names what is not there"))?
                            .to_string(),
                    )
                }
                _ => None,
            },
            Takes::Target => target(app, text).await?.map(|it| it.to_string()),
            _ => None,
        };
        if let Some(found) = found {
            body.insert(field.name.to_owned(), Json::String(found));
        }
    }
    Ok(())
}

/// A record of any kind by id or number: `gap:GAP-12`; `None` for what is no such thing.
pub(crate) async fn target(app: &App, text: &str) -> Result<Option<Target>, ApiError> {
    let Some((kind, handle)) = text.split_once(':') else {
        return Ok(None);
    };
    let (Ok(kind), Ok(handle)) = (RecordKind::try_from(kind), handle.parse()) else {
        return Ok(None);
    };
    let id = app.store.record_id(kind, handle).await;
    let id = id.map_err(|_| Invalid::new("target", "names what is not there"))?;
    Ok(Some(Target { kind, id }))
}

/// A filter with what all kinds of records are asked for.
pub(crate) fn filter(
    kind: RecordKind,
    sort: Option<&str>,
    q: Option<&str>,
    state: Option<&str>,
    tlp: Option<&str>,
) -> Result<RecordFilter, Invalid> {
    let mut filter = RecordFilter::new(kind).sorted(sort)?.asking(q);
    if let Some(name) = said(state) {
        let state = state::find(shape::states(kind), name)?;
        filter = filter.with(Condition::State(state.name.to_owned()));
    }
    if let Some(label) = said(tlp) {
        filter = filter.with(Condition::Tlp(Tlp::try_from(label)?));
    }
    Ok(filter)
}

/// Asks for a word that a field's scale must have.
pub(crate) fn is(
    filter: RecordFilter,
    name: &'static str,
    word: Option<&str>,
) -> Result<RecordFilter, Invalid> {
    let Some(word) = said(word) else {
        return Ok(filter);
    };
    let field = shape::field(filter.kind, name)?;
    if field.takes.is_list() {
        field.list([word])?;
        return Ok(filter.with(Condition::Has(field.name, word.to_owned())));
    }
    field.text(word)?;
    Ok(filter.with(Condition::Is(field.name, word.to_owned())))
}

/// Asks for records without something: the parameter says `none`, or nothing.
pub(crate) fn lacking(
    filter: RecordFilter,
    name: &'static str,
    word: Option<&str>,
    condition: Condition,
) -> Result<RecordFilter, Invalid> {
    match said(word) {
        None => Ok(filter),
        Some("none") => Ok(filter.with(condition)),
        Some(_) => Err(Invalid::new(name, "must be none")),
    }
}

/// Asks for the records that became part of another one.
pub(crate) async fn became(
    app: &App,
    filter: RecordFilter,
    into: Option<&str>,
) -> Result<RecordFilter, ApiError> {
    let Some(into) = said(into) else {
        return Ok(filter);
    };
    let refused = |_| Invalid::new("merged_into", "must be a record's id or number");
    let into: Handle = into.parse().map_err(refused)?;
    let id = app.store.record_id(filter.kind, into).await?;
    Ok(filter.with(Condition::Is("merged_into", id.to_string())))
}

/// A parameter that says something.
pub(crate) fn said(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|it| !it.is_empty())
}

/// The server's calendar day.
pub(crate) fn today(app: &App) -> String {
    app.clock.now().day()
}
