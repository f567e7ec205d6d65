//! How reports are pointed at.

use std::fmt;
use std::str::FromStr;

use crate::base::id::ReportId;
use crate::base::invalid::Invalid;
use crate::base::text::number_in;

/// What stands before a report's number.
const PREFIX: &str = "REP";

/// A report, by its id or by the number that people see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportHandle {
    /// Its id.
    Id(ReportId),
    /// Its number, `REP-3` or `3`.
    Number(i64),
}

impl ReportHandle {
    /// A number as people see it.
    pub fn number(number: i64) -> String {
        format!("{PREFIX}-{number}")
    }
}

impl FromStr for ReportHandle {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        if let Ok(id) = text.parse() {
            return Ok(Self::Id(id));
        }
        number_in(text, |it| it.eq_ignore_ascii_case(PREFIX))
            .map(Self::Number)
            .ok_or_else(|| Invalid::new("id", "must be a UUID or a number such as REP-3"))
    }
}

impl fmt::Display for ReportHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Number(number) => f.write_str(&Self::number(*number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_found_by_its_number_however_it_is_written() {
        assert_eq!("rep-3".parse(), Ok(ReportHandle::Number(3)));
        assert_eq!("3".parse(), Ok(ReportHandle::Number(3)));
        for odd in ["", "GAP-3", "REP-", "REP--3", "REP-99999999999999999999"] {
            assert!(odd.parse::<ReportHandle>().is_err(), "{odd}");
        }
    }
}
