//! `/api/v1/shapes`: what records of the catalogue are made of, for those who draw forms of them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::catalogue::field::{Field, Takes};
use crate::catalogue::fit::CRITERIA;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::shape;
use crate::catalogue::state::State as RecordState;
use crate::http::identity::{May, ReadCatalogue};

/// What a field takes, in one word.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FieldTakes)]
pub(crate) enum TakesWord {
    /// One line.
    Line,
    /// Any number of lines.
    Text,
    /// One of the choices.
    Choice,
    /// Some of the choices.
    Choices,
    /// A whole number.
    Whole,
    /// A calendar day.
    Day,
    /// A year, a month or a day.
    When,
    /// True or false.
    Flag,
    /// An address of the web.
    Url,
    /// Several lines.
    List,
    /// Tags.
    Tags,
    /// Ids of Practitioners' Groups.
    Groups,
    /// Ids elsewhere, each `scheme:value`.
    ExternalIds,
    /// Another record, by id or number.
    Record,
    /// A record of any kind but evidence.
    Target,
}

/// A field of a kind of record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldShape)]
pub(crate) struct FieldView {
    name: &'static str,
    takes: TakesWord,
    /// What it is for.
    about: &'static str,
    /// Whether a record must have it.
    required: bool,
    /// Whether it is said once, when the record is made.
    fixed: bool,
    /// The words that it chooses from; none where it takes something else. Where they have an
    /// order, it goes upwards.
    choices: &'static [&'static str],
    /// The least number it takes.
    #[schema(required)]
    least: Option<i64>,
    /// The greatest number it takes.
    #[schema(required)]
    most: Option<i64>,
    /// How many characters it takes, or each of its lines.
    #[schema(required)]
    characters: Option<usize>,
    /// Of which kind the record is that it names.
    #[schema(required)]
    record: Option<&'static str>,
}

impl From<&'static Field> for FieldView {
    fn from(field: &'static Field) -> Self {
        let mut view = Self {
            name: field.name,
            takes: TakesWord::Line,
            about: field.about,
            required: field.is_required,
            fixed: field.is_fixed,
            choices: &[],
            least: None,
            most: None,
            characters: None,
            record: None,
        };
        view.takes = match field.takes {
            Takes::Line(max) => view.holding(max, TakesWord::Line),
            Takes::Text(max) => view.holding(max, TakesWord::Text),
            Takes::List(max) => view.holding(max, TakesWord::List),
            Takes::Choice(scale) => view.choosing(scale, TakesWord::Choice),
            Takes::Choices(scale) => view.choosing(scale, TakesWord::Choices),
            Takes::Whole(least, most) => {
                (view.least, view.most) = (Some(least), Some(most));
                TakesWord::Whole
            }
            Takes::One(kind) => {
                view.record = Some(kind.as_str());
                TakesWord::Record
            }
            Takes::Day => TakesWord::Day,
            Takes::When => TakesWord::When,
            Takes::Flag => TakesWord::Flag,
            Takes::Url => TakesWord::Url,
            Takes::Tags => TakesWord::Tags,
            Takes::Groups => TakesWord::Groups,
            Takes::ExternalIds => TakesWord::ExternalIds,
            Takes::Target => TakesWord::Target,
        };
        view
    }
}

impl FieldView {
    fn holding(&mut self, characters: usize, takes: TakesWord) -> TakesWord {
        self.characters = Some(characters);
        takes
    }

    fn choosing(&mut self, choices: &'static [&'static str], takes: TakesWord) -> TakesWord {
        self.choices = choices;
        takes
    }
}

/// A state of a kind of record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StateShape)]
pub(crate) struct StateView {
    name: &'static str,
    /// To which states a record can go from here.
    next: &'static [&'static str],
    /// Whether going there is a judgement on the record, which a reviewer may make.
    review: bool,
}

impl From<&'static RecordState> for StateView {
    fn from(state: &'static RecordState) -> Self {
        Self {
            name: state.name,
            next: state.next,
            review: state.is_review,
        }
    }
}

/// A kind of record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecordShape)]
pub(crate) struct ShapeView {
    /// gap, solution, fit or evidence.
    kind: &'static str,
    /// In the order in which people read them.
    fields: Vec<FieldView>,
    /// The first is where records begin.
    states: Vec<StateView>,
}

/// What the records of the catalogue are made of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Shapes {
    kinds: Vec<ShapeView>,
    /// What people score fits by.
    criteria: [&'static str; 5],
}

/// The fields and states of each kind of record, so that nobody has to write them down elsewhere.
#[utoipa::path(get, path = "/api/v1/shapes", tag = "catalogue",
    responses((status = OK, body = Shapes)))]
pub(crate) async fn list(_: May<ReadCatalogue>) -> axum::Json<Shapes> {
    let shape = |kind: RecordKind| ShapeView {
        kind: kind.as_str(),
        fields: shape::fields(kind).iter().map(FieldView::from).collect(),
        states: shape::states(kind).iter().map(StateView::from).collect(),
    };
    axum::Json(Shapes {
        kinds: RecordKind::ALL.map(shape).into(),
        criteria: CRITERIA,
    })
}
