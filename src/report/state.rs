//! The life of a report.

use crate::base::invalid::Invalid;

/// Where a report is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportState {
    /// Being written: its preview is made of the records as they stand.
    Draft,
    /// Somebody else is to look at it. From here on it rests on its snapshot.
    InReview,
    /// A second person approved it.
    Approved,
    /// It was given out.
    Published,
    /// A later one took its place.
    Superseded,
}

impl ReportState {
    /// All of them, in their order.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::InReview,
        Self::Approved,
        Self::Published,
        Self::Superseded,
    ];

    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Superseded => "superseded",
        }
    }

    /// To which states a report can go from here. What was published cannot be taken back.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::InReview],
            Self::InReview => &[Self::Draft, Self::Approved],
            Self::Approved => &[Self::Draft, Self::Published],
            Self::Published => &[Self::Superseded],
            Self::Superseded => &[],
        }
    }

    /// The step to another state.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `state` when there is no such step.
    pub fn step_to(self, next: Self) -> Result<Self, Invalid> {
        if self.next().contains(&next) {
            return Ok(next);
        }
        let words: Vec<&str> = self.next().iter().map(|it| it.as_str()).collect();
        let from = self.as_str();
        let reason = match words.is_empty() {
            true => format!("cannot change any more: it is {from}"),
            false => format!(
                "cannot go from {from} to {}, but to: {}",
                next.as_str(),
                words.join(", ")
            ),
        };
        Err(Invalid::new("state", reason))
    }
}

impl TryFrom<&str> for ReportState {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == word);
        found.ok_or_else(|| Invalid::one_of("state", &Self::ALL.map(Self::as_str)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_published_that_nobody_approved() {
        let to_published = ReportState::ALL
            .into_iter()
            .filter(|it| it.step_to(ReportState::Published).is_ok());

        assert_eq!(to_published.collect::<Vec<_>>(), [ReportState::Approved]);
        assert!(ReportState::Draft.step_to(ReportState::Approved).is_err());
        assert!(ReportState::Published.step_to(ReportState::Draft).is_err());
    }
}
