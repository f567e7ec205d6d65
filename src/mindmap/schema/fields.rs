//! A plain object of the document, read field by field.

use std::collections::HashMap;
use std::sync::Arc;

use yrs::Any;

use super::names::{GREATEST_WHOLE, ORDER_BYTES, is_id};
use super::violation::Violation;
use crate::mindmap::order;

/// An object that has no keys but the allowed ones.
pub(super) struct Fields<'a> {
    what: &'static str,
    fields: &'a HashMap<String, Any>,
}

impl<'a> Fields<'a> {
    /// `what` is the subject of the sentence when something is wrong, such as "a place".
    pub(super) fn read(
        what: &'static str,
        value: &'a Any,
        allowed: &[&str],
    ) -> Result<Self, Violation> {
        let Any::Map(fields) = value else {
            return Err(Violation::wrong_type(what, "a plain object"));
        };
        if fields.keys().any(|key| !allowed.contains(&key.as_str())) {
            return Err(Violation::unknown_key(what));
        }
        Ok(Self { what, fields })
    }

    /// The value of a field; `undefined`, which JavaScript writes out, is as good as absent.
    pub(super) fn get(&self, key: &str) -> Option<&'a Any> {
        self.fields
            .get(key)
            .filter(|value| !matches!(value, Any::Undefined))
    }

    /// A required field that holds an id.
    pub(super) fn id(&self, key: &'static str) -> Result<Arc<str>, Violation> {
        match self.required(key)? {
            Any::String(id) if is_id(id) => Ok(id.clone()),
            _ => Err(self.bad(key, "1 to 64 visible ASCII characters")),
        }
    }

    /// A required field that holds a fractional index.
    pub(super) fn order(&self, key: &'static str) -> Result<Arc<str>, Violation> {
        match self.required(key)? {
            Any::String(text) if text.len() <= ORDER_BYTES && order::is_key(text) => {
                Ok(text.clone())
            }
            _ => Err(self.bad(key, "a fractional index")),
        }
    }

    /// A required field that holds a whole number: a clock, a time, a count.
    pub(super) fn whole(&self, key: &'static str) -> Result<i64, Violation> {
        whole(self.required(key)?).ok_or_else(|| self.bad(key, "a whole number from 0 to 2^53 - 1"))
    }

    /// A required field that holds any string.
    pub(super) fn string(&self, key: &'static str) -> Result<Arc<str>, Violation> {
        match self.required(key)? {
            Any::String(text) => Ok(text.clone()),
            _ => Err(self.bad(key, "a string")),
        }
    }

    fn required(&self, key: &'static str) -> Result<&'a Any, Violation> {
        self.get(key)
            .ok_or_else(|| Violation::missing(self.what, key))
    }

    fn bad(&self, key: &str, wanted: &str) -> Violation {
        Violation::bad_value(&format!("the {key} of {}", self.what), wanted)
    }
}

/// A number that JavaScript can count to, and that isn't below zero.
pub(super) fn whole(value: &Any) -> Option<i64> {
    match value {
        Any::Number(number) => number
            .as_i64()
            .filter(|it| (0..=GREATEST_WHOLE).contains(it)),
        _ => None,
    }
}
