//! How records are pointed at: by id or by the number that people see.

use std::fmt;
use std::str::FromStr;

use super::kind::RecordKind;
use crate::base::id::RecordId;
use crate::base::invalid::Invalid;
use crate::base::text::number_in;

/// What names one record of a kind that is known from where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handle {
    /// Its id: exactly this record, also one that was merged into another.
    Id(RecordId),
    /// Its number, `GAP-12` or `12`; after a merge, the record that it became.
    Number(i64),
}

impl FromStr for Handle {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        if let Ok(id) = text.parse() {
            return Ok(Self::Id(id));
        }
        let is_prefix = |it: &str| {
            let mut kinds = RecordKind::ALL.into_iter();
            kinds.any(|kind| it.eq_ignore_ascii_case(kind.prefix()))
        };
        number_in(text, is_prefix)
            .map(Self::Number)
            .ok_or_else(|| Invalid::new("id", "must be a UUID or a number such as GAP-12"))
    }
}

/// A record of any kind: `gap:<uuid>`, as the links of maps write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Target {
    /// Its kind.
    pub kind: RecordKind,
    /// Its id.
    pub id: RecordId,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.id)
    }
}

impl FromStr for Target {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let (kind, id) = text.split_once(':').unwrap_or(("", ""));
        match (RecordKind::try_from(kind), id.parse()) {
            (Ok(kind), Ok(id)) => Ok(Self { kind, id }),
            _ => Err(Invalid::new("target", "must be a kind and an id: gap:UUID")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_and_without_its_prefix() {
        assert_eq!("GAP-12".parse(), Ok(Handle::Number(12)));
        assert_eq!("sol-7".parse(), Ok(Handle::Number(7)));
        assert_eq!("12".parse(), Ok(Handle::Number(12)));
        for odd in [
            "",
            "GAP-",
            "GAP--1",
            "ABC-1",
            "GAP-99999999999999999999",
            "+1",
        ] {
            assert!(odd.parse::<Handle>().is_err(), "{odd}");
        }
    }

    #[test]
    fn a_target_reads_back_as_it_was_written() {
        let target = Target {
            kind: RecordKind::Fit,
            id: RecordId::new(),
        };

        assert_eq!(target.to_string().parse(), Ok(target));
        assert!("node:x".parse::<Target>().is_err());
    }
}
