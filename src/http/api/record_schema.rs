//! For the description of the API: the schemas of records follow from their tables.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use utoipa::openapi::schema::{
    ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type,
};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::time;
use crate::catalogue::coverage::Light;
use crate::catalogue::field::{Field, Takes};
use crate::catalogue::fit::CRITERIA;
use crate::catalogue::json;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::{shape, state};
use crate::store::HistoryEntry;

/// A JSON object: a record on its way, or what somebody says of one.
pub(crate) type Object = Map<String, Json>;

/// Makes the types of a kind of record on its way in and out.
macro_rules! record_types {
    ($kind:ident: $view:ident $body:ident $patch:ident) => {
        /// A record of this kind.
        #[derive(Debug, Serialize)]
        #[serde(transparent)]
        pub(crate) struct $view(pub(crate) Object);

        /// One that is to be made; what is not said is empty.
        #[derive(Debug, Deserialize)]
        #[serde(transparent)]
        pub(crate) struct $body(pub(crate) Object);

        /// What changes; the rest stays.
        #[derive(Debug, Deserialize)]
        #[serde(transparent)]
        pub(crate) struct $patch(pub(crate) Object);

        impl PartialSchema for $view {
            fn schema() -> RefOr<Schema> {
                view(RecordKind::$kind)
            }
        }

        impl ToSchema for $view {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($kind).into()
            }

            fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                schemas.push((Reference::name().into(), Reference::schema()));
                schemas.push((Score::name().into(), Score::schema()));
            }
        }

        impl PartialSchema for $body {
            fn schema() -> RefOr<Schema> {
                body(RecordKind::$kind, false)
            }
        }

        impl ToSchema for $body {}

        impl PartialSchema for $patch {
            fn schema() -> RefOr<Schema> {
                body(RecordKind::$kind, true)
            }
        }

        impl ToSchema for $patch {}
    };
}

record_types!(Gap: GapView GapBody GapPatch);
record_types!(Solution: SolutionView SolutionBody SolutionPatch);
record_types!(Fit: FitView FitBody FitPatch);
record_types!(Evidence: EvidenceView EvidenceBody EvidencePatch);

/// A record in a few words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reference {
    /// gap, solution, fit or evidence.
    kind: String,
    #[schema(format = "uuid")]
    id: String,
    /// Such as GAP-12.
    number: String,
    title: String,
}

/// How several people scored a fit by one criterion.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Score {
    /// How many did.
    n: i64,
    /// What they gave on average.
    #[schema(required)]
    mean: Option<f64>,
}

/// One version in a record's history.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecordChange)]
pub(crate) struct HistoryView {
    /// The version that it made.
    version: i64,
    #[schema(format = "date-time")]
    at: String,
    /// Who: account:ID, participant, command or server.
    by: String,
    /// edit, import, merge or undo.
    cause: String,
    /// What changed; nothing where the record began.
    changes: Vec<FieldChange>,
}

/// A field that changed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecordFieldChange)]
pub(crate) struct FieldChange {
    /// A field's name, `state` or `tlp`.
    field: &'static str,
    before: Json,
    after: Json,
}

impl HistoryView {
    /// How the API shows it.
    pub(crate) fn of(kind: RecordKind, entry: HistoryEntry) -> Self {
        let change = |it| {
            let mut shown = json::difference(kind, &it);
            FieldChange {
                field: it.field,
                before: shown["before"].take(),
                after: shown["after"].take(),
            }
        };
        Self {
            version: entry.version,
            at: time(entry.at),
            by: json::actor(&entry.actor).to_owned(),
            cause: entry.cause,
            changes: entry.differences.into_iter().map(change).collect(),
        }
    }
}

/// How a record of this kind is shown: everything is always there.
fn view(kind: RecordKind) -> RefOr<Schema> {
    let mut object = ObjectBuilder::new();
    for (name, schema) in common(kind) {
        object = object.property(name, schema).required(name);
    }
    let more = computed(kind);
    let is_computed = |name: &str| more.iter().any(|it| it.0 == name);
    for field in shape::fields(kind)
        .iter()
        .filter(|it| !is_computed(it.name))
    {
        let can_be_null = !field.is_required && nothing_is_null(field);
        object = object
            .property(field.name, property(field, can_be_null))
            .required(field.name);
    }
    for (name, schema) in more {
        object = object.property(name, schema).required(name);
    }
    object.into()
}

