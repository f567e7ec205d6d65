//! The plain values of a document in Rust. What reads is what fits: reading is the check.

use std::collections::HashMap;
use std::sync::Arc;

use yrs::{Any, Number};

use super::fields::Fields;
use super::names::{Fit, GREATEST_WHOLE, Side};
use super::violation::Violation;
use crate::base::time::Timestamp;

/// A parent, and a spot among its children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The parent's id.
    pub parent: Arc<str>,
    /// The fractional index among the siblings.
    pub order: Arc<str>,
}

/// Where a node says that it stands; the tree rule decides where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it was put last.
    pub spot: Spot,
    /// The Lamport clock of that move.
    pub clock: i64,
    /// Where it stood, resolved, when it was moved.
    pub was: Option<Spot>,
    /// Which side of the central topic it grows on, where somebody's page said so. It means
    /// something under the root only, and the tree rule does not ask for it.
    pub side: Option<Side>,
}

impl Place {
    /// Reads the value of `place`.
    ///
    /// # Errors
    ///
    /// [`Violation`] where it doesn't fit the schema.
    pub fn read(value: &Any) -> Result<Self, Violation> {
        let known = ["parent", "order", "clock", "was", "side"];
        let fields = Fields::read("a place", value, &known)?;
        let side = match fields.get("side") {
            None => None,
            said => Some(side(said).ok_or_else(|| {
                Violation::bad_value("the side of a place", "\"left\" or \"right\"")
            })?),
        };
        Ok(Self {
            spot: Spot::from_fields(&fields)?,
            clock: fields.whole("clock")?,
            was: fields.get("was").map(Spot::read).transpose()?,
            side,
        })
    }

    /// Reads what may not fit: a part that isn't as it should be counts as empty, so that every
    /// reader makes the same of it.
    pub fn read_leniently(value: &Any) -> Option<Self> {
        let Any::Map(fields) = value else {
            return None;
        };
        Some(Self {
            spot: Spot::read_leniently(fields),
            clock: whole_or_zero(fields.get("clock")),
            was: match fields.get("was") {
                Some(Any::Map(was)) => Some(Spot::read_leniently(was)),
                _ => None,
            },
            side: side(fields.get("side")),
        })
    }

    /// The value as documents hold it.
    pub fn to_any(&self) -> Any {
        let mut fields = self.spot.fields();
        fields.insert("clock".to_owned(), Any::from(self.clock));
        if let Some(was) = &self.was {
            fields.insert("was".to_owned(), Any::from(was.fields()));
        }
        if let Some(side) = self.side {
            fields.insert("side".to_owned(), Any::from(side.as_str()));
        }
        Any::from(fields)
    }
}

impl Spot {
    fn read(value: &Any) -> Result<Self, Violation> {
        Self::from_fields(&Fields::read(
            "the former place",
            value,
            &["parent", "order"],
        )?)
    }

    fn from_fields(fields: &Fields<'_>) -> Result<Self, Violation> {
        Ok(Self {
            parent: fields.id("parent")?,
            order: fields.order("order")?,
        })
    }

    fn read_leniently(fields: &HashMap<String, Any>) -> Self {
        Self {
            parent: string_or_empty(fields.get("parent")),
            order: string_or_empty(fields.get("order")),
        }
    }

    fn fields(&self) -> HashMap<String, Any> {
        HashMap::from([
            ("parent".to_owned(), Any::String(self.parent.clone())),
            ("order".to_owned(), Any::String(self.order.clone())),
        ])
    }
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// When.
    pub at: Timestamp,
    /// The participant's id, never a name.
    pub by: Arc<str>,
}

impl Mark {
    /// Reads the value of `deleted`.
    ///
    /// # Errors
    ///
    /// [`Violation`] where it doesn't fit the schema.
    pub fn read(value: &Any) -> Result<Self, Violation> {
        Self::from_fields(&Fields::read("a mark", value, &["at", "by"])?)
    }

    /// Reads what may not fit: any object is a mark, if only that of nobody in 1970.
    pub fn read_leniently(value: &Any) -> Option<Self> {
        let Any::Map(fields) = value else {
            return None;
        };
        Some(Self {
            at: Timestamp(whole_or_zero(fields.get("at"))),
            by: string_or_empty(fields.get("by")),
        })
    }

