//! What a field takes, and the check of what is put into it.

use std::collections::BTreeMap;

use time::Date;
use time::macros::format_description;
use url::Url;

use super::handle::Target;
use super::kind::RecordKind;
use super::scale::Scale;
use super::value::Value;
use crate::base::id::{GroupId, RecordId};
use crate::base::invalid::Invalid;
use crate::base::text::{lines, one_line};
use crate::base::time::day;

/// The name of a field, from the tables.
pub type FieldName = &'static str;

/// The values that are there, by the names of their fields.
pub type Fields = BTreeMap<FieldName, Value>;

/// How many items a list may have.
pub const MAX_ITEMS: usize = 100;
/// What parts the items of a list where they stand in one text, as in a cell of a table.
pub const SEPARATOR: char = '|';
const URL_CHARS: usize = 2000;
const TAG_CHARS: usize = 120;

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// One line of at most so many characters.
    Line(usize),
    /// Any number of lines, of at most so many characters together.
    Text(usize),
    /// One word of a scale.
    Choice(Scale),
    /// Several words of a scale.
    Choices(Scale),
    /// A whole number from one to another.
    Whole(i64, i64),
    /// A calendar day, such as `2026-11-23`.
    Day,
    /// A year, a month or a day: `2026`, `2026-11`, `2026-11-23`.
    When,
    /// Up or down.
    Flag,
    /// An address of the web.
    Url,
    /// Several lines, each of at most so many characters.
    List(usize),
    /// Tags, each a name or `scheme:name`.
    Tags,
    /// Ids of Practitioners' Groups.
    Groups,
    /// Ids that others gave it, each `scheme:value`.
    ExternalIds,
    /// The id of a record of this kind.
    One(RecordKind),
    /// A record of any kind but evidence: `gap:<uuid>`.
    Target,
}

impl Takes {
    /// Whether it holds several values.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Choices(_) | Self::List(_) | Self::Tags | Self::Groups | Self::ExternalIds
        )
    }
}

/// A field, as its kind's table has it.
#[derive(Debug)]
pub struct Field {
    /// Its name in the API.
    pub name: FieldName,
    /// What it takes.
    pub takes: Takes,
    /// What it is for, for the description of the API.
    pub about: &'static str,
    /// Whether a record must have it.
    pub is_required: bool,
    /// Whether lists filter or sort by it, or others are computed from it: then it has a column of
    /// its own.
    pub is_listed: bool,
    /// Whether it is said once, when the record is made.
    pub is_fixed: bool,
}

impl Field {
    pub(super) const fn new(name: FieldName, takes: Takes, about: &'static str) -> Self {
        Self {
            name,
            takes,
            about,
            is_required: false,
            is_listed: false,
            is_fixed: false,
        }
    }

    pub(super) const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    pub(super) const fn listed(mut self) -> Self {
        self.is_listed = true;
        self
    }

    pub(super) const fn fixed(mut self) -> Self {
        self.is_fixed = true;
        self
    }

