//! Reports in and out of the API.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words::{ReportLevelWord, ReportStateWord};
use super::{null_or_value, time};
use crate::base::id::{GroupId, ReportId, SessionId};
use crate::base::invalid::Invalid;
use crate::report::{Cover, Draft, Language, Level, ReportHandle, RuleSet, Scope};
use crate::store::ReportRecord;

/// A report, without its content.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Report)]
pub(crate) struct ReportView {
    #[schema(value_type = String, format = "uuid")]
    id: ReportId,
    /// The number that people see, such as REP-3.
    number: String,
    version: i64,
    /// draft, in_review, approved, published or superseded.
    #[schema(value_type = ReportStateWord)]
    state: &'static str,
    /// To which states it can go from here.
    #[schema(value_type = Vec<ReportStateWord>)]
    next: Vec<&'static str>,
    title: String,
    /// Its version in the sense of the version table: `0.1`, `1.0`.
    edition: String,
    /// PU or SEN.
    #[schema(value_type = ReportLevelWord)]
    level: &'static str,
    /// In which language it is laid out.
    language: Language,
    scope: ScopeBody,
    rule: RuleBody,
    cover: CoverBody,
    /// The report that it follows.
    #[schema(required, value_type = Option<String>, format = "uuid")]
    previous: Option<ReportId>,
    #[schema(format = "date-time")]
    created_at: String,
    /// `account:<id>` or `command`.
    created_by: String,
    #[schema(format = "date-time")]
    changed_at: String,
    changed_by: String,
    /// When it went to review.
    #[schema(required, format = "date-time")]
    submitted_at: Option<String>,
    #[schema(required)]
    submitted_by: Option<String>,
    #[schema(required, format = "date-time")]
    approved_at: Option<String>,
    #[schema(required)]
    approved_by: Option<String>,
    #[schema(required, format = "date-time")]
    published_at: Option<String>,
    /// The SHA-256 of what it is made of, in hexadecimal; null while it is a draft.
    #[schema(required)]
    snapshot_hash: Option<String>,
}

impl From<ReportRecord> for ReportView {
    fn from(it: ReportRecord) -> Self {
        let Draft {
            title,
            edition,
            level,
            scope,
            rule,
            cover,
            language,
        } = it.draft;
        Self {
            id: it.id,
            number: ReportHandle::number(it.number),
            version: it.version,
            state: it.state.as_str(),
            next: it.state.next().iter().map(|it| it.as_str()).collect(),
            title,
            edition,
            level: level.as_str(),
            language,
            scope: scope.into(),
            rule: rule.into(),
            cover: cover.into(),
            previous: it.previous,
            created_at: time(it.created_at),
            created_by: it.created_by,
            changed_at: time(it.changed_at),
            changed_by: it.changed_by,
            submitted_at: it.submitted_at.map(time),
            submitted_by: it.submitted_by,
            approved_at: it.approved_at.map(time),
            approved_by: it.approved_by,
            published_at: it.published_at.map(time),
            snapshot_hash: it.snapshot_hash,
        }
    }
}

