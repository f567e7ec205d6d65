//! A map's content as one number: the same wherever and however the document was put together.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};
use yrs::types::ToJson;
use yrs::{Any, Doc, Number, ReadTxn, Transact};

use super::schema;

/// SHA-256 over the content of all root maps, written as JSON with sorted keys. Encodings of one
/// document differ from one another; its content does not.
pub fn digest(doc: &Doc) -> [u8; 32] {
    let txn = doc.transact();
    let roots = schema::ROOTS.into_iter().map(|root| {
        let content = txn.get_map(root).map(|it| it.to_json(&txn));
        (root, content.map_or(Value::Null, |it| sorted(&it)))
    });
    let roots: BTreeMap<&str, Value> = roots.collect();
    let mut hasher = Sha256::new();
    for (root, content) in roots {
        hasher.update(root);
        hasher.update([0]);
        hasher.update(content.to_string());
        hasher.update([0]);
    }
    hasher.finalize().into()
}

/// A value with the keys of its maps in order. What the schema lets through nests four deep.
fn sorted(value: &Any) -> Value {
    match value {
        Any::Null | Any::Undefined => Value::Null,
        Any::Bool(it) => Value::from(*it),
        Any::Number(Number::Int(it)) => Value::from(*it),
        Any::Number(Number::Float(it)) => Value::from(*it),
        Any::String(it) => Value::from(&**it),
        Any::Buffer(it) => Value::from(&it[..]),
        Any::Array(it) => it.iter().map(sorted).collect(),
        Any::Map(it) => {
            let fields: BTreeMap<&String, &Any> = it.iter().collect();
            let fields = fields
                .into_iter()
                .map(|(key, it)| (key.clone(), sorted(it)));
            Value::Object(fields.collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use yrs::updates::decoder::Decode;
    use yrs::{Map, StateVector, Update};

    use super::*;
    use crate::base::time::Timestamp;
    use crate::mindmap::edit::new_document;

    fn opened(update: &[u8]) -> Doc {
        let doc = Doc::new();
        let update = Update::decode_v1(update).unwrap();
        doc.transact_mut().apply_update(update).unwrap();
        doc
    }

    #[test]
    fn it_is_the_same_for_the_same_content_and_another_for_any_other() {
        let doc = opened(&new_document("Drones", None, Timestamp(1)));
        let all = doc
            .transact()
            .encode_state_as_update_v1(&StateVector::default());
        let copy = opened(&all);

        assert_eq!(digest(&doc), digest(&copy));
        let meta = copy.get_or_insert_map(schema::META);
        meta.insert(&mut copy.transact_mut(), schema::META_TITLE, "Crowds");
        assert_ne!(digest(&doc), digest(&copy));
    }
}
