//! Columns turned into domain values. A row that does not fit is an error, never a default.

use std::str::FromStr;

use super::error::StoreError;
use crate::base::invalid::Invalid;

/// Reads an id.
pub(super) fn id<T: FromStr<Err = Invalid>>(text: &str) -> Result<T, StoreError> {
    text.parse()
        .map_err(|_| StoreError::Corrupt(format!("{text:?} where an id should be")))
}

/// Reads a word of a closed list, such as a state.
pub(super) fn word<'a, T: TryFrom<&'a str, Error = Invalid>>(
    text: &'a str,
) -> Result<T, StoreError> {
    T::try_from(text).map_err(|refused| StoreError::Corrupt(format!("{text:?}: {refused}")))
}
