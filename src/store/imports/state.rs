//! Where an import can stand, and from where it goes on.

use crate::base::invalid::Invalid;

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportState {
    /// Its file is on its way.
    Uploading,
    /// Its file is here.
    Uploaded,
    /// Somebody looks what it would do.
    Reading,
    /// That is known.
    Ready,
    /// Somebody carries it out.
    Applying,
    /// It was carried out.
    Applied,
    /// It was stopped half-way: what it did stands, and it can go on or be taken back.
    Stopped,
    /// Somebody takes it back.
    Undoing,
    /// It was taken back.
    Undone,
    /// It was given up before it did anything.
    Cancelled,
    /// Its file was refused.
    Failed,
}

impl ImportState {
    pub(super) const ALL: [Self; 11] = [
        Self::Uploading,
        Self::Uploaded,
        Self::Reading,
        Self::Ready,
        Self::Applying,
        Self::Applied,
        Self::Stopped,
        Self::Undoing,
        Self::Undone,
        Self::Cancelled,
        Self::Failed,
    ];

    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Uploading => "uploading",
            Self::Uploaded => "uploaded",
            Self::Reading => "reading",
            Self::Ready => "ready",
            Self::Applying => "applying",
            Self::Applied => "applied",
            Self::Stopped => "stopped",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// Whether somebody works on it.
    pub fn is_busy(self) -> bool {
        matches!(self, Self::Reading | Self::Applying | Self::Undoing)
    }

    /// What is left when somebody who worked on it has died.
    pub(super) fn abandoned(self) -> Self {
        match self {
            Self::Reading => Self::Uploaded,
            Self::Applying | Self::Undoing => Self::Stopped,
            other => other,
        }
    }

    /// The states from which this one is begun.
    pub(super) fn from(self) -> &'static [Self] {
        match self {
            Self::Reading => &[Self::Uploaded, Self::Ready, Self::Failed],
            Self::Applying => &[Self::Ready, Self::Stopped],
            Self::Undoing => &[Self::Applied, Self::Stopped],
            _ => &[],
        }
    }
}

impl TryFrom<&str> for ImportState {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == word);
        found.ok_or_else(|| Invalid::new("state", "must be a state of an import"))
    }
}
