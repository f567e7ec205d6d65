//! Records and changes as JSON: the API's way to write them, and the database's.
//!
//! Every field of a kind is always there. What has no value is `""` for free text, `[]` for a list,
//! `false` for a flag and `null` for the rest; each of these empties a field that is written.

use serde_json::{Map, Value as Json, json};

use super::change::Change;
use super::difference::{Clash, Difference};
use super::field::Fields;
use super::field::{Field, FieldName, Takes};
use super::kind::RecordKind;
use super::record::Record;
use super::shape;
use super::value::Value;
use crate::base::invalid::Invalid;

/// A record, flat: what all records have, and its fields beside it.
pub fn record(record: &Record) -> Map<String, Json> {
    let mut map = Map::new();
    let mut put = |name: &str, value: Json| map.insert(name.to_owned(), value);
    put("id", json!(record.id));
    put("number", json!(record.kind.number(record.number)));
    put("version", json!(record.version));
    put("state", json!(record.state));
    put("tlp", json!(record.tlp.as_str()));
    put("created_at", json!(record.created_at.to_rfc3339()));
    put("created_by", json!(actor(&record.created_by)));
    put("changed_at", json!(record.changed_at.to_rfc3339()));
    put("changed_by", json!(actor(&record.changed_by)));
    put("merged_into", json!(record.merged_into));
    for field in shape::fields(record.kind) {
        put(field.name, value(field, record.fields.get(field.name)));
    }
    map
}

/// Who made or changed a record, as readers of the catalogue are told. Of a participant, only that it
/// was one: with the id, a gap that was made of an idea would tell who wrote the idea.
pub fn actor(actor: &str) -> &str {
    match actor.split_once(':') {
        Some(("participant", _)) => "participant",
        _ => actor,
    }
}

/// The value of a field.
pub fn value(field: &Field, value: Option<&Value>) -> Json {
    match value {
        Some(Value::Text(text)) => json!(text),
        Some(Value::Number(number)) => json!(number),
        Some(Value::Flag) => Json::Bool(true),
        Some(Value::List(items)) => json!(items),
        None => match field.takes {
            Takes::Line(_) | Takes::Text(_) => json!(""),
            Takes::Flag => Json::Bool(false),
            takes if takes.is_list() => json!([]),
            _ => Json::Null,
        },
    }
}

/// Reads a change: the fields by name, `state` and `tlp` among them, where `null` says nothing.
///
/// # Errors
///
/// [`Invalid`] on the field that was refused, or on `fields` for a name that is none.
pub fn change(kind: RecordKind, body: &Map<String, Json>) -> Result<Change, Invalid> {
    let mut change = Change::new(kind);
    for (name, value) in body {
        match (name.as_str(), value) {
            ("state" | "tlp", Json::Null) => {}
            ("state", Json::String(text)) => change.set_state(text)?,
            ("tlp", Json::String(text)) => change.set_tlp(text)?,
            ("state", _) => return Err(Invalid::new("state", "must be text")),
            ("tlp", _) => return Err(Invalid::new("tlp", "must be text")),
            (name, value) => {
                let field = shape::field(kind, name)?;
                change.fields.insert(field.name, read(field, value)?);
            }
        }
    }
    Ok(change)
}

/// Reads the value of a field.
///
/// # Errors
///
/// [`Invalid`] on the field.
pub fn read(field: &Field, value: &Json) -> Result<Option<Value>, Invalid> {
    match value {
        Json::Null => Ok(None),
        Json::Bool(is_up) => field.flag(*is_up),
        Json::Number(number) => {
            let whole = number.as_i64();
            field.number(whole.ok_or_else(|| field.refused("must be a whole number"))?)
        }
        Json::String(text) => field.text(text),
        Json::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(Json::as_str).collect();
            field.list(texts.ok_or_else(|| field.refused("must be a list of texts"))?)
        }
        Json::Object(_) => Err(field.refused("cannot be an object")),
    }
}

/// Values as the database keeps them together: only those that are there.
pub fn pack<'a>(fields: impl IntoIterator<Item = (FieldName, &'a Value)>) -> String {
    let map: Map<String, Json> = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), bare(value)))
        .collect();
    Json::Object(map).to_string()
}

/// Reads what [`pack`] wrote. What a former version kept and this one has no field for is left out.
///
/// # Errors
///
/// What is wrong with it, in words.
pub fn unpack(kind: RecordKind, text: &str) -> Result<Fields, String> {
    let map: Map<String, Json> = serde_json::from_str(text).map_err(|it| it.to_string())?;
    let mut fields = Fields::new();
    for (name, value) in &map {
        if let Some(field) = shape::find(kind, name)
            && let Some(value) = stored(value)?
        {
            fields.insert(field.name, value);
        }
    }
    Ok(fields)
}