fn common(kind: RecordKind) -> Vec<(&'static str, RefOr<Schema>)> {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let formatted = |format: SchemaFormat| text().format(Some(format)).into();
    let states = shape::states(kind).iter().map(|it| it.name);
    vec![
        ("id", formatted(SchemaFormat::Custom("uuid".to_owned()))),
        (
            "number",
            text()
                .description(Some("Such as GAP-12; it never changes."))
                .into(),
        ),
        (
            "version",
            ObjectBuilder::new().schema_type(Type::Integer).into(),
        ),
        ("state", text().enum_values(Some(states)).into()),
        ("tlp", super::words::TlpWord::schema()),
        (
            "created_at",
            formatted(SchemaFormat::KnownFormat(KnownFormat::DateTime)),
        ),
        ("created_by", text().into()),
        (
            "changed_at",
            formatted(SchemaFormat::KnownFormat(KnownFormat::DateTime)),
        ),
        ("changed_by", text().into()),
        ("merged_into", nullable(text(), Type::String).into()),
    ]
}

/// What is not a field of the record, or shown in other words than it is written.
fn computed(kind: RecordKind) -> Vec<(&'static str, RefOr<Schema>)> {
    let whole = || ObjectBuilder::new().schema_type(Type::Integer);
    let reference = || RefOr::Ref(Ref::from_schema_name(Reference::name()));
    match kind {
        RecordKind::Gap => {
            let lights = ObjectBuilder::new()
                .schema_type(Type::String)
                .enum_values(Some(Light::ALL.map(Light::as_str)));
            vec![
                ("coverage", lights.into()),
                ("solutions", whole().into()),
                ("best_trl", nullable(whole(), Type::Integer).into()),
            ]
        }
        RecordKind::Solution => vec![
            (
                "stale",
                ObjectBuilder::new().schema_type(Type::Boolean).into(),
            ),
            (
                "parent",
                utoipa::openapi::schema::OneOfBuilder::new()
                    .item(ObjectBuilder::new().schema_type(Type::Null))
                    .item(reference())
                    .into(),
            ),
            ("results", ArrayBuilder::new().items(reference()).into()),
        ],
        RecordKind::Fit => {
            let mut scores = ObjectBuilder::new();
            for criterion in CRITERIA {
                scores = scores
                    .property(criterion, Ref::from_schema_name(Score::name()))
                    .required(criterion);
            }
            vec![
                ("gap", reference()),
                ("solution", reference()),
                ("scores", scores.into()),
            ]
        }
        RecordKind::Evidence => vec![("about", reference())],
    }
}

/// What somebody may say of a record.
fn body(kind: RecordKind, is_patch: bool) -> RefOr<Schema> {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let states = shape::states(kind).iter().map(|it| it.name);
    let states = states.filter(|it| *it != state::MERGED);
    let mut object = ObjectBuilder::new()
        .property("state", text().enum_values(Some(states)))
        .property("tlp", super::words::TlpWord::schema());
    if is_patch {
        let version = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .description(Some(
                "The version that the change was made from; `If-Match` says the same.",
            ));
        object = object.property("version", version);
    }
    for field in shape::fields(kind)
        .iter()
        .filter(|it| !(is_patch && it.is_fixed))
    {
        object = object.property(field.name, property(field, nothing_is_null(field)));
        if field.is_required && !is_patch {
            object = object.required(field.name);
        }
    }
    object.into()
}

/// Whether nothing in a field is written `null`.
fn nothing_is_null(field: &Field) -> bool {
    json::value(field, None).is_null()
}

fn nullable(object: ObjectBuilder, kind: Type) -> ObjectBuilder {
    object.schema_type(SchemaType::from_iter([kind, Type::Null]))
}

fn property(field: &Field, can_be_null: bool) -> RefOr<Schema> {
    let mut one = ObjectBuilder::new();
    let mut kind = Type::String;
    match field.takes {
        Takes::Line(max) | Takes::Text(max) | Takes::List(max) => {
            one = one.max_length(Some(max));
        }
        Takes::Choice(scale) | Takes::Choices(scale) => {
            let words = scale.iter().map(|it| Json::from(*it));
            let nothing = can_be_null.then_some(Json::Null);
            one = one.enum_values(Some(words.chain(nothing)));
        }
        Takes::Whole(from, to) => {
            kind = Type::Integer;
            let bound = |it: i64| utoipa::Number::Int(isize::try_from(it).unwrap_or(isize::MAX));
            one = one.minimum(Some(bound(from))).maximum(Some(bound(to)));
        }
        Takes::Flag => kind = Type::Boolean,
        Takes::Day => one = one.format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))),
        Takes::Url => one = one.format(Some(SchemaFormat::Custom("uri".to_owned()))),
        Takes::Groups => one = one.format(Some(SchemaFormat::Custom("uuid".to_owned()))),
        Takes::When | Takes::Tags | Takes::ExternalIds | Takes::One(_) | Takes::Target => {}
    }
    let about = Some(field.about);
    if field.takes.is_list() {
        let items = one.schema_type(kind);
        return ArrayBuilder::new().items(items).description(about).into();
    }
    let one = match can_be_null {
        true => nullable(one, kind),
        false => one.schema_type(kind),
    };
    one.description(about).into()
}
