//! What people write about a report: checked.

use serde::{Deserialize, Serialize};

use super::language::Language;
use super::level::Level;
use super::scope::{RuleSet, Scope};
use crate::base::invalid::Invalid;
use crate::base::text::{lines, one_line};

/// What stands on a report's cover beside its title; what is empty is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cover {
    /// The project's acronym or name.
    pub project: String,
    /// The number of its grant.
    pub grant_number: String,
    /// The deliverable's number, such as D3.2.
    pub deliverable: String,
    /// Who wrote it.
    pub authors: String,
    /// Who looked at it.
    pub reviewers: String,
    /// What it is about, in a few sentences.
    pub summary: String,
    /// Who paid for it, and whose views it holds.
    pub disclaimer: String,
    /// What changed since the edition before, in the authors' words.
    pub changes: String,
}

impl Cover {
    /// The cover, checked.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on the field.
    pub fn checked(mut self) -> Result<Self, Invalid> {
        for (name, text, max) in [
            ("project", &mut self.project, 200),
            ("grant_number", &mut self.grant_number, 60),
            ("deliverable", &mut self.deliverable, 60),
        ] {
            if !text.trim().is_empty() {
                *text = one_line(name, text, max)?;
            } else {
                text.clear();
            }
        }
        for (name, text, max) in [
            ("authors", &mut self.authors, 2000),
            ("reviewers", &mut self.reviewers, 2000),
            ("summary", &mut self.summary, 10_000),
            ("disclaimer", &mut self.disclaimer, 4000),
            ("changes", &mut self.changes, 4000),
        ] {
            *text = lines(name, text, max)?;
        }
        Ok(self)
    }
}

/// All that people decide of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// Its version in the sense of the version table: `0.1`, `1.0`.
    pub edition: String,
    /// How far it may travel.
    pub level: Level,
    /// What it is about.
    pub scope: Scope,
    /// By which rule it counts.
    pub rule: RuleSet,
    /// What stands on its cover.
    pub cover: Cover,
    /// In which language it is laid out.
    #[serde(default, skip_serializing_if = "Language::is_default")]
    pub language: Language,
}

const TITLE_CHARS: usize = 300;
const EDITION_CHARS: usize = 20;

impl Draft {
    /// The draft, checked.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on the field.
    pub fn checked(self) -> Result<Self, Invalid> {
        Ok(Self {
            title: one_line("title", &self.title, TITLE_CHARS)?,
            edition: one_line("edition", &self.edition, EDITION_CHARS)?,
            level: self.level,
            scope: self.scope.checked()?,
            rule: self.rule.checked()?,
            cover: self.cover.checked()?,
            language: self.language,
        })
    }
}