/// Differences as the history keeps them.
pub fn pack_differences(differences: &[Difference]) -> String {
    let rows = differences.iter().map(|it| {
        json!({ "field": it.field, "before": it.before.as_ref().map(bare),
                "after": it.after.as_ref().map(bare) })
    });
    Json::Array(rows.collect()).to_string()
}

/// Reads what [`pack_differences`] wrote.
///
/// # Errors
///
/// What is wrong with it, in words.
pub fn unpack_differences(kind: RecordKind, text: &str) -> Result<Vec<Difference>, String> {
    let rows: Vec<Map<String, Json>> = serde_json::from_str(text).map_err(|it| it.to_string())?;
    let mut differences = Vec::new();
    for row in rows {
        let named = row.get("field").and_then(Json::as_str).unwrap_or_default();
        let side = |name: &str| row.get(name).map_or(Ok(None), stored);
        if let Some(field) = name_of(kind, named) {
            differences.push(Difference {
                field,
                before: side("before")?,
                after: side("after")?,
            });
        }
    }
    Ok(differences)
}

/// A difference as the API shows it.
pub fn difference(kind: RecordKind, it: &Difference) -> Json {
    let value = |side: &Option<Value>| shown(kind, it.field, side.as_ref());
    json!({ "field": it.field, "before": value(&it.before), "after": value(&it.after) })
}

/// A clash as the API shows it.
pub fn clash(kind: RecordKind, it: &Clash) -> Json {
    let value = |side: &Option<Value>| shown(kind, it.field, side.as_ref());
    json!({ "field": it.field, "yours": value(&it.yours), "theirs": value(&it.theirs) })
}

fn shown(kind: RecordKind, name: &str, side: Option<&Value>) -> Json {
    match shape::find(kind, name) {
        Some(field) => value(field, side),
        None => side.map_or(Json::Null, bare),
    }
}

fn name_of(kind: RecordKind, name: &str) -> Option<FieldName> {
    match name {
        "state" => Some("state"),
        "tlp" => Some("tlp"),
        "merged_into" => Some("merged_into"),
        _ => shape::find(kind, name).map(|it| it.name),
    }
}

fn bare(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Number(number) => json!(number),
        Value::Flag => Json::Bool(true),
        Value::List(items) => json!(items),
    }
}

/// A value that was checked when it was stored.
fn stored(value: &Json) -> Result<Option<Value>, String> {
    Ok(match value {
        Json::Null | Json::Bool(false) => None,
        Json::Bool(true) => Some(Value::Flag),
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Number(number) => Some(Value::Number(
            number.as_i64().ok_or("a number that is not whole")?,
        )),
        Json::Array(items) => {
            let texts: Option<Vec<String>> = items
                .iter()
                .map(|it| it.as_str().map(str::to_owned))
                .collect();
            Some(Value::List(texts.ok_or("a list of other than texts")?))
        }
        Json::Object(_) => return Err("an object inside a record".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::record::NewRecord;

    fn read_change(kind: RecordKind, body: Json) -> Result<Change, Invalid> {
        let Json::Object(body) = body else {
            panic!("a body is an object");
        };
        change(kind, &body)
    }

    #[test]
    fn what_is_packed_is_unpacked_the_same() {
        let body = json!({ "name": "SHUTTLE", "kind": "platform", "trl_low": 5,
                           "languages": ["en", "fr"], "summary": "a\nb" });
        let made = NewRecord::new(&read_change(RecordKind::Solution, body).unwrap()).unwrap();

        let packed = pack(made.fields.iter().map(|(name, value)| (*name, value)));

        assert_eq!(unpack(RecordKind::Solution, &packed).unwrap(), made.fields);
        assert!(unpack(RecordKind::Solution, "{\"name\":{}}").is_err());
        assert!(unpack(RecordKind::Solution, "nonsense").is_err());
    }

    #[test]
    fn each_kind_of_nothing_empties_a_field() {
        for (name, nothing) in [
            ("description", json!("")),
            ("description", Json::Null),
            ("thor", json!([])),
            ("impact", Json::Null),
        ] {
            let change = read_change(RecordKind::Gap, json!({ name: nothing })).unwrap();
            assert_eq!(change.fields[name], None);
        }
        let down = read_change(RecordKind::Evidence, json!({ "conflict": false })).unwrap();
        assert_eq!(down.fields["conflict"], None);
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_refused_on_its_field() {
        for (name, odd) in [
            ("impact", json!("5")),
            ("impact", json!(2.5)),
            ("impact", json!(6)),
            ("title", json!(5)),
            ("title", json!({})),
            ("thor", json!("human")),
            ("thor", json!(["humane"])),
            ("thor", json!([1])),
            ("tags", json!(true)),
            ("state", json!(1)),
            ("tlp", json!("PURPLE")),
        ] {
            let refused = read_change(RecordKind::Gap, json!({ name: odd })).unwrap_err();
            assert_eq!(refused.field, name);
        }
    }
}