    fn from_fields(fields: &Fields<'_>) -> Result<Self, Violation> {
        Ok(Self {
            at: Timestamp(fields.whole("at")?),
            by: fields.id("by")?,
        })
    }

    /// The value as documents hold it.
    pub fn to_any(&self) -> Any {
        Any::from(self.fields())
    }

    fn fields(&self) -> HashMap<String, Any> {
        HashMap::from([
            ("at".to_owned(), Any::from(self.at.0)),
            ("by".to_owned(), Any::String(self.by.clone())),
        ])
    }
}

/// Who made a node, when, and in which round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Who, and when.
    pub mark: Mark,
    /// The number of the round, where the session has rounds.
    pub round: Option<i64>,
}

impl Made {
    /// Reads the value of `made`.
    ///
    /// # Errors
    ///
    /// [`Violation`] where it doesn't fit the schema.
    pub fn read(value: &Any) -> Result<Self, Violation> {
        let fields = Fields::read("a mark", value, &["at", "by", "round"])?;
        Ok(Self {
            mark: Mark::from_fields(&fields)?,
            round: fields
                .get("round")
                .map(|_| fields.whole("round"))
                .transpose()?,
        })
    }

    /// The value as documents hold it.
    pub fn to_any(&self) -> Any {
        let mut fields = self.mark.fields();
        if let Some(round) = self.round {
            fields.insert("round".to_owned(), Any::from(round));
        }
        Any::from(fields)
    }
}

/// What a node's link says beside its target, which is its key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// How well the target fits, where that was said.
    pub fit: Option<Fit>,
    /// Who made the link, and when.
    pub made: Mark,
}

impl Link {
    /// Reads a value of `links`.
    ///
    /// # Errors
    ///
    /// [`Violation`] where it doesn't fit the schema.
    pub fn read(value: &Any) -> Result<Self, Violation> {
        let fields = Fields::read("a link", value, &["fit", "at", "by"])?;
        let fit = match fields.get("fit") {
            None => None,
            Some(Any::String(word)) if Fit::parse(word).is_some() => Fit::parse(word),
            Some(_) => {
                return Err(Violation::bad_value("the fit of a link", "one of the list"));
            }
        };
        Ok(Self {
            fit,
            made: Mark::from_fields(&fields)?,
        })
    }

    /// The value as documents hold it.
    pub fn to_any(&self) -> Any {
        let mut fields = self.made.fields();
        if let Some(fit) = self.fit {
            fields.insert("fit".to_owned(), Any::from(fit.as_str()));
        }
        Any::from(fields)
    }
}

/// An arrow between two nodes that is not the tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Relation {
    /// The node that it starts at.
    pub from: Arc<str>,
    /// The node that it points to.
    pub to: Arc<str>,
    /// What stands on it.
    pub label: Arc<str>,
    /// Who made it, and when.
    pub made: Mark,
}

impl Relation {
    /// Reads a value of `relations`.
    ///
    /// # Errors
    ///
    /// [`Violation`] where it doesn't fit the schema.
    pub fn read(value: &Any) -> Result<Self, Violation> {
        let fields = Fields::read("a relation", value, &["from", "to", "label", "at", "by"])?;
        Ok(Self {
            from: fields.id("from")?,
            to: fields.id("to")?,
            label: fields.string("label")?,
            made: Mark::from_fields(&fields)?,
        })
    }

    /// The value as documents hold it.
    pub fn to_any(&self) -> Any {
        let mut fields = self.made.fields();
        fields.insert("from".to_owned(), Any::String(self.from.clone()));
        fields.insert("to".to_owned(), Any::String(self.to.clone()));
        fields.insert("label".to_owned(), Any::String(self.label.clone()));
        Any::from(fields)
    }
}

fn side(value: Option<&Any>) -> Option<Side> {
    match value {
        Some(Any::String(word)) => Side::parse(word),
        _ => None,
    }
}

fn string_or_empty(value: Option<&Any>) -> Arc<str> {
    match value {
        Some(Any::String(text)) => text.clone(),
        _ => Arc::from(""),
    }
}

fn whole_or_zero(value: Option<&Any>) -> i64 {
    let number = match value {
        Some(Any::Number(Number::Int(number))) => *number,
        // A cast cuts the fraction off, and takes what isn't a number for 0.
        Some(Any::Number(Number::Float(number))) if number.is_finite() => *number as i64,
        _ => 0,
    };
    number.clamp(0, GREATEST_WHOLE)
}