    /// Reads what stands in a cell of a table: lists are parted by `|`, flags say `yes` or `true`.
    /// An empty cell has no value.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on this field.
    pub fn read_text(&self, text: &str) -> Result<Option<Value>, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        match self.takes {
            Takes::Whole(..) => {
                let number = text
                    .parse()
                    .map_err(|_| self.refused("must be a whole number"))?;
                self.number(number)
            }
            Takes::Flag => match text.to_lowercase().as_str() {
                "yes" | "true" | "1" => Ok(Some(Value::Flag)),
                "no" | "false" | "0" => Ok(None),
                _ => Err(self.refused("must be yes or no")),
            },
            takes if takes.is_list() => self.list(text.split(SEPARATOR)),
            _ => self.text(text),
        }
    }

    /// Checks one text. An empty one has no value.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on this field.
    pub fn text(&self, text: &str) -> Result<Option<Value>, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let text = match self.takes {
            Takes::Line(max) => one_line(self.name, text, max)?,
            Takes::Text(max) => lines(self.name, text, max)?,
            Takes::Choice(scale) => self.word(scale, text)?,
            Takes::Day => {
                day(self.name, Some(text))?;
                text.to_owned()
            }
            Takes::When => self.when(text)?,
            Takes::Url => self.url(text)?,
            Takes::One(kind) => {
                let id: Result<RecordId, Invalid> = text.parse();
                id.map_err(|_| self.refused(format!("must be the id of a {kind}")))?
                    .to_string()
            }
            Takes::Target => self.target(text)?,
            Takes::Whole(..) => return Err(self.refused("must be a whole number")),
            Takes::Flag => return Err(self.refused("must be true or false")),
            _ => return Err(self.refused("must be a list")),
        };
        Ok(Some(Value::Text(text)))
    }

    /// Checks a number.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on this field.
    pub fn number(&self, number: i64) -> Result<Option<Value>, Invalid> {
        let Takes::Whole(from, to) = self.takes else {
            return Err(self.refused("cannot be a number"));
        };
        if !(from..=to).contains(&number) {
            return Err(self.refused(format!("must be from {from} to {to}")));
        }
        Ok(Some(Value::Number(number)))
    }

    /// Checks a flag.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on this field.
    pub fn flag(&self, is_up: bool) -> Result<Option<Value>, Invalid> {
        if self.takes != Takes::Flag {
            return Err(self.refused("cannot be true or false"));
        }
        Ok(is_up.then_some(Value::Flag))
    }

    /// Checks the items of a list, leaving out empty ones and repetitions.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on this field.
    pub fn list<'a>(
        &self,
        items: impl IntoIterator<Item = &'a str>,
    ) -> Result<Option<Value>, Invalid> {
        let mut list = Vec::new();
        for item in items.into_iter().map(str::trim).filter(|it| !it.is_empty()) {
            let item = self.item(item)?;
            if list.contains(&item) {
                continue;
            }
            if list.len() == MAX_ITEMS {
                return Err(self.refused(format!("must have at most {MAX_ITEMS} items")));
            }
            list.push(item);
        }
        Ok((!list.is_empty()).then_some(Value::List(list)))
    }

    fn item(&self, text: &str) -> Result<String, Invalid> {
        let plain = |max| {
            if text.contains(SEPARATOR) {
                return Err(self.refused("must have items without |"));
            }
            one_line(self.name, text, max)
        };
        match self.takes {
            Takes::Choices(scale) => self.word(scale, text),
            Takes::List(max) => plain(max),
            Takes::Tags => plain(TAG_CHARS),
            Takes::Groups => {
                let id: Result<GroupId, Invalid> = text.parse();
                let id = id.map_err(|_| self.refused("must be ids of groups"))?;
                Ok(id.to_string())
            }
            Takes::ExternalIds => match text.split_once(':') {
                Some((scheme, value)) if !scheme.is_empty() && !value.is_empty() => plain(200),
                _ => Err(self.refused("must be written scheme:value")),
            },
            _ => Err(self.refused("cannot be a list")),
        }
    }

    fn word(&self, scale: Scale, text: &str) -> Result<String, Invalid> {
        if scale.contains(&text) {
            return Ok(text.to_owned());
        }
        Err(self.refused(format!("must be one of: {}", scale.join(", "))))
    }

    fn when(&self, text: &str) -> Result<String, Invalid> {
        // A year or a month is a day's beginning.
        let whole = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.to_owned(),
        };
        Date::parse(&whole, format_description!("[year]-[month]-[day]"))
            .map(|_| text.to_owned())
            .map_err(|_| self.refused("must be a year, a month or a day such as 2026-11-23"))
    }

    fn url(&self, text: &str) -> Result<String, Invalid> {
        let text = one_line(self.name, text, URL_CHARS)?;
        let is_web = Url::parse(&text)
            .is_ok_and(|it| matches!(it.scheme(), "http" | "https") && it.has_host());
        if !is_web {
            return Err(self.refused("must be an address such as https://example.org/page"));
        }
        Ok(text)
    }

    fn target(&self, text: &str) -> Result<String, Invalid> {
        let target: Result<Target, Invalid> = text.parse();
        match target {
            Ok(target) if target.kind != RecordKind::Evidence => Ok(target.to_string()),
            _ => Err(self.refused("must be gap:ID, solution:ID or fit:ID")),
        }
    }

    /// A refusal of what was put into this field.
    pub fn refused(&self, reason: impl Into<std::borrow::Cow<'static, str>>) -> Invalid {
        Invalid::new(self.name, reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(takes: Takes, text: &str) -> Result<Option<Value>, Invalid> {
        Field::new("it", takes, "").read_text(text)
    }

    fn text(text: &str) -> Result<Option<Value>, Invalid> {
        Ok(Some(Value::Text(text.to_owned())))
    }

    #[test]
    fn an_empty_cell_has_no_value_whatever_the_field_takes() {
        for takes in [
            Takes::Line(9),
            Takes::Day,
            Takes::Whole(1, 5),
            Takes::Tags,
            Takes::Flag,
        ] {
            assert_eq!(read(takes, "  "), Ok(None), "{takes:?}");
        }
        assert_eq!(read(Takes::Tags, " | |"), Ok(None));
        assert_eq!(read(Takes::Flag, "no"), Ok(None));
    }

    #[test]
    fn a_list_leaves_out_what_it_has() {
        let list = read(Takes::Tags, "ai| video |ai").unwrap().unwrap();

        assert_eq!(list.as_list(), ["ai", "video"]);
        assert!(read(Takes::Tags, &"x".repeat(121)).is_err());
    }

    #[test]
    fn an_address_leads_into_the_web_and_nowhere_else() {
        assert_eq!(
            read(Takes::Url, "https://example.org/a"),
            text("https://example.org/a")
        );
        for odd in [
            "javascript:alert(1)",
            "data:text/html,x",
            "example.org",
            "https://",
            "/etc",
        ] {
            assert!(read(Takes::Url, odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn a_time_may_be_a_year_only_and_a_day_may_not() {
        assert_eq!(read(Takes::When, "2022"), text("2022"));
        assert_eq!(read(Takes::When, "2022-02"), text("2022-02"));
        assert!(read(Takes::When, "2022-02-30").is_err());
        assert!(read(Takes::Day, "2022").is_err());
    }

    #[test]
    fn a_refusal_names_the_field_and_what_it_takes() {
        let refused = read(Takes::Choice(&["must", "should"]), "perhaps").unwrap_err();

        assert_eq!(refused.to_string(), "it must be one of: must, should");
        assert!(read(Takes::Whole(1, 5), "6").is_err());
        assert!(read(Takes::Whole(1, 5), "5.5").is_err());
        assert!(read(Takes::Target, &format!("evidence:{}", RecordId::new())).is_err());
    }
}
