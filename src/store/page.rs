//! Lists, a page at a time: newest first, each page beginning after the last row of the one before.

use super::error::StoreError;
use crate::base::invalid::Invalid;

/// Which page is wanted.
#[derive(Clone, Debug)]
pub struct PageRequest {
    limit: i64,
    after: Option<String>,
    like: Option<String>,
}

/// The most rows a page has.
pub const MAX_LIMIT: i64 = 500;
const LIMIT: i64 = 50;
const QUERY_CHARS: usize = 200;

impl PageRequest {
    /// A page of `limit` rows after `cursor`, of those rows that contain `query`.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when the limit is not 1 to [`MAX_LIMIT`], or the query is too long.
    pub fn new(
        limit: Option<i64>,
        cursor: Option<String>,
        query: Option<&str>,
    ) -> Result<Self, Invalid> {
        let limit = limit.unwrap_or(LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(Invalid::new("limit", "must be from 1 to 500"));
        }
        let query = query.map(str::trim).filter(|it| !it.is_empty());
        if query.is_some_and(|it| QUERY_CHARS < it.chars().count()) {
            return Err(Invalid::new("q", "must have at most 200 characters"));
        }
        Ok(Self {
            limit,
            after: cursor.filter(|it| !it.is_empty()),
            like: query.map(like),
        })
    }

    /// Whether only some rows are asked for, by their words.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.like.is_some()
    }

    /// One more than the page has: whether that row comes says if there is another page.
    pub(super) fn fetch(&self) -> i64 {
        self.limit + 1
    }

    /// The last row of the page before.
    pub(super) fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// The cursor as a number, for lists that are numbered.
    pub(super) fn after_number(&self) -> Result<Option<i64>, StoreError> {
        self.after
            .as_deref()
            .map(|it| {
                it.parse()
                    .map_err(|_| Invalid::new("cursor", "must come from a list's next").into())
            })
            .transpose()
    }

    /// What the searched columns must be like, for `LIKE … ESCAPE '\'`.
    pub(super) fn like(&self) -> Option<&str> {
        self.like.as_deref()
    }

    /// Cuts the extra row off and makes of it the cursor to the next page.
    pub(super) fn page<T>(&self, mut items: Vec<T>, cursor: impl Fn(&T) -> String) -> Page<T> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = limit < items.len();
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(cursor);
        Page { items, next }
    }
}

/// A letter beyond ASCII that begins a word stands for any sign: SQLite's `lower` leaves such
/// capitals as they are.
fn like(query: &str) -> String {
    let mut pattern = String::from("%");
    let mut is_first = true;
    for it in query.to_lowercase().chars() {
        if is_first && it.is_lowercase() && !it.is_ascii() {
            pattern.push('_');
        } else {
            if matches!(it, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(it);
        }
        is_first = !it.is_alphanumeric();
    }
    pattern.push('%');
    pattern
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// Its rows.
    pub items: Vec<T>,
    /// The cursor that gives the next page, when there is one.
    pub next: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_takes_its_words_as_they_are() {
        let page = PageRequest::new(None, None, Some(" 50%_ ")).unwrap();

        assert_eq!(page.like(), Some("%50\\%\\_%"));
    }

    #[test]
    fn the_row_too_many_is_cut_off_and_names_the_next_page() {
        let request = PageRequest::new(Some(2), None, None).unwrap();

        let full = request.page(vec![3, 2, 1], ToString::to_string);
        let last = request.page(vec![1], ToString::to_string);

        assert_eq!((full.items, full.next), (vec![3, 2], Some("2".to_owned())));
        assert_eq!(last.next, None);
    }

    #[test]
    fn a_page_of_no_rows_is_refused() {
        assert!(PageRequest::new(Some(0), None, None).is_err());
        assert!(PageRequest::new(Some(501), None, None).is_err());
    }
}