/// Makes a body of what the domain keeps, both ways, with the same fields.
macro_rules! body {
    ($(#[$doc:meta])* $body:ident of $domain:ident as $name:ident {
        $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
        #[serde(deny_unknown_fields, default)]
        #[schema(as = $name)]
        pub(crate) struct $body {
            $($(#[$field_doc])* $field: $type,)*
        }

        impl Default for $body {
            fn default() -> Self {
                $domain::default().into()
            }
        }

        impl From<$domain> for $body {
            fn from(it: $domain) -> Self {
                Self { $($field: it.$field,)* }
            }
        }

        impl From<$body> for $domain {
            fn from(it: $body) -> Self {
                Self { $($field: it.$field,)* }
            }
        }
    };
}

body! {
    /// Which part of the catalogue a report is about; what is empty asks for nothing.
    ScopeBody of Scope as ReportScope {
        /// Gaps and sessions of these groups only.
        #[schema(value_type = Vec<String>, required)]
        groups: Vec<GroupId>,
        /// These sessions only, and the gaps that were named in them.
        #[schema(value_type = Vec<String>, required)]
        sessions: Vec<SessionId>,
        /// Sessions on this day or later only.
        #[schema(required, format = "date")]
        from: Option<String>,
        /// Sessions on this day or earlier only.
        #[schema(required, format = "date")]
        to: Option<String>,
    }
}

body! {
    /// The rule by which a report counts fits; the server's rule where nothing is said.
    RuleBody of RuleSet as ReportRule {
        /// The lowest technology readiness level that counts.
        #[schema(required)]
        trl_from: i64,
        /// The highest.
        #[schema(required)]
        trl_to: i64,
        /// Where what is not technology has to be in its life.
        #[schema(required)]
        lifecycles: Vec<String>,
        /// Which market statuses count whatever the level.
        #[schema(required)]
        markets: Vec<String>,
    }
}

body! {
    /// What stands on a report's cover beside its title; what is empty is left out.
    CoverBody of Cover as ReportCover {
        /// The project's acronym or name.
        #[schema(required)]
        project: String,
        /// The number of its grant.
        #[schema(required)]
        grant_number: String,
        /// The deliverable's number, such as D3.2.
        #[schema(required)]
        deliverable: String,
        /// Who wrote it.
        #[schema(required)]
        authors: String,
        /// Who looked at it.
        #[schema(required)]
        reviewers: String,
        /// What it is about, in a few sentences.
        #[schema(required)]
        summary: String,
        /// Who paid for it, and whose views it holds.
        #[schema(required)]
        disclaimer: String,
        /// What changed since the edition before, in the authors' words.
        #[schema(required)]
        changes: String,
    }
}

/// A report to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReportBody)]
pub(crate) struct ReportBody {
    title: String,
    /// `0.1` unless said.
    edition: Option<String>,
    /// PU or SEN; SEN unless said. A classified level is refused.
    #[schema(value_type = Option<ReportLevelWord>)]
    level: Option<String>,
    /// In which language it is laid out; en unless said.
    #[schema(value_type = Option<Language>)]
    language: Option<String>,
    scope: Option<ScopeBody>,
    rule: Option<RuleBody>,
    cover: Option<CoverBody>,
    /// A report that was published, which this one follows.
    #[schema(value_type = Option<String>, format = "uuid")]
    previous: Option<ReportId>,
}

impl ReportBody {
    /// What it says, checked, and the report that it follows.
    pub(crate) fn draft(self) -> Result<(Draft, Option<ReportId>), Invalid> {
        let level = self.level.as_deref().unwrap_or(Level::Sensitive.as_str());
        let language = self.language.as_deref().map(Language::try_from);
        let draft = Draft {
            title: self.title,
            edition: self.edition.unwrap_or_else(|| "0.1".to_owned()),
            level: Level::try_from(level)?,
            language: language.transpose()?.unwrap_or_default(),
            scope: self.scope.map(Into::into).unwrap_or_default(),
            rule: self.rule.map(Into::into).unwrap_or_default(),
            cover: self.cover.map(Into::into).unwrap_or_default(),
        };
        Ok((draft.checked()?, self.previous))
    }
}

/// What changes of a report; the rest stays. Scope, rule and cover are each written whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReportPatch)]
pub(crate) struct ReportPatch {
    title: Option<String>,
    edition: Option<String>,
    /// PU or SEN.
    #[schema(value_type = Option<ReportLevelWord>)]
    level: Option<String>,
    /// In which language it is laid out.
    #[schema(value_type = Option<Language>)]
    language: Option<String>,
    scope: Option<ScopeBody>,
    rule: Option<RuleBody>,
    cover: Option<CoverBody>,
    /// A report that was published, which this one follows; null for none.
    #[serde(default, deserialize_with = "null_or_value")]
    #[schema(value_type = Option<String>, format = "uuid")]
    previous: Option<Option<ReportId>>,
    /// The version that the change was made from; `If-Match` says the same.
    pub(crate) version: Option<i64>,
}

impl ReportPatch {
    /// What a report says after the change, checked.
    pub(crate) fn over(self, before: &ReportRecord) -> Result<(Draft, Option<ReportId>), Invalid> {
        let was = before.draft.clone();
        let level = self.level.as_deref().map(Level::try_from).transpose()?;
        let language = self.language.as_deref().map(Language::try_from);
        let draft = Draft {
            title: self.title.unwrap_or(was.title),
            edition: self.edition.unwrap_or(was.edition),
            level: level.unwrap_or(was.level),
            language: language.transpose()?.unwrap_or(was.language),
            scope: self.scope.map_or(was.scope, Into::into),
            rule: self.rule.map_or(was.rule, Into::into),
            cover: self.cover.map_or(was.cover, Into::into),
        };
        Ok((draft.checked()?, self.previous.unwrap_or(before.previous)))
    }
}

/// Where a report is to go.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReportStep)]
pub(crate) struct StepBody {
    #[schema(value_type = ReportStateWord)]
    pub(crate) state: String,
    /// The version that whoever asks has seen; `If-Match` says the same.
    pub(crate) version: Option<i64>,
}
