//! Cards: records as maps show them beside their nodes.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::base::id::MapId;
use crate::base::tlp::Tlp;
use crate::catalogue::handle::Target;
use crate::http::error::ApiError;
use crate::http::extract::Path;
use crate::http::identity::{Credential, Visitor};
use crate::http::state::App;
use crate::store::{Card, CardFacts, Judged};
use crate::workshop::role::{Act, Who};

/// The levels of a solution.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct CardTrl {
    /// The lowest; null where it is not known.
    #[schema(required)]
    low: Option<i64>,
    /// The highest, likewise.
    #[schema(required)]
    high: Option<i64>,
}

/// What a link leads to.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Card)]
pub(crate) struct CardView {
    /// As the link says it: gap:UUID or solution:UUID.
    pub(super) target: String,
    /// gap or solution.
    pub(super) kind: &'static str,
    /// The number of the record, such as GAP-12, or of the one that it became; empty for one that
    /// is not there.
    pub(super) handle: String,
    /// What it is called; empty for one that is not there, or that is withheld.
    pub(super) title: String,
    /// Where it is in its life; `unknown` for one that is not there, `withheld` for one that whoever
    /// asks may know by its number only.
    pub(super) state: String,
    /// How far it may travel.
    pub(super) tlp: &'static str,
    /// Of a gap: green, amber, red or grey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) light: Option<&'static str>,
    /// Of a gap: how many solutions fit it, at least in part, as accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) solutions: Option<i64>,
    /// Of a gap: the highest level of such a solution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) best_trl: Option<i64>,
    /// Of a solution: its levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) trl: Option<CardTrl>,
    /// Of a solution: its market status, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) market_status: Option<String>,
    /// The record that it became, which is what the card shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) merged_into: Option<String>,
}

/// Whether whoever this is may know more of a record with this label than its number.
pub(super) fn may_know(who: Who, tlp: Tlp) -> bool {
    tlp <= most_known(who)
}

/// The strictest label of records that whoever this is may know: those who only take part in a
/// session may not know what is kept to an organisation or to those who were there.
pub(super) fn most_known(who: Who) -> Tlp {
    match who {
        Who::Account(_) => Tlp::Red,
        Who::Participant(_) => Tlp::Amber,
    }
}

impl CardView {
    /// The card, as far as whoever this is may know it.
    pub(super) fn of(card: Card, who: Who) -> Self {
        match card.record {
            None => Self::nameless(card.target, "unknown"),
            Some(facts) if may_know(who, facts.tlp) => Self::known(card.target, facts),
            Some(facts) => Self::numbered(card.target, &facts, "withheld"),
        }
    }

    /// The card with all that it shows.
    pub(super) fn known(target: Target, facts: CardFacts) -> Self {
        let mut view = Self::numbered(target, &facts, &facts.state);
        view.title = facts.title;
        if let Some((light, solutions, best_trl)) = facts.cover {
            view.light = Some(light.as_str());
            view.solutions = Some(solutions);
            view.best_trl = best_trl;
        }
        if let Some((low, high, market)) = facts.ripe {
            view.trl = Some(CardTrl { low, high });
            view.market_status = Some(market).filter(|it| !it.is_empty());
        }
        view
    }

    fn numbered(target: Target, facts: &CardFacts, state: &str) -> Self {
        Self {
            handle: facts.id.kind.number(facts.number),
            tlp: facts.tlp.as_str(),
            merged_into: (facts.id != target).then(|| facts.id.to_string()),
            ..Self::nameless(target, state)
        }
    }

    fn nameless(target: Target, state: &str) -> Self {
        Self {
            target: target.to_string(),
            kind: target.kind.as_str(),
            handle: String::new(),
            title: String::new(),
            state: state.to_owned(),
            tlp: Tlp::Clear.as_str(),
            light: None,
            solutions: None,
            best_trl: None,
            trl: None,
            market_status: None,
            merged_into: None,
        }
    }
}

/// A link of a node that an analyst has judged.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JudgedLink)]
pub(crate) struct JudgedView {
    node: String,
    /// As the link says it: gap:UUID or solution:UUID.
    target: String,
    /// confirmed or rejected.
    state: &'static str,
}

/// The cards of a map.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cards {
    items: Vec<CardView>,
    /// The links that are no longer just proposed.
    links: Vec<JudgedView>,
}

/// What the nodes of a map are linked to, each record once. The number `catalogue` in the state that
/// clients of the map are told (message 115) is another when this answer may be another.
#[utoipa::path(get, path = "/api/v1/maps/{id}/cards", tag = "links",
    params(("id" = String, Path)), responses((status = OK, body = Cards)))]
pub(crate) async fn list(
    State(app): State<App>,
    Path(id): Path<MapId>,
    credential: Credential,
) -> Result<axum::Json<Cards>, ApiError> {
    let session = app.store.map_session(id).await?;
    let visitor = Visitor::in_session(&app, session, &credential, Act::ReadMap).await?;
    app.hub.settle_links(Some(id)).await;
    let cards = app.store.cards_of_map(id).await?;
    let view = |it| CardView::of(it, visitor.who);
    let judged = app.store.judged_links(&[id]).await?;
    let link = |it: Judged| JudgedView {
        node: it.node,
        target: it.target.to_string(),
        state: it.state.as_str(),
    };
    Ok(axum::Json(Cards {
        items: cards.into_iter().map(view).collect(),
        links: judged.into_values().flatten().map(link).collect(),
    }))
}
