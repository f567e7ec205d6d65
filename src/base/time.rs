//! Points in time, and the clock that gives them.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

use super::invalid::Invalid;

/// Milliseconds since 1970, UTC: what both databases keep alike.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This time and `later` after it.
    pub fn after(self, later: Duration) -> Self {
        let later = i64::try_from(later.as_millis()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(later))
    }

    /// RFC 3339 in UTC with milliseconds, as the API writes it: `2026-11-23T09:30:00.125Z`.
    pub fn to_rfc3339(self) -> String {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .ok()
            .and_then(|time| time.format(&Rfc3339).ok())
            .unwrap_or_else(|| "9999-12-31T23:59:59Z".to_owned())
    }

    /// The calendar date in UTC, such as `2026-11-23`.
    pub fn day(self) -> String {
        self.to_rfc3339().chars().take(10).collect()
    }

    /// Reads RFC 3339 with any offset.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `field` when the text is not such a time.
    pub fn from_rfc3339(field: &'static str, text: &str) -> Result<Self, Invalid> {
        OffsetDateTime::parse(text, &Rfc3339)
            .ok()
            .and_then(|time| i64::try_from(time.unix_timestamp_nanos() / 1_000_000).ok())
            .map(Self)
            .ok_or_else(|| Invalid::new(field, "must be a time such as 2026-11-23T09:30:00Z"))
    }
}

/// Where the time comes from: the system, or a test that sets it.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// Milliseconds since 1970 that a test moves by hand.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The time now.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => {
                let nanos = OffsetDateTime::now_utc().unix_timestamp_nanos();
                Timestamp(i64::try_from(nanos / 1_000_000).unwrap_or(i64::MAX))
            }
            Self::Set(millis) => Timestamp(millis.load(Ordering::Relaxed)),
        }
    }
}

/// A calendar date; the inner `None` for one that is not known.
///
/// # Errors
///
/// [`Invalid`] on `field` when the text is neither such a date nor empty.
pub fn day(field: &'static str, text: Option<&str>) -> Result<Option<Option<String>>, Invalid> {
    let Some(text) = text else {
        return Ok(None);
    };
    if text.is_empty() {
        return Ok(Some(None));
    }
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map(|_| Some(Some(text.to_owned())))
        .map_err(|_| Invalid::new(field, "must be a day such as 2026-11-23"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_reads_back_as_it_was_written() {
        let time = Timestamp(1_795_426_200_125);

        assert_eq!(time.to_rfc3339(), "2026-11-23T09:30:00.125Z");
        assert_eq!(Timestamp::from_rfc3339("at", &time.to_rfc3339()), Ok(time));
        assert_eq!(time.day(), "2026-11-23");
    }

    #[test]
    fn a_date_alone_is_not_a_time() {
        assert!(Timestamp::from_rfc3339("at", "2026-11-23").is_err());
    }
}
